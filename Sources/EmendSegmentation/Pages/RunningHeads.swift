/// Finds lines that come again at the same place on pages near by: running heads and feet.
///
/// Pages up to eight away are compared, so that heads of facing pages and of single sections are found;
/// likeness is one minus the edit distance, so that misread heads are.
struct RunningHeads: SegmentationStep {
  static let reach = 8
  static let likeness = 0.7
  static let longest = 130
  static let shortestCore = 4

  func apply(to galley: inout Galley) {
    for page in galley.edges.indices {
      for edge in galley.edges[page].indices {
        galley.edges[page][edge].matches = matches(galley, page, edge)
      }
    }
  }

  /// "6 Ibid., p. 55." comes again at the foot of many pages and is no running foot.
  private static func isNote(_ galley: Galley, _ line: Line) -> Bool {
    guard line.endsSentence, line.digits > 0 || Glyphs.isNoteSign(line.first) else { return false }
    return NoteMark.number(galley.text, line) != nil || NoteMark.sign(galley.text, line) != nil
      || NoteCues.has(galley.text, line)
  }

  private func matches(_ galley: Galley, _ page: Int, _ edge: Int) -> [(page: Int, edge: Int)] {
    let line = galley.edges[page][edge]
    guard line.core.count >= Self.shortestCore, galley.lines[line.line].width <= Self.longest else {
      return []
    }
    if !line.isTop, Self.isNote(galley, galley.lines[line.line]) { return [] }
    var out: [(page: Int, edge: Int)] = []
    for other in max(0, page - Self.reach)..<min(galley.edges.count, page + Self.reach + 1)
    where other != page {
      let found = galley.edges[other].firstIndex { candidate in
        candidate.side == line.side && abs(candidate.rank - line.rank) <= 1
          && candidate.core.count >= Self.shortestCore
          && (candidate.core == line.core
            || EditDistance.similarity(line.core[...], candidate.core[...], atLeast: Self.likeness)
              >= Self.likeness)
      }
      if let found { out.append((other, found)) }
    }
    return out
  }
}
