import ArgumentParser
import EmendCorpus

/// Who is named together with whom.
struct TableNetwork: ParsableCommand, Configured {
  enum Format: String, ExpressibleByArgument, CaseIterable { case csv, graphml }

  static let configuration = CommandConfiguration(
    commandName: "network",
    abstract: "Writes the network of the actors that are named together.",
    discussion: """
      Nodes are the entities with name, kind and count; ties have the number of sentences (or passages …) that name \
      both, the Jaccard index and the pointwise mutual information in bits.

      Examples:
        emend table network corpus --to graphml > actors.graphml
        emend table network corpus --within passage --minimum 2
        emend table network corpus --label mechanism/coercion
      """)

  @Argument(help: "The corpus folder.") var corpus: String
  @Option(help: "Where both must stand: sentence, passage, section or document.")
  var within: CrossTable.Within = .sentence
  @Option(help: "Ties with fewer are left out.") var minimum = 1
  @OptionGroup var conditions: SelectionOptions
  @Option(help: "csv (one line a tie) or graphml.") var to: Format = .csv
  @Flag(help: "CSV cells as they are, also those that a spreadsheet would take for a formula.") var raw =
    false
  @OptionGroup var common: QueryOptions

  func run() throws {
    let selection = try conditions.selection()
    let corpus = try Corpus(folder: corpus)
    let network = try corpus.actorNetwork(within: within, where: selection, minimum: max(1, minimum))
    switch to {
    case .csv: try Output.standard.write(network.csv(raw: raw))
    case .graphml: try Output.standard.write(network.graphML())
    }
  }
}
