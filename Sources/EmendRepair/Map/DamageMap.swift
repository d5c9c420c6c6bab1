import FoundationEssentials

/// A document's proved damage: for each stand-in the ligatures it stands for, and how often.
struct DamageMap {
  struct Reading {
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
  /// Stand-ins without spaces that stand inside a word, in order, with their readings.
  let signs: [(signs: Form, readings: [Reading])]
  /// Ligatures that are dropped without a trace.
  let dropped: [Reading]
  /// Stand-ins that hold a space, and losses at the start of a word.
  let gaps: [StandIn: [Reading]]
  /// Whole occurrences of each ligature in known words.
  let intact: [Int]

  var isEmpty: Bool { pairs.isEmpty }

  /// Whether ligature code points stand for other ligatures than their own: a scanner's, not a font's.
  var misreadsCodes: Bool {
    signs.contains { sign in
      Glyph.isLigature(Glyph.scalar(sign.signs, 0))
        && sign.readings.contains { $0.letters != LigatureCode.letters(sign.signs) }
    }
  }

  init(_ election: Election, vocabulary: Vocabulary, knowledge: Knowledge) {
    pairs = election.pairs
    hasFamily = election.hasFamily
    explained = election.explained
    let ligatures = knowledge.damage.ligatures
    let intact = DamageMap.countIntact(vocabulary, knowledge)
    self.intact = intact
    var damaged = [Int](repeating: 0, count: ligatures.count)
    for pair in pairs { damaged[pair.ligature] += pair.tokens }
    var readings: [StandIn: [Reading]] = [:]
    for pair in pairs {
      let rate = (Double(pair.tokens) + 0.5) / (Double(damaged[pair.ligature] + intact[pair.ligature]) + 1)
      readings[pair.standIn, default: []].append(
        Reading(
          ligature: pair.ligature, letters: ligatures[pair.ligature].letters, logRate: log(rate),
          stems: pair.stems))
    }
    dropped = readings[StandIn(signs: [])] ?? []
    signs = readings.keys.filter { !$0.signs.isEmpty && !$0.hasSpace && !$0.startsWord }.sorted()
      .map { ($0.signs, readings[$0] ?? []) }
    gaps = readings.filter { $0.key.hasSpace || $0.key.startsWord }
  }

  /// Occurrences of each ligature in trusted words; fi and fl inside ffi and ffl are not counted.
  private static func countIntact(_ vocabulary: Vocabulary, _ knowledge: Knowledge) -> [Int] {
    let ligatures = knowledge.damage.ligatures.map(\.letters.folded)
    var counts = [Int](repeating: 0, count: ligatures.count)
    for id in 0..<vocabulary.table.count {
      let word = vocabulary.table[id]
      var holds: [Int] = []
      for (number, letters) in ligatures.enumerated() where word.find(letters) != nil {
        if letters == Form("fi".utf8) || letters == Form("fl".utf8), word.find([0x66] + letters) != nil {
          continue
        }
        if letters == Form("th".utf8), !word.hasPrefix(letters) { continue }
        holds.append(number)
      }
      if holds.isEmpty || knowledge.english.level(word) != .trusted { continue }
      for number in holds { counts[number] += Int(vocabulary.table.counts[id]) }
    }
    return counts
  }

  /// The readings of a sign, those of the most votes first.
  func readings(of signs: Form) -> [Reading] {
    self.signs.first { $0.signs == signs }?.readings ?? []
  }

  /// The most voted reading of a sign.
  func commonest(_ signs: Form) -> Reading? {
    readings(of: signs).max { $0.stems < $1.stems }
  }
}
