/// A transcript with its structure: blocks of running text, page furniture moved aside, notes tied to
/// their anchors, sentences.
///
/// The reading text is derived: the texts of the blocks, in order, with one blank line between and a
/// line end after the last. `blocks` ranges lead into it, `map` leads from it back to the witness.
public struct Document: Sendable {
  /// The emended lines that the document was made from.
  public let transcript: Transcript
  /// The reading text, UTF-8.
  public let reading: [UInt8]
  /// Witness (source side) to reading text (target side), all emendations and joins included.
  public let map: OffsetMap
  /// In reading order.
  public let blocks: [Block]
  /// In the order of their headings; every block belongs to one.
  public let sections: [Section]
  /// In reading order; together they cover the text of every block that holds prose.
  public let sentences: [Sentence]
  /// In the order of their text.
  public let notes: [Note]
  /// One for each page of the scan.
  public let pages: [PageRecord]
  /// Lines that are no running text, in witness order.
  public let furniture: [Furniture]
  /// Joins of lines and line-end hyphens (`hyphenJoin`, `hyphenKeep`, `lostHyphen`, `reflow`), in witness order.
  public let joins: [Emendation]
  /// Entries of the tables of contents.
  public let contents: [ContentsEntry]
  /// What title pages, mastheads and boards say; nil where there are none.
  public let frontMatter: FrontMatter?
  /// What the segmentation could not settle, such as notes without an anchor.
  public let warnings: [Warning]

  public init(
    transcript: Transcript, reading: [UInt8], map: OffsetMap, blocks: [Block], sections: [Section] = [],
    sentences: [Sentence] = [], notes: [Note] = [], pages: [PageRecord] = [], furniture: [Furniture] = [],
    joins: [Emendation] = [], contents: [ContentsEntry] = [], frontMatter: FrontMatter? = nil,
    warnings: [Warning] = []
  ) {
    self.transcript = transcript
    self.reading = reading
    self.map = map
    self.blocks = blocks
    self.sections = sections
    self.sentences = sentences
    self.notes = notes
    self.pages = pages
    self.furniture = furniture
    self.joins = joins
    self.contents = contents
    self.frontMatter = frontMatter
    self.warnings = warnings
  }

  /// The name of the document, unique in its corpus.
  public var id: String { transcript.scan.id }
  /// The witness.
  public var scan: Scan { transcript.scan }
}
