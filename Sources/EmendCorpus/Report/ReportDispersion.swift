import GRDB

/// Where in each document the commonest labels stand: a tick for each sentence, from the first to the last.
struct ReportDispersion: ReportSection {
  let id = "dispersion"
  let title = "Where the labels stand"

  func html(_ db: Database) throws -> String? {
    let documents = try Row.fetchAll(
      db,
      sql: """
        SELECT document, sentences FROM documents WHERE labels > 0 ORDER BY document LIMIT \(ReportLimits.strips)
        """)
    if documents.isEmpty { return nil }
    let labels = try String.fetchAll(
      db,
      sql: """
        SELECT label FROM tags GROUP BY label ORDER BY count(*) DESC, label LIMIT \(documents.count <= 3 ? 12 : 4)
        """)
    var html = "<p>From the first sentence to the last; each tick is a sentence with the label.</p>\n"
    for document in documents {
      html += try strips(db, document[0], max(1, document[1] as Int), labels)
    }
    let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM documents WHERE labels > 0") ?? 0
    return html + ReportText.more(all, documents.count)
  }

  private func strips(_ db: Database, _ document: String, _ sentences: Int, _ labels: [String]) throws
    -> String
  {
    let (left, width, row) = (190.0, 530.0, 17)
    var svg = ""
    var at = 0
    for label in labels {
      let numbers = try Int.fetchAll(
        db, sql: "SELECT sentence FROM tags WHERE document = ? AND label = ? ORDER BY sentence",
        arguments: [document, label])
      if numbers.isEmpty { continue }
      let y = at * row
      svg += "<text x=\"\(HTML.tenths(left - 10))\" y=\"\(y + 11)\" text-anchor=\"end\">"
      svg += "\(HTML.escape(HTML.shortened(HTML.label(label), 30))) (\(numbers.count))</text>\n"
      svg +=
        "<line class=\"axis\" x1=\"\(HTML.tenths(left))\" x2=\"720\" y1=\"\(y + 14)\" y2=\"\(y + 14)\"/>\n"
      var path = ""
      var lastX = ""
      for number in numbers {
        let x = HTML.tenths(left + (Double(number) - 0.5) / Double(sentences) * width)
        if x == lastX { continue }
        lastX = x
        path += "M\(x) \(y + 3)v11"
      }
      svg += "<path class=\"tick\" d=\"\(path)\"/>\n"
      at += 1
    }
    if at == 0 { return "" }
    return """
      <h3>\(HTML.escape(document))</h3>
      <svg viewBox="0 0 720 \(at * row + 4)" role="img" aria-label="Where labels stand in \(HTML.escape(document))">
      \(svg)</svg>

      """
  }
}
