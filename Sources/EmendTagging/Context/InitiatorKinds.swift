/// An initiator is domestic, external or open, never open together with one of the two. A bare "initiator" takes
/// the kind that the paragraph has spoken of; both kinds together stay only where both are named.
struct InitiatorKinds: ContextRule {
  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    let (domestic, external) = (field.domesticInitiator, field.externalInitiator)
    let kinds = reading.given.filter { $0.label == domestic || $0.label == external }
    if reading.isGiven(field.initiator) {
      if !kinds.isEmpty {
        reading.drop(field.initiator)
      } else if state.initiatorKinds.count == 1, !state.isFirstOfParagraph {
        reading.drop(field.initiator)
        reading.give(state.initiatorKinds[0], score: 0.6, rule: "rule:role-of-paragraph")
      }
    }
    guard kinds.count == 2 else { return }
    let (first, second) = (kinds[0], kinds[1])
    if first.isExplicit && second.isExplicit { return }
    if first.isExplicit != second.isExplicit {
      reading.drop(first.isExplicit ? second.label : first.label)
    } else {
      let external = first.label == external ? first : second
      let domestic = first.label == external.label ? second : first
      reading.drop(domestic.score <= external.score ? domestic.label : external.label)
    }
  }
}
