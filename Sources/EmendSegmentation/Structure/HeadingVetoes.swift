/// What cannot be a heading, whatever the model thinks: lines in the middle of running text.
///
/// They also spare the model most lines of a page.
enum HeadingVetoes {
  static func refuses(_ galley: Galley, _ line: Line, previous: Line?, next: Line?) -> Bool {
    let measure = Double(galley.measure)
    if line.formatLevel > 0 || line.isOpening { return false }
    // A line of letters there must be.
    if line.letters < 2 || line.words == 1 && line.longWords == 0 && line.width < 5,
      !SectionNumber.isBare(galley.text, line)
    {
      return true
    }
    if !line.flags.contains(.hasSmallPair), line.longWords == 0, line.flags.contains(.hasFormula) {
      return true
    }
    if isMarked(galley, line) { return false }
    // The sentence of the line above goes on in it.
    if let previous, previous.page == line.page, previous.kind == .body, previous.headingScore <= 0,
      galley.extraGap(before: line) == 0, !previous.endsSentence, Double(previous.width) > 0.8 * measure,
      !previous.isCapitals, previous.last != 0x3A
    {
      return true
    }
    // A full line runs on into another one.
    if let next, next.page == line.page, galley.extraGap(after: line) == 0,
      Double(line.width) > 0.8 * measure,
      Double(next.width) > 0.6 * measure, !line.isCapitals, !line.endsSentence || line.functionWords > 0
    {
      return true
    }
    // The short last line of a paragraph.
    if let previous, previous.page == line.page, previous.kind == .body, previous.headingScore <= 0,
      galley.extraGap(before: line) == 0, Double(previous.width) > 0.8 * measure, line.endsSentence,
      line.titleShare < 0.5
    {
      return true
    }
    return line.startsSmall && (previous.map { $0.headingScore <= 0 } ?? true)
      && Double(line.width) > 0.7 * measure
  }

  /// Numbers and labels open headings also in full lines.
  private static func isMarked(_ galley: Galley, _ line: Line) -> Bool {
    if Glyphs.isDigit(line.first) { return SectionNumber.decimal(galley.text, line.range) != nil }
    guard Glyphs.isUpper(line.first) else { return false }
    return line.isCapitals || SectionNumber.label(galley.text, line.range, galley.knowledge.divisions) != nil
      || SectionNumber.roman(galley.text, line.range) != nil
      || (galley.contentsTitles.count >= 4
        && galley.contentsTitles.contains(Glyphs.letterHash(galley.text, line.range).hash))
  }
}
