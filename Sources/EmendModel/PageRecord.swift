/// A page with its printed number.
public struct PageRecord: Sendable, Equatable {
  /// Where a printed number comes from.
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
  /// Where the number comes from.
  public var printedSource: Source
  /// Of the number, 0 to 1.
  public var confidence: Double
  /// The running head as printed.
  public var head: String?
  /// The foot line as printed.
  public var foot: String?
  /// Whether nothing is printed on the page.
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
  /// What a line outside the running text is; the raw values stand in every output.
  public enum Kind: String, Sendable {
    case head, foot
    case pageNumber = "page-number"
    case signature, catchword, stamp, noise
  }
  /// What it is.
  public var kind: Kind
  /// Index into `Scan.lines`.
  public var line: Int
  /// Bytes of the witness.
  public var range: Range<Int>
  public init(kind: Kind, line: Int, range: Range<Int>) {
    (self.kind, self.line, self.range) = (kind, line, range)
  }
}
