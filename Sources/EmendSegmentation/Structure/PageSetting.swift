/// How each page is set: single or double spaced, where its margin is, how long its full lines are.
struct PageSetting: SegmentationStep {
  func apply(to galley: inout Galley) {
    normalGaps(&galley)
    for page in galley.pages.indices {
      let lines = galley.lines[galley.pages[page].lines]
      galley.pages[page].margin = margin(lines, galley.measure)
      var widths = Widths()
      for line in lines where line.kind == .body { widths.insert(line.width) }
      galley.pages[page].fullWidth =
        widths.count < 8 ? galley.measure : widths.reached(by: 6) ?? galley.measure
    }
  }

  /// Votes of the lines that visibly run on (a hyphen before, a small letter after).
  private func normalGaps(_ galley: inout Galley) {
    var votes = [(single: Int, double: Int)](repeating: (0, 0), count: galley.pages.count)
    for page in galley.pages.indices {
      var before: Line?
      for index in galley.pages[page].lines where galley.lines[index].kind == .body {
        let line = galley.lines[index]
        if let before, Double(before.width) > 0.6 * Double(galley.measure),
          before.endsHyphen || (!before.endsSentence && before.last != 0x3A && line.startsSmall)
        {
          if line.gapBefore == 0 {
            votes[page].single += 1
          } else if line.gapBefore == 1 {
            votes[page].double += 1
          }
        }
        before = line
      }
    }
    let single = votes.reduce(0) { $0 + $1.single }
    let double = votes.reduce(0) { $0 + $1.double }
    let usual = double > single && double >= 3 ? 1 : 0
    for page in votes.indices {
      var vote = votes[page]
      if vote.single + vote.double < 4 {
        vote = (0, 0)
        for near in max(0, page - 1)..<min(votes.count, page + 2) {
          vote.single += votes[near].single
          vote.double += votes[near].double
        }
      }
      galley.pages[page].normalGap =
        vote.single + vote.double < 3 ? usual : vote.double > vote.single ? 1 : 0
    }
  }

  private func margin(_ lines: ArraySlice<Line>, _ measure: Int) -> Int {
    var counts = [Int](repeating: 0, count: 128)
    for line in lines where line.kind == .body && Double(line.width) > 0.6 * Double(measure) {
      counts[min(line.indent, 127)] += 1
    }
    guard let most = counts.max(), most > 0 else { return lines.map(\.indent).min() ?? 0 }
    return counts.firstIndex(of: most) ?? 0
  }
}
