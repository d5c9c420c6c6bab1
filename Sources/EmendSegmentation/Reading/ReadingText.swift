import EmendLexicons
import EmendModel

/// Writes the reading text: the blocks' texts with one blank line between, and the map that leads from
/// the emended text to it.
struct ReadingText {
  private(set) var bytes: [UInt8] = []
  /// Empty where the text alone is wanted, as are blocks and joins.
  private var builder: OffsetMap.Builder
  private(set) var blocks: [Block] = []
  private(set) var joins: [Emendation] = []
  /// Where the first line of each page starts in the reading text; -1 where none of its lines is in it.
  private(set) var pageStarts: [Int]

  private let galley: Galley
  private let join: LineJoin
  private let isMapped: Bool

  /// - Parameter isMapped: whether the way back to the emended text is kept, with blocks and joins.
  init(_ galley: Galley, lexicon: EnglishLexicon, isMapped: Bool = true) {
    self.galley = galley
    self.isMapped = isMapped
    join = LineJoin(galley, lexicon: lexicon)
    pageStarts = [Int](repeating: -1, count: galley.pages.count)
    // Most lines are copied, and their ends replaced.
    builder = OffsetMap.Builder(capacity: isMapped ? 2 * (galley.lines.count + galley.blocks.count) : 0)
    if isMapped { blocks.reserveCapacity(galley.blocks.count) }
    // Blank lines between the blocks are more than the lines' own ends.
    bytes.reserveCapacity(galley.text.count + galley.text.count / 16)
    for draft in galley.blocks { write(draft) }
    joins.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
  }

  /// Emended text to reading text.
  var map: OffsetMap { builder.map }

  /// Hands the blocks over.
  mutating func takeBlocks() -> [Block] {
    defer { blocks = [] }
    return blocks
  }

  private mutating func write(_ draft: BlockDraft) {
    guard let first = draft.lines.first, let last = draft.lines.last else { return }
    if !bytes.isEmpty { insertLineEnd() }
    let start = bytes.count
    for (place, index) in draft.lines.enumerated() {
      let line = galley.lines[index]
      let range = place == 0 ? draft.part ?? line.range : line.range
      if pageStarts[line.page] < 0 { pageStarts[line.page] = bytes.count }
      let next = place + 1 < draft.lines.count ? draft.lines[place + 1] : nil
      let outcome = next.map {
        draft.keepsLines
          ? .lineEnd
          : join.outcome(
            range, galley.lines[$0].range, hyphen: galley.transcript.scan.lines[line.index].layout.hyphen)
      }
      var end = range.upperBound
      if case .closed = outcome { end = Glyphs.scalarBefore(galley.text, end, range.lowerBound).start }
      if line.flags.contains(.hasGaps) {
        copy(range.lowerBound..<end, keepsGaps: draft.kind == .table)
      } else {
        take(range.lowerBound..<end)
      }
      if let next, let outcome { connect(outcome, from: end, index, next) }
    }
    let end = bytes.count
    insertLineEnd()
    guard isMapped else { return }
    let lines = galley.lines
    blocks.append(
      Block(
        kind: draft.kind, range: start..<end, level: draft.level, firstLine: lines[first].index,
        lastLine: lines[last].index, page: lines[first].page, note: draft.note))
  }

  private mutating func connect(_ outcome: LineJoin.Outcome, from: Int, _ above: Int, _ below: Int) {
    let to = galley.lines[below].range.lowerBound
    switch outcome {
    case .lineEnd: bridge(from, to, 0x0A)
    case .tight: bridge(from, to, nil)
    case .space:
      bridge(from, to, 0x20)
      if below != above + 1 || galley.lines[below].gapBefore > 0 {
        record(from, to, " ", .reflow, "page-turn", 0.95)
      }
    case .closed(let confidence, let rule):
      bridge(from, to, nil)
      record(from, to, "", .hyphenJoin, rule, confidence)
    case .hyphenated(let confidence, let rule):
      bridge(from, to, nil)
      record(from, to, "", .hyphenKeep, rule, confidence)
    case .lostHyphen(let confidence):
      bridge(from, to, nil)
      record(from, to, "", .lostHyphen, "closed-word-listed", confidence)
    }
  }

  /// Replaces what stands between two lines. Where other lines lie between (furniture, notes), only the
  /// first line's end is taken, since those lines keep their own place.
  private mutating func bridge(_ from: Int, _ to: Int, _ replacement: UInt8?) {
    let end = from < to && lineEnds(from, to) ? to : min(from + 1, galley.text.count)
    if isMapped { builder.replace(from..<max(from, end), by: replacement == nil ? 0 : 1) }
    if let replacement { bytes.append(replacement) }
  }

  /// Whether nothing but white space (and at most a hyphen) lies between.
  private func lineEnds(_ from: Int, _ to: Int) -> Bool {
    galley.text[from..<to].allSatisfy { Glyphs.isSpace($0) || $0 == 0x2D || $0 >= 0x80 } && to - from < 200
  }

  private mutating func record(
    _ from: Int, _ to: Int, _ reading: String, _ kind: Emendation.Kind, _ rule: String, _ confidence: Double
  ) {
    guard isMapped else { return }
    let map = galley.transcript.map
    let start = map.source(ofTarget: from)
    var end = map.source(ofTarget: to)
    if end < start || !lineEnds(from, max(from, to)) {
      end = min(galley.transcript.scan.text.count, map.source(ofTarget: min(from + 1, galley.text.count)))
    }
    let range = start..<max(start, end)
    joins.append(
      Emendation(
        range: range, original: String(decoding: galley.transcript.scan.text[range], as: UTF8.self),
        reading: reading, kind: kind, rule: rule, confidence: confidence))
  }

  private mutating func insertLineEnd() {
    if isMapped {
      let end = builder.segments.last?.source.upperBound ?? 0
      builder.replace(end..<end, by: 1)
    }
    bytes.append(0x0A)
  }

  /// Copies a line; runs of white space become one space, except in tables.
  private mutating func copy(_ range: Range<Int>, keepsGaps: Bool) {
    let end = range.upperBound
    let text = galley.text
    var start = range.lowerBound
    var index = start
    while index < end {
      let byte = text[index]
      guard byte <= 0x20, Glyphs.isSpace(byte) else {
        index += 1
        continue
      }
      var stop = index + 1
      while stop < end, Glyphs.isSpace(text[stop]) { stop += 1 }
      if byte != 0x20 || (stop - index > 1 && !keepsGaps) {
        take(start..<index)
        if isMapped { builder.replace(index..<stop, by: 1) }
        bytes.append(0x20)
        start = stop
      }
      index = stop
    }
    take(start..<max(start, end))
  }

  private mutating func take(_ range: Range<Int>) {
    if isMapped { builder.copy(range) }
    bytes.append(contentsOf: galley.text[range])
  }
}
