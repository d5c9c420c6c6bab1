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
    /// How often each letter stands in them, by the lower five bits of the letter.
    private var tallies: [UInt8] = []
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
              tallies.append(contentsOf: repeatElement(0, count: 32))
              for letter in edge.core { tallies[core * 32 + Int(letter & 31)] += 1 }
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
        for index in pages[other] {
          let candidate = candidates[index]
          guard candidate.core >= 0, candidate.isTop == wanted.isTop, abs(candidate.rank - wanted.rank) <= 1,
            candidate.core == wanted.core
              || (!wanted.isLabel && !candidate.isLabel && isAlike(wanted.core, candidate.core))
          else { continue }
          out.append((other, index - pages[other].lowerBound))
          break
        }
      }
      return out.isEmpty && mayBeTurned(galley, page, wanted) ? turned(page, wanted) : out
    }

    private func near(_ page: Int) -> Range<Int> {
      max(0, page - RunningHeads.reach)..<min(pages.count, page + RunningHeads.reach + 1)
    }

    private mutating func isAlike(_ a: Int, _ b: Int) -> Bool {
      // Most pairs differ so much in length or letters that nothing need be remembered.
      let (x, y) = (letters[a].count, letters[b].count)
      let (shorter, longer) = (min(x, y), max(x, y))
      if Double(shorter) < RunningHeads.likeness * Double(longer) { return false }
      let surplus = surplus(a, b)
      // What one has more than the other, less what it has fewer, is the difference in length.
      if max(surplus, surplus - (x - y)) > Int((1 - RunningHeads.likeness) * Double(longer) + 0.0001) {
        return false
      }
      let key = UInt64(min(a, b)) << 32 | UInt64(max(a, b))
      if let known = alike[key] { return known }
      let isAlike =
        EditDistance.similarity(letters[a][...], letters[b][...], atLeast: RunningHeads.likeness)
        >= RunningHeads.likeness
      alike[key] = isAlike
      return isAlike
    }

    /// How many letters one core has more than the other.
    private func surplus(_ a: Int, _ b: Int) -> Int {
      tallies.withUnsafeBufferPointer { tallies in
        var sum: UInt8 = 0
        for letter in 0..<32 {
          let (x, y) = (tallies[a &* 32 &+ letter], tallies[b &* 32 &+ letter])
          sum &+= x > y ? x &- y : 0
        }
        return Int(sum)
      }
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
