/// Small pieces of HTML.
enum HTML {
  /// Text made safe for content and for attributes in double quotes.
  static func escape(_ text: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case 0x26: result.append(contentsOf: "&amp;".utf8)
      case 0x3C: result.append(contentsOf: "&lt;".utf8)
      case 0x3E: result.append(contentsOf: "&gt;".utf8)
      case 0x22: result.append(contentsOf: "&quot;".utf8)
      case 0x27: result.append(contentsOf: "&#39;".utf8)
      case 0x09, 0x0A: result.append(byte)
      case 0..<0x20, 0x7F: result.append(contentsOf: [0xEF, 0xBF, 0xBD])
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// 12345 → "12,345".
  static func number(_ value: Int) -> String {
    var digits = Array(String(abs(value)))
    var at = digits.count - 3
    while at > 0 {
      digits.insert(",", at: at)
      at -= 3
    }
    return (value < 0 ? "−" : "") + String(digits)
  }

  /// "1 page", "12 pages".
  static func count(_ value: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(number(value)) \(value == 1 ? noun : plural ?? noun + "s")"
  }

  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

  /// A label path as people read it: "mechanism/contracting/credible-commitment" → "credible commitment".
  static func label(_ path: String) -> String {
    (path.split(separator: "/").last.map(String.init) ?? path).replacing("-", with: " ")
  }

  /// A number as a share of the largest, in tenths of a unit: stable text for drawings.
  static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(abs(tenths % 10))"
  }

  /// Shortens to a number of characters, at a space where there is one near.
  static func shortened(_ text: String, _ limit: Int) -> String {
    guard text.count > limit else { return text }
    let cut = text.prefix(limit)
    let end = cut.lastIndex(of: " ") ?? cut.endIndex
    return cut[..<end] + "…"
  }

  /// Rows and columns with counts; the passages of a cell fold out beneath it.
  static func crossTable(_ table: CrossTable, passages: Bool, limit: Int = 40) -> String {
    var html = "<div class=\"wide\"><table class=\"cross\"><thead><tr><th></th>"
    for column in table.columnTotals {
      html += "<th scope=\"col\">\(escape(table.columns.short(column.value).replacing("-", with: " ")))</th>"
    }
    html += "<th class=\"total\" scope=\"col\">all</th></tr></thead>\n<tbody>\n"
    let most = max(1, table.cells.map(\.count).max() ?? 1)
    var at = 0
    for row in table.rowTotals {
      html += "<tr><th scope=\"row\">\(escape(table.rows.short(row.value).replacing("-", with: " ")))</th>"
      for _ in table.columnTotals {
        let cell = table.cells[at]
        at += 1
        let shade = cell.count == 0 ? 0 : 1 + cell.count * 8 / most
        html += "<td class=\"heat h\(shade)\">\(cell.count == 0 ? "·" : number(cell.count))"
        if cell.count > 0 { html += "<span class=\"share\">\(percent(cell.shareOfRow))</span>" }
        html += "</td>"
      }
      html += "<td class=\"total\">\(number(row.count))</td></tr>\n"
    }
    html += "<tr class=\"total\"><th scope=\"row\">all</th>"
    for column in table.columnTotals { html += "<td>\(number(column.count))</td>" }
    html += "<td class=\"total\">\(number(table.units))</td></tr>\n</tbody></table></div>\n"
    html +=
      "<p class=\"small\">Counts of \(table.within.rawValue)s that have both; below, the share of the row’s. "
    html += "The last row and column count all \(table.within.rawValue)s that have the one value.</p>\n"
    guard passages else { return html }
    for cell in table.cells where !cell.passages.isEmpty {
      html += "<details><summary>\(escape(table.rows.short(cell.row).replacing("-", with: " "))) × "
      html += "\(escape(table.columns.short(cell.column).replacing("-", with: " "))) "
      html += "<span class=\"small\">\(count(cell.count, table.within.rawValue))</span></summary>\n"
      for passage in cell.passages.prefix(limit) { html += quotation(passage) }
      let shown = min(limit, cell.passages.count)
      if cell.count > shown {
        html += "<p class=\"small\">and \(number(cell.count - shown)) more</p>\n"
      }
      html += "</details>\n"
    }
    return html
  }

  static func quotation(_ passage: CrossTable.Passage) -> String {
    """
    <blockquote><p>\(escape(passage.text))</p>\
    <footer>\(escape(passage.document)), p. \(escape(passage.pageLabel))\
    \(passage.section.isEmpty ? "" : ", “" + escape(passage.section) + "”")</footer></blockquote>

    """
  }
}

/// A page that stands for itself: style inside, nothing fetched, readable without script.
struct HTMLPage {
  private var body = ""
  let title: String

  init(title: String) { self.title = title }

  mutating func add(_ html: String) { body += html }

  func finish() -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
    script-src 'unsafe-inline'; img-src data:">
    <title>\(HTML.escape(title))</title>
    <style>
    \(Stylesheet.css)
    </style>
    </head>
    <body>
    <main>
    \(body)</main>
    <script>
    // Print with everything folded out.
    addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(d => d.open = true));
    </script>
    </body>
    </html>

    """
  }
}
