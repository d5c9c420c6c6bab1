/// What is known of a token beside its word.
struct TokenFlags: OptionSet, Sendable {
  let rawValue: UInt8
  /// A word or a number, not a mark.
  static let word = TokenFlags(rawValue: 1)
  static let capital = TokenFlags(rawValue: 2)
  /// Two letters or more, all of them capitals.
  static let allCapitals = TokenFlags(rawValue: 4)
  /// A possessive 's stood here; it is no part of the token.
  static let possessive = TokenFlags(rawValue: 8)
  static let number = TokenFlags(rawValue: 16)
  /// Stands between quotation marks.
  static let quoted = TokenFlags(rawValue: 32)
  /// A hyphen joins it to the token before.
  static let hyphened = TokenFlags(rawValue: 64)
}

/// Splits a stretch of text into tokens.
///
/// Words keep inner apostrophes and lose a possessive 's; "U.S." is one word; a hyphen or en dash inside a word
/// is a space ("two-level"); quotation marks vanish; digits glued to a word or stop are a note mark and vanish.
package struct TokenScanner {
  package struct Token {
    package var start: Int
    package var end: Int
    var flags: TokenFlags
    /// For marks.
    var mark: TokenMark?
    /// Hash of the folded bytes.
    var hash: UInt64
    /// A word of small letters of ASCII alone, whose folded bytes are those of the text.
    var isPlain = false

    /// Small letters, straight apostrophes.
    func folded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
      var scanner = TokenScanner(text: text, from: start, to: end)
      guard let token = scanner.next() else { return [] }
      return scanner.withFolded(token) { Array($0) }
    }
  }

  let text: UnsafeBufferPointer<UInt8>
  let end: Int
  private(set) var at: Int
  /// The folded bytes of the token returned last, unless it is plain; empty for a mark.
  private var folded: [UInt8] = []
  private var quoteDepth = 0
  private var joined = false

  package init(text: UnsafeBufferPointer<UInt8>, from: Int, to: Int) {
    self.text = text
    self.at = from
    self.end = min(to, text.count)
    folded.reserveCapacity(64)
  }

  /// The folded bytes of the token returned last.
  @inline(__always)
  func withFolded<Result>(_ token: Token, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    token.isPlain
      ? body(UnsafeBufferPointer(rebasing: text[token.start..<token.end]))
      : folded.withUnsafeBufferPointer(body)
  }

  /// Goes on at another place of the text.
  mutating func move(to start: Int) { at = max(at, start) }

  mutating func startSentence() {
    quoteDepth = 0
    joined = false
  }

  package mutating func next(limit: Int = .max) -> Token? {
    let end = min(self.end, limit)
    while at < end {
      let byte = text[at]
      if byte == 0x20 {
        at += 1
        continue
      }
      if byte | 0x20 >= 0x61, byte | 0x20 <= 0x7A { return plainWord(end) ?? word(end) }
      switch byte {
      case 0x09, 0x0A, 0x0D: at += 1
      case 0x30...0x39:
        if let token = number(end) { return token }
      case 0x2C: return mark(.comma, 1)
      case 0x3B: return mark(.semicolon, 1)
      case 0x3A: return mark(.colon, 1)
      case 0x2E, 0x21, 0x3F: return mark(.stop, 1)
      case 0x28: return mark(.open, 1)
      case 0x29: return mark(.close, 1)
      case 0x2F: return mark(.slash, 1)
      case 0x2D:
        if let token = hyphen(1) { return token }
      case 0x22:
        quoteDepth = quoteDepth > 0 ? 0 : 1
        at += 1
      case 0x27, 0x5B, 0x5D: at += 1
      case 0xC2: at += 2
      case 0xE2:
        if at + 2 < end, text[at + 1] == 0x80 {
          switch text[at + 2] {
          case 0x90...0x93:
            if let token = hyphen(3) { return token }
          case 0x94, 0x95: return mark(.dash, 3)
          case 0x9C:
            quoteDepth = 1
            at += 3
          case 0x9D:
            quoteDepth = 0
            at += 3
          default: at += 3
          }
        } else {
          at += 3
        }
      case 0x80...0xBF: at += 1
      case 0xC3...0xFF: return word(end)
      default: return mark(.other, 1)
      }
    }
    return nil
  }

  private mutating func mark(_ mark: TokenMark, _ length: Int) -> Token {
    folded.removeAll(keepingCapacity: true)
    let start = at
    at += length
    joined = false
    return Token(start: start, end: at, flags: [], mark: mark, hash: 0)
  }

  /// A hyphen inside a word is a space ("two-level", "U.S.-Canada"), one that stands alone a dash.
  private mutating func hyphen(_ length: Int) -> Token? {
    let next = at + length
    let endsAbbreviation = at > 1 && text[at - 1] == 0x2E && Self.isCapital(text[at - 2])
    if at > 0, next < text.count, Self.isWordByte(text[at - 1]) || endsAbbreviation,
      Self.isWordByte(text[next])
    {
      at = next
      joined = true
      return nil
    }
    return mark(.dash, length)
  }

  private mutating func number(_ end: Int) -> Token? {
    let start = at
    while at < end, (0x30...0x39).contains(text[at]) { at += 1 }
    if start > 0 {
      let before = text[start - 1]
      let isGlued =
        Self.isLetter(before) || before == 0x2E || before == 0x29 || before == 0x2C || before == 0x22
        || before >= 0x80
      if isGlued { return nil }
    }
    folded.removeAll(keepingCapacity: true)
    var hash = ByteHash.seed
    for index in start..<at {
      folded.append(text[index])
      hash = ByteHash.add(hash, text[index])
    }
    return token(start, at, [.word, .number], hash)
  }

  private mutating func token(_ start: Int, _ stop: Int, _ flags: TokenFlags, _ hash: UInt64) -> Token {
    var flags = flags
    if quoteDepth > 0 { flags.insert(.quoted) }
    if joined { flags.insert(.hyphened) }
    joined = false
    return Token(start: start, end: stop, flags: flags, mark: nil, hash: hash)
  }

  /// A word of small letters of ASCII alone, as most are; nil when it goes on with anything else.
  @inline(__always)
  private mutating func plainWord(_ end: Int) -> Token? {
    var index = at
    var hash = ByteHash.seed
    while index < end, text[index] >= 0x61, text[index] <= 0x7A {
      hash = ByteHash.add(hash, text[index])
      index += 1
    }
    if index == at { return nil }
    if index < end {
      let next = text[index]
      if next >= 0x41 && next <= 0x5A || next == 0x27 || next >= 0xC3 { return nil }
    }
    let start = at
    at = index
    var token = token(start, index, .word, hash)
    token.isPlain = true
    return token
  }

  private mutating func word(_ end: Int) -> Token {
    folded.removeAll(keepingCapacity: true)
    let start = at
    var hash = ByteHash.seed
    var flags: TokenFlags = .word
    var capitals = 0
    var letters = 0
    var stop = at
    scan: while at < end {
      let byte = text[at]
      switch byte {
      case 0x61...0x7A:
        folded.append(byte)
        hash = ByteHash.add(hash, byte)
        letters += 1
        at += 1
      case 0x41...0x5A:
        if letters == 0 { flags.insert(.capital) }
        folded.append(byte | 0x20)
        hash = ByteHash.add(hash, byte | 0x20)
        letters += 1
        capitals += 1
        at += 1
      case 0x27:
        guard apostrophe(1, end, &flags, &hash) else { break scan }
        if flags.contains(.possessive) { return finish(start, stop, flags, hash, letters, capitals) }
      case 0xE2:
        guard at + 2 < end, text[at + 1] == 0x80, text[at + 2] == 0x99 else { break scan }
        guard apostrophe(3, end, &flags, &hash) else { break scan }
        if flags.contains(.possessive) { return finish(start, stop, flags, hash, letters, capitals) }
      case 0xC3:
        guard at + 1 < end else {
          at += 1
          break scan
        }
        var second = text[at + 1]
        if (0x80...0x9E).contains(second), second != 0x97 {
          if letters == 0 { flags.insert(.capital) }
          capitals += 1
          second += 0x20
        }
        for each in [byte, second] {
          folded.append(each)
          hash = ByteHash.add(hash, each)
        }
        letters += 1
        at += 2
      case 0xC4...0xE1, 0xE3...0xFF:
        let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        let last = min(at + length, end)
        while at < last {
          folded.append(text[at])
          hash = ByteHash.add(hash, text[at])
          at += 1
        }
        letters += 1
      case 0x2E:
        // "U.S.", "U.N.": capitals and stops in turn.
        guard at == start + 1, Self.isCapital(text[start]), at + 1 < end, Self.isCapital(text[at + 1]),
          at + 2 >= end || !Self.isLetter(text[at + 2])
        else { break scan }
        return abbreviation(start, end)
      default: break scan
      }
      stop = at
    }
    if letters == 1, capitals == 1, at < end, (0x30...0x39).contains(text[at]) {
      // "G7", "P5".
      while at < end, (0x30...0x39).contains(text[at]) {
        folded.append(text[at])
        hash = ByteHash.add(hash, text[at])
        at += 1
      }
      stop = at
    }
    if at == start { at += 1 }
    return finish(start, max(stop, start + 1), flags, hash, letters, capitals)
  }

  private mutating func finish(
    _ start: Int, _ stop: Int, _ flags: TokenFlags, _ hash: UInt64, _ letters: Int, _ capitals: Int
  ) -> Token {
    var flags = flags
    if letters > 1, capitals == letters { flags.insert(.allCapitals) }
    return token(start, stop, flags, hash)
  }

  /// Takes an apostrophe inside a word, or a possessive 's; false when it is neither.
  private mutating func apostrophe(
    _ length: Int, _ end: Int, _ flags: inout TokenFlags, _ hash: inout UInt64
  ) -> Bool {
    let next = at + length
    guard next < end, Self.isLetter(text[next]), !folded.isEmpty else { return false }
    if text[next] | 0x20 == 0x73, next + 1 >= text.count || !Self.isLetter(text[next + 1]) {
      flags.insert(.possessive)
      at = next + 1
      return true
    }
    folded.append(0x27)
    hash = ByteHash.add(hash, 0x27)
    at = next
    return true
  }

  private mutating func abbreviation(_ start: Int, _ end: Int) -> Token {
    folded.removeAll(keepingCapacity: true)
    at = start
    while at < end, Self.isCapital(text[at]), at + 1 >= end || !Self.isLetter(text[at + 1]) {
      folded.append(text[at] | 0x20)
      folded.append(0x2E)
      at += 1
      if at < end, text[at] == 0x2E { at += 1 } else { break }
    }
    var flags: TokenFlags = [.word, .capital, .allCapitals]
    let stop = at
    if at < end, text[at] == 0x27, at + 1 < end, text[at + 1] == 0x73 {
      flags.insert(.possessive)
      at += 2
    } else if at + 3 < end, text[at] == 0xE2, text[at + 1] == 0x80, text[at + 2] == 0x99, text[at + 3] == 0x73
    {
      flags.insert(.possessive)
      at += 4
    }
    return token(start, stop, flags, ByteHash.of(folded))
  }

  @inline(__always) static func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  @inline(__always) static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0xC3 && byte != 0xE2
  }
  @inline(__always) static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39
      || byte >= 0x80 && byte != 0xE2
  }
}
