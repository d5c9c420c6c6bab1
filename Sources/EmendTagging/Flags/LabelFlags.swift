import EmendModel

/// The circumstances in which a label stands, for those who want to leave it out of a count.
struct LabelFlags {
  let field: Field
  let tokens: TokenTable

  /// What of a sentence is denied, and what is not said to be.
  struct Stretches {
    var negated: [Range<Int>] = []
    /// Denied behind the subject: mechanisms alone are meant, not those who act.
    var deniedSubjects: [Range<Int>] = []
    var hypothetical: [Range<Int>] = []
  }

  func flags(
    _ state: LabelState, in reading: SentenceReading, _ stretches: Stretches, isMechanism: Bool,
    isQuotation: Bool, isAttributed: Bool
  ) -> [LabelHit.Flag] {
    var flags: [LabelHit.Flag] = []
    let ranges = state.hits.map(\.range)
    func lie(in stretches: [Range<Int>]) -> Bool {
      !ranges.isEmpty
        && ranges.allSatisfy { range in stretches.contains { $0.contains(range.lowerBound) } }
    }
    let denied = stretches.negated + (isMechanism ? stretches.deniedSubjects : [])
    if !denied.isEmpty, lie(in: denied), !ranges.contains(where: { holdsNegator($0, reading) }) {
      flags.append(.negated)
    }
    if !stretches.hypothetical.isEmpty, ranges.isEmpty || lie(in: stretches.hypothetical) {
      flags.append(.hypothetical)
    }
    if isEnumerated(state, reading) { flags.append(.enumeration) }
    if reading.has(field.definition) { flags.append(.definition) }
    if reading.has(field.example) { flags.append(.example) }
    if reading.has(field.preview) { flags.append(.preview) }
    if reading.isNote { flags.append(.inNote) }
    if isQuotation || !ranges.isEmpty && ranges.allSatisfy({ isQuoted($0) }) { flags.append(.quoted) }
    if isAttributed { flags.append(.attributed) }
    return flags
  }

  /// A mechanism in a list of mechanisms ("contracting, coercion, and persuasion"), or one of several taken up
  /// together ("these mechanisms").
  private func isEnumerated(_ state: LabelState, _ reading: SentenceReading) -> Bool {
    guard field.topics.contains(state.label) else { return false }
    if state.rules.contains("rule:these-mechanisms") || state.rules.contains("rule:both") { return true }
    for other in reading.given where other.label != state.label && field.topics.contains(other.label) {
      for a in state.hits where a.tier == .explicit {
        for b in other.hits where b.tier == .explicit {
          if reading.areJoined(a.range, b.range, field) { return true }
        }
      }
    }
    return false
  }

  /// A cue that denies by itself ("no second chamber") is not denied again.
  private func holdsNegator(_ range: Range<Int>, _ reading: SentenceReading) -> Bool {
    reading.spans.contains { $0.cueClass == field.negator && $0.range.overlaps(range) }
  }

  private func isQuoted(_ range: Range<Int>) -> Bool {
    range.allSatisfy { tokens.flags[$0].contains(.quoted) || !tokens.flags[$0].contains(.word) }
  }
}
