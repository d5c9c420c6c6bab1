import EmendCheck
import EmendLexicons
import EmendModel
import EmendReading
import EmendSegmentation
import Testing

/// The real inputs against their gold, when they are there beside the checkout.
@Suite(.enabled(if: Samples.hasShared, "needs the real documents beside the checkout"))
struct GoldTests {
  static func check(_ input: String, _ gold: String, reading: String? = nil) throws -> StructureCheck {
    let shared = Samples.shared
    let scan = try Reading.scan(bytes: Samples.bytes(shared + "/" + input), name: input)
    return try StructureCheck(
      Samples.segmenter.segment(Transcript(scan: scan)), gold: Samples.bytes(shared + "/" + gold),
      reading: try reading.map { try Samples.bytes(shared + "/" + $0) } ?? [])
  }

  @Test func chapter() throws {
    let check = try Self.check(
      "gold/chapter.repaired.txt", "gold/chapter.structure.json", reading: "gold/chapter.reading.txt")
    #expect(check.row("headings")?.counts.f1 == 1)
    #expect(check.row("blocks word for word")?.counts.f1 == 1)
    #expect(check.row("sentences")?.counts.f1 ?? 0 >= 0.995)
    // Two anchors stand a column later here than in the unrepaired line that the gold counts in.
    #expect(check.row("notes with anchors")?.counts.right ?? 0 >= 17)
  }

  @Test func frontMatter() throws {
    let check = try Self.check("corpus/frontmatter.md", "gold/frontmatter.structure.json")
    for row in check.rows { #expect(row.counts.f1 == 1, "\(row.name): \(row.faults)") }
  }

  @Test(arguments: [
    "01_foreign_relations", "03_montresor_family", "06_hawaiian_entomological_issue",
    "10_htrc_running_heads_vol1",
    "11_problem_of_pacific_pages",
  ])
  func volumes(_ name: String) throws {
    let check = try Self.check("structure-docs/\(name).txt", "structure-docs/\(name).gold.json")
    #expect(check.row("printed numbers")?.counts.recall ?? 0 >= 0.98)
    #expect(check.row("furniture lines")?.counts.f1 ?? 0 >= (name.hasPrefix("06") ? 0.9 : 0.98))
    let headings = try #require(check.row("headings in order"))
    #expect(headings.counts.f1 >= 0.9, "\(headings.faults)")
    #expect(check.row("leaks (of pages)")?.counts.missed == 0)
    if let notes = check.row("notes linked") { #expect(notes.counts.recall >= 0.9) }
  }
}
