import EmendLexicons
import EmendModel

/// Reads what front matter says: masthead, boards, prices, contents of an issue, contributors, abstracts.
///
/// Each reader looks for its own signs and leaves what it does not understand alone, so that a thesis with
/// nothing but an abstract gives just that.
struct FrontMatterReader: SegmentationStep {
  /// Blocks from the start within which a masthead is looked for.
  static let reach = 160

  func apply(to galley: inout Galley) {
    FormattedBlocks().apply(to: &galley)
    var matter = FrontMatterDraft()
    let prose = FrontMatterText(galley)
    IssueContents.read(&galley, prose, &matter)
    Masthead.read(galley, prose, &matter)
    Boards.read(&galley, prose, &matter)
    Prices.read(galley, prose, &matter)
    Contributors.read(galley, prose, &matter)
    Abstracts.read(&galley, prose, &matter)
    Keywords.read(galley, prose, &matter)
    galley.frontMatter = matter.isEmpty ? nil : matter
  }
}

/// Front matter before the reading text is made: abstracts are still blocks.
struct FrontMatterDraft: Sendable {
  var facts = FrontMatter()
  var abstracts: [(title: String, authors: [String], blocks: Range<Int>)] = []

  var isEmpty: Bool { abstracts.isEmpty && facts == FrontMatter() }
}

/// The texts of blocks as strings, for the readers of front matter.
struct FrontMatterText {
  /// The document without its blocks, which the readers change.
  private let galley: Galley
  let knowledge: StructureKnowledge

  init(_ galley: Galley) {
    var document = galley
    document.blocks = []
    self.galley = document
    knowledge = galley.knowledge
  }

  func line(_ index: Int) -> String { string(galley.lines[index].range) }

  /// What stands between gaps of three spaces and more.
  func cells(_ index: Int) -> [String] {
    let range = galley.lines[index].range
    var cells: [Range<Int>] = []
    var start = range.lowerBound
    var at = start
    while at < range.upperBound {
      var end = at
      while end < range.upperBound, Glyphs.isSpace(galley.text[end]) { end += 1 }
      if end - at >= 3 {
        cells.append(start..<at)
        start = end
      }
      at = max(end, at + 1)
    }
    cells.append(start..<range.upperBound)
    return cells.map(string)
  }

  /// The lines of a block with single spaces.
  func lines(_ block: BlockDraft) -> [String] {
    if let part = block.part {
      return [string(part)] + block.lines.dropFirst().map(line)
    }
    return block.lines.map(line)
  }

  func text(_ block: BlockDraft) -> String { lines(block).joined(separator: " ") }

  /// The number of a block's first line in the source.
  func number(_ line: Int) -> Int { galley.transcript.scan.lines[galley.lines[line].index].number }

  /// The emphasised stretches of a line, in the emended text.
  func emphasis(_ line: Int, _ kind: Scan.Emphasis.Kind) -> [Range<Int>] {
    let range = galley.lines[line].range
    let source = galley.transcript.map.source(ofTarget: range)
    return galley.transcript.scan.emphasis.compactMap { emphasis in
      guard emphasis.kind == kind, emphasis.range.overlaps(source) else { return nil }
      let found = galley.transcript.map.target(ofSource: emphasis.range).clamped(to: range)
      return found.isEmpty ? nil : found
    }
  }

  func string(_ range: Range<Int>) -> String { Self.collapsed(galley.text[range]) }

  static func collapsed(_ text: String) -> String { collapsed(text.utf8) }

  /// The words of a stretch with single spaces between them.
  private static func collapsed(_ text: some Collection<UInt8>) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var gap = false
    for byte in text {
      if byte == 0x20 || byte == 0x09 || byte == 0x0A {
        gap = true
      } else {
        if gap, !out.isEmpty { out.append(0x20) }
        gap = false
        out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// What a format that marks its parts says of blocks: quotations, items of lists, lines that are set one by one,
/// by-lines on heading lines and below headings.
struct FormattedBlocks: SegmentationStep {
  func apply(to galley: inout Galley) {
    guard galley.transcript.scan.source.format.marksParts else { return }
    let text = FrontMatterText(galley)
    var out: [BlockDraft] = []
    for var block in galley.blocks {
      if block.kind == .heading, let split = bylineStart(galley, block, text) {
        let line = galley.lines[block.lines[0]].range
        var end = split
        while end > line.lowerBound, Glyphs.isSpace(galley.text[end - 1]) { end -= 1 }
        block.part = line.lowerBound..<end
        out.append(block)
        out.append(BlockDraft(kind: .byline, lines: block.lines, part: split..<line.upperBound))
        continue
      }
      if block.kind == .paragraph || block.kind == .blockQuote {
        let opening = galley.transcript.scan.lines[galley.lines[block.lines[0]].index].layout
        if out.last?.kind == .heading, block.lines.count == 1, Names.isByline(text.text(block)) {
          block.kind = .byline
        } else if let kind = kindSetByLine(galley, block), kind == .verse || opening.quoteDepth == 0 {
          block.kind = kind
        } else if opening.quoteDepth > 0 {
          block.kind = .blockQuote
        } else if opening.listMark != nil {
          block.kind = .listItem
        }
      }
      out.append(block)
    }
    galley.blocks = out
  }

  /// Where "by …" starts behind the emphasised title of a heading.
  private func bylineStart(_ galley: Galley, _ block: BlockDraft, _ text: FrontMatterText) -> Int? {
    guard block.lines.count == 1, block.part == nil,
      let title = text.emphasis(block.lines[0], .bold).first ?? text.emphasis(block.lines[0], .italic).first
    else { return nil }
    let line = galley.lines[block.lines[0]].range
    var start = title.upperBound
    while start < line.upperBound, Glyphs.isSpace(galley.text[start]) { start += 1 }
    guard start < line.upperBound, Names.isByline(text.string(start..<line.upperBound)) else { return nil }
    return start
  }

  /// Words of prose that a line of verse or of running text has at least, on average.
  private static let leastFunctionWords = 1

  /// What lines are that the format ends one by one: verse, or the lines of a masthead; nil for a paragraph in which line
  /// ends were forced for no reason. Sentences tell prose from mastheads, and line ends within sentences verse from prose.
  private func kindSetByLine(_ galley: Galley, _ block: BlockDraft) -> Block.Kind? {
    let lines = block.lines.map { galley.lines[$0] }
    guard lines.count >= 2,
      lines.dropLast().allSatisfy({ galley.transcript.scan.lines[$0.index].layout.hardBreak })
    else { return nil }
    let words = lines.reduce(0) { $0 + $1.functionWords }
    guard let last = lines.last, words >= Self.leastFunctionWords * lines.count,
      last.endsSentence || lines.contains(where: \.endsHyphen)
    else { return .masthead }
    let open = lines.dropLast().count { !$0.endsSentence && !$0.endsHyphen }
    let isVerse = lines.allSatisfy { $0.digits == 0 && Glyphs.isUpper($0.firstLetter) } && open > 0
    return isVerse ? .verse : nil
  }
}
