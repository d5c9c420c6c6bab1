/// Sets captions aside: "Table 3. Rates by country", "FIGURE 2" with the lines that go on below it.
///
/// A line of running text may begin with the same words ("Table 3 gives the rates"): a caption stands apart,
/// and its number is followed by a stop, a capital or nothing.
struct Captions: SegmentationStep {
  static let mostLines = 12

  func apply(to galley: inout Galley) {
    guard !galley.isReflowed, !galley.hasFormatLevels else { return }
    var at = 0
    while at < galley.lines.count {
      guard galley.lines[at].kind == .body || galley.lines[at].kind == .table, opens(galley, at) else {
        at += 1
        continue
      }
      let end = end(galley, at)
      if end - at <= Self.mostLines {
        for index in at..<end { galley.lines[index].kind = .caption }
      }
      at = end
    }
    for index in galley.lines.indices.dropFirst() where galley.lines[index].kind == .body {
      let (line, above) = (galley.lines[index], galley.lines[index - 1])
      guard above.kind == .table || above.kind == .caption && index >= 2 && Self.isNote(galley, above),
        above.page == line.page, galley.extraGap(before: line) <= 1, Self.isNote(galley, line)
      else { continue }
      let end = end(galley, index)
      if end - index <= Self.mostLines { for place in index..<end { galley.lines[place].kind = .caption } }
    }
  }

  /// "Source: Census of 1901.", "Note.—Amounts in pounds.": a word that opens what stands below a table, and its stop.
  static func isNote(_ galley: Galley, _ line: Line) -> Bool {
    guard Glyphs.isUpper(line.first), let token = Glyphs.firstToken(galley.text, line.range) else {
      return false
    }
    let word = galley.text[token].prefix { Glyphs.isLetter(UInt32($0)) }
    guard word.count <= 8, word.endIndex < token.upperBound,
      galley.text[word.endIndex] == 0x3A || galley.text[word.endIndex] == 0x2E
    else { return false }
    return galley.knowledge.tableNotes.contains(Glyphs.key(galley.text, token.lowerBound..<word.endIndex))
  }

  private func opens(_ galley: Galley, _ index: Int) -> Bool {
    let line = galley.lines[index]
    guard Glyphs.isUpper(line.first),
      galley.extraGap(before: line) >= 1 || line.position == 0 || galley.lines[index - 1].kind != .body
        || isAbove(galley, index),
      SectionNumber.isCaption(galley.text, line.range, galley.knowledge)
    else { return false }
    let tokens = Glyphs.tokens(galley.text, line.range, limit: 3)
    guard tokens.count == 3 else { return true }
    let last = galley.text[tokens[1].upperBound - 1]
    if [0x2E, 0x3A, 0x2D, 0x29].contains(last) { return true }
    let following = Glyphs.firstLetterLike(galley.text, tokens[2])
    return Glyphs.isUpper(following) || following == 0x2014 || following == 0x2013
  }

  /// Below the end of a paragraph and right above a table: double-spaced typescripts leave no more space there.
  private func isAbove(_ galley: Galley, _ index: Int) -> Bool {
    let line = galley.lines[index]
    return galley.lines[index - 1].endsSentence && !line.endsSentence && index + 1 < galley.lines.count
      && galley.lines[index + 1].page == line.page && galley.lines[index + 1].kind == .table
  }

  /// The lines up to the next gap; a title in capitals after a label alone belongs to it over one gap.
  private func end(_ galley: Galley, _ start: Int) -> Int {
    let first = galley.lines[start]
    var end = start + 1
    while end < galley.lines.count, galley.lines[end].page == first.page, galley.lines[end].kind == .body,
      galley.extraGap(before: galley.lines[end]) == 0
    {
      end += 1
    }
    if end == start + 1, first.words == 2, end < galley.lines.count {
      let title = galley.lines[end]
      if title.page == first.page, title.kind == .body, title.looksLikeTitle, !title.endsSentence,
        galley.extraGap(before: title) <= 1
      {
        end += 1
      }
    }
    return end
  }
}
