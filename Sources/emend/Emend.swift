import ArgumentParser

/// `emend`: arguments in, one call, results out.
@main
struct Emend: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emend",
    abstract: "Repairs scanned scholarly text, finds its structure, reads its citations and tags its passages.",
    version: "0.1.0",
    subcommands: [
      Build.self, Clean.self, Diff.self, Outline.self, Cite.self, References.self, Parse.self, Tag.self,
      Kwic.self, Table.self, Export.self, Stream.self, Check.self, Lexicon.self, Train.self,
    ])
}
