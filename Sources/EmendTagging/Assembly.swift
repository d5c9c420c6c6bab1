import EmendModel

/// From readings to the layer that other stages take.
extension TaggingWork {
  func layer() -> TagLayer {
    var sentences = document.sentences.indices.map { SentenceTags(sentence: $0) }
    let flags = LabelFlags(field: tagger.field, tokens: tokens)
    let negation = Negation(field: tagger.field, reach: tagger.image.settings.negationReach)
    let subjects = DeniedSubjects(field: tagger.field)
    let hypothetical = Hypothetical(
      field: tagger.field, tokens: tokens, text: text, words: tagger.words)
    let isMechanism = (0..<tagger.image.labelCount).map {
      tagger.image.labelPath($0).hasPrefix("mechanism/")
    }
    var used: Set<Int> = []
    var cited = CitedSentences(gaps: gaps)
    for reading in readings {
      let sentence = document.sentences[reading.sentence]
      let isAttributed = cited.holds(sentence.range)
      let isQuotation = document.blocks[reading.block].kind == .blockQuote
      var stretches = LabelFlags.Stretches()
      if !reading.given.isEmpty {
        stretches.negated = negation.ranges(reading)
        stretches.deniedSubjects = subjects.ranges(reading)
        stretches.hypothetical = hypothetical.ranges(reading)
      }
      for state in specific(withDenied(reading)) {
        sentences[reading.sentence].labels.append(
          LabelHit(
            label: tagger.image.labelPath(state.label), implicit: !state.isExplicit, score: state.score,
            evidence: evidence(state, sentence.range),
            flags: flags.flags(
              state, in: reading, stretches, isMechanism: isMechanism[state.label],
              isQuotation: isQuotation, isAttributed: isAttributed)))
      }
      sentences[reading.sentence].actors = actors(reading)
      for name in reading.names { used.insert(name.entity) }
    }
    return TagLayer(
      sentences: sentences, acronyms: acronyms.definitions, entities: entityList(used),
      lexicon: Hexadecimal.of(tagger.image.stamp))
  }

  /// What is given, a topic that the sentence only denies with the cues that are denied: "They did not impose
  /// sanctions" in a paragraph on coercion.
  private func withDenied(_ reading: SentenceReading) -> [LabelState] {
    guard !reading.denied.isEmpty else { return reading.given }
    var given = reading.given
    for index in given.indices where given[index].hits.isEmpty {
      given[index].hits = reading.denied.filter { $0.label == given[index].label }
      guard !given[index].hits.isEmpty else { continue }
      for hit in reading.denied where tagger.image.refinement(hit.label) == .implicit {
        guard tagger.image.labelParent(hit.label) == given[index].label,
          !given.contains(where: { $0.label == hit.label })
        else { continue }
        given.append(LabelState(label: hit.label, score: hit.weight, isExplicit: false, hits: [hit]))
      }
    }
    return given.sorted { $0.label < $1.label }
  }

  /// A path implies its ancestors: where a kind of a label is found, it stands for the label, explicit or not as
  /// the label is. A kind whose label the context took away goes too.
  private func specific(_ given: [LabelState]) -> [LabelState] {
    let image = tagger.image
    var out: [LabelState] = []
    for state in given {
      if image.labelRefines(state.label) {
        guard let whole = base(of: state.label, in: given) else { continue }
        var kind = state
        kind.isExplicit = whole.isExplicit
        kind.score = max(whole.score, state.score)
        kind.hits += whole.hits.filter { hit in
          hit.tier == .explicit && !state.hits.contains { $0.range == hit.range }
        }
        kind.rules = whole.rules
        out.append(kind)
      } else if !given.contains(where: {
        image.labelRefines($0.label) && image.labelParent($0.label) == state.label
      }) {
        out.append(state)
      }
    }
    return out
  }

  private func base(of label: Int, in given: [LabelState]) -> LabelState? {
    var label = label
    while tagger.image.labelRefines(label) { label = tagger.image.labelParent(label) }
    return given.first { $0.label == label }
  }

  private func evidence(_ state: LabelState, _ sentence: Range<Int>) -> [Evidence] {
    var found = state.hits.map { hit in
      Evidence(range: bytes(hit.range), entry: tagger.image.entryID(hit.entry))
    }
    found.sort {
      ($0.range.lowerBound, $0.range.upperBound, $0.entry) < (
        $1.range.lowerBound, $1.range.upperBound, $1.entry
      )
    }
    return found + state.rules.map { Evidence(range: sentence, entry: $0) }
  }

  func bytes(_ tokens: Range<Int>) -> Range<Int> {
    guard let last = tokens.last else { return 0..<0 }
    return Int(self.tokens.start[tokens.lowerBound])..<Int(self.tokens.end[last])
  }

  // MARK: Actors

  private func actors(_ reading: SentenceReading) -> [ActorHit] {
    var hits: [ActorHit] = []
    for name in reading.names where entities.kind(name.entity) != entities.kinds.none {
      let id = entities.id(name.entity)
      let evidence = Evidence(range: bytes(name.range), entry: name.source)
      let role = role(of: name, in: reading)
      if let known = hits.firstIndex(where: { $0.id == id }) {
        hits[known].evidence.append(evidence)
        hits[known].role = hits[known].role ?? role
      } else {
        hits.append(ActorHit(id: id, role: role, evidence: [evidence]))
      }
    }
    return hits.sorted { $0.id < $1.id }
  }

  /// The role that a name plays: that of a role label whose evidence holds the name in the role's place, the
  /// initiator at the beginning, the target not at the beginning.
  private func role(of name: Name, in reading: SentenceReading) -> String? {
    let field = tagger.field
    let kind = entities.kind(name.entity)
    guard kind != entities.kinds.io, kind != entities.kinds.organization else { return nil }
    for state in reading.given {
      let path = tagger.image.labelPath(state.label)
      guard path.hasPrefix("role/") else { continue }
      for hit in state.hits where hit.range.overlaps(name.range) {
        let isFirst = name.range.lowerBound <= hit.range.lowerBound + 1
        let fits =
          state.label == field.targetState
          ? !isFirst || hit.range.count <= name.range.count + 3
          : state.label == field.domesticInitiator || state.label == field.externalInitiator ? isFirst : true
        if fits { return path }
      }
    }
    return nil
  }

  private func entityList(_ used: Set<Int>) -> [Entity] {
    used.filter { entities.kind($0) != entities.kinds.none }.map { entity in
      let kind = entities.kind(entity)
      return Entity(
        id: entities.id(entity), name: entities.name(entity),
        kind: kind >= 0 ? tagger.image.kindLabel(kind) : "", inLexicon: entities.isInLexicon(entity))
    }.sorted { $0.id < $1.id }
  }
}

/// Whether sentences, asked for in text order, hold a citation.
struct CitedSentences {
  let gaps: [Range<Int>]
  private var next = 0

  init(gaps: [Range<Int>]) { self.gaps = gaps }

  mutating func holds(_ sentence: Range<Int>) -> Bool {
    while next > 0, gaps[next - 1].upperBound > sentence.lowerBound { next -= 1 }
    while next < gaps.count, gaps[next].upperBound <= sentence.lowerBound { next += 1 }
    return next < gaps.count && gaps[next].lowerBound < sentence.upperBound
  }
}

enum Hexadecimal {
  /// Sixteen digits.
  static func of(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
