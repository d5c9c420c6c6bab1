import EmendModel

extension Dispersion {
  /// One strip a document: a cell for each part, the darker the more hits.
  public func text() -> String {
    let width = max(8, documents.map(\.document.count).max() ?? 8)
    let shades = Array("·░▒▓█")
    var text = ""
    for each in documents {
      let most = max(1, each.parts.max() ?? 1)
      let strip = each.parts.map { count in
        count == 0 ? shades[0] : shades[min(4, 1 + (count - 1) * 4 / most)]
      }
      text += each.document + String(repeating: " ", count: width - each.document.count)
      text += "  \(String(strip))  \(each.hits) of \(each.sentences) sentences"
      text += ", DP \(Decimals.two(each.deviation)), D \(Decimals.two(each.juilland))"
      if let first = each.pages.first, let last = each.pages.last {
        text += first == last ? ", p. \(first)" : ", pp. \(first)–\(last)"
      }
      text += "\n"
    }
    return text
  }

  /// One line a hit: document, position from 0 to 1, page.
  public func csv(raw: Bool = false) -> [UInt8] {
    let writer = CSVWriter(raw: raw)
    var bytes = writer.line(["document", "position", "page"].map { .text($0) })
    for each in documents {
      for (position, page) in zip(each.positions, each.pages) {
        bytes += writer.line([.text(each.document), .number(Decimals.json(position)), .text(page)])
      }
    }
    return bytes
  }

  /// One object a document.
  public func jsonLines() -> [UInt8] {
    var json = JSONLine()
    for each in documents {
      json.object {
        $0.field("document", each.document)
        $0.field("sentences", each.sentences)
        $0.field("hits", each.hits)
        $0.field("deviation_of_proportions", each.deviation)
        $0.field("juilland_d", each.juilland)
        $0.array("parts") { for count in each.parts { $0.value(count) } }
        $0.array("positions") { for position in each.positions { $0.value(position) } }
        $0.field("pages", each.pages)
      }
      json.endLine()
    }
    return json.bytes
  }
}
