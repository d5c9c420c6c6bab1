import EmendModel
import Testing

/// Texts built to be slow: twice as much must not take much more than twice as long.
@Suite struct HostileTests {
  static let texts: [(name: String, make: @Sendable (Int) -> String)] = [
    ("one long line", { String(repeating: "the cable was laid. ", count: 2000 * $0) }),
    ("blank lines", { String(repeating: "\n", count: 60_000 * $0) }),
    ("like heads", { n in (0..<(600 * n)).map { "THE HEAD OF THE PAGE \($0)\n\nThe text.\u{0C}" }.joined() }),
    ("note marks", { n in "Text.\n\nNotes\n\n" + String(repeating: "1. A note.\n", count: 4000 * n) }),
    (
      "calls and notes",
      { n in
        (1..<(800 * n)).map { "word.\($0 % 90 + 1) And more.\n" }.joined() + "\nNotes\n\n"
          + (1..<(800 * n)).map { "\($0 % 90 + 1). Remark.\n" }.joined()
      }
    ),
    ("one page of marks", { n in "A\u{0C}Text.1\n" + String(repeating: "1 See there.\n", count: 1500 * n) }),
    ("headings", { n in (0..<(2000 * n)).map { "\n\($0 % 40).\($0 % 9) THE RESULTS\n" }.joined() }),
    ("letters", { String(repeating: "a", count: 100_000 * $0) }),
    (
      "page numbers",
      { n in (0..<(1500 * n)).map { "\($0 * 7 % 900)\n\nText of it.\n\n\($0 * 13 % 700)\u{0C}" }.joined() }
    ),
  ]

  @Test(arguments: texts.indices)
  func nearLinear(_ index: Int) throws {
    let clock = ContinuousClock()
    let make = Self.texts[index].make
    let small = try clock.measure { _ = try Samples.document(make(1)) }
    let large = try clock.measure { _ = try Samples.document(make(4)) }
    // Four times the text: linear is 4; a quadratic step would give 16 and more.
    #expect(large < small * 11 + .milliseconds(250), "\(Self.texts[index].name): \(small) then \(large)")
  }
}
