/// One entry of a table of contents.
public struct ContentsEntry: Sendable, Equatable {
  /// As printed, without leaders.
  public var title: String
  /// As printed, one name each.
  public var authors: [String]
  /// The page as printed.
  public var page: String?
  /// The rubric it stands under ("Articles").
  public var rubric: String?
  /// Depth in the table, from 1.
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
