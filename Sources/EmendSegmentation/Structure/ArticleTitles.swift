/// Titles of articles in a journal or a collection: what stands between the head of a page, or a gap, and a
/// by-line ("BY O. H. SWEZEY.") is a heading, whatever its type.
enum ArticleTitles {
  static let mostLines = 5

  /// The places in `sequence` that are titles by this rule.
  static func find(_ galley: Galley, _ sequence: [Int]) -> Set<Int> {
    var out: Set<Int> = []
    for place in sequence.indices where isByline(galley, galley.lines[sequence[place]]) {
      var start = place
      let byline = galley.lines[sequence[place]]
      while start > 0, place - start < mostLines {
        let above = galley.lines[sequence[start - 1]]
        guard above.page == byline.page, above.kind == .body, above.letters > 3,
          start == place || galley.lines[sequence[start]].startsSmall
            || galley.extraGap(before: galley.lines[sequence[start]]) == 0
        else { break }
        start -= 1
      }
      guard start < place, place - start < mostLines else { continue }
      let first = galley.lines[sequence[start]]
      let isFree =
        first.position == 0 || start == 0 || galley.extraGap(before: first) >= 1
        || galley.lines[sequence[start - 1]].page != first.page
      let lines = sequence[start..<place].map { galley.lines[$0] }
      let (long, capitalised) = lines.reduce((0, 0)) { ($0.0 + $1.longWords, $0.1 + $1.longCapitalised) }
      guard isFree, !first.startsSmall, capitalised * 3 >= long * 2 else { continue }
      out.formUnion(start..<place)
    }
    return out
  }

  /// The places of titles that the contents name, at the head of a page and in up to four lines.
  static func inContents(_ galley: Galley, _ sequence: [Int]) -> Set<Int> {
    var out: Set<Int> = []
    guard galley.contentsTitles.count >= 2 else { return out }
    for place in sequence.indices {
      let first = galley.lines[sequence[place]]
      guard first.kind == .body, first.position < 6, first.looksLikeTitle,
        first.position == 0 || galley.extraGap(before: first) >= 1
      else { continue }
      for end in (place + 1)...min(place + 4, sequence.count) {
        let last = galley.lines[sequence[end - 1]]
        guard last.page == first.page, last.kind == .body, !last.endsSentence,
          end == place + 1 || galley.extraGap(before: last) == 0
        else { break }
        let (hash, letters) = Glyphs.letterHash(galley.text, first.range.lowerBound..<last.range.upperBound)
        if letters > 200 { break }
        guard letters >= 12, galley.contentsTitles.contains(hash), last.gapAfter != Line.edge,
          galley.extraGap(after: last) >= 1
        else { continue }
        out.formUnion(place..<end)
        break
      }
    }
    return out
  }

  /// "BY O. H. SWEZEY.", "by Willis Fletcher Johnson": short, set off, nothing but names.
  static func isByline(_ galley: Galley, _ line: Line) -> Bool {
    let text = galley.text
    guard line.range.count > 5, line.words >= 3, line.words <= 12,
      Double(line.width) < 0.6 * Double(galley.measure),
      text[line.range.lowerBound] | 0x20 == 0x62, text[line.range.lowerBound + 1] | 0x20 == 0x79,
      Glyphs.isSpace(text[line.range.lowerBound + 2]),
      galley.extraGap(before: line) >= 1 || line.gapBefore == Line.edge,
      galley.extraGap(after: line) >= 1
    else { return false }
    // "by" itself is a word of grammar; small letters may be small capitals misread.
    return line.capitalShare > 0.6 || (line.titleShare > 0.7 && line.functionWords <= 2)
      || (line.words <= 5 && line.functionWords <= 1 && Double(line.width) < 0.5 * Double(galley.measure))
  }
}
