/// Two mechanisms are named in a contrast, the third is what the paragraph is about: it is the other side.
struct ContrastToTopic: ContextRule {
  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    guard let topic = state.topic, !reading.isGiven(topic.label), reading.has(field.contrast),
      field.named(reading).count == 2
    else { return }
    reading.give(topic.label, score: 0.6, rule: "rule:contrast")
  }
}
