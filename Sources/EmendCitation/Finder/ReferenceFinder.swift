import EmendLexicons
import EmendModel
import EmendText

/// Finds the entries of reference lists anywhere in a document: at the end of a book or chapter, numbered or
/// not, indented or flush.
///
/// A small conditional random field labels lines as begin of an entry, its continuation, heading of a list,
/// or none of these. It reads the lines of the transcript, so that it does not matter whether the
/// segmentation kept the entries apart.
public struct ReferenceFinder: Sendable {
  /// One entry.
  public struct Entry: Sendable, Equatable {
    /// Indices into `Scan.lines`; lines of page furniture between them are left out.
    public var lines: [Int]
    /// Bytes of the reading text, from the first to the last line.
    public var range: Range<Int>
    /// The stretches of the range that are the entry's own: notes may stand between them.
    public var pieces: [Range<Int>]
    /// The entry as running text.
    public var text: String
    /// The number of the list within the document, from 0.
    public var list: Int
  }

  private let model: LinearChainModel
  private let parserModel: LinearChainModel
  private let gazetteers: Gazetteers

  /// Maps `references/finder.crf` and the gazetteers of `references/model.crf`. Throws `ModelError`.
  public init(lexicons: LexiconFolder) throws {
    try self.init(
      model: LinearChainModel(path: lexicons.path("references/finder.crf")),
      parserModel: LinearChainModel(path: lexicons.path("references/model.crf")))
  }

  init(model: LinearChainModel, parserModel: LinearChainModel) throws {
    guard let gazetteers = parserModel.gazetteers, model.states == LineLabel.allCases.count else {
      throw ModelError.notAModel("references/finder.crf")
    }
    self.model = model
    self.parserModel = parserModel
    self.gazetteers = gazetteers
  }

  /// All entries of a document, in the order of its lines.
  public func find(_ document: Document, threads: Int = 1) -> [Entry] {
    let scan = document.scan
    let transcript = document.transcript
    var furniture = Set<Int>()
    for piece in document.furniture { furniture.insert(piece.line) }
    var indices: [Int] = []
    var layouts: [FinderLine] = []
    var blanks = 0
    var page = -1
    let notes = Self.noteLines(document)
    for index in transcript.lines.indices where !furniture.contains(index) {
      let line = transcript.text[transcript.lines[index]]
      if line.allSatisfy({ $0 <= 0x20 }) {
        blanks += 1
        continue
      }
      let linePage = index < scan.lines.count ? scan.lines[index].page : page
      layouts.append(
        FinderLine(
          text: Array(line), blanks: blanks, pageStarts: linePage != page, isNote: notes.contains(index)))
      indices.append(index)
      page = linePage
      blanks = 0
    }
    let labels = self.labels(layouts, threads: threads)
    return groups(labels, layouts).compactMap { group in
      let lines = group.lines.map { indices[$0] }
      return Self.entry(lines, in: document).map {
        Entry(lines: lines, range: $0.range, pieces: $0.pieces, text: $0.text, list: group.list)
      }
    }
  }

  /// The lines of the notes that the text calls.
  private static func noteLines(_ document: Document) -> Set<Int> {
    var lines: Set<Int> = []
    for block in document.blocks where block.kind == .note {
      guard let note = block.note, document.notes.indices.contains(note), document.notes[note].anchor != nil
      else { continue }
      lines.formUnion(block.firstLine...max(block.firstLine, block.lastLine))
    }
    return lines
  }

  /// Where an entry of these lines stands in the reading text, and its text: line by line, since a running head that the
  /// segmentation took for text, or a note that it moved aside, may stand between them.
  private static func entry(_ lines: [Int], in document: Document)
    -> (range: Range<Int>, pieces: [Range<Int>], text: String)?
  {
    var pieces: [Range<Int>] = []
    for line in lines where line < document.scan.lines.count {
      let range = reading(document.scan.lines[line].range, document.map)
      guard !range.isEmpty, range.upperBound <= document.reading.count else { continue }
      if let last = pieces.last, range.lowerBound >= last.upperBound,
        document.reading[last.upperBound..<range.lowerBound].allSatisfy({ $0 <= 0x20 })
      {
        pieces[pieces.count - 1] = last.lowerBound..<range.upperBound
      } else {
        pieces.append(range)
      }
    }
    guard let first = pieces.first else { return nil }
    var text: [UInt8] = []
    for piece in pieces {
      let part = document.reading[trimmed(document.reading, piece)]
      if let next = part.first, text.last == 0x2D, (0x61...0x7A).contains(next) {
        text.removeLast()
      } else if !text.isEmpty {
        text.append(0x20)
      }
      text += part
    }
    let range = trimmed(
      document.reading, first.lowerBound..<max(first.upperBound, pieces.last?.upperBound ?? 0))
    return range.isEmpty ? nil : (range, pieces, running(text[...]))
  }

  /// Where a line stands in the reading text. What follows the line in the source may stand elsewhere there: the line ends
  /// with its own last byte.
  private static func reading(_ line: Range<Int>, _ map: OffsetMap) -> Range<Int> {
    guard !line.isEmpty else { return 0..<0 }
    let (start, last) = (map.target(ofSource: line.lowerBound), map.target(ofSource: line.upperBound - 1))
    let next = map.target(ofSource: line.upperBound)
    let end = next >= last && next - last <= widestLetter ? next : last + 1
    return start..<max(start, end)
  }

  /// Bytes that one byte of the source may stand for.
  private static let widestLetter = 8

  /// A non-blank line as the finder sees it.
  package struct FinderLine {
    package var text: [UInt8]
    package var blanks: Int
    package var pageStarts: Bool
    /// Whether the line is of a note that the text calls.
    package var isNote: Bool
    package init(text: [UInt8], blanks: Int, pageStarts: Bool, isNote: Bool = false) {
      (self.text, self.blanks, self.pageStarts, self.isNote) = (text, blanks, pageStarts, isNote)
    }
  }

  /// Lines decoded at a time: memory stays bounded however long the document is.
  private static let stretch = 8192

  /// The label of each non-blank line, tables and the like sorted out.
  package func labels(_ lines: [FinderLine], threads: Int = 1) -> [LineLabel] {
    let facts = Self.facts(lines, gazetteers, threads: threads)
    var labels: [LineLabel] = []
    labels.reserveCapacity(lines.count)
    var from = 0
    while from < facts.count {
      let part = Array(facts[from..<min(facts.count, from + Self.stretch)])
      let features = LineFeatures(part)
      var decoder = ChainDecoder()
      decoder.decode(model, features.hashes, features.offsets)
      labels += decoder.path.map { LineLabel(rawValue: UInt8($0)) ?? .outside }
      from += Self.stretch
    }
    dropProse(&labels, facts)
    for block in Self.blocks(labels) { Footnotes.drop(&labels, facts, block: block) }
    let furniture = PageFurniture(lines, facts)
    furniture.drop(&labels)
    closeGaps(&labels, facts)
    for block in Self.blocks(labels) { ListLayout.settle(&labels, facts, block: block) }
    furniture.drop(&labels)
    dropBlocks(&labels, facts)
    if fillHeaded(&labels, facts) { dropBlocks(&labels, facts) }
    return labels
  }

  /// Bytes of a line from which on it is a paragraph, and the share of words of grammar that makes it prose.
  private static let paragraphLength = 300
  private static let proseShare = 0.27

  /// A whole paragraph in one line that reads as running text is none, however many works it cites.
  private func dropProse(_ labels: inout [LineLabel], _ facts: [LineFeatures.Line]) {
    for k in labels.indices where labels[k] == .begins || labels[k] == .continues {
      let line = facts[k].facts
      guard line.length > Self.paragraphLength, line.grammar > Self.proseShare else { continue }
      labels[k] = .outside
    }
  }

  /// Lines that may stand between two lines of one entry and belong to it all the same.
  private static let widestGap = 3

  /// A few lines within an entry that read like running text are a long title; only what looks like the head or foot of
  /// a page is none of its lines.
  private func closeGaps(_ labels: inout [LineLabel], _ facts: [LineFeatures.Line]) {
    var k = 1
    while k < labels.count {
      guard labels[k] == .outside, labels[k - 1] == .begins || labels[k - 1] == .continues else {
        k += 1
        continue
      }
      var end = k
      while end < labels.count, labels[end] == .outside { end += 1 }
      if end < labels.count, labels[end] == .continues,
        (k..<end).count(where: { !facts[$0].isNote }) <= Self.widestGap
      {
        for j in k..<end where !facts[j].isFurniture && !facts[j].isNote { labels[j] = .continues }
      }
      k = end
    }
  }

  /// Lines below the heading of a list that may be searched for entries, and the score that they must reach in the
  /// mean.
  private static let headedLines = 400
  private static let headedScore = 0.9
  /// The same for few lines, whose words of grammar must be fewer.
  private static let fewLines = 30
  private static let fewScore = 0.2
  private static let fewGrammar = 0.15
  /// For lines that are numbered from 1.
  private static let numberedScore = -0.3
  private static let numberedGrammar = 0.2

  /// A heading says "References" and the field found no entry below it: short lists, or lists unlike those that
  /// it knows. Where the lines look like references, each that begins like an entry is one. Lines numbered from 1 are
  /// entries too where the field found fewer. Tells whether any was filled in.
  private func fillHeaded(_ labels: inout [LineLabel], _ facts: [LineFeatures.Line]) -> Bool {
    var hasFilled = false
    for head in facts.indices where facts[head].facts.heading == .list {
      var end = head + 1
      while end < facts.count, end - head <= Self.headedLines, facts[end].facts.heading == .none { end += 1 }
      let lines = (head + 1)..<end
      guard lines.count > 1 else { continue }
      let score = lines.reduce(0) { $0 + facts[$1].facts.score } / Double(lines.count)
      let grammar = lines.reduce(0) { $0 + facts[$1].facts.grammar } / Double(lines.count)
      let found = lines.count { labels[$0] == .begins }
      let numbered = Self.numbered(lines, facts)
      if numbered.count > max(2, found), score >= Self.numberedScore, grammar < Self.numberedGrammar {
        labels[head] = .heading
        for (from, to) in zip(
          numbered, numbered.dropFirst() + [Self.endOfLast(numbered.last ?? head, end, facts)])
        {
          for k in from..<to { labels[k] = k == from ? .begins : .continues }
        }
        hasFilled = true
        continue
      }
      guard found == 0,
        score >= Self.headedScore
          || (lines.count <= Self.fewLines && score >= Self.fewScore && grammar < Self.fewGrammar)
      else { continue }
      labels[head] = .heading
      let left = lines.map { facts[$0].facts.indent }.min() ?? 0
      let hangs = lines.contains { facts[$0].facts.indent > left + 1 }
      let blanks = lines.dropFirst().count { facts[$0].blanks > 0 }
      let isSpaced = blanks > 1 && 6 * blanks >= lines.count
      hasFilled = true
      for k in lines {
        let line = facts[k].facts
        let endsBefore = k == head + 1 || Self.endsEntry(facts[k - 1].facts)
        let begins =
          k == head + 1
          || (isSpaced
            ? facts[k].blanks > 0
            : hangs ? line.indent <= left + 1 : !line.starts.isEmpty && endsBefore)
        labels[k] = begins ? .begins : .continues
      }
    }
    return hasFilled
  }

  /// The lines that begin with 1, 2, 3 and so on, the first of them at the beginning.
  private static func numbered(_ lines: Range<Int>, _ facts: [LineFeatures.Line]) -> [Int] {
    var found: [Int] = []
    for k in lines where facts[k].facts.number == found.count + 1 {
      if found.isEmpty, k > lines.lowerBound + 1 { return [] }
      found.append(k)
    }
    return found
  }

  /// Where the last numbered entry ends: at a blank line, or where a line ends like an entry.
  private static func endOfLast(_ first: Int, _ end: Int, _ facts: [LineFeatures.Line]) -> Int {
    var k = first + 1
    while k < end, k - first < 5, facts[k].blanks == 0, !endsEntry(facts[k - 1].facts) { k += 1 }
    return k
  }

  /// A full stop, a bracket or a number at the end of a line.
  private static func endsEntry(_ line: LineFacts) -> Bool {
    line.lastSign == 1 || line.lastSign == 0x2E || line.lastSign == 0x29 || line.lastSign == 0x5D
  }

  /// Stretches of lines labelled as entries, within 30 lines of each other.
  private static func blocks(_ labels: [LineLabel]) -> [ClosedRange<Int>] {
    var blocks: [ClosedRange<Int>] = []
    for k in labels.indices where labels[k] == .begins || labels[k] == .continues {
      if let last = blocks.last, k - last.upperBound <= blockDistance {
        blocks[blocks.count - 1] = last.lowerBound...k
      } else {
        blocks.append(k...k)
      }
    }
    return blocks
  }

  /// Fewer lines than these are not worth another thread.
  private static let fewestLines = 2048

  /// What each line shows by itself; the lines of a long document are read side by side.
  static func facts(_ lines: [FinderLine], _ gazetteers: Gazetteers, threads: Int = 1) -> [LineFeatures.Line]
  {
    let parts = SideBySide.map(lines.count, threads: threads, least: fewestLines) { some in
      var tokens = ReferenceTokens()
      return lines[some].map { line in
        line.text.withUnsafeBufferPointer {
          LineFeatures.Line(
            facts: LineFacts($0, &tokens, gazetteers), blanks: line.blanks, pageStarts: line.pageStarts,
            isNote: line.isNote)
        }
      }
    }
    return parts.count == 1 ? parts[0] : parts.flatMap(\.self)
  }

  /// Of lines found within 30 lines of each other, at least 70 % of the entries must have a year or the
  /// like: tables and lists of abbreviations have none.
  private static let blockDistance = 30
  private static let datedShare = 0.7
  /// Under the heading of a list, where web pages and standards may stand without a year.
  private static let headedDatedShare = 0.35
  /// Without a heading, fewer entries than this are prose that cites much.
  private static let fewest = 3

  private func dropBlocks(_ labels: inout [LineLabel], _ facts: [LineFeatures.Line]) {
    for block in Self.blocks(labels) {
      var (entries, dated) = (0, 0)
      var isDated = true
      for k in block where labels[k] == .begins || labels[k] == .continues {
        if labels[k] == .begins || entries == 0 {
          entries += 1
          isDated = false
        }
        let here = facts[k].facts
        if !isDated, here.undated || here.signs.contains(.year) || here.signs.contains(.address) {
          isDated = true
          dated += 1
        }
      }
      let isHeaded = labels[max(0, block.lowerBound - 3)..<block.lowerBound].contains(.heading)
      // Nor are entries here and there: the lines of a list follow one another.
      let lines = block.count { labels[$0] == .begins || labels[$0] == .continues }
      let isScattered = !isHeaded && 2 * lines < block.count
      let share = isHeaded ? Self.headedDatedShare : Self.datedShare
      if Double(dated) < share * Double(entries) || (entries < Self.fewest && !isHeaded)
        || isScattered
      {
        for k in block where labels[k] == .begins || labels[k] == .continues { labels[k] = .outside }
      }
    }
  }

  /// Groups of lines that make entries; up to four foreign lines may interrupt one.
  package func groups(_ labels: [LineLabel], _ lines: [FinderLine]) -> [(lines: [Int], list: Int)] {
    var found: [(lines: [Int], list: Int)] = []
    var current: [Int] = []
    var foreign = 0
    var list = 0
    var lastLine = -1
    func close() {
      let length = current.reduce(0) { $0 + lines[$1].text.count + 1 }
      if (25...2400).contains(length) {
        if let first = current.first, lastLine >= 0, first - lastLine > Self.blockDistance { list += 1 }
        found.append((current, list))
        lastLine = current.last ?? lastLine
      }
      current = []
    }
    for (k, label) in labels.enumerated() {
      switch label {
      case .begins:
        close()
        current = [k]
        foreign = 0
      case .continues:
        current.append(k)
        foreign = 0
      case .outside, .heading:
        // A note at the foot of the page is none of the lines that part two lists.
        if !lines[k].isNote || label == .heading { foreign += 1 }
        if foreign > 4 || label == .heading { close() }
      }
    }
    close()
    return found
  }

  private static func trimmed(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, text[start] <= 0x20 { start += 1 }
    while end > start, text[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }

  /// Line ends and doubled spaces as one space.
  private static func running(_ text: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    for byte in text {
      if byte <= 0x20 {
        if out.last != 0x20 { out.append(0x20) }
      } else {
        out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
