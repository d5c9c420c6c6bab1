/// Whether a document is English, as far as its words tell.
enum Language {
  /// Below this number of words nothing can be said, and English is assumed.
  private static let least = 30

  private static let sample = 20_000

  /// "en", or "und" when neither words of grammar nor the word list speak for English, or most letters are
  /// not Latin.
  static func judge(_ words: Words, _ english: English) -> String {
    var (all, grammar, known, latin, other) = (0, 0, 0, 0, 0)
    // Of a long text an even sample of its forms tells enough.
    for id in stride(from: 0, to: words.forms.count, by: max(1, words.forms.count / sample)) {
      let times = Int(words.forms.counts[id])
      let form = words.forms[id]
      if form.count > 4 * English.longest { continue }
      for range in Pieces.of(form) {
        let piece = Form(form[range])
        guard piece.isAllLetters else { continue }
        let first = Glyph.scalar(piece, 0)
        if first >= 0x370 && !Glyph.isLigature(first) { other += times } else { latin += times }
        guard piece.startsLower, first < 0x370 else { continue }
        all += times
        let sense = english.sense(piece)
        if sense.flags.contains(.function) { grammar += times }
        if sense.level == .trusted { known += times }
      }
    }
    if other > latin && other > least { return "und" }
    if all < least { return "en" }
    // English prose has 40 to 50 words of grammar in 100, other languages under 10 that look alike.
    if grammar * 100 < all * 15 && known * 100 < all * 60 { return "und" }
    return "en"
  }
}
