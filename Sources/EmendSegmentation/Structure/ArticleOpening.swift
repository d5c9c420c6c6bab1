import EmendModel

/// Reads how an article opens on the first page of a document: its title in one line or more, its authors with their
/// institutions, a motto, and then the text.
///
/// The title is known by what stands around it: it is displayed, and below it come the names of its authors, or a
/// motto, or a gap and the text.
struct ArticleOpening: SegmentationStep {
  /// Lines that may stand above the text, and those of a title.
  static let mostLines = 18
  static let mostTitleLines = 5
  static let mostTitleWords = 45
  /// Lines of the authors and their institutions, and of a motto.
  static let mostBylines = 8
  static let mostMottoLines = 8

  func apply(to galley: inout Galley) {
    guard !galley.isReflowed, !galley.lines.contains(where: { $0.formatLevel > 0 || $0.isTitle }),
      let page = galley.pages.indices.first(where: { page in
        galley.pages[page].lines.contains { galley.lines[$0].kind == .body }
      }), galley.firstBodyPage <= page
    else { return }
    let lines = galley.pages[page].lines.filter { !galley.lines[$0].kind.isFurniture }
    guard let text = RunningText.start(galley, lines), text > 0, text <= Self.mostLines,
      lines[..<text].allSatisfy({ galley.lines[$0].kind == .body })
    else { return }
    read(&galley, Array(lines[..<text]))
  }

  private func read(_ galley: inout Galley, _ lines: [Int]) {
    let start = lines.firstIndex { !isAbove(galley, galley.lines[$0]) } ?? lines.count
    guard let end = titleEnd(galley, lines, start) else { return }
    var subtitle = end
    var byline = end
    if !isByline(galley, lines, end), let next = titleEnd(galley, lines, end), isByline(galley, lines, next) {
      subtitle = next
      byline = next
    }
    let names = bylineEnd(galley, lines, byline)
    let motto = mottoEnd(galley, lines, names)
    guard isTitle(galley, lines[start..<end], signed: names > byline, alone: motto == lines.count) else {
      return
    }
    for index in lines[..<start] where SectionNumber.isBare(galley.text, galley.lines[index]) {
      galley.lines[index].kind = .heading
      galley.lines[index].headingScore = 1
    }
    for index in lines[start..<(names > byline ? subtitle : end)] {
      galley.lines[index].kind = .heading
      galley.lines[index].headingScore = 9
      galley.lines[index].isTitle = true
    }
    for index in lines[byline..<names] { galley.lines[index].kind = .byline }
    for index in lines[names..<motto] { galley.lines[index].kind = .quote }
  }

  /// The number of a chapter, or the line of a journal with its volume: they stand above the title.
  private func isAbove(_ galley: Galley, _ line: Line) -> Bool {
    if SectionNumber.isBare(galley.text, line) { return true }
    guard line.digits > 0, line.flags.contains(.hasYear) else { return false }
    // "THE HARBOUR REVIEW, 27 (MAY 1906), 1–8": a year in brackets and the numbers around it.
    if line.digits >= 6, galley.text[line.range].contains(0x28), Glyphs.isDigit(line.last) { return true }
    return Glyphs.tokens(galley.text, line.range).contains {
      $0.count <= 7 && galley.knowledge.labels.contains(Glyphs.key(galley.text, $0))
    }
  }

  // MARK: Title

  /// The end of the displayed lines that begin at `start` and belong together; nil where none begin there.
  private func titleEnd(_ galley: Galley, _ lines: [Int], _ start: Int) -> Int? {
    guard start < lines.count, mayOpen(galley, galley.lines[lines[start]]) else { return nil }
    var end = start + 1
    while end < lines.count, end - start < Self.mostTitleLines {
      let (line, above) = (galley.lines[lines[end]], galley.lines[lines[end - 1]])
      if isByline(galley, lines, end) { break }
      if galley.extraGap(before: line) >= 1, !line.startsSmall, !runsOn(galley, above) { break }
      if line.endsSentence, line.last == 0x2E, !line.isCapitals { return nil }
      end += 1
    }
    return end
  }

  /// A known or numbered heading opens a section, a dash what is said by somebody.
  private func mayOpen(_ galley: Galley, _ line: Line) -> Bool {
    line.letters >= 4 && !line.isWide && !(line.endsSentence && line.last == 0x2E && !line.isCapitals)
      && HeadingKey(galley, line) == nil && SectionNumber.decimal(galley.text, line.range) == nil
      && SectionNumber.roman(galley.text, line.range) == nil
      && SectionNumber.label(galley.text, line.range, galley.knowledge.divisions) == nil
      && !SectionNumber.isCaption(galley.text, line.range, galley.knowledge)
      && !HeadingVetoes.isAttribution(galley.text, line) && !ListMark.opens(galley.text, line)
  }

  /// A line that cannot end a title: it ends in a colon, a comma or a word of grammar.
  private func runsOn(_ galley: Galley, _ line: Line) -> Bool {
    if line.last == 0x3A || line.last == 0x2C || line.endsHyphen { return true }
    guard let last = Glyphs.lastToken(galley.text, line.range), last.count <= 8 else { return false }
    return galley.knowledge.isFunctionWord(StructureKnowledge.packed(Glyphs.key(galley.text, last)))
  }

  /// - Parameters:
  ///   - signed: whether authors stand below it.
  ///   - alone: whether nothing but authors and a motto stands between it and the text.
  private func isTitle(_ galley: Galley, _ lines: ArraySlice<Int>, signed: Bool, alone: Bool) -> Bool {
    let title = lines.map { galley.lines[$0] }
    guard let first = title.first, let last = title.last else { return false }
    let (words, long, capitalised) = title.reduce((0, 0, 0)) {
      ($0.0 + $1.words, $0.1 + $1.longWords, $0.2 + $1.longCapitalised)
    }
    let isTitled =
      title.allSatisfy(\.isCapitals) || (long > 0 && capitalised * 10 >= long * 7 && !first.startsSmall)
    guard words <= Self.mostTitleWords, last.last != 0x2C, last.last != 0x3A, last.last != 0x3B else {
      return false
    }
    if signed { return isTitled || title.allSatisfy { isSetIn(galley, $0) } }
    let digits = title.reduce(0) { $0 + $1.digits }
    // A date or a place is no title.
    return alone && isTitled && words >= 2 && long >= 2 && digits <= 8 && !first.flags.contains(.hasInitial)
      && !(title.count == 1 && digits > 0 && words <= 4) && galley.extraGap(after: last) >= 1
      && (title.count > 1 || digits > 0 || title.allSatisfy { isSetIn(galley, $0) || $0.isCapitals })
  }

  private func isSetIn(_ galley: Galley, _ line: Line) -> Bool {
    line.indent - galley.pages[line.page].margin >= 3
  }

  // MARK: Authors

  private func isByline(_ galley: Galley, _ lines: [Int], _ place: Int) -> Bool {
    guard place < lines.count else { return false }
    let line = galley.lines[lines[place]]
    return Bylines.isByline(galley, line, isCentred: isSetIn(galley, line))
  }

  /// The end of the lines of names and of what stands right below them.
  private func bylineEnd(_ galley: Galley, _ lines: [Int], _ start: Int) -> Int {
    guard isByline(galley, lines, start) else { return start }
    var end = start + 1
    while end < lines.count, end - start < Self.mostBylines {
      let line = galley.lines[lines[end]]
      let isBelow = galley.extraGap(before: line) == 0 && line.looksLikeTitle && !line.endsSentence
      let isInstitution =
        Double(line.width) < 0.9 * Double(galley.measure) && line.looksLikeTitle
        && Bylines.isInstitution(galley.string(line.range)[...], galley.knowledge)
      guard mayOpen(galley, line), isBelow || isInstitution || isByline(galley, lines, end) else { break }
      end += 1
    }
    return end
  }

  /// The end of a motto: lines set in that close with whose words they are.
  private func mottoEnd(_ galley: Galley, _ lines: [Int], _ start: Int) -> Int {
    let limit = min(lines.count, start + Self.mostMottoLines)
    guard start < limit,
      let last = lines[start..<limit].lastIndex(where: {
        HeadingVetoes.isAttribution(galley.text, galley.lines[$0])
      }), last > start, lines[start...last].allSatisfy({ isSetIn(galley, galley.lines[$0]) })
    else { return start }
    return last + 1
  }
}
