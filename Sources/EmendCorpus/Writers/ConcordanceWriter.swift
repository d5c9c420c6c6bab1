import EmendModel

/// A concordance in the formats of `emend kwic`.
public enum ConcordanceWriter {
  /// Lines with the match in one column: document, page, left context, match, right context.
  /// `mark` dresses the match (colour on a terminal).
  public static func text(
    _ hits: [ConcordanceHit], width: Int, mark: (String) -> String = { $0 }
  ) -> [UInt8] {
    let documents = hits.reduce(0) { max($0, Self.width($1.document)) }
    let pages = hits.reduce(0) { max($0, Self.width($1.pageLabel)) }
    let matches = min(40, hits.reduce(0) { max($0, Self.width($1.match)) })
    var text: [UInt8] = []
    text.reserveCapacity(hits.count * (documents + pages + matches + 2 * width + 16))
    func space(_ count: Int) {
      if count > 0 { text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count)) }
    }
    for hit in hits {
      let left = flat(hit.left)
      let match = flat(hit.match)
      text.append(contentsOf: hit.document.utf8)
      space(documents - Self.width(hit.document) + 2 + pages - Self.width(hit.pageLabel))
      text.append(contentsOf: hit.pageLabel.utf8)
      space(2 + width - Self.width(left))
      text.append(contentsOf: left.utf8)
      space(2)
      text.append(contentsOf: mark(match).utf8)
      space(max(0, matches - Self.width(match)) + 2)
      text.append(contentsOf: flat(hit.right).utf8)
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  public static func jsonLines(_ hits: [ConcordanceHit]) -> [UInt8] {
    var json = JSONLine()
    for hit in hits {
      json.object {
        $0.field("document", hit.document)
        $0.field("page", hit.page)
        $0.field("page_label", hit.pageLabel)
        $0.field("line", hit.line)
        $0.field("section", hit.section)
        $0.field("kind", hit.kind)
        $0.field("left", hit.left)
        $0.field("match", hit.match)
        $0.field("right", hit.right)
        $0.field("id", hit.id)
        $0.field("text", hit.sentence)
        $0.field("labels", hit.labels)
        $0.field("actors", hit.actors)
      }
      json.endLine()
    }
    return json.bytes
  }

  public static func csv(_ hits: [ConcordanceHit], raw: Bool = false) -> [UInt8] {
    let writer = CSVWriter(raw: raw)
    let head = [
      "document", "page", "line", "section", "kind", "left", "match", "right", "id", "text", "labels",
      "actors",
    ]
    var bytes = writer.line(head.map { .text($0) })
    for hit in hits {
      bytes += writer.line([
        .text(hit.document), .text(hit.pageLabel), .number(String(hit.line)), .text(hit.section),
        .text(hit.kind), .text(hit.left), .text(hit.match), .text(hit.right), .text(hit.id),
        .text(hit.sentence), .text(hit.labels.joined(separator: "; ")),
        .text(hit.actors.joined(separator: "; ")),
      ])
    }
    return bytes
  }

  public static func html(_ hits: [ConcordanceHit], title: String) -> String {
    var page = HTMLPage(title: title)
    page.add("<h1>\(HTML.escape(title))</h1>\n<p class=\"lead\">\(hits.count) places</p>\n")
    page.add("<div class=\"wide\"><table class=\"kwic\">\n")
    for hit in hits {
      page.add("<tr><td class=\"place\">\(HTML.escape(hit.document)), \(HTML.escape(hit.pageLabel))</td>")
      page.add("<td class=\"left\">\(HTML.escape(hit.left))</td>")
      page.add("<td class=\"match\">\(HTML.escape(hit.match))</td>")
      page.add("<td class=\"right\">\(HTML.escape(hit.right))</td></tr>\n")
    }
    page.add("</table></div>\n")
    return page.finish()
  }

  /// Nearly all contexts are flat already.
  private static func flat(_ text: String) -> String {
    text.utf8.contains { $0 < 0x20 || $0 == 0xE2 || $0 == 0xC2 }
      ? String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }) : text
  }

  /// Characters; in plain text each byte is one.
  private static func width(_ text: String) -> Int {
    text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.count
  }
}
