/// What was read from one document: its text as it stands (the witness), cut into pages and lines.
///
/// Readers make a `Scan` from any format; nothing is repaired yet. Where the format is plain UTF-8
/// text the witness is the file byte for byte; elsewhere (another encoding, hOCR, ALTO, Markdown)
/// `origin` leads from each byte of the witness to the bytes of the source.
public struct Scan: Sendable {
  /// The document's name within its corpus, by default the file name without its extension.
  public var id: String
  public var source: Source
  /// The witness: valid UTF-8, unemended.
  public var text: [UInt8]
  /// From source bytes (source side) to witness bytes (target side); nil when they are the same bytes.
  public var origin: OffsetMap?
  public var lines: [Line]
  public var pages: [Page]
  /// Words for which the scanner left a confidence or a box; empty for plain text. In text order.
  public var words: [ScannedWord]
  /// Emphasised stretches (italics, bold) where the format tells them.
  public var emphasis: [Emphasis]
  /// Notes that the format ties to their calls (Markdown's `[^1]`, links of HTML), in text order.
  public var notes: [MarkedNote]
  /// Bibliographic facts that came with the file (METS, JATS, front matter of a Markdown file).
  public var metadata: [String: String]
  public var warnings: [Warning]

  public init(
    id: String, source: Source, text: [UInt8], origin: OffsetMap? = nil, lines: [Line] = [],
    pages: [Page] = [], words: [ScannedWord] = [], emphasis: [Emphasis] = [],
    notes: [MarkedNote] = [], metadata: [String: String] = [:], warnings: [Warning] = []
  ) {
    self.id = id
    self.source = source
    self.text = text
    self.origin = origin
    self.lines = lines
    self.pages = pages
    self.words = words
    self.emphasis = emphasis
    self.notes = notes
    self.metadata = metadata
    self.warnings = warnings
  }
}

extension Scan {
  /// Where a scan came from.
  public struct Source: Sendable, Equatable {
    /// The path or name as given by the user.
    public var name: String
    public var format: Format
    /// IANA name of the character encoding, "UTF-8" unless found to be another.
    public var encoding: String
    /// Confidence in the encoding, 0 to 1.
    public var encodingConfidence: Double
    /// Length of the source in bytes.
    public var byteCount: Int
    /// SHA-256 of the source in lower-case hexadecimal; empty when not computed.
    public var digest: String

    public init(
      name: String, format: Format, encoding: String = "UTF-8", encodingConfidence: Double = 1,
      byteCount: Int, digest: String = ""
    ) {
      self.name = name
      self.format = format
      self.encoding = encoding
      self.encodingConfidence = encodingConfidence
      self.byteCount = byteCount
      self.digest = digest
    }
  }

  /// The format of a source, recognised by content.
  public enum Format: String, Sendable, CaseIterable {
    case plainText = "text"
    case markdown
    case pageFolder = "page-folder"
    case hathiTrust = "hathitrust"
    case internetArchive = "djvu-text"
    case djvuXML = "djvu-xml"
    case hocr
    /// HTML that no OCR program wrote.
    case html
    case alto
    case page = "page-xml"
    case mets
    case jstor
    case pdf

    /// Whether the lines of the source are lines of the text, so that a column can be counted in the source.
    public var hasSourceLines: Bool {
      switch self {
      case .plainText, .markdown, .pageFolder, .hathiTrust, .internetArchive: true
      case .djvuXML, .hocr, .html, .alto, .page, .mets, .jstor, .pdf: false
      }
    }
  }

  /// One line of the witness.
  ///
  /// Offsets and counts are kept in half the room of integers: a text has millions of lines.
  public struct Line: Sendable, Equatable {
    @usableFromInline var start: UInt32 = 0
    @usableFromInline var end: UInt32 = 0
    @usableFromInline var storedNumber: UInt32 = 0
    @usableFromInline var storedPage: UInt32 = 0
    /// Source offset at which that source line starts; the witness offset for formats without source lines.
    public var sourceStart: Int
    public var layout: Layout

    /// Bytes of the witness without the line end.
    @inlinable public var range: Range<Int> {
      get { Int(start)..<Int(end) }
      set { (start, end) = (UInt32(newValue.lowerBound), UInt32(newValue.upperBound)) }
    }
    /// 1-based number of the line in the source, lines ending at LF only.
    @inlinable public var number: Int {
      get { Int(storedNumber) }
      set { storedNumber = UInt32(newValue) }
    }
    /// Index into `Scan.pages`.
    @inlinable public var page: Int {
      get { Int(storedPage) }
      set { storedPage = UInt32(newValue) }
    }

    public init(range: Range<Int>, number: Int, sourceStart: Int, page: Int, layout: Layout = .none) {
      self.sourceStart = sourceStart
      self.layout = layout
      self.range = range
      self.number = number
      self.page = page
    }
  }

  /// What the format says of a line beside its text. Plain text says nothing, and then a layout takes one
  /// pointer, so that a text of ten million lines stays small.
  public struct Layout: Sendable, Equatable {
    private struct Facts: Sendable, Equatable {
      var heading: Int?
      var zone: Int?
      var startsParagraph: Bool?
      var quoteDepth = 0
      var listMark: String?
      var hardBreak = false
      var ruleBefore = false
      var box: Box?
      var fontSize: Double?
      var hyphen: Hyphen?
      var part: Part?
    }
    private final class Storage: Sendable {
      let facts: Facts
      init(_ facts: Facts) { self.facts = facts }
    }
    private var storage: Storage?
    private static let nothing = Facts()
    private var facts: Facts {
      get { storage?.facts ?? Self.nothing }
      set { storage = newValue == Self.nothing ? nil : Storage(newValue) }
    }

    /// Heading level, 1 to 6 (Markdown `#`, hOCR or JATS headings).
    public var heading: Int? {
      get { storage?.facts.heading }
      set { facts.heading = newValue }
    }
    /// The zone or paragraph of the OCR engine that the line belongs to; lines of one zone share the number.
    public var zone: Int? {
      get { storage?.facts.zone }
      set { facts.zone = newValue }
    }
    /// Whether a new paragraph starts here by the word of the format.
    public var startsParagraph: Bool? {
      get { storage?.facts.startsParagraph }
      set { facts.startsParagraph = newValue }
    }
    /// Depth of block quotation (Markdown `>`).
    public var quoteDepth: Int {
      get { storage?.facts.quoteDepth ?? 0 }
      set { facts.quoteDepth = newValue }
    }
    /// The item mark where the format makes this line a list item ("-", "3.").
    public var listMark: String? {
      get { storage?.facts.listMark }
      set { facts.listMark = newValue }
    }
    /// A forced line end (Markdown: two spaces or a backslash).
    public var hardBreak: Bool {
      get { storage?.facts.hardBreak ?? false }
      set { facts.hardBreak = newValue }
    }
    /// A thematic break stands between the line before and this one.
    public var ruleBefore: Bool {
      get { storage?.facts.ruleBefore ?? false }
      set { facts.ruleBefore = newValue }
    }
    /// The box on the page image, in pixels.
    public var box: Box? {
      get { storage?.facts.box }
      set { facts.box = newValue }
    }
    /// Type size in points or pixels, as the format gives it.
    public var fontSize: Double? {
      get { storage?.facts.fontSize }
      set { facts.fontSize = newValue }
    }

    /// What the format says of the hyphen at the line's end (ALTO's `SUBS_CONTENT`).
    public var hyphen: Hyphen? {
      get { storage?.facts.hyphen }
      set { facts.hyphen = newValue }
    }

    /// What the line is part of, where the format says that it is no running text.
    public var part: Part? {
      get { facts.part }
      set { facts.part = newValue }
    }

    /// What is no running text by the word of the format.
    public enum Part: Sendable, Equatable {
      /// A row of a table.
      case table
      /// Links that lead through a site, and the like.
      case navigation
    }

    /// The hyphen at the end of a line.
    public enum Hyphen: Sendable, Equatable {
      /// It stands there because the line ends: "inter-" before "national".
      case soft
      /// It belongs to the word: "well-" before "known".
      case hard
    }

    public init(
      heading: Int? = nil, zone: Int? = nil, startsParagraph: Bool? = nil, quoteDepth: Int = 0,
      listMark: String? = nil, hardBreak: Bool = false, ruleBefore: Bool = false, box: Box? = nil,
      fontSize: Double? = nil, hyphen: Hyphen? = nil, part: Part? = nil
    ) {
      facts = Facts(
        heading: heading, zone: zone, startsParagraph: startsParagraph, quoteDepth: quoteDepth,
        listMark: listMark, hardBreak: hardBreak, ruleBefore: ruleBefore, box: box, fontSize: fontSize,
        hyphen: hyphen, part: part)
    }

    /// A layout that says nothing.
    public static let none = Layout()

    public static func == (a: Layout, b: Layout) -> Bool { a.storage === b.storage || a.facts == b.facts }
  }

  /// One page of the source.
  public struct Page: Sendable, Equatable {
    /// Indices into `Scan.lines`; empty for a blank page or a gap in a page folder.
    public var lines: Range<Int>
    /// The member or file that held the page ("00000012.txt"); empty within one file.
    public var name: String
    /// Why a page starts here.
    public var evidence: Evidence
    /// Width and height of the image in pixels, when known.
    public var size: Box?
    /// The printed page number by the word of the format (METS's `ORDERLABEL`: "xiv", "12").
    public var label: String?

    public init(
      lines: Range<Int>, name: String = "", evidence: Evidence, size: Box? = nil, label: String? = nil
    ) {
      self.lines = lines
      self.name = name
      self.evidence = evidence
      self.size = size
      self.label = label
    }

    public enum Evidence: String, Sendable {
      /// The document starts.
      case start
      case formFeed = "form-feed"
      /// A line that begins with the one space by which some tools mark a page start.
      case leadingSpace = "leading-space"
      /// Blank lines at a place where the page length calls for a page start.
      case inferred
      /// The format says so (page files, hOCR pages, ALTO pages).
      case format
      /// A number is missing in the sequence of page files; the page is kept empty.
      case gap
    }
  }

  /// A rectangle on a page image, in pixels.
  public struct Box: Sendable, Equatable {
    public var x, y, width, height: Int
    public init(x: Int, y: Int, width: Int, height: Int) {
      (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }
  }

  /// A word with the scanner's word for it.
  public struct ScannedWord: Sendable, Equatable {
    /// Bytes of the witness.
    public var range: Range<Int>
    /// The scanner's confidence, 0 to 1; nil when it gave none.
    public var confidence: Float?
    public var box: Box?
    public init(range: Range<Int>, confidence: Float?, box: Box?) {
      (self.range, self.confidence, self.box) = (range, confidence, box)
    }
  }

  /// An emphasised stretch of the witness.
  public struct Emphasis: Sendable, Equatable {
    public enum Kind: String, Sendable { case italic, bold }
    public var range: Range<Int>
    public var kind: Kind
    public init(range: Range<Int>, kind: Kind) { (self.range, self.kind) = (range, kind) }
  }

  /// A note by the word of the format.
  public struct MarkedNote: Sendable, Equatable {
    /// The mark that calls it: "12", "*".
    public var mark: String
    /// Indices into `Scan.lines`.
    public var lines: Range<Int>
    /// Witness bytes of its own mark, with what parts it from the text; empty where it has none.
    public var ownMark: Range<Int>
    /// Witness bytes of the first mark in the text that calls it; nil when nothing does.
    public var call: Range<Int>?
    public init(mark: String, lines: Range<Int>, ownMark: Range<Int>, call: Range<Int>?) {
      (self.mark, self.lines, self.ownMark, self.call) = (mark, lines, ownMark, call)
    }
  }
}

/// A place in a source as a person names it.
public struct Place: Sendable, Equatable {
  /// Index of the page, from 0.
  public var page: Int
  /// Line of the source, from 1.
  public var line: Int
  /// Column in bytes from 0: of the source line, or of the line as read where the source has no text lines.
  public var column: Int
  /// Offset in the source, in bytes.
  public var source: Int
  public init(page: Int, line: Int, column: Int, source: Int) {
    (self.page, self.line, self.column, self.source) = (page, line, column, source)
  }
}

extension Scan {
  /// The index of the line that holds a witness offset (its line end included).
  public func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// Page, line, column and source offset of a witness offset.
  public func place(at offset: Int) -> Place { place(at: offset, line: lineIndex(at: offset)) }

  /// The same, looked for near the line that was found before, which is then the one found.
  func place(at offset: Int, near last: inout Int) -> Place {
    last =
      lines.indices.nearest(to: last, { lines[$0].range.lowerBound <= offset }) ?? lineIndex(at: offset)
    return place(at: offset, line: last)
  }

  private func place(at offset: Int, line index: Int) -> Place {
    let source = origin?.source(ofTarget: offset) ?? offset
    guard !lines.isEmpty else { return Place(page: 0, line: 1, column: offset, source: source) }
    let line = lines[index]
    let column =
      self.source.format.hasSourceLines ? source - line.sourceStart : offset - line.range.lowerBound
    return Place(page: line.page, line: line.number, column: max(0, column), source: source)
  }
}

/// Something a reader or a stage wants a person to know; never fatal.
public struct Warning: Sendable, Equatable {
  /// A short fixed name, such as `empty`, `mixed-encoding`, `missing-page`.
  public var code: String
  /// The stage that says so: reading, repair, segmentation, citation, tagging, corpus.
  public var stage: String
  public var message: String
  /// Source offset in bytes, when there is one.
  public var offset: Int?
  public init(code: String, stage: String, message: String, offset: Int? = nil) {
    (self.code, self.stage, self.message, self.offset) = (code, stage, message, offset)
  }
}
