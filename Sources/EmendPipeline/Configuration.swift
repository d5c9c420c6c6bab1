import EmendLexicons
import FoundationEssentials
import Yams

/// The settings of a project: command-line flags over `EMEND_…` variables over `emend.yaml` over defaults.
///
/// ```yaml
/// # emend.yaml
/// lexicons: ./our-words
/// jobs: 4
/// ```
public struct Configuration: Sendable, Equatable {
  /// The settings that a file or variable may give.
  public enum Key: String, Sendable, CaseIterable {
    /// A folder of lexicons laid over the built-in ones.
    case lexicons
    /// Documents read side by side; 0 for all cores.
    case jobs
    /// auto, always or never.
    case color
    /// auto, always or never.
    case progress
    /// A decision file that accepts or rejects emendations.
    case decisions

    /// The environment variable of the setting: `EMEND_JOBS`. The lexicons of a project have none: `EMEND_LEXICONS` says
    /// where the built-in ones are, over which they are laid.
    public var variable: String? { self == .lexicons ? nil : "EMEND_" + rawValue.uppercased() }

    public var explanation: String {
      switch self {
      case .lexicons: "a folder of lexicons laid over the built-in ones"
      case .jobs: "documents read side by side; 0 for all cores"
      case .color: "colour on standard output: auto, always or never"
      case .progress: "progress bar on standard error: auto, always or never"
      case .decisions: "a decision file that accepts or rejects emendations"
      }
    }

    public var defaultValue: String? {
      switch self {
      case .lexicons, .decisions: nil
      case .jobs: "0"
      case .color, .progress: "auto"
      }
    }
  }

  /// A value and where it was set.
  public struct Setting: Sendable, Equatable {
    public var value: String
    /// "default", "EMEND_JOBS", "emend.yaml:3".
    public var origin: String
  }

  public private(set) var settings: [Key: Setting] = [:]

  /// Reads the variables and the file: the one named, else `emend.yaml` in the current folder if there is
  /// one. Throws `LexiconError.bad` with file and line for a file that cannot be read, an unknown key (with
  /// the known one that is most like it) or a value of the wrong kind.
  public init(file: String?, environment: [String: String]) throws {
    for key in Key.allCases {
      if let value = key.defaultValue { settings[key] = Setting(value: value, origin: "default") }
    }
    let path = file ?? environment["EMEND_CONFIG"] ?? "emend.yaml"
    if let data = FileManager.default.contents(atPath: path) {
      try read(String(decoding: data, as: UTF8.self), path: path)
    } else if file != nil || environment["EMEND_CONFIG"] != nil {
      throw LexiconError.bad(file: path, line: 0, message: "no such file or folder (check the path)")
    }
    for key in Key.allCases {
      if let variable = key.variable, let value = environment[variable], !value.isEmpty {
        try set(key, to: value, origin: variable, line: 0, path: variable)
      }
    }
  }

  public func value(_ key: Key) -> String? { settings[key]?.value }

  private mutating func read(_ text: String, path: String) throws {
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      let line = (error as? YamlError).flatMap(Self.line) ?? 0
      throw LexiconError.bad(file: path, line: line, message: "not valid YAML")
    }
    guard let node else { return }
    guard case .mapping(let mapping) = node else {
      throw LexiconError.bad(
        file: path, line: node.mark?.line ?? 1, message: "settings are written \"key: value\"")
    }
    for (name, value) in mapping {
      let line = name.mark?.line ?? 0
      let text = name.string ?? ""
      guard let key = Key(rawValue: text) else {
        let names = Key.allCases.map(\.rawValue)
        let remedy =
          EditDistance.nearest(to: text, in: names).map { "did you mean \"\($0)\"?" }
          ?? "there are \(names.joined(separator: ", "))"
        throw LexiconError.bad(
          file: path, line: line, message: "there is no setting \"\(text)\"; \(remedy)")
      }
      guard let scalar = value.scalar?.string else {
        throw LexiconError.bad(file: path, line: line, message: "\"\(text)\" takes one value")
      }
      try set(key, to: scalar, origin: "\(path):\(line)", line: line, path: path)
    }
  }

  private mutating func set(_ key: Key, to value: String, origin: String, line: Int, path: String) throws {
    let fits =
      switch key {
      case .jobs: Int(value).map { $0 >= 0 } ?? false
      case .color, .progress: ["auto", "always", "never"].contains(value)
      case .lexicons, .decisions: true
      }
    guard fits else {
      throw LexiconError.bad(
        file: path, line: line, message: "\"\(value)\" is no value for \(key.rawValue): \(key.explanation)")
    }
    settings[key] = Setting(value: value, origin: origin)
  }

  private static func line(_ error: YamlError) -> Int? {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    default: nil
    }
  }
}
