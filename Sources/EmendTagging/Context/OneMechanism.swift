/// "This strategy", "such an approach": the topic. Where the paragraph speaks of schools of theory, "this approach" is
/// one of them.
struct OneMechanism: ContextRule {
  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    if field.theories.contains(where: { reading.isGiven($0) }) { state.isAboutTheory = true }
    guard let topic = state.topic, !topic.isTakenOver, reading.has(field.one), !state.isAboutTheory,
      !reading.given.contains(where: { field.topics.contains($0.label) })
    else { return }
    reading.give(topic.label, score: 0.7, rule: "rule:this-mechanism")
  }
}
