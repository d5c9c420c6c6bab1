import EmendModel

extension Keyness {
  /// One line a term, the strongest first, for the terminal.
  public func text(limit: Int) -> String {
    let shown = shownRows(limit)
    let width = max(4, shown.map(\.term.count).max() ?? 4)
    func pad(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    var text = "term" + String(repeating: " ", count: width - 4)
    text += "   here  there  per 1000  per 1000        G2  log ratio\n"
    for row in shown {
      text += row.term + String(repeating: " ", count: width - row.term.count)
      text += pad("\(row.target)", 7) + pad("\(row.reference)", 7)
      text += pad(Decimals.two(row.targetRate), 10) + pad(Decimals.two(row.referenceRate), 10)
      text += pad(Decimals.two(row.logLikelihood), 10) + pad(Decimals.two(row.logRatio), 11) + "\n"
    }
    return text + "\n\(terms.rawValue): \(targetTotal) here, \(referenceTotal) there\n"
  }

  public func csv(limit: Int, raw: Bool = false) -> [UInt8] {
    let writer = CSVWriter(raw: raw)
    let head = [
      "term", "target", "reference", "target_per_1000", "reference_per_1000", "log_likelihood", "log_ratio",
    ]
    var bytes = writer.line(head.map { .text($0) })
    for row in shownRows(limit) {
      bytes += writer.line([
        .text(row.term), .number("\(row.target)"), .number("\(row.reference)"),
        .number(Decimals.json(row.targetRate)), .number(Decimals.json(row.referenceRate)),
        .number(Decimals.json(row.logLikelihood)), .number(Decimals.json(row.logRatio)),
      ])
    }
    return bytes
  }

  public func json(limit: Int) -> [UInt8] {
    var json = JSONLine()
    json.object {
      $0.field("terms", terms.rawValue)
      $0.field("target_total", targetTotal)
      $0.field("reference_total", referenceTotal)
      $0.array("rows") {
        for row in shownRows(limit) {
          $0.object {
            $0.field("term", row.term)
            $0.field("target", row.target)
            $0.field("reference", row.reference)
            $0.field("target_per_1000", row.targetRate)
            $0.field("reference_per_1000", row.referenceRate)
            $0.field("log_likelihood", row.logLikelihood)
            $0.field("log_ratio", row.logRatio)
          }
        }
      }
    }
    json.endLine()
    return json.bytes
  }

  /// The strongest of either side, in their order.
  private func shownRows(_ limit: Int) -> [Term] {
    rows.count <= limit * 2 ? rows : Array(rows.prefix(limit)) + Array(rows.suffix(limit))
  }
}

/// Numbers as text.
enum Decimals {
  /// Two decimals: "-3.10".
  static func two(_ value: Double) -> String {
    let hundredths = Int((abs(value) * 100).rounded())
    let rest = hundredths % 100
    return (value < 0 && hundredths > 0 ? "-" : "") + "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// As in our JSON, with at most four decimals.
  static func json(_ value: Double) -> String {
    var json = JSONLine()
    json.value(value)
    return JSONText.string(json)
  }
}
