/// Adds the topic of the paragraph to the cues of a sentence that names no mechanism; where a mechanism is named,
/// others are given only on two strong cues of their own, or on one that is coordinated with the name ("issue linkage
/// and moral suasion"). A sentence about the text ("See the appendix") has no part in the topic. Then takes what reaches
/// the threshold.
struct TopicPrior: ContextRule {
  /// For a topic that only the rest of the paragraph names.
  static let backward = 0.30
  /// What another mechanism must score beside one that is named: two implicit cues.
  static let besideNamed = 0.8

  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    if reading.alone.isEmpty, state.topic == nil, reading.paragraphTopic == nil { return }
    let named = field.named(reading)
    var states = reading.alone
    for topic in field.topics where !states.contains(where: { $0.label == topic }) {
      states.append(LabelState(label: topic, score: 0, isExplicit: false))
    }
    for index in states.indices where field.topics.contains(states[index].label) && !states[index].isExplicit
    {
      if !named.isEmpty {
        if states[index].score < Self.besideNamed, !isJoinedToNamed(states[index], named, reading, field) {
          states[index].score = 0
        }
      } else if reading.has(field.aboutTheText) {
        continue
      } else if let topic = state.topic {
        if topic.label == states[index].label { add(topic.weight, "rule:topic", &states[index]) }
      } else if reading.paragraphTopic == states[index].label {
        add(Self.backward, "rule:rest-of-paragraph", &states[index])
      }
    }
    reading.given = states.filter { $0.score >= field.threshold }
  }

  /// Whether a strong cue of a mechanism stands in one list with the name of another.
  private func isJoinedToNamed(
    _ state: LabelState, _ named: [Int], _ reading: SentenceReading, _ field: Field
  ) -> Bool {
    let strong = state.hits.filter { $0.tier == .implicit && $0.weight >= field.threshold }
    let names = named.flatMap { reading.alone($0)?.hits.filter { $0.tier == .explicit } ?? [] }
    return strong.contains { cue in names.contains { reading.areJoined(cue.range, $0.range, field) } }
  }

  private func add(_ weight: Double, _ rule: String, _ state: inout LabelState) {
    state.score = 1 - (1 - state.score) * (1 - weight)
    state.rules.append(rule)
  }
}
