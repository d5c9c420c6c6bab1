import EmendLexicons

/// A table of entities: tab-separated, one entity a line, lines that begin with `#` are comments.
///
/// Columns: id, kind, name, further forms (`|` between), seats of government, nouns for taking it up again
/// ("Fund"), dates, identifiers (`wikidata:Q7804`). Trailing columns may be missing.
enum EntityTable {
  static func read(_ text: String, file: String, into lexicon: inout TagLexicon) throws {
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      if line.isEmpty || line.hasPrefix("#") { continue }
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count >= 3, !columns[0].isEmpty, !columns[2].isEmpty else {
        throw LexiconError.bad(file: file, line: number, message: "at least id, kind and name are wanted")
      }
      guard columns[0].utf8.allSatisfy({ isIdentifier($0) }) else {
        throw LexiconError.bad(
          file: file, line: number, message: "“\(columns[0])”: an id is small letters, digits and hyphens")
      }
      func column(_ index: Int) -> String { columns.count > index ? columns[index] : "" }
      func list(_ index: Int) -> [String] { column(index).split(separator: "|").map(String.init) }
      lexicon.entities.append(
        LexiconEntity(
          id: columns[0], kind: columns[1], name: columns[2], forms: list(3), seats: list(4),
          aliases: list(5), dates: column(6), identifiers: column(7),
          place: SourceLine(file: file, line: number)))
    }
  }

  private static func isIdentifier(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
  }
}
