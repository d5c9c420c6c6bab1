/// Lists of names ("Bridwell, J. C.") and index lines ("Sarcophaga fuscicauda 256, 610"): many lines of one
/// shape on a page, which would else be taken for headings.
struct Lists: SegmentationStep {
  /// Lines of one shape on a page that make a list, and the share of an index page's lines.
  static let leastLines = 5
  static let leastIndexLines = 8
  static let indexShare = 0.5
  /// The same where an index was opened.
  static let leastIndexShare = 0.3

  func apply(to galley: inout Galley) {
    var indexBefore = false
    for page in galley.pages.indices {
      let signs = signs(galley, page)
      if signs.lines == 0 { continue }
      if signs.names < Self.leastLines, signs.roles < Self.leastRoles,
        Double(signs.entries) < Self.leastIndexShare * Double(signs.lines)
      {
        indexBefore = false
        continue
      }
      let lines = galley.bodyLines(page)
      let names = lines.filter { isName(galley, galley.lines[$0]) && !isAboveYear(galley, $0) }
      if names.count >= Self.leastLines {
        for index in names { galley.lines[index].kind = .list }
        // "Wilder. G. P.": one of them, with a comma misread.
        for index in lines where isName(galley, galley.lines[index], after: 0x2E) {
          galley.lines[index].kind = .list
        }
      }
      markRoles(&galley, lines)
      indexBefore = markIndex(&galley, lines, continued: indexBefore)
    }
  }

  /// How many lines of text a page has, and how many of them are names, roles, entries of an index: most pages have
  /// hardly any.
  private func signs(_ galley: Galley, _ page: Int) -> (lines: Int, names: Int, roles: Int, entries: Int) {
    var (lines, names, roles, entries) = (0, 0, 0, 0)
    for index in galley.pages[page].lines where galley.lines[index].kind == .body {
      lines += 1
      let line = galley.lines[index]
      if isName(galley, line) { names += 1 }
      if isRole(galley, line) { roles += 1 }
      if isIndexEntry(galley, line) { entries += 1 }
    }
    return (lines, names, roles, entries)
  }

  /// "*Koebele, A.", "Munro, James": a name, a comma, initials or one given name.
  private func isName(_ galley: Galley, _ line: Line, after sign: UInt8 = 0x2C) -> Bool {
    guard line.words >= 2, line.words <= 6, line.digits == 0,
      Double(line.width) < 0.5 * Double(galley.measure),
      line.functionWords == 0, Glyphs.isUpper(line.firstLetter) || Glyphs.isNoteSign(line.firstLetter)
    else { return false }
    let text = galley.text
    guard let comma = text[line.range].firstIndex(of: sign), comma > line.range.lowerBound + 1 else {
      return false
    }
    let after = Glyphs.tokens(text, (comma + 1)..<line.range.upperBound)
    guard !after.isEmpty else { return false }
    return after.allSatisfy { token in
      Glyphs.isUpper(UInt32(text[token.lowerBound]))
        && (token.count <= 3
          || (after.count <= 2
            && text[token].dropFirst().allSatisfy { Glyphs.isLower(UInt32($0)) || $0 == 0x2E }))
    }
  }

  /// The author of a list of references, above the years of his works.
  private func isAboveYear(_ galley: Galley, _ index: Int) -> Bool {
    guard index + 1 < galley.lines.count else { return false }
    let (line, next) = (galley.lines[index], galley.lines[index + 1])
    return next.page == line.page && next.indent > line.indent && AuthorLines.opensYear(galley.text, next)
  }

  /// Lines with a person's initials that make a list: officers, members of a board.
  static let leastRoles = 3

  /// "PRESIDENT C. E. PEMBERTON" and the lines below it: short lines one after the other, each with a name.
  private func markRoles(_ galley: inout Galley, _ lines: [Int]) {
    var at = 0
    while at < lines.count {
      var end = at
      while end < lines.count, isRole(galley, galley.lines[lines[end]]) { end += 1 }
      if end - at >= Self.leastRoles { for index in lines[at..<end] { galley.lines[index].kind = .list } }
      at = max(end, at + 1)
    }
  }

  private func isRole(_ galley: Galley, _ line: Line) -> Bool {
    line.flags.contains(.hasInitial) && line.words >= 3 && line.words <= 7 && line.digits == 0
      && line.functionWords <= 1 && Glyphs.isUpper(line.firstLetter) && Glyphs.isLetter(line.last)
      && Double(line.width) < 0.7 * Double(galley.measure) && (line.titleShare > 0.9 || line.isCapitals)
  }

  private func markIndex(_ galley: inout Galley, _ lines: [Int], continued: Bool) -> Bool {
    let heading = lines.prefix(4).firstIndex { HeadingKey(galley, galley.lines[$0])?.role == .index }
    let entries = lines.filter { isIndexEntry(galley, galley.lines[$0]) }
    let share = Double(entries.count) / Double(lines.count)
    let isIndex =
      (entries.count >= Self.leastIndexLines && share >= Self.indexShare)
      || ((continued || heading != nil) && share >= Self.leastIndexShare)
    guard isIndex else { return false }
    let last = entries.last ?? lines[lines.count - 1]
    for (place, index) in lines.enumerated() where index <= last && place > (heading ?? -1) {
      galley.lines[index].kind = .index
    }
    return true
  }

  /// Words, then page numbers with commas between: "Vespa occidentalis 455, 521", "Cables, 12-14, 30".
  private func isIndexEntry(_ galley: Galley, _ line: Line) -> Bool {
    guard line.letters >= 3, line.digits >= 1, !line.flags.contains(.leaders), line.words <= 16,
      Double(line.width) < 0.95 * Double(galley.measure)
    else { return false }
    let tokens = Glyphs.tokens(galley.text, line.range)
    var numbers = 0
    for token in tokens.reversed() {
      let core = Numerals.stripped(galley.text, token)
      guard core.count <= 9, !core.isEmpty, Glyphs.isDigit(UInt32(galley.text[core.lowerBound])) else {
        break
      }
      numbers += 1
    }
    guard numbers >= 1, numbers < tokens.count else { return false }
    // A comma before the first number, or several numbers: else it is a line of contents.
    let before = galley.text[tokens[tokens.count - numbers - 1].upperBound - 1]
    return before == 0x2C || numbers >= 2
  }
}
