/// Splits off headings that open a paragraph on its first line: "Rates of transit.—The union", "2.3 Sampling. We
/// drew", "Trade and Tariffs. The council".
///
/// One such opening may be anything; a book that uses them does so again and again, each time with other words.
/// Openings that come again are speakers in a record of debates.
struct RunInHeads: SegmentationStep {
  static let mostWords = 10
  static let longest = 80
  /// Openings of one kind that show the habit: before a dash, numbered, in title case before a stop.
  static let leastDashed = 3
  static let leastNumbered = 3
  static let leastTitled = 4
  /// Share of the openings that must differ from one another, and of the paragraphs that may have one.
  static let leastDistinct = 0.75
  static let mostShare = 0.5

  enum Kind: Int { case dashed, numbered, titled }
  private struct Opening {
    var block: Int
    /// End of the heading, and where the text goes on.
    var end: Int
    var text: Int
    var letters: UInt64
  }

  func apply(to galley: inout Galley) {
    guard galley.transcript.scan.source.format != .markdown else { return }
    var found: [Kind: [Opening]] = [:]
    var paragraphs = 0
    for (index, block) in galley.blocks.enumerated() where block.kind == .paragraph && block.part == nil {
      guard let first = block.lines.first else { continue }
      paragraphs += 1
      let line = galley.lines[first]
      guard Glyphs.isUpper(line.first) || Glyphs.isDigit(line.first),
        block.lines.count > 1 || line.width > 60,
        let (kind, end, text) = Self.opening(galley, line)
      else { continue }
      let letters = Glyphs.letterHash(galley.text, line.range.lowerBound..<end).hash
      found[kind, default: []].append(Opening(block: index, end: end, text: text, letters: letters))
    }
    var accepted: [Int: Opening] = [:]
    for (kind, openings) in found {
      let least = [Self.leastDashed, Self.leastNumbered, Self.leastTitled][kind.rawValue]
      let distinct = Double(Set(openings.map(\.letters)).count)
      guard openings.count >= least, distinct >= Self.leastDistinct * Double(openings.count),
        Double(openings.count) <= Self.mostShare * Double(paragraphs)
      else { continue }
      for opening in openings { accepted[opening.block] = opening }
    }
    if !accepted.isEmpty { split(&galley, accepted) }
  }

  private func split(_ galley: inout Galley, _ openings: [Int: Opening]) {
    var out: [BlockDraft] = []
    out.reserveCapacity(galley.blocks.count + openings.count)
    for (index, var block) in galley.blocks.enumerated() {
      if let opening = openings[index], let first = block.lines.first {
        let line = galley.lines[first].range
        out.append(BlockDraft(kind: .heading, lines: [first], part: line.lowerBound..<opening.end))
        if opening.text < line.upperBound {
          block.part = opening.text..<line.upperBound
        } else {
          block.lines.removeFirst()
        }
      }
      out.append(block)
    }
    galley.blocks = out
  }

  /// The opening of a line: its kind, where it ends with its stop or dash, where the text begins.
  private static func opening(_ galley: Galley, _ line: Line) -> (kind: Kind, end: Int, text: Int)? {
    let text = galley.text
    let start =
      Glyphs.isDigit(line.first)
      ? SectionNumber.decimal(text, line.range)?.title : line.range.lowerBound
    guard let start else { return nil }
    let isNumbered = start > line.range.lowerBound
    let limit = min(line.range.upperBound, start + longest)
    // Without a stop or a colon there is no opening.
    guard text[start..<limit].contains(where: { $0 == 0x2E || $0 == 0x3A }) else { return nil }
    var at = start
    var words = 0
    var (long, capitalised) = (0, 0)
    var wordStart = start
    while at < limit {
      let (scalar, next) = Glyphs.scalar(text, at, line.range.upperBound)
      if Glyphs.isDigit(scalar) || scalar == 0x22 || scalar == 0x201C || scalar == 0x3B { return nil }
      let endsWord = Glyphs.isSpace(text[at]) || scalar == 0x2E || scalar == 0x3A
      if endsWord {
        if at > wordStart {
          words += 1
          if at - wordStart > 3 {
            long += 1
            if Glyphs.isUpper(Glyphs.scalar(text, wordStart, at).value) { capitalised += 1 }
          }
        }
        if words > mostWords { return nil }
        wordStart = next
      }
      if scalar == 0x2E || scalar == 0x3A {
        if let dash = dash(text, next, line.range.upperBound), long > 0 {
          return (.dashed, dash.end, dash.text)
        }
        guard scalar == 0x2E, next < line.range.upperBound, Glyphs.isSpace(text[next]) else { return nil }
        var after = next
        while after < line.range.upperBound, Glyphs.isSpace(text[after]) { after += 1 }
        let following = Glyphs.scalar(text, after, line.range.upperBound).value
        guard Glyphs.isUpper(following) || following == 0x201C || following == 0x22,
          !isAbbreviation(galley, text, at, start)
        else { return nil }
        if isNumbered { return long > 0 ? (.numbered, next, after) : nil }
        return long >= 2 && long == capitalised && words >= 2 && words <= 8 && !line.flags.contains(.hasYear)
          && !line.flags.contains(.hasInitial) ? (.titled, next, after) : nil
      }
      at = next
    }
    return nil
  }

  /// "—", "–", "--", " - " after a stop, with where it ends and where the text goes on.
  private static func dash(_ text: [UInt8], _ stop: Int, _ end: Int) -> (end: Int, text: Int)? {
    var at = stop
    while at < end, Glyphs.isSpace(text[at]) { at += 1 }
    let from = at
    while at < end {
      let (scalar, next) = Glyphs.scalar(text, at, end)
      guard scalar == 0x2014 || scalar == 0x2013 || scalar == 0x2D else { break }
      at = next
    }
    guard at > from else { return nil }
    let close = at
    while at < end, Glyphs.isSpace(text[at]) { at += 1 }
    // One hyphen must stand free.
    if close - from == 1, from == stop || at == close { return nil }
    if at < end, !Glyphs.isUpper(Glyphs.firstLetterLike(text, at..<end)) { return nil }
    return (close, at)
  }

  /// "St.", "Mr.": a short word, or one of the known abbreviations.
  private static func isAbbreviation(_ galley: Galley, _ text: [UInt8], _ stop: Int, _ start: Int) -> Bool {
    var from = stop
    while from > start, !Glyphs.isSpace(text[from - 1]) { from -= 1 }
    if stop - from <= 3 { return true }
    return galley.knowledge.abbreviations[String(decoding: text[from..<stop], as: UTF8.self).lowercased()]
      != nil
  }
}
