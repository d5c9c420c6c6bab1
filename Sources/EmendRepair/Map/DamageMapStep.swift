import EmendModel
import FoundationEssentials

/// Learns the document's damage map from its own words and mends what it explains.
///
/// First unknown words, then known words that a stand-in made ("And themselves" for "find themselves"),
/// which case and neighbours decide, then words that a gap broke.
struct DamageMapStep: Step {
  func run(_ draft: inout Draft, _ session: inout Session) {
    let knowledge = session.knowledge
    var words = draft.words
    let vocabulary = draft.vocabulary
    let ballots = Ballots(
      words, text: draft.text, standings: draft.standings(knowledge.english), knowledge: knowledge)
    let map = DamageMap(Election(ballots, knowledge: knowledge), vocabulary: vocabulary, knowledge: knowledge)
    session.map = map
    if map.isEmpty { return }
    let reader = MapReader(map: map, knowledge: knowledge, vocabulary: vocabulary)
    var profile = Profile(
      map, ligatures: knowledge.damage.ligatures.map(\.letters), decisions: session.decisions)

    for pass in [MapWords.Pass.unknown, .known] {
      words = draft.words
      var run = MapWords(
        reader: reader, words: words, text: draft.text, standings: draft.standings(knowledge.english),
        pass: pass)
      draft.apply(profile.note(run.edits(), in: draft.text))
    }
    if !map.gaps.isEmpty {
      words = draft.words
      var run = MapGaps(reader: reader, words: words, text: draft.text)
      draft.apply(profile.note(run.edits(), in: draft.text))
    }
    draft.profile = profile.finished(intact: map.intact, ligatures: knowledge.damage.ligatures.map(\.letters))
  }
}

/// Counts how often each pattern was applied and writes the evidence of each edit.
struct Profile {
  private(set) var patterns: [DamagePattern]
  private let refused: Set<String>
  private let accepted: Set<String>

  init(_ map: DamageMap, ligatures: [Form], decisions: Decisions) {
    refused = decisions.refusedPatterns
    accepted = decisions.acceptedPatterns
    patterns = map.pairs.map { pair in
      let readings =
        (map.signs.first { $0.signs == pair.standIn.signs }?.readings ?? [])
        + (pair.standIn.signs.isEmpty ? map.dropped : []) + (map.gaps[pair.standIn] ?? [])
      let rate = readings.first { $0.ligature == pair.ligature }.map { exp($0.logRate) } ?? 0
      // Stems beyond what chance gives, each worth a factor of e; the first three are needed to be heard.
      let margin = Double(pair.stems) - 2 * pair.chance
      return DamagePattern(
        standIn: pair.standIn.startsWord ? "" : pair.standIn.signs.text,
        reading: ligatures[pair.ligature].text,
        votes: pair.stems, examples: pair.examples.map { $0.damaged.text + " → " + $0.reading.text },
        rate: rate, confidence: 1 / (1 + exp(-margin)))
    }.sorted { ($1.votes, $0.standIn, $0.reading) < ($0.votes, $1.standIn, $1.reading) }
  }

  /// The edits with the pattern behind each named in its evidence, and those of refused patterns left out.
  mutating func note(_ edits: [Edit], in text: [UInt8]) -> [Edit] {
    edits.compactMap { edit in
      var edit = edit
      let old = Form(text[edit.range]).text
      let new = edit.reading.text
      guard let index = patterns.firstIndex(where: { matches($0, old, new) }) else {
        if edit.evidence.isEmpty { edit.evidence = "by the document's damage map" }
        return edit
      }
      if LigatureCode.letters(Form(old.utf8)) == edit.reading { edit.kind = .ligatureCodePoint }
      let pattern = patterns[index]
      let name = Profile.name(pattern)
      if refused.contains(name) { return nil }
      if accepted.contains(name) { edit.confidence = max(edit.confidence, Draft.sure) }
      if edit.confidence >= Draft.sure { patterns[index].applied += 1 }
      let words = pattern.votes == 1 ? "1 distinct word votes" : "\(pattern.votes) distinct words vote"
      let own = "\(words) \(name)"
      edit.evidence = edit.evidence.isEmpty ? own : own + "; " + edit.evidence
      return edit
    }
  }

  /// The patterns with the share of each ligature's occurrences that they damaged in the end.
  func finished(intact: [Int], ligatures: [Form]) -> [DamagePattern] {
    patterns.map { pattern in
      var pattern = pattern
      let damaged = patterns.reduce(0) { $0 + ($1.reading == pattern.reading ? $1.applied : 0) }
      let whole = ligatures.firstIndex(of: Form(pattern.reading.utf8)).map { intact[$0] } ?? 0
      pattern.rate = damaged + whole == 0 ? 0 : Double(pattern.applied) / Double(damaged + whole)
      return pattern
    }
  }

  /// "A→fi"; a gap is shown as ␣, nothing as ∅.
  static func name(_ pattern: DamagePattern) -> String {
    StandIn(signs: Form(pattern.standIn.utf8)).shown + "→" + pattern.reading
  }

  private func matches(_ pattern: DamagePattern, _ old: String, _ new: String) -> Bool {
    if pattern.standIn == old && pattern.reading == new { return true }
    // "f␣→ffi" is written as " " → "fi": what both sides share is not changed.
    guard pattern.standIn.utf8.count > old.utf8.count, pattern.standIn.hasSuffix(old) else { return false }
    let kept = pattern.standIn.dropLast(old.count)
    return pattern.reading.hasPrefix(kept) && String(pattern.reading.dropFirst(kept.count)) == new
  }
}
