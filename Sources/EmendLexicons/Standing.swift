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
  /// lexicon.standing(of: "putnam".utf8)      // .unknown
  /// lexicon.standing(of: "Putnam".utf8)      // .plausible
  /// ```
  public func standing(of word: some Collection<UInt8>) -> Standing {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: word.count + 1) { scratch in
      var count = 0
      var capital = false
      for byte in word {
        if byte >= 0x41, byte <= 0x5A {
          if count == 0 { capital = true }
          scratch[count] = byte | 0x20
        } else {
          scratch[count] = byte
        }
        count += 1
        // U+2019 is the apostrophe of set type.
        if count >= 3, scratch[count - 3] == 0xE2, scratch[count - 2] == 0x80, scratch[count - 1] == 0x99 {
          count -= 2
          scratch[count - 1] = 0x27
        }
      }
      return standing(UnsafeBufferPointer(rebasing: scratch[0..<count]), capital: capital)
    }
  }

  /// The standing of a word in lower case with straight apostrophes.
  public func standing(_ word: UnsafeBufferPointer<UInt8>, capital: Bool) -> Standing {
    let flags = flags(id(word))
    if flags.contains(.trusted) { return .trusted }
    let count = word.count
    if count > 2, word[count - 2] == 0x27, word[count - 1] == 0x73 {
      return standing(UnsafeBufferPointer(rebasing: word[..<(count - 2)]), capital: capital)
    }
    if count > 2, word[count - 1] == 0x27, word[count - 2] == 0x73 {
      return standing(UnsafeBufferPointer(rebasing: word[..<(count - 1)]), capital: capital)
    }
    if flags.contains(.plausible) || capital && flags.contains(.name) { return .plausible }
    return isDerived(word) ? .plausible : .unknown
  }
}
