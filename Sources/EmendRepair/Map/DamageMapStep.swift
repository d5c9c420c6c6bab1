/// Learns the document's damage map from its own words and mends what it explains.
///
/// First unknown words, then known words that a stand-in made ("And themselves" for "find themselves"),
/// which case and neighbours decide, then words that a gap broke. What the unknown words show of each page
/// says where the map holds; where it does not on all pages, they are read again, each page by its own map.
struct DamageMapStep: Step {
  func run(_ draft: inout Draft, _ session: inout Session) {
    let knowledge = session.knowledge
    let vocabulary = draft.vocabulary
    let ballots = Ballots(
      draft.words, text: draft.text, standings: draft.standings(knowledge.english), knowledge: knowledge)
    let election = Election(ballots, knowledge: knowledge)
    let map = DamageMap(election, ballots, vocabulary: vocabulary, knowledge: knowledge)
    session.map = map
    if map.isEmpty { return }

    var reader = MapReader(map: map, knowledge: knowledge, vocabulary: vocabulary)
    reader.natural = NaturalSigns(draft.words, draft.standings(knowledge.english), reader)
    var readers = ZonedReaders(reader, leaves: Leaves(draft))
    var unknown = mended(&draft, readers, .unknown)
    let counts = LeafCounts(
      draft.words, readers.leaves, map, unknown + (map.gaps.isEmpty ? [] : joined(&draft, readers)),
      in: draft.text, knowledge)
    let zones = PageZones(counts, map)
    if zones.zones.count > 1 {
      readers.part(by: zones, knowledge)
      unknown = mended(&draft, readers, .unknown)
    }
    var profile = Profile(
      map, zones, counts, knowledge, decisions: session.decisions,
      isPaged: readers.leaves.isPaged)
    draft.apply(profile.note(unknown, in: draft.text, readers.leaves))

    readers.leaves = Leaves(draft)
    draft.apply(profile.note(mended(&draft, readers, .known), in: draft.text, readers.leaves))
    if !map.gaps.isEmpty {
      readers.leaves = Leaves(draft)
      draft.apply(profile.note(joined(&draft, readers), in: draft.text, readers.leaves))
    }
    draft.profile = profile.finished()
  }

  private func mended(_ draft: inout Draft, _ readers: ZonedReaders, _ pass: MapWords.Pass) -> [Edit] {
    let standings = draft.standings(readers.knowledge.english)
    var run = MapWords(
      readers: readers, words: draft.words, text: draft.text, standings: standings, pass: pass)
    return run.edits()
  }

  private func joined(_ draft: inout Draft, _ readers: ZonedReaders) -> [Edit] {
    var run = MapGaps(readers: readers, words: draft.words, text: draft.text)
    return run.edits()
  }
}

/// The reader of each zone of a document.
struct ZonedReaders {
  private(set) var readers: [MapReader]
  var leaves: Leaves
  private var zoneOfLeaf: [Int] = []

  init(_ reader: MapReader, leaves: Leaves) {
    readers = [reader]
    self.leaves = leaves
  }

  var knowledge: Knowledge { readers[0].knowledge }
  var vocabulary: Vocabulary { readers[0].vocabulary }

  mutating func part(by zones: PageZones, _ knowledge: Knowledge) {
    let whole = readers[0]
    readers = zones.zones.map { whole.with(whole.map.rated($0, knowledge)) }
    zoneOfLeaf = zones.zoneOfLeaf
  }

  /// The zone of an offset in the text.
  func zone(at offset: Int32) -> Int {
    readers.count == 1 ? 0 : zoneOfLeaf[leaves.leaf(at: Int(offset))]
  }
}

/// Damaged and whole occurrences of the ligatures on each leaf of a document.
struct LeafCounts {
  /// By ligature and leaf.
  private(set) var whole: [[Double]]
  /// By pair and leaf.
  private(set) var damaged: [[Double]]

  /// - Parameter edits: what the map would mend, from which the damaged occurrences are counted.
  init(
    _ words: Words, _ leaves: Leaves, _ map: DamageMap, _ edits: [Edit], in text: [UInt8],
    _ knowledge: Knowledge
  ) {
    whole = Array(
      repeating: Array(repeating: 0, count: leaves.count), count: knowledge.damage.ligatures.count)
    damaged = Array(repeating: Array(repeating: 0, count: leaves.count), count: map.pairs.count)
    var held = [[Int]?](repeating: nil, count: words.forms.count)
    for word in words.all {
      let id = Int(word.form)
      let ligatures = held[id] ?? LeafCounts.held(by: words.forms[id], knowledge)
      held[id] = ligatures
      if ligatures.isEmpty { continue }
      let leaf = leaves.leaf(at: Int(word.start))
      for ligature in ligatures { whole[ligature][leaf] += 1 }
    }
    for edit in edits where edit.confidence >= Draft.sure {
      guard let pair = map.pair(of: Form(text[edit.range]), edit.reading, knowledge) else { continue }
      damaged[pair][leaves.leaf(at: edit.range.lowerBound)] += 1
    }
  }

  private static func held(by form: Form, _ knowledge: Knowledge) -> [Int] {
    if form.count > 4 * English.longest { return [] }
    return Pieces.of(form).flatMap { WholeLigatures.held(by: Form(form[$0]).folded, knowledge) }
  }
}

extension PageZones {
  init(_ counts: LeafCounts, _ map: DamageMap) {
    let leaves = counts.whole.first?.count ?? 0
    var evidence: [Counts] = []
    for (number, pair) in map.pairs.enumerated() {
      evidence.append(
        (0..<leaves).map { leaf in
          // A ligature that another stand-in took is not whole, but not damaged by this pair either.
          var other = counts.whole[pair.ligature][leaf]
          for (rival, two) in map.pairs.enumerated() where rival != number && two.ligature == pair.ligature {
            other += counts.damaged[rival][leaf]
          }
          return (counts.damaged[number][leaf], other)
        })
    }
    let even = evidence.map { counts in
      let damaged = counts.reduce(0) { $0 + $1.damaged }
      return (damaged + 0.5) / (damaged + counts.reduce(0) { $0 + $1.whole } + 1)
    }
    // A sign that cannot be natural is read wherever it stands.
    self.init(
      evidence, even,
      mayLinger: map.pairs.map { !$0.standIn.isSmallLetters && !$0.standIn.isBlank && !$0.standIn.hasSpace })
  }
}
