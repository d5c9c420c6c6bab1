import EmendModel
import EmendText
import FoundationEssentials
import GRDB

/// What the writers of whole documents take from the corpus: blocks, sentences, notes and labels of one.
struct StoredDocument {
  struct Block {
    var number: Int
    var kind: EmendModel.Block.Kind
    var level: Int
    var start: Int
    var pageLabel: String
    var section: String
    var text: [UInt8]
  }
  struct Sentence {
    var id: String
    var number: Int
    var block: Int
    /// Bytes of the reading text.
    var range: Range<Int>
    var labels: [String]
    var actors: [String]
  }
  struct Note {
    var mark: String
    var block: Int
    /// The mark in the running text, in bytes of the reading text.
    var anchor: Range<Int>?
  }
  let name: String
  let file: String
  let title: String
  let blocks: [Block]
  let sentences: [Sentence]
  let notes: [Note]
  /// The annotations of labels and actors.
  let spans: [Standoff.Span]

  init(_ name: String, _ db: Database) throws {
    self.name = name
    let facts = try Row.fetchOne(
      db, sql: "SELECT file, title FROM documents WHERE document = ?", arguments: [name])
    file = facts?[0] ?? FileName.safe(name)
    title = facts?[1] ?? ""
    blocks = try Row.fetchAll(
      db,
      sql: """
        SELECT block, kind, level, start, page_label, section_title, text FROM blocks WHERE document = ?
        ORDER BY block
        """, arguments: [name]
    ).map {
      Block(
        number: $0[0], kind: EmendModel.Block.Kind(rawValue: $0[1]) ?? .paragraph, level: $0[2], start: $0[3],
        pageLabel: $0[4], section: $0[5], text: Array(($0[6] as String).utf8))
    }
    notes = try Row.fetchAll(
      db, sql: "SELECT mark, block, anchor_start, anchor_end FROM notes WHERE document = ? ORDER BY note",
      arguments: [name]
    ).map {
      let (start, end): (Int?, Int?) = ($0[2], $0[3])
      return Note(
        mark: $0[0], block: $0[1], anchor: start.flatMap { start in end.map { start..<max(start, $0) } })
    }
    var labels: [Int: [String]] = [:]
    var actors: [Int: [String]] = [:]
    let tags = try Row.fetchAll(
      db,
      sql: "SELECT sentence, label, implicit, evidence FROM tags WHERE document = ? ORDER BY sentence, label",
      arguments: [name])
    for row in tags { labels[row[0] as Int, default: []].append(row[1]) }
    let named = try Row.fetchAll(
      db,
      sql: "SELECT sentence, actor, role, evidence FROM actors WHERE document = ? ORDER BY sentence, number",
      arguments: [name])
    for row in named { actors[row[0] as Int, default: []].append(row[1]) }
    let sentences = try Row.fetchAll(
      db, sql: "SELECT id, sentence, block, start, end FROM sentences WHERE document = ? ORDER BY sentence",
      arguments: [name]
    ).map {
      Sentence(
        id: $0[0], number: $0[1], block: $0[2], range: ($0[3] as Int)..<($0[4] as Int),
        labels: labels[$0[1] as Int] ?? [], actors: actors[$0[1] as Int] ?? [])
    }
    self.sentences = sentences
    let ranges = Dictionary(sentences.map { ($0.number, $0.range) }) { first, _ in first }
    func whole(_ row: Row) -> Range<Int> { ranges[row[0]] ?? 0..<0 }
    spans =
      tags.flatMap { Standoff.spans(of: $0[1], implicit: $0[2], Self.evidence($0[3]), whole($0)) }
      + named.flatMap { Standoff.spans(ofActor: $0[1], role: $0[2], Self.evidence($0[3]), whole($0)) }
  }

  private static func evidence(_ json: String) -> [(range: Range<Int>, entry: String)] {
    struct Piece: Decodable {
      var start, end: Int
      var entry: String?
    }
    let pieces = (try? JSONDecoder().decode([Piece].self, from: Data(json.utf8))) ?? []
    return pieces.map { ($0.start..<max($0.start, $0.end), $0.entry ?? "") }
  }

  /// The reading text: the texts of the blocks with a blank line between, a line end after the last.
  var reading: [UInt8] {
    var bytes: [UInt8] = []
    for (index, block) in blocks.enumerated() {
      if index > 0 { bytes.append(contentsOf: [0x0A, 0x0A]) }
      bytes.append(contentsOf: block.text)
    }
    if !blocks.isEmpty { bytes.append(0x0A) }
    return bytes
  }

  /// The tokens of a range of a block's text: words, and every other sign for itself.
  static func tokens(_ text: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var tokens: [Range<Int>] = []
    var at = range.lowerBound
    func signs(_ end: Int) {
      while at < end {
        let length = UTF8Scalar.decode(text, at: at)?.length ?? 1
        if text[at] > 0x20, !(length == 2 && text[at] == 0xC2 && text[at + 1] == 0xA0) {
          tokens.append(at..<(at + length))
        }
        at += length
      }
    }
    Words.forEach(in: text, range: range) { word in
      signs(word.lowerBound)
      tokens.append(word)
      at = word.upperBound
    }
    signs(range.upperBound)
    return tokens
  }
}
