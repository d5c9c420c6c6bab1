import ArgumentParser
import EmendCorpus

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
    var selection = try Selection(parsing: conditions)
    for label in label { selection.add(.label, label) }
    for actor in actor { selection.add(.actor, actor) }
    return selection
  }
}
