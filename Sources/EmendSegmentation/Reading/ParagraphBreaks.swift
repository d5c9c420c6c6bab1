/// Says where a paragraph ends: blank lines, indents, short lines, as far as the document uses them.
struct ParagraphBreaks {
  private let galley: Galley
  /// Whether the document marks paragraphs by indents, or by blank lines.
  private let usesIndents: Bool
  private let usesBlanks: Bool
  /// Whether it marks them by nothing but the short last line.
  private let usesShortLines: Bool
  /// Whether the format names its paragraphs by itself (Markdown).
  private let isMarked: Bool
  /// The least indent of the lines of references of each page, and whether entries hang from it.
  private let outermostReference: [Int]
  private let hangsReferences: Bool

  /// A line ends a paragraph when it is shorter than this share of its page's full lines.
  static let shortLast = 0.6
  static let shortLastPlain = 0.82
  static let shortAtPageEnd = 0.88
  /// Room that a line leaves when the next line's first word would have fitted on it, as a share of the full
  /// line: letters differ in width.
  static let slack = 0.03
  /// Share of short last lines, among all that ends a paragraph, from which on they are the document's habit.
  static let shortHabit = 0.4

  init(_ galley: Galley) {
    self.galley = galley
    var body = 0
    var indented = 0
    var blanks = 0
    var short = 0
    var marked = 0
    var above: Line?
    for line in galley.lines where line.kind == .body {
      body += 1
      if let above, above.page == line.page, above.kind == .body, above.endsSentence, !line.startsSmall {
        let isSetIn = line.indent - galley.pages[line.page].margin >= 2
        if isSetIn || galley.extraGap(before: line) >= 1 {
          marked += 1
        } else if Self.leavesRoom(galley, above, line) {
          short += 1
        }
      }
      above = line
      let indent = line.indent - galley.pages[line.page].margin
      if indent >= 2, indent <= 10 { indented += 1 }
      if line.position > 0, galley.extraGap(before: line) >= 1 { blanks += 1 }
    }
    usesIndents = body > 0 && Double(indented) > 0.02 * Double(body) && Double(indented) < 0.4 * Double(body)
    usesBlanks = Double(blanks) > 0.03 * Double(body)
    isMarked = galley.transcript.scan.source.format == .markdown
    var outermost = [Int](repeating: .max / 2, count: galley.pages.count)
    for line in galley.lines where line.kind == .reference {
      outermost[line.page] = min(outermost[line.page], line.indent)
    }
    outermostReference = outermost
    hangsReferences = Self.hangsReferences(galley, outermost)
    usesShortLines = short >= 5 && Double(short) >= Self.shortHabit * Double(short + marked)
  }

  /// Whether the first word of a line would have fitted on the line above it, as it does after the last line of
  /// a paragraph and nowhere else.
  private static func leavesRoom(_ galley: Galley, _ above: Line, _ line: Line) -> Bool {
    guard let word = Glyphs.firstToken(galley.text, line.range) else { return false }
    let full = Double(galley.pages[above.page].fullWidth)
    return Double(above.width + 1 + word.count) < (1 - slack) * full
  }

  /// Whether the entries of the lists of references hang: a good part of their lines is set in, and hardly one of those
  /// that are not begins small.
  private static func hangsReferences(_ galley: Galley, _ outermost: [Int]) -> Bool {
    var (inside, outside, small) = (0, 0, 0)
    for line in galley.lines where line.kind == .reference {
      if line.indent >= outermost[line.page] + 2 {
        inside += 1
      } else {
        outside += 1
        if line.startsSmall { small += 1 }
      }
    }
    return inside >= 3 && inside * 4 >= outside && small * 10 <= outside
  }

  private func outermost(_ page: Int) -> Int { outermostReference[page] }

  func breaks(after a: Int, before b: Int) -> Bool {
    let (above, line) = (galley.lines[a], galley.lines[b])
    if galley.isReflowed { return true }
    if isMarked { return breaksMarked(above, line) }
    // What the format says of a page's first line is said of every page: only the text can tell there.
    if above.page == line.page, let starts = galley.transcript.scan.lines[line.index].layout.startsParagraph {
      // Some programs give a page as one paragraph; where lines were measured, the page tells more.
      if starts || !line.flags.contains(.measured) || line.opensColumn {
        return starts && !(above.endsHyphen && line.startsSmall)
      }
    }
    return above.page == line.page && !line.opensColumn
      ? breaksOnPage(a, b) : breaksAtTurn(above, line)
  }

  private func full(_ line: Line) -> Double { Double(galley.pages[line.page].fullWidth) }

  private func breaksOnPage(_ a: Int, _ b: Int) -> Bool {
    let (above, line) = (galley.lines[a], galley.lines[b])
    let ended = above.endsSentence
    let small = line.startsSmall
    let indent = line.indent - galley.pages[line.page].margin
    let gap = galley.extraGap(before: line)
    if opensItem(line),
      above.endsSentence || [0x3A, 0x3B, 0x2C].contains(above.last) || gap >= 1 || endsInAnd(above)
    {
      return true
    }
    if above.endsHyphen && small { return false }
    if gap >= 1 {
      if above.last == 0x3A { return true }
      if !ended, small, Double(above.width) > 0.55 * full(above) { return opensQuote(a, b) }
      let open = !ended && Double(above.width) > 0.88 * full(above) && gap == 1
      return !(open && indent < 2 && above.last != 0x22 && above.last != 0x201D)
    }
    if closesQuote(a, b) || (above.last == 0x3A && opensQuote(a, b)) { return true }
    if usesIndents, indent >= 2, above.indent - galley.pages[above.page].margin < 2, !small,
      ended || [0x3A, 0x3B, 0x2014].contains(above.last) || Double(above.width) < 0.7 * full(above)
    {
      return true
    }
    if usesShortLines { return ended && !small && Self.leavesRoom(galley, above, line) }
    let short = usesBlanks || usesIndents ? Self.shortLast : Self.shortLastPlain
    return ended && !small && Double(above.width) < short * full(above)
  }

  // MARK: Quotations that are set in

  /// Columns by which a quotation stands in from the margin.
  static let quoteIndent = 3

  private func indent(_ line: Line) -> Int { line.indent - galley.pages[line.page].margin }

  /// A quotation that goes on the sentence above it, in small letters: it is set in, and so is its second line.
  private func opensQuote(_ a: Int, _ b: Int) -> Bool {
    let line = galley.lines[b]
    guard indent(line) >= Self.quoteIndent, indent(galley.lines[a]) <= 1, b + 1 < galley.lines.count else {
      return false
    }
    let next = galley.lines[b + 1]
    return next.page == line.page && next.kind == .body && galley.extraGap(before: next) == 0
      && abs(next.indent - line.indent) <= 1
  }

  /// The text after a quotation that no blank line parts from it: the quotation's lines stand in alike and make a
  /// sentence, the line is at the margin, or opens a paragraph whose next line is.
  private func closesQuote(_ a: Int, _ b: Int) -> Bool {
    let (above, line) = (galley.lines[a], galley.lines[b])
    let quoted = indent(above)
    guard quoted >= Self.quoteIndent, above.endsSentence, isQuoted(a, quoted) else { return false }
    if indent(line) <= 1 { return true }
    guard !line.startsSmall, indent(line) <= quoted, b + 1 < galley.lines.count else { return false }
    let next = galley.lines[b + 1]
    return next.page == line.page && next.kind == .body && galley.extraGap(before: next) == 0
      && indent(next) <= 1 && (next.startsSmall || indent(line) != quoted)
  }

  /// Whether the line goes on a sentence that the line above it, set in alike, leaves open.
  private func isQuoted(_ index: Int, _ quoted: Int) -> Bool {
    var at = index
    // Notes and a page's head may stand between two lines of a quotation.
    for before in stride(from: index - 1, through: max(0, index - Self.quoteReach), by: -1)
    where galley.lines[before].kind == .body {
      let (upper, lower) = (galley.lines[before], galley.lines[at])
      guard abs(indent(upper) - quoted) <= 1, lower.page - upper.page <= 1 else { return false }
      if !upper.endsSentence {
        return lower.startsSmall || upper.page == lower.page && upper.width * 2 > galley.measure
      }
      at = before
    }
    return false
  }

  /// Lines above the end of a quotation among which it is looked for.
  private static let quoteReach = 40

  private func breaksAtTurn(_ above: Line, _ line: Line) -> Bool {
    let ended = above.endsSentence
    if above.endsHyphen, line.startsSmall || Glyphs.isDigit(line.first) { return false }
    if opensItem(line), ended || [0x3A, 0x3B].contains(above.last) || endsInAnd(above) { return true }
    if usesIndents, line.indent - galley.pages[line.page].margin >= 2, !line.startsSmall { return true }
    if line.startsSmall { return false }
    if ended { return Double(above.width) < Self.shortAtPageEnd * full(above) }
    return above.last == 0x3A || Double(above.width) < 0.5 * full(above)
  }

  /// In Markdown a blank line ends a paragraph, unless a page start cut it: a long one that ends open and
  /// goes on in small letters.
  private func breaksMarked(_ above: Line, _ line: Line) -> Bool {
    let layout = galley.transcript.scan.lines[line.index].layout
    if layout.ruleBefore || layout.listMark != nil { return true }
    if line.gapBefore == 0 { return layout.startsParagraph ?? false }
    return !(!above.endsSentence && line.startsSmall && above.width > 200 && line.gapBefore <= 2)
  }

  /// "(a)", "•": see `ListMark`.
  private func opensItem(_ line: Line) -> Bool {
    (line.first < 0x30 || line.first > 0x7A || Glyphs.isLower(line.first))
      && ListMark.opens(galley.text, line)
  }

  /// "…; and" before the last item.
  private func endsInAnd(_ line: Line) -> Bool {
    guard let word = Glyphs.lastToken(galley.text, line.range), word.lowerBound > line.range.lowerBound + 1
    else { return false }
    let bytes = galley.text[word]
    return (bytes.elementsEqual("and".utf8) || bytes.elementsEqual("or".utf8))
      && [0x3B, 0x2C].contains(galley.text[word.lowerBound - 2])
  }

  /// Whether a line opens a new entry of a reference list.
  func opensReference(_ entry: [Int], _ index: Int) -> Bool {
    guard let last = entry.last, let first = entry.first else { return true }
    let (above, line, opening) = (galley.lines[last], galley.lines[index], galley.lines[first])
    if galley.isReflowed { return true }
    if let opens = opensByMarkup(opening, line) { return opens }
    if line.page == above.page, galley.extraGap(before: line) >= 1 {
      return !above.endsHyphen && !line.startsSmall
    }
    if opensWithMark(line) { return true }
    if line.indent > outermost(line.page), AuthorLines.opensYear(galley.text, line) {
      // Below an author each year but the first opens a work of its own.
      if AuthorLines.isAuthor(galley, opening), !AuthorLines.opensYear(galley.text, opening) {
        return entry.dropFirst().contains { AuthorLines.opensYear(galley.text, galley.lines[$0]) }
      }
      if AuthorLines.opensYear(galley.text, opening), opening.indent > outermost(opening.page) { return true }
    }
    if hangsReferences {
      let isOutermost = line.indent <= outermost(line.page) + 1
      if isOutermost, !above.endsHyphen, !line.startsSmall { return true }
    }
    // On a page of references most lines hang, and the margin is the hang itself: a new entry stands further out.
    if line.indent <= galley.pages[line.page].margin,
      entry.dropFirst().contains(where: { galley.lines[$0].indent > max(opening.indent, line.indent) + 1 })
    {
      return true
    }
    return above.endsSentence && Double(above.width) < 0.8 * full(above) && Glyphs.isUpper(line.firstLetter)
      && line.indent <= opening.indent
  }

  /// What the format says of an entry: an item of a list, a paragraph of its own; nil where it says nothing.
  private func opensByMarkup(_ opening: Line, _ line: Line) -> Bool? {
    let scan = galley.transcript.scan
    guard scan.source.format.marksParts else { return nil }
    let layout = scan.lines[line.index].layout
    if layout.listMark != nil { return true }
    if let starts = layout.startsParagraph { return starts }
    return line.gapBefore == 0 && scan.lines[opening.index].layout.listMark != nil ? false : nil
  }

  /// "[12]", "3.", "———": the heads of numbered entries and of repeated authors.
  private func opensWithMark(_ line: Line) -> Bool {
    if line.first == 0x2014 || line.first == 0x2013 || line.first == 0x5F { return true }
    let text = galley.text
    var index = line.range.lowerBound
    if text[index] == 0x5B || text[index] == 0x28 { index += 1 }
    let digits = index
    while index < line.range.upperBound, Glyphs.isDigit(UInt32(text[index])), index - digits < 4 {
      index += 1
    }
    guard index > digits, index - digits <= 3, index < line.range.upperBound else {
      return line.first == 0x2D && line.width > 3 && text[line.range.lowerBound + 1] == 0x2D
    }
    return text[index] == 0x5D || text[index] == 0x2E || text[index] == 0x29
  }
}
