/// "These states", "such systems" after a sentence with one kind of state structure; "both types of states" after
/// sentences that spoke of both; "few such obstacles" after one that spoke of many veto points.
struct StructureCarried: ContextRule {
  /// Sentences within which "both types" reaches back, over the ends of paragraphs.
  static let reach = 12
  /// Sentences within which "such obstacles" reaches back.
  static let obstacleReach = 2

  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    for label in field.structures { state.sinceStructure[label]? += 1 }
    let own = field.structures.filter { reading.isGiven($0) }
    if own.isEmpty, state.structureBefore.count == 1, !state.isFirstOfParagraph,
      reading.has(field.structureAgain)
    {
      reading.give(state.structureBefore[0], score: 0.55, rule: "rule:these-states")
    }
    if own.isEmpty, reading.has(field.fewSuch), field.structures.count == 2, !state.isFirstOfParagraph,
      state.sinceStructure[field.structures[1]] ?? .max <= Self.obstacleReach
    {
      reading.give(field.structures[0], score: 0.55, rule: "rule:few-such-obstacles")
    }
    if own.isEmpty, reading.has(field.bothStructures),
      field.structures.allSatisfy({ state.sinceStructure[$0] ?? .max <= Self.reach })
    {
      for label in field.structures { reading.give(label, score: 0.55, rule: "rule:both-kinds-of-state") }
    }
    state.structureBefore = field.structures.filter { reading.isGiven($0) }
    for label in own { state.sinceStructure[label] = 0 }
  }
}
