/// Remembers the kinds of initiator of this sentence, and whether one of them opened it.
struct RoleMemory: ContextRule {
  /// Tokens from the start of a sentence within which its subject is looked for.
  static let subjectReach = 6

  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    let kinds = [field.domesticInitiator, field.externalInitiator].filter { reading.isGiven($0) }
    if !kinds.isEmpty { state.initiatorKinds = kinds }
    let limit = reading.tokens.lowerBound + Self.subjectReach
    state.initiatorWasSubject = (kinds + [field.initiator]).contains { label in
      reading.isGiven(label) && reading.alone(label)?.hits.contains { $0.range.lowerBound <= limit } ?? false
    }
  }
}
