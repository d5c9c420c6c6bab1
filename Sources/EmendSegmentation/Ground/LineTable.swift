import EmendModel
import EmendText

/// Reads every line once and counts what later steps ask: letters, capitals, words, gaps, indents.
struct LineTable: SegmentationStep {
  func apply(to galley: inout Galley) {
    let scan = galley.transcript.scan
    galley.pages = Array(repeating: GalleyPage(), count: max(1, scan.pages.count))
    galley.lines.reserveCapacity(scan.lines.count)
    var page = -1
    var lastIndex = -1
    let (text, ranges, knowledge) = (galley.text, galley.transcript.lines, galley.knowledge)
    let found = SideBySide.map(scan.lines.count, threads: galley.threads, least: Self.fewest) { some in
      some.map { Self.read(text, ranges[$0], knowledge) }
    }
    for (index, (source, line)) in zip(scan.lines, found.joined()).enumerated() {
      guard var line else { continue }
      line.index = index
      line.page = max(0, min(source.page, galley.pages.count - 1))
      line.formatLevel = source.layout.heading ?? 0
      let at = galley.lines.count
      if line.page != page {
        page = line.page
        galley.pages[page].lines = at..<at
      } else {
        let gap = min(index - lastIndex - 1, Line.edge - 1)
        line.gapBefore = gap
        galley.lines[at - 1].gapAfter = gap
      }
      line.position = at - galley.pages[page].lines.lowerBound
      galley.pages[page].lines = galley.pages[page].lines.lowerBound..<(at + 1)
      galley.lines.append(line)
      lastIndex = index
    }
    removeExportIndent(&galley)
    galley.measure = Self.measure(galley.lines)
  }

  /// Fewer lines are not worth a thread.
  private static let fewest = 1000

  /// Some exports put one blank before every line; then it says nothing.
  private func removeExportIndent(_ galley: inout Galley) {
    let indented = galley.lines.reduce(0) { $0 + ($1.indent == 1 ? 1 : 0) }
    guard indented * 2 > galley.lines.count else { return }
    for index in galley.lines.indices { galley.lines[index].indent = max(0, galley.lines[index].indent - 1) }
  }

  static func measure(_ lines: [Line]) -> Int {
    let widths = lines.lazy.map(\.width).filter { $0 > 20 }.sorted()
    return widths.isEmpty ? 60 : widths[widths.count * 8 / 10]
  }

  /// The facts of one line; nil when it is blank.
  static func read(_ text: [UInt8], _ range: Range<Int>, _ knowledge: StructureKnowledge) -> Line? {
    var (start, end) = (range.lowerBound, range.upperBound)
    var indent = 0
    while start < end, Glyphs.isSpace(text[start]) {
      indent += text[start] == 0x09 ? 4 - indent % 4 : 1
      start += 1
    }
    while end > start, Glyphs.isSpace(text[end - 1]) { end -= 1 }
    guard start < end else { return nil }
    var line = Line(index: 0, page: 0, range: start..<end)
    line.indent = indent
    count(text, &line, knowledge)

    line.first = Glyphs.scalar(text, start, end).value
    line.firstLetter = Glyphs.firstLetterLike(text, start..<end)
    line.last = Glyphs.scalarBefore(text, end, start).value
    if Glyphs.isLower(line.firstLetter) { line.flags.insert(.startsSmall) }
    if Glyphs.endsSentence(text, start..<end) { line.flags.insert(.endsSentence) }
    if line.last == 0x2D || line.last == 0xAD || line.last == 0x2010, end - start > 1,
      Glyphs.isLetter(Glyphs.scalarBefore(text, Glyphs.scalarBefore(text, end, start).start, start).value)
    {
      line.flags.insert(.endsHyphen)
    }
    return line
  }

  private static func count(_ text: [UInt8], _ line: inout Line, _ knowledge: StructureKnowledge) {
    let end = line.range.upperBound
    var index = line.range.lowerBound
    var spaces = 0
    var gaps = 0
    var dots = 0
    // The word being read: its letters, whether it began with a capital, its first eight bytes folded.
    var wordLetters = 0
    var wordCapital = false
    var run = 0
    var runCapital = false
    var token: UInt64 = 0
    var tokenLength = 0
    var digitRun = 0
    var yearValue = 0
    var previousSmall = false
    func closeRun() {
      if run > 3 {
        line.longWords += 1
        if runCapital { line.longCapitalised += 1 }
      }
      run = 0
    }
    func closeDigits() {
      if digitRun == 4, yearValue >= 1500, yearValue < 2100 { line.flags.insert(.hasYear) }
      digitRun = 0
      yearValue = 0
    }
    func closeToken() {
      if tokenLength == 0 { return }
      line.words += 1
      if tokenLength <= 8, knowledge.isFunctionWord(token) { line.functionWords += 1 }
      // What a title leaves small says nothing of its type.
      if tokenLength > 3, tokenLength <= 8, !wordCapital, wordLetters == tokenLength,
        knowledge.isTitleWord(token)
      {
        line.longWords -= 1
      }
      if dots >= 4 { line.flags.insert(.leaders) }
      token = 0
      tokenLength = 0
      wordLetters = 0
    }
    while index < end {
      // Small letters make up most of a line: a run of them is counted at once.
      let from = index
      while index < end, text[index] >= 0x61, text[index] <= 0x7A {
        token = token << 8 | UInt64(text[index])
        index += 1
      }
      if index > from {
        let count = index - from
        closeDigits()
        if spaces >= 3 { gaps += 1 }
        spaces = 0
        dots = 0
        line.width += count
        line.letters += count
        tokenLength += count
        if wordLetters == 0 { wordCapital = false }
        wordLetters += count
        if run == 0 { runCapital = false }
        run += count
        if previousSmall || count > 1 { line.flags.insert(.hasSmallPair) }
        previousSmall = true
        if index == end { break }
      }
      var (value, next) = Glyphs.scalar(text, index, end)
      if value == 0x26, let entity = Glyphs.entity(text, index, end) { (value, next) = entity }
      if value == 0x20 || (value >= 0x09 && value <= 0x0D) || value == 0xA0 {
        if spaces == 0 {
          closeRun()
          closeDigits()
          closeToken()
          line.width += 1
        }
        spaces += value == 0x09 ? 4 : 1
        previousSmall = false
        index = next
        continue
      }
      if spaces >= 3 { gaps += 1 }
      spaces = 0
      line.width += 1
      tokenLength += 1
      if Glyphs.isLetter(value) {
        closeDigits()
        line.letters += 1
        wordLetters += 1
        let upper = Glyphs.isUpper(value)
        if upper { line.capitals += 1 }
        if wordLetters == 1 { wordCapital = upper }
        if run == 0 { runCapital = upper }
        run += 1
        if !upper {
          if previousSmall { line.flags.insert(.hasSmallPair) }
          previousSmall = true
        } else {
          previousSmall = false
        }
        token = token << 8 | UInt64(value < 0x80 ? value | 0x20 : 0x7F)
        dots = 0
      } else {
        previousSmall = false
        if value != 0x27 && value != 0x2019 && value != 0x2D { closeRun() }
        if Glyphs.isDigit(value) {
          line.digits += 1
          digitRun += 1
          yearValue = yearValue &* 10 &+ Int(value - 0x30)
          dots = 0
          if run > 0 { run += 1 }
        } else {
          closeDigits()
          switch value {
          case 0x2E, 0xB7, 0x2022:
            dots += 1
            if dots >= 4 { line.flags.insert(.leaders) }
            if value == 0x2E, wordLetters == 1, wordCapital, tokenLength <= 3 {
              line.flags.insert(.hasInitial)
            }
          case 0x2026:
            dots += 3
            if dots >= 4 { line.flags.insert(.leaders) }
          case 0x3D, 0x3C, 0x3E, 0x2B, 0xB1, 0x5B, 0x5D, 0x7B, 0x7D, 0x7C, 0x5C, 0x5E, 0x5F, 0x25,
            0x2200...0x22FF:
            line.flags.insert(.hasFormula)
            dots = 0
          default:
            dots = 0
          }
          if value == 0x2F, index > line.range.lowerBound, text[index - 1] == 0x3A {
            line.flags.insert(.hasURL)
          }
        }
        token = token << 8 | UInt64(value & 0x7F)
        wordLetters = value == 0x2E ? 0 : wordLetters
      }
      index = next
    }
    closeRun()
    closeDigits()
    closeToken()
    if gaps >= 1 { line.flags.insert(.wide) }
    if gaps >= 2 { line.flags.insert(.cells) }
  }
}
