import EmendModel
import EmendText

/// Reads every line once and counts what later steps ask: letters, capitals, words, gaps, indents.
struct LineTable: SegmentationStep {
  func apply(to galley: inout Galley) {
    let scan = galley.transcript.scan
    let (text, ranges, knowledge) = (galley.text, galley.transcript.lines, galley.knowledge)
    var setter = LineSetter(scan)
    if galley.threads <= 1 {
      for index in scan.lines.indices {
        if let line = Self.read(text, ranges[index], knowledge) { setter.set(line, index) }
      }
    } else {
      let parts = SideBySide.map(scan.lines.count, threads: galley.threads, least: Self.fewest) { some in
        var lines: [Line] = []
        lines.reserveCapacity(some.count)
        for index in some {
          guard var line = Self.read(text, ranges[index], knowledge) else { continue }
          line.index = index
          lines.append(line)
        }
        return lines
      }
      for part in parts { for line in part { setter.set(line, line.index) } }
    }
    setter.finish(&galley)
  }

  /// Fewer lines are not worth a thread.
  private static let fewest = 1000

  static func measure(_ lines: [Line]) -> Int {
    var measure = Measure()
    for line in lines { measure.insert(line.width) }
    return measure.value
  }

  /// The facts of one line; nil when it is blank.
  static func read(_ text: [UInt8], _ range: Range<Int>, _ knowledge: StructureKnowledge) -> Line? {
    var (start, end) = (range.lowerBound, range.upperBound)
    var indent = 0
    while start < end, Glyphs.isSpace(text[start]) {
      indent += text[start] == 0x09 ? 4 - indent % 4 : 1
      start += 1
    }
    while end > start, Glyphs.isSpace(text[end - 1]) { end -= 1 }
    guard start < end else { return nil }
    var line = Line(index: 0, page: 0, range: start..<end)
    line.indent = indent
    var count = LineCount()
    count.read(text, start..<end, knowledge)
    count.note(in: &line)

    line.first = Glyphs.scalar(text, start, end).value
    line.firstLetter =
      Glyphs.isOpener(line.first) ? Glyphs.firstLetterLike(text, start..<end) : line.first
    line.last = Glyphs.scalarBefore(text, end, start).value
    if Glyphs.isLower(line.firstLetter) { line.flags.insert(.startsSmall) }
    // Most lines end in the middle of a sentence, with a small letter.
    if line.last &- 0x61 < 26 { return line }
    if Glyphs.endsSentence(text, start..<end) { line.flags.insert(.endsSentence) }
    if line.last == 0x2D || line.last == 0xAD || line.last == 0x2010, end - start > 1,
      Glyphs.isLetter(Glyphs.scalarBefore(text, Glyphs.scalarBefore(text, end, start).start, start).value)
    {
      line.flags.insert(.endsHyphen)
    }
    return line
  }
}

/// The usual width of full lines: the eightieth of a hundred, short lines left out.
private struct Measure {
  private var widths = Widths()

  mutating func insert(_ width: Int) { if width > 20 { widths.insert(width) } }

  var value: Int { widths.reached(by: 8) ?? 60 }
}

/// Sets the lines of a document one below the other on their pages.
private struct LineSetter {
  private let source: [Scan.Line]
  private let marksParts: Bool
  private var lines: [Line] = []
  private var pages: [GalleyPage]
  private var page = -1
  /// The first line of the page.
  private var top = 0
  private var lastIndex = -1
  private var hasFormatLevels = false
  private var measure = Measure()
  /// Lines that stand one column in.
  private var indented = 0

  init(_ scan: Scan) {
    source = scan.lines
    marksParts = scan.source.format.marksParts
    pages = Array(repeating: GalleyPage(), count: max(1, scan.pages.count))
    lines.reserveCapacity(scan.lines.count)
  }

  /// Takes a line that is not blank; `index` is its place in the scan.
  mutating func set(_ line: Line, _ index: Int) {
    var line = line
    line.index = index
    line.page = max(0, min(source[index].page, pages.count - 1))
    if let level = source[index].layout.heading {
      line.formatLevel = level
      if level > 0 { hasFormatLevels = true }
    }
    if line.page != page {
      closePage()
      (page, top) = (line.page, lines.count)
    } else {
      var gap = min(index - lastIndex - 1, Line.edge - 1)
      if gap == 0, marksParts, source[index].layout.startsParagraph == true { gap = 1 }
      line.gapBefore = gap
      lines[lines.count - 1].gapAfter = gap
    }
    line.position = lines.count - top
    measure.insert(line.width)
    if line.indent == 1 { indented += 1 }
    lines.append(line)
    lastIndex = index
  }

  private mutating func closePage() {
    if page >= 0 { pages[page].lines = top..<lines.count }
  }

  /// Some exports put one blank before every line; then it says nothing.
  private mutating func removeExportIndent() {
    guard indented * 2 > lines.count else { return }
    for index in lines.indices { lines[index].indent = max(0, lines[index].indent - 1) }
  }

  mutating func finish(_ galley: inout Galley) {
    closePage()
    removeExportIndent()
    galley.lines = lines
    galley.pages = pages
    galley.measure = measure.value
    galley.hasFormatLevels = hasFormatLevels
  }
}
