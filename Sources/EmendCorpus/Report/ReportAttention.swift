import GRDB

/// What a reader should look at: changes that were only suggested, the least certain that were made, and
/// the warnings of the stages.
struct ReportAttention: ReportSection {
  let id = "attention"
  let title = "What to look at"

  func html(_ db: Database) throws -> String? {
    let html = try suggestions(db) + warnings(db)
    return html.isEmpty ? nil : html
  }

  private func suggestions(_ db: Database) throws -> String {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT document, page_label, line, original, reading, confidence, evidence, status FROM emendations
        WHERE status = 'suggested' OR (status = 'applied' AND confidence < 0.995
          AND kind IN ('ligature', 'companion', 'confusion', 'missing-space'))
        ORDER BY status DESC, CASE status WHEN 'applied' THEN confidence ELSE -confidence END, document, number LIMIT 24
        """)
    if rows.isEmpty { return "" }
    let all =
      try Int.fetchOne(db, sql: "SELECT count(*) FROM emendations WHERE status = 'suggested'") ?? 0
    var html =
      all == 0
      ? "<p>The least certain of the changes made."
      : "<p>\(HTML.count(all, "change")) only suggested, the likeliest first, then the least certain of those made."
    html +=
      "</p>\n<div class=\"wide\"><table>\n<thead><tr><th>Where</th><th>Stands</th><th>Read as</th>"
    html += "<th class=\"n\">Certainty</th><th>Why</th></tr></thead>\n<tbody>\n"
    for row in rows {
      html += "<tr><td>\(HTML.escape(row[0] as String)), p.&nbsp;\(HTML.escape(row[1] as String))"
      html += "<br><span class=\"small\">line \(row[2] as Int)</span></td>"
      html += "<td><span class=\"sign\">\(HTML.escape(ReportDamage.visible(row[3])))</span></td>"
      html += "<td><span class=\"sign\">\(HTML.escape(ReportDamage.visible(row[4])))</span>"
      html += "<br><span class=\"small\">\(HTML.escape(row[7] as String))</span></td>"
      html += "<td class=\"n\">\(QualityGrade.decimal((row[5] as Double) * 100)) %</td>"
      html += "<td class=\"small\">\(HTML.escape(row[6] as String))</td></tr>\n"
    }
    return html + "</tbody></table></div>\n"
  }

  private func warnings(_ db: Database) throws -> String {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT code, stage, count(*), count(DISTINCT document), min(document), min(message) FROM warnings
        GROUP BY code, stage ORDER BY count(*) DESC, code LIMIT 20
        """)
    if rows.isEmpty { return "" }
    var html = "<h3>Warnings</h3>\n<div class=\"wide\"><table>\n<thead><tr><th>Warning</th><th>Stage</th>"
    html += "<th class=\"n\">Times</th><th>For example</th></tr></thead>\n<tbody>\n"
    for row in rows {
      html +=
        "<tr><td><code>\(HTML.escape(row[0] as String))</code></td><td>\(HTML.escape(row[1] as String))</td>"
      html += "<td class=\"n\">\(HTML.number(row[2]))</td>"
      html += "<td>\(HTML.escape(HTML.shortened(row[5], 160))) "
      html += "<span class=\"small\">(\(HTML.escape(row[4] as String)))</span></td></tr>\n"
    }
    return html + "</tbody></table></div>\n"
  }
}

/// Sources that could not be read.
struct ReportFailures: ReportSection {
  let id = "failures"
  let title = "What could not be read"

  func html(_ db: Database) throws -> String? {
    let rows = try Row.fetchAll(
      db, sql: "SELECT source, code, stage, message FROM failures ORDER BY document")
    if rows.isEmpty { return nil }
    var html =
      "<div class=\"wide\"><table>\n<thead><tr><th>Source</th><th>Error</th><th>Message</th></tr></thead>\n"
    html += "<tbody>\n"
    for row in rows.prefix(ReportLimits.documents) {
      html +=
        "<tr><td>\(HTML.escape(row[0] as String))</td><td><code>\(HTML.escape(row[1] as String))</code></td>"
      html += "<td>\(HTML.escape(row[3] as String))</td></tr>\n"
    }
    return html + "</tbody></table></div>\n"
      + ReportText.more(rows.count, min(rows.count, ReportLimits.documents))
  }
}
