/// Which pairs of stand-in and ligature a document's votes prove.
///
/// Greedy cover: the pair with the strongest vote is accepted, the forms that it explains vote no more, and
/// the rest is counted again; so one stand-in may get several readings and one ligature several stand-ins.
/// A vote counts by stem, so that inflections of one word count once, and it must stand out from what
/// control pairs reach by chance (the shuffle test).
struct Election {
  /// A pair that was accepted.
  struct Pair {
    var standIn: StandIn
    var ligature: Int
    /// Number of its box among the ballots.
    var box: Int
    /// Distinct stems that voted, occurrences of the voting forms.
    var stems: Int
    var tokens: Int
    var chance: Double
    var examples: [(damaged: Form, reading: Form)]
  }

  private(set) var pairs: [Pair] = []
  /// Whether one of the f-ligatures is proved: its sisters then need less.
  private(set) var hasFamily = false
  /// Stand-ins of f-ligatures.
  private var familySigns: Set<StandIn> = []
  /// For each voting form the reading by which it was explained.
  private(set) var explained: [Form: Form] = [:]

  /// Stems from which an f-ligature counts as proved.
  private static let familyStems = 5

  init(_ ballots: Ballots, knowledge: Knowledge) {
    let ligatures = knowledge.damage.ligatures
    var isExplained = [Bool](repeating: false, count: ballots.voters.count)
    let stems = StemTable(ballots.voters)
    var accepted = Set<Int>()
    var boxes = ballots.boxes
    while true {
      var best: Candidate?
      // The most voted first, since no strength is more than the square of the votes; where two are as strong, the
      // one that comes first in the text.
      for candidate in candidates(boxes, accepted, isExplained, stems, ballots, knowledge) {
        var candidate = candidate
        let votes = Double(candidate.stems)
        if let best, votes * votes < best.strength { break }
        if !boxes[candidate.box].isComplete {
          boxes[candidate.box] = ballots.completed(boxes[candidate.box])
        }
        let box = boxes[candidate.box]
        let ligature = ligatures[candidate.ligature]
        let chance = box.chance(isExplained)
        var need = need(box.standIn, ligature, chance)
        if votes < need {
          let weight = stems.weight(candidate.left, chance)
          guard isSister(box.standIn, ligature, chance, weight: weight) else { continue }
          need = votes
        }
        candidate.strength = votes / need * votes
        candidate.chance = chance.mean * ligature.commonness
        if let best {
          let place = (box.place, candidate.ligature)
          let isStronger =
            candidate.strength > best.strength
            || candidate.strength == best.strength && place < (boxes[best.box].place, best.ligature)
          if !isStronger { continue }
        }
        best = candidate
      }
      guard let best else { break }
      accepted.insert(best.box * ligatures.count + best.ligature)
      let standIn = ballots.boxes[best.box].standIn
      let tokens = best.left.reduce(0) { $0 + Int(ballots.voters.counts[Int($1.voter)]) }
      let examples = best.left.sorted {
        (ballots.voters.counts[Int($1.voter)], $0.voter) < (ballots.voters.counts[Int($0.voter)], $1.voter)
      }.prefix(8).map { (BrokenForm.shown(ballots.voters[Int($0.voter)]), $0.reading) }
      pairs.append(
        Pair(
          standIn: standIn, ligature: best.ligature, box: best.box, stems: best.stems, tokens: tokens,
          chance: best.chance, examples: examples))
      if ligatures[best.ligature].isFamily {
        if best.stems >= Election.familyStems, !standIn.isLigatureCode { hasFamily = true }
        familySigns.insert(standIn)
      }
      for vote in best.left {
        explain(vote, standIn, ballots, &isExplained, knowledge.english)
      }
    }
  }

  /// The pairs whose votes might be enough if chance gave none, those with the most votes first.
  private func candidates(
    _ boxes: [Ballots.Box], _ accepted: Set<Int>, _ isExplained: [Bool], _ stems: StemTable,
    _ ballots: Ballots,
    _ knowledge: Knowledge
  ) -> [Candidate] {
    let ligatures = knowledge.damage.ligatures
    var result: [Candidate] = []
    for (number, box) in boxes.enumerated() {
      for ligature in ligatures.indices where !box.votes[ligature].isEmpty {
        if accepted.contains(number * ligatures.count + ligature) { continue }
        let left = box.votes[ligature].filter { !isExplained[Int($0.voter)] }
        if left.isEmpty { continue }
        let count = stems.distinct(left)
        let none = Ballots.Chance()
        guard
          Double(count) >= need(box.standIn, ligatures[ligature], none)
            || isSister(box.standIn, ligatures[ligature], none, weight: Double(count))
        else { continue }
        if box.standIn.signs.isAllLetters, box.standIn.signs.startsUpper,
          !Election.provesCapital(box, left, all: box.votes[ligature], voters: ballots.voters)
        {
          continue
        }
        result.append(
          Candidate(strength: 0, box: number, ligature: ligature, left: left, stems: count, chance: 0))
      }
    }
    return result.sorted { ($1.stems, $0.box, $0.ligature) < ($0.stems, $1.box, $1.ligature) }
  }

  private struct Candidate {
    var strength: Double
    var box: Int
    var ligature: Int
    var left: [Ballots.Vote]
    var stems: Int
    var chance: Double
  }

  /// Stems that a pair needs on its own.
  private func need(
    _ standIn: StandIn, _ ligature: DamageLexicon.Ligature, _ chance: Ballots.Chance
  ) -> Double {
    let (mean, high) = (chance.mean, chance.high)
    let isF = standIn.signs == [0x66]
    let small = standIn.isSmallLetters && !(isF && ligature.isFamily)
    let isBlank = standIn.edge == .none && standIn.signs.count <= 2 && standIn.isBlank
    let odd = !isBlank && !small
    if standIn.isLigatureCode, ligature.letters == LigatureCode.letters(standIn.signs) { return 1 }
    var need = odd ? 3 + 2 * mean : 4 + 3 * mean
    // A sign that no font has inside words speaks for itself.
    let isUnheardOf = standIn.isStrange && standIn.edge == .none
    if !ligature.isFamily {
      need = isUnheardOf ? max(3 + 2 * mean * ligature.commonness, high + 2) : max(need + 2, high * 1.5 + 2)
    }
    if ligature.letters[0] == 0x54, hasFamily, let first = standIn.signs.first, first != 0x20,
      !standIn.signs.isAllLetters, !Glyph.isDigit(UInt32(first)), !standIn.startsWithOrdinaryMark
    {
      need = 2
    }
    if small { need = max(need, high + 3, 5) }
    if standIn.signs.isEmpty {
      need = ligature.isFamily ? max(3, high + 1) : max(need, high * 1.2 + 2, 9)
    } else if standIn.signs == [0x20] {
      need = ligature.isFamily ? max(3, high + 1) : max(need, high + 1)
    }
    if standIn.signs.last == 0x20, BrokenWord.halves.contains(where: { standIn.signs.hasPrefix($0.kept) }),
      standIn.signs.first == 0x66
    {
      need = 3
    }
    // Where gaps stand for ligatures, what looks dropped is such a gap at the start of a line ("of-⏎ cers").
    if standIn.signs.isEmpty, hasGaps { need = max(need, Election.leastBesideGaps) }
    return need
  }

  /// Whether a gap stands for an f-ligature.
  private var hasGaps: Bool { familySigns.contains { $0.isBlank && $0.hasSpace } }
  /// Stems that a dropped ligature needs in a document whose gaps stand for ligatures.
  private static let leastBesideGaps = 6.0

  /// Whether a pair is proved beside the other f-ligatures of its font, which are lost together: by the
  /// weight of its votes, in which a form counts the less the more control pairs would make it a word, over
  /// what chance would give.
  private func isSister(
    _ standIn: StandIn, _ ligature: DamageLexicon.Ligature, _ chance: Ballots.Chance, weight: Double
  ) -> Bool {
    guard hasFamily, ligature.isFamily, !(standIn.signs.isEmpty && hasGaps) else { return false }
    let expected = chance.meanWeight * ligature.commonness
    // The same sign stands for one of them already; what a gap shows inside words holds at their ends too.
    let isProved = familySigns.contains {
      $0 == standIn || standIn.edge != .none && $0.isBlank && $0.hasSpace
    }
    if standIn.isSmallLetters && standIn.signs != [0x66] {
      let small = pairs.filter { $0.standIn.isSmallLetters }
      guard small.count >= 2 || small.contains(where: { $0.stems >= 8 }) else { return false }
      return weight >= 1.9 + 3 * expected
    }
    if standIn.isBlank || standIn.signs.first == 0x66 {
      return weight >= (isProved ? 0.9 : 1.9) + 3 * expected
    }
    if standIn.startsWithOrdinaryMark { return weight >= (isProved ? 0.9 : 2.9) + 2 * expected }
    return weight >= (isProved ? 0.4 : 0.9) + 2 * expected
  }

  /// A capital counts only with one vote in mid-word and one reading of four letters.
  private static func provesCapital(
    _ box: Ballots.Box, _ left: [Ballots.Vote], all: [Ballots.Vote], voters: FormTable
  ) -> Bool {
    guard left.contains(where: { $0.reading.count >= 4 }) else { return false }
    let signs = box.standIn.signs
    return all.contains { vote in
      let form = voters[Int(vote.voter)]
      var from = 0
      while let at = form.find(signs, from: from) {
        if at > 0, Glyph.isLower(Glyph.scalar(form, Glyph.start(form, before: at))) { return true }
        from = at + signs.count
      }
      return false
    }
  }

  private mutating func explain(
    _ vote: Ballots.Vote, _ standIn: StandIn, _ ballots: Ballots, _ isExplained: inout [Bool],
    _ english: English
  ) {
    let form = ballots.voters[Int(vote.voter)]
    isExplained[Int(vote.voter)] = true
    explained[form] = explained[form] ?? vote.reading
    func explainAlso(_ part: Form) {
      if let id = ballots.voters.id(part) { isExplained[id] = true }
    }
    if form.contains(1) {
      // Parts of a word with a gap vote no more, if they are no words.
      let parts = form.split(separator: 1).map(Form.init)
      for part in [parts.first, parts.last] {
        let letters = (part ?? []).filter { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 >= 0x80 }
        if english.level(letters) == .unknown { explainAlso(letters) }
      }
    } else if !standIn.signs.isEmpty {
      // Once `"rst` is explained, "rst" alone must not be explained again.
      if form.hasPrefix(standIn.signs) { explainAlso(Form(form.dropFirst(standIn.signs.count))) }
      if form.hasSuffix(standIn.signs) { explainAlso(Form(form.dropLast(standIn.signs.count))) }
    }
  }
}

/// A voting form with a gap, as people write it.
enum BrokenForm {
  static func shown(_ form: Form) -> Form { form.filter { $0 != 1 } }
}

/// Inflections of one word share a stem.
private struct StemTable {
  private static let endings = [
    "ation", "ations", "ing", "ed", "es", "s", "ly", "ment", "ments", "er", "ers", "ive", "ally", "al",
    "able", "ant",
    "antly", "ance",
  ].map { Form($0.utf8) }.sorted { $0.count > $1.count }

  private let stem: [Int32]

  init(_ voters: FormTable) {
    var stems = FormTable(capacity: voters.count)
    stem = (0..<voters.count).map { id in
      var form = voters[id].folded
      if let ending = StemTable.endings.first(where: { form.hasSuffix($0) }) { form.removeLast(ending.count) }
      return Int32(stems.intern(form))
    }
  }

  func distinct(_ votes: [Ballots.Vote]) -> Int {
    if votes.count < 2 { return votes.count }
    return Set(votes.map { stem[Int($0.voter)] }).count
  }

  /// The weight of votes, of each stem the heaviest one.
  func weight(_ votes: [Ballots.Vote], _ chance: Ballots.Chance) -> Double {
    var heaviest: [Int32: Double] = [:]
    for vote in votes {
      let own = stem[Int(vote.voter)]
      heaviest[own] = max(heaviest[own] ?? 0, chance.weight(vote.voter))
    }
    // Summed in an order of its own: sums of floating numbers depend on it.
    return heaviest.values.sorted().reduce(0, +)
  }
}

/// The ligatures with code points of their own.
enum LigatureCode {
  /// Bytes of each of them.
  static let length = 3

  static func letters(_ signs: Form) -> Form {
    guard signs.count == length, signs[0] == 0xEF, signs[1] == 0xAC else { return [] }
    switch signs[2] {
    case 0x80: return Form("ff".utf8)
    case 0x81: return Form("fi".utf8)
    case 0x82: return Form("fl".utf8)
    case 0x83: return Form("ffi".utf8)
    case 0x84: return Form("ffl".utf8)
    case 0x85, 0x86: return Form("st".utf8)
    default: return []
    }
  }
}
