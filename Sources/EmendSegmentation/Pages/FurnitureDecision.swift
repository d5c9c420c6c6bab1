/// Moves running heads, page numbers and other furniture aside, from the page's edge inwards; stops at
/// the first line that is none, so that running text is never reached over.
///
/// A chapter's opening heading often has the words of the running head that follows it, but not the page
/// number that the head carries: it stays a heading.
struct FurnitureDecision: SegmentationStep {
  func apply(to galley: inout Galley) {
    for page in galley.edges.indices {
      for edge in galley.edges[page].indices {
        let matches = galley.edges[page][edge].matches
        galley.edges[page][edge].numberedMatches = matches.reduce(0) {
          $0 + (carriesNumber(galley, $1.page, galley.edges[$1.page][$1.edge]) ? 1 : 0)
        }
      }
    }
    for page in galley.edges.indices {
      decide(&galley, page, .top)
      decide(&galley, page, .foot)
    }
    distantFeet(&galley)
    catchwords(&galley)
    for edge in galley.edges.joined() where galley.lines[edge.line].kind == .head && edge.core.count >= 8 {
      galley.headTitles.insert(edge.core)
    }
  }

  private func carriesNumber(_ galley: Galley, _ page: Int, _ edge: EdgeLine) -> Bool {
    guard let number = galley.pages[page].number else { return false }
    return [edge.left, edge.right].contains { slot in
      guard let slot else { return false }
      return Numerals.readings(galley.text, slot).contains {
        $0.script == number.script && $0.value == number.value
      }
    }
  }

  /// Whether a token is this page's number; `own` when the fit took the number from this very line.
  private func isNumber(_ galley: Galley, _ token: Range<Int>?, _ number: PageNumber, own: Bool) -> Bool {
    guard let token else { return false }
    for reading in Numerals.readings(galley.text, token)
    where reading.script == number.script && reading.value == number.value && (reading.quality >= 0.5 || own)
    {
      return true
    }
    guard own else { return false }
    let literal = Array(Numerals.printed(number.script, number.value).utf8)
    let core = galley.text[Numerals.stripped(galley.text, token)].map {
      $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0
    }
    return literal.count >= 2 && abs(core.count - literal.count) <= 1
      && EditDistance.distance(core[...], literal[...], limit: 1) <= 1
  }

  private func decide(_ galley: inout Galley, _ page: Int, _ side: EdgeLine.Side) {
    let number = galley.pages[page].number
    let measure = Double(galley.measure)
    var taken: [Int] = []
    var scraps: [Int] = []
    for (index, edge) in galley.edges[page].enumerated() where edge.side == side {
      let line = galley.lines[edge.line]
      if line.kind != .body { continue }
      let isTop = side == .top
      var isBare = false
      var hasSlot = false
      if let number, number.source != .inferred {
        let own = number.edge == index
        isBare = isNumber(galley, edge.bare, number, own: own)
        // "1 Ibid., p. 44." at the foot of page 1 is a note.
        hasSlot =
          (isTop || !RunningHeads.isNote(galley, line))
          && (isNumber(galley, edge.left, number, own: own)
            || isNumber(galley, edge.right, number, own: own))
      }
      if isBare {
        take(&galley, edge.line, .pageNumber)
        taken.append(edge.line)
        continue
      }
      // A number alone on its line settles the page's; "1 Introduction" above it is a heading's.
      if let found = number?.edge, found != index, galley.edges[page][found].bare != nil, edge.matches.isEmpty
      {
        hasSlot = false
      }
      if hasSlot, isTop, isSectionNumber(galley, page, edge) { hasSlot = false }
      if isTop, isTitlePage(galley, page, edge) { break }
      let title = line.looksLikeTitle
      let outer = isTop ? line.gapAfter : line.gapBefore
      let kind: LineKind = isTop ? .head : .foot
      if hasSlot, edge.rank <= 1, !edge.core.isEmpty,
        !edge.matches.isEmpty
          || ((title || line.isWide || outer >= 1) && Double(line.width) < 0.95 * measure + 25
            && !(line.endsSentence && !title))
      {
        take(&galley, edge.line, kind)
        taken.append(edge.line)
        continue
      }
      if let found = number?.edge, isTop, isBeside(galley, page, found, edge), !edge.matches.isEmpty, title {
        take(&galley, edge.line, kind)
        taken.append(edge.line)
        continue
      }
      if edge.matches.count >= 2 {
        let opens =
          !hasSlot && Double(edge.numberedMatches) >= 0.5 * Double(edge.matches.count) && isTop
          && ((edge.left == nil && edge.right == nil) || line.gapAfter > 0
            || (line.position == 0 && !line.isWide))
        if opens || (!hasSlot && isTop && opensChapter(galley, page, edge)) {
          galley.lines[edge.line].isOpening = true
          galley.pages[page].head = galley.pages[page].head ?? galley.string(line.range)
          break
        }
        let sentence = line.startsSmall || line.endsSentence
        if edge.rank <= 2, isTop || !isProse(line), title || !sentence || edge.numberedMatches > 0,
          title || Double(line.width) < 0.8 * measure || edge.matches.count >= 4,
          !isCaption(galley, edge), !isColumnWord(edge)
        {
          take(&galley, edge.line, kind)
          taken.append(edge.line)
          continue
        }
      }
      if isTop, edge.rank == 0, title, !hasSlot, repeatsHeading(galley, page, edge) {
        take(&galley, edge.line, kind)
        taken.append(edge.line)
        continue
      }
      if edge.matches.count == 1, isTop, edge.rank <= 1, edge.numberedMatches >= 1, !hasSlot {
        galley.lines[edge.line].isOpening = true
        galley.pages[page].head = galley.pages[page].head ?? galley.string(line.range)
        break
      }
      if !isTop, Signature.isMark(galley.text, line, galley.measure) {
        take(&galley, edge.line, .signature)
        continue
      }
      if Stamp.isMark(galley.text, line) {
        take(&galley, edge.line, .stamp)
        continue
      }
      if line.isScrap, !isNoteSign(line) {
        scraps.append(edge.line)
        continue
      }
      if let number, number.source == .inferred, edge.rank == 0, let bare = edge.bare,
        isSpoiltNumber(galley, bare, number)
      {
        take(&galley, edge.line, .pageNumber)
        continue
      }
      break
    }
    // Scraps count as noise only outside a recognised head; elsewhere they may be a figure's or a formula's.
    if let innermost = taken.last {
      for scrap in scraps where (scrap < innermost) == (side == .top) { take(&galley, scrap, .noise) }
    }
    for line in taken {
      let text = galley.string(galley.lines[line].range)
      switch galley.lines[line].kind {
      case .head: galley.pages[page].head = galley.pages[page].head.map { $0 + " / " + text } ?? text
      case .foot: galley.pages[page].foot = galley.pages[page].foot.map { text + " / " + $0 } ?? text
      default: break
      }
    }
  }

  /// "1 Introduction" on page 1 carries its chapter's number: the heads that follow it carry their page's, on a
  /// page of the same side at the same end.
  private func isSectionNumber(_ galley: Galley, _ page: Int, _ edge: EdgeLine) -> Bool {
    guard edge.left != nil, edge.right == nil, !edge.matches.isEmpty,
      let number = SectionNumber.decimal(galley.text, galley.lines[edge.line].range),
      number.depth == 1,
      number.lastPart <= Self.lastEarlyPage || edge.matches.allSatisfy({ $0.page > page })
    else { return false }
    return !edge.matches.contains { match in
      let other = galley.edges[match.page][match.edge]
      guard (match.page - page) % 2 == 0, let left = other.left, let number = galley.pages[match.page].number
      else { return false }
      return isNumber(galley, left, number, own: false)
    }
  }

  /// Pages on which a chapter of the same number may open.
  private static let lastEarlyPage = 3

  /// The page's number stands alone on the line above or below: a head that was read in two lines.
  private func isBeside(_ galley: Galley, _ page: Int, _ number: Int, _ edge: EdgeLine) -> Bool {
    let found = galley.edges[page][number]
    guard found.bare != nil, found.side == edge.side, abs(found.line - edge.line) == 1 else { return false }
    let lower = galley.lines[max(found.line, edge.line)]
    return lower.gapBefore == 0 || found.line < edge.line
  }

  /// A title above text that goes on from the page before, and that stood on pages before this one: the chapter's
  /// heading, whose head this is.
  private func repeatsHeading(_ galley: Galley, _ page: Int, _ edge: EdgeLine) -> Bool {
    guard page > 0, !edge.matches.isEmpty, edge.matches.allSatisfy({ $0.page < page }),
      edge.matches.contains(where: { page - $0.page <= 4 }),
      let below = galley.pages[page].lines.first(where: { $0 > edge.line }),
      let above = galley.pages[page - 1].lines.last(where: {
        galley.lines[$0].kind == .body && galley.lines[$0].letters > 4
      })
    else { return false }
    return galley.lines[below].startsSmall || galley.lines[above].endsHyphen
  }

  /// Lines of a title page beyond which it is a page of text.
  private static let mostTitleLines = 24

  /// The title on the document's first page is what the running heads repeat.
  private func isTitlePage(_ galley: Galley, _ page: Int, _ edge: EdgeLine) -> Bool {
    guard !edge.matches.isEmpty, edge.left == nil, edge.right == nil,
      edge.matches.allSatisfy({ $0.page > page }),
      galley.pages[..<page].allSatisfy({ $0.lines.count <= 3 })
    else { return false }
    let lines = galley.pages[page].lines
    let short = lines.count { Double(galley.lines[$0].width) < 0.8 * Double(galley.measure) }
    return lines.count >= 3 && lines.count <= Self.mostTitleLines && short * 5 >= lines.count * 4
  }

  /// The first of many like lines, set otherwise than those that follow it: below a chapter's label, with more
  /// space after it, or in another case. Heads without page numbers tell a chapter's opening by nothing else.
  private func opensChapter(_ galley: Galley, _ page: Int, _ edge: EdgeLine) -> Bool {
    let line = galley.lines[edge.line]
    let heads = edge.matches.map { galley.lines[galley.edges[$0.page][$0.edge].line] }
    guard edge.matches.allSatisfy({ $0.page > page }) else {
      // "Introduction" stands in lists of tables too, before it opens its chapter.
      return line.gapAfter != Line.edge && line.gapAfter >= 2 && HeadingKey(galley, line) != nil
        && heads.allSatisfy { $0.gapAfter < line.gapAfter }
    }
    if heads.allSatisfy({ $0.isCapitals != line.isCapitals }) { return true }
    // "1 Introduction" above heads that do not carry its number.
    if isSectionNumber(galley, page, edge),
      edge.matches.allSatisfy({ match in
        let head = galley.edges[match.page][match.edge]
        return head.left == nil && head.right == nil
      })
    {
      return true
    }
    let sink = sink(galley, line)
    if sink >= 2, heads.allSatisfy({ self.sink(galley, $0) + 2 <= sink }) { return true }
    if line.gapAfter != Line.edge, heads.allSatisfy({ $0.gapAfter < line.gapAfter }) { return true }
    if edge.left == nil, edge.right == nil, startsAfresh(galley, page, edge) { return true }
    return line.position > 0
      && galley.pages[page].lines.prefix(line.position).contains { above in
        let label = galley.lines[above]
        return SectionNumber.label(galley.text, label.range, galley.knowledge.divisions) != nil
      } && heads.allSatisfy { $0.position < line.position }
  }

  /// Above a page that begins a paragraph, after a page whose text came to an end before its foot: the first of
  /// the heads stands where the chapter opens.
  private func startsAfresh(_ galley: Galley, _ page: Int, _ edge: EdgeLine) -> Bool {
    guard let below = galley.pages[page].lines.first(where: { $0 > edge.line }) else { return false }
    let opening = galley.lines[below]
    guard opening.page == page, !opening.startsSmall, page > 0 else { return false }
    let before = galley.pages[page - 1].lines.filter { !galley.lines[$0].kind.isFurniture }
    // A blank page, or none of running text, stands before it.
    guard before.count > 3 else { return true }
    let last = before.last { galley.lines[$0].letters > 4 } ?? before[before.count - 1]
    let full = (max(0, page - 4)..<min(galley.pages.count, page + 5)).map { galley.pages[$0].lines.count }
      .max()
    return galley.lines[last].endsSentence && before.count * 5 < (full ?? 0) * 4
      && (HeadingKey(galley, galley.lines[edge.line]) != nil || before.count * 3 < (full ?? 0) * 2)
  }

  /// Blank lines from the page's top: a chapter opens lower than the heads stand.
  private func sink(_ galley: Galley, _ line: Line) -> Int {
    let scan = galley.transcript.scan
    return scan.pages.indices.contains(line.page) ? line.index - scan.pages[line.page].lines.lowerBound : 0
  }

  /// A line of running text or of a caption, which comes again by chance.
  private func isProse(_ line: Line) -> Bool {
    (line.functionWords >= 1 && line.endsSentence) || (line.functionWords >= 2 && !line.looksLikeTitle)
      || (line.startsSmall && line.endsSentence)
  }

  private func take(_ galley: inout Galley, _ line: Int, _ kind: LineKind) { galley.lines[line].kind = kind }

  private func isNoteSign(_ line: Line) -> Bool { Glyphs.isNoteSign(line.first) }

  /// Captions and axis labels repeat from page to page without being heads.
  private func isCaption(_ galley: Galley, _ edge: EdgeLine) -> Bool {
    guard let word = Glyphs.firstToken(galley.text, galley.lines[edge.line].range) else {
      return false
    }
    return galley.knowledge.captions.contains(Glyphs.key(galley.text, word))
  }

  /// "PAGE" over the numbers of a contents page.
  private func isColumnWord(_ edge: EdgeLine) -> Bool { edge.core.elementsEqual("page".utf8) }

  private func isSpoiltNumber(_ galley: Galley, _ token: Range<Int>, _ number: PageNumber) -> Bool {
    let core = galley.text[Numerals.stripped(galley.text, token)].map {
      $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0
    }
    guard core.contains(where: { Glyphs.isDigit(UInt32($0)) }) else { return false }
    let literal = Array(Numerals.printed(number.script, number.value).utf8)
    return EditDistance.distance(core[...], literal[...], limit: 1) <= 1
  }

  /// Signature lines and other feet that come again every eight or sixteen pages.
  private func distantFeet(_ galley: inout Galley) {
    var feet: [(page: Int, edge: EdgeLine)] = []
    for page in galley.edges.indices {
      guard
        let edge = galley.edges[page].first(where: { $0.side == .foot && galley.lines[$0.line].kind == .body }
        )
      else { continue }
      let line = galley.lines[edge.line]
      if line.gapBefore >= 1, edge.core.count >= 8, !isProse(line),
        Double(line.width) < 0.8 * Double(galley.measure),
        line.position > 0
      {
        feet.append((page, edge))
      }
    }
    for (index, foot) in feet.enumerated() {
      for other in feet[(index + 1)...] {
        if other.page - foot.page > 17 { break }
        if EditDistance.similarity(foot.edge.core[...], other.edge.core[...], atLeast: 0.6) >= 0.6 {
          for found in [foot, other] {
            galley.lines[found.edge.line].kind = .signature
            galley.pages[found.page].foot = galley.string(galley.lines[found.edge.line].range)
          }
        }
      }
    }
  }

  /// The first word of the next page, printed below the last line of this one.
  private func catchwords(_ galley: inout Galley) {
    for page in galley.pages.indices.dropLast() {
      let lines = galley.bodyLines(page)
      guard lines.count > 8, let last = lines.last, galley.lines[last].words == 1,
        galley.lines[last].width < 14,
        galley.lines[last].digits == 0, galley.lines[last].letters >= 2,
        let next = galley.pages[page + 1].lines.first(where: { galley.lines[$0].kind == .body }),
        let word = Glyphs.firstToken(galley.text, galley.lines[next].range)
      else { continue }
      if Glyphs.key(galley.text, word) == Glyphs.key(galley.text, galley.lines[last].range) {
        galley.lines[last].kind = .catchword
      }
    }
  }
}

/// Marks by which the binder gathers the sheets: "B 2", "VOL. II.—2", "12*".
enum Signature {
  static func isMark(_ text: [UInt8], _ line: Line, _ measure: Int) -> Bool {
    guard line.width < 20, Double(line.width) < 0.4 * Double(measure), line.words <= 4 else { return false }
    let tokens = Glyphs.tokens(text, line.range)
    let first = Glyphs.key(text, tokens[0])
    if first == "vol" || first == "volume" {
      return tokens.count >= 2 && line.digits + line.letters - 3 <= 8
        && !(tokens.count == 2 && line.endsSentence)
    }
    guard line.gapBefore >= 1, line.letters <= 2, line.digits <= 2, line.capitals == line.letters else {
      return false
    }
    // One or two capitals, with or without a small number: "B", "B 2", "2 A".
    return line.letters >= 1 && line.letters + line.digits <= 3 && tokens.count <= 2
  }
}

/// Numbers that libraries stamp or print on a page's edge: five digits and more, alone.
enum Stamp {
  static func isMark(_ text: [UInt8], _ line: Line) -> Bool {
    // "1841-1852." is the end of a reference.
    line.letters == 0 && text[line.range].allSatisfy { Glyphs.isDigit(UInt32($0)) || $0 == 0x2A }
      && line.digits >= 5 && line.words == 1 && line.width <= 12
      && (line.gapBefore >= 1 || line.gapAfter >= 1)
  }
}
