import EmendModel
import EmendText

extension Segmenter {
  /// A text that is taken as it stands: a blank line ends a paragraph, a line end within one is a space. No repair, no
  /// page furniture, no headings, no notes; for texts that were cleaned before.
  ///
  /// ```swift
  /// segmenter.plain(scan).blocks.count   // the number of paragraphs
  /// ```
  ///
  /// - Parameter threads: how many parts of it may be worked on side by side; the result is the same for any number.
  public func plain(_ scan: Scan, threads: Int = 1) -> Document {
    var reading: [UInt8] = []
    reading.reserveCapacity(scan.text.count + 1)
    var segments: [OffsetMap.Segment] = []
    var blocks: [Block] = []
    var end = 0
    for (index, line) in scan.lines.enumerated() {
      var range = line.range
      while let last = range.last, Glyphs.isSpace(scan.text[last]) { range = range.lowerBound..<last }
      while let first = range.first, Glyphs.isSpace(scan.text[first]) {
        range = (first + 1)..<range.upperBound
      }
      if range.isEmpty { continue }
      let isOpen = blocks.last.map { $0.lastLine == index - 1 } ?? false
      let joint: [UInt8] = isOpen ? [0x20] : reading.isEmpty ? [] : [0x0A, 0x0A]
      if end < range.lowerBound || !joint.isEmpty {
        segments.append(
          OffsetMap.Segment(
            source: end..<range.lowerBound, target: reading.count..<(reading.count + joint.count),
            copied: false))
        reading += joint
      }
      let target = reading.count..<(reading.count + range.count)
      segments.append(OffsetMap.Segment(source: range, target: target, copied: true))
      reading += scan.text[range]
      end = range.upperBound
      if isOpen {
        blocks[blocks.count - 1].lastLine = index
        blocks[blocks.count - 1].range = blocks[blocks.count - 1].range.lowerBound..<target.upperBound
      } else {
        blocks.append(
          Block(kind: .paragraph, range: target, firstLine: index, lastLine: index, page: line.page))
      }
    }
    if !reading.isEmpty {
      segments.append(
        OffsetMap.Segment(
          source: end..<scan.text.count, target: reading.count..<(reading.count + 1), copied: false))
      reading.append(0x0A)
    }
    return Document(
      transcript: Transcript(scan: scan), reading: reading, map: OffsetMap(segments: segments),
      blocks: blocks,
      sections: blocks.isEmpty ? [] : [Section(title: "", level: 0, blocks: 0..<blocks.count)],
      sentences: sentences(of: blocks, in: reading, threads: threads))
  }

  /// Fewer paragraphs are not worth a thread.
  private static let fewest = 512

  /// The sentences of all blocks: every block is cut by itself.
  private func sentences(of blocks: [Block], in reading: [UInt8], threads: Int) -> [Sentence] {
    let breaks = SentenceBreaks(text: reading, knowledge: knowledge, marks: [:])
    let parts = SideBySide.map(blocks.count, threads: threads, least: Self.fewest) { some in
      breaks.sentences(in: some.map { (blocks[$0].range, $0) })
    }
    return parts.flatMap(\.self)
  }
}
