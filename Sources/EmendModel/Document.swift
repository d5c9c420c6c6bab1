/// A transcript with its structure: blocks of running text, page furniture moved aside, notes tied to
/// their anchors, sentences.
///
/// The reading text is derived: the texts of the blocks, in order, with one blank line between and a
/// line end after the last. `blocks` ranges lead into it, `map` leads from it back to the witness.
public struct Document: Sendable {
  public let transcript: Transcript
  /// The reading text, UTF-8.
  public let reading: [UInt8]
  /// Witness (source side) to reading text (target side), all emendations and joins included.
  public let map: OffsetMap
  public let blocks: [Block]
  public let sections: [Section]
  /// In reading order; together they cover the text of every block that holds prose.
  public let sentences: [Sentence]
  public let notes: [Note]
  public let pages: [PageRecord]
  public let furniture: [Furniture]
  /// Joins of lines and line-end hyphens (`hyphenJoin`, `hyphenKeep`, `lostHyphen`, `reflow`), in witness order.
  public let joins: [Emendation]
  /// Entries of the tables of contents.
  public let contents: [ContentsEntry]
  public let frontMatter: FrontMatter?
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

  public var id: String { transcript.scan.id }
  public var scan: Scan { transcript.scan }
}

/// A paragraph, heading, note or other stretch of running text.
public struct Block: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case title, heading, byline, paragraph
    case blockQuote = "block-quote"
    case verse
    case listItem = "list-item"
    case table, figure, caption
    case note
    case contents
    case reference
    case abstract
    /// Masthead, boards, prices, imprint: front matter that is no prose.
    case masthead
    case index
  }
  public var kind: Kind
  /// Bytes of the reading text, without the blank line after.
  public var range: Range<Int>
  /// Heading level from 1; 0 for other kinds.
  public var level: Int
  /// Index into `Document.sections`.
  public var section: Int
  /// Indices of the first and last line of the scan that it was made from.
  public var firstLine: Int
  public var lastLine: Int
  /// Index of the page on which it starts.
  public var page: Int
  /// For a note: index into `Document.notes`.
  public var note: Int?

  public init(
    kind: Kind, range: Range<Int>, level: Int = 0, section: Int = 0, firstLine: Int, lastLine: Int,
    page: Int, note: Int? = nil
  ) {
    self.kind = kind
    self.range = range
    self.level = level
    self.section = section
    self.firstLine = firstLine
    self.lastLine = lastLine
    self.page = page
    self.note = note
  }
}

/// What stands under one heading; the first one of a document may have none.
public struct Section: Sendable, Equatable {
  /// The role of a section, as far as its heading tells.
  public enum Role: String, Sendable {
    case body, front, abstract, notes, references, appendix, index, contents, acknowledgements, contributors
  }
  public var title: String
  public var level: Int
  public var role: Role
  /// Indices into `Document.blocks`, heading included.
  public var blocks: Range<Int>
  /// Index of the section that this one belongs to.
  public var parent: Int?

  public init(title: String, level: Int, role: Role = .body, blocks: Range<Int>, parent: Int? = nil) {
    self.title = title
    self.level = level
    self.role = role
    self.blocks = blocks
    self.parent = parent
  }
}

public struct Sentence: Sendable, Equatable {
  /// Bytes of the reading text. A note mark after the stop belongs to the sentence; a note's own number does not.
  public var range: Range<Int>
  /// Index into `Document.blocks`.
  public var block: Int
  public init(range: Range<Int>, block: Int) { (self.range, self.block) = (range, block) }
}

/// A footnote or endnote.
public struct Note: Sendable, Equatable {
  /// The mark as printed: "12", "*", "†".
  public var mark: String
  /// Index of the (first) block that holds its text.
  public var block: Int
  /// Bytes of the reading text that hold the note's text without its mark.
  public var text: Range<Int>
  /// The mark in the running text that calls it; nil when none was found.
  public var anchor: Anchor?

  public struct Anchor: Sendable, Equatable {
    /// Bytes of the mark in the reading text.
    public var range: Range<Int>
    /// The word before the mark.
    public var wordBefore: String
    /// What stands between that word and the mark (".”").
    public var between: String
    public init(range: Range<Int>, wordBefore: String, between: String = "") {
      (self.range, self.wordBefore, self.between) = (range, wordBefore, between)
    }
  }

  public init(mark: String, block: Int, text: Range<Int>, anchor: Anchor? = nil) {
    (self.mark, self.block, self.text, self.anchor) = (mark, block, text, anchor)
  }
}

/// A page with its printed number.
public struct PageRecord: Sendable, Equatable {
  public enum Source: String, Sendable {
    /// Read as it stands.
    case printed
    /// Read with a misprint or misreading mended.
    case corrected
    /// Taken from the sequence.
    case inferred
    /// The page has no number and none can be inferred.
    case none
  }
  /// The printed number ("xiv", "137"), nil when there is none.
  public var printed: String?
  public var printedSource: Source
  /// 0 to 1.
  public var confidence: Double
  /// Running head and foot as printed.
  public var head: String?
  public var foot: String?
  public var blank: Bool
  /// Offset in the reading text at which the page begins.
  public var readingStart: Int

  public init(
    printed: String? = nil, printedSource: Source = .none, confidence: Double = 0, head: String? = nil,
    foot: String? = nil, blank: Bool = false, readingStart: Int = 0
  ) {
    self.printed = printed
    self.printedSource = printedSource
    self.confidence = confidence
    self.head = head
    self.foot = foot
    self.blank = blank
    self.readingStart = readingStart
  }
}

/// A line that is no part of the running text, kept in its place.
public struct Furniture: Sendable, Equatable {
  public enum Kind: String, Sendable {
    case head, foot
    case pageNumber = "page-number"
    case signature, catchword, stamp, noise
  }
  public var kind: Kind
  /// Index into `Scan.lines`.
  public var line: Int
  /// Bytes of the witness.
  public var range: Range<Int>
  public init(kind: Kind, line: Int, range: Range<Int>) {
    (self.kind, self.line, self.range) = (kind, line, range)
  }
}

/// One entry of a table of contents.
public struct ContentsEntry: Sendable, Equatable {
  public var title: String
  public var authors: [String]
  /// The page as printed.
  public var page: String?
  /// The rubric it stands under ("Articles").
  public var rubric: String?
  public var level: Int
  /// Indices of its first and last line.
  public var lines: ClosedRange<Int>
  public init(
    title: String, authors: [String] = [], page: String? = nil, rubric: String? = nil, level: Int = 1,
    lines: ClosedRange<Int>
  ) {
    self.title = title
    self.authors = authors
    self.page = page
    self.rubric = rubric
    self.level = level
    self.lines = lines
  }
}

/// What the front matter of a book or journal issue says.
public struct FrontMatter: Sendable, Equatable {
  public var journal: String?
  public var initials: String?
  public var title: String?
  public var issn: [String] = []
  public var isbn: [String] = []
  public var volume: String?
  public var issue: String?
  public var season: String?
  public var year: String?
  public var publisher: String?
  public var publisherAddress: String?
  public var frequency: String?
  public var sponsors: [String] = []
  public var copyright: String?
  public var editors: [Person] = []
  public var board: [Person] = []
  public var prices: [Price] = []
  public var contributors: [Contributor] = []
  public var abstracts: [Abstract] = []
  public var keywords: [String] = []

  public init() {}

  public struct Person: Sendable, Equatable {
    public var name: String
    /// "Chairperson", "member", "Managing editor".
    public var role: String
    public var line: Int
    public init(name: String, role: String, line: Int) {
      (self.name, self.role, self.line) = (name, role, line)
    }
  }

  public struct Price: Sendable, Equatable {
    public var who: String
    /// As printed ("$30", "7 percent").
    public var amount: String
    public var line: Int
    public init(who: String, amount: String, line: Int) {
      (self.who, self.amount, self.line) = (who, amount, line)
    }
  }

  public struct Contributor: Sendable, Equatable {
    public var name: String
    public var position: String?
    public var department: String?
    public var institution: String?
    public var city: String?
    public var region: String?
    /// A second post.
    public var also: String?
    public var line: Int
    public init(
      name: String, position: String? = nil, department: String? = nil, institution: String? = nil,
      city: String? = nil, region: String? = nil, also: String? = nil, line: Int
    ) {
      self.name = name
      self.position = position
      self.department = department
      self.institution = institution
      self.city = city
      self.region = region
      self.also = also
      self.line = line
    }
  }

  public struct Abstract: Sendable, Equatable {
    public var title: String
    public var authors: [String]
    /// Indices into `Document.blocks`.
    public var blocks: Range<Int>
    public var text: String
    public init(title: String, authors: [String], blocks: Range<Int>, text: String) {
      (self.title, self.authors, self.blocks, self.text) = (title, authors, blocks, text)
    }
  }
}
