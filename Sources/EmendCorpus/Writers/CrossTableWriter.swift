import EmendModel

extension CrossTable {
  /// One JSON object: the settings of the count, the totals, the cells.
  public func json() -> [UInt8] {
    var json = JSONLine()
    json.object {
      $0.field("rows", rows.name)
      $0.field("columns", columns.name)
      $0.field("within", within.rawValue)
      $0.field("units", units)
      for (key, totals) in [("row_totals", rowTotals), ("column_totals", columnTotals)] {
        $0.array(key) {
          for total in totals {
            $0.object {
              $0.field("value", total.value)
              $0.field("count", total.count)
            }
          }
        }
      }
      $0.array("cells") {
        for cell in cells { $0.object { CrossTable.write(cell, into: &$0) } }
      }
    }
    json.endLine()
    return json.bytes
  }

  private static func write(_ cell: Cell, into json: inout JSONLine) {
    json.field("row", cell.row)
    json.field("column", cell.column)
    json.field("count", cell.count)
    json.field("share_of_row", cell.shareOfRow)
    json.field("share_of_column", cell.shareOfColumn)
    json.field("expected", cell.expected)
    json.field("association", cell.association)
    json.field("log_likelihood", cell.logLikelihood)
    guard !cell.passages.isEmpty else { return }
    json.array("passages") {
      for passage in cell.passages {
        $0.object {
          $0.field("document", passage.document)
          $0.field("page", passage.pageLabel)
          $0.field("line", passage.line)
          $0.field("section", passage.section)
          $0.field("text", passage.text)
        }
      }
    }
  }

  /// One line a cell; with `passages` one line a passage of a cell.
  public func csv(passages: Bool, raw: Bool = false) -> [UInt8] {
    let writer = CSVWriter(raw: raw)
    func number(_ value: Double) -> CSVWriter.Cell {
      var json = JSONLine()
      json.value(value)
      return .number(JSONText.string(json))
    }
    if passages {
      let head = [rows.name, columns.name, "document", "page", "line", "section", "text"]
      var bytes = writer.line(head.map { .text($0) })
      for cell in cells {
        for passage in cell.passages {
          bytes += writer.line([
            .text(cell.row), .text(cell.column), .text(passage.document), .text(passage.pageLabel),
            .number(String(passage.line)), .text(passage.section), .text(passage.text),
          ])
        }
      }
      return bytes
    }
    let head = [
      rows.name, columns.name, "count", "share_of_row", "share_of_column", "expected", "association",
      "log_likelihood",
    ]
    var bytes = writer.line(head.map { .text($0) })
    for cell in cells {
      bytes += writer.line([
        .text(cell.row), .text(cell.column), .number(String(cell.count)), number(cell.shareOfRow),
        number(cell.shareOfColumn), number(cell.expected), number(cell.association),
        number(cell.logLikelihood),
      ])
    }
    return bytes
  }

  /// A table for the terminal: counts with the share of the row, totals at the edges; then the passages.
  public func text(passages: Bool) -> String {
    var grid: [[String]] = [[""] + columnTotals.map { columns.short($0.value) } + ["all"]]
    var at = 0
    for row in rowTotals {
      var line = [rows.short(row.value)]
      for _ in columnTotals {
        let cell = cells[at]
        at += 1
        line.append(cell.count == 0 ? "·" : "\(cell.count) (\(Int((cell.shareOfRow * 100).rounded()))%)")
      }
      grid.append(line + [String(row.count)])
    }
    grid.append(["all"] + columnTotals.map { String($0.count) } + [String(units)])
    var text = CrossTable.aligned(grid)
    text += "\nCounts of \(within.rawValue)s with both; in brackets, the share of the row's.\n"
    guard passages else { return text }
    for cell in cells where !cell.passages.isEmpty {
      text += "\n\(rows.short(cell.row)) × \(columns.short(cell.column)) (\(cell.count))\n"
      for passage in cell.passages {
        text += "  \(passage.document), p. \(passage.pageLabel): \(passage.text)\n"
      }
    }
    return text
  }

  /// Columns padded to their widest cell: the first to the left, the others to the right.
  private static func aligned(_ grid: [[String]]) -> String {
    guard let head = grid.first else { return "" }
    let widths = head.indices.map { column in grid.map { $0[column].count }.max() ?? 0 }
    var text = ""
    for line in grid {
      var cells: [String] = []
      for (column, cell) in line.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        cells.append(column == 0 ? cell + padding : padding + cell)
      }
      var joined = cells.joined(separator: "  ")
      while joined.hasSuffix(" ") { joined.removeLast() }
      text += joined + "\n"
    }
    return text
  }

  /// A page with the table, its passages folded into the cells.
  public func html(passages: Bool) -> String {
    var page = HTMLPage(title: "\(rows.name) × \(columns.name)")
    page.add("<h1>\(HTML.escape(rows.name)) × \(HTML.escape(columns.name))</h1>\n")
    page.add(HTML.crossTable(self, passages: passages))
    return page.finish()
  }
}
