import EmendLexicons
import EmendModel

/// Makes the document of a finished galley: reading text, sections, notes, sentences, pages.
struct DocumentMaker {
  private let galley: Galley
  private let reading: ReadingText
  private let map: OffsetMap
  /// The blocks as the reading text left them, until they are taken up.
  private var drafts: [Block]

  init(_ galley: Galley, lexicon: EnglishLexicon) {
    self.galley = galley
    var reading = ReadingText(galley, lexicon: lexicon)
    drafts = reading.takeBlocks()
    map = reading.map
    self.reading = reading
  }

  /// - Parameter cuts: whether sentences are cut.
  mutating func make(sentences cuts: Bool) -> Document {
    var blocks = drafts
    drafts = []
    let sections = Sections.make(galley, &blocks) { String(decoding: reading.bytes[$0], as: UTF8.self) }
    let (notes, numbers) = notes(blocks)
    for index in blocks.indices { blocks[index].note = blocks[index].note.flatMap { numbers[$0] } }
    let toWitness = OffsetMap.composed(galley.transcript.map, map)
    var warnings = galley.warnings
    if galley.lines.isEmpty {
      warnings.append(Warning(code: "empty", stage: "segmentation", message: "the document holds no text"))
    }
    return Document(
      transcript: galley.transcript, reading: reading.bytes, map: toWitness, blocks: blocks,
      sections: sections,
      sentences: cuts ? sentences(blocks, notes) : [], notes: notes, pages: pages(blocks),
      furniture: furniture(),
      joins: reading.joins, contents: galley.contents, frontMatter: frontMatter(blocks), warnings: warnings)
  }

  // MARK: Notes

  /// The notes in the order of their blocks, and the new index of each draft.
  private func notes(_ blocks: [Block]) -> ([Note], [Int: Int]) {
    var notes: [Note] = []
    var numbers: [Int: Int] = [:]
    for (index, block) in blocks.enumerated() {
      guard let draft = block.note, numbers[draft] == nil else { continue }
      numbers[draft] = notes.count
      let note = galley.notes[draft]
      let start = min(block.range.upperBound, max(block.range.lowerBound, textStart(note, block)))
      notes.append(
        Note(
          mark: note.mark, block: index, text: start..<block.range.upperBound,
          anchor: note.anchor.flatMap(anchor)))
    }
    return (notes, numbers)
  }

  private func textStart(_ note: NoteDraft, _ block: Block) -> Int {
    var start = map.target(ofSource: note.markRange.upperBound)
    while start < block.range.upperBound, Glyphs.isSpace(reading.bytes[start]) { start += 1 }
    return start
  }

  private func anchor(_ range: Range<Int>) -> Note.Anchor? {
    let place = map.target(ofSource: range)
    guard !place.isEmpty, place.upperBound <= reading.bytes.count else { return nil }
    let bytes = reading.bytes
    var end = place.lowerBound
    // What stands between the word and the mark: stops, quotes, brackets.
    while end > 0 {
      let (scalar, before) = Glyphs.scalarBefore(bytes, end, 0)
      if Glyphs.isLetter(scalar) || Glyphs.isDigit(scalar) || scalar == 0x0A || place.lowerBound - end > 12 {
        break
      }
      end = before
    }
    var start = end
    while start > 0 {
      let (scalar, before) = Glyphs.scalarBefore(bytes, start, 0)
      guard
        Glyphs.isLetter(scalar) || Glyphs.isDigit(scalar) || scalar == 0x27 || scalar == 0x2019
          || scalar == 0x2D
      else { break }
      start = before
    }
    return Note.Anchor(
      range: place, wordBefore: String(decoding: bytes[start..<end], as: UTF8.self),
      between: String(decoding: bytes[end..<place.lowerBound], as: UTF8.self))
  }

  // MARK: Front matter

  private func frontMatter(_ blocks: [Block]) -> FrontMatter? {
    guard let draft = galley.frontMatter else { return nil }
    var facts = draft.facts
    facts.abstracts = draft.abstracts.map { abstract in
      let range =
        blocks[abstract.blocks.lowerBound].range
        .lowerBound..<blocks[abstract.blocks.upperBound - 1].range.upperBound
      return FrontMatter.Abstract(
        title: abstract.title, authors: abstract.authors, blocks: abstract.blocks,
        text: String(decoding: reading.bytes[range], as: UTF8.self))
    }
    return facts
  }

  // MARK: Sentences

  private func sentences(_ blocks: [Block], _ notes: [Note]) -> [Sentence] {
    var marks: [Int: Int] = [:]
    for note in notes {
      if let range = note.anchor?.range { marks[range.lowerBound] = range.upperBound }
    }
    let stretches: [(range: Range<Int>, block: Int)] = blocks.enumerated().compactMap { index, block in
      switch block.kind {
      case .paragraph, .blockQuote, .verse, .listItem, .abstract, .caption: (block.range, index)
      case .note: (block.note.map { notes[$0].text } ?? block.range, index)
      default: nil
      }
    }
    return SentenceBreaks(text: reading.bytes, knowledge: galley.knowledge, marks: marks).sentences(
      in: stretches)
  }

  // MARK: Pages

  private func pages(_ blocks: [Block]) -> [PageRecord] {
    var starts = [Int](repeating: reading.bytes.count, count: galley.pages.count)
    var known = reading.bytes.count
    for page in galley.pages.indices.reversed() {
      if reading.pageStarts[page] >= 0 { known = reading.pageStarts[page] }
      starts[page] = known
    }
    return galley.pages.indices.map { page in
      let number = galley.pages[page].number
      return PageRecord(
        printed: number.map { Numerals.printed($0.script, $0.value) }, printedSource: number?.source ?? .none,
        confidence: number?.confidence ?? 0, head: galley.pages[page].head, foot: galley.pages[page].foot,
        blank: galley.pages[page].lines.isEmpty, readingStart: starts[page])
    }
  }

  private func furniture() -> [Furniture] {
    let scan = galley.transcript.scan
    return galley.lines.compactMap { line in
      line.kind.furniture.map { Furniture(kind: $0, line: line.index, range: scan.lines[line.index].range) }
    }
  }
}
