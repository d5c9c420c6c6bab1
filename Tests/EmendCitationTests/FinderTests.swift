import EmendCitation
import EmendLexicons
import Testing

@Suite("Finder of reference lists and references in notes")
struct FinderTests {
  @Test("heads and numbers of pages are none of the entries on them")
  func pages() throws {
    let finder = try ReferenceFinder(lexicons: .locate())
    let names = [
      "Ames", "Bell", "Cole", "Dunn", "Egan", "Frost", "Gale", "Hale", "Irwin", "Jones", "Keel", "Lowe",
    ]
    var lines: [ReferenceFinder.FinderLine] = [line("References")]
    for (number, name) in (names + names.map { $0 + "son" }).sorted().enumerated() {
      if number % 4 == 3 {
        lines.append(line("                              \(90 + number)", blanks: 2))
        lines.append(line("Bridges and tolls on the lower river", pageStarts: true))
        lines.append(line("Ada Harlow, PhD dissertation"))
      }
      lines.append(
        line(
          "\(name), J. and O. Ostrow (19\(50 + number)). \"The quiet tariff and its makers on the", blanks: 1)
      )
      lines.append(line("lower river.\" World Politics \(20 + number)(2): 335-59."))
    }
    let entries = finder.groups(finder.labels(lines), lines).map(\.lines)
    #expect(entries.count == 24)
    #expect(entries.allSatisfy { $0.count == 2 })
  }

  private func line(_ text: String, blanks: Int = 0, pageStarts: Bool = false) -> ReferenceFinder.FinderLine {
    .init(text: Array(text.utf8), blanks: blanks, pageStarts: pageStarts)
  }

  @Test("several references in one note, signal phrases apart")
  func notes() throws {
    let notes = try NoteReferences(lexicons: .locate())
    let table: [(String, [String])] = [
      (
        "See Ostrow, The Quiet Negotiators (Ithaca, 1994), p. 12; for an exception see Keel 1971, 30.",
        ["Ostrow, The Quiet Negotiators (Ithaca, 1994), p. 12", "Keel 1971, 30."]
      ),
      ("Ibid., p. 44.", ["Ibid., p. 44."]),
      ("The point is an old one and it has been made by many others before.", []),
      (
        "Keel, op. cit., n. 3, p. 9; Ostrow, supra note 12, at 45.",
        ["Keel, op. cit., n. 3, p. 9", "Ostrow, supra note 12, at 45."]
      ),
      (
        "Compare Jonas Keel, “Three Theories,” World Politics 52 (1999): 88–91, with Helen Ostrow and Ada Palmer, "
          + "“Chambers,” World Politics 57 (2003): 401–33.",
        [
          "Jonas Keel, “Three Theories,” World Politics 52 (1999): 88–91,",
          "Helen Ostrow and Ada Palmer, “Chambers,” World Politics 57 (2003): 401–33.",
        ]
      ),
      (
        "Helen Ostrow, Courts without Judges (Cambridge, 2004) ch. 3; P. van der Keel, ‘Arbiters’ (1998) 18 "
          + "Journal of Law and Society 211.",
        [
          "Helen Ostrow, Courts without Judges (Cambridge, 2004) ch. 3",
          "P. van der Keel, ‘Arbiters’ (1998) 18 Journal of Law and Society 211.",
        ]
      ),
      (
        "The point is made most clearly by Edith Ostrow, Village and Crown (Leicester, 1959), p. 12.",
        ["Edith Ostrow, Village and Crown (Leicester, 1959), p. 12."]
      ),
      (
        "The text is printed in Edith Ostrow, The Chart of the Harbour, 4 vols. (London, 1875-91), IV, 3005-14.",
        ["Edith Ostrow, The Chart of the Harbour, 4 vols. (London, 1875-91), IV, 3005-14."]
      ),
      (
        "Ostrow, diary, 3 February 1923, as cited in Klemens Quist, Edith Ostrow (Princeton, 1972), 214.",
        ["Ostrow, diary, 3 February 1923,", "Klemens Quist, Edith Ostrow (Princeton, 1972), 214."]
      ),
      (
        "I develop the point in Tomas Weaver, The Meantime, 14 Harbour J. Law 22 (2003). Id. at 23.",
        ["Tomas Weaver, The Meantime, 14 Harbour J. Law 22 (2003).", "Id. at 23."]
      ),
      ("The treaty was signed by all in London, on 3 May 1921, and it lapsed in the year after.", []),
    ]
    for (text, expected) in table {
      let bytes = Array(text.utf8)
      let found = notes.split(text).filter(\.isReference).map {
        String(decoding: bytes[$0.range], as: UTF8.self)
      }
      #expect(found == expected, "\(text)")
    }
  }

  @Test("parts of a note do not overlap, whatever the bytes")
  func parts() throws {
    let notes = try NoteReferences(lexicons: .locate())
    var random = SeededRandom(seed: 3)
    let pieces = [
      "See ", "Keel", ", ", "1971", "; ", ". ", "(", ")", "“", "cf. ", "é", "\u{301}", "p. 3", "ibid.",
    ]
    for _ in 0..<300 {
      var text = ""
      for _ in 0..<random.below(40) { text += pieces[random.below(pieces.count)] }
      var at = 0
      for part in notes.split(text) {
        #expect(part.range.lowerBound >= at)
        #expect(part.range.upperBound <= text.utf8.count)
        at = part.range.upperBound
      }
    }
  }

  @Test("a list with a line for each entry, as converters write it")
  func unwrappedList() throws {
    let finder = try ReferenceFinder(lexicons: .locate())
    let prose =
      "The chamber had voted on the tariff for three sessions, and each time the same delegates had stayed away "
      + "because they had been told that nothing would come of it before the harvest was in and the roads were dry."
    let entries = [
      "Harlow, Jane, and Olu Keel. 1984. Courts and the Poor: Justice in Three Valleys. London: Macmillan.",
      "Keel, Olu. 1971. The Ratification Game. Ithaca: Cornell University Press.",
      "———. 1975. “Why Chambers Vote.” American Political Science Review 84 (2): 12–30.",
      "Ostrow, Helen. 1994. The Quiet Negotiators: Trade and Consent. Oxford: Clarendon Press.",
      "Palmer, Ada. 1990. “Delegates and Harvests.” Journal of Law and Society 11: 345–360.",
      "Weaver, R. L. 1987. “Bargaining in the Shadow of Tariffs.” World Politics 39: 512–40.",
    ]
    let texts = [String](repeating: prose, count: 8) + ["References"] + entries
    let lines = texts.map {
      ReferenceFinder.FinderLine(text: Array($0.utf8), blanks: 1, pageStarts: false)
    }
    let groups = finder.groups(finder.labels(lines), lines)
    #expect(groups.map(\.lines) == (9..<15).map { [$0] })
  }

  @Test("entries of a flush list between running text")
  func list() throws {
    let finder = try ReferenceFinder(lexicons: .locate())
    let entries = [
      ["Harlow, J. 1984. “Courts and the Poor.” Journal of Law and", "Society 11: 345–360."],
      ["Keel, P. 1971. The Ratification Game. London: Macmillan."],
      ["Ostrow, H. 1994. The Quiet Negotiators: Trade and Consent. Ithaca:", "Cornell University Press."],
      ["Palmer, A. 1990. “Why Chambers Vote.” American Political Science", "Review 84: 12–30."],
      ["Weaver, R. L. 1987. “Bargaining in the Shadow of Tariffs.” World", "Politics 39: 512–40."],
    ]
    let prose = Array(
      repeating: "the committee met again in the spring and found that it could not agree on what it wanted",
      count: 30)
    let lines = prose + ["References"] + entries.flatMap { $0 }
    let input = lines.map { ReferenceFinder.FinderLine(text: Array($0.utf8), blanks: 0, pageStarts: false) }
    let labels = finder.labels(input)
    let found = finder.groups(labels, input).map { $0.lines.map { lines[$0] } }
    #expect(found == entries)
  }

  @Test("paragraphs of one line that cite in every sentence are no list")
  func citingParagraphs() throws {
    let finder = try ReferenceFinder(lexicons: .locate())
    let text =
      "The chambers have been studied for decades (Keel 1971; Harlow and Ostrow 1984). As Palmer (1990, 12–30) argues, "
      + "they do not want what they say, and Weaver (1987: 512) shows that the same was true of the guilds in the years "
      + "before the war (Ostrow 1994, p. 7). It is of course hard to tell what a delegate wants when all that is left "
      + "of him is a vote (see also Keel 1975)."
    let input = (0..<6).map { _ in
      ReferenceFinder.FinderLine(text: Array(text.utf8), blanks: 1, pageStarts: false)
    }
    #expect(finder.labels(input).allSatisfy { $0 == .outside })
  }

  @Test("under a heading the layout tells the entries of a list whose lines look like entries themselves")
  func layout() throws {
    let finder = try ReferenceFinder(lexicons: .locate())
    var input: [ReferenceFinder.FinderLine] = []
    func add(_ text: String, _ blanks: Int) {
      input.append(ReferenceFinder.FinderLine(text: Array(text.utf8), blanks: blanks, pageStarts: false))
    }
    add("References", 2)
    for (index, name) in [
      "Adler", "Brandt", "Carver", "Dorn", "Egger", "Frost", "Gessner", "Harlow", "Keel", "Lang",
      "Moser", "Novak", "Ostrow", "Palmer",
    ].enumerated() {
      add("\(name), P., M. L. Weaver, T. K. Quist, A. Tanaka, S. Okafor, W.-M. Chen, J. Lindqvist and D.", 1)
      add(
        "Chandra, K. M. Hubb and D. P. Moor (19\(70 + index)). “The cables of \(name) and their rates.” Revue",
        0)
      add("of \(name) Studies \(20 + index)(2): 512–540.", 0)
    }
    let groups = finder.groups(finder.labels(input), input).map(\.lines)
    #expect(groups == (0..<14).map { [3 * $0 + 1, 3 * $0 + 2, 3 * $0 + 3] })
  }

  @Test("under a damaged heading a few numbered entries are found, with or without a year")
  func numbered() throws {
    let finder = try ReferenceFinder(lexicons: .locate())
    let prose = Array(
      repeating: "the committee met again in the spring and found that it could not agree on what it wanted",
      count: 30)
    for heading in ["REFERENCFS", "R E F E R E N C E S", "Refer ences", "Notes and References"] {
      let entries = [
        ["[1] P. Keel, “The cables of Quill and their rates.” Quill", "Papers 12 (1971), 3–9."],
        ["[2] Standard for Tariff Tables, Quill Institute."], ["[3] http://www.example.org/tariffs.html"],
      ]
      let lines = prose + [heading] + entries.flatMap { $0 }
      let input = lines.map {
        ReferenceFinder.FinderLine(text: Array($0.utf8), blanks: 0, pageStarts: false)
      }
      let found = finder.groups(finder.labels(input), input).map { $0.lines.map { lines[$0] } }
      #expect(found == entries, "\(heading)")
    }
  }

  @Test(
    "a numbered list ends its pages with their numbers, and volumes at the beginning of a line number no entry"
  )
  func pageNumbers() throws {
    let finder = try ReferenceFinder(lexicons: .locate())
    var input: [ReferenceFinder.FinderLine] = []
    func add(_ text: String, _ blanks: Int, _ pageStarts: Bool = false) {
      input.append(
        ReferenceFinder.FinderLine(text: Array(text.utf8), blanks: blanks, pageStarts: pageStarts))
    }
    add("References", 2)
    var expected: [[Int]] = []
    for index in 0..<16 {
      let first = input.count
      add(
        "[\(index + 1)] A. Keel and P. Weaver, “The tariffs of the Quill harbour and their uses,” Quill Papers",
        1,
        index % 4 == 0)
      // The volume is the number that the next entry has.
      add("    \(index + 2), no. 3, pp. 12–30, 19\(60 + index).", 0)
      expected.append([first, first + 1])
      if index % 4 == 3 { add("                    \(101 + index / 4)", 2) }
    }
    #expect(finder.groups(finder.labels(input), input).map(\.lines) == expected)
  }

  @Test("a running head within an entry is no part of it")
  func runningHead() throws {
    let finder = try ReferenceFinder(lexicons: .locate())
    let names = [
      "Adler", "Brandt", "Carver", "Dorn", "Egger", "Frost", "Gessner", "Harlow", "Keel", "Lang", "Moser",
      "Novak",
    ]
    var lines = Array(
      repeating: "the committee met again in the spring and found that it could not agree on what it wanted",
      count: 30)
    lines.append("References")
    for (index, name) in names.enumerated() {
      lines.append("\(name), Ada. 19\(60 + index). “The Bargains of \(name) and Their Rates.” Journal of")
      if index == 6 { lines.append("212   THE QUIET HARBOUR") }
      lines.append("Law and Society \(10 + index)(2): 512–540.")
    }
    let entries = finder.find(Fixture.document(lines)).map(\.text)
    #expect(
      entries
        == names.enumerated().map { index, name in
          "\(name), Ada. 19\(60 + index). “The Bargains of \(name) and Their Rates.” Journal of "
            + "Law and Society \(10 + index)(2): 512–540."
        })
  }

  @Test("a note at the foot of a page within an entry is no part of it")
  func footnote() throws {
    let finder = try ReferenceFinder(lexicons: .locate())
    let names = [
      "Adler", "Brandt", "Carver", "Dorn", "Egger", "Frost", "Gessner", "Harlow", "Keel", "Lang", "Moser",
      "Novak",
    ]
    var input: [ReferenceFinder.FinderLine] = []
    func add(_ text: String, _ blanks: Int = 0, page: Bool = false, note: Bool = false) {
      input.append(
        ReferenceFinder.FinderLine(text: Array(text.utf8), blanks: blanks, pageStarts: page, isNote: note))
    }
    add("References", 2)
    var expected: [[Int]] = []
    for (index, name) in names.enumerated() {
      let first = input.count
      add("\(name), Ada. 19\(60 + index). The Bargains of \(name) and Their Rates in the")
      var second = first + 1
      if index == 6 {
        add("  5. For the later history, see Keel 2008. The cable of the harbour", 1, note: true)
        add("is treated in Harlow 2002, 1677-96.", note: true)
        second = first + 3
      }
      add("     Harbour. London: Macmillan.", page: index == 6)
      expected.append([first, second])
    }
    #expect(finder.groups(finder.labels(input), input).map(\.lines) == expected)
  }

  @Test("no list in running text")
  func noList() throws {
    let finder = try ReferenceFinder(lexicons: .locate())
    let line = "the committee met again in the spring of 1987 and found that it could not agree (Keel 1971)"
    let input = (0..<200).map { _ in
      ReferenceFinder.FinderLine(text: Array(line.utf8), blanks: 0, pageStarts: false)
    }
    #expect(finder.labels(input).allSatisfy { $0 == .outside })
  }
}
