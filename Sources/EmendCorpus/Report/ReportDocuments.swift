import FoundationEssentials
import GRDB

/// What was read, with a grade for each document and the reasons.
struct ReportDocuments: ReportSection {
  let id = "documents"
  let title = "What was read"

  func html(_ db: Database) throws -> String? {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT document, title, format, encoding, pages, words, grade, grade_reasons FROM documents
        ORDER BY document LIMIT \(ReportLimits.documents)
        """)
    if rows.isEmpty { return "<p>No document was read.</p>\n" }
    var html = try grades(db)
    html += "<div class=\"wide\"><table>\n<thead><tr><th>Document</th><th class=\"n\">Pages</th>"
    html += "<th class=\"n\">Words</th><th>Quality of the source</th></tr></thead>\n<tbody>\n"
    for row in rows {
      let name: String = row[0]
      let title: String = row[1]
      let grade: String = row[6]
      html += "<tr><td>\(HTML.escape(name))"
      if !title.isEmpty, title != name { html += "<br><em>\(HTML.escape(title))</em>" }
      html +=
        "<br><span class=\"small\">\(HTML.escape(row[2] as String)), \(HTML.escape(row[3] as String))</span>"
      html += "</td><td class=\"n\">\(HTML.number(row[4]))</td><td class=\"n\">\(HTML.number(row[5]))</td>"
      html +=
        "<td><span class=\"grade \(HTML.escape(grade))\">\(HTML.escape(grade))</span><ul class=\"reasons\">"
      for reason in ReportText.list(row[7]) { html += "<li>\(HTML.escape(reason))</li>" }
      html += "</ul></td></tr>\n"
    }
    html += "</tbody></table></div>\n"
    return html
      + ReportText.more(try Int.fetchOne(db, sql: "SELECT count(*) FROM documents") ?? 0, rows.count)
  }

  private func grades(_ db: Database) throws -> String {
    let rows = try Row.fetchAll(db, sql: "SELECT grade, count(*) FROM documents GROUP BY grade")
    let counts = Dictionary(rows.map { ($0[0] as String, $0[1] as Int) }) { first, _ in first }
    guard rows.count > 1 || counts.values.reduce(0, +) > 3 else { return "" }
    let parts = QualityGrade.Grade.allCases.reversed().compactMap { grade in
      counts[grade.rawValue].map {
        "<span class=\"grade \(grade.rawValue)\">\(grade.rawValue)</span> \(HTML.number($0))"
      }
    }
    return "<p>\(parts.joined(separator: " &ensp; "))</p>\n"
  }
}

/// Columns that hold JSON, as text for people.
enum ReportText {
  static func list(_ json: String) -> [String] {
    (try? JSONDecoder().decode([String].self, from: Data(json.utf8))) ?? []
  }

  static func more(_ all: Int, _ shown: Int) -> String {
    all > shown ? "<p class=\"small\">and \(HTML.number(all - shown)) more, in the database</p>\n" : ""
  }
}
