/// Finds lines that come again at the same place on pages near by: running heads and feet.
///
/// Pages up to eight away are compared, so that heads of facing pages and of single sections are found;
/// likeness is one minus the edit distance, so that misread heads are. Equal lines are known by their number
/// among the distinct ones, and each pair of unlike ones is compared once a document.
struct RunningHeads: SegmentationStep {
  static let reach = 8
  static let likeness = 0.7
  static let longest = 130
  static let shortestCore = 4

  func apply(to galley: inout Galley) {
    var comparison = Comparison(galley)
    for page in galley.edges.indices {
      for edge in galley.edges[page].indices {
        galley.edges[page][edge].matches = comparison.matches(galley, page, edge)
      }
    }
  }
}

extension RunningHeads {
  /// The edge lines as plain numbers.
  private struct Candidate {
    /// Index into `letters`; -1 for a line that is no candidate.
    var core: Int
    var isTop: Bool
    var isLabel: Bool
    var rank: Int
  }

  private struct Comparison {
    private var pages: [Range<Int>] = []
    private var candidates: [Candidate] = []
    /// The distinct cores.
    private var letters: [[UInt8]] = []
    private var alike: [UInt64: Bool] = [:]

    init(_ galley: Galley) {
      var known: [[UInt8]: Int] = [:]
      for edges in galley.edges {
        let start = candidates.count
        for edge in edges {
          var core = -1
          if edge.core.count >= RunningHeads.shortestCore,
            !galley.lines[edge.line].flags.contains(.leaders)
          {
            core = known[edge.core] ?? letters.count
            if core == letters.count {
              known[edge.core] = core
              letters.append(edge.core)
            }
          }
          candidates.append(
            Candidate(core: core, isTop: edge.isTop, isLabel: edge.isLabel, rank: edge.rank))
        }
        pages.append(start..<candidates.count)
      }
    }

    mutating func matches(_ galley: Galley, _ page: Int, _ edge: Int) -> [(page: Int, edge: Int)] {
      let wanted = candidates[pages[page].lowerBound + edge]
      let line = galley.lines[galley.edges[page][edge].line]
      guard wanted.core >= 0, line.width <= RunningHeads.longest, !line.flags.contains(.leaders)
      else {
        return []
      }
      if !wanted.isTop, RunningHeads.isNote(galley, line) { return [] }
      var out: [(page: Int, edge: Int)] = []
      for other in near(page) where other != page {
        let found = pages[other].first { index in
          let candidate = candidates[index]
          return candidate.core >= 0 && candidate.isTop == wanted.isTop
            && abs(candidate.rank - wanted.rank) <= 1
            && (candidate.core == wanted.core
              || (!wanted.isLabel && !candidate.isLabel && isAlike(wanted.core, candidate.core)))
        }
        if let found { out.append((other, found - pages[other].lowerBound)) }
      }
      return out.isEmpty && mayBeTurned(galley, page, wanted) ? turned(page, wanted) : out
    }

    private func near(_ page: Int) -> Range<Int> {
      max(0, page - RunningHeads.reach)..<min(pages.count, page + RunningHeads.reach + 1)
    }

    private mutating func isAlike(_ a: Int, _ b: Int) -> Bool {
      let (x, y) = (letters[a], letters[b])
      // Most pairs differ so much in length that nothing need be remembered.
      let (shorter, longer) = (min(x.count, y.count), max(x.count, y.count))
      if Double(shorter) < RunningHeads.likeness * Double(longer) { return false }
      let key = UInt64(min(a, b)) << 32 | UInt64(max(a, b))
      if let known = alike[key] { return known }
      let isAlike =
        EditDistance.similarity(x[...], y[...], atLeast: RunningHeads.likeness) >= RunningHeads.likeness
      alike[key] = isAlike
      return isAlike
    }

    // MARK: Pages set sideways

    /// On a page set sideways the head comes at the foot, next to the page number.
    private func mayBeTurned(_ galley: Galley, _ page: Int, _ line: Candidate) -> Bool {
      !line.isTop && letters[line.core].count >= 12
        && galley.edges[page].contains { !$0.isTop && $0.rank < line.rank && $0.bare != nil }
    }

    private func turned(_ page: Int, _ line: Candidate) -> [(page: Int, edge: Int)] {
      near(page).compactMap { other in
        guard other != page,
          let found = pages[other].first(where: { candidates[$0].isTop && candidates[$0].core == line.core })
        else { return nil }
        return (other, found - pages[other].lowerBound)
      }
    }
  }

  /// "6 Ibid., p. 55." comes again at the foot of many pages and is no running foot.
  static func isNote(_ galley: Galley, _ line: Line) -> Bool {
    guard line.endsSentence, line.digits > 0 || Glyphs.isNoteSign(line.first) else { return false }
    return NoteMark.number(galley.text, line) != nil || NoteMark.sign(galley.text, line) != nil
      || NoteCues.has(galley.text, line)
  }
}
