import EmendTagging
import Testing

/// Words, numbers and marks of a stretch of text.
@Suite struct TokenScannerTests {
  private func tokens(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { buffer in
      var scanner = TokenScanner(text: buffer, from: 0, to: buffer.count)
      var found: [String] = []
      // A scanner that stands still would go on for ever.
      while found.count <= bytes.count, let token = scanner.next() {
        found.append(String(decoding: bytes[token.start..<token.end], as: UTF8.self))
      }
      return found
    }
  }

  @Test(
    "Abbreviations of capitals are one word, in ASCII",
    arguments: [
      ("the U.S. Senate", ["the", "U.S.", "Senate"]),
      ("les É.U. et", ["les", "É", ".", "U", ".", "et"]),
      ("Ö.B. and A.É.", ["Ö", ".", "B", ".", "and", "A", ".", "É", "."]),
    ])
  func abbreviations(text: String, expected: [String]) { #expect(tokens(text) == expected) }

  @Test func everyTextComesToAnEnd() {
    let parts = [
      "É", "Ö", "A", "B", "u", "s", ".", ".", "'", "’", "s", "-", "–", "7", "1", " ", ",", "\"", "“", "(",
      "Ж", "漢", "\u{a0}",
      "\u{301}", "\u{7f}", "\t", "ß", "€",
    ]
    var state: UInt64 = 11
    for _ in 0..<2000 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += parts[Int(state >> 33) % parts.count]
      }
      #expect(tokens(text).count <= text.utf8.count, "\(text)")
    }
  }
}
