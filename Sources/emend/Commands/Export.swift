import ArgumentParser
import EmendCorpus

struct Export: ParsableCommand {
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
      "For jsonl and csv: \(Corpus.Records.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "records"))
  var what: Corpus.Records = .passages
  @Option(
    name: [.customShort("o"), .long], help: "A file, or a folder for formats with files for each document.")
  var output: String?
  @OptionGroup var conditions: SelectionOptions
  @Flag(help: "CSV cells as they are, also those that a spreadsheet would take for a formula.") var raw =
    false
  @OptionGroup var common: CommonOptions

  func run() throws {
    let selection = try conditions.selection()
    let corpus = try CorpusInput.open(corpus)
    try CorpusInput.answering {
      if let output, let format = DocumentFormat(rawValue: to.rawValue), format.isPerDocument {
        _ = try corpus.export(format, where: selection, toFolder: output)
        return
      }
      guard let output, output != "-" else { return try write(corpus, selection, to: StandardOutputSink()) }
      let file = try EmendCorpus.OutputFile(output)
      try write(corpus, selection, to: file)
      try file.commit()
    }
  }

  private func write(_ corpus: Corpus, _ selection: Selection, to sink: some ByteSink) throws {
    switch to {
    case .jsonl: try corpus.export(what, where: selection, to: sink)
    case .csv: try corpus.exportCSV(what, where: selection, raw: raw, to: sink)
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
