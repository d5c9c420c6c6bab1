import EmendText

/// How sure the lists are that a string is an English word.
public enum Standing: Int, Sendable, Comparable {
  case unknown, plausible, trusted

  public static func < (left: Standing, right: Standing) -> Bool { left.rawValue < right.rawValue }
}

extension EnglishLexicon {
  /// The standing of a word as it is printed, in any case, with a straight or curly apostrophe.
  ///
  /// Names count only with a capital; possessives stand as their owner does; derivations from trusted words
  /// are plausible.
  ///
  /// ```swift
  /// lexicon.standing(of: "Ratifier’s".utf8)  // .trusted
  /// lexicon.standing(of: "hollis".utf8)      // .unknown
  /// lexicon.standing(of: "Hollis".utf8)      // .plausible
  /// ```
  public func standing(of word: some Collection<UInt8>) -> Standing {
    var bytes = Array(word)
    let capital = LatinCase.isUpper(bytes, at: 0)
    LatinCase.fold(&bytes)
    var count = 0
    for byte in bytes {
      bytes[count] = byte
      count += 1
      // U+2019 is the apostrophe of set type.
      if byte == 0x99, count >= 3, bytes[count - 2] == 0x80, bytes[count - 3] == 0xE2 {
        count -= 2
        bytes[count - 1] = 0x27
      }
    }
    return bytes[..<count].withUnsafeBufferPointer { standing($0, capital: capital) }
  }

  /// The standing of a word in lower case with straight apostrophes.
  public func standing(_ word: UnsafeBufferPointer<UInt8>, capital: Bool) -> Standing {
    let own = standingAsListed(word, capital: capital)
    let count = word.count
    guard own < .trusted, count > 2, count <= Self.longestWord else { return own }
    if word[count - 2] == 0x27, word[count - 1] == 0x73 {
      return max(own, standingAsListed(UnsafeBufferPointer(rebasing: word[..<(count - 2)]), capital: capital))
    }
    if word[count - 1] == 0x27, word[count - 2] == 0x73 {
      return max(own, standingAsListed(UnsafeBufferPointer(rebasing: word[..<(count - 1)]), capital: capital))
    }
    return own
  }

  /// No word of the lists is nearly as long; strings beyond are not looked into.
  private static let longestWord = 128

  private func standingAsListed(_ word: UnsafeBufferPointer<UInt8>, capital: Bool) -> Standing {
    guard word.count <= Self.longestWord else { return .unknown }
    let flags = flags(id(word))
    if flags.contains(.trusted) { return .trusted }
    if flags.contains(.plausible) || capital && flags.contains(.name) { return .plausible }
    return isDerived(word) ? .plausible : .unknown
  }
}
