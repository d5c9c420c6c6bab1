/// Knows quoted verse: a few lines shorter than the page's, each with a capital, after a line of prose that
/// leads to them ("… occurred the telling lines,").
struct Verse: SegmentationStep {
  static let mostLines = 60
  /// A line of verse is shorter than this share of the measure.
  static let longest = 0.85

  func apply(to galley: inout Galley) {
    for page in galley.pages.indices {
      let lines = galley.pages[page].lines.filter { galley.lines[$0].kind == .body }
      var at = 1
      while at < lines.count {
        guard leads(galley, galley.lines[lines[at - 1]]) else {
          at += 1
          continue
        }
        var end = at
        while end < lines.count, end - at < Self.mostLines, isVerse(galley, galley.lines[lines[end]]) {
          end += 1
        }
        let stanza = lines[at..<end]
        if stanza.count >= 2, isSetOff(galley, stanza), !endsInProse(galley, lines, end) {
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
