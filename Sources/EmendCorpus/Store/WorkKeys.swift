import EmendModel
import FoundationEssentials
import GRDB

/// Gives the works of all documents their keys in the corpus, in every table that names them.
enum WorkKeys {
  static func assign(_ matching: WorkMatching, _ db: Database) throws {
    var register = WorkRegister(matching)
    let rows = try Row.fetchCursor(
      db,
      sql: "SELECT document, key, work, authors, year, title FROM document_works ORDER BY document, number")
    var changes: [(document: String, keys: [(own: String, old: String, new: String)])] = []
    while let row = try rows.next() {
      let work = DescribedWork(
        document: row[0], key: row[1], authors: StoredReference.names(row[3]), year: row[4], title: row[5])
      let old: String = row[2]
      let new = register.enter(work)
      if new == old { continue }
      if changes.last?.document != work.document { changes.append((work.document, [])) }
      changes[changes.count - 1].keys.append((work.key, old, new))
    }
    for change in changes { try rename(change.keys, in: change.document, db) }
  }

  private static func rename(
    _ keys: [(own: String, old: String, new: String)], in document: String, _ db: Database
  ) throws {
    for key in keys {
      try db.execute(
        sql: "UPDATE document_works SET work = ? WHERE document = ? AND key = ?",
        arguments: [key.new, document, key.own])
    }
    let names = Dictionary(keys.map { ($0.old, $0.new) }) { first, _ in first }
    // All at once: of two works that trade keys neither may take the other's place in between.
    for (table, number) in [("citations", "number"), ("reference_entries", "number")] {
      let rows = try Row.fetchAll(
        db, sql: "SELECT \(number), work FROM \(table) WHERE document = ? AND work IS NOT NULL",
        arguments: [document])
      for row in rows {
        guard let name = names[row[1] as String] else { continue }
        try db.execute(
          sql: "UPDATE \(table) SET work = ? WHERE document = ? AND \(number) = ?",
          arguments: [name, document, row[0] as Int])
      }
    }
    for row in try Row.fetchAll(
      db, sql: "SELECT block, works FROM blocks WHERE document = ? AND works <> '[]'", arguments: [document])
    {
      let old = (try? JSONDecoder().decode([String].self, from: Data((row[1] as String).utf8))) ?? []
      let new = Set(old.map { names[$0] ?? $0 }).sorted()
      if new == old { continue }
      try db.execute(
        sql: "UPDATE blocks SET works = ? WHERE document = ? AND block = ?",
        arguments: [JSONText.list(new), document, row[0] as Int])
    }
  }
}
