import EmendModel
import GRDB

extension Selection {
  /// Throws `CorpusError.badRequest` when a condition names a label, document, kind or grade that there is not: a misspelt
  /// label would else be counted as nought. Actors, works, sections and pages may be absent from a corpus.
  func check(_ db: Database) throws {
    for (field, value) in conditions where !value.contains("*") {
      switch field {
      case .kind: try Self.check(value, field, among: Block.Kind.allCases.map(\.rawValue))
      case .grade: try Self.check(value, field, among: QualityGrade.Grade.allCases.map(\.rawValue))
      // A label is there as soon as one below it is.
      case .label: try Self.check(value, field, db, in: "codebook", below: "/")
      case .document: try Self.check(value, field, db, in: "documents", below: nil)
      case .actor, .section, .work, .year, .page, .query: continue
      }
    }
  }

  private static func check(_ value: String, _ field: Field, among known: [String]) throws {
    if known.contains(value) { return }
    throw CorpusError.badRequest(
      "there is no \(field.rawValue) \(value); there are \(known.joined(separator: ", "))")
  }

  private static func check(
    _ value: String, _ field: Field, _ db: Database, in table: String, below separator: Character?
  ) throws {
    let column = field.rawValue
    let beginning = separator.map { value + String($0) }
    let isThere = try Bool.fetchOne(
      db,
      sql:
        "SELECT EXISTS (SELECT 1 FROM \(table) WHERE \(column) = ? OR substr(\(column), 1, length(?)) = ?)",
      arguments: [value, beginning, beginning])
    if isThere == true { return }
    // What holds the name asked for: "coercion" → "mechanism/coercion".
    let like = try String.fetchAll(
      db, sql: "SELECT \(column) FROM \(table) WHERE instr(lower(\(column)), lower(?)) ORDER BY 1 LIMIT 5",
      arguments: [value])
    throw CorpusError.badRequest(
      "the corpus has no \(column) \(value)"
        + (like.isEmpty
          ? "; emend table CORPUS --rows \(column) lists what it has"
          : "; it has \(like.joined(separator: ", "))"))
  }
}
