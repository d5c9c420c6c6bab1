import EmendCheck
import EmendCitation
import EmendLexicons
import EmendModel
import Testing

@Suite("Reference parser")
struct ParserTests {
  static func parser() throws -> ReferenceParser { try ReferenceParser(lexicons: .locate()) }

  /// A reference with its fields marked: `⟦label text⟧`.
  private static func marked(_ reference: Reference) -> String {
    var out = ""
    let bytes = Array(reference.raw.utf8)
    var at = 0
    for field in reference.fields {
      out += String(decoding: bytes[at..<field.range.lowerBound], as: UTF8.self)
      out += "⟦\(field.label.rawValue) \(field.text)⟧"
      at = field.range.upperBound
    }
    return out + String(decoding: bytes[at...], as: UTF8.self)
  }

  @Test(
    "fields of common styles",
    arguments: [
      "⟦author Weaver, R. L.⟧ (⟦date 1987⟧). ⟦title Bargaining in the shadow of tariffs⟧. "
        + "⟦container-title World Politics⟧, ⟦volume 39⟧(⟦issue 4⟧), ⟦pages 512–540⟧.",
      "⟦author Ostrow, Helen⟧. ⟦date 1994⟧. ⟦title The Quiet Negotiators: Trade and Consent⟧. "
        + "⟦location Ithaca⟧: ⟦publisher Cornell University Press⟧.",
      "⟦author J. Harlow⟧, ‘⟦title Courts and the Poor⟧’ (⟦date 1984⟧) ⟦volume 11⟧ "
        + "⟦container-title Journal of Law and Society⟧ ⟦pages 345⟧.",
      "⟦author P. Keel⟧, ⟦title The Ratification Game⟧ (⟦location London⟧: ⟦publisher Macmillan⟧, ⟦date 1971⟧).",
    ])
  func fields(_ expected: String) throws {
    var raw = expected
    for label in Reference.Label.allCases { raw = raw.replacing("⟦\(label.rawValue) ", with: "") }
    raw = raw.replacing("⟧", with: "")
    #expect(Self.marked(try Self.parser().parse(raw)) == expected)
  }

  @Test("fields are slices of the reference, in order, whatever the bytes")
  func slices() throws {
    let parser = try Self.parser()
    var workspace = ReferenceParser.Workspace()
    var random = SeededRandom(seed: 11)
    let pieces = [
      "Weber", ", ", "M.", " (", "1922", "). ", "“", "”", "–", "———", "10.1000/x", "http://a.b/c", "\u{301}",
      "\u{0}",
      "é", "ﬁ", "Ж", "漢", "[", "]", "12", "(3)", "pp. ", "In ", "\u{FFFD}", "  ", "xii", "'", "’s", "@@@",
      "\t",
    ]
    for _ in 0..<400 {
      var raw = ""
      for _ in 0..<random.below(60) { raw += pieces[random.below(pieces.count)] }
      let reference = parser.parse(raw, &workspace)
      let bytes = Array(raw.utf8)
      var at = 0
      for field in reference.fields {
        #expect(field.range.lowerBound >= at)
        #expect(String(decoding: bytes[field.range], as: UTF8.self) == field.text)
        #expect((0...1).contains(field.probability))
        at = field.range.upperBound
      }
    }
  }

  @Test(
    "numbers without end are no pages",
    arguments: [
      "Keel, E. ‘Delegation’ [1998] Cambridge Law Journal 57, \(String(repeating: "9", count: 40)).",
      "Keel, E. ‘Delegation’ 61 Cambridge Law Review \(String(repeating: "9", count: 40)), 12 (1983).",
      "EC, Report on Tolls, COM (2001) \(String(repeating: "9", count: 40)) final, Brussels, 2002.",
    ])
  func endlessNumbers(_ raw: String) throws {
    #expect(try Self.parser().parse(raw).fields.contains { $0.text.contains("9999") })
  }

  @Test("nothing to parse gives no fields", arguments: ["", " ", "...", "—"])
  func nothing(_ raw: String) throws {
    #expect(try Self.parser().parse(raw).fields.isEmpty)
  }

  @Test("a very long line takes time in proportion")
  func longLine() throws {
    let raw = String(repeating: "Weber, M. (1922). ", count: 20_000)
    #expect(try Self.parser().parse(raw).raw.utf8.count == raw.utf8.count)
  }

  @Test("words that no field claims become notes, but for those that join")
  func leftovers() throws {
    let reference = try Self.parser().parse(
      "See also P. Keel, The Ratification Game (London: Macmillan, 1971).")
    #expect(reference.fields.first?.label == .note)
    #expect(reference.fields.first?.text == "See also")
    #expect(reference.authors == [name("Keel", "P.")])
  }

  @Test("tags of markup are no words, and a less-than sign is no tag")
  func markup() throws {
    let parser = try Self.parser()
    let marked = parser.parse(
      "Weaver, R. L. (1987). Bargaining in the shadow. <i>World Politics</i>, <b>39</b>(4), 512–540.")
    #expect(marked.first(.containerTitle) == "World Politics")
    #expect(marked.first(.volume) == "39")
    #expect(
      parser.parse("Keel, P. 1971. Prices < wages and > rents. London: Macmillan.").first(.date) == "1971")
  }

  @Test("a journal that runs into the title is found by its volume")
  func container() throws {
    let reference = try Self.parser().parse(
      "Harlow, J., The quiet bargain of the guilds. Nordisk Arkiv foer Handelshistorie, v. 91, pp. 73-86. 1982."
    )
    #expect(reference.first(.containerTitle) == "Nordisk Arkiv foer Handelshistorie")
  }

  @Test("the same reference gives the same fields whatever was parsed before")
  func workspace() throws {
    let parser = try Self.parser()
    var workspace = ReferenceParser.Workspace()
    let raws = [
      "Weaver, R. L. (1987). Bargaining in the shadow of tariffs. World Politics, 39(4), 512–540.",
      "J. Harlow, ‘Courts and the Poor’ (1984) 11 Journal of Law and Society 345.", "Ibid., p. 3.",
    ]
    let training = try ReferenceTraining(lexicons: .locate())
    let facts = try raws.map {
      try #require(
        TaggedLine.read("<author>Keel, Olu</author> <title>\($0)</title> <publisher>Quill</publisher>"))
    }
    let made = try training.synthetic(150, from: facts, seed: 3).map {
      String(decoding: $0.raw, as: UTF8.self)
    }
    for raw in raws + made + raws.reversed() {
      #expect(parser.parse(raw, &workspace) == parser.parse(raw))
    }
  }

  @Test(
    "letters read for digits, years torn apart, cue words misread",
    arguments: [
      (
        "Weaver, R. L. (l987). Bargaining in the shadow of tariffs. World Politics, 39(4), 5l2–540.",
        Reference.Label.date, "l987", "1987"
      ),
      (
        "Weaver, R. L. (1987). Bargaining in the shadow of tariffs. World Politics, 39(4), 5l2–540.", .pages,
        "5l2–540", nil
      ),
      (
        "Ostrow, H. (19 94). The quiet negotiators. Ithaca: Cornell University Prcss.", .date, "19 94", "1994"
      ),
      (
        "Ostrow, H. (1994). The quiet negotiators. Itbaca: Corncll Umversity Prcss.", .publisher,
        "Corncll Umversity Prcss", nil
      ),
      ("Keel, P. 1971. The Ratification Game. World Politics 23: l)p. 12–30.", .pages, "l)p. 12–30", nil),
      ("J. Harlow, op. eit., n. 3, p. 9.", .pages, "p. 9", nil),
    ] as [(String, Reference.Label, String, String?)])
  func damaged(_ raw: String, _ label: Reference.Label, _ text: String, _ normal: String?) throws {
    let field = try #require(try Self.parser().parse(raw).fields.first { $0.label == label })
    #expect(field.text == text)
    if let normal { #expect(field.normal == normal) }
  }

  @Test(
    "a field takes in both quotation marks or neither",
    arguments: [
      (
        "Weaver, Ruth. 2019. “The Quiet Tariff”: Bargaining on the Lower Elbe. World Politics 25(2): 335–59.",
        "“The Quiet Tariff”: Bargaining on the Lower Elbe"
      ),
      (
        "Weaver, Ruth. 2019. \"The Quiet Tariff\": Bargaining on the Lower Elbe. World Politics 25(2): 335–59.",
        "\"The Quiet Tariff\": Bargaining on the Lower Elbe"
      ),
      ("Weaver, Ruth. 2019. “The Quiet Tariff.” World Politics 25(2): 335–59.", "The Quiet Tariff"),
    ])
  func quotes(_ raw: String, _ title: String) throws {
    #expect(try Self.parser().parse(raw).first(.title) == title)
  }

  @Test("numbers with letters of their own are left alone")
  func lettersOfNumbers() throws {
    let parser = try Self.parser()
    #expect(
      parser.parse("Keel, P. 1971b. The Ratification Game. London: Macmillan.").fields.first {
        $0.label == .date
      }?
      .normal == "1971b")
    let film = parser.parse("Harlow, J. (1984). Courts in the 1960s. World Politics, 39(4), 12–30.")
    #expect(film.first(.title) == "Courts in the 1960s")
  }

  @Test("references of notes: first citations, short titles, reports, theses, newspapers")
  func notes() throws {
    let gold = try GoldReader.read(path: Fixture.root + "Corpus/references/notes.txt")
    let parser = try Self.parser()
    let labels = ReferenceCheck.labels(of: gold)
    var check = ReferenceCheck()
    for reference in gold {
      check.add(reference, parser.parse(String(decoding: reference.raw, as: UTF8.self)), labels: labels)
    }
    #expect(gold.count == 72)
    #expect(check.total.f1 > 0.925)
  }

  @Test(
    "references as lists and notes print them, by field",
    arguments: [("social-science", 0.95, 0.85), ("humanities", 0.93, 0.75), ("law-notes", 0.95, 0.85)])
  func samples(_ name: String, _ leastF1: Double, _ leastWhole: Double) throws {
    let gold = try GoldReader.read(path: Fixture.root + "Corpus/references/\(name).txt")
    let parser = try Self.parser()
    let labels = ReferenceCheck.labels(of: gold)
    var check = ReferenceCheck()
    for reference in gold {
      check.add(reference, parser.parse(String(decoding: reference.raw, as: UTF8.self)), labels: labels)
    }
    #expect(gold.count > 150)
    #expect(check.total.f1 > leastF1)
    #expect(check.wholeShare > leastWhole)
  }

  @Test(
    "what the words beside a field tell",
    arguments: [
      // Series in brackets that open in the title, container behind a quoted title, editors by one role.
      (
        "H. Keel, The Quiet Tariff: A Study (Studies in Trade 8; Berlin: de Gruyter, 1926) 174-86.",
        Reference.Label.collectionTitle, "Studies in Trade"
      ),
      (
        "Ada Keel, ‘Toll Bridges’, The New Dictionary of Roads, 2nd edn (London, 2001), 485–93.",
        .containerTitle,
        "The New Dictionary of Roads"
      ),
      ("Keel, Ada & Ostrow, Olu (1989) (eds.) Barter and Value. London: Macmillan.", .date, "1989"),
      ("W. Keel, Toll Bridges (London, 1982), p. 33.", .location, "London"),
      ("Keel, K. (1976 ed.) Tolls: A Critique. Harmondsworth: Penguin.", .author, "Keel, K."),
      (
        "Keel, H. L. (1986) ‘Toll’, Bridge and Ferry. Chicago: University of Chicago Press.", .title,
        "‘Toll’, Bridge and Ferry"
      ),
      (
        "Phillips, U. Bonnell, Toll Bridges of the South (New York: Appleton, 1918).", .author,
        "Phillips, U. Bonnell"
      ),
      (
        "Keel, W. 1990. Whither the Toll Bridge (And What Next?). London: Sage.", .title,
        "Whither the Toll Bridge (And What Next?)"
      ),
      ("E. Keel, ‘Delegation of Tolls’ [1998] Cambridge Law Journal 57, 345–67.", .pages, "345–67"),
      ("Keel, E. W. Scarcity, Value and Trade. London: Sage, 1990.", .title, "Scarcity, Value and Trade"),
      ("Keel, E. W. Bridges, New York, Vintage, 1979.", .title, "Bridges"),
      ("F. Harlow, E. W. Keel, Toll Bridges, New York, Vintage, 1979.", .author, "F. Harlow, E. W. Keel"),
      ("Keel, J. Calvin. 1990. The quiet tariff. London: Sage.", .author, "Keel, J. Calvin"),
      (
        "A. Keel and O. Ostrow (eds.), Barter and Value: A Reader, 3 vols. (Oxford, 1950).", .title,
        "Barter and Value: A Reader"
      ),
      ("Home Office (2002) Safer Bridges, Cm 5387, London: The Stationery Office.", .title, "Safer Bridges"),
      (
        "Keel, A. 2003. A quiet tariff. In Proceedings of the Tenth Meeting, pages 12–18, Toronto, June.",
        .location,
        "Toronto"
      ),
      (
        "Palmer, C. 1999. oll bridges again in R. Keel and P. Ostrow, eds,Barter: A Reader, Cambridge, MA: The MIT Press.",
        .containerTitle, "Barter: A Reader"
      ),
      ("R. Harlow, The Poor at Law (1986) ch. 4.", .pages, "ch. 4"),
      ("R. Harlow, ‘The Poor at Law’ (1998) 61 MLR 11, 12–13.", .pages, "11"),
      (
        "Keel, W. 1975. The Toll Bridge. Princet\u{6F}n: Princeton University Press1975.", .publisher,
        "Princeton University Press"
      ),
    ] as [(String, Reference.Label, String)])
  func details(_ raw: String, _ label: Reference.Label, _ text: String) throws {
    #expect(try Self.parser().parse(raw).first(label) == text)
  }

  @Test("names are split into family and given")
  func names() {
    let table: [(String, [PersonName])] = [
      ("Weaver, R. L., & Ostrow, H.", [name("Weaver", "R. L."), name("Ostrow", "H.")]),
      ("Keel, Peter B., and Ann Harlow", [name("Keel", "Peter B."), name("Harlow", "Ann")]),
      ("J. Harlow and P. van der Keel", [name("Harlow", "J."), name("van der Keel", "P.")]),
      ("Ostrow HM, Keel P", [name("Ostrow", "HM"), name("Keel", "P")]),
      ("Helen Ostrow (ed.)", [name("Ostrow", "Helen")]),
      ("Ostrow", [PersonName(family: "Ostrow")]),
      ("Keel, P., Jr.", [PersonName(family: "Keel", given: "P.", suffix: "Jr.")]),
      ("United Nations", [PersonName(family: "United Nations")]),
      (
        "Ministry of Finance, Planning Division",
        [PersonName(family: "Ministry of Finance, Planning Division")]
      ),
      ("Ann Harlow and World Bank", [name("Harlow", "Ann"), PersonName(family: "World Bank")]),
      ("Bank, Dov", [name("Bank", "Dov")]),
      ("Keel, E. B., and Y. Harlow", [name("Keel", "E. B."), name("Harlow", "Y.")]),
      (
        "Ostrow, Y., E. Weaver y A. Palmer",
        [name("Ostrow", "Y."), name("Weaver", "E."), name("Palmer", "A.")]
      ),
      ("Keel A, Harlow AH, Ostrow ED", [name("Keel", "A"), name("Harlow", "AH"), name("Ostrow", "ED")]),
      ("Smith, Edith, ed", [name("Smith", "Edith")]),
      ("Ó Murchú, Eoin", [name("Ó Murchú", "Eoin")]),
      ("Eoin Ó Murchú and Ada Ní Dhomhnaill", [name("Ó Murchú", "Eoin"), name("Ní Dhomhnaill", "Ada")]),
      ("Keel, Ada, with the assistance of Olu Ostrow", [name("Keel", "Ada"), name("Ostrow", "Olu")]),
    ]
    for (text, expected) in table { #expect(NameList.split(text) == expected, "\(text)") }
  }

  @Test(
    "the names of bodies are not turned round",
    arguments: [
      ("Harbour Court of Human Rights", ["Harbour Court of Human Rights"]),
      ("Civil Rights Watch", ["Civil Rights Watch"]),
      ("Sailors without Ports", ["Sailors without Ports"]),
      ("U.S. Congress. House. Committee on Harbours", ["U.S. Congress. House. Committee on Harbours"]),
      (
        "Organisation for Harbour Co-operation and Dredging",
        ["Organisation for Harbour Co-operation and Dredging"]
      ),
      ("Department of Health & Human Services", ["Department of Health & Human Services"]),
      ("Committee on Docks, Housing, and Urban Affairs", ["Committee on Docks, Housing, and Urban Affairs"]),
      ("Fish and Tariff Commission", ["Fish and Tariff Commission"]),
      ("Ministry of Labour and Bank of Elba", ["Ministry of Labour", "Bank of Elba"]),
      ("Keel, Ada, and Ministry of Finance", ["Keel", "Ministry of Finance"]),
      ("OECD and World Bank", ["OECD", "World Bank"]),
      ("Ministerio de Economía y Hacienda", ["Ministerio de Economía y Hacienda"]),
    ])
  func bodies(_ text: String, _ families: [String]) {
    #expect(NameList.split(text).map(\.family) == families)
  }

  private func name(_ family: String, _ given: String) -> PersonName {
    PersonName(family: family, given: given)
  }

  @Test("normal forms stand beside the raw text")
  func normals() throws {
    let reference = try Self.parser().parse(
      "Weaver, R. L. (1987a). Bargaining in the shadow of tariffs. World Politics, 39(4), 512–40.")
    #expect(reference.fields.first { $0.label == .pages }?.normal == "512-540")
    #expect(reference.fields.first { $0.label == .date }?.normal == "1987a")
    #expect(reference.type == "article-journal")
  }
}
