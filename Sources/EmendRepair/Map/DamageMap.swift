/// A document's proved damage: for each stand-in the ligatures it stands for, and how often.
///
/// Where the evidence differs from page to page, each zone of pages has its own map: the same pairs, with the
/// rates that they have there (`rated`).
struct DamageMap {
  struct Reading {
    /// Number of the pair among `pairs`.
    var pair: Int
    var ligature: Int
    var letters: Form
    /// Log share of the ligature's occurrences that this stand-in takes.
    var logRate: Double
    var stems: Int
  }

  let pairs: [Election.Pair]
  let hasFamily: Bool
  /// Readings that votes proved, by damaged form.
  let explained: [Form: Form]
  /// Whole occurrences of each ligature in known words.
  let intact: [Int]
  /// Stand-ins without spaces that stand inside a word, in order, with their readings.
  private(set) var signs: [(signs: Form, readings: [Reading])] = []
  /// Ligatures that are dropped without a trace.
  private(set) var dropped: [Reading] = []
  /// Stand-ins that hold a space, and losses at either end of a word.
  private(set) var gaps: [StandIn: [Reading]] = [:]

  var isEmpty: Bool { pairs.isEmpty }

  /// Whether ligature code points stand for other ligatures than their own: a scanner's, not a font's.
  var misreadsCodes: Bool {
    signs.contains { sign in
      Glyph.isLigature(Glyph.scalar(sign.signs, 0))
        && sign.readings.contains { $0.letters != LigatureCode.letters(sign.signs) }
    }
  }

  /// Whether ligature code points stand for their own ligatures: words prove it.
  var readsCodes: Bool {
    signs.contains { sign in
      Glyph.isLigature(Glyph.scalar(sign.signs, 0))
        && sign.readings.contains { $0.letters == LigatureCode.letters(sign.signs) }
    }
  }

  init(_ election: Election, _ ballots: Ballots, vocabulary: Vocabulary, knowledge: Knowledge) {
    pairs = election.pairs
    hasFamily = election.hasFamily
    explained = election.explained
    intact = pairs.isEmpty ? [] : WholeLigatures.count(vocabulary, knowledge)
    let rates = DamageRates.learn(pairs, ballots, intact: intact, vocabulary, knowledge)
    fill(rates, knowledge)
  }

  /// The same map with other rates; a pair whose rate is nil does not hold.
  func rated(_ rates: [Double?], _ knowledge: Knowledge) -> DamageMap {
    var map = self
    map.fill(rates, knowledge)
    return map
  }

  private mutating func fill(_ rates: [Double?], _ knowledge: Knowledge) {
    let ligatures = knowledge.damage.ligatures
    var readings: [StandIn: [Reading]] = [:]
    for (number, pair) in pairs.enumerated() {
      guard let rate = rates[number] else { continue }
      readings[pair.standIn, default: []].append(
        Reading(
          pair: number, ligature: pair.ligature, letters: ligatures[pair.ligature].letters,
          logRate: log(rate),
          stems: pair.stems))
    }
    dropped = readings[StandIn(signs: [])] ?? []
    signs = readings.keys.filter { !$0.signs.isEmpty && !$0.hasSpace && $0.edge == .none }.sorted()
      .map { ($0.signs, readings[$0] ?? []) }
    gaps = readings.filter { $0.key.hasSpace || $0.key.edge != .none }
  }

  /// The readings of a sign, in the order in which they were accepted.
  func readings(of signs: Form) -> [Reading] {
    self.signs.first { $0.signs == signs }?.readings ?? []
  }

  /// The most voted reading of a sign.
  func commonest(_ signs: Form) -> Reading? {
    readings(of: signs).max { $0.stems < $1.stems }
  }

  /// The pair behind a change of `old` to `new`, the first that fits. "f␣→ffi" is written as " " → "fi": what
  /// both sides share is not changed.
  func pair(of old: Form, _ new: Form, _ knowledge: Knowledge) -> Int? {
    pairs.firstIndex { pair in
      let letters = knowledge.damage.ligatures[pair.ligature].letters
      let signs = pair.standIn.signs
      // Of a wide gap one space stays.
      if pair.standIn.edge != .none { return letters == new && !old.isEmpty && old.allSatisfy { $0 == 0x20 } }
      if signs == old && letters == new { return true }
      guard signs.count > old.count, signs.hasSuffix(old) else { return false }
      let kept = Form(signs.dropLast(old.count))
      return letters.hasPrefix(kept) && letters.dropFirst(kept.count).elementsEqual(new)
    }
  }
}

/// Whole occurrences of the ligatures in trusted words; fi and fl inside ffi and ffl are not counted.
enum WholeLigatures {
  /// For a word in small letters the ligatures that it holds.
  static func held(by word: Form, _ knowledge: Knowledge) -> [Int] {
    var held: [Int] = []
    for (number, ligature) in knowledge.damage.ligatures.enumerated() {
      let letters = ligature.letters.folded
      guard let at = word.find(letters) else { continue }
      // The Th of a word's start, and no fi or fl whose f is an ffi's or ffl's.
      if ligature.letters != letters, at > 0 { continue }
      if letters == Form("fi".utf8) || letters == Form("fl".utf8), word.find([0x66] + letters) != nil {
        continue
      }
      held.append(number)
    }
    if held.isEmpty || knowledge.english.level(word) != .trusted { return [] }
    return held
  }

  static func count(_ vocabulary: Vocabulary, _ knowledge: Knowledge) -> [Int] {
    var counts = [Int](repeating: 0, count: knowledge.damage.ligatures.count)
    for id in 0..<vocabulary.table.count {
      for number in held(by: vocabulary.table[id], knowledge) {
        counts[number] += Int(vocabulary.table.counts[id])
      }
    }
    return counts
  }
}
