import ArgumentParser
import EmendCorpus

/// What is typical of one part of a corpus.
struct TableKeyness: ParsableCommand, Configured {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json }

  static let configuration = CommandConfiguration(
    commandName: "keyness",
    abstract: "Shows what is typical of one part of a corpus, measured against another.",
    discussion: """
      The part is picked by --where, --label and --actor; it is measured against what --against picks, or against \
      all other sentences. G² is the log-likelihood of the two counts (6.63 is the one per cent point; negative for \
      what is rarer here), the log ratio says in bits how many times as often.

      Examples:
        emend table keyness corpus --where document=treaties-*
        emend table keyness corpus --label mechanism/coercion --of actors
        emend table keyness corpus --where section=Coercion --against section=Persuasion --to csv
      """)

  @Argument(help: "The corpus folder.") var corpus: String
  @OptionGroup var conditions: SelectionOptions
  @Option(
    help: ArgumentHelp("What it is measured against; all others when not given.", valueName: "field=value"))
  var against: [String] = []
  @Option(help: "What is counted: words, labels or actors.") var of: Keyness.Terms = .words
  @Option(help: "Terms that occur less often are left out.") var minimum = 3
  @Option(help: "So many of the strongest on either side.") var limit = 25
  @Option(help: "text, csv or json.") var to: Format = .text
  @Flag(help: "CSV cells as they are, also those that a spreadsheet would take for a formula.") var raw =
    false
  @OptionGroup var common: QueryOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit takes a positive number, not \(limit).") }
    if conditions.label.isEmpty, conditions.actor.isEmpty, conditions.conditions.isEmpty {
      throw ValidationError("Name the part to be looked at: --where, --label or --actor.")
    }
  }

  func run() throws {
    let selection = try conditions.selection()
    let other = try against.isEmpty ? nil : Selection(parsing: against)
    let corpus = try Corpus(folder: corpus)
    let keyness = try corpus.keyness(of: selection, against: other, terms: of, minimum: minimum)
    if keyness.targetTotal == 0 { throw Failure(.usage, "nothing in the corpus meets the conditions") }
    switch to {
    case .text: try Output.standard.write(keyness.text(limit: limit))
    case .csv: try Output.standard.write(keyness.csv(limit: limit, raw: raw))
    case .json: try Output.standard.write(keyness.json(limit: limit))
    }
  }
}

extension Keyness.Terms: ExpressibleByArgument {}
