import EmendModel

/// A record of RIS (Research Information Systems, tagged format of 2011), as Zotero and EndNote read it.
struct RISEntry {
  let entry: BibliographyEntry
  let key: String

  private static let types: [String: String] = [
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "book": "BOOK",
    "chapter": "CHAP", "entry-encyclopedia": "ENCYC", "paper-conference": "CPAPER", "thesis": "THES",
    "report": "RPRT", "webpage": "ELEC", "legal_case": "CASE", "legislation": "STAT", "manuscript": "UNPB",
    "pamphlet": "PAMP", "patent": "PAT", "map": "MAP", "dataset": "DATA",
  ]

  func write(into bytes: inout [UInt8]) {
    func tag(_ tag: String, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      bytes += "\(tag)  - \(value)\r\n".utf8
    }
    tag("TY", Self.types[entry.type] ?? "GEN")
    tag("ID", key)
    for name in entry.authors { tag("AU", Self.name(name)) }
    if entry.hasOtherAuthors { tag("AU", "et al.") }
    for name in entry.editors { tag(entry.type == "chapter" ? "A2" : "ED", Self.name(name)) }
    for name in entry.translators { tag("A4", Self.name(name)) }
    tag("TI", entry.title)
    tag("T2", entry.containerTitle)
    tag("T3", entry.collectionTitle)
    tag("PY", entry.years.first.map(String.init))
    if let day, entry.years.count == 1 {
      tag("DA", day)
    } else if entry.years.count != 1 {
      tag("DA", entry.date)
    }
    tag("VL", entry.volume)
    tag("IS", entry.issue)
    let pages = entry.pages?.replacing("\u{2013}", with: "-").split(separator: "-", maxSplits: 1).map(
      String.init)
    tag("SP", pages?.first)
    tag("EP", pages.flatMap { $0.count > 1 ? $0[1] : nil })
    tag("ET", entry.edition)
    tag("PB", entry.publisher)
    tag("CY", entry.place)
    tag("M3", entry.genre)
    tag("DO", entry.doi)
    tag("UR", entry.url)
    tag("SN", entry.isbn)
    for note in entry.notes { tag("N1", note) }
    bytes += "ER  - \r\n\r\n".utf8
  }

  /// "1919/06/29/", "1919/06//": year, month and day with a place for more (RIS, field DA).
  private var day: String? {
    guard let year = entry.years.first, let month = entry.month else { return nil }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)/\(two(month))/\(entry.day.map(two) ?? "")/"
  }

  private static func name(_ name: PersonName) -> String {
    var parts = [name.family]
    if name.given != nil || name.suffix != nil { parts.append(name.given ?? "") }
    if let suffix = name.suffix { parts.append(suffix) }
    return parts.joined(separator: ", ")
  }
}
