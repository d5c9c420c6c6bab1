/// The language of notes: "Ibid.", "op. cit.", "p. 12".
enum NoteCues {
  private static let words: Set<String> = [
    "ibid", "ibidem", "idem", "op", "loc", "cf", "vide", "supra", "infra", "p", "pp",
  ]

  static func has(_ text: [UInt8], _ line: Line) -> Bool {
    Glyphs.tokens(text, line.range, limit: 30).contains { token in
      token.count <= 8 && text[token.upperBound - 1] != 0x2D && words.contains(Glyphs.key(text, token))
        && text[token].contains(0x2E)
    }
  }
}
