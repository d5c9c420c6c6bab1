import EmendCitation
import EmendLexicons
import EmendModel
import FoundationEssentials

/// A small document made of blocks that are given as they should be read: no repair, no segmentation.
enum Fixture {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path()

  static let lexicons = LexiconFolder(base: root + "Lexicons")

  /// The folder of real inputs and gold that stands beside the project on some machines.
  static let shared = root + "../shared/"
  static let hasShared = FileManager.default.fileExists(atPath: shared + "gold/chapter.citations.jsonl")

  /// A document whose blocks are paragraphs, save those whose text starts with "^" (notes: "^3. See …").
  static func document(_ texts: [String]) -> Document {
    var reading: [UInt8] = []
    var blocks: [Block] = []
    var notes: [Note] = []
    var lines: [Scan.Line] = []
    for text in texts {
      let isNote = text.hasPrefix("^")
      let start = reading.count
      reading += Array((isNote ? String(text.dropFirst()) : text).utf8)
      let range = start..<reading.count
      lines.append(Scan.Line(range: range, number: lines.count + 1, sourceStart: start, page: 0))
      if isNote {
        let mark = text.dropFirst().prefix { $0.isNumber }
        notes.append(Note(mark: String(mark), block: blocks.count, text: range))
      }
      blocks.append(
        Block(
          kind: isNote ? .note : .paragraph, range: range, firstLine: lines.count - 1,
          lastLine: lines.count - 1, page: 0, note: isNote ? notes.count - 1 : nil))
      reading += [0x0A, 0x0A]
    }
    let scan = Scan(
      id: "fixture", source: Scan.Source(name: "fixture", format: .plainText, byteCount: reading.count),
      text: reading, lines: lines, pages: [Scan.Page(lines: 0..<lines.count, evidence: .start)])
    let transcript = Transcript(scan: scan)
    return Document(
      transcript: transcript, reading: reading, map: transcript.map, blocks: blocks, notes: notes)
  }

  static func read(_ texts: [String]) throws -> CitationLayer {
    try CitationReader(lexicons: lexicons).read(document(texts))
  }

  /// A citation in short: form, authors, year, locator and prefix.
  static func brief(_ citation: Citation) -> String {
    let authors = citation.authors.map { author in
      [author.given, author.family, author.suffix].compactMap { $0 }.joined(separator: " ")
    }
    var text = "\(citation.form.rawValue): \(authors.joined(separator: " + "))"
    if citation.etAl { text += " et al." }
    text += " | \(citation.year ?? "-")"
    if !citation.locator.isEmpty { text += " | \(citation.locator)" }
    if !citation.prefix.isEmpty { text += " < \(citation.prefix)" }
    return text
  }
}
