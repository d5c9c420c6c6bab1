/// Headings known by their order: "I", "II" alone between blank lines, "A. The Rates of Transit" and "B. …".
///
/// One such line may be anything; the next of the series shows that both are headings.
struct EnumeratedHeadings: SegmentationStep {
  /// Model score below which no series helps.
  static let hopeless: Float = -4.5

  private enum Series: Hashable { case romanAlone, roman, letter }

  func apply(to galley: inout Galley) {
    guard !galley.isReflowed, !galley.hasFormatLevels else { return }
    var last: [Series: (ordinal: Int, line: Int)] = [:]
    for index in galley.lines.indices {
      let line = galley.lines[index]
      guard line.kind == .body || line.kind == .heading, let (series, ordinal) = member(galley, line) else {
        continue
      }
      defer { last[series] = (ordinal, index) }
      guard let before = last[series], ordinal == before.ordinal + 1 else { continue }
      let isSure = galley.lines[before.line].kind == .heading || line.kind == .heading
      // Two of a series, set alike and both possible, bear one another out.
      let above = galley.lines[before.line]
      let isAlike =
        above.indent == line.indent && max(above.width, line.width) * 10 < galley.measure * 6
      guard isSure || isAlike || series == .romanAlone else { continue }
      for place in [before.line, index] where galley.lines[place].kind == .body {
        galley.lines[place].kind = .heading
        galley.lines[place].headingScore = 0.1
      }
    }
  }

  private func member(_ galley: Galley, _ line: Line) -> (Series, Int)? {
    guard line.gapAfter != Line.edge, galley.extraGap(before: line) >= 1, galley.extraGap(after: line) >= 1,
      Glyphs.isUpper(line.first), Double(line.width) < 0.8 * Double(galley.measure)
    else { return nil }
    let text = galley.text
    guard let token = Glyphs.firstToken(text, line.range) else { return nil }
    let core = Numerals.stripped(text, token)
    let isAlone = line.words == 1
    let numeral =
      text[core].allSatisfy { Glyphs.isUpper(UInt32($0)) }
      ? Numerals.roman(text[core].map { $0 | 0x20 }) : nil
    if isAlone { return numeral.map { (.romanAlone, $0) } }
    guard text[token.upperBound - 1] == 0x2E, !line.endsSentence, line.titleShare >= 0.5,
      line.kind == .heading || line.modelScore > Self.hopeless
    else { return nil }
    // "I." and "V." are numbers, "C." and "D." letters, unless the series says otherwise.
    if core.count == 1, let byte = text[core].first, byte != 0x49 || numeral == nil {
      if numeral == nil || byte == 0x43 || byte == 0x44 { return (.letter, Int(byte) - 0x40) }
    }
    return numeral.map { (.roman, $0) }
  }
}
