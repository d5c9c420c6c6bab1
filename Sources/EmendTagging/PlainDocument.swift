import EmendModel

/// A document made of ready sentences, for examples and tests: no damage, no notes, one page.
package enum PlainDocument {
  /// Each paragraph is a list of sentences in UTF-8.
  package static func make(paragraphs: [[[UInt8]]], kind: Block.Kind = .paragraph) -> Document {
    var reading: [UInt8] = []
    var blocks: [Block] = []
    var sentences: [Sentence] = []
    for paragraph in paragraphs {
      let start = reading.count
      for (index, sentence) in paragraph.enumerated() {
        if index > 0 { reading.append(0x20) }
        let from = reading.count
        reading += sentence
        sentences.append(Sentence(range: from..<reading.count, block: blocks.count))
      }
      blocks.append(
        Block(
          kind: kind, range: start..<reading.count, firstLine: 2 * blocks.count, lastLine: 2 * blocks.count,
          page: 0))
      reading += [0x0A, 0x0A]
    }
    if !reading.isEmpty { reading.removeLast() }
    var lines: [Scan.Line] = []
    var start = 0
    for end in reading.indices where reading[end] == 0x0A {
      lines.append(Scan.Line(range: start..<end, number: lines.count + 1, sourceStart: start, page: 0))
      start = end + 1
    }
    let scan = Scan(
      id: "text", source: Scan.Source(name: "text", format: .plainText, byteCount: reading.count),
      text: reading,
      lines: lines, pages: [Scan.Page(lines: 0..<lines.count, evidence: .start)])
    return Document(
      transcript: Transcript(scan: scan), reading: reading, map: .identity(length: reading.count),
      blocks: blocks, sections: [Section(title: "", level: 0, blocks: 0..<blocks.count)], sentences: sentences
    )
  }
}
