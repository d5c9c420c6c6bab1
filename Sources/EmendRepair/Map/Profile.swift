import EmendModel

/// Counts how often each pattern was applied, and writes the evidence of each edit.
struct Profile {
  private var patterns: [Pattern] = []
  private let map: DamageMap
  private let counts: LeafCounts
  private let knowledge: Knowledge
  private let refused: Set<String>
  private let accepted: Set<String>

  private struct Pattern {
    var pair: Int
    var leaves: Range<Int>
    var row: DamagePattern
  }

  /// More runs than this are told as one pattern of the whole document.
  private static let mostRuns = 4

  init(
    _ map: DamageMap, _ zones: PageZones, _ counts: LeafCounts, _ knowledge: Knowledge, decisions: Decisions,
    isPaged: Bool
  ) {
    (self.map, self.counts, self.knowledge) = (map, counts, knowledge)
    refused = decisions.refusedPatterns
    accepted = decisions.acceptedPatterns
    let leaves = counts.whole.first?.count ?? 0
    for (number, pair) in map.pairs.enumerated() {
      var runs = zones.runs(of: number)
      let isParted = isPaged && runs.count <= Profile.mostRuns && runs != [0..<leaves] && !runs.isEmpty
      if !isParted { runs = [0..<leaves] }
      for run in runs {
        patterns.append(
          Pattern(
            pair: number, leaves: run,
            row: DamagePattern(
              standIn: pair.standIn.edge == .none ? pair.standIn.signs.text : " ",
              reading: knowledge.damage.ligatures[pair.ligature].letters.text, votes: pair.stems,
              examples: pair.examples.map { $0.damaged.text + " → " + $0.reading.text },
              confidence: Profile.confidence(pair), pages: isParted ? run : nil)))
      }
    }
  }

  /// Stems beyond what chance gives, each worth a factor of e.
  private static func confidence(_ pair: Election.Pair) -> Double {
    1 / (1 + exp(2 * pair.chance - Double(pair.stems)))
  }

  /// The edits with the pattern behind each named in its evidence, and those of refused patterns left out.
  mutating func note(_ edits: [Edit], in text: [UInt8], _ leaves: Leaves) -> [Edit] {
    var result: [Edit] = []
    result.reserveCapacity(edits.count)
    // What a pattern says of itself, alone and before the evidence of an edit.
    let names = patterns.map { Profile.name($0.row) }
    let own = zip(patterns, names).map { Profile.votes($0.row, $1) }
    var evidence = patterns.map { _ in [String: String]() }
    var pairs = PairMemory()
    for var edit in edits {
      let leaf = leaves.leaf(at: edit.range.lowerBound)
      let pair = pairs.pair(of: text[edit.range], edit.reading, map, knowledge)
      guard let pair,
        let index = patterns.firstIndex(where: { $0.pair == pair && $0.leaves.contains(leaf) })
          ?? patterns.firstIndex(where: { $0.pair == pair })
      else {
        if edit.evidence.isEmpty { edit.evidence = "by the document's damage map" }
        result.append(edit)
        continue
      }
      if edit.range.count == LigatureCode.length || edit.reading.isEmpty,
        LigatureCode.letters(Form(text[edit.range])) == edit.reading
      {
        edit.kind = .ligatureCodePoint
      }
      if refused.contains(names[index]) { continue }
      if accepted.contains(names[index]) { edit.confidence = max(edit.confidence, Draft.sure) }
      if edit.confidence >= Draft.sure { patterns[index].row.applied += 1 }
      if edit.evidence.isEmpty {
        edit.evidence = own[index]
      } else if let known = evidence[index][edit.evidence] {
        edit.evidence = known
      } else {
        let whole = own[index] + "; " + edit.evidence
        evidence[index][edit.evidence] = whole
        edit.evidence = whole
      }
      result.append(edit)
    }
    return result
  }

  /// "27 distinct words vote A→fi on page 3"
  private static func votes(_ pattern: DamagePattern, _ name: String) -> String {
    let words = pattern.votes == 1 ? "1 distinct word votes" : "\(pattern.votes) distinct words vote"
    return "\(words) \(name)\(shown(pattern.pages))"
  }

  /// The pairs behind the changes seen so far, of which a document has few different ones.
  private struct PairMemory {
    private var known: [(old: Form, new: Form, pair: Int?)] = []
    private static let most = 32

    mutating func pair(
      of old: ArraySlice<UInt8>, _ new: Form, _ map: DamageMap, _ knowledge: Knowledge
    ) -> Int? {
      for change in known where change.new == new && change.old.elementsEqual(old) { return change.pair }
      let pair = map.pair(of: Form(old), new, knowledge)
      if known.count < PairMemory.most { known.append((Form(old), new, pair)) }
      return pair
    }
  }

  private static func shown(_ pages: Range<Int>?) -> String {
    guard let pages else { return "" }
    return pages.count == 1
      ? " on page \(pages.upperBound)" : " on pages \(pages.lowerBound + 1)–\(pages.upperBound)"
  }

  /// The patterns with the share of each ligature's occurrences that they damaged in the end, strongest first.
  func finished() -> [DamagePattern] {
    patterns.map { pattern in
      let ligature = map.pairs[pattern.pair].ligature
      var row = pattern.row
      // Of several stand-ins for one ligature each has its share.
      let damaged = patterns.reduce(0) { sum, other in
        let isSame = map.pairs[other.pair].ligature == ligature && other.leaves.overlaps(pattern.leaves)
        return sum + (isSame ? other.row.applied : 0)
      }
      let whole = counts.whole[ligature][pattern.leaves].reduce(0, +)
      let all = Double(damaged) + whole
      row.rate = all == 0 ? 0 : Double(row.applied) / all
      return row
    }.sorted {
      ($1.votes, $0.standIn, $0.reading, $0.pages?.lowerBound ?? 0)
        < ($0.votes, $1.standIn, $1.reading, $1.pages?.lowerBound ?? 0)
    }
  }

  /// "A→fi"; a gap is shown as ␣, nothing as ∅.
  static func name(_ pattern: DamagePattern) -> String {
    StandIn(signs: Form(pattern.standIn.utf8)).shown + "→" + pattern.reading
  }
}
