import EmendModel
import EmendText

/// Markdown: the witness is the text without its marks, line for line parallel to the source; what the
/// marks said stands in the layout of the lines and in the emphasised stretches.
struct MarkdownReader {
  var options: Reading.Options

  func scan(_ bytes: [UInt8], id: String, name: String) throws -> Scan {
    let decoder = TextDecoder(file: name, strict: options.strict)
    let decoded = LineEnds.normalised(try decoder.decode(bytes))
    let blocks = MarkdownBlocks(decoded.text)

    let groups = Self.groups(blocks, decoded.text)
    let notes = MarkdownNotes(blocks, groups.flatMap(\.inlines), decoded.text)
    var edits: [DecodedText.Edit] = []
    var next = 0
    for group in groups {
      edits += Self.marks(blocks.lines[next..<group.lines.lowerBound])
      let inline = group.inlines.flatMap(\.edits) + notes.labels(group.inlines, decoded.text)
      edits += Self.merged(
        frames: blocks.lines[group.lines],
        inline: inline.sorted { $0.range.lowerBound < $1.range.lowerBound })
      next = group.lines.upperBound
    }
    edits += Self.marks(blocks.lines[next...])

    let stripped = decoded.replacing(edits)
    var cutter = LineCutter(file: name, lineLimit: options.limits.lineBytes)
    cutter.findsLeadingSpaces = false
    cutter.layouts = blocks.lines.map(\.layout)
    for (number, line) in blocks.lines.enumerated() where line.startsPage { cutter.marked[number] = .format }
    let (lines, pages) = try cutter.cut(stripped)
    var scan = Scan(id: id, decoded: stripped, name: name, format: .markdown, byteCount: bytes.count)
    scan.lines = lines
    scan.pages = pages
    if let yaml = blocks.frontMatter {
      scan.metadata = FrontMatter.facts(String(decoding: decoded.text[yaml], as: UTF8.self))
    }
    let map = Self.map(edits, length: decoded.text.count)
    scan.emphasis = groups.flatMap { $0.inlines.flatMap(\.emphasis) }
      .map { Scan.Emphasis(range: map.target(ofSource: $0.range), kind: $0.kind) }
      .filter { !$0.range.isEmpty }
      .sorted { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
    scan.notes = notes.placed(scan.lines, map)
    return scan
  }

  /// Lines whose inline marks belong together; for the row of a table, cell by cell.
  private struct Group {
    var lines: Range<Int>
    var inlines: [MarkdownInline]
  }

  private static func groups(_ blocks: MarkdownBlocks, _ text: [UInt8]) -> [Group] {
    let names = Set(blocks.notes.map { MarkdownInline.name(text, $0.label) })
    var groups: [Group] = []
    var index = 0
    while index < blocks.lines.count {
      let line = blocks.lines[index]
      var end = index + 1
      if !line.cells.isEmpty {
        let inlines = line.cells.map { MarkdownInline(text, lines: [$0], notes: names) }
        groups.append(Group(lines: index..<end, inlines: inlines))
      } else if line.kind == .text {
        while end < blocks.lines.count, continues(blocks.lines[end], after: blocks.lines[end - 1]) {
          end += 1
        }
        let lines = blocks.lines[index..<end].map(\.content)
        groups.append(
          Group(lines: index..<end, inlines: [MarkdownInline(text, lines: lines, notes: names)]))
      }
      index = end
    }
    return groups
  }

  /// Lines that are marks through and through, or blank.
  private static func marks(_ lines: ArraySlice<MarkdownBlocks.Line>) -> [DecodedText.Edit] {
    lines.filter { ($0.kind == .mark || $0.kind == .blank) && !$0.range.isEmpty }
      .map { DecodedText.Edit(range: $0.range) }
  }

  private static func continues(_ line: MarkdownBlocks.Line, after last: MarkdownBlocks.Line) -> Bool {
    line.kind == .text && !line.startsGroup && line.layout.quoteDepth == last.layout.quoteDepth
      && (last.layout.heading == nil || line.layout.heading == last.layout.heading)
  }

  /// The marks at both ends of each line together with those inside, in order.
  private static func merged(
    frames lines: ArraySlice<MarkdownBlocks.Line>, inline: [DecodedText.Edit]
  ) -> [DecodedText.Edit] {
    var result: [DecodedText.Edit] = []
    var next = 0
    for line in lines {
      let parts = line.cells.isEmpty ? [line.content] : line.cells
      var at = line.range.lowerBound
      for (place, part) in parts.enumerated() {
        if part.lowerBound > at {
          let gap = place == 0 ? [] : Self.cellGap
          result.append(DecodedText.Edit(range: at..<part.lowerBound, bytes: gap))
        }
        while next < inline.count, inline[next].range.lowerBound < part.upperBound {
          // A mark inside a mark that is gone already (an escape within a link's target).
          if inline[next].range.lowerBound >= (result.last?.range.upperBound ?? 0) {
            result.append(inline[next])
          }
          next += 1
        }
        at = part.upperBound
      }
      if at < line.range.upperBound { result.append(DecodedText.Edit(range: at..<line.range.upperBound)) }
    }
    return result
  }

  /// What stands between the cells of a row: a gap by which a row is known in plain text too.
  private static let cellGap = [UInt8](repeating: 0x20, count: 3)

  /// Markdown to witness.
  private static func map(_ edits: [DecodedText.Edit], length: Int) -> OffsetMap {
    var builder = OffsetMap.Builder()
    var at = 0
    for edit in edits {
      builder.copy(at..<edit.range.lowerBound)
      builder.replace(edit.range, by: edit.bytes.count)
      at = edit.range.upperBound
    }
    builder.copy(at..<length)
    return builder.map
  }
}
