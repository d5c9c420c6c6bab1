import ArgumentParser
import EmendLexicons
import EmendModel
import EmendPipeline
import EmendRepair
import FoundationEssentials
import Synchronization

/// When to use colour or a progress bar.
enum When: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

/// What every group of shared options has. A flag is stronger than an `EMEND_…` variable, that than `emend.yaml`, that
/// than the default.
protocol SharedOptions: ParsableArguments {
  var config: String? { get }
  var quiet: Bool { get }
  var jsonLog: Bool { get }
}

/// A command with shared options. Its settings are read once before it runs, so that a bad one is reported by every
/// command alike.
protocol Configured: ParsableCommand {
  associatedtype Shared: SharedOptions
  var common: Shared { get }
}

/// Configurations by the file that they were read from: a run reads each once.
private enum Settings {
  static let read = Mutex<[String?: Configuration]>([:])
}

extension SharedOptions {
  /// The settings below the flags. Throws `LexiconError`, which is exit code 65.
  func configuration() throws -> Configuration {
    if let known = Settings.read.withLock({ $0[config] }) { return known }
    let fresh = try Configuration(file: config, environment: ProcessInfo.processInfo.environment)
    Settings.read.withLock { $0[config] = fresh }
    return fresh
  }

  /// A setting; a bad configuration has been reported before the command ran (`Main`).
  func setting(_ key: Configuration.Key) -> String? { (try? configuration())?.value(key) }

  /// Whether standard output takes colour.
  func isColored(_ color: When?) -> Bool {
    switch color ?? setting(.color).flatMap(When.init) ?? .auto {
    case .always: true
    case .never: false
    case .auto:
      Output.standard.isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
        && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }
  }

  /// Says something on standard error, as a JSON line with `--json-log`. The code is what `emend explain` takes.
  func log(_ level: Level, _ message: String, code: String? = nil) {
    if quiet && level != .error { return }
    let head = level == .info ? "" : "emend: \(level == .warning ? "warning: " : "")"
    Log.message(level.rawValue, head, message, code: code, asJSON: jsonLog)
  }
}

/// How much a message matters.
enum Level: String { case error, warning, info }

/// The options of commands that ask a corpus: they read no scans and load no lexicons. The options that only such work
/// needs are taken all the same, so that a script may give every command the same ones, but help does not show them.
struct QueryOptions: SharedOptions {
  @Option(help: "Settings; emend.yaml in the current folder when not given.") var config: String?
  @Option(help: "Colour: auto, always or never (NO_COLOR is honoured).") var color: When?
  @Flag(name: .shortAndLong, help: "Only errors on standard error.") var quiet = false
  @Flag(help: "Messages on standard error as JSON lines.") var jsonLog = false

  @Option(help: .hidden) var lexicons: String?
  @Option(help: .hidden) var progress: When?
  @Option(name: [.customShort("j", allowingJoined: true), .long], help: .hidden) var jobs: Int?
  @Flag(name: .shortAndLong, help: .hidden) var verbose = false

  func validate() throws {
    if let jobs { try CommonOptions.check(jobs: jobs) }
  }

  /// Whether standard output takes colour.
  var colored: Bool { isColored(color) }
}

/// The options of commands that read documents or lexicons.
struct CommonOptions: SharedOptions {
  @Option(help: "A folder of lexicons laid over the built-in ones.") var lexicons: String?
  @Option(help: "Settings; emend.yaml in the current folder when not given.") var config: String?
  @Option(help: "Colour: auto, always or never (NO_COLOR is honoured).") var color: When?
  @Option(help: "Progress bar on standard error: auto, always or never.") var progress: When?
  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "Documents read side by side; 0 for all cores.") var jobs: Int?
  @Flag(name: .shortAndLong, help: "Only errors on standard error.") var quiet = false
  @Flag(name: .shortAndLong, help: "Say more on standard error: a line for each document.") var verbose =
    false
  @Flag(help: "Messages on standard error as JSON lines.") var jsonLog = false

  func validate() throws {
    if let jobs { try Self.check(jobs: jobs) }
  }

  static func check(jobs: Int) throws {
    if jobs < 0 { throw ValidationError("-j takes 0 (all cores) or a positive number, not \(jobs).") }
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
    for path in candidates where named != nil || InputFile.exists(path) {
      let bytes = try InputFile.bytes(path)
      do {
        return (try Decisions(jsonLines: bytes), bytes)
      } catch let error as DecisionError {
        throw Failure(
          .badData,
          "\(path):\(error.line): no decision: {\"decision\": \"accept\" or \"reject\", \"pattern\": … or \"start\": …}"
        )
      }
    }
    return (Decisions(), [])
  }

  /// Whether standard output takes colour.
  var colored: Bool { isColored(color) }

  /// Whether standard error shows a progress bar.
  var showsProgress: Bool {
    switch progress ?? setting(.progress).flatMap(When.init) ?? .auto {
    case .always: !quiet
    case .never: false
    case .auto: !quiet && !verbose && !jsonLog && Log.isTerminal
    }
  }

  /// The number of documents read side by side.
  var threads: Int {
    let jobs = jobs ?? setting(.jobs).flatMap { Int($0) } ?? 0
    return jobs == 0 ? ProcessInfo.processInfo.activeProcessorCount : jobs
  }
}
