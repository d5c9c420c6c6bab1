/// "This strategy", "such an approach": the topic.
struct OneMechanism: ContextRule {
  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    guard let topic = state.topic, reading.has(field.one),
      !reading.given.contains(where: { field.topics.contains($0.label) })
    else { return }
    reading.give(topic.label, score: 0.7, rule: "rule:this-mechanism")
  }
}
