import EmendModel
import FoundationEssentials
import GRDB

/// Makes hits of places, through one connection.
struct ConcordanceSearch {
  let db: Database
  let query: ConcordanceQuery
  var hits: [ConcordanceHit] = []
  /// What the selection allows; nil when it allows all.
  private var allowed: Allowed?
  /// Labels of the pages of the document at hand.
  private var pageLabels: (document: String, labels: [Int: String]) = ("", [:])

  init(db: Database, query: ConcordanceQuery) {
    self.db = db
    self.query = query
  }

  private var isFull: Bool { query.limit.map { hits.count >= $0 } ?? false }

  // MARK: By words

  mutating func byWords() throws -> [ConcordanceHit] {
    var conditions = ["passage_search MATCH ?"]
    var arguments: StatementArguments = [FullText.inText(query.query ?? "")]
    allowed = try allowedOfFound()
    if let allowed {
      if allowed.passages.isEmpty { return [] }
      // The sign keeps SQLite from asking the index for one number after another.
      conditions.append("+f.rowid IN (SELECT value FROM json_each(?))")
      arguments += ["[" + allowed.passages.map(String.init).joined(separator: ",") + "]"]
    }
    let coarse = Selection.Field.allCases.filter { !Self.fine.contains($0) }
    // The condition names the columns of passages alone.
    let filter = query.selection.condition(on: .passage, coarse)
    let passages = filter.map { "(SELECT * FROM passages WHERE \($0.sql))" } ?? "passages"
    if let filter { arguments = filter.arguments + arguments }
    let finder = WordMatches(query.query ?? "")
    let sql = """
      SELECT p.document, p.block, p.start, p.lines, p.section, p.kind, p.page, p.page_label,
        \(finder == nil ? Self.highlighted : "p.text"), p.id
      FROM passage_search f JOIN \(passages) p ON p.id = f.rowid
      WHERE \(conditions.joined(separator: " AND ")) ORDER BY f.rowid
      """
    let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
    while !isFull, let row = try rows.next() { try take(row, finder) }
    return hits
  }

  /// The text of a passage with marks about each match.
  private static let highlighted = "highlight(passage_search, 0, char(1), char(2))"

  private mutating func take(_ row: Row, _ finder: WordMatches?) throws {
    try row.withUnsafeBytes(8) { text in
      guard let finder else { return try take(row, marked: text) }
      if let matches = finder.places(in: text), !matches.isEmpty { return try take(row, text, matches) }
      let statement = try db.cachedStatement(
        sql: "SELECT \(Self.highlighted) FROM passage_search WHERE passage_search MATCH ? AND rowid = ?")
      let marked = try String.fetchOne(
        statement, arguments: [FullText.inText(query.query ?? ""), row[9] as Int64])
      var copy = marked ?? ""
      try copy.withUTF8 { try take(row, marked: $0) }
    }
  }

  private mutating func take(_ row: Row, marked: UnsafeBufferPointer<UInt8>) throws {
    let (text, matches) = ConcordanceSearch.unmarked(marked)
    try text.withUnsafeBufferPointer { try take(row, $0, matches) }
  }

  private mutating func take(_ row: Row, _ text: UnsafeBufferPointer<UInt8>, _ matches: [Range<Int>]) throws {
    let document: String = row[0]
    let start: Int = row[2]
    let sentences = query.details || allowed != nil ? try self.sentences(document, row[1]) : []
    knowLabel(row[7], of: row[6], in: document)
    for match in matches where !isFull {
      let sentence = sentences.last { $0.start <= start + match.lowerBound }
      if let allowed {
        guard let sentence, allowed.sentences[document]?.contains(sentence.number) == true else { continue }
      }
      let place = try row.withUnsafeBytes(3) { ConcordanceSearch.place(match.lowerBound, $0) }
      try append(
        document, place: place, section: row[4], kind: row[5], text: text, match: match, sentence: sentence)
    }
  }

  /// A passage without the marks that `highlight` has set, and the byte ranges that stood between them.
  static func unmarked(_ marked: UnsafeBufferPointer<UInt8>) -> (text: [UInt8], matches: [Range<Int>]) {
    var text: [UInt8] = []
    text.reserveCapacity(marked.count)
    var matches: [Range<Int>] = []
    var start: Int?
    var at = 0
    while at < marked.count {
      let mark = marked[at...].firstIndex { $0 == 1 || $0 == 2 } ?? marked.count
      text.append(contentsOf: UnsafeBufferPointer(rebasing: marked[at..<mark]))
      if mark < marked.count, marked[mark] == 1 {
        start = text.count
      } else if let begin = start {
        matches.append(begin..<text.count)
        start = nil
      }
      at = mark + 1
    }
    return (text, matches)
  }

  // MARK: By evidence

  /// Sentences that the selection picks, with the words that speak for the label or actor as the match.
  mutating func byEvidence() throws -> [ConcordanceHit] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT s.start, s.end, s.id, b.start, b.lines, b.section_title, b.kind, b.text, b.page, b.page_label
        FROM sentences s JOIN blocks b ON b.document = s.document AND b.block = s.block
        WHERE s.document = ? AND s.sentence = ?
        """)
    for key in try SentenceKey.find(db, query.selection, limit: query.limit) {
      guard let row = try Row.fetchOne(statement, arguments: [key.document, key.sentence]) else { continue }
      let blockStart: Int = row[3]
      let sentence = SentenceSpan(number: key.sentence, start: row[0], end: row[1], id: row[2])
      var match = (sentence.start - blockStart)..<(sentence.end - blockStart)
      if let evidence = try firstEvidence(key), evidence.lowerBound >= blockStart {
        match = (evidence.lowerBound - blockStart)..<(evidence.upperBound - blockStart)
      }
      knowLabel(row[9], of: row[8], in: key.document)
      try row.withUnsafeBytes(7) { text in
        match = match.clamped(to: 0..<text.count)
        let place = try row.withUnsafeBytes(4) { ConcordanceSearch.place(match.lowerBound, $0) }
        try append(
          key.document, place: place, section: row[5], kind: row[6], text: text, match: match,
          sentence: sentence)
      }
    }
    return hits
  }

  private func firstEvidence(_ key: SentenceKey) throws -> Range<Int>? {
    for (field, table, column) in [(Selection.Field.label, "tags", "label"), (.actor, "actors", "actor")] {
      let values = query.selection.conditions.filter { $0.field == field }.map(\.value)
      if values.isEmpty { continue }
      let statement = try db.cachedStatement(
        sql: """
          SELECT \(column), json_extract(evidence, '$[0].start'), json_extract(evidence, '$[0].end')
          FROM \(table) WHERE document = ? AND sentence = ?
          """)
      for row in try Row.fetchAll(statement, arguments: [key.document, key.sentence]) {
        let name: String = row[0]
        guard values.contains(where: { ConcordanceSearch.covers($0, name) }) else { continue }
        if let start: Int = row[1], let end: Int = row[2], start <= end { return start..<end }
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
    _ document: String, place: (line: Int, page: Int), section: String, kind: String,
    text: UnsafeBufferPointer<UInt8>, match: Range<Int>, sentence: SentenceSpan?
  ) throws {
    var hit = ConcordanceHit(
      document: document, page: place.page, pageLabel: try pageLabel(document, place.page), line: place.line,
      section: section, kind: kind, left: before(match, in: text),
      match: String(decoding: text[match], as: UTF8.self), right: after(match, in: text),
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

  /// A character has at most a few bytes; so many leave room for combining marks.
  private static let longestCharacter = 16

  /// The characters before a match, as many as asked for.
  private func before(_ match: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> String {
    let near = text[max(0, match.lowerBound - query.width)..<match.lowerBound]
    if Self.isPlain(near) { return String(decoding: near, as: UTF8.self) }
    let wide = text[max(0, match.lowerBound - query.width * Self.longestCharacter)..<match.lowerBound]
    return String(String(decoding: wide, as: UTF8.self).suffix(query.width))
  }

  /// The characters after a match, as many as asked for.
  private func after(_ match: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> String {
    let near = text[match.upperBound..<min(text.count, match.upperBound + query.width)]
    // A mark behind the last letter would belong to it.
    if Self.isPlain(near), near.endIndex == text.count || text[near.endIndex] < 0x80 {
      return String(decoding: near, as: UTF8.self)
    }
    let wide = text[
      match.upperBound..<min(text.count, match.upperBound + query.width * Self.longestCharacter)]
    return String(String(decoding: wide, as: UTF8.self).prefix(query.width))
  }

  /// Whether each byte is a character.
  private static func isPlain(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    bytes.allSatisfy { $0 < 0x80 && $0 != 0x0D }
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

  /// Passages, and in them sentences, that a selection allows.
  private struct Allowed {
    /// Numbers of passages, in order.
    var passages: [Int64] = []
    /// Numbers of sentences, by document.
    var sentences: [String: Set<Int>] = [:]
  }

  /// What holds for a sentence, not for its passage.
  private static let fine: [Selection.Field] = [.label, .actor, .work, .year]

  /// Of the passages that hold the words of a query those with a sentence that conditions on labels, actors and works
  /// allow; nil where there is no such condition.
  private func allowedOfFound() throws -> Allowed? {
    guard let condition = query.selection.condition(on: .candidate, Self.fine) else { return nil }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT id, document, sentence
        FROM (SELECT n.id, s.document, s.sentence FROM passage_search f JOIN passages n ON n.id = f.rowid
            JOIN sentences s ON s.document = n.document AND s.block = n.block
          WHERE passage_search MATCH ?) candidates
        WHERE \(condition.sql) ORDER BY id
        """, arguments: [FullText.inText(query.query ?? "")] + condition.arguments)
    var allowed = Allowed()
    while let row = try rows.next() {
      let passage: Int64 = row[0]
      if allowed.passages.last != passage { allowed.passages.append(passage) }
      allowed.sentences[row[1] as String, default: []].insert(row[2])
    }
    return allowed
  }

  /// A passage brings the label of the page on which it begins; nearly all hits stand on that one.
  private mutating func knowLabel(_ label: String, of page: Int, in document: String) {
    if pageLabels.document != document { pageLabels = (document, [:]) }
    pageLabels.labels[page] = label
  }

  private mutating func pageLabel(_ document: String, _ page: Int) throws -> String {
    if pageLabels.document == document, let label = pageLabels.labels[page] { return label }
    let statement = try db.cachedStatement(
      sql: "SELECT page_label FROM pages WHERE document = ? AND page = ?")
    let label = try String.fetchOne(statement, arguments: [document, page]) ?? "[\(page)]"
    knowLabel(label, of: page, in: document)
    return label
  }

  /// Line and page of an offset in a passage, from its list of line starts: `[[0,12,3],[61,13,3]]`.
  static func place(_ offset: Int, _ lines: some Sequence<UInt8>) -> (line: Int, page: Int) {
    var place = (line: 1, page: 1)
    var triple = (0, 0, 0)
    var (count, number) = (0, -1)
    for byte in lines {
      if (0x30...0x39).contains(byte) {
        number = max(0, number) * 10 + Int(byte - 0x30)
        continue
      }
      if number < 0 { continue }
      triple = (triple.1, triple.2, number)
      (count, number) = (count + 1, -1)
      if count % 3 > 0 { continue }
      if triple.0 > offset && count > 3 { break }
      place = (triple.1, triple.2)
    }
    return place
  }
}

extension Row {
  /// The bytes of a text or blob, as SQLite holds them for this row.
  fileprivate func withUnsafeBytes<Result>(
    _ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) throws -> Result {
    try withUnsafeData(atIndex: column) { data in
      try (data ?? Data()).withUnsafeBytes { try body($0.bindMemory(to: UInt8.self)) }
    }
  }
}
