import ArgumentParser
import EmendCitation
import EmendModel
import EmendPipeline
import EmendReading
import FoundationEssentials

/// `emend references INPUT…`.
struct References: AsyncParsableCommand, Configured {
  static let configuration = CommandConfiguration(
    commandName: "references",
    abstract: "Finds and parses references.",
    discussion: """
      Entries of reference lists and references in notes, in the order of the text.

      Examples:
        emend references book.txt --to bibtex > book.bib
        emend references scans/ --to csv > references.csv
        emend references book.txt --to tagged > to-correct.txt
      """)

  @Argument(help: "Files or folders; standard input when none or -.") var inputs: [String] = []
  @Option(help: "The format to write: \(ReferenceFormat.list).") var to = ReferenceFormat.jsonl
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let emender = try common.emender()
    var output = ReferenceOutput(to)
    try await Documents.each(
      inputs, common,
      make: { scan, threads in emender.cited(scan, threads: threads) },
      take: { edition in
        for reference in edition.citations.references { output.add(reference, in: edition) }
        try output.drain()
      })
    try output.finish()
  }
}
