import EmendModel

/// Gathers the features of one line for the heading model.
struct HeadingEvidence {
  /// The document without its lines, which change while they are judged.
  private let galley: Galley
  /// Indices of the lines that may be headings, in reading order.
  let sequence: [Int]
  /// First place in `sequence` at which a section number stands.
  private let firstPlace: [UInt64: Int]

  init(_ galley: Galley, sequence: [Int]) {
    var document = galley
    document.lines = []
    self.galley = document
    self.sequence = sequence
    var firstPlace: [UInt64: Int] = [:]
    for (place, index) in sequence.enumerated() {
      let line = galley.lines[index]
      guard Glyphs.isDigit(line.first), Double(line.width) < 1.05 * Double(galley.measure),
        let number = SectionNumber.decimal(galley.text, line.range),
        Glyphs.isUpper(Glyphs.scalar(galley.text, number.title, line.range.upperBound).value)
      else { continue }
      if firstPlace[number.packed] == nil { firstPlace[number.packed] = place }
    }
    self.firstPlace = firstPlace
  }

  /// Whether the number before this one, or its parent's, occurred above.
  private func isInSequence(_ number: SectionNumber.Decimal, _ place: Int) -> Bool {
    if number.lastPart == 1 {
      return number.depth <= 2 || (firstPlace[number.parent].map { $0 <= place } ?? false)
    }
    return firstPlace[number.previous].map { $0 < place } ?? false
  }

  /// The lines between two blanks that a line belongs to; of many, some.
  private func chunk(_ place: Int, _ lines: [Line]) -> Range<Int> {
    func opens(_ place: Int) -> Bool {
      let line = lines[sequence[place]]
      return line.page != lines[sequence[place - 1]].page || galley.extraGap(before: line) >= 1
    }
    var (start, end) = (place, place + 1)
    while start > 0, end - start <= Self.mostChunk, !opens(start) { start -= 1 }
    while end < sequence.count, end - start <= Self.mostChunk, !opens(end) { end += 1 }
    return start..<end
  }

  /// A title has no more lines.
  private static let mostChunk = 4

  static func bucket(_ value: Double, _ bounds: [Double]) -> Int {
    bounds.firstIndex { value < $0 } ?? bounds.count
  }

  /// `scores` are the heading scores decided so far, by line.
  func features(at place: Int, lines: [Line]) -> [Int] {
    let line = lines[sequence[place]]
    let text = galley.text
    let previous = place > 0 ? lines[sequence[place - 1]] : nil
    let next = place + 1 < sequence.count ? lines[sequence[place + 1]] : nil
    let measure = Double(galley.measure)
    var out: [Int] = []
    out.reserveCapacity(56)
    func add(_ feature: HeadingFeature, _ value: Int = 0) { out.append(feature.id(value)) }

    let above = previous?.page != line.page ? 3 : min(3, Self.clamp(galley.extraGap(before: line)))
    let below = next?.page != line.page ? 3 : min(3, Self.clamp(galley.extraGap(after: line)))
    let gaps = (above > 0 ? 2 : 0) + (below > 0 ? 1 : 0)
    add(.above, above)
    add(.below, below)
    add(.aboveBelow, above * 4 + below)

    let length = Self.bucket(Double(line.width) / measure, [0.15, 0.3, 0.5, 0.7, 0.85, 1])
    add(.length, length)
    let style = Self.style(line)
    add(.caseStyle, style)
    add(.caseAndGaps, style * 4 + gaps)
    add(.caseAndLength, style * 7 + length)

    add(.firstClass, Self.firstClass(line.firstLetter))
    let endsInYear = Self.endsInYear(text, line)
    add(.lastClass, endsInYear ? Self.lastClass(0x61) : Self.lastClass(line.last))

    if let previous {
      add(.sentenceEndedBefore, previous.endsSentence ? 1 : 0)
      add(.shortBefore, Double(previous.width) < 0.7 * measure ? 1 : 0)
      add(.kindBefore, previous.kind == .heading ? 1 : previous.kind == .table ? 2 : 0)
      if !previous.endsSentence, Double(previous.width) > 0.8 * measure, previous.kind == .body {
        add(.runsOnBefore)
      }
    }
    if let next {
      add(.firstClassAfter, Glyphs.isLower(next.firstLetter) ? 0 : Glyphs.isUpper(next.firstLetter) ? 1 : 2)
      add(.longAfter, Double(next.width) > 0.85 * measure ? 1 : 0)
      add(.indentedAfter, next.indent > galley.pages[next.page].margin + 1 ? 1 : 0)
    }

    if HeadingKey(galley, line) != nil {
      add(.knownPhrase)
      add(.knownPhraseAbove, above > 0 ? 1 : 0)
    }
    let number = Glyphs.isDigit(line.first) ? SectionNumber.decimal(text, line.range) : nil
    if let number {
      let depth = min(number.depth - 1, 2)
      let inSequence = isInSequence(number, place) ? 1 : 0
      add(.numbered, depth)
      add(.numberInSequence, depth * 2 + inSequence)
      add(
        .titleAfterNumber,
        Glyphs.isUpper(Glyphs.scalar(text, number.title, line.range.upperBound).value) ? 1 : 0)
      add(.numberAndGap, (above > 0 ? 2 : 0) + inSequence)
      if line.isWide, depth == 0 { add(.wideNumbered) }
    }
    if SectionNumber.roman(text, line.range) != nil {
      add(.roman)
      add(.romanAndGaps, gaps)
    }
    if Glyphs.isLetter(line.first), SectionNumber.label(text, line.range, galley.knowledge.divisions) != nil {
      add(.label)
      add(.labelAbove, above)
      add(.labelLength, length)
    }
    if SectionNumber.isCaption(text, line.range, galley.knowledge) { add(.caption) }
    if ListMark.opens(text, line) { add(.item) }
    if line.digits * 5 > line.width { add(.digits) }
    if line.isWide, number == nil { add(.wide) }
    if line.flags.contains(.hasFormula) { add(.formula) }
    add(.functionWords, line.functionWords)
    add(.words, Self.bucket(Double(line.words), [2, 4, 7, 11, 15]))
    if line.flags.contains(.hasYear), !endsInYear { add(.year) }
    if line.flags.contains(.hasInitial) { add(.initial) }
    if line.words == 1, line.width < 4 { add(.tiny) }

    let contents = contentsMatch(line)
    add(.contents, contents)
    if contents >= 2 { add(.contentsAndGaps, gaps) }

    let chunk = chunk(place, lines)
    let size = Self.bucket(Double(chunk.count), [2, 3, 5])
    add(.chunk, size)
    if chunk.count <= Self.mostChunk { chunkFeatures(chunk, size, lines, &out) }
    if line.page == 0, galley.pages.count > 1 { add(.titlePage) }
    if isCentred(line) {
      add(.centred, style)
    } else {
      add(.indent, Self.bucket(Double(line.indent - galley.pages[line.page].margin), [1, 5, 12]))
    }
    if line.isOpening { add(.opening) }
    if line.position == 0 { add(.firstOnPage) }
    if let previous, previous.headingScore > 0 {
      if above == 0 {
        add(.afterHeading)
        add(.afterHeadingCase, style)
      } else if previous.page == line.page {
        add(.afterHeadingGap)
      }
    }
    return out
  }

  /// "The Crisis of 1847", "Elections, 1848–1852": the year belongs to a title; after a comma it is a reference's.
  private static func endsInYear(_ text: [UInt8], _ line: Line) -> Bool {
    guard line.flags.contains(.hasYear), Glyphs.isDigit(line.last), !line.flags.contains(.hasInitial),
      line.words >= 2, line.words <= 12, line.titleShare >= 0.75 || line.isCapitals
    else { return false }
    let tokens = Glyphs.tokens(text, line.range)
    guard tokens.count >= 2 else { return false }
    let before = tokens[tokens.count - 2]
    // A span of years is one token with a dash.
    return tokens[tokens.count - 1].count > 5
      || ![0x2C, 0x2E, 0x3A, 0x29].contains(text[before.upperBound - 1])
  }

  /// Whether a short line stands in the middle of the measure.
  func isCentred(_ line: Line) -> Bool {
    let left = line.indent - galley.pages[line.page].margin
    guard left >= 5, !line.isWide, line.width + 2 * left >= 40 else { return false }
    let right = galley.pages[line.page].fullWidth - left - line.width
    return abs(left - right) <= max(3, galley.measure / 16)
  }

  private static func clamp(_ gap: Int) -> Int { gap >= 90 ? 3 : min(2, gap) }

  private func chunkFeatures(_ chunk: Range<Int>, _ size: Int, _ lines: [Line], _ out: inout [Int]) {
    var (letters, capitals, long, longCapitalised) = (0, 0, 0, 0)
    for place in chunk {
      let line = lines[sequence[place]]
      letters += line.letters
      capitals += line.capitals
      long += line.longWords
      longCapitalised += line.longCapitalised
    }
    let last = lines[sequence[chunk.upperBound - 1]]
    let style =
      letters > 0 && Double(capitals) > 0.8 * Double(letters)
      ? 0 : Double(longCapitalised) >= 0.75 * Double(long) && (long > 0 || capitals > 0) ? 1 : 2
    out.append(HeadingFeature.chunkCase.id(size * 3 + style))
    out.append(HeadingFeature.chunkEnds.id(size * 2 + (last.endsSentence ? 1 : 0)))
    out.append(
      HeadingFeature.chunkLastShort.id(size * 2 + (Double(last.width) < 0.7 * Double(galley.measure) ? 1 : 0))
    )
  }

  /// Pages for each entry of the contents beyond which they name chapters only: a section that is not in them
  /// may well be a heading.
  private static let mostPagesAnEntry = 6

  /// 0 without contents, 1 not in them, 2 part of an entry, 3 an entry.
  private func contentsMatch(_ line: Line) -> Int {
    guard galley.contentsTitles.count >= 4 else { return 0 }
    let match = contentsEntry(line)
    return match == 1 && galley.contents.count * Self.mostPagesAnEntry < galley.pages.count ? 0 : match
  }

  private func contentsEntry(_ line: Line) -> Int {
    let text = galley.text
    let (whole, letters) = Glyphs.letterHash(text, line.range)
    if letters >= 4, galley.contentsTitles.contains(whole) { return 3 }
    if letters >= 4, let after = SectionNumber.label(text, line.range, galley.knowledge.divisions),
      galley.contentsTitles.contains(Glyphs.letterHash(text, after..<line.range.upperBound).hash)
    {
      return 3
    }
    if letters >= 4, let title = SectionNumber.roman(text, line.range), title < line.range.upperBound,
      galley.contentsTitles.contains(Glyphs.letterHash(text, title..<line.range.upperBound).hash)
    {
      return 3
    }
    return letters >= 8 && galley.contentsParts.contains(whole) ? 2 : 1
  }

  /// 0 capitals, 1 title case, 2 half, 3 low.
  static func style(_ line: Line) -> Int {
    if line.isCapitals { return 0 }
    let share = line.titleShare
    return share >= 0.8 ? 1 : share >= 0.4 ? 2 : 3
  }

  private static func firstClass(_ scalar: UInt32) -> Int {
    Glyphs.isLower(scalar) ? 0 : Glyphs.isUpper(scalar) ? 1 : Glyphs.isDigit(scalar) ? 2 : 3
  }

  private static func lastClass(_ scalar: UInt32) -> Int {
    switch scalar {
    case 0x2E: 0
    case 0x2C: 1
    case 0x3B: 2
    case 0x3A: 3
    case 0x2D: 4
    case 0x3F: 5
    case 0x21: 5
    case 0x29: 6
    default: Glyphs.isDigit(scalar) ? 7 : Glyphs.isLetter(scalar) ? 8 : 9
    }
  }
}

/// "•", "–", "a)", "(b)" at the head of a line.
enum ListMark {
  static func opens(_ text: [UInt8], _ line: Line) -> Bool {
    let (start, end) = (line.range.lowerBound, line.range.upperBound)
    switch line.first {
    case 0x61...0x7A:
      return start + 2 < end && (text[start + 1] == 0x2E || text[start + 1] == 0x29)
        && Glyphs.isSpace(text[start + 2])
    case 0x2A, 0x2D: return start + 1 < end && Glyphs.isSpace(text[start + 1])
    case 0x28, 0x80...: return opensWithBracketOrBullet(text, line)
    default: return false
    }
  }

  private static func opensWithBracketOrBullet(_ text: [UInt8], _ line: Line) -> Bool {
    guard let token = Glyphs.firstToken(text, line.range),
      token.upperBound < line.range.upperBound
    else {
      return false
    }
    let (first, next) = Glyphs.scalar(text, token.lowerBound, token.upperBound)
    if next == token.upperBound {
      return [0x2022, 0x25CF, 0x25AA, 0x2013, 0x2014, 0xB7, 0x25E6, 0x2023].contains(first)
    }
    let bytes = Array(text[token])
    if bytes.count >= 3, bytes.count <= 6, bytes[0] == 0x28, bytes.last == 0x29 {
      let inner = bytes[1..<(bytes.count - 1)]
      return inner.count == 1 || inner.allSatisfy { Glyphs.isDigit(UInt32($0)) }
        || Numerals.roman(Array(inner)) != nil
    }
    return false
  }
}
