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
    /// Bytes of the reading text.
    public var range: Range<Int>
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
    for index in transcript.lines.indices where !furniture.contains(index) {
      let line = transcript.text[transcript.lines[index]]
      if line.allSatisfy({ $0 <= 0x20 }) {
        blanks += 1
        continue
      }
      let linePage = index < scan.lines.count ? scan.lines[index].page : page
      layouts.append(FinderLine(text: Array(line), blanks: blanks, pageStarts: linePage != page))
      indices.append(index)
      page = linePage
      blanks = 0
    }
    let labels = self.labels(layouts, threads: threads)
    return groups(labels, layouts).compactMap { group in
      let lines = group.lines.map { indices[$0] }
      guard let first = lines.first, let last = lines.last, first < scan.lines.count, last < scan.lines.count
      else {
        return nil
      }
      let start = document.map.target(ofSource: scan.lines[first].range.lowerBound)
      let end = document.map.target(ofSource: scan.lines[last].range).upperBound
      guard start < end, end <= document.reading.count else { return nil }
      let range = Self.trimmed(document.reading, start..<end)
      let text = Self.running(document.reading[range])
      return Entry(lines: lines, range: range, text: text, list: group.list)
    }
  }

  /// A non-blank line as the finder sees it.
  package struct FinderLine {
    package var text: [UInt8]
    package var blanks: Int
    package var pageStarts: Bool
    package init(text: [UInt8], blanks: Int, pageStarts: Bool) {
      (self.text, self.blanks, self.pageStarts) = (text, blanks, pageStarts)
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
    for block in Self.blocks(labels) { ListLayout.settle(&labels, facts, block: block) }
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

  /// Lines below the heading of a list that may be searched for entries, and the score that they must reach in the
  /// mean.
  private static let headedLines = 400
  private static let headedScore = 0.9

  /// A heading says "References" and the field found no entry below it: short lists, or lists unlike those that
  /// it knows. Where the lines look like references, each that begins like an entry is one. Tells whether any was filled in.
  private func fillHeaded(_ labels: inout [LineLabel], _ facts: [LineFeatures.Line]) -> Bool {
    var hasFilled = false
    for head in facts.indices where facts[head].facts.heading == .list {
      var end = head + 1
      while end < facts.count, end - head <= Self.headedLines, facts[end].facts.heading == .none { end += 1 }
      let lines = (head + 1)..<end
      guard lines.count > 1, !lines.contains(where: { labels[$0] == .begins }),
        lines.reduce(0, { $0 + facts[$1].facts.score }) >= Self.headedScore * Double(lines.count)
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
            facts: LineFacts($0, &tokens, gazetteers), blanks: line.blanks, pageStarts: line.pageStarts)
        }
      }
    }
    return parts.count == 1 ? parts[0] : parts.flatMap(\.self)
  }

  /// Of lines found within 30 lines of each other, at least 70 % of the entries must have a year or the
  /// like: tables and lists of abbreviations have none.
  private static let blockDistance = 30
  private static let datedShare = 0.7
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
      if Double(dated) < Self.datedShare * Double(entries) || (entries < Self.fewest && !isHeaded)
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
        foreign += 1
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
