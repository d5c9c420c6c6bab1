/// Sets aside the lines that stand for printed rules: "__________" above the footnotes or between texts.
///
/// In a table, dashes are its frame and stay.
struct RuleLines: SegmentationStep {
  static let leastWidth = 5

  func apply(to galley: inout Galley) {
    for index in galley.lines.indices where galley.lines[index].kind == .body {
      let line = galley.lines[index]
      guard line.letters == 0, line.digits == 0, line.width >= Self.leastWidth, line.words == 1 else {
        continue
      }
      let byte = galley.text[line.range.lowerBound]
      guard byte == 0x5F || byte == 0x2D || byte >= 0x80,
        galley.text[line.range].allSatisfy({ $0 == byte || (byte >= 0x80 && $0 >= 0x80) }),
        byte < 0x80 || line.first == 0x2014 || line.first == 0x2013 || line.first == 0x2500
      else { continue }
      // Short strokes also part sections, in the middle of a line; only underscores are always a rule.
      if byte != 0x5F, index + 1 < galley.lines.count, !opensNote(galley, index + 1, line) { continue }
      galley.lines[index].kind = .noise
      parted(&galley, index)
    }
  }

  private func opensNote(_ galley: Galley, _ index: Int, _ rule: Line) -> Bool {
    let next = galley.lines[index]
    return next.page == rule.page
      && (NoteMark.number(galley.text, next) != nil || NoteMark.sign(galley.text, next) != nil
        || NoteMark.bare(galley.text, next) != nil)
  }

  /// A rule parts what stands above and below it, as a blank line does.
  private func parted(_ galley: inout Galley, _ rule: Int) {
    let page = galley.lines[rule].page
    if rule > 0, galley.lines[rule - 1].page == page {
      galley.lines[rule - 1].gapAfter = max(galley.lines[rule - 1].gapAfter, 1)
    }
    if rule + 1 < galley.lines.count, galley.lines[rule + 1].page == page {
      galley.lines[rule + 1].gapBefore = max(galley.lines[rule + 1].gapBefore, 1)
    }
  }
}
