import EmendLexicons
import EmendModel

/// Writes the reading text: the blocks' texts with one blank line between, and the map that leads from
/// the emended text to it.
struct ReadingText {
  private(set) var bytes: [UInt8] = []
  private var builder = OffsetMap.Builder()
  private(set) var blocks: [Block] = []
  private(set) var joins: [Emendation] = []
  /// Where each line's text starts in the reading text, by galley line; -1 for furniture.
  private(set) var lineStarts: [Int]

  private let galley: Galley
  private let join: LineJoin

  init(_ galley: Galley, lexicon: EnglishLexicon) {
    self.galley = galley
    join = LineJoin(galley, lexicon: lexicon)
    lineStarts = [Int](repeating: -1, count: galley.lines.count)
    // Blank lines between the blocks are more than the lines' own ends.
    bytes.reserveCapacity(galley.text.count + galley.text.count / 16)
    for draft in galley.blocks { write(draft) }
    joins.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
  }

  /// Emended text to reading text.
  var map: OffsetMap { builder.map }

  private mutating func write(_ draft: BlockDraft) {
    guard let first = draft.lines.first, let last = draft.lines.last else { return }
    if !bytes.isEmpty { insert([0x0A]) }
    let start = bytes.count
    for (place, index) in draft.lines.enumerated() {
      let range = place == 0 ? draft.part ?? galley.lines[index].range : galley.lines[index].range
      if lineStarts[index] < 0 { lineStarts[index] = bytes.count }
      let next = place + 1 < draft.lines.count ? draft.lines[place + 1] : nil
      let hyphen = galley.transcript.scan.lines[galley.lines[index].index].layout.hyphen
      let outcome = next.map {
        draft.keepsLines ? .lineEnd : join.outcome(range, galley.lines[$0].range, hyphen: hyphen)
      }
      var end = range.upperBound
      if case .closed = outcome { end = Glyphs.scalarBefore(galley.text, end, range.lowerBound).start }
      copy(range.lowerBound..<end, keepsGaps: draft.kind == .table)
      if let next, let outcome { connect(outcome, from: end, index, next) }
    }
    let end = bytes.count
    insert([0x0A])
    let lines = galley.lines
    blocks.append(
      Block(
        kind: draft.kind, range: start..<end, level: draft.level, firstLine: lines[first].index,
        lastLine: lines[last].index, page: lines[first].page, note: draft.note))
  }

  private mutating func connect(_ outcome: LineJoin.Outcome, from: Int, _ above: Int, _ below: Int) {
    let to = galley.lines[below].range.lowerBound
    switch outcome {
    case .lineEnd: bridge(from, to, [0x0A])
    case .tight: bridge(from, to, [])
    case .space:
      bridge(from, to, [0x20])
      if below != above + 1 || galley.lines[below].gapBefore > 0 {
        record(from, to, " ", .reflow, "page-turn", 0.95)
      }
    case .closed(let confidence, let rule):
      bridge(from, to, [])
      record(from, to, "", .hyphenJoin, rule, confidence)
    case .hyphenated(let confidence, let rule):
      bridge(from, to, [])
      record(from, to, "", .hyphenKeep, rule, confidence)
    case .lostHyphen(let confidence):
      bridge(from, to, [])
      record(from, to, "", .lostHyphen, "closed-word-listed", confidence)
    }
  }

  /// Replaces what stands between two lines. Where other lines lie between (furniture, notes), only the
  /// first line's end is taken, since those lines keep their own place.
  private mutating func bridge(_ from: Int, _ to: Int, _ replacement: [UInt8]) {
    let end = from < to && lineEnds(from, to) ? to : min(from + 1, galley.text.count)
    builder.replace(from..<max(from, end), by: replacement.count)
    bytes += replacement
  }

  /// Whether nothing but white space (and at most a hyphen) lies between.
  private func lineEnds(_ from: Int, _ to: Int) -> Bool {
    galley.text[from..<to].allSatisfy { Glyphs.isSpace($0) || $0 == 0x2D || $0 >= 0x80 } && to - from < 200
  }

  private mutating func record(
    _ from: Int, _ to: Int, _ reading: String, _ kind: Emendation.Kind, _ rule: String, _ confidence: Double
  ) {
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

  private mutating func insert(_ new: [UInt8]) {
    builder.replace(
      builder.segments.last.map { $0.source.upperBound..<$0.source.upperBound } ?? 0..<0, by: new.count)
    bytes += new
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
        builder.replace(index..<stop, by: 1)
        bytes.append(0x20)
        start = stop
      }
      index = stop
    }
    take(start..<max(start, end))
  }

  private mutating func take(_ range: Range<Int>) {
    builder.copy(range)
    bytes.append(contentsOf: galley.text[range])
  }
}
