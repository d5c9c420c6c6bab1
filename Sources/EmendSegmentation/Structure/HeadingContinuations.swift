/// Makes headings whole: a title that runs on into the next line takes it along, and a "heading" that runs on
/// into text was the opening of a paragraph.
struct HeadingContinuations: SegmentationStep {
  /// Lines that a heading may be continued by.
  static let mostLines = 3
  /// A continuation is shorter than this share of the measure; a longer line is text.
  static let longest = 0.85

  func apply(to galley: inout Galley) {
    guard !galley.hasFormatLevels else { return }
    var at = 0
    while at < galley.lines.count {
      guard galley.lines[at].kind == .heading else {
        at += 1
        continue
      }
      var end = at + 1
      while end < galley.lines.count, galley.lines[end].kind == .heading, hugs(galley, end) { end += 1 }
      if runsOn(galley, end) {
        if let last = continuation(galley, at, end) {
          for index in end..<last {
            galley.lines[index].kind = .heading
            galley.lines[index].headingScore = 0.1
          }
          end = last
        } else if !isSure(galley, at) || (galley.lines[end - 1].endsHyphen && !isNumbered(galley, at)) {
          for index in at..<end {
            galley.lines[index].kind = .body
            galley.lines[index].headingScore = 0
          }
        }
      }
      at = end
    }
  }

  /// Whether a line stands right below the one before it.
  private func hugs(_ galley: Galley, _ index: Int) -> Bool {
    galley.lines[index].page == galley.lines[index - 1].page
      && galley.extraGap(before: galley.lines[index]) == 0
  }

  /// The line at `index` goes on the sentence or the word of the heading above it.
  private func runsOn(_ galley: Galley, _ index: Int) -> Bool {
    guard index < galley.lines.count, hugs(galley, index), galley.lines[index].kind == .body else {
      return false
    }
    let above = galley.lines[index - 1]
    return !above.endsSentence && above.last != 0x3A
      && (above.endsHyphen || galley.lines[index].startsSmall || endsInGrammar(galley, above))
  }

  /// The end of the few short lines that complete the title before a gap or a new paragraph.
  private func continuation(_ galley: Galley, _ start: Int, _ end: Int) -> Int? {
    var at = end
    while at < galley.lines.count, at - end < Self.mostLines, hugs(galley, at),
      galley.lines[at].kind == .body
    {
      let line = galley.lines[at]
      if Double(line.width) > Self.longest * Double(galley.measure) || line.endsSentence { return nil }
      at += 1
      if at == galley.lines.count || !hugs(galley, at) { return at }
      if !runsOn(galley, at) {
        return isSure(galley, start) || (start..<at).allSatisfy { isTitled(galley.lines[$0]) } ? at : nil
      }
    }
    return nil
  }

  private func endsInGrammar(_ galley: Galley, _ line: Line) -> Bool {
    guard let word = Glyphs.lastToken(galley.text, line.range), word.count <= 8 else { return false }
    return galley.knowledge.isFunctionWord(StructureKnowledge.packed(Glyphs.key(galley.text, word)))
  }

  /// Two long words at least, all or nearly all with capitals.
  private func isTitled(_ line: Line) -> Bool { line.longWords >= 2 && line.titleShare >= 0.75 }

  /// "3.2 A bargain", "3 The Bargain"; a single number before a sentence in small letters may be a list's.
  private func isNumbered(_ galley: Galley, _ index: Int) -> Bool {
    let line = galley.lines[index]
    guard let number = SectionNumber.decimal(galley.text, line.range) else { return false }
    return number.depth > 1 || line.titleShare > 0.4 || line.headingScore > HeadingStyles.sure
  }

  /// Capitals, a section number in few words, a label, or a title of the contents.
  private func isSure(_ galley: Galley, _ index: Int) -> Bool {
    let line = galley.lines[index]
    if line.isCapitals || line.isTitle || line.isOpening { return true }
    if SectionNumber.label(galley.text, line.range, galley.knowledge.divisions) != nil { return true }
    if isNumbered(galley, index) { return true }
    let (hash, letters) = Glyphs.letterHash(galley.text, line.range)
    return letters >= 8
      && (galley.contentsTitles.contains(hash) || galley.contentsParts.contains(hash))
  }
}
