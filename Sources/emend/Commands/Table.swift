import ArgumentParser
import EmendCorpus

struct Table: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Counts what a corpus holds: cross tables, keyness, spread, networks, agreement.",
    discussion: """
      Without the name of a subcommand this is `counts`.

      Examples:
        emend table corpus --rows initiator --columns mechanism
        emend table corpus --rows mechanism --columns section --to csv
        emend table corpus --rows actor --columns mechanism --within sentence --passages
        emend table keyness corpus --where section=Coercion
        emend table dispersion corpus --label mechanism/coercion
        emend table network corpus --to graphml > actors.graphml
        emend table agreement first.jsonl second.jsonl
      """,
    subcommands: [
      TableCounts.self, TableKeyness.self, TableDispersion.self, TableNetwork.self, TableAgreement.self,
    ],
    defaultSubcommand: TableCounts.self)
}

struct TableCounts: ParsableCommand, Configured {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json, html }

  static let configuration = CommandConfiguration(
    commandName: "counts",
    abstract: "Counts how often two things meet in a corpus, with the passages behind each count.",
    discussion: """
      --rows and --columns take label, actor, actor-type, section, document, kind, page, year, work, author (of \
      works cited), or a label path, whose next step gives the values: mechanism, role, theory, role/initiator. The \
      last part of a path is enough where it is clear (initiator).

      Examples:
        emend table corpus --rows initiator --columns mechanism
        emend table corpus --rows mechanism --columns section --to csv
        emend table corpus --rows actor --columns mechanism --within sentence --passages
      """)

  @Argument(help: "The corpus folder.") var corpus: String
  @Option(help: "What the rows are.") var rows: String
  @Option(help: "What the columns are.") var columns: String
  @Option(help: "Where both must stand: sentence, passage, section or document.")
  var within: CrossTable.Within = .passage
  @Flag(help: "Also the passages of each cell, with their pages.") var passages = false
  @OptionGroup var conditions: SelectionOptions
  @Option(help: "text, csv, json or html.") var to: Format = .text
  @Flag(help: "CSV cells as they are, also those that a spreadsheet would take for a formula.") var raw =
    false
  @OptionGroup var common: QueryOptions

  func run() throws {
    let selection = try conditions.selection()
    let corpus = try Corpus(folder: corpus)
    let table = try corpus.crossTable(
      rows: try Dimension(rows, in: corpus), columns: try Dimension(columns, in: corpus), within: within,
      where: selection, passages: passages)
    switch to {
    case .text: try Output.standard.write(table.text(passages: passages))
    case .csv: try Output.standard.write(table.csv(passages: passages, raw: raw))
    case .json: try Output.standard.write(table.json())
    case .html: try Output.standard.write(table.html(passages: passages))
    }
  }
}

extension CrossTable.Within: ExpressibleByArgument {}
