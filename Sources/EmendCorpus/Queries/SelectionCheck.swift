import GRDB

extension Selection {
  /// Throws `CorpusError.badRequest` when a condition names what the corpus does not have at all: a misspelt label would
  /// else be counted as nought. Values with `*`, years, pages and queries may find nothing.
  func check(_ db: Database) throws {
    for (field, value) in conditions where !value.contains("*") {
      guard let known = Known(field), try !known.holds(value, db) else { continue }
      let like = try known.like(value, db)
      throw CorpusError.badRequest(
        "the corpus has no \(field.rawValue) \(value)"
          + (like.isEmpty
            ? "; emend table CORPUS --rows \(known.dimension) lists what it has"
            : "; it has \(like.joined(separator: ", "))"))
    }
  }

  /// Where the values of a field stand.
  private struct Known {
    let table: String
    let column: String
    let dimension: String

    init?(_ field: Field) {
      switch field {
      case .document: (table, column, dimension) = ("documents", "document", "document")
      case .label: (table, column, dimension) = ("codebook", "label", "label")
      case .actor: (table, column, dimension) = ("actors", "actor", "actor")
      case .section: (table, column, dimension) = ("sentences", "section_title", "section")
      case .work: (table, column, dimension) = ("citations", "work", "work")
      case .kind: (table, column, dimension) = ("blocks", "kind", "kind")
      case .grade: (table, column, dimension) = ("documents", "grade", "document")
      case .year, .page, .query: return nil
      }
    }

    /// A label is there as soon as one below it is.
    func holds(_ value: String, _ db: Database) throws -> Bool {
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM \(table) WHERE \(column) = ? OR \(column) >= ? AND \(column) < ?)
          """, arguments: table == "codebook" ? [value, value + "/", value + "0"] : [value, value, value])
        ?? false
    }

    /// Up to five values that hold the one asked for, or all where there are few: "coercion" → "mechanism/coercion".
    func like(_ value: String, _ db: Database) throws -> [String] {
      let values = try String.fetchAll(
        db,
        sql:
          "SELECT DISTINCT \(column) FROM \(table) WHERE instr(lower(\(column)), lower(?)) ORDER BY 1 LIMIT 5",
        arguments: [value])
      if !values.isEmpty || table != "blocks" && column != "grade" { return values }
      return try String.fetchAll(db, sql: "SELECT DISTINCT \(column) FROM \(table) ORDER BY 1 LIMIT 20")
    }
  }
}
