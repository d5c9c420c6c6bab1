import ArgumentParser
import EmendCorpus
import EmendModel
import EmendPipeline
import EmendTagging

struct Tag: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Prints labels and actors per sentence.",
    discussion: """
      One record a sentence: document, id, line, line_end, page, text (as repaired), section, labels (label, \
      implicit, score, evidence, flags) and actors (id, role, evidence). Lines are those of the input; start and \
      end are UTF-8 bytes of the reading text, as `emend clean` prints it.

      A label is a path: mechanism/coercion/sanctions is also mechanism/coercion. csv has one row for each label \
      and actor of a sentence; brat is the standoff format, offsets in characters of the reading text.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case jsonl, csv, brat }

  @Argument(help: "Files or folders; standard input when none or -.") var inputs: [String] = []
  @Option(help: "Output format: jsonl, csv or brat.") var to: Format = .jsonl
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let emender = try common.emender()
    let format = to
    if format == .csv { try Output.standard.write(TagTable.header) }
    try await Documents.each(inputs, common) { scan in
      Self.bytes(of: emender.edition(of: scan), as: format)
    } take: { bytes in
      try Output.standard.write(bytes)
    }
  }

  private static func bytes(of edition: Edition, as format: Format) -> [UInt8] {
    switch format {
    case .jsonl:
      var json = JSONLine()
      Records.tags(of: edition, into: &json)
      return json.bytes
    case .csv: return TagTable.write(edition.tags, of: edition.document)
    case .brat: return Brat.write(edition.tags, of: edition.document)
    }
  }
}
