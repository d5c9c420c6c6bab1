import ArgumentParser
import EmendLexicons
import EmendPipeline
import FoundationEssentials

/// When to use colour or a progress bar.
enum When: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

/// The options that every command shares.
struct CommonOptions: ParsableArguments {
  @Option(help: "A folder of lexicons laid over the built-in ones.") var lexicons: String?
  @Option(help: "Colour: auto, always or never (NO_COLOR is honoured).") var color: When = .auto
  @Option(help: "Progress bar on standard error: auto, always or never.") var progress: When = .auto
  @Option(name: .shortAndLong, help: "Documents read side by side; 0 for all cores.") var jobs: Int = 0
  @Flag(name: .shortAndLong, help: "Only errors on standard error.") var quiet = false
  @Flag(name: .shortAndLong, help: "Say more on standard error.") var verbose = false
  @Flag(help: "Messages on standard error as JSON lines.") var jsonLog = false

  func validate() throws {
    if jobs < 0 { throw ValidationError("-j takes 0 (all cores) or a positive number, not \(jobs).") }
  }

  /// The knowledge, with the user's overlay.
  func lexiconFolder() throws -> LexiconFolder { try LexiconFolder.locate(overlay: lexicons) }

  func emender() throws -> Emender { try Emender(lexicons: lexiconFolder()) }

  /// Whether standard output takes colour.
  var colored: Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto:
      Output.standard.isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
        && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }
  }

  /// Whether standard error shows a progress bar.
  var showsProgress: Bool {
    switch progress {
    case .always: !quiet
    case .never: false
    case .auto: !quiet && !jsonLog && Log.isTerminal
    }
  }

  /// The number of documents read side by side.
  var threads: Int { jobs == 0 ? ProcessInfo.processInfo.activeProcessorCount : jobs }
}
