/// "The institution", "these organizations" after a sentence with an international organization. A modifier such as
/// "domestic" or "ratifying" before the noun says that another one is meant.
struct InstitutionAgain: ContextRule {
  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    let label = field.internationalOrganization
    if state.institutionBefore, !state.isFirstOfParagraph, !reading.isGiven(label),
      reading.has(field.institutionAgain), !reading.has(field.institutionAgainNot)
    {
      reading.give(label, score: 0.55, rule: "rule:the-institution")
    }
    // "Such organizations", "the same organization", "no organization" reach back within the paragraph.
    if state.isFirstOfParagraph { state.institutionInParagraph = false }
    if state.institutionInParagraph, !reading.isGiven(label), reading.has(field.sameOrganization),
      !reading.has(field.institutionAgainNot)
    {
      reading.give(label, score: 0.55, rule: "rule:the-institution")
    }
    state.institutionBefore = reading.isGiven(label)
    if state.institutionBefore { state.institutionInParagraph = true }
  }
}
