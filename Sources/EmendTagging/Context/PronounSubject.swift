/// A sentence that opens with "they" or "it" goes on about the initiator with which the sentence before opened, also
/// beside an initiator of the other kind that it names.
struct PronounSubject: ContextRule {
  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    guard state.initiatorKinds.count == 1, state.initiatorWasSubject, !state.isFirstOfParagraph,
      reading.has(field.pronounSubject), !reading.has(field.pronounSubjectNot)
    else { return }
    let kind = state.initiatorKinds[0]
    let taken = [kind, field.initiator, field.targetState].contains { reading.isGiven($0) }
    if !taken { reading.give(kind, score: 0.55, rule: "rule:pronoun-subject") }
  }
}
