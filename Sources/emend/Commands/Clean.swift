import ArgumentParser
import EmendCorpus
import EmendModel
import EmendPipeline
import FoundationEssentials

struct Clean: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Prints the repaired reading text.",
    discussion: """
      One paragraph a line, a blank line between. With --keep-lines the text stays line for line parallel to the \
      input, so that it can be laid beside the scan.

      Examples:
        emend clean chapter.txt > chapter.reading.txt
        emend clean --keep-lines --changes changes.jsonl chapter.txt
        emend clean -o cleaned/ scans/
        pdftotext article.pdf - | emend clean
      """)

  @Argument(help: "Files or folders; standard input when none or -.") var inputs: [String] = []
  @Flag(help: "Keep the lines of the input.") var keepLines = false
  @Option(help: "Write the emendations to this file as JSON lines.") var changes: String?
  @Option(name: [.customShort("o"), .long], help: "Write one file per input into this folder.") var output:
    String?
  @Option(help: "Decisions about emendations; emend.decisions.jsonl here when not given.") var decisions:
    String?
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let emender = try common.textEmender(decisions: decisions)
    let folder = try output.map { try OutputFolder($0, besides: inputs) }
    if let changes { try OutputFolder.refuse(changes, within: inputs) }
    let changesFile = try changes.map { try OutputFile($0) }
    let keepLines = keepLines
    let wantsChanges = changes != nil
    var first = true
    try await Documents.each(
      inputs, common,
      make: { scan, threads -> Cleaned in
        let transcript = emender.transcript(of: scan, threads: threads)
        // Lines as they stand need no paragraphs.
        if keepLines && !wantsChanges { return Cleaned(id: scan.id, text: transcript.text, changes: []) }
        let document = emender.segmenter.segment(transcript, threads: threads)
        var json = JSONLine()
        if wantsChanges { Records.emendations(of: document, joins: !keepLines, into: &json) }
        return Cleaned(
          id: document.id, text: keepLines ? document.transcript.text : document.reading, changes: json.bytes)
      },
      take: { cleaned in
        if let folder {
          try folder.write(cleaned.text, to: cleaned.id + ".txt")
        } else {
          if !first && !keepLines { try Output.standard.write("\n") }
          try Output.standard.write(cleaned.text)
        }
        first = false
        try changesFile?.write(cleaned.changes)
      })
    try changesFile?.commit()
  }

  private struct Cleaned: Sendable {
    let id: String
    let text: [UInt8]
    let changes: [UInt8]
  }
}
