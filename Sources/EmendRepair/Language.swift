import EmendLexicons

/// Whether a document is English, as far as its words tell.
enum Language {
  /// Below this number of words nothing can be said, and English is assumed.
  private static let least = 30

  private static let sample = 20_000

  /// "en", or "und" when neither words of grammar nor the word list speak for English, or most letters are
  /// not Latin.
  static func judge(_ words: Words, _ english: English) -> String {
    var (all, grammar, known, latin, other) = (0, 0, 0, 0, 0)
    // Words of ASCII letters are looked up together, in small letters.
    var plain = FoldedWords()
    var times: [Int] = []
    func note(_ flags: WordFacts.Flags, _ isTrusted: Bool, _ times: Int) {
      if flags.contains(.function) { grammar += times }
      if isTrusted { known += times }
    }
    // Of a long text an even sample of its forms tells enough.
    for id in stride(from: 0, to: words.forms.count, by: max(1, words.forms.count / sample)) {
      let count = Int(words.forms.counts[id])
      if words.forms.length(id) > 4 * English.longest { continue }
      let isPlain = words.forms.withBytes(id) { form in
        switch Standing.Shape(form) {
        case .noLetters: return true
        case .word(let range) where range.count > 1 && range.count <= English.longest:
          latin += count
          if form[range.lowerBound] >= 0x61 {
            all += count
            plain.add(form, range)
            times.append(count)
          }
          return true
        default: return false
        }
      }
      if isPlain { continue }
      let form = words.forms[id]
      for range in Pieces.of(form) {
        let piece = Form(form[range])
        guard piece.isAllLetters else { continue }
        let first = Glyph.scalar(piece, 0)
        if first >= 0x370 && !Glyph.isLigature(first) { other += count } else { latin += count }
        guard piece.startsLower, first < 0x370 else { continue }
        all += count
        // No derived word is trusted.
        let sense = piece.withUnsafeBufferPointer { english.sense($0, derives: false) }
        note(sense.flags, sense.level == .trusted, count)
      }
    }
    plain.eachSense(english) { place, facts in
      note(facts.flags, facts.flags.contains(.trusted), times[place])
    }
    if other > latin && other > least { return "und" }
    if all < least { return "en" }
    // English prose has 40 to 50 words of grammar in 100, other languages under 10 that look alike.
    if grammar * 100 < all * 15 && known * 100 < all * 60 { return "und" }
    return "en"
  }
}
