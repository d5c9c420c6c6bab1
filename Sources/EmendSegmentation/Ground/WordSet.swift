/// A small set of words in small letters that tells at once, by the first letter, of most stretches that none of
/// them begins there.
struct WordSet: Sendable, ExpressibleByArrayLiteral {
  private var words: Set<String> = []
  /// A bit for each first letter, from the lowest for "a".
  private var firstLetters: UInt32 = 0

  init(arrayLiteral elements: String...) { for word in elements { insert(word) } }

  mutating func insert(_ word: String) {
    words.insert(word)
    if let first = word.utf8.first { firstLetters |= Self.bit(first) }
  }

  func contains(_ word: String) -> Bool { words.contains(word) }

  /// Whether the first ASCII letter of a stretch, before any white space, is one by which a word of the set begins.
  ///
  /// ```swift
  /// let words: WordSet = ["chapter", "part"]
  /// words.mayOpen(Array("“Part I".utf8), 0..<9)  // true
  /// words.mayOpen(Array("The part".utf8), 0..<8)  // false
  /// ```
  func mayOpen(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    for index in range {
      let byte = text[index]
      if Glyphs.isSpace(byte) { return false }
      if (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A { return firstLetters & Self.bit(byte) != 0 }
    }
    return false
  }

  private static func bit(_ letter: UInt8) -> UInt32 { 1 << ((UInt32(letter | 0x20) &- 0x61) & 31) }
}
