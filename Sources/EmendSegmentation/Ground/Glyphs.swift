/// Reading characters straight from UTF-8 bytes, ASCII first.
enum Glyphs {
  /// The scalar at `index` and the index after it; U+FFFD for bytes that are no UTF-8.
  @inline(__always)
  static func scalar(_ text: [UInt8], _ index: Int, _ end: Int) -> (value: UInt32, next: Int) {
    let byte = text[index]
    if byte < 0x80 { return (UInt32(byte), index + 1) }
    return multibyte(text, index, end)
  }

  private static func multibyte(_ text: [UInt8], _ index: Int, _ end: Int) -> (value: UInt32, next: Int) {
    let byte = text[index]
    let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
    guard length > 1, index + length <= end else { return (0xFFFD, index + 1) }
    var value = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for offset in 1..<length { value = value << 6 | UInt32(text[index + offset] & 0x3F) }
    return (value, index + length)
  }

  /// The scalar that ends at `end` and its start.
  static func scalarBefore(_ text: [UInt8], _ end: Int, _ start: Int) -> (value: UInt32, start: Int) {
    var index = end - 1
    while index > start, text[index] & 0xC0 == 0x80 { index -= 1 }
    return (scalar(text, index, end).value, index)
  }

  @inline(__always)
  static func isUpper(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar >= 0x41 && scalar <= 0x5A }
    return isWideUpper(scalar)
  }
  @inline(__always)
  static func isLower(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar >= 0x61 && scalar <= 0x7A }
    return isWideLower(scalar)
  }
  @inline(__always)
  static func isLetter(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return (scalar | 0x20) >= 0x61 && (scalar | 0x20) <= 0x7A }
    return isWideLetter(scalar)
  }
  @inline(__always)
  static func isDigit(_ scalar: UInt32) -> Bool { scalar >= 0x30 && scalar <= 0x39 }
  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  /// General punctuation (quotes, dashes, daggers), which stands in every page and is no letter.
  private static func isPunctuationBlock(_ scalar: UInt32) -> Bool {
    (scalar >= 0x2000 && scalar < 0x2070)
      || (scalar >= 0x80 && scalar < 0xC0 && scalar != 0xAA && scalar != 0xBA)
  }
  private static func isWideUpper(_ scalar: UInt32) -> Bool {
    if isPunctuationBlock(scalar) { return false }
    return Unicode.Scalar(scalar)?.properties.isUppercase ?? false
  }
  private static func isWideLower(_ scalar: UInt32) -> Bool {
    if isPunctuationBlock(scalar) { return false }
    return Unicode.Scalar(scalar)?.properties.isLowercase ?? false
  }
  private static func isWideLetter(_ scalar: UInt32) -> Bool {
    if isPunctuationBlock(scalar) { return false }
    return Unicode.Scalar(scalar)?.properties.isAlphabetic ?? false
  }

  /// The value of a superscript digit, nil for anything else.
  static func superscript(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0xB9: 1
    case 0xB2: 2
    case 0xB3: 3
    case 0x2070: 0
    case 0x2074...0x2079: Int(scalar - 0x2070)
    default: nil
    }
  }

  /// A character that stands as an entity of HTML ("&quot;"): some exports leave them in plain text.
  static func entity(_ text: [UInt8], _ index: Int, _ end: Int) -> (value: UInt32, next: Int)? {
    for (name, value) in entities
    where index + name.count <= end && text[index..<(index + name.count)].elementsEqual(name) {
      return (value, index + name.count)
    }
    return nil
  }

  private static let entities: [(name: [UInt8], value: UInt32)] = [
    // Some texts were escaped twice.
    (Array("&amp;quot;".utf8), 0x22), (Array("&amp;lt;".utf8), 0x3C), (Array("&amp;gt;".utf8), 0x3E),
    (Array("&amp;amp;".utf8), 0x26), (Array("&quot;".utf8), 0x22), (Array("&amp;".utf8), 0x26),
    (Array("&lt;".utf8), 0x3C),
    (Array("&gt;".utf8), 0x3E), (Array("&apos;".utf8), 0x27), (Array("&#39;".utf8), 0x27),
  ]

  /// Quotes, straight and curly.
  static func isQuote(_ scalar: UInt32) -> Bool {
    scalar == 0x22 || scalar == 0x27 || (scalar >= 0x2018 && scalar <= 0x201F) || scalar == 0xAB
      || scalar == 0xBB
  }
  /// What may close a sentence after its stop.
  static func isCloser(_ scalar: UInt32) -> Bool {
    scalar == 0x29 || scalar == 0x5D || (isQuote(scalar) && scalar != 0xAB)
  }
  /// What may open a sentence before its first letter.
  static func isOpener(_ scalar: UInt32) -> Bool {
    scalar == 0x28 || scalar == 0x5B || (isQuote(scalar) && scalar != 0xBB)
  }
  /// Asterisk, dagger, double dagger, section sign, pilcrow, parallel bars.
  static func isNoteSign(_ scalar: UInt32) -> Bool {
    scalar == 0x2A || scalar == 0x2020 || scalar == 0x2021 || scalar == 0xA7 || scalar == 0xB6
      || scalar == 0x2016
  }

  /// Whether a stretch ends a sentence: a stop, then closing quotes and brackets, with a note mark
  /// among them.
  static func endsSentence(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    var end = range.upperBound
    let start = range.lowerBound
    func skipClosers() {
      while end > start {
        let (value, before) = scalarBefore(text, end, start)
        guard isCloser(value) else { return }
        end = before
      }
    }
    func isStop() -> Bool {
      guard end > start else { return false }
      let byte = text[end - 1]
      return byte == 0x2E || byte == 0x21 || byte == 0x3F
    }
    skipClosers()
    if isStop() { return true }
    var marks = 0
    while end > start, marks < 3 {
      let (value, before) = scalarBefore(text, end, start)
      guard isDigit(value) || isNoteSign(value) || superscript(value) != nil else { break }
      end = before
      marks += 1
    }
    if marks == 0 { return false }
    // "power.[12]", "power. 12": a call in brackets, or one that stands free.
    if end > start, text[end - 1] == 0x5B { end -= 1 }
    let isFree = end > start + 5 && text[end - 1] == 0x20
    if isFree { end -= 1 }
    skipClosers()
    guard isStop() else { return false }
    return !isFree || text[(end - 5)..<(end - 1)].allSatisfy { isLower(UInt32($0)) }
  }

  /// The first scalar after opening quotes and brackets.
  static func firstLetterLike(_ text: [UInt8], _ range: Range<Int>) -> UInt32 {
    var index = range.lowerBound
    while index < range.upperBound {
      let (value, next) = scalar(text, index, range.upperBound)
      if isOpener(value) {
        index = next
        continue
      }
      return value
    }
    return 0
  }

  /// Letters in small type and single spaces between words, nothing else: the key of short lines.
  static func key(_ text: [UInt8], _ range: Range<Int>) -> String {
    var out: [UInt8] = []
    var index = range.lowerBound
    var gap = false
    while index < range.upperBound {
      let (value, next) = scalar(text, index, range.upperBound)
      if isLetter(value) {
        if gap, !out.isEmpty { out.append(0x20) }
        gap = false
        if value < 0x80 {
          out.append(UInt8(value) | 0x20)
        } else {
          out.append(contentsOf: String(decoding: text[index..<next], as: UTF8.self).lowercased().utf8)
        }
      } else if value != 0x27 && value != 0x2019 {
        gap = true
      }
      index = next
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// A 64-bit hash (FNV-1a) of the letters in small type: equal for a heading and its contents entry.
  static func letterHash(_ text: [UInt8], _ range: Range<Int>) -> (hash: UInt64, letters: Int) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var letters = 0
    var index = range.lowerBound
    while index < range.upperBound {
      let (value, next) = scalar(text, index, range.upperBound)
      if isLetter(value) {
        let folded = value < 0x80 ? value | 0x20 : value
        hash = (hash ^ UInt64(folded)) &* 0x100_0000_01B3
        letters += 1
      }
      index = next
    }
    return (hash, letters)
  }

  /// The first token of a stretch, cut at white space; nil when it is blank.
  static func firstToken(_ text: [UInt8], _ range: Range<Int>) -> Range<Int>? {
    var start = range.lowerBound
    while start < range.upperBound, isSpace(text[start]) { start += 1 }
    var end = start
    while end < range.upperBound, !isSpace(text[end]) { end += 1 }
    return end > start ? start..<end : nil
  }

  /// The last one.
  static func lastToken(_ text: [UInt8], _ range: Range<Int>) -> Range<Int>? {
    var end = range.upperBound
    while end > range.lowerBound, isSpace(text[end - 1]) { end -= 1 }
    var start = end
    while start > range.lowerBound, !isSpace(text[start - 1]) { start -= 1 }
    return end > start ? start..<end : nil
  }

  /// The tokens of a stretch, cut at white space, up to `limit` of them.
  static func tokens(_ text: [UInt8], _ range: Range<Int>, limit: Int = .max) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var index = range.lowerBound
    while index < range.upperBound, out.count < limit {
      while index < range.upperBound, isSpace(text[index]) { index += 1 }
      let start = index
      while index < range.upperBound, !isSpace(text[index]) { index += 1 }
      if index > start { out.append(start..<index) }
    }
    return out
  }
}
