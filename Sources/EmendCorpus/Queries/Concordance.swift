import Dispatch
import EmendModel
import FoundationEssentials
import GRDB

/// What a concordance is asked for.
public struct ConcordanceQuery: Sendable {
  /// The order of the hits.
  public enum Sort: String, Sendable, CaseIterable {
    /// As they stand in the corpus.
    case position
    /// By the words after the match.
    case right
    /// By the words before the match, the nearest first.
    case left
  }

  /// Words in the query language of FTS5; nil for all sentences that the selection picks.
  public var query: String?
  /// Labels, actors, sections, documents …
  public var selection: Selection
  /// Characters of context on each side.
  public var width: Int
  public var sort: Sort
  /// At most so many hits, in the order of the corpus; nil for all.
  public var limit: Int?
  /// Whether hits carry their sentence with its labels and actors: three look-ups each.
  public var details: Bool

  public init(
    query: String? = nil, selection: Selection = Selection(), width: Int = 40, sort: Sort = .position,
    limit: Int? = nil, details: Bool = true
  ) {
    self.query = query
    self.selection = selection
    self.width = width
    self.sort = sort
    self.limit = limit
    self.details = details
  }
}

/// A key word in its context, with its place.
public struct ConcordanceHit: Sendable, Equatable {
  public var document: String
  /// Page of the file, from 1.
  public var page: Int
  /// Page to quote.
  public var pageLabel: String
  /// Line of the source.
  public var line: Int
  public var section: String
  /// Kind of the passage.
  public var kind: String
  public var left: String
  public var match: String
  public var right: String
  /// Name of the sentence; empty where the passage has none.
  public var id: String
  /// The whole sentence; empty without `details`, as labels and actors are.
  public var sentence: String
  public var labels: [String]
  public var actors: [String]
}

extension Corpus {
  /// Key words in context.
  ///
  /// ```swift
  /// try corpus.concordance(.init(query: "\"landing sites\""))  // left "…to close its ", match "landing sites"
  /// ```
  ///
  /// Throws `CorpusError.badRequest` for a query that FTS5 cannot read.
  public func concordance(_ query: ConcordanceQuery) throws -> [ConcordanceHit] {
    if let words = query.query { try FullText.check(words) }
    var hits = try find(query)
    switch query.sort {
    case .position: break
    case .right: hits = ConcordanceOrder.sorted(hits) { ConcordanceOrder.words($0.right) }
    case .left: hits = ConcordanceOrder.sorted(hits) { ConcordanceOrder.words($0.left).reversed() }
    }
    return hits
  }

  /// Passages that one connection reads at a time: marking the matches of a passage costs far more than finding it.
  private static let band = 400

  /// The hits in the order of the corpus. Those of a frequent word are read through several connections side by side.
  private func find(_ query: ConcordanceQuery) throws -> [ConcordanceHit] {
    guard let words = query.query else {
      return try read { db in
        var search = ConcordanceSearch(db: db, query: query)
        return try search.byEvidence()
      }
    }
    let (passages, allowed) = try read { db in
      let passages =
        query.limit.map { $0 <= Self.band } ?? false ? [] : try ConcordanceSearch.passages(db, with: words)
      return (passages, try ConcordanceSearch.allowedSentences(db, query))
    }
    let connections = min(ProcessInfo.processInfo.activeProcessorCount, 8, passages.count / Self.band)
    guard connections > 1 else {
      return try read { db in
        var search = ConcordanceSearch(db: db, query: query, allowed: allowed)
        return try search.byWords()
      }
    }
    let bands = (0..<connections).map { part in
      passages[part * passages.count / connections]...passages[(part + 1) * passages.count / connections - 1]
    }
    var found = [Result<[ConcordanceHit], any Error>?](repeating: nil, count: bands.count)
    found.withUnsafeMutableBufferPointer { found in
      nonisolated(unsafe) let found = found
      DispatchQueue.concurrentPerform(iterations: bands.count) { part in
        found[part] = Result {
          let corpus = part == 0 ? self : try self.reopened()
          return try corpus.read { db in
            var search = ConcordanceSearch(db: db, query: query, allowed: allowed, band: bands[part])
            return try search.byWords()
          }
        }
      }
    }
    let hits = try found.flatMap { try $0?.get() ?? [] }
    return query.limit.map { Array(hits.prefix($0)) } ?? hits
  }
}

/// Orders hits by the words beside the match, in lower case and without punctuation.
enum ConcordanceOrder {
  static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Hits whose words are the same stay in the order of the corpus.
  static func sorted(_ hits: [ConcordanceHit], by key: (ConcordanceHit) -> [String]) -> [ConcordanceHit] {
    hits.enumerated().map { (rank: $0.offset, words: key($0.element), hit: $0.element) }
      .sorted {
        $0.words == $1.words ? $0.rank < $1.rank : $0.words.lexicographicallyPrecedes($1.words)
      }.map(\.hit)
  }
}

/// One run over the index.
private struct ConcordanceSearch {
  let db: Database
  let query: ConcordanceQuery
  var hits: [ConcordanceHit] = []
  /// Sentences that the selection allows, by document; nil when it allows all.
  private let allowed: [String: Set<Int>]?
  /// Numbers of the passages to look at; nil for all.
  private let band: ClosedRange<Int64>?
  private var pageLabels: [String: [Int: String]] = [:]

  init(
    db: Database, query: ConcordanceQuery, allowed: [String: Set<Int>]? = nil, band: ClosedRange<Int64>? = nil
  ) {
    self.db = db
    self.query = query
    self.allowed = allowed
    self.band = band
  }

  private var isFull: Bool { query.limit.map { hits.count >= $0 } ?? false }

  // MARK: By words

  /// The numbers of the passages that hold some words, in order.
  static func passages(_ db: Database, with words: String) throws -> [Int64] {
    try Int64.fetchAll(
      db, sql: "SELECT rowid FROM passage_search WHERE passage_search MATCH ? ORDER BY rowid",
      arguments: [FullText.inText(words)])
  }

  mutating func byWords() throws -> [ConcordanceHit] {
    let filter = query.selection.condition(on: .block)
    var arguments: StatementArguments = [
      FullText.inText(query.query ?? ""), band?.lowerBound ?? 0, band?.upperBound ?? .max,
    ]
    if let filter { arguments += filter.arguments }
    // The condition names the columns of blocks alone.
    let blocks = filter.map { "(SELECT * FROM blocks WHERE \($0.sql))" } ?? "blocks"
    let sql =
      filter == nil
      ? """
      SELECT b.document, b.block, b.start, b.lines, b.section_title, b.kind,
        highlight(passage_search, 0, char(1), char(2)), b.page, b.page_label
      FROM passage_search f JOIN passage_numbers n ON n.id = f.rowid
        JOIN blocks b ON b.document = n.document AND b.block = n.block
      WHERE passage_search MATCH ? AND f.rowid BETWEEN ? AND ? ORDER BY f.rowid
      """
      : """
      SELECT b.document, b.block, b.start, b.lines, b.section_title, b.kind, h.marked,
        b.page, b.page_label
      FROM (SELECT rowid AS id, highlight(passage_search, 0, char(1), char(2)) AS marked
          FROM passage_search WHERE passage_search MATCH ? AND rowid BETWEEN ? AND ?) h
        JOIN passage_numbers n ON n.id = h.id
        JOIN \(blocks) b ON b.document = n.document AND b.block = n.block
      ORDER BY n.id
      """
    let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
    while !isFull, let row = try rows.next() { try take(row) }
    return hits
  }

  private mutating func take(_ row: Row) throws {
    let document: String = row[0]
    let start: Int = row[2]
    let sentences = query.details || allowed != nil ? try self.sentences(document, row[1]) : []
    let (text, matches) = ConcordanceSearch.unmarked(Array((row[6] as String).utf8))
    for match in matches where !isFull {
      let sentence = sentences.last { $0.start <= start + match.lowerBound }
      if let allowed {
        guard let sentence, allowed[document]?.contains(sentence.number) == true else { continue }
      }
      let place = ConcordanceSearch.place(match.lowerBound, row[3])
      knowLabel(row[8], of: row[7], in: document)
      try append(
        document, place: place, section: row[4], kind: row[5], text: text, match: match, sentence: sentence)
    }
  }

  /// A passage without the marks that `highlight` has set, and the byte ranges that stood between them.
  static func unmarked(_ marked: [UInt8]) -> (text: [UInt8], matches: [Range<Int>]) {
    var text: [UInt8] = []
    text.reserveCapacity(marked.count)
    var matches: [Range<Int>] = []
    var start: Int?
    for byte in marked {
      switch byte {
      case 1: start = text.count
      case 2:
        if let start { matches.append(start..<text.count) }
        start = nil
      default: text.append(byte)
      }
    }
    return (text, matches)
  }

  // MARK: By evidence

  /// Sentences that the selection picks, with the words that speak for the label or actor as the match.
  mutating func byEvidence() throws -> [ConcordanceHit] {
    let condition = query.selection.condition(on: .sentence)
    let filter = condition.map { "WHERE \($0.sql)" } ?? ""
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT s.document, s.sentence, s.start, s.end, s.id, b.start, b.lines, b.section_title, b.kind, b.text,
          b.page, b.page_label
        FROM (SELECT * FROM sentences \(filter)) s
          JOIN blocks b ON b.document = s.document AND b.block = s.block
        ORDER BY s.document, s.sentence
        """, arguments: condition?.arguments ?? [])
    while !isFull, let row = try rows.next() {
      let document: String = row[0]
      let blockStart: Int = row[5]
      let text = Array((row[9] as String).utf8)
      let sentence = SentenceSpan(number: row[1], start: row[2], end: row[3], id: row[4])
      let whole = (sentence.start - blockStart)..<(sentence.end - blockStart)
      var match = whole
      if let evidence = try firstEvidence(document, sentence.number), evidence.lowerBound >= blockStart {
        match = (evidence.lowerBound - blockStart)..<(evidence.upperBound - blockStart)
      }
      match = match.clamped(to: 0..<text.count)
      knowLabel(row[11], of: row[10], in: document)
      try append(
        document, place: ConcordanceSearch.place(match.lowerBound, row[6]), section: row[7], kind: row[8],
        text: text, match: match, sentence: sentence)
    }
    return hits
  }

  private struct Piece: Decodable {
    var start, end: Int
  }

  private func firstEvidence(_ document: String, _ sentence: Int) throws -> Range<Int>? {
    for (field, table, column) in [(Selection.Field.label, "tags", "label"), (.actor, "actors", "actor")] {
      let values = query.selection.conditions.filter { $0.field == field }.map(\.value)
      if values.isEmpty { continue }
      let statement = try db.cachedStatement(
        sql: "SELECT \(column), evidence FROM \(table) WHERE document = ? AND sentence = ?")
      for row in try Row.fetchAll(statement, arguments: [document, sentence]) {
        let name: String = row[0]
        guard values.contains(where: { ConcordanceSearch.covers($0, name) }) else { continue }
        let pieces = try? JSONDecoder().decode([Piece].self, from: Data((row[1] as String).utf8))
        if let first = pieces?.first, first.start <= first.end { return first.start..<first.end }
      }
    }
    return nil
  }

  /// Whether the value of a condition stands for a name: itself, an ancestor, or with `*` anything.
  private static func covers(_ value: String, _ name: String) -> Bool {
    if value.contains("*") { return name.hasPrefix(value.prefix { $0 != "*" }) }
    return name == value || name.hasPrefix(value + "/")
  }

  // MARK: Hits

  private struct SentenceSpan {
    var number, start, end: Int
    var id: String
  }

  private mutating func append(
    _ document: String, place: (line: Int, page: Int), section: String, kind: String, text: [UInt8],
    match: Range<Int>, sentence: SentenceSpan?
  ) throws {
    // A character has at most a few bytes; 16 leave room for combining marks.
    let reach = query.width * 16
    let before = String(decoding: text[max(0, match.lowerBound - reach)..<match.lowerBound], as: UTF8.self)
    let after = String(
      decoding: text[match.upperBound..<min(text.count, match.upperBound + reach)], as: UTF8.self)
    var hit = ConcordanceHit(
      document: document, page: place.page, pageLabel: try pageLabel(document, place.page), line: place.line,
      section: section, kind: kind, left: String(before.suffix(query.width)),
      match: String(decoding: text[match], as: UTF8.self), right: String(after.prefix(query.width)),
      id: sentence?.id ?? "", sentence: "", labels: [], actors: [])
    if query.details, let sentence {
      let db = db
      func cached(_ sql: String) throws -> Statement { try db.cachedStatement(sql: sql) }
      let key: StatementArguments = [document, sentence.number]
      hit.sentence =
        try String.fetchOne(
          cached("SELECT text FROM sentences WHERE document = ? AND sentence = ?"), arguments: key) ?? ""
      hit.labels = try String.fetchAll(
        cached("SELECT label FROM tags WHERE document = ? AND sentence = ? ORDER BY label"), arguments: key)
      hit.actors = try String.fetchAll(
        cached("SELECT actor FROM actors WHERE document = ? AND sentence = ? ORDER BY number"), arguments: key
      )
    }
    hits.append(hit)
  }

  private func sentences(_ document: String, _ block: Int) throws -> [SentenceSpan] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT sentence, start, end, id FROM sentences WHERE document = ? AND block = ? ORDER BY sentence
        """)
    return try Row.fetchAll(statement, arguments: [document, block]).map {
      SentenceSpan(number: $0[0], start: $0[1], end: $0[2], id: $0[3])
    }
  }

  /// The sentences that conditions on labels, actors and works allow; nil where there is no such condition.
  static func allowedSentences(_ db: Database, _ query: ConcordanceQuery) throws -> [String: Set<Int>]? {
    let fine: Set<Selection.Field> = [.label, .actor, .work, .year]
    guard query.selection.conditions.contains(where: { fine.contains($0.field) }),
      let condition = query.selection.condition(on: .sentence)
    else { return nil }
    var allowed: [String: Set<Int>] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT document, sentence FROM sentences WHERE \(condition.sql)",
      arguments: condition.arguments)
    while let row = try rows.next() { allowed[row[0] as String, default: []].insert(row[1]) }
    return allowed
  }

  /// A passage brings the label of the page on which it begins; nearly all hits stand on that one.
  private mutating func knowLabel(_ label: String, of page: Int, in document: String) {
    pageLabels[document, default: [:]][page] = label
  }

  private mutating func pageLabel(_ document: String, _ page: Int) throws -> String {
    if let label = pageLabels[document]?[page] { return label }
    let statement = try db.cachedStatement(
      sql: "SELECT page_label FROM pages WHERE document = ? AND page = ?")
    let label = try String.fetchOne(statement, arguments: [document, page]) ?? "[\(page)]"
    pageLabels[document, default: [:]][page] = label
    return label
  }

  /// Line and page of an offset in a passage, from its list of line starts: `[[0,12,3],[61,13,3]]`.
  static func place(_ offset: Int, _ lines: String) -> (line: Int, page: Int) {
    var numbers: [Int] = []
    var number: Int?
    for byte in lines.utf8 {
      if (0x30...0x39).contains(byte) {
        number = (number ?? 0) * 10 + Int(byte - 0x30)
      } else if let value = number {
        numbers.append(value)
        number = nil
      }
    }
    var place = (line: 1, page: 1)
    var index = 0
    while index + 2 < numbers.count {
      if numbers[index] > offset && index > 0 { break }
      place = (numbers[index + 1], numbers[index + 2])
      index += 3
    }
    return place
  }
}
