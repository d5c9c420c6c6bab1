import EmendModel
import Testing

/// What books do at the edges of their chapters, sections and paragraphs.
@Suite struct BookTests {
  static func headings(_ document: Document) -> [String] {
    document.blocks.filter { $0.kind == .heading }.map { document.text($0.range) }
  }

  /// Six pages under heads with numbers on the outer side; `first` is what stands at the head of page 1.
  static func chapter(_ first: [String], recto: String, verso: String = "A BOOK OF RATES") -> String {
    var setter = Typesetter()
    return Typesetter.pages(
      (1...6).map { page -> [String] in
        let text = setter.paragraphs(5)
        if page == 1 { return first + text + ["", setter.centred("1")] }
        return [page % 2 == 0 ? "\(page)   \(verso)" : "\(recto)   \(page)", ""] + text
      })
  }

  /// On page 1 the chapter's number is the page's too.
  @Test func aChapterWithThePagesNumberKeepsItsHeading() throws {
    let document = try Samples.document(Self.chapter(["1 INTRODUCTION", ""], recto: "INTRODUCTION"))
    #expect(Self.headings(document) == ["1 INTRODUCTION"])
    #expect(document.pages.map(\.printed) == (1...6).map { String($0) })
    #expect(document.furniture.filter { $0.kind == .head }.count == 5)
  }

  @Test func aHeadThatOnlyEndsLikeContentsIsNone() throws {
    let document = try Samples.document(
      Self.chapter(["Delegation", ""], recto: "Delegation", verso: "Delegation and Its Discontents"))
    #expect(document.blocks.allSatisfy { $0.kind != .contents })
  }

  /// A centred title in small type between paragraphs, which the contents do not name, and one with a year.
  @Test(arguments: ["Trade and Tariffs", "The Crisis of 1847"])
  func sectionsAreFoundByTheirPlace(_ title: String) throws {
    var setter = Typesetter()
    let pages = (1...6).map { page in
      setter.paragraphs(3) + ["", setter.centred(page == 3 ? title : "The Offices of District \(page)"), ""]
        + setter.paragraphs(2) + ["", setter.centred(String(page))]
    }
    #expect(Self.headings(try Samples.document(Typesetter.pages(pages))).contains(title))
  }

  /// Some count their sections from nought; the title stands in tight text.
  @Test(arguments: ["2.0 The Offices of Transit", "0 The Offices of Transit", "2.1.0 The Offices of Transit"])
  func sectionsMayBeCountedFromNought(_ title: String) throws {
    let sentence = "The office of the union was a small one and its clerks were paid by the members in turn. "
    let words = String(repeating: sentence, count: 4).split(separator: " ")
    var lines = [""]
    for word in words {
      if lines[lines.count - 1].count + word.count > 68 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    let document = try Samples.document((lines + [title] + lines).joined(separator: "\n") + "\n")
    #expect(document.blocks.contains { document.text($0.range).contains("Offices of Transit") })
    try InvariantTests.check(document)
  }

  static let openings = ["Rates of transit", "Offices", "The cable of the north", "Arrears"]

  @Test(arguments: [".—", ". — ", ". - "])
  func runInHeadsAreSplitOff(_ dash: String) throws {
    var setter = Typesetter()
    let lines = Self.openings.flatMap { opening in
      setter.wrapped(opening + dash + setter.prose(4), indent: 3) + setter.wrapped(setter.prose(4), indent: 3)
    }
    let document = try Samples.document(Typesetter.pages([lines]))
    let letters = Self.headings(document).map { $0.filter { $0.isLetter || $0 == " " } }
    #expect(letters.map { String($0.reversed().drop { $0 == " " }.reversed()) } == Self.openings)
    #expect(document.blocks.count { $0.kind == .paragraph } == 8)
    try InvariantTests.check(document)
  }

  /// Speakers come again; they open no sections.
  @Test func speakersAreNoHeads() throws {
    var setter = Typesetter()
    let lines = (0..<6).flatMap {
      setter.wrapped(["The Chairman", "The Delegate"][$0 % 2] + ".—" + setter.prose(4), indent: 3)
    }
    #expect(Self.headings(try Samples.document(Typesetter.pages([lines]))).isEmpty)
  }

  /// Neither blank lines nor indents: a paragraph ends where the next word would have fitted on its line.
  @Test func shortLastLinesEndParagraphs() throws {
    var setter = Typesetter()
    let texts = (0..<24).map { _ in setter.prose(4) + " So it was." }
    let document = try Samples.document(Typesetter.pages([texts.flatMap { setter.wrapped($0) }]))
    let given = Set(document.blocks.map { document.text($0.range) })
    #expect(texts.count { given.contains($0) } >= 20)
  }
}
