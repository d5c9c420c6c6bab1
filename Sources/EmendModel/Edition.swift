/// A document with everything that was read from it: what every writer takes.
public struct Edition: Sendable {
  public let document: Document
  public let citations: CitationLayer
  public let tags: TagLayer

  public init(document: Document, citations: CitationLayer, tags: TagLayer) {
    self.document = document
    self.citations = citations
    self.tags = tags
  }

  public var id: String { document.id }
  public var scan: Scan { document.transcript.scan }
  public var transcript: Transcript { document.transcript }

  /// All warnings of all stages, in the order of the stages.
  public var warnings: [Warning] {
    scan.warnings + transcript.warnings + document.warnings + citations.warnings + tags.warnings
  }
}

extension Document {
  /// Page, line and column of an offset in the reading text.
  public func place(ofReading offset: Int) -> Place { scan.place(at: map.source(ofTarget: offset)) }

  /// Pages, lines and columns of a range of the reading text: of its first byte and of its last.
  public func places(ofReading range: Range<Int>) -> (first: Place, last: Place) {
    let first = place(ofReading: range.lowerBound)
    return (first, range.isEmpty ? first : place(ofReading: range.upperBound - 1))
  }

  /// The reading text of a range.
  public func text(_ range: Range<Int>) -> String { String(decoding: reading[range], as: UTF8.self) }

  /// The witness text behind a range of the reading text.
  public func witness(_ range: Range<Int>) -> String {
    String(decoding: scan.text[map.source(ofTarget: range)], as: UTF8.self)
  }

  /// The page to quote for an offset of the reading text: the printed number where there is one, else the
  /// number of the page in the file, in brackets ("[3]").
  public func pageLabel(ofReading offset: Int) -> String {
    let page = place(ofReading: offset).page
    if pages.indices.contains(page), let printed = pages[page].printed { return printed }
    return "[\(page + 1)]"
  }
}
