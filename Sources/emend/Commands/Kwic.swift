import ArgumentParser
import EmendCorpus

struct Kwic: ParsableCommand, Configured {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, jsonl, csv, html }

  static let configuration = CommandConfiguration(
    commandName: "kwic",
    abstract: "Prints key words in context from a corpus, with their pages.",
    discussion: """
      QUERY is a word, a "phrase in quotation marks", a beginning (coerc*), or several joined by AND, OR, NOT, \
      NEAR(a b, 5). Case and accents do not matter. Without QUERY, --label or --actor picks the sentences, and the \
      words that speak for the label are the key words.

      Examples:
        emend kwic corpus sanctions
        emend kwic corpus 'veto*' --label role/ratifier --sort right
        emend kwic corpus --label mechanism/coercion --to csv > coercion.csv
      """)

  @Argument(help: "The corpus folder.") var corpus: String
  @Argument(help: "What to look for.") var query: String?
  @OptionGroup var conditions: SelectionOptions
  @Option(help: "Order: position, left or right.") var sort: ConcordanceQuery.Sort = .position
  @Option(help: "Characters of context on each side.") var width: Int = 40
  @Option(help: "At most so many places.") var limit: Int?
  @Option(help: "text, jsonl, csv or html.") var to: Format = .text
  @Flag(help: "CSV cells as they are, also those that a spreadsheet would take for a formula.") var raw =
    false
  @OptionGroup var common: QueryOptions

  func validate() throws {
    if !(0...2000).contains(width) { throw ValidationError("--width takes 0 to 2000, not \(width).") }
    if let limit, limit < 1 { throw ValidationError("--limit takes a positive number, not \(limit).") }
    if query?.allSatisfy(\.isWhitespace) == true { throw ValidationError("QUERY is empty.") }
    if query == nil, conditions.label.isEmpty, conditions.actor.isEmpty, conditions.conditions.isEmpty {
      throw ValidationError("Give a QUERY, --label, --actor or --where.")
    }
  }

  func run() throws {
    let selection = try conditions.selection()
    let corpus = try Corpus(folder: corpus)
    let hits = try corpus.concordance(
      ConcordanceQuery(
        query: query, selection: selection, width: width, sort: sort, limit: limit, details: to != .text))
    if hits.isEmpty { common.log(.info, "nothing found in \(corpus.path)") }
    switch to {
    case .text:
      let style = Style(on: common.colored)
      try Output.standard.write(ConcordanceWriter.text(hits, width: width) { style.bold(style.red($0)) })
    case .jsonl: try Output.standard.write(ConcordanceWriter.jsonLines(hits))
    case .csv: try Output.standard.write(ConcordanceWriter.csv(hits, raw: raw))
    case .html:
      let title = query ?? (conditions.label + conditions.actor).joined(separator: ", ")
      try Output.standard.write(ConcordanceWriter.html(hits, title: title))
    }
  }
}

extension ConcordanceQuery.Sort: ExpressibleByArgument {}
