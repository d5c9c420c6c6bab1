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

  /// A note mark in the running text.
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
