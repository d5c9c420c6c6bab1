import EmendModel
import Testing

/// A thesis as a typist sets it: front matter in roman numbers, contents with leader dots, numbered sections,
/// footnotes counted through, an appendix and a list of references.
@Suite struct ThesisTests {
  static let headings = [
    "THE PRICE OF A WORD: TARIFFS IN THE TELEGRAPH UNIONS", "ABSTRACT", "TABLE OF CONTENTS",
    "LIST OF TABLES", "CHAPTER 1", "INTRODUCTION", "1.1 The Puzzle", "1.2 The Argument in Brief", "CHAPTER 2",
    "A THEORY OF DELEGATED TARIFFS", "2.1 Principals and Agents", "2.1.1 Memory", "2.1.2 Voice", "CONCLUSION",
    "APPENDIX A", "LIST OF CONFERENCES", "REFERENCES",
  ]

  static func thesis(isPlain: Bool) -> String {
    var setter = Typesetter()
    var pages: [[String]] = [
      [
        "", setter.centred("THE PRICE OF A WORD:"), setter.centred("TARIFFS IN THE TELEGRAPH UNIONS"), "",
        setter.centred("by"), "", setter.centred("Adeline Marchbanks"), "",
        setter.centred("A dissertation submitted to the Graduate School"),
        setter.centred("in partial fulfillment of the requirements for the degree of"),
        setter.centred("Doctor of Philosophy"), "", setter.centred("May 2004"),
      ],
      [setter.centred("ABSTRACT"), ""] + setter.paragraphs(2)
        + ["", "Keywords: delegation, telegraphs, tariffs", "", setter.centred("ii")],
      [setter.centred("TABLE OF CONTENTS"), ""]
        + setter.contents([
          ("ABSTRACT", "ii"), ("LIST OF TABLES", "iv"), ("CHAPTER 1  INTRODUCTION", "1"),
          ("  1.1 The Puzzle", "1"), ("  1.2 The Argument in Brief", "2"),
          ("CHAPTER 2  A THEORY OF DELEGATED TARIFFS", "4"), ("  2.1 Principals and Agents", "4"),
          ("    2.1.1 Memory", "5"), ("    2.1.2 Voice", "5"), ("CONCLUSION", "6"),
          ("APPENDIX A  LIST OF CONFERENCES", "7"), ("REFERENCES", "8"),
        ]) + ["", setter.centred("iii")],
      [setter.centred("LIST OF TABLES"), ""]
        + setter.contents([("Table 1.1 Rates by country", "3"), ("Table 2.1 Offices and messages", "5")])
        + ["", setter.centred("iv")],
    ]
    var notes = 0
    func foot(_ count: Int) -> [String] {
      (0..<count).flatMap { _ -> [String] in
        notes += 1
        return setter.wrapped("\(notes) " + Typesetter.remarks[notes % Typesetter.remarks.count])
      }
    }
    func body(_ paragraphs: Int, notes count: Int) -> [String] {
      setter.paragraphs(paragraphs, calls: (0..<count).map { String(notes + $0 + 1) })
    }
    func page(_ lines: [String]) {
      pages.append(lines + ["", "", setter.centred(String(pages.count - 3))])
    }
    page(
      [setter.centred("CHAPTER 1"), "", setter.centred("INTRODUCTION"), ""] + body(2, notes: 1)
        + ["", "1.1 The Puzzle", ""] + setter.paragraphs(2) + [""] + foot(1))
    page(body(3, notes: 2) + ["", "1.2 The Argument in Brief", ""] + setter.paragraphs(2) + [""] + foot(2))
    page(
      body(2, notes: 1) + [
        "", "Table 1.1 Rates by country", "", "Country     Rate     Words", "France      0.30     120",
        "Belgium     0.25     98", "Prussia     0.35     210", "Austria     0.40     77", "",
      ] + setter.paragraphs(2) + [""] + foot(1))
    page(
      [setter.centred("CHAPTER 2"), "", setter.centred("A THEORY OF DELEGATED TARIFFS"), ""]
        + body(2, notes: 2) + ["", "2.1 Principals and Agents", ""] + setter.paragraphs(2) + [""] + foot(2))
    page(
      body(2, notes: 2) + ["", "2.1.1 Memory", ""] + setter.paragraphs(1) + ["", "2.1.2 Voice", ""]
        + setter.paragraphs(1) + [""] + foot(2))
    page([setter.centred("CONCLUSION"), ""] + setter.paragraphs(4))
    page(
      [setter.centred("APPENDIX A"), "", setter.centred("LIST OF CONFERENCES"), ""]
        + ["Paris, 1865", "Vienna, 1868", "Rome, 1871", "St. Petersburg, 1875", "London, 1879"])
    let references = [
      "Brightwater, Anselm. 1994. Rivers without Kings. Dunsfield: Dunsfield University Press.",
      "Castellani, Federico. 1988. “The Clerk as Initiator.” Journal of Unions 12 (3): 201–229.",
      "Halloran, Griffith. 1998. “Neutral Commissions.” Review of International Unions 7 (2): 1–40.",
    ]
    page(
      [setter.centred("REFERENCES"), ""] + (0..<9).flatMap { setter.wrapped(references[$0 % 3]) + [""] })
    if isPlain { pages = pages.map { $0.map { String($0.drop { $0 == " " }) } } }
    return Typesetter.pages(pages)
  }

  @Test(arguments: [false, true])
  func isRead(_ isPlain: Bool) throws {
    let document = try Samples.document(Self.thesis(isPlain: isPlain))
    #expect(
      document.blocks.filter { $0.kind == .heading }.map { document.text($0.range) } == Self.headings)
    #expect(
      document.pages.map { $0.printed ?? "–" } == ["i", "ii", "iii", "iv"] + (1...8).map { String($0) })
    #expect(document.notes.map(\.mark) == (1...8).map { String($0) })
    #expect(document.notes.allSatisfy { $0.anchor != nil })
    #expect(document.blocks.filter { $0.kind == .reference }.count == 9)
    #expect(document.contents.map(\.title).contains("2.1 Principals and Agents"))
    #expect(document.frontMatter?.title == Self.headings[0])
    #expect(document.frontMatter?.keywords == ["delegation", "telegraphs", "tariffs"])
    #expect(document.frontMatter?.year == "2004")
    try InvariantTests.check(document)
  }

  @Test func levelsFollowTheNumbers() throws {
    let document = try Samples.document(Self.thesis(isPlain: false))
    let levels = document.blocks.filter { $0.kind == .heading }.map { (document.text($0.range), $0.level) }
    func level(_ title: String) -> Int? { levels.first { $0.0 == title }?.1 }
    #expect(level("CHAPTER 1") == 1)
    #expect(level("1.1 The Puzzle") == 2)
    #expect(level("2.1.1 Memory") == 3)
    #expect(level("CONCLUSION") == 1)
  }
}
