/// Cuts a stretch of the reading text into tokens, in one pass over its bytes.
struct CitationTokenizer {
  let bytes: UnsafeBufferPointer<UInt8>
  let digits: DigitShapes

  /// Appends the tokens of a range and collects what may hold or announce a citation.
  func tokenize(_ range: Range<Int>, into tokens: inout [CitationToken]) {
    var index = range.lowerBound
    let end = range.upperBound
    var glued = false
    while index < end {
      let byte = bytes[index]
      let kind = Self.classes[Int(byte)]
      if digits.holds(byte), let year = damagedYear(from: index, in: range) {
        var flags: CitationToken.Flags = .damaged
        if glued { flags.insert(.glued) }
        if year.hasLetter { flags.insert(.letter) }
        tokens.append(
          CitationToken(start: index, end: year.end, outerEnd: year.end, kind: .year, flags: flags))
        index = year.end
        glued = true
        continue
      }
      switch kind {
      case Self.space:
        index += 1
        glued = false
        continue
      case Self.letter: index = word(from: index, end, glued, &tokens)
      case Self.digit: index = number(from: index, end, glued, &tokens)
      case Self.high: index = wide(from: index, end, &glued, &tokens)
      default:
        sign(index..<(index + 1), CitationToken.Kind(rawValue: kind) ?? .other, glued, &tokens)
        index += 1
      }
      glued = index > range.lowerBound && !(Self.classes[Int(bytes[index - 1])] == Self.space)
    }
  }

  private static let space: UInt8 = 255
  private static let letter: UInt8 = 254
  private static let digit: UInt8 = 253
  private static let high: UInt8 = 252

  /// The class of each byte: one of the four above, or the raw value of a sign's kind.
  private static let classes: [UInt8] = {
    var table = [UInt8](repeating: CitationToken.Kind.other.rawValue, count: 256)
    for byte in 0..<0x21 { table[byte] = space }
    for byte in 0x30...0x39 { table[byte] = digit }
    for byte in 0x41...0x5A { table[byte] = letter }
    for byte in 0x61...0x7A { table[byte] = letter }
    for byte in 0x80...0xFF { table[byte] = high }
    let signs: [(Character, CitationToken.Kind)] = [
      (",", .comma), (";", .semicolon), (":", .colon), (".", .stop), ("-", .dash), ("&", .ampersand),
      ("/", .slash), ("(", .open), (")", .close), ("[", .squareOpen), ("]", .squareClose),
      ("?", .question), ("!", .question), ("\"", .quoteClose),
    ]
    for (sign, kind) in signs { table[Int(sign.asciiValue ?? 0)] = kind.rawValue }
    return table
  }()

  private func sign(
    _ range: Range<Int>, _ kind: CitationToken.Kind, _ glued: Bool, _ tokens: inout [CitationToken]
  ) {
    tokens.append(
      CitationToken(
        start: range.lowerBound, end: range.upperBound, outerEnd: range.upperBound, kind: kind,
        flags: glued ? .glued : []))
  }

  /// A sign or letter beyond ASCII.
  private func wide(
    from start: Int, _ end: Int, _ glued: inout Bool, _ tokens: inout [CitationToken]
  ) -> Int {
    let (scalar, length) = Letters.scalar(bytes, at: start, end: end)
    if Letters.isLetter(scalar) { return word(from: start, end, glued, &tokens) }
    let next = start + length
    let kind: CitationToken.Kind
    switch scalar {
    case 0xA0, 0x2000...0x200B, 0x202F, 0x3000, 0xFEFF:
      glued = false
      return next
    case 0x2010...0x2015, 0x2212: kind = .dash
    case 0x201C, 0x201E, 0xAB: kind = .quoteOpen
    case 0x201D, 0xBB: kind = .quoteClose
    case 0xA7: kind = .section
    case 0xB9, 0xB2, 0xB3, 0x2070...0x2079:
      var last = next
      while last < end {
        let (following, step) = Letters.scalar(bytes, at: last, end: end)
        guard
          following == 0xB9 || following == 0xB2 || following == 0xB3 || (0x2070...0x2079).contains(following)
        else { break }
        last += step
      }
      sign(start..<last, .superscript, glued, &tokens)
      return last
    default: kind = .other
    }
    sign(start..<next, kind, glued, &tokens)
    return next
  }

  /// Letters with inner hyphens and apostrophes; a possessive ending is kept apart.
  private func word(from start: Int, _ end: Int, _ glued: Bool, _ tokens: inout [CitationToken]) -> Int {
    var index = start
    var letters = 0
    var capitals = 0
    var flags: CitationToken.Flags = glued ? .glued : []
    var stem: Int?
    scan: while index < end {
      let run = index
      while index < end, bytes[index] >= 0x61, bytes[index] <= 0x7A { index += 1 }
      letters += index - run
      if index == end { break }
      let byte = bytes[index]
      if byte < 0x80 {
        switch byte {
        case 0x41...0x5A:
          letters += 1
          capitals += 1
          if index == start { flags.insert(.capital) }
        case 0x2D:
          guard isLetter(at: index + 1, end) else { break scan }
        case 0x27:
          if possessive(at: index, 1, end) {
            stem = index
            index +=
              bytes.indices.contains(index + 1) && index + 1 < end && bytes[index + 1] | 0x20 == 0x73 ? 2 : 1
            break scan
          }
          guard isLetter(at: index + 1, end) else { break scan }
        default: break scan
        }
        index += 1
        continue
      }
      let (scalar, length) = Letters.scalar(bytes, at: index, end: end)
      switch scalar {
      case 0x2018, 0x2019:
        if possessive(at: index, length, end) {
          stem = index
          index += length
          if index < end, bytes[index] | 0x20 == 0x73 { index += 1 }
          break scan
        }
        guard isLetter(at: index + length, end) else { break scan }
      case 0x2010, 0x2011:
        guard isLetter(at: index + length, end) else { break scan }
      default:
        guard Letters.isLetter(scalar) else { break scan }
        letters += 1
        if Letters.isCapital(scalar) {
          capitals += 1
          if index == start { flags.insert(.capital) }
        }
      }
      index += length
    }
    if stem != nil { flags.insert(.possessive) }
    if letters > 1 && capitals == letters { flags.insert(.allCaps) }
    var token = CitationToken(
      start: start, end: stem ?? index, outerEnd: index, kind: .word, flags: flags)
    if stem == nil, letters == 1, capitals == 1, index < end, bytes[index] == 0x2E {
      token.kind = .initial
      index += 1
      token.end = index
      token.outerEnd = index
    }
    tokens.append(token)
    return max(index, start + 1)
  }

  private func isLetter(at index: Int, _ end: Int) -> Bool {
    guard index < end else { return false }
    return Letters.isLetter(Letters.scalar(bytes, at: index, end: end).value)
  }

  /// Whether an apostrophe closes the word: "Hollis’s", "states’".
  private func possessive(at index: Int, _ length: Int, _ end: Int) -> Bool {
    let next = index + length
    guard next < end else { return index > 0 && bytes[index - 1] | 0x20 == 0x73 }
    if bytes[next] | 0x20 == 0x73 { return !isLetter(at: next + 1, end) }
    return bytes[index - 1] | 0x20 == 0x73 && !isLetter(at: next, end)
  }

  /// A year of the last three centuries with one or two misread digits: "l998", "19g8b".
  private func damagedYear(from start: Int, in range: Range<Int>) -> (end: Int, hasLetter: Bool)? {
    guard start + 4 <= range.upperBound, start == range.lowerBound || !isAlphanumeric(bytes[start - 1]) else {
      return nil
    }
    var (value, damaged) = (0, 0)
    for index in start..<(start + 4) {
      guard let digit = digits.digit(bytes[index]) else { return nil }
      value = value * 10 + digit
      if !(0x30...0x39).contains(bytes[index]) { damaged += 1 }
    }
    guard (1...2).contains(damaged), (1700..<2050).contains(value) else { return nil }
    var end = start + 4
    let hasLetter =
      end < range.upperBound && (0x61...0x66).contains(bytes[end]) && !isLetter(at: end + 1, range.upperBound)
    if hasLetter { end += 1 }
    guard end == range.upperBound || !isAlphanumeric(bytes[end]) else { return nil }
    return (end, hasLetter)
  }

  private func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
  }

  /// Digits; four of them may be a year, with a letter or an "s" behind.
  private func number(from start: Int, _ end: Int, _ glued: Bool, _ tokens: inout [CitationToken]) -> Int {
    var index = start
    var value = 0
    while index < end, bytes[index] >= 0x30, bytes[index] <= 0x39 {
      if index - start < 9 { value = value * 10 + Int(bytes[index] - 0x30) }
      index += 1
    }
    var kind = CitationToken.Kind.number
    var flags: CitationToken.Flags = glued ? .glued : []
    if index - start == 4, (1400...2049).contains(value) {
      kind = .year
      if index < end, bytes[index] >= 0x61, bytes[index] <= 0x7A, !isLetter(at: index + 1, end) {
        if bytes[index] == 0x73 {
          kind = .decade
        } else {
          flags.insert(.letter)
        }
        index += 1
      } else if isLetter(at: index, end) {
        kind = .number
      }
    }
    // Decimals and thousands ("3.5", "1,992") are one number; "Calder 1989.As" has none.
    while kind != .decade, !flags.contains(.letter), index + 1 < end,
      bytes[index] == 0x2E || (bytes[index] == 0x2C && thousands(at: index, start, end)),
      bytes[index + 1] >= 0x30, bytes[index + 1] <= 0x39
    {
      kind = .number
      index += 1
      while index < end, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
    }
    tokens.append(
      CitationToken(start: start, end: index, outerEnd: index, kind: kind, flags: flags))
    return index
  }

  /// Whether a comma is followed by exactly three digits and preceded by at most three.
  private func thousands(at index: Int, _ start: Int, _ end: Int) -> Bool {
    guard index - start <= 3, index + 3 < end else { return false }
    for offset in 1...3 where bytes[index + offset] < 0x30 || bytes[index + offset] > 0x39 { return false }
    return index + 4 >= end || bytes[index + 4] < 0x30 || bytes[index + 4] > 0x39
  }
}

/// The digits that scanners take for letters and signs (class `digit-shape` of `citations/cues.tsv`).
struct DigitShapes: Sendable {
  /// By byte: the digit, or 255.
  private var table: [UInt8]

  init() {
    table = [UInt8](repeating: 255, count: 256)
    for digit in UInt8(0)...9 { table[Int(0x30 + digit)] = digit }
  }

  /// Takes in "l 1": the sign, a space, the digit. False when the row says something else.
  mutating func insert(_ row: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let bytes = Array(row)
    guard bytes.count == 3, bytes[0] < 0x80, bytes[1] == 0x20, (0x30...0x39).contains(bytes[2]) else {
      return false
    }
    table[Int(bytes[0])] = bytes[2] - 0x30
    return true
  }

  /// Whether a byte is a digit or is taken for one.
  @inline(__always)
  func holds(_ byte: UInt8) -> Bool { table[Int(byte)] < 10 }

  @inline(__always)
  func digit(_ byte: UInt8) -> Int? {
    let digit = table[Int(byte)]
    return digit < 10 ? Int(digit) : nil
  }
}
