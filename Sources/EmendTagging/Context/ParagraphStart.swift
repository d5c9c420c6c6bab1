/// At a new paragraph the topic ends, or lives on faintly where the paragraph opens with "similarly", "second",
/// "moreover" and the like. A note takes up what the sentence that calls it was about.
struct ParagraphStart: ContextRule {
  static let weight = 0.30

  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    state.sinceSeveral += 1
    state.isFirstOfParagraph = reading.block != state.block
    guard state.isFirstOfParagraph else { return }
    state.block = reading.block
    state.topic =
      reading.has(field.additive) || reading.isNote
      ? state.topic.map { ContextState.Topic(label: $0.label, weight: Self.weight, isTakenOver: true) } : nil
    state.initiatorKinds = []
    state.isAboutTheory = false
    state.structureBefore = []
    state.institutionBefore = false
    state.initiatorWasSubject = false
  }
}
