/// Decides what the sentence leaves behind as the topic: the mechanism that is its subject; the only one that a
/// paragraph's first sentence names; in passing, the only one named elsewhere; faintly, one strong implicit cue. What is
/// only denied ("no one was persuaded") is no topic.
struct TopicMemory: ContextRule {
  static let strong = 0.52
  /// What a topic named in passing is worth after the next sentence.
  static let passed = 0.40
  static let implicit = 0.30
  static let decay = 0.99
  /// The subject's mechanism stands within so many tokens, an opening comparison ("Unlike …,") left aside.
  static let subjectReach = 3

  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field) {
    let named = field.named(reading)
    if named.isEmpty || named.count == 1 && isDenied(named[0], reading, field) {
      fade(reading, &state, field)
      return
    }
    let places = self.places(named, reading, field)
    if let subject = subject(places, reading, field) {
      state.topic = ContextState.Topic(
        label: subject.label, weight: subject.actsOnOther ? Self.passed : Self.strong,
        isPassing: subject.actsOnOther)
    } else if named.count == 1, !isOneOfSeveral(reading, field) {
      let isEarly = (places.first?.at ?? 0) - reading.tokens.lowerBound <= Self.earlyReach
      state.topic = ContextState.Topic(
        label: named[0], weight: state.isFirstOfParagraph && !isEarly ? Self.passed : Self.strong,
        isPassing: !state.isFirstOfParagraph || !isEarly)
    }
    if named.count >= 2 {
      // "Students of contracting and coercion …": the paragraph has left its topic.
      let opens = places[0].at - reading.tokens.lowerBound <= Self.subjectReach
      if let topic = state.topic, !named.contains(topic.label), opens, !reading.isGiven(topic.label) {
        state.topic = nil
      }
      state.several = named
      state.sinceSeveral = 0
    }
  }

  /// Whether a negator opens the sentence and reaches every mention of a topic, or the sentence denies it as its subject
  /// ("Persuasion was never tried").
  private func isDenied(_ topic: Int, _ reading: SentenceReading, _ field: Field) -> Bool {
    var denied = DeniedSubjects(field: field).ranges(reading)
    if let first = Negation(field: field, reach: Self.denialReach).ranges(reading).first,
      first.lowerBound - reading.tokens.lowerBound <= 2
    {
      denied.append(first)
    }
    guard !denied.isEmpty else { return false }
    let hits = reading.alone(topic)?.hits.filter { $0.tier == .explicit } ?? []
    return hits.allSatisfy { hit in denied.contains { $0.contains(hit.range.lowerBound) } }
  }
  static let denialReach = 4

  /// Whether the sentence gives another mechanism beside the one that it names: then neither is the topic.
  private func isOneOfSeveral(_ reading: SentenceReading, _ field: Field) -> Bool {
    reading.given.count { field.topics.contains($0.label) } > 1
  }

  /// A paragraph's first sentence announces the topic when it names it within so many tokens ("There are several
  /// components to persuasion"); what it names later, in a clause, is only met in passing.
  static let earlyReach = 12

  private func fade(_ reading: SentenceReading, _ state: inout ContextState, _ field: Field) {
    if let topic = state.topic {
      state.topic?.weight = topic.isPassing ? min(topic.weight, Self.passed) : topic.weight * Self.decay
      return
    }
    let given = reading.given.filter { field.topics.contains($0.label) && $0.score >= 0.55 }
    if given.count == 1 {
      state.topic = ContextState.Topic(label: given[0].label, weight: Self.implicit, isPassing: true)
    }
  }

  /// First explicit token of each named topic, in text order.
  private func places(_ named: [Int], _ reading: SentenceReading, _ field: Field) -> [(label: Int, at: Int)] {
    named.map { label in
      let hits = reading.alone(label)?.hits.filter { $0.tier == .explicit } ?? []
      return (label, hits.map(\.range.lowerBound).min() ?? reading.tokens.upperBound)
    }.sorted { ($0.at, $0.label) < ($1.at, $1.label) }
  }

  /// The mechanism that is the subject; what does something to another one ("Contracting may prepare persuasion") is so
  /// in passing.
  private func subject(
    _ places: [(label: Int, at: Int)], _ reading: SentenceReading, _ field: Field
  ) -> (label: Int, actsOnOther: Bool)? {
    let lead = reading.spans.first { $0.cueClass == field.topicLead }
    let start = lead?.range.upperBound ?? reading.tokens.lowerBound
    let after = places.filter { $0.at >= start }
    guard let first = after.first, first.at - start <= Self.subjectReach else { return nil }
    // "Issue linkage and moral suasion": the second of two is no single subject.
    let isSecond = reading.spans.contains {
      $0.cueClass == field.listJoint && $0.range.upperBound == first.at && $0.range.lowerBound > start
    }
    if isSecond { return nil }
    guard after.count > 1 else { return (first.label, false) }
    // "X, like Y or Z, is …" is about X; "X or Y" about neither alone.
    func follows(_ cueClass: Int) -> Bool {
      reading.spans.contains { $0.cueClass == cueClass && $0.range.lowerBound == first.at + 1 }
    }
    if follows(field.likeAside) { return (first.label, false) }
    return after[1].at - first.at > 1 && !follows(field.listJoint)
      ? (first.label, !reading.has(field.contrast)) : nil
  }
}
