import ArgumentParser
import EmendCorpus
import EmendModel
import EmendPipeline
import FoundationEssentials

struct Cite: AsyncParsableCommand, Configured {
  static let configuration = CommandConfiguration(
    commandName: "cite",
    abstract: "Prints the in-text citations.",
    discussion: """
      One record a cited work and place: document, line, column, text, raw, form (parenthetical, narrative, \
      note, page-only, cross-reference, numeric, legal, archival), group, authors, year, locator, prefix, key, \
      note_number. Lines and columns are those of the input.

      Examples:
        emend cite chapter.txt > citations.jsonl
        emend cite --to csv chapters/ > citations.csv
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case jsonl, csv }

  @Argument(help: "Files or folders; standard input when none or -.") var inputs: [String] = []
  @Option(help: "Output format: jsonl or csv.") var to: Format = .jsonl
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let emender = try common.emender()
    let format = to
    if format == .csv { try Output.standard.write(CitationTable.head) }
    try await Documents.each(
      inputs, common,
      make: { scan, threads -> [UInt8] in
        let edition = emender.cited(scan, threads: threads)
        switch format {
        case .jsonl:
          var json = JSONLine()
          Records.citations(of: edition, into: &json)
          return json.bytes
        case .csv: return CitationTable.rows(of: edition)
        }
      }, take: { try Output.standard.write($0) })
  }
}
