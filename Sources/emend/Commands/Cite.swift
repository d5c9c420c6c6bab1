import ArgumentParser
import EmendCorpus
import EmendModel
import EmendPipeline
import EmendReading
import FoundationEssentials

struct Cite: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints the in-text citations.",
    discussion: """
      One record a cited work and place: document, line, column, text, raw, form (parenthetical, narrative, \
      note, page-only, cross-reference, numeric, legal, archival), group, authors, year, locator, prefix, key, \
      note_number. Lines and columns are those of the input.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case jsonl, csv }

  @Argument(help: "Files or folders; standard input when none or -.") var inputs: [String] = []
  @Option(help: "Output format: jsonl or csv.") var to: Format = .jsonl
  @OptionGroup var common: CommonOptions

  func run() throws {
    let emender = try common.emender()
    if to == .csv { try Output.standard.write(CitationTable.head) }
    for input in inputs {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: input)))
      let edition = emender.edition(of: try Reading.scan(bytes: bytes, name: input))
      switch to {
      case .jsonl:
        var json = JSONLine()
        Records.citations(of: edition, into: &json)
        try Output.standard.write(json.bytes)
      case .csv: try Output.standard.write(CitationTable.rows(of: edition))
      }
    }
  }
}
