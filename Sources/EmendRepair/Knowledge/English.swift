import EmendLexicons
import FoundationEssentials

/// What repair asks of the language: whether a form is a word, how likely it is, alone and in context.
struct English: Sendable {
  /// How well a form is known.
  enum Level: Int8, Comparable {
    case unknown = 0
    /// In the wide list, a name with a capital, or derived: may confirm a repair, not more.
    case plausible = 1
    /// In the small list: a word.
    case trusted = 2
    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  struct Sense {
    var level: Level
    /// Id in the word list, -1 when it is in none.
    var id: Int32
    /// Natural logarithm of the relative frequency.
    var logFrequency: Double
    var flags: WordFacts.Flags
  }

  /// Longer forms are no words; bytes.
  static let longest = 60
  /// Log frequency of a form in no list (below the rarest class of the word list).
  static let unseen = -22.0

  let lexicon: EnglishLexicon
  let letters: LetterModel
  private let grams: LetterModel.Grams

  init(lexicon: EnglishLexicon, letters: LetterModel) {
    (self.lexicon, self.letters, grams) = (lexicon, letters, letters.grams)
  }

  /// What is known of a form as it stands, capitals and possessive endings considered.
  func sense(_ form: Form) -> Sense { form.withUnsafeBufferPointer { sense($0) } }

  /// - Parameter derives: whether words that are only derived from others count; costs several look-ups.
  func sense(_ form: UnsafeBufferPointer<UInt8>, derives: Bool = true) -> Sense {
    if form.isEmpty || form.count > English.longest { return English.none }
    return withFolded(form) { sense(form, folded: $0, derives: derives) }
  }

  private static let none = Sense(level: .unknown, id: -1, logFrequency: English.unseen, flags: [])

  /// - Parameter word: the form in small letters.
  @inline(__always)
  private func sense(
    _ form: UnsafeBufferPointer<UInt8>, folded word: UnsafeBufferPointer<UInt8>, derives: Bool
  ) -> Sense {
    if word.isEmpty { return English.none }
    let capital = Glyph.isUpper(Glyph.scalar(form, 0))
    var result = English.none
    let id = lexicon.id(word)
    if id >= 0 {
      let facts = lexicon.facts(id)
      result.id = id
      result.logFrequency = Double(facts.logFrequency)
      result.flags = facts.flags
      result.level = level(facts.flags, capital: capital, word)
      if result.level == .trusted { return result }
    }
    // actor's, actors'
    let count = word.count
    if count > 2, word[count - 1] == 0x73,
      word[count - 2] == 0x27 || word[count - 1] == 0x27 && word[count - 2] == 0x73
    {
      let base = UnsafeBufferPointer(rebasing: word[0..<(count - 2)])
      return possessive(base, capital, result)
    }
    if count > 2, word[count - 1] == 0x27, word[count - 2] == 0x73 {
      return possessive(UnsafeBufferPointer(rebasing: word[0..<(count - 1)]), capital, result)
    }
    if derives, result.level == .unknown, count >= 7, lexicon.isDerived(word) { result.level = .plausible }
    return result
  }

  private func possessive(_ base: UnsafeBufferPointer<UInt8>, _ capital: Bool, _ whole: Sense) -> Sense {
    var result = whole
    let id = lexicon.id(base)
    if id >= 0 {
      let facts = lexicon.facts(id)
      result.level = max(result.level, level(facts.flags, capital: capital, base))
      result.logFrequency = max(result.logFrequency, Double(facts.logFrequency) - 4)
    } else if base.count >= 7, lexicon.isDerived(base) {
      result.level = max(result.level, .plausible)
    }
    return result
  }

  private func level(
    _ flags: WordFacts.Flags, capital: Bool, _ word: UnsafeBufferPointer<UInt8>
  ) -> Level {
    if flags.contains(.trusted) {
      // Of the single letters only "a", "i" and "o" are words.
      if word.count == 1, word[0] != 0x61, word[0] != 0x69, word[0] != 0x6F { return .unknown }
      return .trusted
    }
    if flags.contains(.plausible) && word.count > 1 || capital && flags.contains(.name) { return .plausible }
    return .unknown
  }

  func level(_ form: Form) -> Level { sense(form).level }

  /// Whether the document may count on the form being a word: known, or at least not rare.
  func isSeen(_ sense: Sense) -> Bool { sense.level > .unknown || sense.logFrequency > -17.3 }

  /// What is known of a form by itself, without derivation; nil when its letters stand side by side in no English
  /// word.
  func possibleSense(_ form: UnsafeBufferPointer<UInt8>) -> Sense? {
    if form.isEmpty || form.count > English.longest { return nil }
    return withFolded(form) { grams.allows($0) ? sense(form, folded: $0, derives: false) : nil }
  }

  /// Whether a reading is a word that is worth a vote: trusted, or plausible and long or not rare.
  ///
  /// - Parameter isPossible: whether its letters are known to stand side by side in English words.
  func isGood(_ form: UnsafeBufferPointer<UInt8>, isPossible: Bool = false) -> Bool {
    if form.isEmpty || form.count > English.longest { return false }
    return withFolded(form) { word in
      if !isPossible && !grams.allows(word) { return false }
      // Of the merely plausible only long ones count, so only they are worth a derivation.
      return isGood(sense(form, folded: word, derives: form.count >= 10), length: form.count, form)
    }
  }

  func isGood(_ form: Form) -> Bool { form.withUnsafeBufferPointer { isGood($0) } }

  private func isGood(_ sense: Sense, length: Int, _ form: UnsafeBufferPointer<UInt8>) -> Bool {
    switch sense.level {
    case .trusted:
      if length > 2 { return true }
      // if, of, it, at
      guard length == 2 else { return false }
      let (a, b) = (form[0] | 0x20, form[1] | 0x20)
      return a == 0x69 && (b == 0x66 || b == 0x74) || a == 0x6F && b == 0x66 || a == 0x61 && b == 0x74
    case .plausible: return length >= 10 || length >= 4 && sense.logFrequency > -18
    case .unknown: return length >= 7 && sense.logFrequency > -16
    }
  }

  /// Log probability of a form that no list holds, by its letters.
  func logLetters(_ form: Form) -> Double {
    form.withUnsafeBufferPointer { Double(lexicon.spelling.logProbability($0)) }
  }

  /// Log probability of a word after another; of the word alone when one of them is in no list.
  func logProbability(_ id: Int32, after first: Int32) -> Double {
    if id < 0 { return English.unseen }
    if first < 0 { return Double(lexicon.facts(id).logFrequency) }
    return Double(lexicon.logBigram(first, id))
  }

  func logFrequency(_ id: Int32) -> Double {
    id < 0 ? English.unseen : Double(lexicon.facts(id).logFrequency)
  }

  /// Gives `body` the form in small letters with a plain apostrophe.
  @inline(__always)
  func withFolded<R>(_ form: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: English.longest + 4) { buffer in
      if form.count > English.longest { return body(UnsafeBufferPointer(rebasing: buffer[0..<0])) }
      var count = 0
      var at = 0
      while at < form.count {
        let byte = form[at]
        if byte < 0x80 {
          buffer[count] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
        } else if byte == 0xC3, at + 1 < form.count {
          buffer[count] = byte
          count += 1
          at += 1
          let next = form[at]
          buffer[count] = next >= 0x80 && next <= 0x9E && next != 0x97 ? next + 0x20 : next
        } else if byte == 0xE2, at + 2 < form.count, form[at + 1] == 0x80, form[at + 2] == 0x99 {
          buffer[count] = 0x27
          at += 2
        } else {
          buffer[count] = byte
        }
        count += 1
        at += 1
      }
      return body(UnsafeBufferPointer(rebasing: buffer[0..<count]))
    }
  }
}
