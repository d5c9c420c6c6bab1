/// "Both", "in either case", right after a sentence that names two mechanisms.
struct BothMechanisms: ContextRule {
  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    guard state.sinceSeveral == 1, reading.has(field.both),
      !reading.given.contains(where: { field.topics.contains($0.label) })
    else { return }
    for label in state.several { reading.give(label, score: 0.6, rule: "rule:both") }
  }
}
