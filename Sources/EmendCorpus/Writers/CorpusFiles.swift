import EmendModel
import GRDB

/// The files of a corpus folder that draw on all documents, made from its database, each whole or not at all.
enum CorpusFiles {
  /// In the order in which they are written; the manifest last, as it speaks for the others.
  static let names = [
    "documents.jsonl", "passages.jsonl", "citations.jsonl", "references.jsonl", "works.jsonl", "tags.jsonl",
    "emendations.jsonl", "references.bib", "references.csl.json", "references.ris", "metadata.json",
    "report.html", "manifest.json",
  ]

  static func write(_ corpus: Corpus, to folder: CorpusFolder) throws {
    for name in names {
      let file = try OutputFile(folder.file(name))
      switch name {
      case "documents.jsonl": try corpus.export(.documents, to: file)
      case "passages.jsonl": try corpus.export(.passages, to: file)
      case "citations.jsonl": try corpus.export(.citations, to: file)
      case "references.jsonl": try corpus.export(.references, to: file)
      case "works.jsonl": try corpus.export(.works, to: file)
      case "tags.jsonl": try corpus.export(.tags, to: file)
      case "emendations.jsonl": try corpus.export(.emendations, to: file)
      case "references.bib": try corpus.bibliography(.bibtex, to: file)
      case "references.csl.json": try corpus.bibliography(.cslJSON, to: file)
      case "references.ris": try corpus.bibliography(.ris, to: file)
      case "metadata.json": try file.write(DatasetteMetadata.bytes())
      case "report.html": try Report(corpus).write(to: file)
      default: try file.write(try Manifest.bytes(corpus))
      }
      try file.commit()
    }
  }
}
