import ArgumentParser
import EmendCorpus

/// How a label, an actor or a word is spread over the documents.
struct TableDispersion: ParsableCommand, Configured {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, jsonl }

  static let configuration = CommandConfiguration(
    commandName: "dispersion",
    abstract: "Shows how a label, an actor or a word is spread over each document.",
    discussion: """
      One strip a document, from its beginning to its end, the darker the more sentences. DP is the deviation of \
      proportions (0 for perfectly even), D that of Juilland (1 for perfectly even).

      Examples:
        emend table dispersion corpus --label mechanism/persuasion
        emend table dispersion corpus --where query=reputation --parts 40
        emend table dispersion corpus --actor imf --to csv
      """)

  @Argument(help: "The corpus folder.") var corpus: String
  @OptionGroup var conditions: SelectionOptions
  @Option(help: "Parts of equal length.") var parts = 20
  @Option(help: "text, csv (one line a hit) or jsonl.") var to: Format = .text
  @Flag(help: "CSV cells as they are, also those that a spreadsheet would take for a formula.") var raw =
    false
  @OptionGroup var common: QueryOptions

  func validate() throws {
    if !(1...1000).contains(parts) { throw ValidationError("--parts takes 1 to 1000, not \(parts).") }
    if conditions.label.isEmpty, conditions.actor.isEmpty, conditions.conditions.isEmpty {
      throw ValidationError("Name what is to be looked for: --label, --actor or --where.")
    }
  }

  func run() throws {
    let selection = try conditions.selection()
    let corpus = try Corpus(folder: corpus)
    let dispersion = try corpus.dispersion(of: selection, parts: parts)
    switch to {
    case .text: try Output.standard.write(dispersion.text())
    case .csv: try Output.standard.write(dispersion.csv(raw: raw))
    case .jsonl: try Output.standard.write(dispersion.jsonLines())
    }
  }
}
