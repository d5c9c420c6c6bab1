import EmendModel
import Testing

/// How an article opens: title, authors, motto, abstract, and the text below them.
@Suite struct ArticleTests {
  private static let prose = [
    "   The keeper of the lighthouse was paid by the ships that passed it, and",
    "he kept a book of what they owed. In the winter of 1871 the book was lost,",
    "and with it the proof of what the harbour had earned in thirty years.",
    "   Nobody asked for the book until the harbour was sold. The buyers, who had",
    "seen the tower and the quay, wanted to see the figures too.",
  ]

  private static func centred(_ text: String) -> String {
    String(repeating: " ", count: (72 - text.count) / 2) + text
  }

  private static func document(_ opening: [String], pages: Int = 1) throws -> Document {
    let page = opening + prose + [""] + prose
    return try Samples.document(
      Typesetter.pages([page] + Array(repeating: prose + [""] + prose + prose, count: pages - 1)))
  }

  private static func texts(_ document: Document, _ kind: Block.Kind) -> [String] {
    document.blocks.filter { $0.kind == kind }.map { document.text($0.range) }
  }

  @Test(
    arguments: [
      // In the middle of the measure, in one line and more, with and without blanks.
      (
        [
          "@The Price of a Light: Harbours and the Politics of", "@Passage", "",
          "@Ingrid Solberg and Mateus Ferreira", "",
        ],
        "The Price of a Light: Harbours and the Politics of Passage", 1
      ),
      (
        [
          "@LIGHTS AND TOLLS ON THE NORTHERN", "@COAST, 1840-1871", "", "@Ingrid M. Solberg*",
          "@University of Tromsø", "",
        ],
        "LIGHTS AND TOLLS ON THE NORTHERN COAST, 1840-1871", 2
      ),
      (["@LIGHTS AND TOLLS", "@By MATEUS FERREIRA, M.A.", ""], "LIGHTS AND TOLLS", 1),
      (
        ["@keepers, pilots, and the harbour office", "", "@INGRID SOLBERG—University of Tromsø", ""],
        "keepers, pilots, and the harbour office", 1
      ),
      // At the margin.
      (
        ["The Keepers of the Northern Lights and", "What They Earned, 1840-1871", "", "Ingrid Solberg", ""],
        "The Keepers of the Northern Lights and What They Earned, 1840-1871", 1
      ),
      (["LIGHTS AND TOLLS", "", "INGRID SOLBERG & MATEUS P. FERREIRA", ""], "LIGHTS AND TOLLS", 1),
      // Without an author.
      (
        ["@The Price of a Light: Harbours and the Politics of", "@Passage", ""],
        "The Price of a Light: Harbours and the Politics of Passage", 0
      ),
      // Below the number of a chapter, above a motto.
      (
        [
          "@7", "", "@The Price of a Light, 1840-1871", "", "          A light that is paid for burns.",
          "                    —Ingrid Solberg", "",
        ],
        "7 The Price of a Light, 1840-1871", 0
      ),
    ] as [([String], String, Int)])
  func opening(_ lines: [String], _ title: String, _ bylines: Int) throws {
    let opening = lines.map { $0.first == "@" ? Self.centred(String($0.dropFirst())) : $0 }
    for pages in [1, 3] {
      let document = try Self.document(opening, pages: pages)
      #expect(Self.texts(document, .heading) == [title])
      #expect(Self.texts(document, .byline).count == bylines)
      #expect(document.frontMatter?.title == String(title.drop { $0.isNumber || $0 == " " }))
      #expect(document.pages.allSatisfy { $0.printed == nil })
    }
  }

  /// A section, a date or a letter's greeting opens no article.
  @Test(arguments: [
    ["The Early Years", "", "Grain and Salt", ""], ["Tromsø, 4 May 1871", ""],
    ["To the Editor of the Harbour News:", ""],
  ])
  func none(_ lines: [String]) throws {
    let document = try Self.document(lines)
    #expect(Self.texts(document, .byline).isEmpty)
    #expect(document.frontMatter?.title == nil)
  }

  /// A page of prose is no title page, however short, and no masthead.
  @Test(arguments: [
    [
      "The keeper of the lighthouse was paid by the ships that passed it. The", "tower was not his.1", "",
      "References", "",
      "Ferreira, Mateus. 1911. Lights. Lisbon: Harbour Press.",
      "Solberg, Ingrid. 1923. Pilots and Towers of the Northern Coast. Oslo: North",
      "     Press.", "", "  1. See Solberg 1923, 7.",
    ],
    [
      "  LIGHTS AND TOLLS", "", "  Ingrid Solberg", "", "I. INTRODUCTION", "",
      "   The Harbour Act of 1871 gave the Board of Trade a light to keep.1 The Board",
      "did not want the light, and asked the Treasury who would pay the keeper of it.2",
      "The Treasury asked the Admiralty, which asked the Board in its turn, and the",
      "keeper was paid in oil as he had been before the Act.", "",
      "  1. Harbour Act, 1871, 34 Vict. c. 12.", "  2. Board of Trade to Treasury, 4 May 1871.",
    ],
  ])
  func shortFirstPages(_ page: [String]) throws {
    let document = try Samples.document(Typesetter.pages([page, Self.prose + Self.prose]))
    #expect(Self.texts(document, .masthead).isEmpty)
    #expect(
      document.notes.map { document.text($0.text) }.first.map {
        $0.hasPrefix("See") || $0.hasPrefix("Harbour")
      } == true)
  }

  @Test(arguments: [
    ("   ABSTRACT This article asks who paid for the lights of the northern coast in", true),
    ("Abstract. This article asks who paid for the lights of the northern coast in", true),
    ("Abstract: The article asks who paid for the lights of the northern coast, in", true),
    ("   Abstract—The article asks who paid for the lights of the northern coast in", true),
    ("Abstract art was never asked who paid for the lights of the northern coast in", false),
    ("ABSTRACT ART AND ITS OWNERS were never asked who paid for lights there in", false),
  ])
  func runInAbstract(_ line: String, _ isAbstract: Bool) throws {
    let document = try Samples.document(
      ([line, "the years before the harbour was sold. It finds that the ships did.", ""] + Self.prose).joined(
        separator: "\n"))
    let found = Self.texts(document, .abstract)
    #expect(found.count == (isAbstract ? 1 : 0))
    #expect(
      found.allSatisfy { $0.hasSuffix("It finds that the ships did.") && !$0.lowercased().hasPrefix("abs") })
    #expect(document.frontMatter?.abstracts.map(\.text) ?? [] == found)
  }

  /// Paragraphs that end in the call of a note are no contents of an issue.
  @Test func lastLinesWithCallsAreNoContents() throws {
    var lines: [String] = []
    for (number, title) in ["I. THE LIGHT", "II. THE TOLL", "III. THE SALE"].enumerated() {
      lines +=
        [title, ""] + Self.prose[0...1] + ["and nobody has seen it since that day.\(number + 10)", ""]
    }
    let document = try Samples.document(lines.joined(separator: "\n"))
    #expect(document.contents.isEmpty)
    #expect(document.blocks.filter { $0.kind == .paragraph }.count == 3)
  }

  /// What closes an article stands beside its numbered sections; plain numbers below letters stand below them.
  @Test func levels() throws {
    var lines: [String] = []
    for title in ["1. Introduction", "2. Lights", "2.1 The First Tower", "3. Conclusion", "Acknowledgements"]
    {
      lines += [title, ""] + Self.prose + [""]
    }
    lines += [
      "References", "", "Ferreira, M. (1911) Lights, Lisbon: Harbour Press.",
      "Solberg, I. (1923) Pilots, Oslo: North Press.",
    ]
    #expect(
      try Samples.document(lines.joined(separator: "\n")).sections.filter { !$0.title.isEmpty }.map(\.level)
        == [
          1, 1, 2, 1, 1, 1,
        ])
    lines = []
    for title in [
      "I. INTRODUCTION", "II. THE LIGHTS", "A. The Tower", "B. The Lamp", "1. Oil for the Lamp",
      "2. Gas for the Lamp", "III. THE SALE",
    ] {
      lines += [title, ""] + Self.prose + [""]
    }
    #expect(
      try Samples.document(lines.joined(separator: "\n")).sections.filter { !$0.title.isEmpty }.map(\.level)
        == [
          1, 1, 2, 2, 3, 3, 1,
        ])
  }
}

/// Quotations set in, with and without blank lines around them.
@Suite struct QuotationTests {
  private static let before = [
    "   The harbour office kept a book of the lights, in which the keepers wrote",
    "what they had seen. The entry for the last night of 1871 is plain on the",
  ]
  private static let quote = [
    "    No ship passed the light before midnight, and",
    "    none after it. I let the lamp burn, since I had", "    been paid to let it burn.",
  ]
  private static let after = [
    "   The tower was sold in the spring. It was bought by a company which wanted",
    "the quay and had no use for a lamp, and the keeper was not asked.",
  ]

  @Test(
    arguments: [
      // After a colon, with the paragraph below it set in and not, and blank lines or none.
      (before + ["point:"] + quote + after + after, quote),
      (
        before + ["point:"] + quote + [
          "The tower was sold in the spring. It was bought by a company that wanted the",
          "quay and had no use for a lamp.",
        ] + after, quote
      ),
      (before + ["point:", ""] + quote + [""] + after + after, quote),
      // The sentence goes on in the quotation.
      (
        before + ["point, and tells of a night in which there was, as the keeper had it,", ""]
          + ["    no ship that passed the light before midnight, and"] + quote.dropFirst() + [""] + after,
        ["    no ship that passed the light before midnight, and"] + quote.dropFirst()
      ),
    ] as [([String], [String])])
  func apart(_ lines: [String], _ quote: [String]) throws {
    let document = try Samples.document((Self.after + Self.after + lines).joined(separator: "\n"))
    let found = document.blocks.filter { $0.kind == .blockQuote }.map { document.text($0.range) }
    #expect(found == [quote.map { $0.trimmingPrefix { $0 == " " } }.joined(separator: " ")])
  }

  /// A paragraph whose first lines make way for an initial goes on below it.
  @Test func initials() throws {
    let lines = [
      "T   he harbour office kept a book of the lights, in which the keepers",
      "    wrote what they had seen in the night and what they had been paid, and",
      "    which was lost. The entry for the last night of the year is plain on",
      "the point, as far as anybody can say who has not seen it himself.",
    ]
    let document = try Samples.document((lines + Self.after + Self.after).joined(separator: "\n"))
    #expect(document.text(document.blocks[0].range).contains("on the point, as far as anybody can say"))
    #expect(!document.blocks.contains { $0.kind == .blockQuote })
  }
}

/// Lists of references in the layouts of printed journals.
@Suite struct ReferenceLayoutTests {
  private static func references(_ text: String) throws -> [String] {
    let document = try Samples.document(text)
    return document.blocks.filter { $0.kind == .reference }.map { document.text($0.range) }
  }

  /// An entry of three lines and more is one, also where most lines of the page hang.
  @Test func longEntries() throws {
    #expect(
      try Self.references(
        """
        References

        Ferreira, Mateus, Ingrid Solberg, and Olaf Brekke, eds.
             1911. Lights of the Northern Coast and Their Keepers: A
             History in Letters. Lisbon: Harbour Press.
        Solberg, Ingrid, and Mateus Ferreira. 1923. Who Paid for the
             Lights? A Reply. The Harbour Review
             15 (5): 575-97.
        Tveit, Anna. 1931. Pilots. Oslo: North Press.
        """
      ).map { String($0.prefix(7)) } == ["Ferreir", "Solberg", "Tveit, "])
  }

  /// An author on a line of his own opens an entry; below him each year opens one.
  @Test(arguments: ["References Cited", "references cited"])
  func authorsAlone(_ heading: String) throws {
    let text = """
      The ships paid for the light as long as it burned (Brekke 1911:7; Solberg
      1923a:12), and the keeper wrote down what they had paid.

      \(heading)

      Brekke, Olaf
         1911 Lights of the Northern Coast. Lisbon: Harbour
            Press.
      Ferreira, Mateus, and Anna Tveit, eds.
         1920[1901] Pilots and Their Pay. Oslo: North Press.
      Hansen, Nils
         n.d. The Book of the Lights. Unpublished manuscript,
            University of Tromsø.
      Solberg, Ingrid
         1923a Towers. Oslo: North Press.
         1923b Who Paid for the Lights? The Harbour Review
            15(5):575-597.
      Tveit, Anna
         1931 The Quay. Oslo: North Press.
      """
    let found = try Self.references(text)
    #expect(
      found.map { String($0.prefix(12)) } == [
        "Brekke, Olaf", "Ferreira, Ma", "Hansen, Nils", "Solberg, Ing", "1923b Who Pa", "Tveit, Anna ",
      ])
    #expect(try Samples.document(text).blocks.filter { $0.kind == .heading }.count == 1)
  }
}

/// Notes and numbers at the feet of pages.
@Suite struct FootTests {
  /// Below a note that goes on from the page before stand those that the page before calls.
  @Test func notesAfterACarriedOne() throws {
    let document = try Samples.document(
      Typesetter.pages([
        [
          "the keepers were paid in oil.* The Board did not know of it.† It was told by",
          "a pilot,‡ and it was surprised when the pilot asked for oil too, and would",
          "not pay him.", "", "* The statement of the keeper, made before a court of the harbour in May, is",
          "printed in the Report, and says the contrary of what he had written to the",
          "Board on the eve of the sale; of his letters, only a few have been pub-",
        ],
        [
          "The light was sold on the last day of the year. The buyers had it put out,",
          "although the pilots had asked them to let it burn.*", "",
          "lished, and those with gaps.", "† Report, 345.", "‡ Solberg, Towers, II, 441.",
          "* Ferreira, The Quay, 12.",
        ],
      ]))
    #expect(document.notes.map(\.mark) == ["*", "†", "‡", "*"])
    #expect(document.notes.allSatisfy { $0.anchor != nil })
    #expect(
      document.text(document.notes[0].text).hasSuffix("only a few have been published, and those with gaps."))
  }

  /// Notes that count afresh on each page give no page its number, nor does a chapter's.
  @Test func numbersThatAreNoPages() throws {
    let document = try Samples.document(
      Typesetter.pages([
        [
          "The first tower was built in stone.1 It is short. The second was built of",
          "iron and is taller.2 Both were sold by order of the Board.", "",
          "  1 Keeper to the Board, 3 May 1811.", "  2 Keeper to the Board, 9 June 1813.",
        ],
        [
          "The third tower was never built.1 It is known from a drawing that was",
          "seen at the office,2 and from a bill for the lamp.3", "",
          "  1 Cf. the note of the editor, p. xii.", "  2 Harbour Review, XXI (1813), 12.",
          "  3 The bill is at the office.",
        ],
      ]))
    #expect(document.pages.allSatisfy { $0.printed == nil })
    #expect(document.notes.count == 5)
  }

  /// What stands below a table with "Note" or "Source" before it belongs to the table.
  @Test(arguments: [
    "Note: Amounts at the rate of the day.", "   Source: Solberg 1923, table 4.",
    "Sources.—Books of the office.",
  ])
  func belowATable(_ line: String) throws {
    let document = try Samples.document(
      """
      Table 2. Lights by decade

      Decade      Towers    Keepers paid in oil
      1840s            14             31
      1850s            33             22
      1860s           143              9
      \(line)

         The towers were sold one by one, as the table shows, and each of them was
      sold at a price of its own by the harbour office.
      """)
    #expect(document.blocks.map(\.kind) == [.caption, .table, .caption, .paragraph])
  }
}

/// Texts that have lost their page breaks keep the heads of their pages.
@Suite struct LostPageTests {
  private static let first = [
    "   The keeper of the lighthouse was paid by the ships that passed it, and",
    "he kept a book of what they owed. In the winter of 1871 the book was lost,",
    "and with it the proof of what the harbour had earned in thirty years.",
    "   Nobody asked for the book until the harbour was sold. The buyers, who had",
    "seen the tower and the quay, wanted to see the figures too, and wrote to",
  ]
  private static let second = [
    "the Board, which answered that it had none. The keeper was asked, and he said",
    "that a light is not lit for the sake of figures. He was right, but he was not",
    "paid for it.", "   The tower stands to this day. It is painted once in ten years, by a firm",
    "that has its office in the town, and the figures of the firm are kept in",
  ]

  /// Heads whose numbers count on, in the middle of sentences.
  @Test func headsInTheText() throws {
    let lines =
      Self.first + ["", "                            87", "", "88      THE HARBOUR REVIEW", ""] + Self.second
      + Self.second
      + ["", "                  LIGHTS AND TOLLS, 1840-1871      89", ""] + Self.second + Self.second
      + ["", "90      THE HARBOUR REVIEW", ""] + Self.second + Self.second
    let document = try Samples.document(lines.joined(separator: "\n"))
    #expect(document.furniture.map(\.kind) == [.pageNumber, .head, .head, .head])
    #expect(document.blocks.allSatisfy { $0.kind == .paragraph })
    #expect(!document.blocks.contains { document.text($0.range).contains("REVIEW") })
  }

  /// Numbered headings count on as well, between the end of a paragraph and the beginning of another.
  @Test func headingsAreNone() throws {
    var lines: [String] = []
    for title in ["1      THE KEEPERS", "2      THE LIGHTS", "3      THE TOLLS", "4      THE SALE"] {
      lines += ["", title, ""] + Self.first.dropLast(2) + Self.first.dropLast(2) + Self.first.dropLast(2)
    }
    #expect(try Samples.document(lines.joined(separator: "\n")).furniture.isEmpty)
  }
}
