import EmendModel
import EmendRepair
import Testing

/// Maps that hold for some pages only.
@Suite struct PageRunTests {
  /// The essay on three pages, each under a map.
  private func pages(_ maps: [DamageMapTests.Map?]) -> String {
    maps.map { $0?.damage(Essay.telegraph) ?? Essay.telegraph }.joined(separator: "\n\u{0C}")
  }

  private static let letters = DamageMapTests.Map(name: "A B", pairs: [("fi", "A"), ("fl", "B")])
  private static let swapped = DamageMapTests.Map(name: "B A", pairs: [("fi", "B"), ("fl", "A")])
  private static let small = DamageMapTests.Map(
    name: "small letters", pairs: [("fi", "u"), ("ffi", "y"), ("fl", "v")])

  @Test func aMapOfTheFirstPages() throws {
    let transcript = try Essay.emend(pages([Self.letters, Self.letters, nil, nil, nil]))
    let pattern = try #require(transcript.profile.first { $0.standIn == "A" && $0.reading == "fi" })
    #expect(pattern.pages == 0..<2)
    #expect(pattern.rate > 0.9)
    #expect(String(decoding: transcript.text, as: UTF8.self) == pages([nil, nil, nil, nil, nil]))
  }

  /// The same signs for other ligatures: each run of pages has its own patterns.
  @Test func twoFonts() throws {
    let transcript = try Essay.emend(pages([Self.letters, Self.letters, Self.swapped, Self.swapped]))
    func run(_ standIn: String, _ reading: String) -> Range<Int>? {
      transcript.profile.first { $0.standIn == standIn && $0.reading == reading }?.pages
    }
    #expect(run("A", "fi") == 0..<2)
    #expect(run("B", "fl") == 0..<2)
    #expect(run("B", "fi") == 2..<4)
    #expect(run("A", "fl") == 2..<4)
    let right = Essay.words(pages([nil, nil, nil, nil]))
    let read = Essay.words(String(decoding: transcript.text, as: UTF8.self))
    let wrong = zip(right, read).filter { $0 != $1 }
    #expect(right.count == read.count)
    #expect(Double(wrong.count) <= 0.01 * Double(right.count), "\(wrong)")
  }

  /// A map of the whole document has no pages, and neither has one of a text without pages.
  @Test func aMapOfAllPages() throws {
    #expect(try Essay.emend(pages([Self.letters, Self.letters])).profile.allSatisfy { $0.pages == nil })
    #expect(try Essay.emend(Self.letters.damage(Essay.telegraph)).profile.allSatisfy { $0.pages == nil })
  }

  /// On whole pages small letters that stand for ligatures elsewhere are letters.
  @Test func namesOnWholePages() throws {
    let names = "Mr. Durm met Mr. Suley and Mr. Gavy of the Bruv company; the Durm papers are lost.\n"
    let text = pages([Self.small, Self.small, nil, nil]) + names
    let read = String(decoding: try Essay.emend(text).text, as: UTF8.self)
    #expect(read.hasSuffix(names))
  }
}
