import EmendModel

/// `text`: the blocks of the reading text, nested in the divisions of their sections, with pages, lines
/// and page furniture at their places.
struct TEIText {
  let edition: Edition
  let ids: TEIIdentifiers
  let xml: XMLWriter
  private var inline: TEIInline
  /// Sections whose `div` is open, outermost first.
  private var open: [Division] = []
  private var started: Set<Int> = []
  /// The element that gathers neighbouring blocks of one kind: `list`, `listBibl`.
  private var gathering: Block.Kind?

  private struct Division {
    var section: Int
    /// Whether a `head` may still come.
    var atTop = true
    /// Whether a division inside it was closed; TEI allows no paragraph after that.
    var hasChild = false
  }

  init(edition: Edition, ids: TEIIdentifiers, xml: XMLWriter) {
    self.edition = edition
    self.ids = ids
    self.xml = xml
    inline = TEIInline(edition: edition, ids: ids, xml: xml)
  }

  mutating func write() {
    let document = edition.document
    xml.start("text")
    xml.start("body")
    xml.line()
    if document.blocks.isEmpty {
      xml.start("div")
      xml.empty("p")
      inline.remainingPages()
      xml.end()
    }
    for index in document.blocks.indices {
      let block = document.blocks[index]
      if gathering != nil, gathering != block.kind || open.last?.section != block.section { stopGathering() }
      enter(block.section)
      inline.pages(before: block)
      write(block, index)
      xml.line()
    }
    stopGathering()
    if !open.isEmpty { inline.remainingPages() }
    while !open.isEmpty { close() }
    xml.end()
    xml.end()
    xml.line()
  }

  // MARK: Divisions

  private mutating func enter(_ section: Int) {
    if let last = open.last, last.section == section, !last.hasChild { return }
    let sections = edition.document.sections
    var ancestors: [Int] = []
    var at = sections.indices.contains(section) ? sections[section].parent : nil
    // A parent always stands before its child; anything else is a fault and would not end.
    while let parent = at, sections.indices.contains(parent), !ancestors.contains(parent),
      ancestors.count < 16
    {
      ancestors.append(parent)
      at = sections[parent].parent
    }
    while let last = open.last, !ancestors.contains(last.section) { close() }
    let known = sections.indices.contains(section) ? sections[section] : nil
    let role = known.map(\.role) ?? .body
    xml.start(
      "div",
      [
        ("type", role == .body ? "section" : role.rawValue),
        ("xml:id", started.insert(section).inserted ? "section.\(section + 1)" : nil),
      ])
    xml.line()
    open.append(Division(section: section))
  }

  private mutating func close() {
    xml.end()
    xml.line()
    open.removeLast()
    if !open.isEmpty { open[open.count - 1].hasChild = true }
  }

  private mutating func stopGathering() {
    guard gathering != nil else { return }
    xml.end()
    xml.line()
    gathering = nil
  }

  private mutating func gather(_ kind: Block.Kind, _ element: String, _ attributes: [(String, String?)] = [])
  {
    if gathering == kind { return }
    xml.start(element, attributes)
    gathering = kind
  }

  // MARK: Blocks

  private mutating func write(_ block: Block, _ index: Int) {
    let atTop = open.last?.atTop ?? false
    if block.kind != .note, !open.isEmpty {
      switch block.kind {
      case .title, .heading, .byline: break
      default: open[open.count - 1].atTop = false
      }
    }
    switch block.kind {
    case .title, .heading:
      if atTop { wrap(block, "head") } else { wrap(block, "p", [("rend", "heading")]) }
    case .byline:
      if atTop { wrap(block, "byline") } else { wrap(block, "p", [("rend", "byline")]) }
    case .paragraph: wrap(block, "p")
    case .abstract, .masthead, .index: wrap(block, "p", [("rend", block.kind.rawValue)])
    case .blockQuote:
      xml.start("quote", [("rend", "block")])
      wrap(block, "p")
      xml.end()
    case .verse: lines(block, "lg", "l")
    case .table: lines(block, "table", "row")
    case .figure:
      xml.start("figure")
      wrap(block, "p")
      xml.end()
    case .caption:
      xml.start("figure")
      wrap(block, "head")
      xml.end()
    case .listItem:
      gather(.listItem, "list")
      wrap(block, "item")
    case .contents:
      gather(.contents, "list", [("type", "contents")])
      wrap(block, "item")
    case .reference:
      gather(.reference, "listBibl")
      wrap(block, "bibl", [("corresp", work(describedIn: block).map { "#" + ids.work($0) })])
    case .note: note(block, index)
    }
  }

  private mutating func wrap(_ block: Block, _ element: String, _ attributes: [(String, String?)] = []) {
    xml.start(element, attributes)
    inline.write(block.range, of: block)
    xml.end()
  }

  /// Verse and tables keep their lines.
  private mutating func lines(_ block: Block, _ outer: String, _ inner: String) {
    xml.start(outer)
    var start = block.range.lowerBound
    let reading = edition.document.reading
    for at in block.range where reading[at] == 0x0A {
      line(start..<at, block, inner)
      start = at + 1
    }
    line(start..<block.range.upperBound, block, inner)
    xml.end()
  }

  private mutating func line(_ range: Range<Int>, _ block: Block, _ element: String) {
    xml.start(element)
    if element == "row" { xml.start("cell") }
    inline.write(range, of: block)
    if element == "row" { xml.end() }
    xml.end()
  }

  private mutating func note(_ block: Block, _ index: Int) {
    let notes = edition.document.notes
    guard let number = block.note, notes.indices.contains(number) else {
      return wrap(block, "note")
    }
    let note = notes[number]
    let isFirst = note.block == index
    let inNotes =
      edition.document.sections.indices.contains(block.section)
      && edition.document.sections[block.section].role == .notes
    xml.start(
      "note",
      [
        ("xml:id", isFirst ? ids.note(number) : nil), ("prev", isFirst ? nil : "#" + ids.note(number)),
        ("n", note.mark), ("place", inNotes ? "end" : "bottom"),
        ("target", isFirst && note.anchor != nil ? "#" + ids.anchor(number) : nil),
      ])
    wrap(block, "p")
    xml.end()
  }

  private func work(describedIn block: Block) -> Int? {
    let works = edition.citations.works
    for reference in edition.citations.references {
      if let range = reference.range, range.lowerBound >= block.range.lowerBound,
        range.lowerBound < block.range.upperBound, let work = reference.work, works.indices.contains(work)
      {
        return work
      }
    }
    return nil
  }
}
