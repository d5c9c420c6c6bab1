import GRDB

/// A sentence of a corpus: its document, and its number within it.
struct SentenceKey: Sendable, Equatable {
  var document: String
  var sentence: Int

  /// The first sentences that a selection picks, in the order of the corpus; all of them without a limit.
  static func find(_ db: Database, _ selection: Selection, limit: Int?) throws -> [SentenceKey] {
    let query = try byIndex(db, selection) ?? byConditions(selection)
    return try Row.fetchAll(
      db, sql: query.sql + " ORDER BY 1, 2 LIMIT ?", arguments: query.arguments + [limit ?? -1]
    ).map { SentenceKey(document: $0[0], sentence: $0[1]) }
  }

  /// Few enough for one compound query: SQLite takes 500.
  private static let mostNames = 200

  /// Where labels or actors alone are asked for, the index holds the sentences of each name in order; a union of
  /// them is read from its beginning, so that a few of many thousand are found at once.
  private static func byIndex(_ db: Database, _ selection: Selection) throws -> Selection.Condition? {
    guard let field = selection.conditions.first?.field, field == .label || field == .actor,
      selection.conditions.allSatisfy({ $0.field == field })
    else { return nil }
    let (table, column) = field == .label ? ("tags", "label") : ("actors", "actor")
    var names: Set<String> = []
    for condition in selection.conditions {
      if field == .label {
        let (test, bound) = Selection.labelTest(condition.value)
        names.formUnion(
          try String.fetchAll(
            db, sql: "SELECT label FROM codebook WHERE label \(test)", arguments: StatementArguments(bound)))
      } else {
        if condition.value.contains("*") { return nil }
        names.insert(condition.value)
      }
    }
    guard !names.isEmpty, names.count <= mostNames else { return nil }
    let one = "SELECT document, sentence FROM \(table) WHERE \(column) = ?"
    return Selection.Condition(
      sql: Array(repeating: one, count: names.count).joined(separator: " UNION "),
      arguments: StatementArguments(names.sorted()))
  }

  private static func byConditions(_ selection: Selection) -> Selection.Condition {
    let condition = selection.condition(on: .sentence)
    return Selection.Condition(
      sql: "SELECT document, sentence FROM sentences" + (condition.map { " WHERE \($0.sql)" } ?? ""),
      arguments: condition?.arguments ?? [])
  }
}
