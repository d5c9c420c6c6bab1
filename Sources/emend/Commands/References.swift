import ArgumentParser
import EmendCitation
import EmendModel
import EmendPipeline
import EmendReading
import FoundationEssentials

/// `emend references INPUT…`.
struct References: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds and parses references.",
    discussion: "Entries of reference lists and references in notes, in the order of the text.")

  @Argument(help: "Files or folders; standard input when none or -.") var inputs: [String] = []
  @Option(help: "The format to write: \(ReferenceFormat.list).") var to = ReferenceFormat.jsonl
  @OptionGroup var common: CommonOptions

  func run() throws {
    let emender = try common.emender()
    let reader = try DocumentReferences(lexicons: common.lexiconFolder())
    var output = ReferenceOutput(to)
    var failed = 0
    for input in inputs.isEmpty ? ["-"] : inputs {
      do {
        let bytes = input == "-" ? try InputLines.standardInput() : Data(try contents(input))
        var edition = emender.edition(of: try Reading.scan(bytes: [UInt8](bytes), name: input))
        if edition.citations.references.isEmpty {
          var layer = edition.citations
          layer.references = reader.read(edition.document)
          edition = Edition(document: edition.document, citations: layer, tags: edition.tags)
        }
        for reference in edition.citations.references { output.add(reference, in: edition) }
        try output.drain()
      } catch let failure as Failure {
        throw failure
      } catch {
        failed += 1
        Log.line("emend: \(input): \(error)")
      }
    }
    try output.finish()
    if failed > 0 { throw Failure(.someFailed, "\(failed) of \(max(1, inputs.count)) documents failed") }
  }

  private func contents(_ path: String) throws -> Data {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw Failure(.noInput, "\(path) cannot be read")
    }
    return data
  }
}
