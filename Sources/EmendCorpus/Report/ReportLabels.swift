import GRDB

/// Labels and actors, with a heat map over the documents, or over the sections of a single one.
struct ReportLabels: ReportSection {
  let id = "labels"
  let title = "Labels and actors"

  func html(_ db: Database) throws -> String? {
    guard try Int.fetchOne(db, sql: "SELECT count(*) FROM tags") ?? 0 > 0 else { return nil }
    let documents = try Int.fetchOne(db, sql: "SELECT count(DISTINCT document) FROM tags") ?? 0
    let bySection = documents == 1
    let column =
      bySection ? "CASE s.section_title WHEN '' THEN '(opening)' ELSE s.section_title END" : "s.document"
    let places = bySection ? "section" : "document"
    var html = "<p>Sentences with each label, by \(places); the darker, the more.</p>\n"
    html += try map(db, table: "tags", value: "t.label", column: column)
    let actors = try map(db, table: "actors", value: "t.actor", column: column)
    if !actors.isEmpty { html += "<h3>Actors</h3>\n" + actors }
    return html
  }

  private func map(_ db: Database, table: String, value: String, column: String) throws -> String {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT \(value), \(column), count(*), min(s.sentence)
        FROM \(table) t JOIN sentences s ON s.document = t.document AND s.sentence = t.sentence
        GROUP BY 1, 2 ORDER BY min(s.document), min(s.sentence)
        """)
    var totals: [String: Int] = [:]
    var counts: [String: [String: Int]] = [:]
    var columnTotals: [String: Int] = [:]
    var columns: [String] = []
    for row in rows {
      let (name, column, count): (String, String, Int) = (row[0], row[1], row[2])
      totals[name, default: 0] += count
      counts[name, default: [:]][column] = count
      if columnTotals[column] == nil { columns.append(column) }
      columnTotals[column, default: 0] += count
    }
    if totals.isEmpty { return "" }
    // The fullest columns, in the order of the text.
    let kept = Set(
      columns.sorted { (columnTotals[$1] ?? 0, $0) < (columnTotals[$0] ?? 0, $1) }.prefix(
        ReportLimits.columns))
    columns = columns.filter { kept.contains($0) }
    let shown = totals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(ReportLimits.labels)
      .map(\.key)
    let most = max(1, shown.flatMap { counts[$0]?.values.map { $0 } ?? [] }.max() ?? 1)
    var html = "<div class=\"wide\"><table class=\"map\">\n<thead><tr><th></th>"
    for column in columns { html += "<th scope=\"col\">\(HTML.escape(HTML.shortened(column, 28)))</th>" }
    html += "<th class=\"n\">all</th></tr></thead>\n<tbody>\n"
    for name in shown {
      html += "<tr><th scope=\"row\" title=\"\(HTML.escape(name))\">\(ReportLabels.name(name))</th>"
      for column in columns {
        let count = counts[name]?[column] ?? 0
        html +=
          "<td class=\"heat h\(count == 0 ? 0 : 1 + count * 8 / most)\">\(count == 0 ? "" : String(count))</td>"
      }
      html += "<td class=\"n\">\(HTML.number(totals[name] ?? 0))</td></tr>\n"
    }
    html += "</tbody></table></div>\n"
    return html + ReportText.more(totals.count, shown.count)
  }

  /// The last part of a path, with the path before it in small.
  private static func name(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return HTML.escape(path) }
    let parents = String(path[...slash]).replacing("/", with: " › ").replacing("-", with: " ")
    return "<span class=\"small\">\(HTML.escape(parents))</span>\(HTML.escape(HTML.label(path)))"
  }
}
