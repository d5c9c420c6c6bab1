import EmendModel

/// Gives each heading its level: by the depth of its number, by the format, by its label; else by its style
/// below the numbered heading above it.
struct HeadingLevels: SegmentationStep {
  var shapesText: Bool { false }

  private enum Style: Int { case capitals, title, runIn }

  func apply(to galley: inout Galley) {
    let headings = galley.blocks.indices.filter { galley.blocks[$0].kind == .heading }
    var levels = [Int?](repeating: nil, count: headings.count)
    var styles: Set<Int> = []
    var numbered = false
    var labelled = false
    // "I. INTRODUCTION" and "A. Assumptions": below the chapters where there are any.
    var romans: [Int] = []
    var letters: [Int] = []
    var decimals: [(rank: Int, depth: Int, last: Int)] = []
    for (rank, block) in headings.enumerated() {
      let first = galley.lines[galley.blocks[block].lines[0]]
      let text = galley.text
      if first.formatLevel > 0 {
        levels[rank] = first.formatLevel
      } else if galley.blocks[block].lines.contains(where: { galley.lines[$0].isTitle }) {
        levels[rank] = 1
      } else if SectionNumber.label(text, first.range, galley.knowledge.divisions) != nil {
        levels[rank] = 1
        labelled = true
      } else if SectionNumber.roman(text, first.range) != nil {
        romans.append(rank)
      } else if isLettered(galley, first) {
        letters.append(rank)
      } else if let number = SectionNumber.decimal(text, first.range) {
        levels[rank] = number.depth
        decimals.append((rank, number.depth, number.lastPart))
        numbered = true
      } else if HeadingKey(galley, first) != nil, first.position <= 2 {
        levels[rank] = 1
      } else {
        styles.insert(style(first).rawValue)
      }
    }
    for rank in romans { levels[rank] = labelled ? 2 : 1 }
    for rank in letters where !romans.isEmpty { levels[rank] = labelled ? 3 : 2 }
    if !labelled, let last = (decimals.filter { $0.depth == 1 }.map(\.rank) + romans).max() {
      closeText(galley, headings, after: last, &levels)
    }
    placeDecimals(decimals, romans, letters, &levels)
    let order = styles.sorted()
    var above = 0
    for (rank, block) in headings.enumerated() {
      // The title below a label that stands alone is the label's: both open one chapter.
      if levels[rank] == nil, rank > 0, let level = levels[rank - 1], headings[rank - 1] == block - 1,
        isLabelAlone(galley, galley.blocks[block - 1])
      {
        levels[rank] = level
      }
      if let level = levels[rank] {
        galley.blocks[block].level = level
        above = level
        continue
      }
      let place = order.firstIndex(of: style(galley.lines[galley.blocks[block].lines[0]]).rawValue) ?? 0
      galley.blocks[block].level = labelled || numbered ? min(above + 1, 2) + place : 1 + place
    }
  }

  /// What closes a text stands beside its numbered sections, not below the last of them: "References", "Notes".
  private func closeText(_ galley: Galley, _ headings: [Int], after last: Int, _ levels: inout [Int?]) {
    for rank in headings.indices[(last + 1)...] where levels[rank] == nil {
      let block = galley.blocks[headings[rank]]
      guard block.part == nil, let role = HeadingKey(galley, galley.lines[block.lines[0]])?.role,
        Self.closing.contains(role)
      else { continue }
      levels[rank] = 1
    }
  }

  private static let closing: Set<Section.Role> = [.references, .notes, .acknowledgements, .appendix, .index]

  /// "1." below "A." and "I.": plain numbers that count afresh below roman ones and letters are a step deeper.
  private func placeDecimals(
    _ decimals: [(rank: Int, depth: Int, last: Int)], _ romans: [Int], _ letters: [Int],
    _ levels: inout [Int?]
  ) {
    guard romans.count >= 2, let first = decimals.first, first.depth == 1, first.last == 1,
      romans[0] < first.rank, decimals.allSatisfy({ $0.depth == 1 })
    else { return }
    var level = 1
    for decimal in decimals {
      if decimal.last == 1 {
        let above = (romans + letters).filter { $0 < decimal.rank }.max()
        level = (above.flatMap { levels[$0] } ?? 1) + 1
      }
      levels[decimal.rank] = level
    }
  }

  private func isLettered(_ galley: Galley, _ line: Line) -> Bool {
    guard line.words >= 2, Glyphs.isUpper(line.first),
      let token = Glyphs.firstToken(galley.text, line.range)
    else { return false }
    return token.count == 2 && galley.text[token.upperBound - 1] == 0x2E
  }

  private func isLabelAlone(_ galley: Galley, _ block: BlockDraft) -> Bool {
    guard block.lines.count == 1 else { return false }
    let range = galley.lines[block.lines[0]].range
    guard let end = SectionNumber.label(galley.text, range, galley.knowledge.divisions) else { return false }
    return galley.text[end..<range.upperBound].allSatisfy { Numerals.isEdge($0) }
  }

  private func style(_ line: Line) -> Style {
    line.capitalShare > 0.8 ? .capitals : line.titleShare > 0.7 ? .title : .runIn
  }
}
