import GRDB

/// The headings of each document with their pages.
struct ReportOutline: ReportSection {
  let id = "outline"
  let title = "Outline"

  func html(_ db: Database) throws -> String? {
    let documents = try String.fetchAll(
      db, sql: "SELECT DISTINCT document FROM sections WHERE title <> '' ORDER BY document")
    if documents.isEmpty { return nil }
    var html = ""
    for document in documents.prefix(ReportLimits.outlines) {
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT s.title, s.level, b.page_label, s.last_block - s.first_block + 1
          FROM sections s JOIN blocks b ON b.document = s.document AND b.block = s.first_block
          WHERE s.document = ? AND s.title <> '' ORDER BY s.section
          """, arguments: [document])
      html += "<details\(documents.count <= 2 ? " open" : "")><summary>\(HTML.escape(document)) "
      html +=
        "<span class=\"small\">\(HTML.count(rows.count, "heading"))</span></summary>\n<ol class=\"outline\">\n"
      for row in rows {
        let level = max(1, min(6, row[1] as Int))
        html += "<li class=\"l\(level)\"><span>\(HTML.escape(HTML.shortened(row[0], 120)))</span>"
        html += "<span class=\"dots\"></span><span>\(HTML.escape(row[2] as String))</span></li>\n"
      }
      html += "</ol></details>\n"
    }
    return html + ReportText.more(documents.count, min(documents.count, ReportLimits.outlines))
  }
}
