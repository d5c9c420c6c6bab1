import ArgumentParser
import EmendLexicons
import EmendModel
import EmendPipeline
import EmendRepair
import FoundationEssentials

/// When to use colour or a progress bar.
enum When: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

/// The options that every command shares. A flag is stronger than an `EMEND_…` variable, that than
/// `emend.yaml`, that than the default.
struct CommonOptions: ParsableArguments {
  @Option(help: "A folder of lexicons laid over the built-in ones.") var lexicons: String?
  @Option(help: "Settings; emend.yaml in the current folder when not given.") var config: String?
  @Option(help: "Colour: auto, always or never (NO_COLOR is honoured).") var color: When?
  @Option(help: "Progress bar on standard error: auto, always or never.") var progress: When?
  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "Documents read side by side; 0 for all cores.") var jobs: Int?
  @Flag(name: .shortAndLong, help: "Only errors on standard error.") var quiet = false
  @Flag(name: .shortAndLong, help: "Say more on standard error.") var verbose = false
  @Flag(help: "Messages on standard error as JSON lines.") var jsonLog = false

  func validate() throws {
    if let jobs, jobs < 0 {
      throw ValidationError("-j takes 0 (all cores) or a positive number, not \(jobs).")
    }
  }

  /// The settings below the flags.
  func configuration() throws -> Configuration {
    try Configuration(file: config, environment: ProcessInfo.processInfo.environment)
  }

  private func setting(_ key: Configuration.Key) -> String? {
    // A bad configuration has been reported by `lexiconFolder`, which every command calls first.
    (try? configuration())?.value(key)
  }

  /// The knowledge, with the user's overlay.
  func lexiconFolder() throws -> LexiconFolder {
    try LexiconFolder.locate(overlay: lexicons ?? configuration().value(.lexicons))
  }

  /// The stages up to the reading text, without the knowledge of the later ones.
  func textEmender(decisions file: String? = nil) throws -> TextEmender {
    try TextEmender(lexicons: lexiconFolder(), decisions: decisions(file: file).all)
  }

  func emender() throws -> Emender { try Emender(lexicons: lexiconFolder(), decisions: decisions().all) }

  /// The decisions about emendations and the bytes they were read from: of the file that the settings
  /// name, else of `emend.decisions.jsonl` in the corpus folder or the current one, when there is one.
  func decisions(file: String? = nil, corpus: String? = nil) throws -> (all: Decisions, bytes: [UInt8]) {
    let name = "emend.decisions.jsonl"
    let named = try file ?? configuration().value(.decisions)
    let candidates = named.map { [$0] } ?? [corpus.map { "\($0)/\(name)" }, name].compactMap(\.self)
    for path in candidates {
      guard let data = FileManager.default.contents(atPath: path) else {
        if named != nil { throw Failure(.badData, "\(path): the decisions cannot be read") }
        continue
      }
      do {
        return (try Decisions(jsonLines: [UInt8](data)), [UInt8](data))
      } catch {
        throw Failure(.badData, "\(path): \(error)")
      }
    }
    return (Decisions(), [])
  }

  /// Whether standard output takes colour.
  var colored: Bool {
    switch color ?? setting(.color).flatMap(When.init) ?? .auto {
    case .always: true
    case .never: false
    case .auto:
      Output.standard.isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
        && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }
  }

  /// Whether standard error shows a progress bar.
  var showsProgress: Bool {
    switch progress ?? setting(.progress).flatMap(When.init) ?? .auto {
    case .always: !quiet
    case .never: false
    case .auto: !quiet && !jsonLog && Log.isTerminal
    }
  }

  /// The number of documents read side by side.
  var threads: Int {
    let jobs = jobs ?? setting(.jobs).flatMap { Int($0) } ?? 0
    return jobs == 0 ? ProcessInfo.processInfo.activeProcessorCount : jobs
  }

  enum Level: String { case error, warning, info }

  /// Says something on standard error, as a JSON line with `--json-log`. The code is what `emend explain` takes.
  func log(_ level: Level, _ message: String, code: String? = nil) {
    if quiet && level != .error { return }
    if jsonLog {
      var json = JSONLine()
      json.object {
        $0.field("level", level.rawValue)
        if let code { $0.field("code", code) }
        $0.field("message", message)
      }
      Log.line(String(decoding: json.bytes, as: UTF8.self))
    } else {
      let code = code.map { " [\($0)]" } ?? ""
      Log.line(level == .info ? message : "emend: \(level == .warning ? "warning: " : "")\(message)\(code)")
    }
  }
}
