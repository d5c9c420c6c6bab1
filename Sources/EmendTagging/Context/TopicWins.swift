/// Of several mechanisms that rest on implicit cues only, the strong topic of the paragraph stays, beside those that
/// several cues of their own speak for; without a topic those stay for which a strong cue of their own speaks. With
/// any other topic the best stays, and those within a twentieth of it. A
/// topic that was only met in passing is no strong one where the sentence itself has no cue for it.
struct TopicWins: ContextRule {
  /// What a mechanism must score by itself to stand beside the topic: more than two implicit cues.
  static let besideTopic = 0.9
  static let strongCue = 0.55

  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    let implicit = reading.given.filter { field.topics.contains($0.label) && !$0.isExplicit }
    guard implicit.count > 1 else { return }
    let strong = state.topic.flatMap { topic in
      let isBorne = !topic.isPassing || !(reading.alone(topic.label)?.hits.isEmpty ?? true)
      return topic.weight > 0.45 && isBorne ? topic.label : nil
    }
    func isTopic(_ label: LabelState) -> Bool { label.label == strong }
    // A topic that only an implicit cue set, or another paragraph, is none to rule out others.
    let isFaint = (state.topic?.weight ?? 0) <= TopicMemory.implicit
    guard
      let best = implicit.max(by: { (isTopic($0) ? 1 : 0, $0.score) < (isTopic($1) ? 1 : 0, $1.score) })
    else { return }
    for other in implicit where other.label != best.label {
      let own = ownCues(of: other, beside: best)
      if isFaint, !own.isEmpty, !isAsGoodAsNamed(best) { continue }
      if areListed(own, best, reading, field) { continue }
      if isTopic(best), other.score >= Self.besideTopic { continue }
      if state.topic?.label == best.label || other.score < best.score - 0.05 { reading.drop(other.label) }
    }
  }

  /// Whether a cue speaks for a mechanism almost as its own word does ("convinced"): what else is met is by the way.
  private func isAsGoodAsNamed(_ state: LabelState) -> Bool {
    state.hits.contains { $0.tier == .implicit && $0.weight >= Self.besideTopic }
  }

  /// Strong cues of a mechanism that share no words with those of the best: "enforce agreements" in "monitor and
  /// enforce agreements" does.
  private func ownCues(of other: LabelState, beside best: LabelState) -> [Range<Int>] {
    strongCues(other).filter { cue in !best.hits.contains { $0.range.overlaps(cue) } }
  }

  private func strongCues(_ state: LabelState) -> [Range<Int>] {
    state.hits.filter { $0.tier == .implicit && $0.weight >= Self.strongCue }.map(\.range)
  }

  /// Whether cues stand in one list with a strong one of the best: "inducement, punishment, and argument".
  private func areListed(_ own: [Range<Int>], _ best: LabelState, _ reading: SentenceReading, _ field: Field)
    -> Bool
  {
    let others = strongCues(best)
    return own.contains { cue in others.contains { reading.areJoined(cue, $0, field) } }
  }
}
