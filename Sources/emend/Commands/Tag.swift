import ArgumentParser
import EmendCorpus
import EmendModel
import EmendPipeline
import EmendTagging
import EmendText

struct Tag: AsyncParsableCommand, Configured {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Prints labels and actors per sentence.",
    discussion: """
      One record a sentence: document, id, line, line_end, page, text (as repaired), section, labels (label, \
      implicit, score, evidence, flags) and actors (id, role, evidence). Lines are those of the input; start and \
      end are UTF-8 bytes of the reading text, as `emend clean` prints it.

      A label is a path: mechanism/coercion/sanctions is also mechanism/coercion. csv has one row for each label \
      and actor of a sentence; brat is the standoff format, offsets in characters of the reading text; with -o it \
      is a folder that brat opens, a text and an annotation file for each document.

      --plain takes the text as it stands, for texts that need no repair. --in-place takes corpora and tags their \
      documents anew, from the text that they hold, with the lexicon as it is now.

      Examples:
        emend tag chapter.txt > tags.jsonl
        emend tag scans/ --to brat -o annotations/
        emend tag --in-place corpus/
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case jsonl, csv, brat }

  @Argument(help: "Files or folders; standard input when none or -.") var inputs: [String] = []
  @Option(help: "Output format: jsonl, csv or brat.") var to: Format = .jsonl
  @Option(
    name: [.customShort("o"), .long], help: "For brat: the folder for one text and annotation file each.")
  var output: String?
  @Flag(help: "CSV cells as they are, also those that a spreadsheet would take for a formula.") var raw =
    false
  @Flag(help: "Take the text as it stands: no repair, paragraphs end at blank lines.") var plain = false
  @Flag(help: "The inputs are corpus folders; put new tags in the place of the old.") var inPlace = false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if output != nil, to != .brat {
      throw ValidationError("-o goes with --to brat; the others go to standard output.")
    }
    if inPlace, inputs.isEmpty || plain || output != nil || to != .jsonl {
      throw ValidationError("--in-place takes corpus folders and none of --plain, --to, -o.")
    }
  }

  func run() async throws {
    if inPlace { return try retag() }
    let emender = try common.emender()
    let (format, plain) = (to, plain)
    if format == .brat { return try await brat(emender) }
    let table = TagTable(raw: raw)
    if format == .csv { try Output.standard.write(table.head) }
    try await Documents.each(
      inputs, common,
      make: { scan, threads in
        let edition = Self.edition(of: scan, plain, emender, threads: threads)
        if format == .csv { return [table.rows(of: edition)] }
        return Self.records(of: edition, threads: threads)
      }, take: { buffers in for bytes in buffers { try Output.standard.write(bytes) } })
  }

  private static func edition(of scan: Scan, _ plain: Bool, _ emender: Emender, threads: Int) -> Edition {
    plain ? emender.plainTags(of: scan, threads: threads) : emender.edition(of: scan, threads: threads)
  }

  /// The records of all sentences, in buffers of some dozen kilobytes, which are made side by side: one that grew with
  /// the document would be copied at each doubling.
  private static func records(of edition: Edition, threads: Int) -> [[UInt8]] {
    let tagged = edition.tagsBySentence
    let count = (tagged.count + sentencesPerBuffer - 1) / sentencesPerBuffer
    let parts = SideBySide.map(count, threads: threads) { some in
      var records = SentenceRecords(edition)
      return some.map { buffer in
        let sentences = (buffer * sentencesPerBuffer)..<min((buffer + 1) * sentencesPerBuffer, tagged.count)
        let text = edition.document.sentences[sentences]
        let length = (text.last?.range.upperBound ?? 0) - (text.first?.range.lowerBound ?? 0)
        var json = JSONLine(capacity: length + bytesBesideText * sentences.count)
        for index in sentences { records.write(index, tagged[index], into: &json) }
        return json.bytes
      }
    }
    return parts.flatMap(\.self)
  }

  private static let sentencesPerBuffer = 128
  /// What a record of few labels has beside the text.
  private static let bytesBesideText = 256

  // MARK: brat

  /// The annotations of one document go to standard output; those of several need a folder, since a stream of them
  /// could not be told apart.
  private func brat(_ emender: Emender) async throws {
    let documents = try Documents.list(inputs)
    if output == nil, documents.count > 1 {
      throw Failure(.usage, "--to brat writes a file for each document: name a folder with -o")
    }
    let configuration = "annotation.conf"
    let folder = try output.map { output in
      try OutputFolder(
        output, besides: inputs,
        files: documents.flatMap { [$0.fileName + ".txt", $0.fileName + ".ann"] } + [configuration])
    }
    folder?.tellRenamed(documents, ending: ".ann", common)
    let plain = plain
    var types: Set<String> = []
    try await Documents.each(of: documents, common) { scan, threads -> Annotated in
      let edition = Self.edition(of: scan, plain, emender, threads: threads)
      let standoff = Standoff(edition)
      return Annotated(
        name: FileName.safe(edition.id), text: edition.document.reading, types: standoff.types,
        annotations: standoff.annotations)
    } take: { document in
      guard let folder else { return try Output.standard.write(document.annotations) }
      try folder.write(document.text, to: document.name + ".txt")
      try folder.write(document.annotations, to: document.name + ".ann")
      types.formUnion(document.types)
    }
    try folder?.write(Standoff.configuration(types), to: configuration)
  }

  private struct Annotated: Sendable {
    let name: String
    let text: [UInt8]
    let types: Set<String>
    let annotations: [UInt8]
  }

  // MARK: Corpora

  private func retag() throws {
    let lexicons = try common.lexiconFolder()
    let tagger = try Tagger(lexicons: lexicons)
    let version = Settings.digest(lexicons: lexicons, options: [:], of: .tags)
    let codebook = Codebook(tagger.definitions)
    let threads = common.threads
    for path in inputs {
      let count = try Retagging.run(on: path, version: version, codebook: codebook, works: .byEvidence) {
        text in
        tagger.tag(text.document, citations: text.citations, threads: threads)
      }
      common.log(.info, "\(path): \(counted(count, "document")) tagged anew")
    }
  }
}
