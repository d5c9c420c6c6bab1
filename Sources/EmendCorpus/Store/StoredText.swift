import EmendModel
import GRDB

/// A document of a corpus as far as tagging needs it: its reading text with blocks, sections and sentences, and the
/// stretches that citations cover.
///
/// It is rebuilt from the rows of the corpus; the source, its repairs and its pages stay where they are.
public struct StoredText: Sendable {
  public var document: Document
  public var citations: CitationLayer

  /// Throws what GRDB throws; nil when the corpus has no such document.
  static func read(_ name: String, _ db: Database) throws -> StoredText? {
    guard
      try Bool.fetchOne(db, sql: "SELECT 1 FROM documents WHERE document = ?", arguments: [name]) == true
    else { return nil }
    var reading: [UInt8] = []
    var blocks: [Block] = []
    for row in try Row.fetchAll(
      db,
      sql:
        "SELECT start, end, text, kind, level, section, page, line, line_end FROM blocks WHERE document = ? ORDER BY block",
      arguments: [name])
    {
      let range = (row[0] as Int)..<max(row[0] as Int, row[1] as Int)
      while reading.count < range.lowerBound { reading.append(0x0A) }
      reading += Array((row[2] as String).utf8)
      blocks.append(
        Block(
          kind: Block.Kind(rawValue: row[3]) ?? .paragraph, range: range, level: row[4],
          section: (row[5] as Int) - 1, firstLine: (row[7] as Int) - 1, lastLine: (row[8] as Int) - 1,
          page: (row[6] as Int) - 1))
    }
    reading.append(0x0A)
    let sections = try Row.fetchAll(
      db,
      sql:
        "SELECT title, level, role, first_block, last_block, parent FROM sections WHERE document = ? ORDER BY section",
      arguments: [name]
    ).map { row in
      Section(
        title: row[0], level: row[1], role: Section.Role(rawValue: row[2]) ?? .body,
        blocks: ((row[3] as Int) - 1)..<max((row[3] as Int) - 1, row[4] as Int),
        parent: (row[5] as Int?).map { $0 - 1 })
    }
    let sentences = try Row.fetchAll(
      db, sql: "SELECT start, end, block FROM sentences WHERE document = ? ORDER BY sentence",
      arguments: [name]
    ).map { Sentence(range: ($0[0] as Int)..<max($0[0] as Int, $0[1] as Int), block: ($0[2] as Int) - 1) }
    let scan = Scan(
      id: name, source: Scan.Source(name: name, format: .plainText, byteCount: reading.count), text: reading)
    let document = Document(
      transcript: Transcript(scan: scan), reading: reading, map: .identity(length: reading.count),
      blocks: blocks, sections: sections, sentences: sentences)
    return StoredText(
      document: document,
      citations: CitationLayer(
        citations: try citations(name, reading, db), references: try references(name, db)))
  }

  private static func references(_ name: String, _ db: Database) throws -> [Reference] {
    try Row.fetchAll(
      db, sql: "SELECT start, end, raw, origin FROM reference_entries WHERE document = ? ORDER BY number",
      arguments: [name]
    ).map { row in
      Reference(
        raw: row[2], fields: [], origin: Reference.Origin(rawValue: row[3]) ?? .list,
        range: (row[0] as Int)..<max(row[0] as Int, row[1] as Int))
    }
  }

  /// The citations with the ranges of their groups, which are found again by their text around each citation.
  private static func citations(_ name: String, _ reading: [UInt8], _ db: Database) throws -> [Citation] {
    try Row.fetchAll(
      db,
      sql: "SELECT start, end, text, group_text, year, key FROM citations WHERE document = ? ORDER BY number",
      arguments: [name]
    ).map { row in
      let range = ((row[0] as Int)..<max(row[0] as Int, row[1] as Int)).clamped(to: 0..<reading.count)
      return Citation(
        range: range, text: row[2], raw: row[2], form: .parenthetical, group: 0,
        groupRange: group(Array((row[3] as String).utf8), around: range, reading), authors: [], year: row[4],
        key: row[5])
    }
  }

  /// The nearest stretch that reads `text` and covers a range; the range itself when there is none.
  private static func group(_ text: [UInt8], around range: Range<Int>, _ reading: [UInt8]) -> Range<Int> {
    guard text.count >= range.count else { return range }
    var start = range.lowerBound
    while start >= 0, start + text.count >= range.upperBound {
      let end = start + text.count
      if end <= reading.count, reading[start] == text.first ?? 0, reading[start..<end].elementsEqual(text) {
        return start..<end
      }
      start -= 1
    }
    return range
  }
}
