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

    var edits: [DecodedText.Edit] = []
    var emphasis: [(range: Range<Int>, kind: Scan.Emphasis.Kind)] = []
    var index = 0
    while index < blocks.lines.count {
      let line = blocks.lines[index]
      guard line.kind == .text else {
        if line.kind == .mark, !line.range.isEmpty { edits.append(DecodedText.Edit(range: line.range)) }
        if line.kind == .blank, !line.range.isEmpty { edits.append(DecodedText.Edit(range: line.range)) }
        index += 1
        continue
      }
      var end = index + 1
      while end < blocks.lines.count, Self.continues(blocks.lines[end], after: blocks.lines[end - 1]) {
        end += 1
      }
      let group = blocks.lines[index..<end]
      let inline = MarkdownInline(decoded.text, lines: group.map(\.content))
      emphasis += inline.emphasis
      edits += Self.merged(frames: group, inline: inline.edits)
      index = end
    }

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
    scan.emphasis = Self.placed(emphasis, edits: edits, length: decoded.text.count)
    return scan
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
      if line.content.lowerBound > line.range.lowerBound {
        result.append(DecodedText.Edit(range: line.range.lowerBound..<line.content.lowerBound))
      }
      while next < inline.count, inline[next].range.lowerBound < line.content.upperBound {
        // A mark inside a mark that is gone already (an escape within a link's target).
        if inline[next].range.lowerBound >= (result.last?.range.upperBound ?? 0) {
          result.append(inline[next])
        }
        next += 1
      }
      if line.content.upperBound < line.range.upperBound {
        result.append(DecodedText.Edit(range: line.content.upperBound..<line.range.upperBound))
      }
    }
    return result
  }

  /// Emphasised ranges of the Markdown as ranges of the witness, in order.
  private static func placed(
    _ emphasis: [(range: Range<Int>, kind: Scan.Emphasis.Kind)], edits: [DecodedText.Edit], length: Int
  ) -> [Scan.Emphasis] {
    var builder = OffsetMap.Builder()
    var at = 0
    for edit in edits {
      builder.copy(at..<edit.range.lowerBound)
      builder.replace(edit.range, by: edit.bytes.count)
      at = edit.range.upperBound
    }
    builder.copy(at..<length)
    let map = builder.map
    return emphasis.map { Scan.Emphasis(range: map.target(ofSource: $0.range), kind: $0.kind) }
      .filter { !$0.range.isEmpty }
      .sorted { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
  }
}
