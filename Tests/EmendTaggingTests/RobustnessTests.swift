import EmendModel
import EmendTagging
import Testing

@Suite struct RobustnessTests {
  @Test func anyBytesGiveALayer() throws {
    guard let tagger = Fixture.tagger else { throw FixtureError.noLexicon }
    var generator = SplitMix(state: 7)
    for _ in 0..<200 {
      let count = Int(generator.next() % 300)
      let bytes = (0..<count).map { _ in
        // Half words and marks that mean something, half any byte.
        generator.next() % 2 == 0
          ? UInt8(truncatingIfNeeded: generator.next()) : Self.meaning[Int(generator.next() % 40)]
      }
      let document = PlainDocument.make(paragraphs: [[bytes]])
      let tags = tagger.tag(document, citations: CitationLayer())
      #expect(tags.sentences.count == document.sentences.count)
      for sentence in tags.sentences {
        for evidence in sentence.labels.flatMap(\.evidence) + sentence.actors.flatMap(\.evidence) {
          #expect(evidence.range.lowerBound >= 0 && evidence.range.upperBound <= document.reading.count)
        }
      }
    }
  }

  private static let meaning = Array("The UN's (IMF) coercion, U.S. and “fund”".utf8.prefix(40))

  /// "É.B." begins like an abbreviation of capitals and stops, but its first letter is none of ASCII.
  @Test(arguments: ["É.B. Martin coerced France.", "Ö.Z. and Ž.A. agreed.", "Ч.Б. Э.B", "E.É. F.G."])
  func accentedInitialsComeToAnEnd(sentence: String) throws {
    let tags = try Fixture.tag([[sentence]]).1
    #expect(tags.sentences.count == 1)
  }

  @Test func tagsAreTheSameEveryTime() throws {
    let text = [
      ["The IMF and President Lincoln coerced France, Japan, and Cuba."], ["These mechanisms differ."],
    ]
    let first = try Fixture.tag(text).1
    for _ in 0..<5 { #expect(try Fixture.tag(text).1 == first) }
  }

  @Test func tagsAreTheSameOnAnyNumberOfThreads() throws {
    guard let tagger = Fixture.tagger else { throw FixtureError.noLexicon }
    let paragraph = [
      "The IMF and President Lincoln coerced France in 1979.", "These mechanisms differ.",
      "Congress objected.",
    ].map { Array($0.utf8) }
    let document = PlainDocument.make(paragraphs: Array(repeating: paragraph, count: 800))
    let alone = tagger.tag(document, citations: CitationLayer(), threads: 1)
    for threads in [2, 5] {
      #expect(tagger.tag(document, citations: CitationLayer(), threads: threads) == alone)
    }
  }

  /// One endless sentence costs time in proportion to its length.
  @Test(.timeLimit(.minutes(1))) func aLongSentenceIsNoHarm() throws {
    let words = Array(repeating: "international and domestic institutions of states coerce, ", count: 20_000)
      .joined()
    let (_, tags) = try Fixture.tag([[words]])
    #expect(tags.sentences[0].labels.contains { $0.label == "mechanism/coercion" })
  }
}

/// Steele, Lea and Flood 2014.
struct SplitMix {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
