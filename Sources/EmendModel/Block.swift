/// A paragraph, heading, note or other stretch of running text.
public struct Block: Sendable, Equatable {
  /// What a block is; the raw values stand in every output.
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
  /// What it is.
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
  /// The text of its heading; empty for what stands before the first one.
  public var title: String
  /// Level of its heading, from 1; 0 without one.
  public var level: Int
  /// What its heading says that it holds.
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

/// A sentence of a block that holds prose.
public struct Sentence: Sendable, Equatable {
  /// Bytes of the reading text. A note mark after the stop belongs to the sentence; a note's own number does not.
  public var range: Range<Int>
  /// Index into `Document.blocks`.
  public var block: Int
  public init(range: Range<Int>, block: Int) { (self.range, self.block) = (range, block) }
}
