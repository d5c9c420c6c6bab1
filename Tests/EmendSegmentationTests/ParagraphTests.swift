import EmendModel
import Testing

@Suite struct ParagraphTests {
  @Test func wordsCutByLineEndsAreJoinedOrKeepTheirHyphen() throws {
    let document = try Samples.document(
      """
      The committee of the inter-
      national bureau met for a two-
      level game over the rates of ca-
      bles that were laid in self-
      defence by the states and their tele-
      graph offices. The two-level game went on.
      """)
    #expect(
      Samples.blocks(document) == [
        "paragraph: The committee of the international bureau met for a two-level game over the rates of cables "
          + "that were laid in self-defence by the states and their telegraph offices. The two-level game went on."
      ])
    #expect(document.joins.map(\.kind) == [.hyphenJoin, .hyphenKeep, .hyphenJoin, .hyphenKeep, .hyphenJoin])
  }

  @Test func blankLinesPartParagraphsAndHeadingsStandAlone() throws {
    let document = try Samples.document(
      """
      The first office was opened in the spring, and the second one in the year
      that followed. Neither paid.

      The Tariff Question

      It was asked whether the states should set one price for all the lines that
      crossed their borders. They should not, the companies said.
      """)
    #expect(document.blocks.map(\.kind) == [.paragraph, .heading, .paragraph])
    #expect(document.sections.map(\.title) == ["", "The Tariff Question"])
  }

  @Test func aParagraphGoesOnOverAPageAndItsHead() throws {
    let document = try PagesTests.book(
      (31..<36).map { Samples.page(head: "\($0) OF CABLES", foot: nil, seed: $0) })
    #expect(document.blocks.count == 1)
    #expect(document.joins.filter { $0.kind == .reflow }.count == 4)
  }

  @Test func aSetInQuotationIsABlockQuote() throws {
    let document = try Samples.document(
      """
      The minister wrote to the bureau at Berne, in words that were often repeated:

          that no state could be made to lay a line
          which it did not want, nor to keep one open
          which nobody used.

      The bureau answered by the next post that it had asked for nothing of the kind.
      """)
    #expect(document.blocks.map(\.kind) == [.paragraph, .blockQuote, .paragraph])
  }

  @Test func versesKeepTheirLines() throws {
    let document = try Samples.document(
      """
      The clerks of the office at Dover had a song of their own about the cable, and it opened with the lines,

      The wire is long, the wire is cold,
      The word it brings is ten days old,
      And no one paid the man who told.

      It was sung at every dinner of the company until the amalgamation put an end to all such dinners there.
      """)
    #expect(document.blocks.map(\.kind) == [.paragraph, .verse, .paragraph])
    #expect(document.text(document.blocks[1].range).split(separator: "\n").count == 3)
  }
}
