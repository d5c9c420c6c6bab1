import EmendModel

/// Parts pages on which two columns of text stand side by side, as the text layer of a journal gives them, and puts the
/// lines of the second column behind those of the first.
///
/// A gutter shows by its place: the right halves of most lines begin at one column, after two blanks and more. What
/// tells columns from a table is that both halves are prose, with words enough and lines that run on in small letters.
/// A line that crosses the gutter (a title, a table over the whole page) ends the columns above it.
struct Columns: SegmentationStep {
  /// Lines in two halves that a page must have, and their share of its lines.
  static let leastSplit = 10
  static let leastShare = 0.45
  /// Letters of a half line that counts, and columns by which its start may vary (indents).
  static let leastLetters = 8
  static let play = 6
  static let leastSmall = 0.25

  func apply(to galley: inout Galley) {
    guard !galley.transcript.scan.source.format.marksParts else { return }
    // Gutters are mostly wider than the two blanks that the narrowest place of one has.
    let mayHave = galley.pages.map { page in
      galley.lines[page.lines].count(where: \.isWide) >= Self.leastSplit
    }
    guard mayHave.contains(true) else { return placeBlankPages(&galley) }
    var lines: [Line] = []
    var hasColumns = false
    for page in galley.pages.indices {
      let range = galley.pages[page].lines
      let found = mayHave[page] ? Self.parted(galley, range) : nil
      let start = lines.count
      lines += found ?? Array(galley.lines[range])
      if found != nil { hasColumns = true }
      galley.pages[page].lines = start..<lines.count
      if found != nil { for place in start..<lines.count { lines[place].position = place - start } }
    }
    guard hasColumns else { return }
    galley.lines = lines
    galley.measure = LineTable.measure(lines)
  }

  /// A page without lines stands between those of its neighbours.
  private func placeBlankPages(_ galley: inout Galley) {
    var start = 0
    for page in galley.pages.indices {
      let end = start + galley.pages[page].lines.count
      galley.pages[page].lines = start..<end
      start = end
    }
  }

  /// A gap inside a line: the bytes it lies between, and the columns.
  private struct Gap {
    var bytes: Range<Int>
    var columns: Range<Int>
  }

  /// The gaps of two blanks and more inside a line, and the column at which it ends.
  private static func gaps(_ text: [UInt8], _ line: Line) -> (gaps: [Gap], end: Int) {
    var out: [Gap] = []
    var column = line.indent
    var at = line.range.lowerBound
    while at < line.range.upperBound {
      if Glyphs.isSpace(text[at]) {
        let (start, from) = (at, column)
        while at < line.range.upperBound, Glyphs.isSpace(text[at]) {
          column += text[at] == 0x09 ? 4 - column % 4 : 1
          at += 1
        }
        if column - from >= 2 { out.append(Gap(bytes: start..<at, columns: from..<column)) }
      } else {
        if text[at] & 0xC0 != 0x80 { column += 1 }
        at += 1
      }
    }
    return (out, column)
  }

  private static func letters(_ text: [UInt8], _ range: Range<Int>) -> Int {
    text[range].count { Glyphs.isLetter(UInt32($0)) || $0 >= 0x80 }
  }

  /// The lines of a page in the order of its columns; nil when it has none.
  private static func parted(_ galley: Galley, _ range: Range<Int>) -> [Line]? {
    let text = galley.text
    // Where the right halves begin.
    var starts: [Int: Int] = [:]
    var gaps: [(gaps: [Gap], end: Int)] = []
    gaps.reserveCapacity(range.count)
    var mayHave = 0
    for index in range {
      let found = Self.gaps(text, galley.lines[index])
      gaps.append(found)
      if !found.gaps.isEmpty { mayHave += 1 }
    }
    guard mayHave >= leastSplit, Double(mayHave) >= leastShare * Double(range.count) else { return nil }
    for (place, index) in range.enumerated() {
      let line = galley.lines[index].range
      for gap in gaps[place].gaps
      where letters(text, line.lowerBound..<gap.bytes.lowerBound) >= leastLetters
        && letters(text, gap.bytes.upperBound..<line.upperBound) >= leastLetters
      {
        starts[gap.columns.upperBound, default: 0] += 1
      }
    }
    guard let gutter = starts.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) })?.key else { return nil }
    // Each line's gap at the gutter.
    let cuts = gaps.map { line in
      line.gaps.first { $0.columns.upperBound >= gutter && $0.columns.upperBound <= gutter + play }
    }
    var (split, leftSmall, rightSmall, words, digits, letterCount) = (0, 0, 0, 0, 0, 0)
    var halves: [(left: Line, right: Line)?] = []
    for (place, index) in range.enumerated() {
      guard let cut = cuts[place],
        let left = half(galley, index, galley.lines[index].range.lowerBound..<cut.bytes.lowerBound),
        let right = half(galley, index, cut.bytes.upperBound..<galley.lines[index].range.upperBound),
        !isEdge(text, galley.lines[index], place, range.count),
        (place >= 2 && place < range.count - 2)
          || (left.letters >= leastLetters && right.letters >= leastLetters)
      else {
        halves.append(nil)
        continue
      }
      var (a, b) = (left, right)
      a.indent = galley.lines[index].indent
      b.indent = max(0, cut.columns.upperBound - gutter)
      halves.append((a, b))
      split += 1
      if a.startsSmall { leftSmall += 1 }
      if b.startsSmall { rightSmall += 1 }
      words += a.words + b.words
      digits += a.digits + b.digits
      letterCount += a.letters + b.letters
    }
    guard split >= leastSplit, Double(split) >= leastShare * Double(range.count),
      Double(min(leftSmall, rightSmall)) >= leastSmall * Double(split), words >= 7 * split,
      digits * 6 < letterCount
    else { return nil }
    return ordered(galley, range, halves, gaps.map(\.end), gutter)
  }

  /// The first and last two lines of a page, set off from the others, are its head and foot; a note at the foot is none.
  private static func isEdge(_ text: [UInt8], _ line: Line, _ place: Int, _ count: Int) -> Bool {
    let isNumber = line.words == 1 && line.letters < leastLetters
    if place < 2 { return line.gapAfter >= 1 || isNumber }
    guard place >= count - 2 else { return false }
    return isNumber
      || (line.gapBefore >= 1 && NoteMark.number(text, line) == nil && NoteMark.sign(text, line) == nil)
  }

  private static func half(_ galley: Galley, _ index: Int, _ range: Range<Int>) -> Line? {
    guard var line = LineTable.read(galley.text, range, galley.knowledge) else { return nil }
    line.index = galley.lines[index].index
    line.page = galley.lines[index].page
    return line
  }

  private static func ordered(
    _ galley: Galley, _ range: Range<Int>, _ halves: [(left: Line, right: Line)?], _ ends: [Int],
    _ gutter: Int
  ) -> [Line] {
    var out: [Line] = []
    var (left, right): ([Line], [Line]) = ([], [])
    func close(_ column: inout [Line], opens: Bool) {
      for place in column.indices {
        column[place].gapBefore =
          place == 0
          ? Line.edge : min(Line.edge - 1, max(0, column[place].index - column[place - 1].index - 1))
        column[place].gapAfter = Line.edge
        if place > 0 { column[place - 1].gapAfter = column[place].gapBefore }
      }
      if opens, !column.isEmpty { column[0].opensColumn = true }
      out += column
      column = []
    }
    func flush() {
      let hadLeft = !left.isEmpty
      close(&left, opens: !out.isEmpty)
      close(&right, opens: hadLeft)
    }
    for (place, index) in range.enumerated() {
      var line = galley.lines[index]
      if let (a, b) = halves[place] {
        left.append(a)
        right.append(b)
      } else if line.indent >= gutter - 1, !isEdge(galley.text, line, place, range.count) {
        line.indent = max(0, line.indent - gutter)
        right.append(line)
      } else if ends[place] <= gutter, !isEdge(galley.text, line, place, range.count) {
        left.append(line)
      } else {
        flush()
        out.append(line)
      }
    }
    flush()
    return out
  }
}
