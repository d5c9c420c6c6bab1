/// "These states", "such systems" after a sentence with one kind of state structure.
struct StructureCarried: ContextRule {
  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    let own = field.structures.filter { reading.isGiven($0) }
    if own.isEmpty, state.structureBefore.count == 1, !state.isFirstOfParagraph,
      reading.has(field.structureAgain)
    {
      reading.give(state.structureBefore[0], score: 0.55, rule: "rule:these-states")
    }
    state.structureBefore = field.structures.filter { reading.isGiven($0) }
  }
}
