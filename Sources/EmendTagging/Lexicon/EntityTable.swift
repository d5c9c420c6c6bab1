import EmendLexicons

/// A table of entities: tab-separated, one entity a line, lines that begin with `#` are comments.
///
/// Columns: id, kind, name, further forms (`|` between), seats of government, nouns for taking it up again
/// ("Fund"), dates, identifiers (`wikidata:Q7804`). Trailing columns may be missing.
enum EntityTable {
  /// Throws `LexiconError.bad` at the first fault.
  static func read(_ text: String, file: String, into lexicon: inout TagLexicon) throws {
    if let fault = try readable(text, file: file, into: &lexicon).first { throw fault }
  }

  /// Reads the lines that can be read, and gives the faults of the others.
  static func readable(_ text: String, file: String, into lexicon: inout TagLexicon) throws -> [LexiconError]
  {
    var faults: [LexiconError] = []
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      if line.isEmpty || line.hasPrefix("#") { continue }
      do {
        lexicon.entities.append(try entity(String(line), SourceLine(file: file, line: number)))
      } catch let error as LexiconError {
        faults.append(error)
      }
    }
    return faults
  }

  private static func entity(_ line: String, _ place: SourceLine) throws -> LexiconEntity {
    let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard columns.count >= 3, !columns[0].isEmpty, !columns[2].isEmpty else {
      throw LexiconError.bad(
        file: place.file, line: place.line, message: "at least id, kind and name are wanted")
    }
    guard columns[0].utf8.allSatisfy({ isIdentifier($0) }) else {
      throw LexiconError.bad(
        file: place.file, line: place.line,
        message: "“\(columns[0])”: an id is small letters, digits and hyphens")
    }
    func column(_ index: Int) -> String { columns.count > index ? columns[index] : "" }
    func list(_ index: Int) -> [String] { column(index).split(separator: "|").map(String.init) }
    return LexiconEntity(
      id: columns[0], kind: columns[1], name: columns[2], forms: list(3), seats: list(4), aliases: list(5),
      dates: column(6), identifiers: column(7), place: place)
  }

  private static func isIdentifier(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
  }
}
