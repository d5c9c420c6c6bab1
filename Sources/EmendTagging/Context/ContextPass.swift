/// The context pass: what a careful reader takes over from the sentence before, from the topic of the paragraph,
/// and from "these mechanisms" and the like. Sentences in text order, the rules in the order of this list.
enum ContextPass {
  /// - Parameter callers: for the block of a note the index of the sentence that calls it.
  static func run(_ readings: inout [SentenceReading], _ field: Field, callers: [Int: Int]) {
    nameParagraphTopics(&readings, field)
    let called = Set(callers.values)
    // Notes stand between the paragraphs of the text or after them; they have a memory of their own.
    var (text, note) = (ContextState(), ContextState())
    var left: [Int: ContextState] = [:]
    for index in readings.indices {
      if readings[index].isNote {
        if readings[index].block != note.block {
          note = callers[readings[index].block].flatMap { left[$0] } ?? ContextState()
        }
        apply(&readings[index], &note, field)
      } else {
        apply(&readings[index], &text, field)
        if called.contains(index) { left[index] = text }
      }
    }
  }

  /// The rules in their order; called by name, since a list of them would cost a box a call.
  private static func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    ParagraphStart().apply(&reading, &state, field)
    TopicPrior().apply(&reading, &state, field)
    TopicWins().apply(&reading, &state, field)
    SeveralMechanisms().apply(&reading, &state, field)
    OneMechanism().apply(&reading, &state, field)
    ContrastToTopic().apply(&reading, &state, field)
    InitiatorKinds().apply(&reading, &state, field)
    RoleCarried().apply(&reading, &state, field)
    PronounSubject().apply(&reading, &state, field)
    InstitutionAgain().apply(&reading, &state, field)
    StructureCarried().apply(&reading, &state, field)
    BothMechanisms().apply(&reading, &state, field)
    RoleMemory().apply(&reading, &state, field)
    TopicMemory().apply(&reading, &state, field)
    reading.given.sort { $0.label < $1.label }
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
