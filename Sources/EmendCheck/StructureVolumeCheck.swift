import EmendModel

/// Scores pages and furniture, headings and notes of a volume whose gold gives texts rather than lines.
///
/// Which lines are furniture is told by the gold's texts: a line within three of a page's edge that is the
/// page's number, a running head of the volume (with a letter in three misread) or a signature mark.
struct StructureVolumeCheck {
  private let document: Document
  private let gold: StructureGold.Volume
  private(set) var rows: [StructureCheck.Row] = []

  init(_ document: Document, _ gold: StructureGold.Volume) {
    self.document = document
    self.gold = gold
    if gold.printedPageOfFilePage != nil || gold.runningHeads != nil || gold.headersByPage != nil {
      let furniture = furniture()
      rows = [furniture.row, printedNumbers()]
      rows.append(
        StructureCheck.Row(
          "leaks (of pages)", Counts(right: document.pages.count, missed: furniture.row.counts.missed),
          faults: furniture.leaks))
    }
    if let headings = gold.headings { rows.append(self.headings(headings)) }
    if let notes = gold.noteList, !notes.isEmpty { rows.append(self.notes(notes)) }
    if let parts = gold.hyphenatedPartsLinesWithSubsType { rows.append(cutWords(parts)) }
  }

  // MARK: Words cut at line ends

  /// Lines whose cut word the format names: the word stands in the reading text once and whole, or, where the
  /// other part is on no line below (a column's end), its first part with the hyphen as printed.
  private func cutWords(_ parts: Int) -> StructureCheck.Row {
    var counts = Counts()
    var faults: [String] = []
    let joins = Set(
      document.joins.lazy.filter { $0.kind == .hyphenJoin || $0.kind == .hyphenKeep }.map {
        document.scan.lineIndex(at: $0.range.lowerBound)
      })
    for (index, line) in document.scan.lines.enumerated() where line.layout.hyphen != nil {
      if joins.contains(index) {
        counts.right += 1
      } else {
        faults.append("left apart: \(text(index))")
      }
    }
    counts.missed = max(0, parts / 2 - counts.right)
    return StructureCheck.Row("cut words made whole", counts, faults: faults)
  }

  // MARK: Furniture

  private func furniture() -> (row: StructureCheck.Row, leaks: [String]) {
    let given = Set(document.furniture.filter { $0.kind != .noise && $0.kind != .catchword }.map(\.line))
    var counts = Counts()
    var faults: [String] = []
    var leaks: [String] = []
    let numbers = numbersByPage()
    for (index, page) in document.scan.pages.enumerated() {
      let filled = page.lines.filter { !key($0).isEmpty || number($0) != nil }
      let edges = Set(filled.prefix(3) + filled.suffix(3))
      for line in page.lines {
        let wanted = edges.contains(line) && isFurniture(line, page: index, number: numbers[index])
        let isGiven = given.contains(line)
        if wanted && isGiven { counts.right += 1 }
        if isGiven && !wanted {
          counts.wrong += 1
          faults.append("wrong: page \(index + 1): \(text(line))")
        }
        if wanted && !isGiven && !isOpeningHeading(line) {
          counts.missed += 1
          faults.append("missed: page \(index + 1): \(text(line))")
          leaks.append("page \(index + 1): \(text(line))")
        }
      }
    }
    return (StructureCheck.Row("furniture lines", counts, faults: faults), leaks)
  }

  private func isFurniture(_ line: Int, page: Int, number printed: String?) -> Bool {
    // "The Tariff . . . . 12" is an entry of the contents, whatever words it shares with a head.
    if text(line).contains("...") || text(line).contains(". . .") { return false }
    let letters = key(line)
    if letters.isEmpty || letters.count <= 4, let number = number(line) {
      // A sound numeral is the page's or none; a spoilt one may be a letter off.
      let spoilt = !number.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
      return printed.map { distance(Array(number.utf8), Array($0.utf8)) <= (spoilt ? 1 : 0) } ?? false
    }
    var heads = (gold.runningHeads ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value.values)
    for texts in [gold.headersByPage, gold.footersByPage] {
      if let texts, texts.indices.contains(page) {
        heads += texts[page].split(separator: "/").map(String.init)
      }
    }
    heads += (gold.signatureMarks ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    heads += (gold.signatureLines ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    // The head may carry the page number, misread as letters: both ways are tried.
    return heads.contains { head in
      let wanted = Self.key(Array(head.utf8))
      let room = max(3, wanted.count / 3)
      return abs(wanted.count - letters.count) <= room && distance(wanted, letters) <= room
    }
  }

  /// A head's words at a chapter's opening are its heading.
  private func isOpeningHeading(_ line: Int) -> Bool {
    document.blocks.contains { $0.kind == .heading && $0.firstLine <= line && line <= $0.lastLine }
  }

  private func numbersByPage() -> [String?] {
    var out = [String?](repeating: nil, count: document.scan.pages.count)
    let pages = (gold.printedPageOfFilePage ?? [:]).compactMap { key, value in Int(key).map { ($0, value) } }
      .sorted { $0.0 < $1.0 }
    for (rank, page) in pages.enumerated() {
      let index = gold.firstFilePage.map { page.0 - $0 } ?? rank
      if out.indices.contains(index) { out[index] = page.1 }
    }
    return out
  }

  private func printedNumbers() -> StructureCheck.Row {
    var counts = Counts()
    var faults: [String] = []
    for (index, wanted) in numbersByPage().enumerated() {
      guard let wanted, document.pages.indices.contains(index) else { continue }
      if document.pages[index].printed == wanted {
        counts.right += 1
      } else {
        counts.missed += 1
        faults.append("page \(index + 1): \(wanted), given \(document.pages[index].printed ?? "none")")
      }
    }
    return StructureCheck.Row("printed numbers", counts, faults: faults)
  }

  // MARK: Headings

  /// The longest common run of headings in order, compared by letters.
  ///
  /// Golds differ in whether "Chapter 2" and the title below it are one heading or two: a title that stands
  /// right below a label that was wanted alone is neither right nor wrong.
  private func headings(_ headings: [String]) -> StructureCheck.Row {
    let wanted = headings.map { Self.key(Array(($0.split(separator: "(").first ?? "").utf8)) }
    let blocks = document.blocks.filter { $0.kind == .heading }
    let given = blocks.map { Self.key(Array(document.reading[$0.range])) }
    func alike(_ a: [UInt8], _ b: [UInt8]) -> Bool {
      !a.isEmpty && Double(distance(a, b)) <= 0.2 * Double(max(a.count, b.count))
    }
    var best = [[Int]](repeating: [Int](repeating: 0, count: given.count + 1), count: wanted.count + 1)
    for i in wanted.indices.reversed() {
      for j in given.indices.reversed() {
        best[i][j] = max(
          best[i + 1][j], best[i][j + 1], alike(wanted[i], given[j]) ? best[i + 1][j + 1] + 1 : 0)
      }
    }
    var counts = Counts(right: best[0][0], missed: wanted.count - best[0][0])
    // A selection says nothing of the others.
    let titles = blocks.indices.filter { index in
      belowLabel(index, of: blocks, given, wanted) && !wanted.contains { alike($0, given[index]) }
    }
    counts.wrong =
      gold.headingsAreASelection == true ? 0 : given.count - best[0][0] - titles.count
    var faults = zip(headings, wanted).filter { heading in !given.contains { alike(heading.1, $0) } }
      .map { "missed: \($0.0)" }
    faults += blocks.indices.filter { index in
      !titles.contains(index) && !wanted.contains { alike($0, given[index]) }
    }
    .map { "given besides: \(document.text(blocks[$0].range).prefix(70))" }
    return StructureCheck.Row("headings in order", counts, faults: faults)
  }

  /// Whether a heading goes on a label ("Chapter 2") that the gold has alone: on its page, below it, with
  /// nothing but headings between.
  private func belowLabel(_ index: Int, of blocks: [Block], _ given: [[UInt8]], _ wanted: [[UInt8]]) -> Bool {
    var above = index
    while above > 0, blocks[above - 1].page == blocks[index].page,
      blocks[above - 1].lastLine < blocks[above].firstLine,
      document.scan.lines[(blocks[above - 1].lastLine + 1)..<blocks[above].firstLine].allSatisfy({
        $0.range.allSatisfy { document.scan.text[$0] <= 0x20 }
      })
    {
      above -= 1
      let words = document.text(blocks[above].range).split(separator: " ")
      if words.count == 2, wanted.contains(given[above]),
        words[1].allSatisfy({ $0.isNumber || "IVXLC.:".contains($0) })
      {
        return true
      }
    }
    return false
  }

  // MARK: Notes

  private func notes(_ wanted: [StructureGold.Volume.Note]) -> StructureCheck.Row {
    var counts = Counts()
    var faults: [String] = []
    for note in wanted {
      let begins = Self.key(Array(note.begins.utf8)).prefix(20)
      let match = document.notes.first { Self.key(Array(document.reading[$0.text])).starts(with: begins) }
      let tail = Self.key(Array(note.anchor.utf8)).suffix(4)
      if let anchor = match?.anchor, tail.isEmpty || Self.key(Array(anchor.wordBefore.utf8)).suffix(4) == tail
      {
        counts.right += 1
      } else {
        counts.missed += 1
        faults.append(
          "\(note.anchor) → \(note.begins): \(match == nil ? "no note" : match?.anchor?.wordBefore ?? "no anchor")"
        )
      }
    }
    counts.wrong = max(0, document.notes.count - counts.right)
    return StructureCheck.Row("notes linked", counts, faults: faults)
  }

  // MARK: Lines

  private func text(_ line: Int) -> String {
    String(decoding: document.scan.text[document.scan.lines[line].range], as: UTF8.self)
  }

  private func key(_ line: Int) -> [UInt8] {
    Self.key(Array(document.scan.text[document.scan.lines[line].range]))
  }

  /// A line that is nothing but a number, or "Page 7": the number.
  private func number(_ line: Int) -> String? {
    let words = text(line).split(whereSeparator: { " -–—[].,\t".contains($0) })
    guard let last = words.last, words.count == 1 || (words.count == 2 && words[0].lowercased() == "page"),
      last.utf8.count <= 6
    else { return nil }
    return last.lowercased()
  }

  /// ASCII letters in small type.
  private static func key(_ bytes: [UInt8]) -> [UInt8] {
    bytes.filter { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }.map { $0 | 0x20 }
  }

  private func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var previous = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var row = [i + 1]
      for (j, y) in b.enumerated() {
        row.append(min(row[j] + 1, previous[j + 1] + 1, previous[j] + (x == y ? 0 : 1)))
      }
      previous = row
    }
    return previous[b.count]
  }
}
