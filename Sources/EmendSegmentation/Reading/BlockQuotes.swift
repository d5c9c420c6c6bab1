import EmendModel

/// Knows block quotes: set in from the margin, or, where the page shows no indents, a paragraph in
/// narrower lines after a colon or comma.
struct BlockQuotes: SegmentationStep {
  func apply(to galley: inout Galley) {
    let marked = galley.transcript.scan.source.format == .markdown
    for place in galley.blocks.indices where galley.blocks[place].kind == .paragraph {
      let lines = galley.blocks[place].lines
      let first = galley.lines[lines[0]]
      if marked {
        if galley.transcript.scan.lines[first.index].layout.quoteDepth > 0 {
          galley.blocks[place].kind = .blockQuote
        }
        continue
      }
      if ListMark.opens(galley.text, first)
        || galley.transcript.scan.lines[first.index].layout.listMark != nil
      {
        galley.blocks[place].kind = .listItem
        continue
      }
      guard lines.count >= 2 else { continue }
      if isSetIn(galley, lines) {
        galley.blocks[place].kind = .blockQuote
        continue
      }
      guard place > 0, galley.blocks[place - 1].kind == .paragraph, first.gapBefore >= 1,
        let before = galley.blocks[place - 1].lines.last.map({ galley.lines[$0] }),
        [0x3A, 0x2C, 0x2014].contains(before.last)
      else { continue }
      if narrowness(galley, lines, galley.blocks[place - 1].lines, before) >= 3 {
        galley.blocks[place].kind = .blockQuote
      }
    }
  }

  /// Columns by which the first line of a quotation may stand further in than the others.
  static let deepestFirst = 10

  /// Every line three columns in, flush with one another, and prose.
  private func isSetIn(_ galley: Galley, _ lines: [Int]) -> Bool {
    func inset(_ index: Int) -> Int {
      galley.lines[index].indent - galley.pages[galley.lines[index].page].margin
    }
    guard lines.allSatisfy({ inset($0) >= 3 }) else { return false }
    let rest = lines.dropFirst().lazy.map(inset)
    guard let least = rest.min(), let most = rest.max() else { return false }
    let words = lines.reduce(0) { $0 + galley.lines[$1].functionWords }
    // Lines in the middle of the measure are no quotation: only its first line may stand further in than the others.
    let first = inset(lines[0])
    return first >= least - 2 && first <= most + Self.deepestFirst && most - least <= 2
      && words >= lines.count
      && lines.dropLast().allSatisfy { galley.lines[$0].words >= 4 }
  }

  private func narrowness(_ galley: Galley, _ lines: [Int], _ before: [Int], _ last: Line) -> Int {
    let full = mean(galley, lines.dropLast())
    let usual = before.count > 2 ? mean(galley, before.dropLast()) : 0.95 * Double(galley.measure)
    let first = galley.lines[lines[0]].first
    return (full < 0.97 * usual ? 1 : 0) + (full < 0.92 * usual ? 1 : 0) + (last.last == 0x3A ? 1 : 0)
      + (Glyphs.isLower(first) ? 1 : 0) + (Glyphs.isQuote(first) ? 1 : 0)
  }

  private func mean(_ galley: Galley, _ lines: ArraySlice<Int>) -> Double {
    lines.isEmpty ? 0 : Double(lines.reduce(0) { $0 + galley.lines[$1].width }) / Double(lines.count)
  }
}
