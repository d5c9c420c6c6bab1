/// The context pass: what a careful reader takes over from the sentence before, from the topic of the paragraph,
/// and from "these mechanisms" and the like. Sentences in text order, the rules in the order of this list.
enum ContextPass {
  static let rules: [any ContextRule] = [
    ParagraphStart(), TopicPrior(), TopicWins(), SeveralMechanisms(), OneMechanism(), ContrastToTopic(),
    InitiatorKinds(), RoleCarried(), PronounSubject(), InstitutionAgain(), StructureCarried(),
    BothMechanisms(),
    RoleMemory(), TopicMemory(),
  ]

  static func run(_ readings: inout [SentenceReading], _ field: Field, _ tokens: TokenTable) {
    nameParagraphTopics(&readings, field)
    var state = ContextState()
    for index in readings.indices {
      for rule in rules { rule.apply(&readings[index], &state, field) }
      readings[index].given.sort { $0.label < $1.label }
    }
  }

  /// Marks the sentences of each paragraph that names one topic, in two sentences or more, and no other.
  private static func nameParagraphTopics(_ readings: inout [SentenceReading], _ field: Field) {
    var start = 0
    while start < readings.count {
      var end = start
      var named: Set<Int> = []
      var sentences = 0
      while end < readings.count, readings[end].block == readings[start].block {
        let own = field.named(readings[end])
        named.formUnion(own)
        if !own.isEmpty { sentences += 1 }
        end += 1
      }
      if named.count == 1, sentences >= 2, let topic = named.first {
        for index in start..<end { readings[index].paragraphTopic = topic }
      }
      start = end
    }
  }
}
