/// Cuts UTF-8 text into words by one pass over its bytes, without a `Character` or `String` on the way.
///
/// A word is a run of letters and digits; an apostrophe (' or ’) between two letters belongs to it. Every
/// character beyond ASCII counts as a letter, except spaces and punctuation: U+0080–U+00BF without ª µ º,
/// × and ÷, U+2000–U+206F, U+2070–U+2BFF (superscripts, arrows, mathematical and other signs) and
/// U+3000–U+303F.
public enum Words {
  /// Calls `body` with the byte range of each word of a stretch of `text`, in order.
  ///
  /// ```swift
  /// var words: [Range<Int>] = []
  /// Words.forEach(in: Array("Don’t stop—now".utf8)) { words.append($0) }  // 0..<7, 8..<12, 15..<18
  /// ```
  public static func forEach(in text: [UInt8], range: Range<Int>? = nil, _ body: (Range<Int>) -> Void) {
    text.withUnsafeBufferPointer { forEach(in: $0, range: range ?? 0..<text.count, body) }
  }

  public static func forEach(
    in text: UnsafeBufferPointer<UInt8>, range: Range<Int>, _ body: (Range<Int>) -> Void
  ) {
    let range = range.clamped(to: 0..<text.count)
    asciiWord.withUnsafeBufferPointer { isWord in
      var start = -1
      var at = range.lowerBound
      while at < range.upperBound {
        let byte = text[at]
        if byte < 0x80 {
          if isWord[Int(byte)] {
            if start < 0 { start = at }
          } else if start >= 0,
            byte != 0x27 || !isLetter(text, at: at - 1, in: range) || !isLetter(text, at: at + 1, in: range)
          {
            body(start..<at)
            start = -1
          }
          at += 1
          continue
        }
        let (isPart, length) = beyondASCII(text, at: at, end: range.upperBound)
        if isPart {
          if start < 0 { start = at }
        } else if start >= 0 {
          let isApostrophe = length == 3 && text[at] == 0xE2 && text[at + 1] == 0x80 && text[at + 2] == 0x99
          if !isApostrophe || !isLetter(text, at: at - 1, in: range)
            || !isLetter(text, at: at + 3, in: range)
          {
            body(start..<at)
            start = -1
          }
        }
        at += length
      }
      if start >= 0 { body(start..<range.upperBound) }
    }
  }

  private static let asciiWord: [Bool] = (0..<128).map {
    switch ByteClass.of(UInt8($0)) {
    case .digit, .upper, .lower: true
    default: false
    }
  }

  private static func isLetter(_ text: UnsafeBufferPointer<UInt8>, at offset: Int, in range: Range<Int>)
    -> Bool
  {
    guard range.contains(offset) else { return false }
    let byte = text[offset]
    if byte >= 0x80 { return byte != 0xE2 }
    return (byte | 0x20) &- 0x61 < 26
  }

  /// Whether the character at `at` belongs to words, and its length (1 for a byte that is not UTF-8).
  private static func beyondASCII(
    _ text: UnsafeBufferPointer<UInt8>, at: Int, end: Int
  ) -> (isPart: Bool, length: Int) {
    let lead = text[at]
    guard lead >= 0xC2, lead < 0xF5 else { return (false, 1) }
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard at + length <= end else { return (false, 1) }
    let next = text[at + 1]
    switch lead {
    case 0xC2: return (next == 0xAA || next == 0xB5 || next == 0xBA, 2)
    case 0xC3: return (next != 0x97 && next != 0xB7, 2)
    case 0xE2: return (next >= 0xB0, 3)
    case 0xE3: return (next != 0x80, 3)
    case 0xEF: return (next != 0xBB || text[at + 2] != 0xBF, 3)
    default: return (true, length)
    }
  }
}
