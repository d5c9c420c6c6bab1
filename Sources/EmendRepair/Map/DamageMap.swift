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
    var group: LetterGroup
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

  /// Whether a dropped ligature, put back, may make a conspicuous sign of the map where there was none.
  private(set) var insertionsMakeSigns = false

  var isEmpty: Bool { pairs.isEmpty }

  /// Whether a stand-in is no small letter: what is left of it shows.
  static func isConspicuous(_ signs: Form) -> Bool {
    let first = Glyph.scalar(signs, 0)
    return !signs.isAllLetters || Glyph.isUpper(first) || first >= 0x80
  }

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
    intact =
      pairs.isEmpty
      ? []
      : WholeLigatures(knowledge).count(vocabulary, ligatures: knowledge.damage.ligatures.count)
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
          group: ligatures[pair.ligature].group, logRate: log(rate),
          stems: pair.stems))
    }
    dropped = readings[StandIn(signs: [])] ?? []
    signs = readings.keys.filter { !$0.signs.isEmpty && !$0.hasSpace && $0.edge == .none }.sorted()
      .map { ($0.signs, readings[$0] ?? []) }
    insertionsMakeSigns = signs.contains { sign in
      DamageMap.isConspicuous(sign.signs)
        && dropped.contains { reading in reading.letters.contains { sign.signs.contains($0) } }
    }
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
struct WholeLigatures {
  /// Numbers of ligatures as bits.
  typealias Held = UInt64

  /// A ligature in small letters, as the last bytes of a word read so far would show it.
  private struct Pattern {
    var number: Int
    var key: UInt64
    var mask: UInt64
    var count: Int
    /// "Th" stands at the start of a word only.
    var opensWord: Bool
  }

  private let english: English
  private let patterns: [Pattern]
  /// The lower six bits of the letters in which ligatures end, as bits.
  private let lastLetters: UInt64
  /// For fi and fl the patterns of ffi and ffl, which hide them.
  private let hiding: [(hidden: Held, key: UInt64)]

  init(_ knowledge: Knowledge) {
    english = knowledge.english
    var patterns: [Pattern] = []
    var hiding: [(hidden: Held, key: UInt64)] = []
    // Bits for more ligatures than any font has.
    for (number, ligature) in knowledge.damage.ligatures.enumerated() where number < Held.bitWidth {
      let count = ligature.folded.count
      let key = (0..<count).reduce(UInt64(0)) { $0 << 8 | UInt64(ligature.folded[$1]) }
      let mask = count == 8 ? UInt64.max : 1 << UInt64(count * 8) - 1
      patterns.append(
        Pattern(
          number: number, key: key, mask: mask, count: count, opensWord: ligature.folded != ligature.group))
      if count == 2, key == 0x6669 || key == 0x666C { hiding.append((1 << number, 0x66_0000 | key)) }
    }
    (self.patterns, self.hiding) = (patterns, hiding)
    lastLetters = patterns.reduce(0) { $0 | 1 << ($1.key & 63) }
  }

  /// The ligatures that some letters hold, in small letters, be they a word or not.
  func lettersHeld(by word: UnsafeBufferPointer<UInt8>) -> Held { lettersHeld(by: word, 0..<word.count) }

  /// The same of a word of ASCII letters, small or not, with punctuation about it.
  func lettersHeld(byPlainWord form: UnsafeBufferPointer<UInt8>) -> Held {
    func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    var (low, high) = (0, form.count)
    while low < high, !isLetter(form[low]) { low += 1 }
    while high > low, !isLetter(form[high - 1]) { high -= 1 }
    return lettersHeld(by: form, low..<high, case: 0x20)
  }

  /// - Parameter bit: set in every byte that is read.
  @inline(__always)
  private func lettersHeld(
    by word: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, case bit: UInt8 = 0
  ) -> Held {
    var (held, hidden, seen) = (Held(0), Held(0), Held(0))
    var window: UInt64 = 0
    for at in 0..<range.count {
      window = window << 8 | UInt64(word[range.lowerBound + at] | bit)
      // Of two letters and more, ligatures end in few of the letters.
      if lastLetters & (1 << UInt64(window & 63)) == 0 { continue }
      for pattern in patterns where window & pattern.mask == pattern.key && at + 1 >= pattern.count {
        let bit: Held = 1 << pattern.number
        // Of the ligatures that open words only the first occurrence counts.
        if seen & bit == 0, !pattern.opensWord || at + 1 == pattern.count { held |= bit }
        seen |= bit
      }
      for (bit, key) in hiding where window & 0xFF_FFFF == key { hidden |= bit }
    }
    return held & ~hidden
  }

  /// Whether the words in a form may hold any; false for most forms that hold none.
  func mayBeHeld(by form: UnsafeBufferPointer<UInt8>) -> Bool {
    var window: UInt64 = 0
    for byte in form {
      if byte >= 0x80 { return true }
      window = window << 8 | UInt64(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      for pattern in patterns where window & pattern.mask == pattern.key { return true }
    }
    return false
  }

  /// The ligatures that a word holds, in small letters; none if it is not trusted.
  func held(by word: UnsafeBufferPointer<UInt8>) -> Held {
    let held = lettersHeld(by: word)
    // No derived word is trusted.
    return held == 0 || english.sense(word, derives: false).level != .trusted ? 0 : held
  }

  /// How often each ligature stands whole in a document.
  func count(_ vocabulary: Vocabulary, ligatures: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: ligatures)
    for id in 0..<vocabulary.table.count {
      let held = vocabulary.table.withBytes(id) { self.held(by: $0) }
      if held == 0 { continue }
      for number in 0..<ligatures where held & (1 << number) != 0 {
        counts[number] += Int(vocabulary.table.counts[id])
      }
    }
    return counts
  }
}
