/// The mark that opens a note: "12.", "[3]", "¹", "*", "†".
struct NoteMark {
  /// As printed, without stop and brackets; raised figures as figures.
  var mark: String
  var value: Int?
  /// The sign and how often it stands there, for marks without a number.
  var sign: UInt32 = 0
  var signs = 0
  /// The mark with its stop, bracket and the white space after it.
  var range: Range<Int>
  /// Words follow on the same line.
  var hasText: Bool

  /// A number at the head of a line with words after it ("1. In the", "¹See", "12 Ibid.").
  static func number(_ text: [UInt8], _ line: Line) -> NoteMark? {
    let end = line.range.upperBound
    var index = line.range.lowerBound
    if text[index] == 0x5B || text[index] == 0x28 { index += 1 }
    let start = index
    var value = 0
    var digits = 0
    var trueDigits = 0
    while index < end, digits < 4 {
      let (scalar, next) = Glyphs.scalar(text, index, end)
      if Glyphs.isDigit(scalar) {
        value = value * 10 + Int(scalar - 0x30)
        trueDigits += 1
      } else if let digit = Glyphs.superscript(scalar) {
        value = value * 10 + digit
        trueDigits += 1
      } else if scalar == 0x6C || scalar == 0x49 || scalar == 0x4F,
        next == end || !Glyphs.isLetter(Glyphs.scalar(text, next, end).value)
      {
        value = value * 10 + (scalar == 0x4F ? 0 : 1)
      } else {
        break
      }
      digits += 1
      index = next
    }
    guard digits >= 1, digits <= 3, trueDigits >= 1 else { return nil }
    let markEnd = index
    if index < end, text[index] == 0x5D || text[index] == 0x29 { index += 1 }
    if index < end, text[index] == 0x2E || text[index] == 0x2C || text[index] == 0x3A { index += 1 }
    if index < end, Glyphs.isSpace(text[index]) {
      while index < end, Glyphs.isSpace(text[index]) { index += 1 }
    } else if index == markEnd {
      // Glued to a word: only before a capital and a small letter ("1See").
      // or an initial ("1A. Harper").
      guard index + 2 < end, Glyphs.isUpper(UInt32(text[index])),
        Glyphs.isLower(UInt32(text[index + 1])) || (text[index + 1] == 0x2E && text[index + 2] == 0x20)
      else {
        return nil
      }
    } else {
      return nil
    }
    guard index < end else { return nil }
    let (following, _) = Glyphs.scalar(text, index, end)
    guard Glyphs.isLetter(following) || Glyphs.isOpener(following) else { return nil }
    // A raised figure is the same number.
    let isRaised = text[start] >= 0x80
    let mark = isRaised ? String(value) : String(decoding: text[start..<markEnd], as: UTF8.self)
    return NoteMark(mark: mark, value: value, range: line.range.lowerBound..<index, hasText: true)
  }

  /// An asterisk, a dagger and the like, with text after it.
  static func sign(_ text: [UInt8], _ line: Line) -> NoteMark? {
    let end = line.range.upperBound
    var index = line.range.lowerBound
    var count = 0
    var first: UInt32 = 0
    while index < end, count < 4 {
      let (scalar, next) = Glyphs.scalar(text, index, end)
      guard Glyphs.isNoteSign(scalar), first == 0 || scalar == first else { break }
      first = scalar
      count += 1
      index = next
    }
    guard count >= 1, count <= 3 else { return nil }
    let mark = String(decoding: text[line.range.lowerBound..<index], as: UTF8.self)
    while index < end, Glyphs.isSpace(text[index]) { index += 1 }
    guard index < end else { return nil }
    return NoteMark(
      mark: mark, value: nil, sign: first, signs: count, range: line.range.lowerBound..<index, hasText: true)
  }

  /// A sign or letter where a raised figure was misread ("' Ibid.", "^ See", "l Cf."), with a capital after it.
  /// Its number is for the notes around it to say.
  static func misread(_ text: [UInt8], _ line: Line) -> NoteMark? {
    let end = line.range.upperBound
    let (sign, markEnd) = Glyphs.scalar(text, line.range.lowerBound, end)
    let isLetter = sign == 0x6C || sign == 0x49 || sign == 0x69
    guard
      isLetter || Glyphs.isQuote(sign) || [0x5E, 0x2A, 0xB0, 0xAE, 0x7E, 0x60].contains(sign)
    else { return nil }
    var index = markEnd
    while index < end, Glyphs.isSpace(text[index]) { index += 1 }
    guard index < end, index - markEnd <= 2 else { return nil }
    // Glued to its word a quote opens a quotation, and a letter belongs to the word.
    if index == markEnd, isLetter || (Glyphs.isQuote(sign) && !NoteCues.has(text, line)) { return nil }
    guard Glyphs.isUpper(Glyphs.firstLetterLike(text, index..<end)) else { return nil }
    return NoteMark(
      mark: String(decoding: text[line.range.lowerBound..<markEnd], as: UTF8.self), value: nil, sign: sign,
      signs: 1, range: line.range.lowerBound..<index, hasText: true)
  }

  /// A mark alone on its line, the text below it.
  static func bare(_ text: [UInt8], _ line: Line) -> NoteMark? {
    guard line.words == 1, line.width <= 3 else { return nil }
    let bytes = text[line.range]
    if bytes.allSatisfy({ Glyphs.isDigit(UInt32($0)) }) {
      let value = bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      return NoteMark(
        mark: String(decoding: bytes, as: UTF8.self), value: value, range: line.range, hasText: false)
    }
    var index = line.range.lowerBound
    var (first, signs) = (UInt32(0), 0)
    while index < line.range.upperBound {
      let (scalar, next) = Glyphs.scalar(text, index, line.range.upperBound)
      guard Glyphs.isNoteSign(scalar) || Glyphs.superscript(scalar) != nil else { return nil }
      if signs == 0 { first = scalar }
      signs += 1
      index = next
    }
    let mark = String(decoding: bytes, as: UTF8.self)
    let value = superscriptValue(mark)
    return NoteMark(
      mark: value.map { String($0) } ?? mark, value: value, sign: first, signs: signs, range: line.range,
      hasText: false)
  }

  private static func superscriptValue(_ mark: String) -> Int? {
    var value = 0
    for scalar in mark.unicodeScalars {
      guard let digit = Glyphs.superscript(scalar.value) else { return nil }
      value = value * 10 + digit
    }
    return value
  }
}
