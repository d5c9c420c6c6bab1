import EmendModel

/// A table of references, one row a work; cells that a spreadsheet would take for a formula are made safe.
enum BibliographyCSV {
  private static let columns = [
    "key", "type", "authors", "editors", "translators", "year", "title", "container_title",
    "collection_title",
    "volume", "issue", "pages", "edition", "publisher", "place", "genre", "doi", "url", "isbn", "note", "raw",
  ]

  static var head: [UInt8] { CSVWriter().line(columns.map { .text($0) }) }

  static func write(_ entry: BibliographyEntry, key: String, into bytes: inout [UInt8]) {
    let cells: [String?] = [
      key, entry.type, names(entry.authors), names(entry.editors), names(entry.translators), entry.date,
      entry.title, entry.containerTitle, entry.collectionTitle, entry.volume, entry.issue, entry.pages,
      entry.edition, entry.publisher, entry.place, entry.genre, entry.doi, entry.url, entry.isbn,
      entry.notes.isEmpty ? nil : entry.notes.joined(separator: "; "), entry.raw,
    ]
    bytes += CSVWriter().line(cells.map { $0.map { .text($0) } ?? .empty })
  }

  /// "Calder, Robert; Nye".
  private static func names(_ names: [PersonName]) -> String? {
    guard !names.isEmpty else { return nil }
    return names.map { [$0.family, $0.given, $0.suffix].compactMap { $0 }.joined(separator: ", ") }
      .joined(separator: "; ")
  }
}
