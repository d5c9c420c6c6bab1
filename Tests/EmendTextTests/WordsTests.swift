import EmendText
import Testing

@Suite struct WordsTests {
  @Test(arguments: [
    ("Don’t stop—now", ["Don’t", "stop", "now"]),
    ("the states’ own 'rule'", ["the", "states", "own", "rule"]),
    ("x² costs 30 €, 1980–89", ["x", "costs", "30", "1980", "89"]),
    ("«Étude» № 7 ſaid", ["Étude", "7", "ſaid"]),
    ("signi\u{0C}cant", ["signi", "cant"]),
    ("", []),
  ])
  func words(_ text: String, _ expected: [String]) {
    let bytes = Array(text.utf8)
    var found: [String] = []
    Words.forEach(in: bytes) { found.append(String(decoding: bytes[$0], as: UTF8.self)) }
    #expect(found == expected)
  }

  /// Any bytes at all are cut without a crash, in order and without overlap.
  @Test func anyBytes() {
    var seed: UInt64 = 7
    for _ in 0..<2000 {
      let bytes = (0..<24).map { _ in
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: seed >> 33)
      }
      var end = 0
      Words.forEach(in: bytes) {
        #expect($0.lowerBound >= end && !$0.isEmpty && $0.upperBound <= bytes.count)
        end = $0.upperBound
      }
    }
  }

  @Test(arguments: [
    ("ÀÉÎØ ×ß", "àéîø ×ß"), ("ŁÓDŹ ŠČ ŸŽ", "łódź šč ÿž"), ("İıĸ ABC-xyz", "İıĸ abc-xyz"), ("ĹĽŃŇŊ", "ĺľńňŋ"),
  ])
  func folding(_ text: String, _ expected: String) {
    #expect(String(decoding: LatinCase.folded(Array(text.utf8)[...]), as: UTF8.self) == expected)
  }

  @Test func capitals() {
    let bytes = Array("aBéÉ".utf8)
    #expect([0, 1, 2, 4].map { LatinCase.isUpper(bytes, at: $0) } == [false, true, false, true])
  }
}
