/// "Their", "they", "this tactic" in a sentence with an international organization: the initiator of before acts on,
/// unless the sentence names an actor before the pronoun, which then stands for that one ("courts … their powers").
struct RoleCarried: ContextRule {
  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    guard state.initiatorKinds.count == 1, !state.isFirstOfParagraph, !field.hasRole(reading),
      reading.isGiven(field.internationalOrganization), reading.has(field.carried),
      !reading.has(field.carriedNot), !namesActorFirst(reading, field)
    else { return }
    reading.give(state.initiatorKinds[0], score: 0.55, rule: "rule:role-carried")
  }

  private func namesActorFirst(_ reading: SentenceReading, _ field: Field) -> Bool {
    let pronoun = reading.spans.lazy.filter { $0.cueClass == field.carried }.map(\.range.lowerBound).min()
    guard let pronoun else { return false }
    return field.domesticActors.contains { label in
      reading.alone(label)?.hits.contains { $0.range.upperBound <= pronoun } ?? false
    }
  }
}

extension Field {
  /// Whether an initiator or a target is given already.
  func hasRole(_ reading: SentenceReading) -> Bool {
    [initiator, domesticInitiator, externalInitiator, targetState].contains { reading.isGiven($0) }
  }
}
