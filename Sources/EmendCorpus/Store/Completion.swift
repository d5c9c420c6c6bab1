import EmendModel
import GRDB

/// What is done once all documents are in: tables that draw on all of them, and the full-text index.
enum Completion {
  static func run(
    _ db: Database, settings: [String: String], failures: [CorpusWriter.Failure], codebook: Codebook,
    matching: WorkMatching
  ) throws {
    try replaceSettings(settings, db)
    try replaceFailures(failures, db)
    try codebook.write(db)
    try collectDecisions(db)
    try WorkKeys.assign(matching, db)
    try collectWorks(db)
    try collectPassages(db)
    // Filling the index once at the end is six times as fast as keeping it up to date row by row.
    try db.execute(sql: "INSERT INTO passage_search(passage_search) VALUES ('rebuild')")
    try db.execute(sql: "INSERT INTO passage_search(passage_search) VALUES ('optimize')")
  }

  private static func replaceSettings(_ settings: [String: String], _ db: Database) throws {
    try db.execute(sql: "DELETE FROM settings")
    for (key, value) in settings.sorted(by: { $0.key < $1.key }) {
      try db.execute(sql: Tables.settings.insertion, arguments: [key, value])
    }
  }

  private static func replaceFailures(_ failures: [CorpusWriter.Failure], _ db: Database) throws {
    try db.execute(sql: "DELETE FROM failures")
    for failure in failures {
      try db.execute(
        sql: "INSERT OR REPLACE INTO failures VALUES (?,?,?,?,?,?)",
        arguments: [
          failure.document, DocumentFacts.sourceName(failure.source), failure.code, failure.stage,
          failure.message, failure.offset,
        ])
    }
  }

  /// The decisions of readers that this build has carried out: what was refused, and what was read by
  /// decision alone.
  private static func collectDecisions(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM decisions")
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO decisions
        SELECT document, source_start, source_end, original, reading,
          CASE status WHEN 'rejected' THEN 'rejected' ELSE 'accepted' END, evidence
        FROM emendations WHERE status = 'rejected' OR rule = 'decision' ORDER BY document, number
        """)
  }

  /// One row for each key. Of several descriptions the one with a reference counts, then the fuller title,
  /// then the first document.
  private static func collectWorks(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM works")
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT work, authors, author_names, year, title, citations, reference IS NOT NULL, document
        FROM document_works
        ORDER BY work, reference IS NULL, length(coalesce(title, '')) DESC, length(authors) DESC, document, number
        """)
    let insert = try db.makeStatement(sql: Tables.works.insertion)
    var current: (key: String, head: [DatabaseValue], citations: Int, references: Int, documents: [String])?
    func store() throws {
      guard let work = current else { return }
      let documents = Array(Set(work.documents)).sorted()
      let values =
        [work.key.databaseValue] + work.head + [
          work.citations.databaseValue, work.references.databaseValue, JSONText.list(documents).databaseValue,
          documents.count.databaseValue,
        ]
      try insert.execute(arguments: StatementArguments(values))
    }
    while let row = try cursor.next() {
      let key: String = row[0]
      if current?.key != key {
        try store()
        current = (key, [row[1], row[2], row[3], row[4]], 0, 0, [])
      }
      current?.citations += row[5] as Int
      current?.references += row[6] as Int
      current?.documents.append(row[7])
    }
    try store()
  }

  /// The passages of all documents in one table, numbered: a search finds each by one look-up, and its neighbours beside it.
  private static func collectPassages(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM passages")
    try db.execute(
      sql: """
        INSERT INTO passages
        SELECT row_number() OVER (ORDER BY document, block), document, block, page, page_label, line, line_end,
          source_start, source_end, start, kind, section_title, lines, labels, actors, works, text
        FROM blocks ORDER BY document, block
        """)
  }
}

extension Tables {
  /// The tables whose rows belong to one document each, parents first.
  static let ofDocuments: [Table] = [
    documents, pages, sections, blocks, sentences, notes, entities, labels, actors, references,
    referenceFields, documentWorks, citations, emendations, warnings,
  ]
}
