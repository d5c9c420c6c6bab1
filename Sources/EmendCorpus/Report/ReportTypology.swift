import GRDB

/// Who starts it, by which mechanism: the typology of the labels, with the passages behind each cell.
struct ReportTypology: ReportSection {
  let id = "typology"
  let title = "Initiators and mechanisms"

  func html(_ db: Database) throws -> String? {
    // A corpus tagged with other labels has no such table.
    guard let rows = try? Dimension("role/initiator", db: db),
      let columns = try? Dimension("mechanism", db: db)
    else { return nil }
    let counter = CrossTableCounter(
      db: db, rows: rows, columns: columns, within: .passage, selection: Selection())
    let table = try counter.count(passages: true, limit: 40)
    guard table.cells.contains(where: { $0.count > 0 }) else { return nil }
    return HTML.crossTable(table, passages: true)
  }
}
