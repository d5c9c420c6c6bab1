import EmendModel

/// Knows a text that is reflowed already, as `emend clean` writes it: paragraphs in one long line each, blank
/// lines between blocks. There every blank line parts blocks, and a second run changes nothing.
struct ReflowedText: SegmentationStep {
  /// Characters beyond which a line holds a paragraph; no page is set so wide.
  static let longLine = 160
  /// Share of the text that stands in such lines; less will do where nearly all lines stand alone.
  static let leastShare = 0.5
  static let leastShareAlone = 0.25
  static let alone = 0.8
  /// Of the long lines, the share that may touch other lines.
  static let mostTouching = 0.02

  func apply(to galley: inout Galley) {
    let scan = galley.transcript.scan
    guard scan.pages.count <= 1, scan.source.format == .plainText || scan.source.format == .internetArchive
    else { return }
    galley.isReflowed = Self.isReflowed(galley.lines)
    if galley.isReflowed { setByLine(&galley) }
  }

  static func isReflowed(_ lines: [Line]) -> Bool {
    var (total, long, longLines, touching, alone) = (0, 0, 0, 0, 0)
    for line in lines {
      total += line.width
      if line.gapBefore > 0, line.gapAfter > 0 { alone += 1 }
      guard line.width > longLine else { continue }
      long += line.width
      longLines += 1
      if line.gapBefore == 0 || line.gapAfter == 0 { touching += 1 }
      if line.endsHyphen, line.gapAfter == 0 { return false }
    }
    let isAlone = Double(alone) >= Self.alone * Double(lines.count)
    return longLines >= 2 && Double(long) >= (isAlone ? leastShareAlone : leastShare) * Double(total)
      && Double(touching) <= mostTouching * Double(longLines)
  }

  /// Lines that touch one another were set line by line: verse, tables, mastheads.
  private func setByLine(_ galley: inout Galley) {
    var at = 0
    while at < galley.lines.count {
      var end = at + 1
      while end < galley.lines.count, galley.lines[end].gapBefore == 0 { end += 1 }
      if end - at > 1 {
        let kind = kind(galley.lines[at..<end])
        for index in at..<end { galley.lines[index].kind = kind }
      }
      at = end
    }
  }

  private func kind(_ lines: ArraySlice<Line>) -> LineKind {
    let rows = lines.reduce(0) { $0 + ($1.isWide || $1.digits * 3 > $1.letters ? 1 : 0) }
    if rows * 2 > lines.count { return .table }
    let verses = lines.reduce(0) {
      $0 + ($1.functionWords > 0 && $1.digits == 0 && Glyphs.isUpper($1.firstLetter) ? 1 : 0)
    }
    return verses == lines.count ? .verse : .masthead
  }
}
