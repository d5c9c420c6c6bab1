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
    var pending: [Int] = []
    var rubric: String?
    func close(_ page: Range<Int>?) {
      guard let first = pending.first, let last = pending.last else { return }
      // "by Griffith Halloran" on a line of its own names the authors.
      let byline = pending.dropFirst().firstIndex { Self.isByline(galley, galley.lines[$0]) }
      let title = Self.title(galley, Array(pending[..<(byline ?? pending.count)]))
      let names = byline.map { Names.list(Self.title(galley, Array(pending[$0...]))) } ?? []
      defer { pending.removeAll() }
      if page == nil, pending.count == 1 {
        // "ARTICLES" over the entries, "    Anna A. Lindqvist" below one.
        if galley.lines[first].isCapitals, HeadingKey(galley, galley.lines[first])?.role == .body {
          rubric = title
          return
        }
        if let entry = galley.contents.last, entry.page != nil, entry.authors.isEmpty,
          entry.lines.upperBound < galley.lines[first].index, Self.isBelow(galley, first),
          galley.lines[first].flags.contains(.hasInitial)
        {
          let authors = Names.list(title)
          if !authors.isEmpty, authors.allSatisfy({ Names.isName($0, galley.knowledge) }) {
            galley.contents[galley.contents.count - 1].authors = authors
            return
          }
        }
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
    for index in lines {
      let line = galley.lines[index]
      if !line.flags.contains(.leaders), HeadingKey(galley, line)?.role == .contents {
        close(nil)
        rubric = nil
        galley.lines[index].kind = .heading
        galley.lines[index].headingScore = 1
        continue
      }
      galley.lines[index].kind = .contents
      if Self.opensEntry(galley, line) { close(nil) }
      pending.append(index)
      let page = Self.pageToken(galley.text, line)
      if page != nil || line.gapAfter > 0 { close(page) }
    }
    close(nil)
  }

  /// Set in more than the line above it.
  private static func isBelow(_ galley: Galley, _ line: Int) -> Bool {
    line > 0 && galley.lines[line - 1].page == galley.lines[line].page
      && galley.lines[line].indent >= galley.lines[line - 1].indent + 2
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
  private static func title(_ galley: Galley, _ lines: [Int]) -> String {
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
