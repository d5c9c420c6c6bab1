import ArgumentParser
import EmendCorpus
import EmendModel
import EmendPipeline
import EmendReading
import EmendText

struct Clean: AsyncParsableCommand, Configured {
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
  @Option(help: "Write the emendations to this file as JSON lines; - for standard output, with -o.")
  var changes: String?
  @Option(name: [.customShort("o"), .long], help: "Write one file per input into this folder.") var output:
    String?
  @Option(help: "Decisions about emendations; emend.decisions.jsonl here when not given.") var decisions:
    String?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if changes == "-", output == nil {
      throw ValidationError(
        "--changes - and the text would both go to standard output; give one of them a file.")
    }
  }

  func run() async throws {
    let emender = try common.textEmender(decisions: decisions)
    let documents = try Documents.list(inputs)
    let folder = try outputFolder(for: documents)
    let changesFile = try changes.flatMap { $0 == "-" ? nil : try OutputFile($0) }
    let changesSink: (any ByteSink)? = changes == "-" ? StandardOutputSink() : changesFile
    let keepLines = keepLines
    let wantsChanges = changes != nil
    var first = true
    try await Documents.each(
      of: documents, common,
      make: { scan, threads -> Cleaned in
        let transcript = emender.transcript(of: scan, threads: threads)
        // Lines as they stand need no paragraphs.
        if keepLines && !wantsChanges { return Cleaned(id: scan.id, text: transcript.text, changes: []) }
        if !wantsChanges {
          let text = emender.segmenter.readingText(of: transcript, threads: threads)
          return Cleaned(id: scan.id, text: text, changes: [])
        }
        let document = emender.segmenter.segment(transcript, threads: threads, sentences: false)
        var json = JSONLine()
        if wantsChanges { Records.emendations(of: document, joins: !keepLines, into: &json) }
        return Cleaned(
          id: document.id, text: keepLines ? document.transcript.text : document.reading, changes: json.bytes)
      },
      take: { cleaned in
        if let folder {
          try folder.write(cleaned.text, to: Self.file(cleaned.id))
        } else {
          if !first && !keepLines { try Output.standard.write("\n") }
          try Output.standard.write(cleaned.text)
        }
        first = false
        try changesSink?.write(cleaned.changes)
      })
    try changesFile?.commit()
  }

  /// The folder of -o, when nothing that is read stands in the way of it or of the list of changes.
  private func outputFolder(for documents: [InputDocument]) throws -> OutputFolder? {
    let files = documents.map { Self.file($0.id) }
    if let changes, changes != "-" {
      let read = InputFiles(inputs)
      try read.refuse(folder: changes)
      try read.refuse(files: [changes])
      let target = InputFiles.absolute(changes)
      if let output, files.contains(where: { InputFiles.absolute(output + "/" + $0) == target }) {
        throw Failure(.usage, "the changes and a text would both go to \(changes); name another file")
      }
    }
    guard let output else { return nil }
    let folder = try OutputFolder(output, besides: inputs, files: files)
    folder.tellRenamed(documents, ending: ".txt", common)
    return folder
  }

  /// The file of a document in the output folder.
  private static func file(_ id: String) -> String { FileName.safe(id) + ".txt" }

  private struct Cleaned: Sendable {
    let id: String
    let text: [UInt8]
    let changes: [UInt8]
  }
}
