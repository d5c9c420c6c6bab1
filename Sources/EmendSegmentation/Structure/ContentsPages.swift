import EmendModel

/// Reads tables of contents into entries; their lines are no headings, but say what the headings will be.
///
/// A region opens at a contents heading that is followed by lines ending in a number, at a page whose
/// running head says so, or at a page that is made of such lines; it goes on while the pages look alike.
struct ContentsPages: SegmentationStep {
  func apply(to galley: inout Galley) {
    var open = false
    let (text, knowledge, measure) = (galley.text, galley.knowledge, galley.measure)
    for page in galley.pages.indices {
      let lines = galley.bodyLines(page)
      if lines.isEmpty { continue }
      let isEntry = lines.map { Self.endsInNumber(text, measure, galley.lines[$0]) }
      let entries = isEntry.reduce(0) { $0 + ($1 ? 1 : 0) }
      let leaders = lines.reduce(0) { $0 + (galley.lines[$1].flags.contains(.leaders) ? 1 : 0) }
      let share = Double(entries) / Double(lines.count)
      let saysContents = galley.pages[page].head.map { Self.mentionsContents($0) } ?? false
      let key = lines.prefix(60).firstIndex {
        !galley.lines[$0].flags.contains(.leaders)
          && HeadingKey(text, galley.lines[$0], knowledge)?.role == .contents
      }
      var start: Int?
      if saysContents {
        start = key.map { $0 <= 2 ? $0 : 0 } ?? 0
      } else if let key {
        let after = isEntry[(key + 1)...].reduce(0) { $0 + ($1 ? 1 : 0) }
        let leadersAfter = lines[key...].reduce(0) {
          $0 + (galley.lines[$1].flags.contains(.leaders) ? 1 : 0)
        }
        if Double(after) >= max(2, 0.2 * Double(lines.count - key - 1)) || leadersAfter >= 3 { start = key }
      }
      if start == nil, open, share >= 0.3 || Double(leaders) >= 3 + 0.1 * Double(lines.count) { start = 0 }
      if start == nil, page < 40, entries >= 8, share >= 0.6 {
        let set = lines.reduce(0) {
          $0 + (galley.lines[$1].flags.contains(.leaders) || galley.lines[$1].isWide ? 1 : 0)
        }
        if Double(set) >= 0.4 * Double(lines.count) { start = 0 }
      }
      guard let start else {
        open = false
        continue
      }
      open = true
      var end = lines.count
      let last = isEntry.lastIndex(of: true) ?? (end - 1)
      // The region ends after the last entry if much follows it.
      if end - last > 12, !saysContents { end = last + 1 }
      // What stands apart below it, without a number, is no entry.
      if last + 1 < end, galley.lines[lines[last + 1]].gapBefore >= 1, !saysContents { end = last + 1 }
      read(&galley, Array(lines[start..<end]))
    }
  }

  /// "CONTENTS", "vi  Table of Contents": the word, not "Discontents".
  private static func mentionsContents(_ head: String) -> Bool {
    head.lowercased().split { !$0.isLetter }.contains("contents")
  }

  /// A line that ends in a page number: after leaders, a gap, or at least not at the full measure.
  static func endsInNumber(_ text: [UInt8], _ measure: Int, _ line: Line) -> Bool {
    if !line.isWide, !line.flags.contains(.leaders), Double(line.width) >= 0.95 * Double(measure) {
      return false
    }
    return pageToken(text, line) != nil
  }

  /// The page number at the end of a line.
  static func pageToken(_ text: [UInt8], _ line: Line) -> Range<Int>? {
    let range = line.range
    var end = range.upperBound
    while end > range.lowerBound, Numerals.isEdge(text[end - 1]) { end -= 1 }
    guard end > range.lowerBound, mayEndNumber(text[end - 1]) else { return nil }
    var start = end
    while start > range.lowerBound, !Glyphs.isSpace(text[start - 1]), text[start - 1] != 0x2E,
      text[start - 1] < 0x80
    {
      start -= 1
      if end - start > 6 { return nil }
    }
    guard start < end, start > range.lowerBound else { return nil }
    let token = start..<end
    let bytes = text[token]
    if bytes.allSatisfy({ Glyphs.isDigit(UInt32($0)) }) {
      if bytes.count > 4 { return nil }
      let value = bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      // A year at the end of a line is no page.
      return value >= 1500 && value < 2100 ? nil : token
    }
    if bytes.allSatisfy(Numerals.isRomanLetter), Numerals.roman(bytes.map { $0 | 0x20 }) != nil {
      return token
    }
    return bytes.count <= 3
      && bytes.allSatisfy({ [0x6C, 0x49, 0x4F, 0x6F, 0x53, 0x69].contains($0) || Glyphs.isDigit(UInt32($0)) })
      ? token : nil
  }

  /// A figure, a roman figure, or a letter that a figure is misread as.
  private static func mayEndNumber(_ byte: UInt8) -> Bool {
    Glyphs.isDigit(UInt32(byte)) || Numerals.isRomanLetter(byte) || byte == 0x4F || byte == 0x6F
      || byte == 0x53
  }

  private func read(_ galley: inout Galley, _ lines: [Int]) {
    let authors = ContentsAuthors.below(galley, lines)
    let hasCapitals = Self.entriesAreCapitals(galley, lines)
    // Index into `galley.contents` of the first entry read here.
    let opening = galley.contents.count
    var pending: [Int] = []
    var rubric: String?
    func close(_ page: Range<Int>?) {
      guard let first = pending.first, let last = pending.last else { return }
      // "by Griffith Halloran" on a line of its own names the authors, and so does the name above a title or below it.
      let byline = pending.dropFirst().firstIndex { Self.isByline(galley, galley.lines[$0]) }
      let below = byline ?? (ContentsAuthors.endsInNames(galley, pending) ? pending.count - 1 : nil)
      let isAbove = below == nil && page != nil && ContentsAuthors.opensWithNames(galley, pending)
      let title = Self.title(galley, Array(pending[(isAbove ? 1 : 0)..<(below ?? pending.count)]))
      let namesAt = isAbove ? pending[..<1] : pending[(below ?? pending.count)...]
      let names = namesAt.isEmpty ? [] : Names.list(Self.title(galley, Array(namesAt)))
      defer { pending.removeAll() }
      if page == nil, pending.count == 1,
        Self.isRubric(galley, galley.lines[first], before: lines.last ?? first, hasCapitals)
      {
        rubric = title
        return
      }
      if !title.isEmpty, !Self.isColumnWord(title) {
        Self.remember(title, &galley)
        galley.contents.append(
          ContentsEntry(
            title: title, authors: names, page: page.map { galley.string($0) }, rubric: rubric,
            level: Self.level(galley, galley.lines[first]),
            lines: galley.lines[first].index...galley.lines[last].index))
      }
    }
    for (place, index) in lines.enumerated() {
      let line = galley.lines[index]
      if !line.flags.contains(.leaders), HeadingKey(galley, line)?.role == .contents {
        close(nil)
        rubric = nil
        galley.lines[index].kind = .heading
        galley.lines[index].headingScore = 1
        continue
      }
      galley.lines[index].kind = .contents
      if Masthead.isVolumeLine(FrontMatterText.collapsed(galley.string(line.range)), galley.knowledge) {
        close(nil)
        continue
      }
      if pending.isEmpty, galley.contents.count > opening, let entry = galley.contents.last, entry.page != nil
      {
        let at = galley.contents.count - 1
        let text = Self.title(galley, [index])
        if authors.contains(index) {
          galley.contents[at].authors += Names.list(text)
          galley.contents[at].lines = entry.lines.lowerBound...line.index
          continue
        }
        if entry.authors.isEmpty, Self.goesOn(galley, lines, place, authors) {
          galley.contents[at].title += " " + text
          galley.contents[at].lines = entry.lines.lowerBound...line.index
          Self.remember(galley.contents[at].title, &galley)
          continue
        }
      }
      if Self.opensEntry(galley, line) { close(nil) }
      pending.append(index)
      let page = Self.pageToken(galley.text, line)
      if page != nil || line.gapAfter > 0 { close(page) }
    }
    close(nil)
  }

  /// Whether a line without a number goes on the title above, whose page stands on its first line: it begins small, or
  /// the title is open, or the authors stand below.
  private static func goesOn(_ galley: Galley, _ lines: [Int], _ place: Int, _ authors: Set<Int>) -> Bool {
    guard place > 0 else { return false }
    let (line, above) = (galley.lines[lines[place]], galley.lines[lines[place - 1]])
    guard line.gapBefore == 0, line.page == above.page, pageToken(galley.text, line) == nil,
      pageToken(galley.text, above) != nil, above.isWide || above.flags.contains(.leaders),
      !opensEntry(galley, line)
    else { return false }
    if line.startsSmall { return true }
    if place + 1 < lines.count, authors.contains(lines[place + 1]), line.indent <= above.indent + 1 {
      return true
    }
    guard let word = title(galley, [lines[place - 1]]).split(separator: " ").last, word.utf8.count <= 8 else {
      return false
    }
    return galley.knowledge.isFunctionWord(StructureKnowledge.packed(word.lowercased()))
  }

  /// "ARTICLES" over the entries: capitals between blank lines, where the entries are not in capitals themselves, or one
  /// of the known words.
  private static func isRubric(_ galley: Galley, _ line: Line, before last: Int, _ hasCapitals: Bool) -> Bool
  {
    guard line.isCapitals else { return false }
    if let role = HeadingKey(galley, line)?.role { return role == .body }
    return !hasCapitals && line.gapBefore >= 1 && line.gapAfter >= 1 && line.words <= 5 && line.digits == 0
      && line.index < galley.lines[last].index && !opensEntry(galley, line)
      && SectionNumber.roman(galley.text, line.range) == nil
  }

  private static func entriesAreCapitals(_ galley: Galley, _ lines: [Int]) -> Bool {
    let entries = lines.filter { pageToken(galley.text, galley.lines[$0]) != nil }
    return entries.count(where: { galley.lines[$0].isCapitals }) * 3 > entries.count
  }

  private static func isByline(_ galley: Galley, _ line: Line) -> Bool {
    let start = line.range.lowerBound
    return line.range.count > 5 && galley.text[start] | 0x20 == 0x62 && galley.text[start + 1] | 0x20 == 0x79
      && Glyphs.isSpace(galley.text[start + 2])
      && Glyphs.isUpper(Glyphs.scalar(galley.text, start + 3, line.range.upperBound).value)
  }

  /// "Page", "Chapter" over the columns of the contents.
  private static func isColumnWord(_ title: String) -> Bool {
    ["page", "pages", "chapter", "chap"].contains(title.lowercased())
  }

  private static func opensEntry(_ galley: Galley, _ line: Line) -> Bool {
    SectionNumber.decimal(galley.text, line.range) != nil
      || SectionNumber.label(galley.text, line.range, galley.knowledge.divisions) != nil
  }

  private static func level(_ galley: Galley, _ line: Line) -> Int {
    if let number = SectionNumber.decimal(galley.text, line.range) { return number.depth }
    return SectionNumber.label(galley.text, line.range, galley.knowledge.divisions) != nil || line.indent < 4
      ? 1 : 2
  }

  /// The words of an entry without leaders and page number.
  static func title(_ galley: Galley, _ lines: [Int]) -> String {
    var out: [UInt8] = []
    for (place, index) in lines.enumerated() {
      let line = galley.lines[index]
      var end = line.range.upperBound
      if place == lines.count - 1, let token = pageToken(galley.text, line) { end = token.lowerBound }
      if !out.isEmpty { out.append(0x20) }
      var dots = 0
      for at in line.range.lowerBound..<end {
        let byte = galley.text[at]
        if byte == 0x2E {
          dots += 1
          continue
        }
        if dots == 1 { out.append(0x2E) }
        if dots > 0, !Glyphs.isSpace(byte), dots > 1 { out.append(0x20) }
        // "….": the bytes of an ellipsis are leaders too.
        dots = 0
        if Glyphs.isSpace(byte), out.last == 0x20 { continue }
        out.append(Glyphs.isSpace(byte) ? 0x20 : byte)
      }
    }
    while let last = out.last, last == 0x20 || last == 0x2E || last == 0x2C { out.removeLast() }
    var text = String(decoding: out, as: UTF8.self)
    while text.hasSuffix("…") || text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  /// Keeps the hashes by which a heading is known as this entry, or as a line of it.
  private static func remember(_ title: String, _ galley: inout Galley) {
    let bytes = Array(title.utf8)
    var starts = [0]
    if let rest = withoutLabel(bytes, galley.knowledge) { starts.append(rest) }
    for start in starts {
      let whole = Glyphs.letterHash(bytes, start..<bytes.count)
      if whole.letters >= 3 { galley.contentsTitles.insert(whole.hash) }
      guard bytes.count < 300 else { continue }
      for cut in (start + 1)..<max(start + 1, bytes.count) where bytes[cut] == 0x20 {
        for part in [start..<cut, (cut + 1)..<bytes.count] {
          let found = Glyphs.letterHash(bytes, part)
          if found.letters >= 8 { galley.contentsParts.insert(found.hash) }
        }
      }
    }
  }

  /// The place after "Chapter 3." or "3.2".
  private static func withoutLabel(_ bytes: [UInt8], _ knowledge: StructureKnowledge) -> Int? {
    if let number = SectionNumber.decimal(bytes, 0..<bytes.count) { return number.title }
    if let after = SectionNumber.label(bytes, 0..<bytes.count, knowledge.divisions) { return after }
    if let title = SectionNumber.roman(bytes, 0..<bytes.count), title < bytes.count { return title }
    return nil
  }
}
