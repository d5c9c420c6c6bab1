import EmendModel
import Testing

/// An issue of a journal as plain text: masthead, contents with by-lines, boards in columns, papers under
/// numerals and letters.
@Suite struct JournalTests {
  static let issue: String = {
    var setter = Typesetter()
    let front = [
      setter.centred("THE NORTHERN REVIEW"), setter.centred("OF"), setter.centred("PUBLIC UNIONS"), "",
      "Volume XII                 October 1974                 Number 4", "", setter.centred("CONTENTS"), "",
      "                                                          Page", "",
      "THE COMMISSIONS OF THE LOWER RIVER", "    by Griffith Halloran ................................ 409",
      "",
      "A NOTE ON TRANSIT CHARGES", "    by Ottilie Kaufmann ................................. 411", "",
      "BOOK REVIEWS ............................................ 466", "", setter.centred("EDITORS"),
      "          Josephine Whitfield, Managing Editor", "          Rafferty Cliffe, Book Review Editor", "",
      setter.centred("BOARD OF EDITORS"), "     Margarethe Oldenkamp          Federico Castellani",
      "     Dafydd Ffoulkes               Sophia Lindqvist", "",
      "THE NORTHERN REVIEW OF PUBLIC UNIONS is published quarterly in January,",
      "April, July and October by the Society for the Study of Public Unions,",
      "14 Ferry Street, Dunsfield. Subscription rates: individuals $12.00 a year;",
      "institutions $20.00 a year; single numbers $4.00. ISSN 0144-9999.",
    ]
    let first =
      ["THE COMMISSIONS OF THE LOWER RIVER", "", "By GRIFFITH HALLORAN", "University of Port Clifton", ""]
      + setter.paragraphs(2) + ["", setter.centred("I"), ""] + setter.paragraphs(2)
      + ["", setter.centred("II"), ""] + setter.paragraphs(2) + ["", setter.centred("409")]
    let second =
      ["410           THE NORTHERN REVIEW OF PUBLIC UNIONS", ""] + setter.paragraphs(2)
      + ["", "     A. The Rates of Transit", ""] + setter.paragraphs(2)
      + ["", "     B. The Rates of the Terminal Offices", ""] + setter.paragraphs(2)
    let third =
      ["A NOTE ON TRANSIT CHARGES", "", "By OTTILIE KAUFMANN", ""] + setter.paragraphs(3)
      + ["", setter.centred("411")]
    return Typesetter.pages([front, first, second, third])
  }()

  @Test func headingsAndContents() throws {
    let document = try Samples.document(Self.issue)
    let headings = document.blocks.filter { $0.kind == .heading }.map { document.text($0.range) }
    #expect(
      headings == [
        "THE NORTHERN REVIEW OF PUBLIC UNIONS", "CONTENTS", "EDITORS", "BOARD OF EDITORS",
        "THE COMMISSIONS OF THE LOWER RIVER", "I", "II", "A. The Rates of Transit",
        "B. The Rates of the Terminal Offices", "A NOTE ON TRANSIT CHARGES",
      ])
    #expect(
      document.contents.map(\.title) == [
        "THE COMMISSIONS OF THE LOWER RIVER", "A NOTE ON TRANSIT CHARGES", "BOOK REVIEWS",
      ])
    #expect(document.contents.map(\.authors) == [["Griffith Halloran"], ["Ottilie Kaufmann"], []])
    #expect(document.contents.map(\.page) == ["409", "411", "466"])
    #expect(document.pages.map(\.printed) == ["408", "409", "410", "411"])
    #expect(document.blocks.filter { $0.kind == .byline }.count == 2)
    try InvariantTests.check(document)
  }

  @Test func masthead() throws {
    let matter = try #require(Samples.document(Self.issue).frontMatter)
    #expect(matter.volume == "XII" && matter.issue == "4" && matter.year == "1974")
    #expect(matter.season == "October" && matter.issn == ["0144-9999"])
    #expect(matter.publisher == "the Society for the Study of Public Unions")
    #expect(matter.frequency == "quarterly")
    #expect(
      matter.editors.map { "\($0.role): \($0.name)" } == [
        "Managing Editor: Josephine Whitfield", "Book Review Editor: Rafferty Cliffe",
      ])
    #expect(
      matter.board.map(\.name) == [
        "Margarethe Oldenkamp", "Federico Castellani", "Dafydd Ffoulkes", "Sophia Lindqvist",
      ])
    #expect(
      matter.prices.map { "\($0.who) \($0.amount)" } == [
        "individuals $12.00", "institutions $20.00", "single numbers $4.00",
      ])
  }

  /// A story about a loan tells no price of the journal.
  @Test func sumsOfAStoryAreNoPrices() throws {
    let document = try Samples.document(
      """
      The loan was a failure. In all, no less than $45,000,000 had been asked for; in fact $900 came from the
      ports. The subscriptions were few, and the subscribers got back $20,000,000 in bonds.

      THE NORTHERN REVIEW

      Volume XII                 October 1974                 Number 4
      """)
    #expect(document.frontMatter?.prices.map(\.amount) ?? [] == [])
  }
}
