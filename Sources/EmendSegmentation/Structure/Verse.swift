/// Knows quoted verse: a few lines shorter than the page's, each with a capital, after a line of prose that
/// leads to them ("… occurred the telling lines,").
struct Verse: SegmentationStep {
  static let mostLines = 60
  /// A line of verse is shorter than this share of the measure.
  static let longest = 0.85

  func apply(to galley: inout Galley) {
    for page in galley.pages.indices {
      let lines = galley.bodyLines(page)
      var at = 1
      while at < lines.count {
        let isLed = leads(galley, galley.lines[lines[at - 1]])
        guard isLed || galley.extraGap(before: galley.lines[lines[at]]) >= 1 else {
          at += 1
          continue
        }
        var end = at
        while end < lines.count, end - at < Self.mostLines, isVerse(galley, galley.lines[lines[end]]) {
          end += 1
        }
        let stanza = lines[at..<end]
        if stanza.count >= 2, isSetOff(galley, stanza), !endsInProse(galley, lines, end),
          isLed || isStanza(galley, stanza, lines, end)
        {
          for index in stanza { galley.lines[index].kind = .verse }
        }
        at = max(end, at + 1)
      }
    }
  }

  /// A full line of prose that ends in a comma, colon or dash.
  private func leads(_ galley: Galley, _ line: Line) -> Bool {
    [0x2C, 0x3A, 0x2014].contains(line.last) && line.functionWords > 0
      && !(line.isCapitals || line.words < 3)
  }

  private func isVerse(_ galley: Galley, _ line: Line) -> Bool {
    Double(line.width) < Self.longest * Double(galley.measure) && line.words >= 3 && !line.isWide
      && Glyphs.isUpper(line.firstLetter) && line.digits == 0 && !line.endsHyphen
  }

  /// Lines that a stanza without a lead must have.
  static let leastAlone = 4

  /// Between blank lines, and so short that prose would have filled its lines: four lines and more of sentences, with
  /// stops inside them, set evenly, none of them in capitals.
  private func isStanza(_ galley: Galley, _ stanza: ArraySlice<Int>, _ lines: [Int], _ end: Int) -> Bool {
    guard stanza.count >= Self.leastAlone, let first = stanza.first, let last = stanza.last,
      galley.lines[first].page >= galley.firstBodyPage, galley.lines[last].endsSentence,
      end == lines.count || galley.extraGap(before: galley.lines[lines[end]]) >= 1
    else { return false }
    let verses = stanza.map { galley.lines[$0] }
    let widest = verses.reduce(0) { max($0, $1.width) }
    let (least, most) = verses.reduce((Int.max, 0)) { (min($0.0, $1.indent), max($0.1, $1.indent)) }
    return Double(widest) < 0.72 * Double(galley.measure) && most - least <= 6
      && verses.allSatisfy {
        $0.titleShare < 0.7 && !$0.isCapitals && !$0.flags.contains(.hasInitial) && $0.width * 2 >= widest
          && galley.extraGap(before: $0) == 0 || $0.index == verses[0].index
      }
      && verses.reduce(0) { $0 + $1.functionWords } >= verses.count
      && verses.dropLast().count { $0.last == 0x2C || Glyphs.isLetter($0.last) || $0.last == 0x3B } * 2
        >= verses.count - 1
  }

  /// Blank lines or an indent part it from the prose.
  private func isSetOff(_ galley: Galley, _ stanza: ArraySlice<Int>) -> Bool {
    guard let first = stanza.first else { return false }
    let margin = galley.pages[galley.lines[first].page].margin
    return galley.extraGap(before: galley.lines[first]) >= 1
      || stanza.allSatisfy { galley.lines[$0].indent >= margin + 3 }
  }

  /// What follows without a gap in small letters shows that the lines were prose.
  private func endsInProse(_ galley: Galley, _ lines: [Int], _ end: Int) -> Bool {
    guard end < lines.count else { return false }
    let next = galley.lines[lines[end]]
    return next.startsSmall && galley.extraGap(before: next) == 0
  }
}
