import EmendModel
import GRDB

/// Formats in which a corpus gives out its documents.
public enum DocumentFormat: String, Sendable, CaseIterable {
  case tei, text, markdown, brat, vrt, conllu, quanteda

  /// Whether each document has files of its own; the others stand in one file.
  public var isPerDocument: Bool {
    switch self {
    case .tei, .text, .markdown, .brat: true
    case .vrt, .conllu, .quanteda: false
    }
  }
}

extension Corpus {
  /// The names of the documents that a selection picks.
  public func documents(where selection: Selection) throws -> [String] {
    try read { db in
      try selection.check(db)
      let condition = selection.condition(on: .document)
      let filter = condition.map { " WHERE \($0.sql)" } ?? ""
      return try String.fetchAll(
        db, sql: "SELECT document FROM documents\(filter) ORDER BY document",
        arguments: condition?.arguments ?? [])
    }
  }

  /// Writes each document into a folder, in files of its own. Gives back how many files were written.
  @discardableResult
  public func export(
    _ format: DocumentFormat, where selection: Selection = Selection(), toFolder folder: String
  ) throws -> Int {
    try CorpusFolder.makeFolder(folder)
    var written = 0
    for name in try documents(where: selection) {
      for (file, bytes) in try files(of: name, format) {
        try OutputFile.write(bytes, to: folder + "/" + file)
        written += 1
      }
    }
    if format == .brat {
      try OutputFile.write(try read(Standoff.configuration), to: folder + "/annotation.conf")
      written += 1
    }
    return written
  }

  /// Writes all documents one after the other.
  public func export(
    _ format: DocumentFormat, where selection: Selection = Selection(), raw: Bool = false,
    to sink: some ByteSink
  ) throws {
    if format == .brat {
      throw CorpusError.badRequest("brat takes two files a document: name a folder with -o")
    }
    if format == .quanteda { try sink.write(QuantedaWriter(raw: raw).head) }
    for (index, name) in try documents(where: selection).enumerated() {
      if format == .text, index > 0 { try sink.write([0x0A]) }
      if format == .quanteda {
        let document = try read { try StoredDocument(name, $0) }
        try sink.write(QuantedaWriter(raw: raw).rows(document))
      } else {
        for (_, bytes) in try files(of: name, format) { try sink.write(bytes) }
      }
    }
  }

  private func files(of name: String, _ format: DocumentFormat) throws -> [(name: String, bytes: [UInt8])] {
    let document = try read { try StoredDocument(name, $0) }
    switch format {
    case .tei:
      let path = CorpusFolder(path).tei(document.file)
      return [(document.file + ".xml", try InputFile.bytes(path))]
    case .text: return [(document.file + ".txt", document.reading)]
    case .markdown: return [(document.file + ".md", MarkdownWriter.bytes(document))]
    case .brat:
      return [
        (document.file + ".txt", document.reading),
        (document.file + ".ann", Standoff(text: document.reading, spans: document.spans).annotations),
      ]
    case .vrt: return [(document.file + ".vrt", VRTWriter.bytes(document))]
    case .conllu: return [(document.file + ".conllu", CoNLLUWriter.bytes(document))]
    case .quanteda: return [(document.file + ".csv", QuantedaWriter(raw: false).rows(document))]
    }
  }
}
