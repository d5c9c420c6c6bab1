import ArgumentParser
import EmendCorpus
import EmendPipeline

struct Export: ParsableCommand, Configured {
  /// Every writer, by the name of its format.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case tei, text, markdown, brat, vrt, conllu, quanteda
    case jsonl, csv
    case bibtex, ris
    case cslJSON = "csl-json"
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes a built corpus, or a part of it, in another format.",
    discussion: """
      Whole documents: tei, text, markdown, brat (a folder with -o), vrt, conllu, quanteda. Records: jsonl and csv, \
      of --what: passages, sentences, tags, citations, references, works, notes, documents … Bibliographies: bibtex, \
      csl-json, ris. Conditions pick passages and sentences in records, documents otherwise.

      Examples:
        emend export corpus --to text -o texts/
        emend export corpus --to csv --what tags --label mechanism/coercion > coercion.csv
        emend export corpus --to bibtex --where document=vol1* -o vol1.bib
      """)

  @Argument(help: "The corpus folder.") var corpus: String
  @Option(help: ArgumentHelp("\(Format.allCases.map(\.rawValue).joined(separator: ", ")).")) var to: Format
  @Option(
    help: ArgumentHelp(
      "For jsonl and csv: \(Corpus.Records.allCases.map(\.rawValue).joined(separator: ", ")); passages when not given.",
      valueName: "records"))
  var what: Corpus.Records?
  @Option(
    name: [.customShort("o"), .long], help: "A file, or a folder for formats with files for each document.")
  var output: String?
  @OptionGroup var conditions: SelectionOptions
  @Flag(help: "CSV cells as they are, also those that a spreadsheet would take for a formula.") var raw =
    false
  @OptionGroup var common: QueryOptions

  func validate() throws {
    if what != nil, to != .jsonl, to != .csv {
      throw ValidationError("--what goes with --to jsonl and --to csv, which write records.")
    }
  }

  func run() throws {
    let selection = try conditions.selection()
    let corpus = try Corpus(folder: corpus)
    let perDocument = DocumentFormat(rawValue: to.rawValue).flatMap { $0.isPerDocument ? $0 : nil }
    guard let output, output != "-" else {
      if to == .tei { try refuseSeveral(corpus, selection) }
      return try write(corpus, selection, to: StandardOutputSink())
    }
    try refuseOwn(output, corpus)
    if let perDocument {
      try OutputFolder.refuseFile(output)
      _ = try corpus.export(perDocument, where: selection, toFolder: output)
      return
    }
    let file = try OutputFile(output)
    try write(corpus, selection, to: file)
    try file.commit()
  }

  /// Several XML documents in one stream are no XML document.
  private func refuseSeveral(_ corpus: Corpus, _ selection: Selection) throws {
    let count = try corpus.documents(where: selection).count
    if count > 1 {
      throw Failure(.usage, "\(count) documents are as many TEI files: name a folder with -o")
    }
  }

  /// The files of the corpus are its own: an export into one of them would destroy it.
  private func refuseOwn(_ output: String, _ corpus: Corpus) throws {
    let folder = InputFiles.absolute(corpus.path) + "/"
    let target = InputFiles.absolute(output)
    if target.hasPrefix(folder), CorpusFolder.owns(String(target.dropFirst(folder.count))) {
      throw Failure(.usage, "\(output) is a part of the corpus \(corpus.path); name another output with -o")
    }
  }

  private func write(_ corpus: Corpus, _ selection: Selection, to sink: some ByteSink) throws {
    switch to {
    case .jsonl: try corpus.export(what ?? .passages, where: selection, to: sink)
    case .csv: try corpus.exportCSV(what ?? .passages, where: selection, raw: raw, to: sink)
    case .bibtex: try corpus.bibliography(.bibtex, where: selection, to: sink)
    case .ris: try corpus.bibliography(.ris, where: selection, to: sink)
    case .cslJSON: try corpus.bibliography(.cslJSON, where: selection, to: sink)
    case .tei, .text, .markdown, .brat, .vrt, .conllu, .quanteda:
      guard let format = DocumentFormat(rawValue: to.rawValue) else { return }
      try corpus.export(format, where: selection, raw: raw, to: sink)
    }
  }
}

extension Corpus.Records: ExpressibleByArgument {}
