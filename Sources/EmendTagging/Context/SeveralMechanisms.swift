/// "These three mechanisms": all those that a sentence not long ago named together; with "three", all that there are,
/// also where the last sentence had named two of them; "all three mechanisms" as far back as the text has named some.
struct SeveralMechanisms: ContextRule {
  /// Sentences within which the demonstrative reaches back; without a limit it was often wrong.
  static let reach = 6

  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    let isByName = reading.has(field.threeByName) && !state.several.isEmpty
    let isAll = reading.has(field.allThree) && field.topics.count == 3
    guard reading.has(field.several), !reading.has(field.severalNot),
      isByName || state.sinceSeveral <= Self.reach,
      !reading.given.contains(where: { field.topics.contains($0.label) && $0.isExplicit })
    else { return }
    for label in isAll ? field.topics : state.several {
      reading.give(label, score: 0.7, rule: "rule:these-mechanisms")
    }
  }
}
