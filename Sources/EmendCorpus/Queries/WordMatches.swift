/// Finds the places of a query's words in a passage that the full-text index has found.
///
/// ```swift
/// WordMatches("debts")?.places(in: Array("Debts, old debts; debtors.".utf8)) // [0..<5, 11..<16]
/// WordMatches("debt*")?.places(in: Array("Debts, old debts; debtors.".utf8)) // [0..<5, 11..<16, 18..<25]
/// WordMatches("debts OR loans")                                               // nil: FTS5 marks those itself
/// ```
///
/// FTS5's own `highlight` cuts the whole passage into words again and copies it; most queries are one plain word or
/// phrase, and those are found in place. Words are runs of letters and digits, compared as `unicode61` compares them:
/// without case and accents. Where that takes a table of letters (a word of as many letters that agrees with the
/// query in all that are ASCII) there is no answer, and FTS5 is to be asked.
package struct WordMatches {
  /// The words of the phrase, in lower case.
  private let words: [[UInt8]]
  /// Whether the last word stands for all that begin with it.
  private let isBeginning: Bool

  /// Nil for a query that is more than one word, one beginning or one phrase of ASCII letters and digits.
  package init?(_ query: String) {
    var text = query.utf8[...]
    while text.first == UInt8(ascii: " ") { text.removeFirst() }
    while text.last == UInt8(ascii: " ") { text.removeLast() }
    var isBeginning = false
    var isPhrase = false
    if text.count > 2, text.first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\"") {
      text = text.dropFirst().dropLast()
      isPhrase = true
    } else if text.last == UInt8(ascii: "*") {
      text.removeLast()
      isBeginning = true
    }
    let isWord = text.allSatisfy { Self.isLetter($0) }
    guard text.allSatisfy({ Self.isLetter($0) || $0 == UInt8(ascii: " ") }),
      isWord || isPhrase
    else { return nil }
    words = text.split(separator: UInt8(ascii: " ")).map { $0.map { Self.lower($0) } }
    if words.isEmpty { return nil }
    self.isBeginning = isBeginning
  }

  /// The byte ranges of all matches, in order, those that overlap as one; nil where FTS5 must be asked.
  package func places(in text: some RandomAccessCollection<UInt8>) -> [Range<Int>]? {
    text.withContiguousStorageIfAvailable { find($0) } ?? Array(text).withUnsafeBufferPointer { find($0) }
  }

  private func find(_ text: UnsafeBufferPointer<UInt8>) -> [Range<Int>]? {
    var found: [Range<Int>] = []
    let first = words[0][0]
    var at = 0
    while at < text.count {
      var start = at
      if text[at] < 0x80 {
        // Of most words a look at the first letter is enough, and of those that begin alike the letter before.
        guard text[at] | 0x20 == first, at == 0 || !Self.isLetter(text[at - 1]) else {
          at += 1
          continue
        }
      } else {
        guard Self.isLetter(text, at) else {
          at += Self.length(text[at])
          continue
        }
        while start > 0, Self.isLetter(text[start - 1]) { start -= 1 }
      }
      guard let token = Self.nextToken(text, from: start) else { break }
      at = max(at + 1, token.range.upperBound)
      switch phrase(text, from: token) {
      case .unknown: return nil
      case .absent: continue
      case .ends(let end):
        if let last = found.last, last.upperBound > token.range.lowerBound {
          found[found.count - 1] = last.lowerBound..<end
        } else {
          found.append(token.range.lowerBound..<end)
        }
      }
    }
    return found
  }

  private enum Outcome {
    case absent, unknown
    case ends(Int)
  }

  /// Whether the phrase stands where a token begins.
  private func phrase(_ text: UnsafeBufferPointer<UInt8>, from first: Token) -> Outcome {
    var token = first
    for number in words.indices {
      if number > 0 {
        guard let next = Self.nextToken(text, from: token.range.upperBound) else { return .absent }
        token = next
      }
      let isOpen = isBeginning && number == words.count - 1
      guard Self.agrees(words[number], text, token, isOpen: isOpen) else { return .absent }
      if !token.isPlain { return .unknown }
    }
    return .ends(token.range.upperBound)
  }

  // MARK: Words of a text

  private struct Token {
    var range: Range<Int>
    /// Whether all its letters are ASCII.
    var isPlain = true
  }

  /// Whether a word and a token have the same letters in all places where the token's are ASCII.
  private static func agrees(
    _ word: [UInt8], _ text: UnsafeBufferPointer<UInt8>, _ token: Token, isOpen: Bool
  ) -> Bool {
    if token.isPlain {
      let count = token.range.count
      guard count == word.count || isOpen && count > word.count else { return false }
      for place in word.indices where lower(text[token.range.lowerBound + place]) != word[place] {
        return false
      }
      return true
    }
    var place = 0
    for byte in text[token.range] {
      // One place for each letter, and none for an accent that is a letter of its own, may be its place.
      if byte & 0xC0 == 0x80 { continue }
      if byte == 0xCC || byte == 0xCD { return true }
      if place == word.count { return isOpen }
      if byte < 0x80, lower(byte) != word[place] { return false }
      place += 1
    }
    return place == word.count
  }

  private static func nextToken(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Token? {
    var at = start
    while at < text.count {
      if text[at] < 0x80 ? isLetter(text[at]) : isLetter(text, at) { break }
      at += text[at] < 0x80 ? 1 : length(text[at])
    }
    if at >= text.count { return nil }
    var token = Token(range: at..<at)
    while at < text.count {
      if text[at] < 0x80 {
        if !isLetter(text[at]) { break }
        at += 1
      } else {
        if !isLetter(text, at) { break }
        token.isPlain = false
        at += length(text[at])
      }
    }
    token.range = token.range.lowerBound..<min(at, text.count)
    return token
  }

  /// Whether the character that begins with a byte above ASCII is part of a word: a letter, a number, an accent.
  private static func isLetter(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    // Quotation marks, dashes and the like are most of what stands between words.
    if text[at] == 0xE2, at + 1 < text.count, text[at + 1] == 0x80 { return false }
    let bytes = text[at..<min(text.count, at + length(text[at]))]
    guard let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first else { return false }
    if (0x300...0x36F).contains(scalar.value) { return true }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .privateUse:
      return true
    default: return false
    }
  }

  /// Bytes of the character that begins with a byte above ASCII.
  private static func length(_ byte: UInt8) -> Int {
    byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
  }

  /// Whether a byte is an ASCII letter or digit.
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }

  private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
