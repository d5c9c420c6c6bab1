/// "Their", "they", "this tactic" in a sentence with an international organization: the initiator of before acts on.
struct RoleCarried: ContextRule {
  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    guard state.initiatorKinds.count == 1, !state.isFirstOfParagraph, !field.hasRole(reading),
      reading.isGiven(field.internationalOrganization), reading.has(field.carried),
      !reading.has(field.carriedNot)
    else { return }
    reading.give(state.initiatorKinds[0], score: 0.55, rule: "rule:role-carried")
  }
}

extension Field {
  /// Whether an initiator or a target is given already.
  func hasRole(_ reading: SentenceReading) -> Bool {
    [initiator, domesticInitiator, externalInitiator, targetState].contains { reading.isGiven($0) }
  }
}
