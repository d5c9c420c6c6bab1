/// "These three mechanisms": all those that a sentence not long ago named together; with "three", all that there are,
/// also where the last sentence had named two of them.
struct SeveralMechanisms: ContextRule {
  /// Sentences within which the demonstrative reaches back; without a limit it was often wrong.
  static let reach = 6

  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    guard reading.has(field.several), !reading.has(field.severalNot), state.sinceSeveral <= Self.reach,
      !reading.given.contains(where: { field.topics.contains($0.label) && $0.isExplicit })
    else { return }
    let isAll = reading.has(field.allThree) && field.topics.count == 3
    for label in isAll ? field.topics : state.several {
      reading.give(label, score: 0.7, rule: "rule:these-mechanisms")
    }
  }
}
