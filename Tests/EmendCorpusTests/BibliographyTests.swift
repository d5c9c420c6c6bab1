import EmendCorpus
import EmendModel
import FoundationEssentials
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Writers of bibliographies: what each format says of an entry, and what foreign readers make of it.
@Suite struct BibliographyTests {
  /// A reference put together from its fields.
  static func reference(
    _ type: String, key: String, authors: [PersonName] = [], editors: [PersonName] = [],
    _ fields: [(Reference.Label, String)]
  ) -> BibliographyEntry {
    let raw = fields.map(\.1).joined(separator: ". ")
    var at = 0
    let spans = fields.map { label, text in
      defer { at += text.utf8.count + 2 }
      return Reference.Field(label: label, text: text, range: at..<(at + text.utf8.count))
    }
    return BibliographyEntry(
      Reference(raw: raw, fields: spans, authors: authors, editors: editors, type: type, key: key))
  }

  static let entries: [BibliographyEntry] = [
    reference(
      "book", key: "standage-1998", authors: [PersonName(family: "Standage", given: "Tom")],
      [
        (.title, "The Victorian Internet & Other {Odd} 50% Tales_of #1"), (.location, "London"),
        (.publisher, "Weidenfeld & Nicolson"), (.date, "1998"),
      ]),
    reference(
      "article-journal", key: "muller-o'neill-1994-95",
      authors: [
        PersonName(family: "Müller", given: "Jürgen"),
        PersonName(family: "O’Neill", given: "James", suffix: "Jr."),
      ],
      [
        (.title, "Kabel und Macht: a DNA of networks"), (.containerTitle, "Telegraph History"),
        (.volume, "19"),
        (.issue, "3"), (.pages, "5–49"), (.date, "1994–95"), (.doi, "10.1000/xyz_1"),
      ]),
    reference(
      "chapter", key: "standage-1998", authors: [PersonName(family: "World Bank")],
      editors: [PersonName(family: "de la Peña", given: "Ana")],
      [
        (.title, "Rates"), (.containerTitle, "The Post Office and Trade"), (.date, "forthcoming"),
        (.note, "=cmd|' /C calc'!A0"),
      ]),
  ]

  static func text(_ format: BibliographyWriter.Format) -> String {
    String(decoding: BibliographyWriter.write(entries, as: format), as: UTF8.self)
  }

  @Test func bibtex() {
    let text = Self.text(.bibtex)
    #expect(text.contains("@book{standage-1998,"))
    #expect(text.contains("@incollection{standage-1998a,"))
    #expect(
      text.contains(
        "title = {The {Victorian} {Internet} \\& {Other} \\textbraceleft{}{Odd}\\textbraceright{} 50\\% "
          + "{Tales\\_of} \\#1}"))
    #expect(text.contains("author = {Müller, Jürgen and O’Neill, Jr., James}"))
    #expect(text.contains("author = {{World Bank}}"))
    #expect(text.contains("pages = {5--49}"))
    #expect(text.contains("year = {1994--1995}"))
    #expect(text.contains("year = {forthcoming}"))
  }

  @Test func ris() {
    let text = Self.text(.ris)
    #expect(text.hasPrefix("TY  - BOOK\r\nID  - standage-1998\r\nAU  - Standage, Tom\r\n"))
    #expect(text.contains("AU  - O’Neill, James, Jr.\r\n"))
    #expect(text.contains("SP  - 5\r\nEP  - 49\r\n"))
  }

  @Test func cslJSON() throws {
    struct Item: Decodable {
      struct Name: Decodable, Equatable {
        var family: String?
        var given: String?
        var suffix: String?
        var literal: String?
      }
      struct Issued: Decodable, Equatable {
        var parts: [[Int]]?
        var literal: String?
        enum CodingKeys: String, CodingKey {
          case parts = "date-parts"
          case literal
        }
      }
      var id: String
      var type: String
      var author: [Name]?
      var issued: Issued?
      var page: String?
    }
    let items = try JSONDecoder().decode([Item].self, from: Data(Self.text(.cslJSON).utf8))
    #expect(items.map(\.id) == ["standage-1998", "muller-oneill-1994-95", "standage-1998a"])
    #expect(items[1].issued?.parts == [[1994], [1995]])
    #expect(items[2].issued?.literal == "forthcoming")
    #expect(items[2].author == [Item.Name(literal: "World Bank")])
  }

  @Test func csvIsSafeForSpreadsheets() {
    let lines = Self.text(.csv).split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[3].contains(",'=cmd|"))
  }

  @Test func emptyBibliographiesAreValid() {
    #expect(String(decoding: BibliographyWriter.write([], as: .cslJSON), as: UTF8.self) == "[]\n")
    #expect(BibliographyWriter.write([], as: .bibtex).isEmpty)
    #expect(String(decoding: BibliographyWriter.write([], as: .tei), as: UTF8.self).contains("<bibl/>"))
  }

  @Test func worksWithoutReferenceHaveAnEntry() {
    let work = Work(
      key: "evans-jacobs-1993", authors: [PersonName(family: "Evans"), PersonName(family: "Jacobs")],
      year: "1993")
    let text = String(
      decoding: BibliographyWriter.write([BibliographyEntry(work, reference: nil)], as: .bibtex),
      as: UTF8.self)
    #expect(
      text == "@misc{evans-jacobs-1993,\n  author = {Evans and Jacobs},\n  year = {1993},\n"
        + "  note = {cited; in no list of references}\n}\n\n")
  }

  /// What a reference says beyond the common fields: further authors, month and day, a DOI in the address, and the
  /// line itself where no title was found.
  @Test func nothingIsLostOnTheWayIntoABibliography() {
    let letter = Self.reference(
      "article-newspaper", key: "hollis-1919",
      authors: [PersonName(family: "Hollis", given: "R.")],
      [
        (.author, "Hollis, R., et al."), (.title, "Rights: a Cable Union?"), (.containerTitle, "Daily Wire"),
        (.date, "June 29, 1919"), (.url, "https://doi.org/10.1000/182"),
      ])
    let unread = Self.reference("document", key: "", [(.pages, "77")])
    func text(_ format: BibliographyWriter.Format) -> String {
      String(decoding: BibliographyWriter.write([letter, unread], as: format), as: UTF8.self)
    }
    for part in [
      "author = {Hollis, R. and others}", "title = {Rights: a {Cable} {Union}?}",
      "month = {6},\n  day = {29}",
      "doi = {10.1000/182}", "note = {77}",
    ] {
      #expect(text(.bibtex).contains(part))
    }
    for part in [#"{"literal":"others"}"#, #""date-parts":[[1919,6,29]]"#, #""DOI":"10.1000/182""#] {
      #expect(text(.cslJSON).contains(part))
    }
    for part in ["AU  - et al.\r\n", "DA  - 1919/06/29/\r\n", "DO  - 10.1000/182\r\n"] {
      #expect(text(.ris).contains(part))
    }
    #expect(text(.tei).contains(#"<date when="1919-06-29">June 29, 1919</date>"#))
  }

  @Test(
    arguments: [
      ("29 Sept. 1919", 9, 29), ("May 1885", 5, nil), ("1919", nil, nil), ("Spring 1919", nil, nil),
      ("January–March 1919", nil, nil), ("Mayor 1919", nil, nil),
    ] as [(String, Int?, Int?)])
  func monthsAndDays(_ text: String, _ month: Int?, _ day: Int?) {
    let entry = Self.reference("book", key: "k", [(.date, text)])
    #expect(entry.month == month)
    #expect(entry.day == day)
  }

  @Test(arguments: [
    ("1994–95", [1994, 1995]), ("1998 [1922]", [1998, 1922]), ("May 3, 1992", [1992]),
    ("1899/1900", [1899, 1900]),
    ("n.d.", []), ("12 345", []),
  ])
  func years(_ text: String, _ expected: [Int]) {
    let entry = Self.reference("book", key: "k", [(.date, text)])
    #expect(entry.years == expected)
  }
}
