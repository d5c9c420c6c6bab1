import EmendModel

/// In-text citations as comma-separated values, in the columns of `emend cite --to jsonl`.
public enum CitationTable {
  private static let columns = [
    "document", "page", "page_label", "line", "column", "line_end", "text", "raw", "form", "group",
    "group_text",
    "authors", "et_al", "authors_elided", "year", "locator", "prefix", "key", "note_number", "this_volume",
    "marker", "work", "confidence",
  ]

  /// The line of column names.
  public static var head: [UInt8] { CSVWriter().line(columns.map { .text($0) }) }

  /// One line a citation, in text order.
  public static func rows(of edition: Edition) -> [UInt8] {
    edition.citations.citations.reduce(into: []) { $0 += row($1, in: edition) }
  }

  private static func row(_ citation: Citation, in edition: Edition) -> [UInt8] {
    let document = edition.document
    let places = document.places(ofReading: citation.range)
    let authors = citation.authors.map { name in
      [name.family, name.given, name.suffix].compactMap { $0 }.joined(separator: ", ")
    }
    let cells: [String?] = [
      document.id, String(places.first.page + 1), document.pageLabel(page: places.first.page),
      String(places.first.line), String(places.first.column), String(places.last.line), citation.text,
      citation.raw, citation.form.rawValue, "g" + ordinal(citation.group), document.text(citation.groupRange),
      authors.joined(separator: "; "), flag(citation.etAl), flag(citation.authorsElided), citation.year,
      citation.locator, citation.prefix, citation.key, citation.noteMark, flag(citation.thisVolume),
      citation.marker, edition.workKey(citation.work), decimal(citation.confidence),
    ]
    return CSVWriter().line(cells.map { $0.map { .text($0) } ?? .empty })
  }

  private static func flag(_ value: Bool) -> String { value ? "true" : "false" }

  private static func decimal(_ value: Double) -> String {
    var json = JSONLine()
    json.value(value)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
