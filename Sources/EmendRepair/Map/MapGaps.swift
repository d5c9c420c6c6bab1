import EmendModel
import FoundationEssentials

/// Words that a damaged ligature broke in two: "signi cant", "af rmed", "the  rst".
struct MapGaps {
  let words: Words
  let text: [UInt8]
  /// A wide gap says no more than this, however rare.
  private static let rarestGap = -6.0

  private let readers: ZonedReaders
  /// The reader of the zone of the word in hand.
  private var reader: MapReader
  private var context: Context
  private let total: Int
  private let wideGap: Double
  /// The same of a single space at the start of a line.
  private let indent: Double

  init(readers: ZonedReaders, words: Words, text: [UInt8]) {
    self.readers = readers
    reader = readers.readers[0]
    self.words = words
    self.text = text
    context = Context(words, english: reader.knowledge.english)
    total = max(200, reader.vocabulary.total)
    wideGap = MapGaps.wideGap(words, text)
    indent = MapGaps.indent(text)
  }

  /// Log probability of a single space before a word at the start of a line where nothing was lost.
  private static func indent(_ text: [UInt8]) -> Double {
    var (spaced, all) = (0, 0)
    var at = 0
    while at + 2 < text.count {
      if text[at] == 0x0A {
        let isSpaced = text[at + 1] == 0x20
        var word = at + 1
        while word + 1 < text.count, text[word] == 0x20, word < at + 3 { word += 1 }
        if text[word] | 0x20 >= 0x61 {
          all += 1
          spaced += isSpaced ? 1 : 0
        }
      }
      at += 1
    }
    return log((Double(spaced) + 1) / (Double(all) + 2))
  }

  /// Log probability of a wide gap where nothing was lost: what share of the gaps before long words is wide.
  private static func wideGap(_ words: Words, _ text: [UInt8]) -> Double {
    var (wide, all) = (0, 0)
    for index in 1..<max(1, words.count) {
      let (from, to) = (Int(words.all[index - 1].end), Int(words.all[index].start))
      guard to - from <= 3, to - from >= 1, to - from == 1 || text[from..<to].allSatisfy({ $0 == 0x20 }),
        text[from - 1] | 0x20 >= 0x61, text[to] | 0x20 >= 0x61,
        words.all[index].end - words.all[index].start >= 5
      else { continue }
      all += 1
      if to - from > 1 { wide += 1 }
    }
    return log((Double(wide) + 1) / (Double(all) + 2))
  }

  mutating func edits() -> [Edit] {
    var result: [Edit] = []
    var index = 0
    var lastZone = 0
    while index + 1 < words.count {
      let zone = readers.zone(at: words.all[index].start)
      if zone != lastZone {
        reader = readers.readers[zone]
        lastZone = zone
      }
      if let found = join(index) {
        result.append(found)
        index += 2
      } else {
        if let found = edge(index) { result.append(found) }
        index += 1
      }
    }
    return result
  }

  private func gap(_ index: Int) -> Form? {
    let range = Int(words.all[index].end)..<Int(words.all[index + 1].start)
    guard range.count <= 3, text[range].allSatisfy({ $0 == 0x20 }) else { return nil }
    return Form(text[range])
  }

  /// Two runs that a ligature in the gap makes one word.
  private mutating func join(_ index: Int) -> Edit? {
    guard let gap = gap(index), !words.isBroken(index), !words.isBroken(index + 1) else { return nil }
    let (leftWhole, rightWhole) = (
      words.forms[Int(words.all[index].form)], words.forms[Int(words.all[index + 1].form)]
    )
    guard leftWhole.count <= 60, rightWhole.count <= 60 else { return nil }
    let leftStart = Pieces.of(leftWhole).last?.lowerBound ?? 0
    guard let left = BrokenWord.left(Form(leftWhole[leftStart...])),
      let right = MapGaps.opening(of: rightWhole),
      right.word.startsLower
    else { return nil }
    if let sign = left.sign.first, sign == 0x2C || sign == 0x3B || sign == 0x29 { return nil }

    let english = reader.knowledge.english
    var readings: [(form: Form, rate: Double)] = []
    for reading in reader.map.gaps[StandIn(signs: left.sign + gap + right.sign)] ?? [] {
      readings.append((left.word + reading.letters + right.word, reading.logRate))
    }
    if left.sign.isEmpty && right.sign.isEmpty {
      for (kept, _) in BrokenWord.halves where left.word.hasSuffix(kept) {
        for reading in reader.map.gaps[StandIn(signs: kept + gap)] ?? [] {
          readings.append(
            (Form(left.word.dropLast(kept.count)) + reading.letters + right.word, reading.logRate))
        }
      }
    }
    // "A x B" is no word.
    if left.word.count + right.word.count < 3 { return nil }
    readings = readings.filter { $0.form.count >= 4 && english.isGood($0.form) }
    if readings.isEmpty { return nil }

    let before = context.neighbours(words, index, in: text)
    let after = context.neighbours(words, index + 1, in: text)
    let near = Neighbours(left: before.left, right: after.right)
    var best: (score: Double, form: Form)?
    for (form, rate) in readings {
      let sense = english.sense(form)
      let score =
        rate
        + english.logScore(
          sense.id, sense.logFrequency, near, own: reader.vocabulary.count(form), of: total)
      if best == nil || score > best!.score { best = (score, form) }
    }
    guard let best else { return nil }
    let (a, b) = (english.sense(left.word), english.sense(right.word))
    var keep = cost(left.word, a, after: before.left) + cost(right.word, b, after: a.id)
    if after.right >= 0 {
      keep += english.logProbability(after.right, after: b.id) - english.logFrequency(after.right)
    }
    let threshold = min(a.level, b.level) < .trusted ? 2.0 : 6.0
    let margin = best.score - keep
    if margin < threshold - 2 { return nil }
    let start = Int(words.all[index].start) + leftStart + left.start
    let end = Int(words.all[index + 1].start) + right.end
    let pieces = Alignment.differences(Form(text[start..<end]), best.form)
    guard let first = pieces.first, let last = pieces.last else { return nil }
    let reading = Form(best.form[first.new.lowerBound..<last.new.upperBound])
    return Edit(
      range: (start + first.old.lowerBound)..<(start + last.old.upperBound), reading: reading,
      kind: .ligature,
      rule: "damage-map-gap", confidence: Posterior.of(margin: margin, threshold: threshold), evidence: "")
  }

  /// The first word of a run, with the sign before it: of "nite-state" it is "nite".
  private static func opening(of form: Form) -> (word: Form, sign: Form, end: Int)? {
    if let first = Pieces.of(form).first, first.upperBound < form.count,
      Pieces.isDash(Glyph.scalar(form, first.upperBound))
    {
      return BrokenWord.right(Form(form[..<first.upperBound]))
    }
    return BrokenWord.right(form)
  }

  private func cost(_ form: Form, _ sense: English.Sense, after left: Int32) -> Double {
    let english = reader.knowledge.english
    if sense.level == .trusted { return english.logProbability(sense.id, after: left) }
    return min(sense.logFrequency, english.isSeen(sense) ? -9 : log(2e-3) + english.logLetters(form))
  }

  /// A ligature lost at the start or the end of a word, at a wide gap: "the  rst", "cuto  for".
  private mutating func edge(_ index: Int) -> Edit? {
    guard let gap = gap(index) else {
      // Alone before the first word of a line a space is as odd as a wide gap.
      let start = Int(words.all[index + 1].start)
      var from = start
      while text[from - 1] == 0x20 { from -= 1 }
      guard text[from - 1] == 0x0A, from < start, start - from <= 2 else { return nil }
      return narrowStart(index + 1, from..<start, oddity: indent)
    }
    // "(( sh)", "template- lling"
    switch words.forms[Int(words.all[index].form)].last {
    case 0x28, 0x5B, 0x2D, 0x22, 0x27:
      let start = Int(words.all[index + 1].start)
      if let found = narrowStart(index + 1, (start - gap.count)..<start, oddity: wideGap) { return found }
    default: break
    }
    // "cuto .", "bu -brownish"
    switch words.forms[Int(words.all[index + 1].form)].first {
    case 0x2E, 0x2C, 0x3B, 0x3A, 0x29, 0x2D: if let found = end(index, gap, isNarrow: true) { return found }
    default: break
    }
    return gap.count > 1 ? start(index + 1, gap) ?? end(index, gap, isNarrow: false) : nil
  }

  /// A ligature lost at the start of a word, where any space is as odd as a wide one elsewhere.
  private mutating func narrowStart(_ index: Int, _ gap: Range<Int>, oddity: Double) -> Edit? {
    guard let lost = reader.map.gaps[StandIn(signs: Form(text[gap]))], !words.isBroken(index) else {
      return nil
    }
    let whole = words.forms[Int(words.all[index].form)]
    guard whole.count <= 60, let right = MapGaps.opening(of: whole), right.sign.isEmpty,
      right.word.startsLower
    else { return nil }
    return edge(
      index, right.word, lost.map { ($0, $0.letters + right.word) }, replacing: gap, oddity: oddity)
  }

  private mutating func start(_ index: Int, _ gap: Form) -> Edit? {
    // What a gap stands for inside words it stands for at their ends, too.
    let own = reader.map.gaps[StandIn(signs: gap, edge: .start)]
    guard let lost = own ?? reader.map.gaps[StandIn(signs: Form(gap.dropLast()))], !words.isBroken(index)
    else {
      return nil
    }
    let whole = words.forms[Int(words.all[index].form)]
    guard whole.count <= 60, let right = MapGaps.opening(of: whole), right.sign.isEmpty,
      right.word.startsLower
    else { return nil }
    // Of the gap one space is the text's own.
    let start = Int(words.all[index].start)
    return edge(
      index, right.word, lost.map { ($0, $0.letters + right.word) },
      replacing: (start - gap.count + 1)..<start)
  }

  /// - Parameter isNarrow: before a full stop or comma any space is as odd as a wide one elsewhere: "cuto ."
  private mutating func end(_ index: Int, _ gap: Form, isNarrow: Bool) -> Edit? {
    let lost = reader.map.gaps[isNarrow ? StandIn(signs: gap) : StandIn(signs: gap, edge: .end)]
    guard let lost, !words.isBroken(index) else { return nil }
    let whole = words.forms[Int(words.all[index].form)]
    guard whole.count <= 60, let piece = Pieces.of(whole).last, piece.upperBound == whole.count else {
      return nil
    }
    let word = Form(whole[piece])
    guard word.isAllLetters, word.startsLower, word.count > 1 || word == [0x6F] else { return nil }
    let end = Int(words.all[index].end)
    return edge(
      index, word, lost.map { ($0, word + $0.letters) },
      replacing: end..<(end + (isNarrow ? gap.count : gap.count - 1)))
  }

  private mutating func edge(
    _ index: Int, _ word: Form, _ candidates: [(reading: DamageMap.Reading, form: Form)],
    replacing range: Range<Int>, oddity: Double? = nil
  ) -> Edit? {
    let english = reader.knowledge.english
    let near = context.neighbours(words, index, in: text)
    var best: (score: Double, letters: Form)?
    for (reading, form) in candidates where english.isGood(form) {
      let sense = english.sense(form)
      let score =
        reading.logRate
        + english.logScore(sense.id, sense.logFrequency, near, own: reader.vocabulary.count(form), of: total)
      if best == nil || score > best!.score { best = (score, reading.letters) }
    }
    guard let best else { return nil }
    let sense = english.sense(word)
    // Of the single letters "o" is what is left of "off".
    let isWord = sense.level == .trusted && word != [0x6F]
    let alone = isWord ? english.logProbability(sense.id, after: near.left) : min(sense.logFrequency, -10)
    let margin = best.score - alone - max(oddity ?? wideGap, MapGaps.rarestGap)
    if margin < 0 { return nil }
    return Edit(
      range: range, reading: best.letters, kind: .ligature, rule: "damage-map-gap",
      confidence: Posterior.of(margin: margin, threshold: isWord ? 3 : 2),
      evidence: "a wide gap stands beside it")
  }
}
