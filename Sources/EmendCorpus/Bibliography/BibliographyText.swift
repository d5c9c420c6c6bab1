import EmendModel

/// One reference a line: as it stands, or put together where there is none.
enum BibliographyText {
  static func write(_ entry: BibliographyEntry, into bytes: inout [UInt8]) {
    bytes += (entry.raw.isEmpty ? line(entry) : entry.raw).utf8
    bytes.append(0x0A)
  }

  /// "Everard, Jansen, and Hollis. 1993."
  private static func line(_ entry: BibliographyEntry) -> String {
    let names = entry.authors.map { name in
      [name.family, name.given, name.suffix].compactMap { $0 }.joined(separator: ", ")
    }
    var parts = [names.joined(separator: "; ")]
    parts += [entry.date, entry.title, entry.containerTitle].compactMap { $0 }
    return parts.filter { !$0.isEmpty }.map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
  }
}
