/// The number or label that opens a heading: "3.2", "IV.", "Chapter Two".
enum SectionNumber {
  /// A decimal number and where the title starts after it.
  struct Decimal {
    /// 1 for "3", 2 for "3.2".
    var depth: Int
    /// The parts, seven bits each.
    var packed: UInt64
    var lastPart: Int
    var title: Int
    /// The same number with the last part one less; the parent's number when the last part is 1.
    var previous: UInt64
    var parent: UInt64
  }

  /// "3.2 Title" or "3 Title"; nil without a letter after it.
  static func decimal(_ text: [UInt8], _ range: Range<Int>) -> Decimal? {
    var index = range.lowerBound
    var parts: [Int] = []
    while index < range.upperBound, parts.count < 5 {
      var value = 0
      var digits = 0
      while index < range.upperBound, Glyphs.isDigit(UInt32(text[index])), digits < 3 {
        value = value * 10 + Int(text[index] - 0x30)
        digits += 1
        index += 1
      }
      guard digits == 1 || digits == 2 else { return nil }
      parts.append(value)
      guard index + 1 < range.upperBound, text[index] == 0x2E, Glyphs.isDigit(UInt32(text[index + 1])) else {
        break
      }
      index += 1
    }
    guard let last = parts.last else { return nil }
    if index < range.upperBound, text[index] == 0x2E { index += 1 }
    guard index < range.upperBound, Glyphs.isSpace(text[index]) else { return nil }
    while index < range.upperBound, Glyphs.isSpace(text[index]) { index += 1 }
    guard index < range.upperBound, Glyphs.isLetter(Glyphs.scalar(text, index, range.upperBound).value) else {
      return nil
    }
    let parent = parts.dropLast().reduce(UInt64(1)) { $0 << 7 | UInt64($1 & 127) }
    return Decimal(
      depth: parts.count, packed: parent << 7 | UInt64(last & 127), lastPart: last, title: index,
      previous: parent << 7 | UInt64(max(0, last - 1) & 127), parent: parent)
  }

  /// "IV. Title", or a roman number alone; the index where the title starts.
  static func roman(_ text: [UInt8], _ range: Range<Int>) -> Int? {
    var index = range.lowerBound
    while index < range.upperBound, index - range.lowerBound < 8, isRomanCapital(text[index]) { index += 1 }
    guard index > range.lowerBound, index - range.lowerBound <= 7 else { return nil }
    let end = index
    while index < range.upperBound, text[index] == 0x2E || text[index] == 0x3A { index += 1 }
    if index < range.upperBound {
      guard Glyphs.isSpace(text[index]) else { return nil }
      while index < range.upperBound, Glyphs.isSpace(text[index]) { index += 1 }
      guard index < range.upperBound, Glyphs.isLetter(Glyphs.scalar(text, index, range.upperBound).value)
      else {
        return nil
      }
    }
    return Numerals.roman(text[range.lowerBound..<end].map { $0 | 0x20 }) == nil ? nil : index
  }

  private static func isRomanCapital(_ byte: UInt8) -> Bool {
    byte == 0x49 || byte == 0x56 || byte == 0x58 || byte == 0x4C || byte == 0x43 || byte == 0x44
      || byte == 0x4D
  }

  private static let numberWords: Set<String> = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "first",
    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
  ]

  /// "Chapter 3", "Part the First", "APPENDIX B": the index after the label, nil when there is none.
  static func label(_ text: [UInt8], _ range: Range<Int>, _ words: WordSet) -> Int? {
    guard words.mayOpen(text, range) else { return nil }
    let tokens = Glyphs.tokens(text, range, limit: 3)
    guard tokens.count >= 2, tokens[0].count <= 10, words.contains(Glyphs.key(text, tokens[0])) else {
      return nil
    }
    // A stop after the label word is an abbreviation's; a comma or colon ends it.
    let core = Numerals.stripped(text, tokens[1])
    if core.isEmpty { return nil }
    if text[core].allSatisfy({ Glyphs.isDigit(UInt32($0)) || $0 == 0x2E }) { return tokens[1].upperBound }
    // "Part 2.—RULES": the title is glued to the number.
    if let end = numberEnd(text, core) { return end }
    let folded = text[core].map { $0 | 0x20 }
    if Numerals.roman(folded) != nil { return tokens[1].upperBound }
    if core.count == 1, Glyphs.isUpper(UInt32(text[core.lowerBound])) { return tokens[1].upperBound }
    let word = Glyphs.key(text, core)
    if numberWords.contains(word) { return tokens[1].upperBound }
    if word == "the", tokens.count == 3 { return tokens[2].upperBound }
    return nil
  }

  /// The end of a number that a stop and a dash, or a colon, part from what follows without a space.
  private static func numberEnd(_ text: [UInt8], _ core: Range<Int>) -> Int? {
    var end = core.lowerBound
    while end < core.upperBound, Glyphs.isDigit(UInt32(text[end])) || isRomanCapital(text[end]) { end += 1 }
    guard end > core.lowerBound, end < core.upperBound,
      text[end] == 0x2E || text[end] == 0x3A || text[end] == 0xE2,
      let next = text[end..<core.upperBound].firstIndex(where: { !Numerals.isEdge($0) }),
      Glyphs.isLetter(Glyphs.scalar(text, next, core.upperBound).value)
    else { return nil }
    let number = text[core.lowerBound..<end]
    return number.allSatisfy({ Glyphs.isDigit(UInt32($0)) })
      || Numerals.roman(number.map { $0 | 0x20 }) != nil
      ? end : nil
  }

  /// "Table 3", "Fig. 2a".
  static func isCaption(_ text: [UInt8], _ range: Range<Int>, _ knowledge: StructureKnowledge) -> Bool {
    guard knowledge.captions.mayOpen(text, range) else { return false }
    let tokens = Glyphs.tokens(text, range, limit: 2)
    guard tokens.count == 2, tokens[0].count <= 9, knowledge.captions.contains(Glyphs.key(text, tokens[0]))
    else {
      return false
    }
    let byte = text[tokens[1].lowerBound]
    return Glyphs.isDigit(UInt32(byte)) || byte == 0x49 || byte == 0x56 || byte == 0x58
      || (byte >= 0x41 && byte <= 0x48 && Numerals.stripped(text, tokens[1]).count <= 3)
  }

  /// A number or one letter alone ("4", "XII.").
  static func isBare(_ text: [UInt8], _ line: Line) -> Bool {
    guard line.words == 1, line.width <= 8 else { return false }
    let core = Numerals.stripped(text, line.range)
    if core.isEmpty { return false }
    if core.count <= 2, text[core].allSatisfy({ Glyphs.isDigit(UInt32($0)) }) { return true }
    return text[core].allSatisfy(isRomanCapital) && Numerals.roman(text[core].map { $0 | 0x20 }) != nil
  }
}
