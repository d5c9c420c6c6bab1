import EmendModel
import GRDB

/// Rows of a table as JSON Lines or CSV, streamed.
struct TableExport {
  let table: Table
  /// A condition on the rows, with its arguments; nil for all.
  var condition: Selection.Condition?

  private var columns: [Column] { table.columns.filter { $0.field != nil } }

  private func cursor(_ db: Database, _ columns: [Column]) throws -> RowCursor {
    let names = columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
    let order = table.key.map { "\"\($0)\"" }.joined(separator: ", ")
    let filter = condition.map { " WHERE \($0.sql)" } ?? ""
    return try Row.fetchCursor(
      db, sql: "SELECT \(names) FROM \"\(table.name)\"\(filter) ORDER BY \(order)",
      arguments: condition?.arguments ?? [])
  }

  /// One record a row, with the fields of the contract.
  func jsonLines(_ db: Database, to sink: some ByteSink) throws {
    let columns = columns
    let rows = try cursor(db, columns)
    while let row = try rows.next() {
      var json = JSONLine()
      json.object { TableExport.fields(row, columns, into: &$0) }
      json.endLine()
      try sink.write(json.bytes)
    }
  }

  static func fields(_ row: Row, _ columns: [Column], into json: inout JSONLine) {
    for (index, column) in columns.enumerated() {
      json.key(column.field ?? column.name)
      if row.hasNull(atIndex: index) {
        json.null()
        continue
      }
      switch column.kind {
      case .text: json.value(row[index] as String)
      case .integer: json.value(row[index] as Int)
      case .real: json.value(row[index] as Double)
      case .flag: json.value(row[index] as Bool)
      case .json: json.raw((row[index] as String).utf8)
      }
    }
  }

  /// A header and one line a row; lists of plain texts are joined by semicolons.
  func csv(_ db: Database, to sink: some ByteSink, raw: Bool) throws {
    let columns = columns
    let writer = CSVWriter(raw: raw)
    try sink.write(writer.line(columns.map { .text($0.field ?? $0.name) }))
    let rows = try cursor(db, columns)
    while let row = try rows.next() {
      try sink.write(writer.line(columns.indices.map { CSVWriter.cell(row, $0, columns[$0].kind) }))
    }
  }
}

extension Row {
  func hasNull(atIndex index: Int) -> Bool { (self[index] as DatabaseValue).isNull }
}
