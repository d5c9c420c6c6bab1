import EmendCorpus
import EmendModel
import FoundationEssentials
import GRDB
import Testing

@Suite struct QueriesTests {
  /// A corpus of two essays.
  func corpus() throws -> (Corpus, ScratchFolder) {
    let folder = ScratchFolder()
    let writer = try CorpusWriter(folder: folder.path)
    for name in ["a", "b"] { try writer.add(edition: Essay.edition(id: name), stamp: "1") }
    try writer.finish()
    return (try Corpus(folder: folder.path), folder)
  }

  @Test(
    arguments: [
      // Query, label, then document, page, line, match of the first hit, and the number of hits.
      ("cable", nil, "a", "13", 2, "cable", 2),
      ("THREATEN*", nil, "a", "13", 2, "threatened", 2),
      // Joined over a page start: the second page and its line.
      ("significant", nil, "a", "14", 5, "significant", 2),
      ("\"better off\"", nil, "a", "14", 6, "better off", 2),
      ("landing-sites", nil, "a", "13", 3, "landing sites", 2),
      ("agreement OR cable", "mechanism/contracting", "a", "14", 5, "agreement", 2),
      ("cable", "mechanism/contracting", nil, "", 0, "", 0),
      // No name of a column, but two words beside each other.
      ("sites:cable", nil, nil, "", 0, "", 0),
      ("landing:sites", nil, "a", "13", 3, "landing sites", 2),
      (nil, "mechanism", "a", "13", 2, "threatened", 4),
      (nil, "role/initiator", "a", "13", 2, "Britain", 2),
    ] as [(String?, String?, String?, String, Int, String, Int)])
  func concordance(
    query: String?, label: String?, document: String?, page: String, line: Int, match: String, count: Int
  ) throws {
    let (corpus, folder) = try corpus()
    defer { withExtendedLifetime(folder) {} }
    var selection = Selection()
    if let label { selection.add(.label, label) }
    let hits = try corpus.concordance(ConcordanceQuery(query: query, selection: selection))
    #expect(hits.count == count)
    #expect(hits.first?.document == document)
    if let hit = hits.first {
      #expect(hit.pageLabel == page)
      #expect(hit.line == line)
      #expect(hit.match == match)
    }
  }

  @Test func contextIsCutAtTheWidthAndSortedByTheWordsBeside() throws {
    let (corpus, folder) = try corpus()
    defer { withExtendedLifetime(folder) {} }
    let hits = try corpus.concordance(ConcordanceQuery(query: "the OR an", width: 12, sort: .right))
    #expect(hits.allSatisfy { $0.left.count <= 12 && $0.right.count <= 12 })
    let words = hits.map { $0.right.lowercased().split { !$0.isLetter }.map(String.init) }
    #expect(words == words.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(try corpus.concordance(ConcordanceQuery(query: "the", limit: 1)).count == 1)
  }

  @Test(arguments: [
    (
      "label=mechanism/coersion",
      "the corpus has no label mechanism/coersion; emend table CORPUS --rows label lists"
    ),
    ("label=threat", "the corpus has no label threat"),
    ("kind=nosuch", "there is no kind nosuch; there are title, heading,"),
    ("grade=middling", "there is no grade middling; there are poor, fair, good, excellent"),
    ("document=c", "the corpus has no document c"),
  ])
  func aConditionOnWhatTheCorpusLacksIsRefused(condition: String, message: String) throws {
    let (corpus, folder) = try corpus()
    defer { withExtendedLifetime(folder) {} }
    let selection = try Selection(parsing: [condition])
    let calls: [() throws -> Void] = [
      { _ = try corpus.concordance(ConcordanceQuery(query: "cable", selection: selection)) },
      { _ = try corpus.documents(where: selection) },
      { _ = try corpus.dispersion(of: selection) },
      { _ = try corpus.actorNetwork(where: selection) },
      { _ = try corpus.keyness(of: selection) },
    ]
    for call in calls {
      let error = #expect(throws: CorpusError.self) { try call() }
      #expect(error?.description.hasPrefix(message) == true)
    }
  }

  @Test(arguments: [
    "actor=nobody", "work=nobody-1900", "section=Nowhere", "kind=verse", "page=999", "document=z*",
  ])
  func aConditionMayFindNothing(condition: String) throws {
    let (corpus, folder) = try corpus()
    defer { withExtendedLifetime(folder) {} }
    let selection = try Selection(parsing: [condition])
    let hits = try corpus.concordance(ConcordanceQuery(query: "cable", selection: selection))
    #expect(hits.isEmpty)
    #expect(try corpus.concordance(ConcordanceQuery(query: "cable")).count == 2)
  }

  @Test func yearsAndPagesStandInTheirOwnOrder() throws {
    let (corpus, folder) = try corpus()
    defer { withExtendedLifetime(folder) {} }
    for name in ["page", "year"] {
      let table = try corpus.crossTable(
        rows: Dimension(name, in: corpus), columns: Dimension("document", in: corpus), within: .sentence)
      let values = table.rowTotals.compactMap { Int($0.value) }
      #expect(!values.isEmpty)
      #expect(values == values.sorted())
    }
  }

  @Test func aQueryThatMakesNoSenseIsRefused() throws {
    let (corpus, folder) = try corpus()
    defer { withExtendedLifetime(folder) {} }
    #expect(throws: CorpusError.self) { try corpus.concordance(ConcordanceQuery(query: "a AND")) }
    #expect(throws: CorpusError.self) { try Selection(parsing: ["colour=red"]) }
    #expect(throws: CorpusError.self) { try Dimension("colour", in: corpus) }
  }

  @Test func tablesCountAndQuote() throws {
    let (corpus, folder) = try corpus()
    defer { withExtendedLifetime(folder) {} }
    let table = try corpus.crossTable(
      rows: Dimension("initiator", in: corpus), columns: Dimension("mechanism", in: corpus),
      within: .sentence,
      passages: true)
    #expect(table.units == 10)
    #expect(table.columnTotals.map(\.value) == ["mechanism/coercion", "mechanism/contracting"])
    #expect(table.cells.map(\.count) == [2, 0])
    // 2 of 10 sentences have the row's value, 2 the column's: log₂(2 ÷ 0.4).
    #expect(abs(table.cells[0].association - 2.3219) < 0.0001)
    #expect(table.cells[0].passages.map(\.pageLabel) == ["13", "13"])
    #expect(table.cells[0].passages.first?.text.hasPrefix("Britain threatened") == true)
    #expect(
      table.text(passages: false).split(separator: "\n").prefix(3)
        == [
          "          coercion  contracting  all", "external  2 (100%)            ·    2",
          "all              2            2   10",
        ])
  }

  @Test(arguments: [
    ("section", "document", ["The Wires of Empire", "References"]),
    ("actor", "section", ["uk"]), ("year", "document", ["1991"]), ("author", "work", ["Headrick"]),
    ("page", "kind", ["13", "14"]),
    ("label", "document", ["mechanism/coercion", "mechanism/contracting", "role/initiator/external"]),
  ])
  func anyTwoFields(rows: String, columns: String, expected: [String]) throws {
    let (corpus, folder) = try corpus()
    defer { withExtendedLifetime(folder) {} }
    let table = try corpus.crossTable(
      rows: Dimension(rows, in: corpus), columns: Dimension(columns, in: corpus))
    #expect(Set(table.rowTotals.map(\.value)).isSubset(of: expected))
    #expect(!table.rowTotals.isEmpty)
    #expect(table.cells.contains { $0.count > 0 })
  }

  @Test func aPassageHoldsWhatItsSentencesHold() throws {
    let (corpus, folder) = try corpus()
    defer { withExtendedLifetime(folder) {} }
    let table = try corpus.crossTable(
      rows: Dimension("initiator", in: corpus), columns: Dimension("mechanism", in: corpus), within: .passage)
    #expect(table.units == 6)
    #expect(table.cells.map(\.count) == [2, 2])
  }

  /// The questions of the manual, each run as it stands there.
  @Test func theQuestionsOfTheManualHaveAnswers() throws {
    let (_, folder) = try corpus()
    let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    let page = root + "/Sources/EmendCorpus/EmendCorpus.docc/CorpusSchema.md"
    let manual = String(decoding: try Data(contentsOf: URL(filePath: page)), as: UTF8.self)
    let questions = manual.split(separator: "```sql\n").dropFirst().compactMap {
      $0.split(separator: "```").first
    }
    #expect(questions.count == 10)
    let queue = try DatabaseQueue(path: folder.file("corpus.sqlite"))
    for question in questions {
      let rows = try queue.read { try Row.fetchAll($0, sql: String(question)) }
      #expect(!rows.isEmpty, "\(question)")
    }
  }
}
