import EmendModel
import Testing

/// Rules beside the heading model, each on the smallest text that shows it.
@Suite struct HeadingRuleTests {
  static func headings(_ text: String) throws -> [String] {
    let document = try Samples.document(text)
    return document.blocks.filter { $0.kind == .heading }.map { document.text($0.range) }
  }

  /// Titles leave "before" and "with" small; one word in the middle of the measure is a title too.
  @Test(arguments: ["Harbours before Railways", "Cables with Owners", "Timber"])
  func centred(_ title: String) throws {
    var setter = Typesetter()
    let text =
      setter.paragraphs(3) + ["", "", setter.centred(title), ""] + setter.paragraphs(3)
    #expect(try Self.headings(text.joined(separator: "\n")) == [title])
  }

  /// A double-spaced typescript sets its titles far in, and leaves no more space above them.
  @Test func doubleSpaced() throws {
    var setter = Typesetter()
    var lines: [String] = []
    for title in ["The Price of Cables", "What the Owners Wanted"] {
      lines += setter.paragraphs(4, indent: 5) + [setter.centred(title)] + setter.paragraphs(3, indent: 5)
    }
    #expect(
      try Self.headings(lines.joined(separator: "\n\n")) == ["The Price of Cables", "What the Owners Wanted"])
  }

  /// A title at the margin needs white space on both sides and capitals; what breaks off or goes on is none.
  @Test(arguments: [
    ("The Elbe: Bargaining over Weirs", true), ("The Oder: A Commission of Engineers", true),
    ("so that the weirs of the Elbe stood", false), ("The Elbe and the Oder, Weirs and Tolls,", false),
  ])
  func flush(_ title: String, _ isHeading: Bool) throws {
    var setter = Typesetter()
    let text = setter.paragraphs(3, indent: 0) + ["", title, ""] + setter.paragraphs(3, indent: 0)
    #expect(try Self.headings(text.joined(separator: "\n")) == (isHeading ? [title] : []))
  }

  @Test(arguments: [
    "Source: Author's calculations.", "Keywords: cables; rates; unions", "Note: See the text.",
    "Strings are zero-terminated.", "CABLE_HOME:CABLE_DIRS.",
  ])
  func labelledLinesAreNone(_ line: String) throws {
    var setter = Typesetter()
    let text = setter.paragraphs(2, indent: 0) + ["", line, ""] + setter.paragraphs(2, indent: 0)
    #expect(try Self.headings(text.joined(separator: "\n")).isEmpty)
  }

  /// Four short lines of sentences between blanks are verse; prose would have filled its lines.
  @Test func verseWithoutALead() throws {
    var setter = Typesetter()
    let verse = [
      "The winds that blow across the bay", "Have carried half the fleet away,",
      "And those who watch upon the shore", "Will see the harbour lights no more.",
    ]
    let text = setter.paragraphs(3) + [""] + verse.map { "        " + $0 } + [""] + setter.paragraphs(3)
    let document = try Samples.document(text.joined(separator: "\n"))
    #expect(document.blocks.filter { $0.kind == .verse }.count == 1)
  }

  /// Entries that fit one line each are told apart by those that hang.
  @Test func hangingReferences() throws {
    let document = try Samples.document(
      """
      References

      Abernathy, Ada A. 1911. Prisons. Oxford: University Press of Oxford.
      Castellan, Hugh D. 1969. Treaties. Leiden: University Press, London.
      Harker, Ada A. 1905. A New View of Railways. Boston: Boston
          University Press.
      Lindqvist, Mary D. 1906. Early Schools and the Railways. Chicago:
          Chicago University Press.
      Osei, Hugh A. 1923. Late Reform and the Credit. Chicago: Chicago
          University Press.
      """)
    #expect(document.blocks.filter { $0.kind == .reference }.count == 5)
  }

  /// Where references begin on the page, the notes at its foot belong to the text above them.
  @Test func notesBelowReferences() throws {
    let document = try Samples.document(
      Samples.page(head: nil, foot: nil, lines: 16)
        + "as the engineer had said to the board.1 So it ended there.\n"
        + "\n\nReferences\n\nHarker, Ada. 1905. A View of Railways. Boston: Harker Press.\nOsei, Hugh. 1923. Late Reform. Chicago: University Press, 1923.\n\n1 Ibid., p. 55.\n\u{C}"
        + Samples.page(head: nil, foot: nil, lines: 16))
    #expect(document.notes.map { document.text($0.text) } == ["Ibid., p. 55."])
  }

  /// Raised figures are figures.
  @Test func raisedFigures() throws {
    let document = try Samples.document(
      Samples.page(head: nil, foot: nil, lines: 16) + "as the engineer had said.¹² So it ended there.\n"
        + "\n¹² In a letter to the board.\n\u{C}" + Samples.page(head: nil, foot: nil, lines: 16))
    #expect(document.notes.map(\.mark) == ["12"])
  }
}

/// What stands at the head of a page, and what its number must be.
@Suite struct HeadRuleTests {
  /// "NOTES" over notes that go on with their count is a running head, though it comes but once.
  @Test func notesThatGoOn() throws {
    let text = "The rates were set.1 The companies had no vote.2 They sent observers.3 Nobody asked them.4\n"
    let document = try Samples.document(
      Samples.page(head: nil, foot: "7") + text + "\u{C}NOTES\n\n1. By letter.\n2. By cable.\n\n8\n\u{C}"
        + "NOTES\n\n3. By ship.\n4. By hand.\n\n9\n")
    #expect(document.notes.map(\.mark) == ["1", "2", "3", "4"])
    #expect(document.blocks.filter { $0.kind == .heading }.count == 1)
    #expect(document.pages.map(\.head).last == "NOTES")
  }

  /// A chapter's number in front of its title is not carried by the heads that repeat the title.
  @Test func numberedOpening() throws {
    let pages = (0..<7).map { page -> String in
      if page == 0 { return "\n\n1 The Price of Cables\n\n" + Samples.page(head: nil, foot: "1", seed: page) }
      let head = page % 2 == 0 ? "The Price of Cables" : "Cables and Their Owners"
      return "\(page + 1)\n\(head)\n\n" + Samples.page(head: nil, foot: nil, seed: page)
    }
    let document = try PagesTests.book(pages)
    #expect(
      document.blocks.filter { $0.kind == .heading }.map { document.text($0.range) } == [
        "1 The Price of Cables"
      ])
    #expect(document.pages.map(\.printed) == (1...7).map(String.init))
  }

  /// A journal's cover is no page before its first; a page of text is.
  @Test func coversAreNotCounted() throws {
    let cover = "THE REVIEW OF CABLES\n\nVolume 4, Number 2\n\nSpring 1911\n"
    let document = try PagesTests.book(
      [cover, Samples.page(head: nil, foot: nil)]
        + (0..<4).map { Samples.page(head: nil, foot: String(212 + $0), seed: $0) })
    #expect(document.pages.map { $0.printed ?? "–" } == ["–", "211", "212", "213", "214", "215"])
    #expect(document.pages[1].confidence < document.pages[2].confidence)
  }
}
