import EmendModel
import EmendText
import FoundationEssentials

/// One pass over the words that the damage map concerns.
struct MapWords {
  enum Pass { case unknown, known }

  let words: Words
  let text: [UInt8]
  let pass: Pass

  private let readers: ZonedReaders
  /// The reader of the zone of the word in hand.
  private var reader: MapReader
  private var context: Context
  private let total: Int
  /// By zone and form: what is done wherever it stands, nil where that depends on its place.
  private var settled: [[Int: [Change]?]]

  init(readers: ZonedReaders, words: Words, text: [UInt8], pass: Pass, threads: Int) {
    self.readers = readers
    reader = readers.readers[0]
    self.words = words
    self.text = text
    self.pass = pass
    context = Context(words, english: readers.knowledge.english)
    total = max(200, readers.vocabulary.total)
    settled = readers.readers.map { _ in [:] }
    readers.prepare(words, threads: threads)
  }

  /// The edits of all words, in the order of the text.
  func edits(threads: Int) -> [Edit] {
    let stretches = stretches(threads)
    // What the maps make of the forms is known by now, and only read.
    nonisolated(unsafe) let run = self
    let found = SideBySide.map(stretches.count, threads: threads) { some in
      some.flatMap { number in
        var part = run
        return part.edits(stretches[number])
      }
    }
    return found.count == 1 ? found[0] : Array(found.joined())
  }

  /// Fewer words are not worth a thread.
  private static let fewest = 10_000

  /// The words in stretches of about one length that end with a clause: no word sees its neighbours across that.
  private func stretches(_ threads: Int) -> [Range<Int>] {
    let wanted = threads > 1 ? min(threads, words.count / MapWords.fewest) : 1
    var starts = [0]
    for number in 1..<max(wanted, 1) {
      var at = max(starts[starts.count - 1] + 1, words.count * number / wanted)
      while at < words.count, !Pieces.endsClause(words.forms[Int(words.all[at - 1].form)]) { at += 1 }
      if at < words.count { starts.append(at) }
    }
    return zip(starts, starts.dropFirst() + [words.count]).map { $0..<$1 }
  }

  private mutating func edits(_ range: Range<Int>) -> [Edit] {
    var result: [Edit] = []
    var zone = 0
    var variants = readers.variants[0]
    for index in range {
      let word = words.all[index]
      let form = Int(word.form)
      let own = readers.zone(at: word.start)
      if own != zone {
        reader = readers.readers[own]
        variants = readers.variants[own]
        zone = own
      }
      if !variants.has(form) { continue }
      if !words.isBroken(index), let changes = changes(form, zone, variants) {
        for change in changes { apply(change, index, at: Int(word.start), &result) }
        continue
      }
      var covered: [Range<Int>] = []
      for variant in variants[form] {
        if covered.contains(where: { $0.overlaps(variant.range) }) { continue }
        guard let decision = decide(index, words.forms[form], variant) else { continue }
        covered.append(variant.range)
        result += words.edits(
          index, variant.range, reading: decision.reading, in: text,
          kind: .ligature, rule: decision.rule, confidence: decision.confidence, evidence: decision.evidence)
        if decision.confidence >= Draft.sure {
          let (isFirst, isLast) = ends(words.forms[form], variant.range)
          context.change(index, decision.reading, isFirst: isFirst, isLast: isLast)
        }
      }
    }
    return result
  }

  // MARK: The same wherever it stands

  /// What is done to a form wherever it stands.
  private struct Change {
    var decision: Decision
    /// What differs, in bytes of the form.
    var differences: [(old: Range<Int>, new: Form)]
    /// What later words see of it: the id of its reading, -2 where nothing has changed.
    var firstId: Int32
    var lastId: Int32
  }

  /// The changes of a form when its neighbours have no say in them; nil when they have.
  private mutating func changes(_ form: Int, _ zone: Int, _ variants: VariantTable) -> [Change]? {
    if let known = settled[zone][form] { return known }
    let found = variants[form]
    var changes: [Change]? = []
    if found.contains(where: { dependsOnPlace($0) }) {
      changes = nil
    } else {
      let whole = words.forms[form]
      var covered: [Range<Int>] = []
      for variant in found {
        if covered.contains(where: { $0.overlaps(variant.range) }) { continue }
        guard let decision = decide(0, whole, variant) else { continue }
        covered.append(variant.range)
        changes?.append(change(whole, variant.range, decision))
      }
    }
    settled[zone][form] = .some(changes)
    return changes
  }

  /// Whether the place of a word may decide about a variant: its neighbours, or what stands before it.
  private func dependsOnPlace(_ variant: MapReader.Variant) -> Bool {
    if pass == .unknown && variant.level == .trusted || variant.readings.isEmpty { return false }
    return variant.odd.isEmpty || variant.level != .unknown || variant.readings.count > 1
  }

  private func change(_ whole: Form, _ range: Range<Int>, _ decision: Decision) -> Change {
    let differences = Alignment.differences(Form(whole[range]), decision.reading).map { old, new in
      let bytes = (range.lowerBound + old.lowerBound)..<(range.lowerBound + old.upperBound)
      return (old: bytes, new: Form(decision.reading[new]))
    }
    var change = Change(
      decision: decision, differences: differences, firstId: Context.open, lastId: Context.open)
    if decision.confidence >= Draft.sure {
      let id = reader.knowledge.english.sense(decision.reading).id
      let (isFirst, isLast) = ends(whole, range)
      if isFirst { change.firstId = id }
      if isLast { change.lastId = id }
    }
    return change
  }

  private mutating func apply(_ change: Change, _ index: Int, at start: Int, _ edits: inout [Edit]) {
    for (old, new) in change.differences {
      edits.append(
        Edit(
          range: (start + old.lowerBound)..<(start + old.upperBound), reading: new, kind: .ligature,
          rule: change.decision.rule, confidence: change.decision.confidence,
          evidence: change.decision.evidence))
    }
    context.change(index, first: change.firstId, last: change.lastId)
  }

  // MARK: Judged at its place

  private struct Decision {
    var reading: Form
    var rule: String
    var confidence: Double
    var evidence = ""
  }

  /// Whether a stretch of a form is its first word, and its last.
  private func ends(_ whole: Form, _ range: Range<Int>) -> (isFirst: Bool, isLast: Bool) {
    let pieces = Pieces.of(whole)
    return (
      range.lowerBound <= pieces.first?.lowerBound ?? 0,
      range.upperBound >= pieces.last?.upperBound ?? whole.count
    )
  }

  private mutating func decide(_ index: Int, _ whole: Form, _ variant: MapReader.Variant) -> Decision? {
    if pass == .unknown && variant.level == .trusted { return nil }
    if variant.readings.isEmpty {
      guard pass == .unknown, let reading = UnknownReading(reader: reader).reading(variant) else {
        return nil
      }
      return Decision(
        reading: reading, rule: "damage-map-unknown", confidence: 0.992,
        evidence: variant.odd.isEmpty
          ? "surnames that end so have these letters" : "in no word list; the sign cannot be natural there")
    }
    if !dependsOnPlace(variant) {
      let reading = variant.readings[0]
      return isQuoted(whole, variant) ? nil : outright(variant, reading.form, reading.sense)
    }
    if variant.odd.isEmpty, variant.level < .trusted, isRestOfWord(index, variant) { return nil }
    var near = context.neighbours(words, index, in: text)
    let pieces = Pieces.of(whole)
    if variant.range.lowerBound > pieces.first?.lowerBound ?? 0 { near.left = -1 }
    if variant.range.upperBound < pieces.last?.upperBound ?? whole.count { near.right = -1 }

    let english = reader.knowledge.english
    var best: (score: Double, at: Int)?
    for (at, candidate) in variant.readings.enumerated() {
      let score =
        candidate.logRate
        + english.logScore(
          candidate.sense.id, candidate.sense.logFrequency, near,
          own: reader.vocabulary.count(candidate.form),
          of: total)
      if best == nil || score > best!.score { best = (score, at) }
    }
    guard let best else { return nil }
    let reading = variant.readings[best.at]
    if !variant.odd.isEmpty && variant.level == .unknown {
      return isQuoted(whole, variant) ? nil : outright(variant, reading.form, reading.sense)
    }
    return byMargin(index, whole, variant, reading.form, best.score, near)
  }

  /// Whether a small-letter splinter is the rest of a word that was broken before it, and not a word that lost
  /// letters: after a hyphen in mid-line ("classifi- cation"), or first in a paragraph, as after a page turn.
  private mutating func isRestOfWord(_ index: Int, _ variant: MapReader.Variant) -> Bool {
    guard variant.form.startsLower, variant.range.lowerBound == 0 else { return false }
    if index == 0 { return true }
    return text[Int(words.all[index - 1].end) - 1] == 0x2D || context.isParted(words, index - 1, in: text)
  }

  /// Whether the sign is one of a pair of quotation marks about a word or a letter: `"b"`.
  private func isQuoted(_ whole: Form, _ variant: MapReader.Variant) -> Bool {
    guard let sign = variant.odd.first, variant.odd.count == 1 else { return false }
    let signs = Form(variant.form[sign])
    let core = Pieces.core(whole)
    guard StandIn(signs: signs).isOrdinaryMark, whole.hasPrefix(signs), core.lowerBound >= signs.count,
      core.upperBound < whole.count, whole[core.upperBound...].starts(with: signs)
    else { return false }
    let inner = Form(whole[core])
    return inner.count <= 2 || reader.knowledge.english.level(inner) > .unknown
  }

  /// What the document itself says for a reading.
  private func attested(_ reading: Form) -> String {
    let times = reader.vocabulary.count(reading)
    if times == 0 { return "“\(reading.text)” is a word" }
    return "the document has “\(reading.text)” whole " + (times == 1 ? "once" : "\(times) times")
  }

  /// A sign that cannot be natural, and a reading that is a word: taken, unless the sign parts two words.
  private func outright(_ variant: MapReader.Variant, _ reading: Form, _ sense: English.Sense) -> Decision? {
    let english = reader.knowledge.english
    if let odd = variant.odd.first, StandIn(signs: Form(variant.form[odd])).isOrdinaryMark {
      let left = Form(variant.form[..<odd.lowerBound])
      let right = Form(variant.form[odd.upperBound...])
      if left.count > 1, right.count > 1, english.level(left) == .trusted, english.level(right) == .trusted,
        sense.level < .trusted
      {
        return nil
      }
    }
    return Decision(
      reading: reading, rule: "damage-map", confidence: 0.999, evidence: attested(reading))
  }

  /// Letters that may be natural: the reading must be likelier than the word as it stands.
  private mutating func byMargin(
    _ index: Int, _ whole: Form, _ variant: MapReader.Variant, _ reading: Form, _ score: Double,
    _ near: Neighbours
  ) -> Decision? {
    let english = reader.knowledge.english
    let form = variant.form
    let startsUpper = form.startsUpper
    let (_, starts) = form.spelled
    let isCapitalised =
      startsUpper && form.count > starts[1]
      && !form.dropFirst(starts[1]).contains { $0 >= 0x41 && $0 <= 0x5A }
    let firstSign = Form(form[..<starts[1]])
    let isStandInCapital = isCapitalised && !reader.map.readings(of: firstSign).isEmpty
    // A splinter that comes again and again is as much a splinter.
    let own = variant.isSplinter ? 0 : reader.vocabulary.count(form)
    var (keep, score) = (0.0, score)
    if variant.level == .unknown && !english.isSeen(variant.sense) {
      // An unknown word: as rare as its letters, and by the share of names among capitalised ones.
      keep = log(startsUpper ? 1e-2 : 2e-3) + english.logLetters(form)
      if isStandInCapital && !reading.startsUpper { keep += log(0.3) }
      if startsUpper, !isStandInCapital {
        let named = reader.vocabulary.countAsName(form)
        if named >= 3 { keep = max(keep, log(0.02 * Double(named) / Double(total))) }
      }
    } else {
      let counts = variant.level == .trusted && !isStandInCapital ? own : 0
      keep = english.logScore(variant.sense.id, variant.sense.logFrequency, near, own: counts, of: total)
      if variant.level < .trusted { keep = min(keep, variant.sense.logFrequency) - 1.5 }
    }
    var evidence = ""
    if isStandInCapital && reading.startsLower {
      (keep, score, evidence) = weighCase(index, whole, variant, keep, score)
    }
    var threshold = variant.level == .unknown ? 1.5 : 3.0
    if form == [0x6F] {
      threshold = 4
    } else if variant.level == .unknown, form.startsLower, reader.map.hasFamily {
      threshold = 0
      keep -= 1
    } else if variant.isSplinter {
      threshold = 1
    } else if variant.level == .plausible, form.startsLower, reader.map.hasFamily {
      threshold = 1
    }
    // "Ohyama nd Hitoshi": between names two letters are a word of grammar that lost one.
    if form.count <= 2, variant.odd.isEmpty, !variant.holdsSign,
      isTrueCapital(index - 1, before: true), isTrueCapital(index + 1, before: false)
    {
      return nil
    }
    let margin = score - keep
    // Below this the reading is not even worth showing.
    if margin < threshold - 2 { return nil }
    let isReal = variant.level == .trusted
    return Decision(
      reading: reading, rule: isReal ? "damage-map-context" : "damage-map",
      confidence: Posterior.of(margin: margin, threshold: threshold),
      evidence: isReal ? (evidence.isEmpty ? "fits its neighbours better" : evidence) : attested(reading))
  }

  /// A capital that may stand for a ligature, over a reading in small letters: what its place says.
  private mutating func weighCase(
    _ index: Int, _ whole: Form, _ variant: MapReader.Variant, _ keep: Double, _ score: Double
  ) -> (keep: Double, score: Double, evidence: String) {
    let english = reader.knowledge.english
    let startsSentence =
      index == 0 || context.ends(words, index - 1) || context.isParted(words, index - 1, in: text)
    let inCompound =
      variant.range.lowerBound > 0
      && Pieces.isDash(Glyph.scalar(whole, Glyph.start(whole, before: variant.range.lowerBound)))
    if startsSentence && !inCompound {
      return (keep, score + log(0.004), "")
    }
    if !inCompound
      && (isTrueCapital(index - 1, before: true)
        || !context.ends(words, index) && isTrueCapital(index + 1, before: false))
    {
      return (keep + log(0.4), score + log(0.3), "")
    }
    let facts = variant.sense.flags
    let isName = facts.contains(.name)
    let onlyName = isName && !facts.contains(.trusted)
    let cost = log(onlyName ? 0.15 : isName ? 0.02 : 0.004)
    _ = english
    return (keep + cost, score, "a capital inside the sentence")
  }

  /// Whether a neighbour starts with a capital that is no stand-in.
  private mutating func isTrueCapital(_ index: Int, before: Bool) -> Bool {
    guard index >= 0, index < words.count else { return false }
    let form = words.forms[Int(words.all[index].form)]
    guard form.startsUpper else { return false }
    let first = Form(form[..<min(form.count, Glyph.width(form[0]))])
    if !reader.map.readings(of: first).isEmpty { return false }
    if !before { return true }
    let folded = form.folded
    if folded == Form("the".utf8) || folded == Form("a".utf8) || folded == Form("an".utf8) { return false }
    return Pieces.contextWord(form, last: true).count > 3
  }
}
