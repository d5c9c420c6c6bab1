import ArgumentParser
import EmendCorpus

/// A corpus folder given as an argument, with what went wrong as an exit code.
enum CorpusInput {
  static func open(_ path: String) throws -> Corpus {
    try answering { try Corpus(folder: path) }
  }

  /// Runs with the errors of a corpus turned into failures: 64 for a bad request, 66 for a corpus that is
  /// not there or cannot be read, 73 for an output that cannot be written.
  static func answering<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as CorpusError {
      switch error {
      case .notFound, .unfinished, .unreadable: throw Failure(.noInput, error.description)
      case .notWritable: throw Failure(.cannotCreate, error.description)
      case .badRequest: throw Failure(.usage, error.description)
      }
    }
  }
}

/// Standard output as a place for bytes.
final class StandardOutputSink: ByteSink {
  func write(_ bytes: [UInt8]) throws { try Output.standard.write(bytes) }
}

/// The conditions that `kwic`, `table` and `export` share.
struct SelectionOptions: ParsableArguments {
  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only what meets a condition, such as document=vol*, section=Notes, label=mechanism/coercion, kind=note.",
      valueName: "field=value"))
  var conditions: [String] = []
  @Option(help: "Only sentences with this label, or one below it.") var label: [String] = []
  @Option(help: "Only sentences that name this actor.") var actor: [String] = []

  func selection() throws -> Selection {
    var selection = try CorpusInput.answering { try Selection(parsing: conditions) }
    for label in label { selection.add(.label, label) }
    for actor in actor { selection.add(.actor, actor) }
    return selection
  }
}
