import EmendModel
import Testing

/// Contents with the authors below the titles, boards under roles, imprints, prices, contributors.
@Suite struct FrontMatterTests {
  /// Contents, and its entries: rubric, title, authors, page.
  @Test(arguments: [
    (
      """
      CONTENTS

      Volume 7, Number 2, Spring 1998

      ARTICLES

      The Flag on the River: Commissions at Work                   129
           Griffith B. Halloran
      Why Finance Ministers Ratify: Treaties and the               163
      Price of a Signature
           Ottilie Kaufmann and Dafydd Ffoulkes
      Conviction at Bern                                           197
           Sophia Lindqvist

      RESEARCH NOTE

      Letter Boxes Reconsidered                                    231
           Dame Anna Brightwater

      Books Received                                               240
      """,
      [
        "ARTICLES|The Flag on the River: Commissions at Work|Griffith B. Halloran|129",
        "ARTICLES|Why Finance Ministers Ratify: Treaties and the Price of a Signature|Ottilie Kaufmann, Dafydd Ffoulkes|163",
        "ARTICLES|Conviction at Bern|Sophia Lindqvist|197",
        "RESEARCH NOTE|Letter Boxes Reconsidered|Dame Anna Brightwater|231",
        "RESEARCH NOTE|Books Received||240",
      ]
    ),
    // The page on the line of the authors.
    (
      """
      CONTENTS

      The Flag on the River
           Griffith B. Halloran ................................. 129

      Why Finance Ministers Ratify
           Ottilie C. Kaufmann .................................. 163

      Letter Boxes
           Sophia Lindqvist and Tom A. Reed ..................... 197
      """,
      [
        "|The Flag on the River|Griffith B. Halloran|129",
        "|Why Finance Ministers Ratify|Ottilie C. Kaufmann|163",
        "|Letter Boxes|Sophia Lindqvist, Tom A. Reed|197",
      ]
    ),
    // A book that says what its chapters treat: no names.
    (
      """
      CONTENTS

      1. The Harbour ............................................... 1
           Early Years
           Trade Routes
      2. The Pilots ............................................... 29
           Guild Rules
      3. The Tariff ............................................... 55
      """,
      ["|1. The Harbour||1", "|2. The Pilots||29", "|3. The Tariff||55"]
    ),
  ])
  func contents(_ text: String, _ entries: [String]) throws {
    let prose = String(
      repeating: "The cable was laid between the islands and its owners asked for more.\n", count: 12)
    let document = try Samples.document(text + "\n\u{0C}" + prose)
    let found = document.contents.filter { $0.page != nil }.map {
      "\($0.rubric ?? "")|\($0.title)|\($0.authors.joined(separator: ", "))|\($0.page ?? "")"
    }
    #expect(found == entries)
  }

  /// The end of a journal's first pages, as plain text.
  private static let masthead = """
    REVIEW OF UNIONS

    Volume 7, Number 2, Spring 1998

    EDITORS
    Josephine Whitfield, University of Port Clifton
    Rafferty Cliffe, College of the Fens

    BOOK REVIEW EDITOR
    Theophilus Mavros, Altenfurt Academy

    EDITORIAL BOARD
    Margarethe Oldenkamp, University of Dunsfield
    Federico Castellani, Museo Civico
    Dafydd Ffoulkes, Northfield University
    María del Río, El Colegio del Sur

    Review of Unions (ISSN 0144-9999) is published three times a year, in
    May, October, and December. Copyright © 1998 by Harbour House
    Press. All rights reserved.

    Subscription rates: institutions, £84.00 (UK and Europe), US$142.00
    (North America); individuals, £36.00, US$58.00; single issues, £12.00.

    NOTES ON CONTRIBUTORS

    Griffith Halloran is Senior Lecturer in Law at the University of Port
    Clifton. He is the author of Rivers (Dunsfield, 1994).

    Ottilie Kaufmann teaches at the University of Altenfurt.

    Dafydd Ffoulkes, a pilot, lives in Northfield.

    Sophia Lindqvist teaches maritime history at Northfield University, Northfield.

    Tom Reed, Professor of History, College of the Fens, died last year.
    """

  @Test func boards() throws {
    let matter = try #require(Samples.document(Self.masthead).frontMatter)
    #expect(
      matter.editors.map { "\($0.role): \($0.name)" } == [
        "Editor: Josephine Whitfield", "Editor: Rafferty Cliffe", "Book review editor: Theophilus Mavros",
      ])
    #expect(
      matter.board.map(\.name) == [
        "Margarethe Oldenkamp", "Federico Castellani", "Dafydd Ffoulkes", "María del Río",
      ])
  }

  /// The names stand below roles on lines of their own, in one block, and prose follows.
  @Test func rolesWithinABlock() throws {
    let page = """
      REVIEW OF UNIONS

      Editors
      Josephine Whitfield, University of Port Clifton

      Editorial Assistant
      Anna Visser

      Editorial Board
      Margarethe Oldenkamp, University of Dunsfield
      Dafydd Ffoulkes, Northfield University

      Indexed in the Bibliography of Unions and in the Register of
      Common Titles.
      """
    let matter = try #require(Samples.document(page).frontMatter)
    #expect(
      matter.editors.map { "\($0.role): \($0.name)" } == [
        "Editor: Josephine Whitfield", "Editorial assistant: Anna Visser",
      ])
    #expect(matter.board.map(\.name) == ["Margarethe Oldenkamp", "Dafydd Ffoulkes"])
  }

  @Test func imprintAndPrices() throws {
    let matter = try #require(Samples.document(Self.masthead).frontMatter)
    #expect(matter.copyright == "Copyright © 1998 by Harbour House Press")
    #expect(matter.frequency == "three times a year")
    #expect(
      matter.prices.map { "\($0.who): \($0.amount)" } == [
        "institutions (UK and Europe): £84.00", "institutions (North America): US$142.00",
        "individuals: £36.00", "individuals: US$58.00", "single issues: £12.00",
      ])
  }

  @Test func contributors() throws {
    let matter = try #require(Samples.document(Self.masthead).frontMatter)
    let found = matter.contributors.map {
      [$0.name, $0.position ?? "", $0.institution ?? "", $0.city ?? ""].joined(separator: "|")
    }
    #expect(
      found.prefix(4) == [
        "Griffith Halloran|Senior Lecturer in Law|University of Port Clifton|",
        "Ottilie Kaufmann||University of Altenfurt|", "Dafydd Ffoulkes|pilot||Northfield",
        "Sophia Lindqvist|teaches maritime history|Northfield University|Northfield",
      ])
  }
}
