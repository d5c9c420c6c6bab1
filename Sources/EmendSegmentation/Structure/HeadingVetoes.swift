/// What cannot be a heading, whatever the model thinks: lines in the middle of running text.
///
/// They also spare the model most lines of a page.
enum HeadingVetoes {
  static func refuses(_ galley: Galley, _ line: Line, previous: Line?, next: Line?) -> Bool {
    if line.formatLevel > 0 || line.isOpening { return false }
    // An item of a list by the word of the format.
    if galley.transcript.scan.lines[line.index].layout.listMark != nil { return true }
    // Most lines stand in the middle of running text, which is told soonest.
    if standsInText(galley, line, previous, next), !isMarked(galley, line) { return true }
    // A line of letters there must be.
    if line.letters < 2 || line.words == 1 && line.longWords == 0 && line.width < 5,
      !SectionNumber.isBare(galley.text, line)
    {
      return true
    }
    if !line.flags.contains(.hasSmallPair), line.longWords == 0, line.flags.contains(.hasFormula) {
      return true
    }
    if isStatement(galley, line) || isAttribution(galley.text, line) { return true }
    // An author above the years of his works.
    if let next, next.page == line.page, next.indent > line.indent, AuthorLines.opensYear(galley.text, next),
      AuthorLines.isAuthor(galley, line)
    {
      return true
    }
    return runsOverPage(galley, line, previous, next)
  }

  /// The lines around it show that a line is part of a paragraph; only a number or a label speaks against it.
  private static func standsInText(_ galley: Galley, _ line: Line, _ previous: Line?, _ next: Line?) -> Bool {
    let measure = Double(galley.measure)
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
      && Double(line.width) > longSmallLine * measure
  }

  /// "—Ada Corwin, The Cable": below what is quoted, whose words they are.
  static func isAttribution(_ text: [UInt8], _ line: Line) -> Bool {
    var index = line.range.lowerBound
    var dashes = 0
    while index < line.range.upperBound {
      let (scalar, next) = Glyphs.scalar(text, index, line.range.upperBound)
      guard scalar == 0x2014 || scalar == 0x2015 || scalar == 0x2013 || scalar == 0x2D || scalar == 0x20
      else {
        break
      }
      if scalar != 0x20 { dashes += scalar == 0x2014 || scalar == 0x2015 ? 2 : 1 }
      index = next
    }
    return dashes >= 1 && line.words <= 12 && line.titleShare >= 0.6 && index < line.range.upperBound
      && Glyphs.isUpper(Glyphs.firstLetterLike(text, index..<line.range.upperBound))
      && (dashes >= 2 || text[line.range.lowerBound..<index].last == 0x20)
      && (Glyphs.isLetter(line.last) || line.last == 0x2E || line.last == 0x29)
  }

  /// Share of the measure beyond which a line in small letters is no title.
  static let longSmallLine = 0.7

  /// The end of the sentence that the page before left open, or a sentence that the next page goes on.
  private static func runsOverPage(_ galley: Galley, _ line: Line, _ previous: Line?, _ next: Line?)
    -> Bool
  {
    let measure = Double(galley.measure)
    if let previous, previous.page != line.page, line.endsSentence, !line.isCapitals {
      if line.startsSmall { return true }
      if !previous.endsSentence, previous.headingScore <= 0, Double(previous.width) > 0.8 * measure,
        !Glyphs.isDigit(line.first)
      {
        return true
      }
    }
    if let next, next.page == line.page + 1, next.startsSmall, !line.endsSentence, !line.isCapitals {
      return Double(line.width) > 0.7 * measure
    }
    return false
  }

  /// A sentence set apart ("Let us refer to this argument as S."), an item of a list, a numbered remark, an
  /// erratum ("201, line 11, for …"), a by-line, a quotation that the line does not close.
  private static func isStatement(_ galley: Galley, _ line: Line) -> Bool {
    if ListMark.opens(galley.text, line),
      line.functionWords >= 2 || (line.functionWords == 1 && line.endsSentence)
    {
      return true
    }
    if isLabelled(galley, line) { return true }
    // "CACHE_DIRS.": a name of a program, not of a section.
    if line.words <= 2, line.endsSentence, galley.text[line.range].contains(0x5F) { return true }
    guard line.endsSentence, line.last == 0x2E || Glyphs.isCloser(line.last), !line.isCapitals else {
      return isByline(galley.text, line)
    }
    if line.words >= 5, line.functionWords >= 2, line.titleShare < 0.5, !isNamed(galley, line) { return true }
    if line.last == 0x2E, line.titleShare <= 0.5, hasVerb(galley, line), !isNamed(galley, line) {
      return true
    }
    if Glyphs.isQuote(line.first), !hasSecondQuote(galley.text, line) { return true }
    guard Glyphs.isDigit(line.first) else { return false }
    var index = line.range.lowerBound
    while index < line.range.upperBound, Glyphs.isDigit(UInt32(galley.text[index])) { index += 1 }
    guard index < line.range.upperBound else { return false }
    if galley.text[index] == 0x2C { return true }
    // "4 Document reference HW 25/2.": a note's number has no stop, and its text has one.
    let digits = index - line.range.lowerBound
    return Glyphs.isSpace(galley.text[index]) && (line.functionWords >= 1 || line.digits > digits)
  }

  /// "Keywords: tolls; rivers", "Source: Author's calculations.": a word or two, a colon, and what they announce.
  private static func isLabelled(_ galley: Galley, _ line: Line) -> Bool {
    let text = galley.text
    guard Glyphs.isUpper(line.first), !line.isCapitals,
      let colon = text[line.range].prefix(24).firstIndex(of: 0x3A), colon + 2 < line.range.upperBound,
      Glyphs.isSpace(text[colon + 1]),
      text[line.range.lowerBound..<colon].count(where: Glyphs.isSpace) <= 1
    else { return false }
    if line.endsSentence && line.last == 0x2E || text[(colon + 1)..<line.range.upperBound].contains(0x3B) {
      return SectionNumber.label(text, line.range, galley.knowledge.divisions) == nil
    }
    let label = Glyphs.key(text, line.range.lowerBound..<colon)
    return (galley.knowledge.frontMatter["keywords"] ?? []).contains(label)
  }

  /// "Strings are zero-terminated.": a finite verb behind the first word makes a sentence of a line with a stop.
  private static func hasVerb(_ galley: Galley, _ line: Line) -> Bool {
    let text = galley.text
    guard line.functionWords >= 1 || line.words >= 3 else { return false }
    return Glyphs.tokens(text, line.range).dropFirst().dropLast().contains { token in
      token.count <= 6 && Glyphs.isLower(UInt32(text[token.lowerBound]))
        && galley.knowledge.finiteVerbs.contains(String(decoding: text[token], as: UTF8.self))
    }
  }

  /// Numbered, or a title in the contents.
  private static func isNamed(_ galley: Galley, _ line: Line) -> Bool {
    if Glyphs.isDigit(line.first), SectionNumber.decimal(galley.text, line.range) != nil { return true }
    return galley.contentsTitles.count >= 4
      && galley.contentsTitles.contains(Glyphs.letterHash(galley.text, line.range).hash)
  }

  private static func hasSecondQuote(_ text: [UInt8], _ line: Line) -> Bool {
    var index = Glyphs.scalar(text, line.range.lowerBound, line.range.upperBound).next
    while index < line.range.upperBound {
      let (value, next) = Glyphs.scalar(text, index, line.range.upperBound)
      if Glyphs.isQuote(value) { return true }
      index = next
    }
    return false
  }

  /// "By JOHN GILLIES, L.L.D.": names with initials or capitals after the word.
  private static func isByline(_ text: [UInt8], _ line: Line) -> Bool {
    guard line.range.count > 6, line.words <= 12, text[line.range.lowerBound] == 0x42,
      text[line.range.lowerBound + 1] | 0x20 == 0x79, Glyphs.isSpace(text[line.range.lowerBound + 2])
    else { return false }
    return line.flags.contains(.hasInitial) && line.titleShare > 0.7
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
