import EmendModel

/// What becomes of a line.
enum LineKind: UInt8, Sendable {
  case body
  // Page furniture.
  case head, foot, pageNumber, signature, catchword, stamp, noise
  // Structure.
  case heading, byline, title, contents, table, figure, caption, note, reference, list, verse, masthead,
    index, quote

  var isFurniture: Bool { rawValue >= LineKind.head.rawValue && rawValue <= LineKind.noise.rawValue }
  var furniture: Furniture.Kind? {
    switch self {
    case .head: .head
    case .foot: .foot
    case .pageNumber: .pageNumber
    case .signature: .signature
    case .catchword: .catchword
    case .stamp: .stamp
    case .noise: .noise
    default: nil
    }
  }
}

/// A count or index of a line, kept in half the room: a book has a hundred thousand lines, and what they take must be
/// cleared and read again by every step.
@propertyWrapper
struct Compact: Sendable {
  private var stored: Int32
  init(wrappedValue: Int) { stored = Int32(clamping: wrappedValue) }
  var wrappedValue: Int {
    get { Int(stored) }
    set { stored = Int32(clamping: newValue) }
  }
}

/// A count that is small by its nature (`Line.edge` at most, a level), in one byte.
@propertyWrapper
struct Small: Sendable {
  private var stored: Int8
  init(wrappedValue: Int) { stored = Int8(clamping: wrappedValue) }
  var wrappedValue: Int {
    get { Int(stored) }
    set { stored = Int8(clamping: newValue) }
  }
}

/// A line that is not blank, with everything that later steps ask of it, counted in one pass.
struct Line: Sendable {
  /// Stands for "page edge" in `gapBefore` and `gapAfter`.
  static let edge = 99

  /// Index into `Scan.lines`.
  @Compact var index: Int
  /// Index into the scan's pages.
  @Compact var page: Int
  /// Place among the non-blank lines of its page.
  @Compact var position = 0
  private var start: UInt32
  private var end: UInt32
  /// Columns of white space before it.
  @Compact var indent = 0
  /// Blank lines before and after it on its page; `edge` at the page's edges.
  @Small var gapBefore = Line.edge
  @Small var gapAfter = Line.edge

  /// Characters, runs of white space counted as one.
  @Compact var width = 0
  @Compact var letters = 0
  @Compact var capitals = 0
  @Compact var digits = 0
  @Compact var words = 0
  /// Words of more than three letters, those left out that a title leaves small; and those of them with a capital.
  @Compact var longWords = 0
  @Compact var longCapitalised = 0
  @Compact var functionWords = 0
  var flags: Flags = []
  var kind: LineKind = .body
  /// What the format says (Markdown): level of a heading.
  @Small var formatLevel = 0
  /// First scalar, first scalar after quotes and brackets, last scalar.
  var first: UInt32 = 0
  var firstLetter: UInt32 = 0
  var last: UInt32 = 0

  struct Flags: OptionSet, Sendable {
    let rawValue: UInt16
    /// A gap of three or more columns inside.
    static let wide = Flags(rawValue: 1)
    static let endsSentence = Flags(rawValue: 2)
    static let endsHyphen = Flags(rawValue: 4)
    static let startsSmall = Flags(rawValue: 8)
    static let hasYear = Flags(rawValue: 16)
    static let hasInitial = Flags(rawValue: 32)
    static let hasFormula = Flags(rawValue: 64)
    static let leaders = Flags(rawValue: 128)
    /// Two small letters side by side.
    static let hasSmallPair = Flags(rawValue: 256)
    /// Two or more wide gaps: cells of a table.
    static let cells = Flags(rawValue: 512)
    static let hasURL = Flags(rawValue: 1024)
    /// White space inside that is more than single blanks between words.
    static let hasGaps = Flags(rawValue: 2048)
    static let opensColumn = Flags(rawValue: 4096)
    static let isOpening = Flags(rawValue: 8192)
    static let isTitle = Flags(rawValue: 16384)
    /// Gap and indent come from its box on the page.
    static let measured = Flags(rawValue: 32768)
  }

  /// Above 0 for a heading: the model's score.
  var headingScore: Float = 0
  /// Index into `Galley.notes`, -1 for none.
  @Compact var note = -1
  /// What the heading model said of the line, whatever came of it.
  var modelScore: Float = -9

  /// A line of the scan and a page to come; `range` are its bytes without the white space at both ends.
  init(index: Int, page: Int, range: Range<Int>) {
    (start, end) = (UInt32(range.lowerBound), UInt32(range.upperBound))
    self.index = index
    self.page = page
  }

  /// Bytes of the emended text, white space at both ends left off.
  var range: Range<Int> { Int(start)..<Int(end) }

  /// The first line of a column of text.
  var opensColumn: Bool {
    get { flags.contains(.opensColumn) }
    set { set(.opensColumn, newValue) }
  }
  /// Part of a running head that this line, a chapter's opening heading, repeats.
  var isOpening: Bool {
    get { flags.contains(.isOpening) }
    set { set(.isOpening, newValue) }
  }
  /// A line of the title on a title page.
  var isTitle: Bool {
    get { flags.contains(.isTitle) }
    set { set(.isTitle, newValue) }
  }
  private mutating func set(_ flag: Flags, _ holds: Bool) {
    if holds { flags.insert(flag) } else { flags.remove(flag) }
  }

  var capitalShare: Double { letters == 0 ? 0 : Double(capitals) / Double(letters) }
  /// Share of the long words that begin with a capital.
  var titleShare: Double {
    longWords == 0 ? (capitals > 0 ? 1 : 0) : Double(longCapitalised) / Double(longWords)
  }
  var endsSentence: Bool { flags.contains(.endsSentence) }
  var endsHyphen: Bool { flags.contains(.endsHyphen) }
  var startsSmall: Bool { flags.contains(.startsSmall) }
  var isWide: Bool { flags.contains(.wide) }
  var isCapitals: Bool { letters > 2 && capitalShare > 0.8 }
  var looksLikeTitle: Bool { capitalShare >= 0.6 || titleShare >= 0.75 }
  /// No letters and no digits, or one or two characters that are no number.
  var isScrap: Bool {
    (letters == 0 && digits == 0) || (letters + digits <= 2 && (letters > 0 || digits == 0))
  }
}
