import EmendText

/// Learns the document's damage map from its own words and mends what it explains.
///
/// First unknown words, then known words that a stand-in made ("And themselves" for "find themselves"),
/// which case and neighbours decide, then words that a gap broke. What the unknown words show of each page
/// says where the map holds; where it does not on all pages, they are read again, each page by its own map.
struct DamageMapStep: Step {
  func run(_ draft: inout Draft, _ session: inout Session) {
    let knowledge = session.knowledge
    let (words, text, threads) = (draft.words, draft.text, session.threads)
    let standings = draft.standings(knowledge.english)
    let (vocabulary, ballots) = draft.vocabulary {
      Ballots(words, text: text, standings: standings, knowledge: knowledge, threads: threads)
    }
    let election = Election(ballots, knowledge: knowledge)
    let map = DamageMap(election, ballots, vocabulary: vocabulary, knowledge: knowledge)
    session.map = map
    if map.isEmpty { return }

    var reader = MapReader(map: map, knowledge: knowledge, vocabulary: vocabulary)
    reader.natural = NaturalSigns(
      draft.words, draft.standings(knowledge.english), reader, threads: session.threads)
    var readers = ZonedReaders(reader, leaves: Leaves(draft))
    var unknown = mended(&draft, readers, .unknown, session.threads)
    let counts = LeafCounts(
      draft.words, draft.standings(knowledge.english), readers.leaves, map,
      unknown + (map.gaps.isEmpty ? [] : joined(&draft, readers)), in: draft.text, knowledge,
      threads: session.threads)
    let zones = PageZones(counts, map)
    if zones.zones.count > 1 {
      readers.part(by: zones, knowledge)
      unknown = mended(&draft, readers, .unknown, session.threads)
    }
    var profile = Profile(
      map, zones, counts, knowledge, decisions: session.decisions,
      isPaged: readers.leaves.isPaged)
    draft.apply(profile.note(unknown, in: draft.text, readers.leaves))

    readers.leaves = Leaves(draft)
    draft.apply(
      profile.note(mended(&draft, readers, .known, session.threads), in: draft.text, readers.leaves))
    if !map.gaps.isEmpty {
      readers.leaves = Leaves(draft)
      draft.apply(profile.note(joined(&draft, readers), in: draft.text, readers.leaves))
    }
    draft.profile = profile.finished()
  }

  private func mended(
    _ draft: inout Draft, _ readers: ZonedReaders, _ pass: MapWords.Pass, _ threads: Int
  ) -> [Edit] {
    MapWords(readers: readers, words: draft.words, text: draft.text, pass: pass, threads: threads)
      .edits(threads: threads)
  }

  private func joined(_ draft: inout Draft, _ readers: ZonedReaders) -> [Edit] {
    var run = MapGaps(readers: readers, words: draft.words, text: draft.text)
    return run.edits()
  }
}

/// The reader of each zone of a document.
struct ZonedReaders {
  private(set) var readers: [MapReader]
  /// What each of them makes of the forms.
  private(set) var variants: [VariantTable]
  var leaves: Leaves
  private var zoneOfLeaf: [Int] = []

  init(_ reader: MapReader, leaves: Leaves) {
    readers = [reader]
    variants = [VariantTable()]
    self.leaves = leaves
  }

  var knowledge: Knowledge { readers[0].knowledge }
  var vocabulary: Vocabulary { readers[0].vocabulary }

  mutating func part(by zones: PageZones, _ knowledge: Knowledge) {
    let whole = readers[0]
    readers = zones.zones.map { whole.with(whole.map.rated($0, knowledge)) }
    variants = readers.map { _ in VariantTable() }
    zoneOfLeaf = zones.zoneOfLeaf
  }

  /// Has each reader read the forms that stand in its zone, once each and side by side.
  func prepare(_ words: Words, threads: Int) {
    for table in variants { table.grow(to: words.forms.count) }
    if readers.count == 1 {
      let fresh = (0..<words.forms.count).filter { words.forms.counts[$0] > 0 && variants[0].claim($0) }
      variants[0].read(fresh.map(Int32.init), words.forms, by: readers[0], threads: threads)
      return
    }
    var fresh = variants.map { _ in [Int32]() }
    for word in words.all {
      let zone = zone(at: word.start)
      if variants[zone].claim(Int(word.form)) { fresh[zone].append(word.form) }
    }
    for (zone, forms) in fresh.enumerated() {
      variants[zone].read(forms, words.forms, by: readers[zone], threads: threads)
    }
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
    _ words: Words, _ standings: [Standing], _ leaves: Leaves, _ map: DamageMap, _ edits: [Edit],
    in text: [UInt8], _ knowledge: Knowledge, threads: Int
  ) {
    let ligatures = knowledge.damage.ligatures.count
    whole = Array(repeating: Array(repeating: 0, count: leaves.count), count: ligatures)
    damaged = Array(repeating: Array(repeating: 0, count: leaves.count), count: map.pairs.count)
    let held = HeldByForm(words.forms, standings, WholeLigatures(knowledge), threads: threads)
    // Words stand in the order of the leaves.
    var leaf = 0
    for word in words.all {
      let places = held.places(Int(word.form))
      if places.isEmpty { continue }
      while leaf + 1 < leaves.count, leaves.starts[leaf + 1] <= Int(word.start) { leaf += 1 }
      for place in places { whole[Int(held.all[place])][leaf] += 1 }
    }
    for edit in edits where edit.confidence >= Draft.sure {
      guard let pair = map.pair(of: Form(text[edit.range]), edit.reading, knowledge) else { continue }
      damaged[pair][leaves.leaf(at: edit.range.lowerBound)] += 1
    }
  }

  /// For each form of a document the ligatures that its pieces hold whole, in one list.
  private struct HeldByForm {
    private(set) var all: [UInt8] = []
    private var starts: [Int32] = [0]

    /// Fewer forms are not worth a thread.
    private static let fewest = 1000

    init(_ forms: FormTable, _ standings: [Standing], _ whole: WholeLigatures, threads: Int) {
      let found = SideBySide.map(forms.count, threads: threads, least: HeldByForm.fewest) { some in
        some.compactMap { id -> (id: Int, held: [WholeLigatures.Held])? in
          guard forms.length(id) <= 4 * English.longest else { return nil }
          switch standings[id] {
          case .noLetters: return nil
          case .word, .commonWord:
            let held = forms.withBytes(id) { whole.lettersHeld(byPlainWord: $0) }
            return held == 0 ? nil : (id, [held])
          case .open: break
          }
          guard forms.withBytes(id, whole.mayBeHeld) else { return nil }
          let form = forms[id]
          return (
            id,
            Pieces.of(form).map { Form(form[$0]).folded.withUnsafeBufferPointer { whole.held(by: $0) } }
          )
        }
      }
      starts.reserveCapacity(forms.count + 1)
      for (id, held) in found.joined() {
        starts.append(contentsOf: repeatElement(Int32(all.count), count: id + 1 - starts.count))
        for ligatures in held { add(ligatures) }
      }
      starts.append(contentsOf: repeatElement(Int32(all.count), count: forms.count + 1 - starts.count))
    }

    private mutating func add(_ held: WholeLigatures.Held) {
      var rest = held
      while rest != 0 {
        all.append(UInt8(rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }

    /// The places in `all` of what a form holds.
    func places(_ id: Int) -> Range<Int> { Int(starts[id])..<Int(starts[id + 1]) }
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
