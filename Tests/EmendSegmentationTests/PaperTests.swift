import EmendModel
import Testing

/// A paper without pages: title, authors, abstract, numbered sections, a numbered bibliography.
@Suite struct PaperTests {
  static let paper: String = {
    var setter = Typesetter()
    let references = [
      "Brightwater, A., Rivers without Kings, Dunsfield, 1994.",
      "Castellani, F., “The Clerk as Initiator”, J. Unions 12, 201–229 (1988).",
      "Ffoulkes, D. and Kaufmann, O., Ratify and Regret, Port Clifton, 2001.",
      "Halloran, G., “Neutral Commissions”, Rev. Int. Unions 7, 1–40 (1998).",
    ]
    let lines =
      ["Cables and Their Cost", "", "O. Kaufmann and D. Ffoulkes", "", "Abstract", ""] + setter.paragraphs(1)
      + ["", "1. Introduction", ""] + setter.paragraphs(2) + ["", "2. A model of rates", ""]
      + setter.paragraphs(2) + ["", "2.1. Assumptions", ""] + setter.paragraphs(1) + [
        "", "3. Conclusions", "",
      ]
      + setter.paragraphs(1) + ["", "References", ""]
      + (0..<12).flatMap { setter.wrapped("[\($0 + 1)] " + references[$0 % 4]) }
    return lines.joined(separator: "\n") + "\n"
  }()

  @Test func isRead() throws {
    let document = try Samples.document(Self.paper)
    #expect(
      document.blocks.filter { $0.kind == .heading }.map { document.text($0.range) } == [
        "Cables and Their Cost", "Abstract", "1. Introduction", "2. A model of rates", "2.1. Assumptions",
        "3. Conclusions", "References",
      ])
    #expect(document.blocks.filter { $0.kind == .byline }.count == 1)
    #expect(document.blocks.filter { $0.kind == .reference }.count == 12)
    #expect(document.frontMatter?.abstracts.count == 1)
    try InvariantTests.check(document)
  }

  @Test func displayedSentencesAreNoHeadings() throws {
    let document = try Samples.document(
      """
      An argument of this kind was put before the second committee by the delegate of the smallest state there.

      Let us refer to this argument as the first.

      (A) The line is dear. (B) The line is dearer than the post.

      201, line 11, for “narly” read “nearly”.

      The committee was not convinced by it, and said so in a report that was printed with the minutes in full.
      """)
    #expect(document.blocks.allSatisfy { $0.kind != .heading })
  }

  @Test func titlesOverTwoLinesAreWhole() throws {
    let document = try Samples.document(
      """
      It was asked whether the states should set one price for all the lines that crossed their
      borders. They should not, the companies said.

      2.1 The bargain of the smaller treasuries and its con-
      sequences for the companies

      It was asked whether the states should set one price for all the lines that crossed their
      borders. They should not, the companies said.
      """)
    #expect(
      document.blocks.filter { $0.kind == .heading }.map { document.text($0.range) } == [
        "2.1 The bargain of the smaller treasuries and its consequences for the companies"
      ])
  }
}
