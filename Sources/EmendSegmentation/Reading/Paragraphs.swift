import EmendModel

/// Makes blocks of the lines: paragraphs over lines and pages, headings over several lines, notes, tables,
/// entries of reference lists.
struct Paragraphs: SegmentationStep {
  func apply(to galley: inout Galley) {
    var maker = BlockMaker(galley)
    for index in galley.lines.indices { maker.add(index) }
    galley.blocks = maker.finish()
  }
}

/// The running state of `Paragraphs`.
struct BlockMaker {
  private let galley: Galley
  private let breaks: ParagraphBreaks
  private var blocks: [BlockDraft] = []
  /// Index into `blocks` of the block that may go on.
  private var current: Int?
  /// Footnotes of pages that the current paragraph runs over; they follow it.
  private var pending: [BlockDraft] = []
  private var noteBlock: [Int: (isPending: Bool, index: Int)] = [:]

  init(_ galley: Galley) {
    self.galley = galley
    breaks = ParagraphBreaks(galley)
  }

  mutating func add(_ index: Int) {
    let line = galley.lines[index]
    if line.kind.isFurniture { return }
    if line.kind == .note, line.note >= 0 {
      addNote(index, line.note)
      return
    }
    let kind = Self.kind(of: line.kind)
    if kind == .paragraph, let paragraph = interrupted(by: line) {
      blocks[paragraph].lines.append(index)
      current = paragraph
      return
    }
    if line.kind == .heading, addHeading(index, line) { return }
    if let current, blocks[current].kind == kind, goesOn(current, index, line, kind) {
      // Where a second line comes, more will.
      if blocks[current].lines.count == 1 { blocks[current].lines.reserveCapacity(8) }
      blocks[current].lines.append(index)
      return
    }
    open(BlockDraft(kind: kind, lines: [index]))
  }

  mutating func finish() -> [BlockDraft] {
    flush()
    return blocks
  }

  private static func kind(of kind: LineKind) -> Block.Kind {
    switch kind {
    case .heading: .heading
    case .byline: .byline
    case .title: .title
    case .contents: .contents
    case .table: .table
    case .figure: .figure
    case .caption: .caption
    case .reference: .reference
    case .list: .listItem
    case .verse: .verse
    case .masthead: .masthead
    case .index: .index
    case .quote: .blockQuote
    default: .paragraph
    }
  }

  /// The paragraph that a table, a figure or a caption stands in the middle of: its sentence is open, and the
  /// line goes on in small letters. What interrupted it follows it.
  private func interrupted(by line: Line) -> Int? {
    guard line.startsSmall, !galley.isReflowed, galley.transcript.scan.source.format != .markdown,
      let current, Self.isFloat(blocks[current].kind)
    else { return nil }
    var at = current
    while at > 0, current - at < Self.mostFloats,
      Self.isFloat(blocks[at].kind) || blocks[at].kind == .note
    {
      at -= 1
    }
    guard blocks[at].kind == .paragraph, let last = blocks[at].lines.last else { return nil }
    let above = galley.lines[last]
    return !above.endsSentence && above.last != 0x3A && line.page - above.page <= 2
      && Double(above.width) > 0.6 * Double(galley.measure) ? at : nil
  }

  private static func isFloat(_ kind: Block.Kind) -> Bool {
    kind == .table || kind == .figure || kind == .caption
  }
  /// Floats and notes that a paragraph may run over.
  private static let mostFloats = 30

  private mutating func open(_ draft: BlockDraft) {
    flush()
    current = blocks.count
    blocks.append(draft)
  }

  private mutating func flush() {
    guard !pending.isEmpty else { return }
    for (note, place) in noteBlock where place.isPending {
      noteBlock[note] = (false, blocks.count + place.index)
    }
    blocks += pending
    pending.removeAll()
  }

  private mutating func addNote(_ index: Int, _ note: Int) {
    if let place = noteBlock[note] {
      if place.isPending {
        pending[place.index].lines.append(index)
      } else {
        blocks[place.index].lines.append(index)
      }
      return
    }
    let draft = BlockDraft(kind: .note, lines: [index], note: note)
    if galley.notes[note].isEndnote {
      open(draft)
      noteBlock[note] = (false, blocks.count - 1)
      current = nil
    } else {
      noteBlock[note] = (true, pending.count)
      pending.append(draft)
    }
  }

  /// Whether a heading line goes on the heading above it.
  private mutating func addHeading(_ index: Int, _ line: Line) -> Bool {
    guard line.formatLevel == 0, !galley.isReflowed, let current, blocks[current].kind == .heading,
      let last = blocks[current].lines.last,
      galley.lines[last].page == line.page,
      index == last + 1 || galley.lines[last + 1..<index].allSatisfy(\.kind.isFurniture),
      HeadingJoin.joins(galley, blocks[current].lines, line)
    else { return false }
    blocks[current].lines.append(index)
    return true
  }

  private func goesOn(_ block: Int, _ index: Int, _ line: Line, _ kind: Block.Kind) -> Bool {
    guard let last = blocks[block].lines.last else { return false }
    switch kind {
    case .paragraph: return !breaks.breaks(after: last, before: index)
    case .reference: return !breaks.opensReference(blocks[block].lines, index)
    case .caption:
      return index == last + 1 && galley.lines[last].page == line.page
        && !SectionNumber.isCaption(galley.text, line.range, galley.knowledge)
        && !Captions.isNote(galley, line)
    case .blockQuote: return galley.lines[last].page == line.page
    case .table, .title, .contents, .figure, .verse, .masthead, .index:
      return galley.lines[last].page == line.page && !(galley.isReflowed && line.gapBefore > 0)
    default: return false
    }
  }
}

/// Whether two heading lines are one heading.
enum HeadingJoin {
  static let mostLines = 6

  static func joins(_ galley: Galley, _ heading: [Int], _ line: Line) -> Bool {
    guard heading.count < mostLines, let first = heading.first, let last = heading.last else { return false }
    let above = galley.lines[last]
    let gap = galley.extraGap(before: line)
    let opening = galley.lines[first]
    if let role = HeadingKey(galley, opening)?.role {
      // "Materials and Methods" is whole; what stands below it is the next heading.
      if role == .references || role == .contents || (!line.startsSmall && line.gapBefore > 0) {
        return false
      }
    }
    if SectionNumber.decimal(galley.text, line.range) != nil
      || SectionNumber.label(galley.text, line.range, galley.knowledge.divisions) != nil
    {
      return false
    }
    if heading.count == 1, SectionNumber.isBare(galley.text, opening), gap <= 3 { return true }
    if SectionNumber.label(galley.text, above.range, galley.knowledge.divisions) != nil, above.width < 16 {
      return false
    }
    if gap <= 0 { return (above.capitalShare > 0.8) == (line.capitalShare > 0.8) || above.endsHyphen }
    guard gap <= 1 else { return false }
    if [0x3A, 0x2D, 0x2014, 0x2C].contains(above.last) || line.startsSmall { return true }
    guard let word = Glyphs.lastToken(galley.text, above.range), word.count <= 8 else { return false }
    return galley.knowledge.isFunctionWord(StructureKnowledge.packed(Glyphs.key(galley.text, word)))
  }
}
