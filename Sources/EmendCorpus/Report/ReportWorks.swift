import GRDB

/// The works most cited, and when the cited works appeared.
struct ReportWorks: ReportSection {
  let id = "works"
  let title = "Works cited"

  func html(_ db: Database) throws -> String? {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT author_names, year, title, citations, document_count FROM works
        ORDER BY citations DESC, document_count DESC, work LIMIT \(ReportLimits.works)
        """)
    if rows.isEmpty { return nil }
    var html = try years(db)
    html += "<div class=\"wide\"><table>\n<thead><tr><th>Work</th><th class=\"n\">Cited</th>"
    html += "<th class=\"n\">Documents</th></tr></thead>\n<tbody>\n"
    for row in rows {
      html += "<tr><td>\(HTML.escape(row[0] as String)) \(HTML.escape((row[1] as String?) ?? ""))"
      if let title = row[2] as String? { html += "<br><em>\(HTML.escape(HTML.shortened(title, 140)))</em>" }
      html +=
        "</td><td class=\"n\">\(HTML.number(row[3]))</td><td class=\"n\">\(HTML.number(row[4]))</td></tr>\n"
    }
    html += "</tbody></table></div>\n"
    return html + ReportText.more(try Int.fetchOne(db, sql: "SELECT count(*) FROM works") ?? 0, rows.count)
  }

  /// Citations by the year of the work, a bar a year, or a bar a decade over more than 90 years.
  private func years(_ db: Database) throws -> String {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT CAST(substr(year, 1, 4) AS INTEGER) AS y, count(*) FROM citations
        WHERE year GLOB '[12][0-9][0-9][0-9]*' GROUP BY y ORDER BY y
        """)
    guard let first = rows.first?[0] as Int?, let last = rows.last?[0] as Int?, rows.count > 1 else {
      return ""
    }
    let step = last - first > 90 ? 10 : 1
    let start = first / step * step
    let bars = (last - start) / step + 1
    var counts = [Int](repeating: 0, count: bars)
    for row in rows { counts[((row[0] as Int) - start) / step] += row[1] as Int }
    let most = max(1, counts.max() ?? 1)
    let (width, height) = (720.0, 130.0)
    let slot = width / Double(bars)
    let bar = max(1, min(slot - 1.5, 28))
    var svg = "<figure style=\"margin:0 0 1.6rem\"><svg viewBox=\"0 -14 720 162\" role=\"img\" aria-label=\""
    svg += "Citations by the year of the work\">\n"
    svg +=
      "<line class=\"axis\" x1=\"0\" x2=\"720\" y1=\"\(HTML.tenths(height))\" y2=\"\(HTML.tenths(height))\"/>\n"
    let every = max(1, (bars * 44 + 719) / 720)
    for (index, count) in counts.enumerated() {
      let x = Double(index) * slot + (slot - bar) / 2
      let tall = Double(count) / Double(most) * height
      let year = start + index * step
      if count > 0 {
        svg += "<rect class=\"bar\" x=\"\(HTML.tenths(x))\" y=\"\(HTML.tenths(height - tall))\" "
        svg += "width=\"\(HTML.tenths(bar))\" height=\"\(HTML.tenths(tall))\">"
        svg += "<title>\(year)\(step == 10 ? "s" : ""): \(HTML.number(count))</title></rect>\n"
      }
      if count == most {
        svg +=
          "<text x=\"\(HTML.tenths(x + bar / 2))\" y=\"-4\" text-anchor=\"middle\">\(HTML.number(count))</text>\n"
      }
      if index % every == 0 {
        svg += "<text x=\"\(HTML.tenths(x + bar / 2))\" y=\"\(HTML.tenths(height + 14))\" "
        svg += "text-anchor=\"middle\">\(year)</text>\n"
      }
    }
    svg +=
      "</svg><figcaption>Citations by the \(step == 10 ? "decade" : "year") of the work.</figcaption></figure>\n"
    return svg
  }
}
