import EmendCheck
import EmendLexicons
import EmendPipeline
import EmendReading
import FoundationEssentials
import Testing

/// The sample chapter, from its raw text through all stages, against the gold made by a careful reader.
///
/// The chapter is not part of the project: the test runs where `../shared` stands beside it and is skipped elsewhere.
@Suite struct InTextGoldTests {
  static func bytes(_ path: String) -> [UInt8] {
    FileManager.default.contents(atPath: Fixture.shared + path).map { [UInt8]($0) } ?? []
  }

  @Test(.enabled(if: Fixture.hasShared)) func chapter() throws {
    let emender = try Emender(lexicons: Fixture.lexicons)
    let scan = try Reading.scan(bytes: Self.bytes("corpus/chapter.txt"), name: "chapter.txt")
    let check = try CitationCheck(
      gold: Self.bytes("gold/chapter.citations.jsonl"),
      excluded: Self.bytes("gold/chapter.citations.excluded.jsonl"),
      document: "chapter", lines: 1...559)
    let edition = emender.edition(of: scan)
    let result = check.score(edition)
    #expect(result.found.f1 >= 0.99, "\(result.report)")
    #expect(result.lookAlikes.isEmpty)
    #expect(Double(result.fields["authors"] ?? 0) >= 0.98 * Double(result.found.right))
    #expect(Double(result.fields["locator"] ?? 0) >= 0.98 * Double(result.found.right))
    #expect(result.works.missed == 0 && result.works.wrong == 0)
    #expect(edition.citations.works.filter { $0.year != nil }.count == 91)
  }
}
