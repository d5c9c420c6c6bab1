import EmendModel

/// The blocks of a document whose sentences are tagged: prose, also notes and headings, but no lists of references,
/// tables, indexes, mastheads.
struct ProseBlocks {
  private let isProse: [Bool]

  func contains(_ block: Int) -> Bool { isProse.indices.contains(block) && isProse[block] }

  init(document: Document, citations: CitationLayer) {
    let isListed = Self.listed(document, citations)
    // A heading such as "The Literature" may stand over an essay as well as over a list: what the citation stage has
    // found below it decides. Where half of the blocks are entries, the rest are entries that it could not read.
    var lists: Set<Int> = []
    for (index, section) in document.sections.enumerated() where section.role == .references {
      let blocks = section.blocks.clamped(to: document.blocks.indices)
        .filter { document.blocks[$0].kind != .heading }
      let entries = blocks.count { isListed[$0] || document.blocks[$0].kind == .reference }
      if entries * 2 >= blocks.count { lists.insert(index) }
    }
    isProse = document.blocks.indices.map { index in
      let block = document.blocks[index]
      switch block.kind {
      case .paragraph, .blockQuote, .listItem, .note, .abstract, .heading: break
      default: return false
      }
      guard document.sections.indices.contains(block.section) else { return true }
      switch document.sections[block.section].role {
      case .references: return !isListed[index] && !lists.contains(block.section)
      case .index, .contents, .contributors: return false
      default: return true
      }
    }
  }

  /// Which blocks hold an entry of a reference list.
  private static func listed(_ document: Document, _ citations: CitationLayer) -> [Bool] {
    var listed = [Bool](repeating: false, count: document.blocks.count)
    let ranges = citations.references.filter { $0.origin == .list }.compactMap(\.range)
      .sorted { $0.lowerBound < $1.lowerBound }
    var next = 0
    for index in document.blocks.indices {
      let block = document.blocks[index].range
      while next < ranges.count, ranges[next].upperBound <= block.lowerBound { next += 1 }
      listed[index] = next < ranges.count && ranges[next].overlaps(block)
    }
    return listed
  }
}
