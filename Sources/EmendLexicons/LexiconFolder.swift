import FoundationEssentials

/// The folder that holds the knowledge: `english/`, `damage/`, `structure/`, `references/`, `tags/`.
///
/// A user's own folder may be laid over ours: `path(_:)` prefers a file of the overlay.
public struct LexiconFolder: Sendable {
  /// Our folder.
  public let base: String
  /// The user's folder, whose files take the place of ours.
  public let overlay: String?

  public init(base: String, overlay: String? = nil) {
    self.base = base
    self.overlay = overlay
  }

  /// The path of a file of the knowledge, such as "english/words.tsv": the overlay's if it has one.
  public func path(_ relative: String) -> String {
    if let overlay {
      let candidate = overlay + "/" + relative
      if FileManager.default.fileExists(atPath: candidate) { return candidate }
    }
    return base + "/" + relative
  }

  /// Finds the folder: the option's, then `EMEND_LEXICONS`, the user's data folder, then from the
  /// executable `../share/emend/Lexicons`, `Lexicons` beside it, and the checkout that it was built in.
  ///
  /// Throws `LexiconError.notFound` with the places that were tried.
  public static func locate(overlay: String? = nil) throws -> LexiconFolder {
    try locate(
      overlay: overlay, environment: ProcessInfo.processInfo.environment, executable: executablePath())
  }

  package static func locate(
    overlay: String?, environment: [String: String], executable: String?
  ) throws -> LexiconFolder {
    var tried: [String] = []
    func isFolder(_ path: String) -> Bool {
      tried.append(path)
      return FileManager.default.fileExists(atPath: path + "/english")
    }
    if let overlay, !FileManager.default.fileExists(atPath: overlay) {
      throw LexiconError.notFound(tried: [overlay])
    }
    if let path = environment["EMEND_LEXICONS"], !path.isEmpty {
      guard isFolder(path) else { throw LexiconError.notFound(tried: tried) }
      return LexiconFolder(base: path, overlay: overlay)
    }
    let data = environment["XDG_DATA_HOME"] ?? (environment["HOME"].map { $0 + "/.local/share" } ?? "")
    if !data.isEmpty, isFolder(data + "/emend/Lexicons") {
      return LexiconFolder(base: data + "/emend/Lexicons", overlay: overlay)
    }
    if let executable {
      var folder = parent(executable)
      if isFolder(folder + "/../share/emend/Lexicons") {
        return LexiconFolder(base: folder + "/../share/emend/Lexicons", overlay: overlay)
      }
      while folder.count > 1 {
        if isFolder(folder + "/Lexicons") {
          return LexiconFolder(base: folder + "/Lexicons", overlay: overlay)
        }
        folder = parent(folder)
      }
    }
    throw LexiconError.notFound(tried: tried)
  }

  private static func executablePath() -> String? {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments.first
  }

  private static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[..<slash])
  }
}

/// What can be wrong with the knowledge. The command line answers with exit code 65.
public enum LexiconError: Error, Sendable, CustomStringConvertible {
  case notFound(tried: [String])
  /// A file that cannot be read or parsed; `line` from 1, 0 when the whole file is meant.
  case bad(file: String, line: Int, message: String)

  public var description: String {
    switch self {
    case .notFound(let tried):
      "no lexicon folder found; tried \(tried.joined(separator: ", ")); name one with --lexicons or EMEND_LEXICONS"
    case .bad(let file, let line, let message):
      line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)"
    }
  }
}
