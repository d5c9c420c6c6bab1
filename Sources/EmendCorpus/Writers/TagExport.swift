import EmendModel
import GRDB

/// `tags.jsonl`: one record a sentence, its labels and actors inside, by three cursors in step.
struct TagExport {
  var condition: Selection.Condition?

  func jsonLines(_ db: Database, to sink: some ByteSink) throws {
    let columns = Tables.sentences.columns.filter { $0.field != nil }
    let names = columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
    let filter = condition.map { " WHERE \($0.sql)" } ?? ""
    let sentences = try Row.fetchCursor(
      db,
      sql: "SELECT \(names), document, sentence FROM sentences\(filter) ORDER BY document, sentence",
      arguments: condition?.arguments ?? [])
    let versions = Dictionary(
      try Row.fetchAll(db, sql: "SELECT document, lexicon FROM documents").map {
        ($0[0] as String, $0[1] as String)
      }, uniquingKeysWith: { first, _ in first })
    var labels = try Follower(
      db,
      sql: """
        SELECT document, sentence, label, implicit, score, evidence, flags FROM tags
        ORDER BY document, sentence, label
        """)
    var actors = try Follower(
      db,
      sql: """
        SELECT document, sentence, actor, role, evidence FROM actors ORDER BY document, sentence, number
        """)
    while let row = try sentences.next() {
      let document: String = row[columns.count]
      let sentence: Int = row[columns.count + 1]
      let itsLabels = try labels.rows(of: document, sentence)
      let itsActors = try actors.rows(of: document, sentence)
      var json = JSONLine()
      json.object {
        TableExport.fields(row, columns, into: &$0)
        $0.array("labels") {
          for row in itsLabels {
            $0.object {
              $0.field("label", row[2] as String)
              $0.field("implicit", row[3] as Bool)
              $0.field("score", row[4] as Double)
              $0.key("evidence")
              $0.raw((row[5] as String).utf8)
              $0.key("flags")
              $0.raw((row[6] as String).utf8)
            }
          }
        }
        $0.array("actors") {
          for row in itsActors {
            $0.object {
              $0.field("id", row[2] as String)
              if let role = row[3] as String? { $0.field("role", role) }
              $0.key("evidence")
              $0.raw((row[4] as String).utf8)
            }
          }
        }
        $0.field("lexicon", versions[document] ?? "")
      }
      json.endLine()
      try sink.write(json.bytes)
    }
  }

  /// A cursor over rows that start with document and number, read as far as the leading one has come.
  struct Follower {
    private let cursor: RowCursor
    private var waiting: Row?

    init(_ db: Database, sql: String, arguments: StatementArguments = []) throws {
      cursor = try Row.fetchCursor(db, sql: sql, arguments: arguments)
      waiting = try cursor.next()?.copy()
    }

    mutating func rows(of document: String, _ number: Int) throws -> [Row] {
      var rows: [Row] = []
      while let row = waiting {
        let itsDocument: String = row[0]
        let itsNumber: Int = row[1]
        if itsDocument == document && itsNumber == number {
          rows.append(row)
        } else if !TagExport.precedes((itsDocument, itsNumber), (document, number)) {
          break
        }
        waiting = try cursor.next()?.copy()
      }
      return rows
    }
  }

  /// The order of SQLite's BINARY collation: by bytes.
  static func precedes(_ a: (String, Int), _ b: (String, Int)) -> Bool {
    if a.0 == b.0 { return a.1 < b.1 }
    return a.0.utf8.lexicographicallyPrecedes(b.0.utf8)
  }
}
