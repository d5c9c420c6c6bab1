import EmendModel

/// Finds half titles and title pages before the running text begins; the title itself is a heading,
/// author, place and imprint are not.
struct TitlePages: SegmentationStep {
  /// Words in a line beyond which it is a paragraph, and its page no title page.
  static let mostWords = 40

  func apply(to galley: inout Galley) {
    guard galley.pages.count > 1 else { return }
    let measure = Double(galley.measure)
    galley.firstBodyPage = firstBodyPage(galley)
    var haveTitle = false
    for page in 0..<galley.firstBodyPage {
      let lines = galley.pages[page].lines.filter { galley.lines[$0].kind == .body }
      guard let first = lines.first, lines.count <= 40 else { continue }
      let count = Double(lines.count)
      let displayed = lines.reduce(0) {
        let line = galley.lines[$1]
        return $0
          + (Double(line.width) < 1.1 * measure && (line.capitalShare > 0.6 || line.titleShare > 0.7) ? 1 : 0)
      }
      let small = lines.reduce(0) { $0 + (galley.lines[$1].startsSmall ? 1 : 0) }
      // The first page is a title page by its place; "in partial fulfillment of …" is no running text.
      let opens = galley.pages[..<page].allSatisfy(\.lines.isEmpty)
      if Double(displayed) < (opens ? 0.45 : 0.6) * count || Double(small) > (opens ? 0.45 : 0.15) * count {
        continue
      }
      if lines.contains(where: { galley.lines[$0].words > Self.mostWords }) { continue }
      if haveTitle, lines.count <= 3 { continue }
      let opening = Glyphs.key(galley.text, galley.lines[first].range)
      if ["copyright", "printed", "published"].contains(where: { opening.hasPrefix($0) })
        || galley.lines[first].first == 0xA9
      {
        for index in lines { galley.lines[index].kind = .masthead }
        continue
      }
      let title = titleLines(galley, lines)
      if title.isEmpty || isText(galley, lines) { continue }
      haveTitle = true
      for index in lines {
        // "EDITORS" on the first page of an issue opens its section there too.
        let isKnown = lines.count > 12 && HeadingKey(galley, galley.lines[index]) != nil
        galley.lines[index].kind = isKnown ? .heading : .masthead
        if isKnown { galley.lines[index].headingScore = 1 }
      }
      for index in title {
        galley.lines[index].kind = .heading
        galley.lines[index].headingScore = 9
        galley.lines[index].isTitle = true
      }
    }
    repeated(&galley)
  }

  /// The book's title above its first chapter is a heading there too.
  private func repeated(_ galley: inout Galley) {
    let title = galley.lines.filter(\.isTitle).flatMap { EdgeLines.letters(galley.text, $0.range) }
    guard title.count >= 8, let first = galley.lines.first(where: \.isTitle)?.page else { return }
    for page in max(first + 1, galley.firstBodyPage)..<galley.pages.count {
      let lines = galley.pages[page].lines.prefix(3).prefix { galley.lines[$0].kind == .body }
      var letters: [UInt8] = []
      for (place, index) in lines.enumerated() {
        letters += EdgeLines.letters(galley.text, galley.lines[index].range)
        if letters.count > title.count { break }
        guard letters == title else { continue }
        for line in lines.prefix(place + 1) {
          galley.lines[line].kind = .heading
          galley.lines[line].headingScore = 1
        }
        break
      }
    }
  }

  /// The first page with a dozen long lines, many of which run on.
  private func firstBodyPage(_ galley: Galley) -> Int {
    let measure = Double(galley.measure)
    if let first = galley.pages.indices.first(where: { page in
      galley.pages[page].lines.contains { galley.lines[$0].kind == .body }
    }), isText(galley, galley.pages[first].lines.filter { galley.lines[$0].kind == .body }) {
      return first
    }
    for page in galley.pages.indices.prefix(30) {
      let lines = galley.pages[page].lines.map { galley.lines[$0] }.filter { $0.kind == .body }
      let long = lines.reduce(0) { $0 + (Double($1.width) > 0.8 * measure ? 1 : 0) }
      let small = lines.reduce(0) { $0 + ($1.startsSmall ? 1 : 0) }
      if long >= 12, Double(small) > 0.3 * Double(lines.count) { return page }
      if lines.contains(where: { $0.words > Self.mostWords && $0.functionWords > 8 }) { return page }
    }
    return min(galley.pages.count - 1, 6)
  }

  /// What the prose of a masthead speaks of.
  private static let mastheadSigns = SignSet(["ISSN", "ISBN", "ublished", "opyright", "©", "ubscription"])
  /// Pairs of lines that run on, on a page of text.
  private static let leastRunningPairs = 3
  private static let leastProse = 0.4

  /// Whether sentences run over the lines of a page: from its first line on, or over a good part of those that follow
  /// the title.
  private func isText(_ galley: Galley, _ lines: [Int]) -> Bool {
    guard let start = RunningText.start(galley, lines),
      !lines.contains(where: { Self.mastheadSigns.isFound(in: galley.text, galley.lines[$0].range) })
    else { return false }
    let prose = lines[start...].prefix { $0 == lines[start] || galley.lines[$0].gapBefore == 0 }
    let ends = prose.contains { galley.lines[$0].endsSentence }
    if start == 0 { return ends }
    let pairs = zip(lines[start...], lines[start...].dropFirst()).count {
      RunningText.goesOn(galley, galley.lines[$0], galley.lines[$1])
    }
    return ends && pairs >= Self.leastRunningPairs
      && Double(pairs) >= Self.leastProse * Double(lines.count - start)
  }

  private func titleLines(_ galley: Galley, _ lines: [Int]) -> [Int] {
    let start = lines.firstIndex { galley.lines[$0].width > 4 && !isVolume(galley, galley.lines[$0]) } ?? 0
    var out: [Int] = []
    for index in lines[start..<min(start + 5, lines.count)] {
      let line = galley.lines[index]
      if leavesTitle(galley, line) || HeadingKey(galley, line) != nil
        || SectionNumber.label(galley.text, line.range, galley.knowledge.divisions) != nil
      {
        break
      }
      if let last = out.last, line.gapBefore >= 1, !runsOn(galley, galley.lines[last]) { break }
      out.append(index)
    }
    return out
  }

  private func isVolume(_ galley: Galley, _ line: Line) -> Bool {
    Glyphs.key(galley.text, line.range).hasPrefix("vol")
  }

  private func leavesTitle(_ galley: Galley, _ line: Line) -> Bool {
    if line.first == 0xA9 { return true }
    if line.letters == 0 { return line.digits == 4 }
    let key = Glyphs.key(galley.text, line.range)
    return galley.knowledge.bylines.contains(key)
      || galley.knowledge.bylineBeginnings.contains { key.hasPrefix($0) }
  }

  /// A line that cannot end a title: it ends in a colon or a word of grammar.
  private func runsOn(_ galley: Galley, _ line: Line) -> Bool {
    if line.last == 0x3A { return true }
    guard let last = Glyphs.lastToken(galley.text, line.range), last.count <= 8 else { return false }
    return galley.knowledge.isFunctionWord(StructureKnowledge.packed(Glyphs.key(galley.text, last)))
  }
}
