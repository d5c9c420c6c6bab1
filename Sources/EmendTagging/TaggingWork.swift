import EmendModel
import EmendText

/// The tagging of one document: its tokens, its names, then its sentences one by one.
struct TaggingWork {
  let tagger: Tagger
  let document: Document
  let text: UnsafeBufferPointer<UInt8>
  /// How many stretches of the document may be worked on side by side.
  let threads: Int
  let gaps: [Range<Int>]
  private let prose: ProseBlocks
  private(set) var tokens = TokenTable()
  var readings: [SentenceReading] = []
  var entities: DocumentEntities
  var acronyms = Acronyms()
  /// Entries that matched anywhere, kept only when they are asked for.
  private var matched: [Int]?
  private var everyMatch: [Hit]?

  init(
    tagger: Tagger, document: Document, citations: CitationLayer, places: [Range<Int>]? = nil,
    text: UnsafeBufferPointer<UInt8>, threads: Int = 1
  ) {
    self.tagger = tagger
    self.document = document
    self.text = text
    self.threads = threads
    gaps = Self.gaps(places ?? citations.citations.map(\.groupRange))
    prose = ProseBlocks(document: document, citations: citations)
    entities = DocumentEntities(image: tagger.image)
  }

  mutating func run() -> TagLayer {
    tokenize()
    let names = findNames()
    match(names)
    resolve()
    ContextPass.run(&readings, tagger.field, callers: noteCallers())
    return layer()
  }

  /// Ids of all entries that match, those that a stronger one covers included, and of the blocks.
  mutating func entries() -> [String] {
    matched = []
    tokenize()
    match(findNames())
    return (matched ?? []).map { tagger.image.entryID($0) }
  }

  /// All hits, those that a stronger one covers included.
  mutating func everyHit() -> [Hit] {
    everyMatch = []
    tokenize()
    match(findNames())
    return everyMatch ?? []
  }

  /// The ranges of the reading text that citations cover, whose places are given, in order, none overlapping.
  private static func gaps(_ places: [Range<Int>]) -> [Range<Int>] {
    var gaps: [Range<Int>] = []
    for range in places.filter({ !$0.isEmpty }).sorted(by: {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }) {
      if let last = gaps.last, range.lowerBound < last.upperBound {
        gaps[gaps.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        gaps.append(range)
      }
    }
    return gaps
  }

  // MARK: Tokens

  /// Sentences that one thread reads or matches at the least.
  private static let stretch = 256

  /// Splits the prose into tokens, a long document on several threads. No sentence's tokens depend on another's.
  private mutating func tokenize() {
    let sentences = document.sentences.indices.filter { prose.contains(document.sentences[$0].block) }
    nonisolated(unsafe) let work = self
    // Each stretch has the columns from a third of its first byte on; where stretches overlap, columns of its own.
    let ranges = sentences.lazy.map { work.document.sentences[$0].range }
    let isOrdered = zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
    let columns = TokenColumns(capacity: TokenTableBuilder.room(for: text.count))
    nonisolated(unsafe) let shared = columns
    let parts = SideBySide.map(sentences.count, threads: threads, least: Self.stretch) { some in
      work.tokens(of: sentences[some], sharing: shared, isOrdered)
    }
    let (table, firsts) = TokenTable.join(parts.map(\.tokens), sharing: columns)
    tokens = table
    readings.reserveCapacity(sentences.count)
    var next = sentences.makeIterator()
    for (part, first) in zip(parts, firsts) {
      var start = 0
      for (end, lists) in part.ends {
        guard let index = next.next() else { break }
        let block = document.sentences[index].block
        readings.append(
          SentenceReading(
            sentence: index, block: block, isNote: document.blocks[block].kind == .note,
            tokens: (first + start)..<(first + end), lists: lists))
        start = end
      }
    }
  }

  /// The tokens of some sentences, in order, and for each how many there are when it ends, and on which lists they are.
  private func tokens(of sentences: ArraySlice<Int>, sharing columns: TokenColumns, _ isOrdered: Bool) -> (
    tokens: TokenTableBuilder, ends: [(Int, RuleWords.List)]
  ) {
    let ranges = sentences.map { document.sentences[$0].range.clamped(to: 0..<text.count) }
    let (from, to) = (ranges.first?.lowerBound ?? 0, ranges.last?.upperBound ?? 0)
    var scanner = TokenScanner(text: text, from: from, to: text.count)
    var tokens = TokenTableBuilder(
      sharing: columns, from: from / 3, capacity: isOrdered ? (to - from) / 3 : 0)
    var ends: [(Int, RuleWords.List)] = []
    ends.reserveCapacity(ranges.count)
    var gap = gaps.firstIndex { $0.upperBound > from } ?? gaps.count
    for range in ranges {
      while gap < gaps.count, gaps[gap].upperBound <= range.lowerBound { gap += 1 }
      var last = gap
      while last < gaps.count, gaps[last].lowerBound < range.upperBound { last += 1 }
      if scanner.at > range.lowerBound {
        scanner = TokenScanner(text: text, from: range.lowerBound, to: text.count)
      }
      let before = tokens.count
      tokens.add(&scanner, range, gaps: gaps[gap..<last], image: tagger.image)
      ends.append((tokens.count, tokens.lists(of: before..<tokens.count, tagger.words, tagger.heads)))
    }
    return (tokens, ends)
  }

  private func view(_ sentence: Range<Int>) -> NameView {
    NameView(sentence: sentence, tokens: tokens, text: text, words: tagger.words)
  }

  // MARK: Names

  /// The names of each sentence. Acronyms and heads of government are collected from the whole document before
  /// any name is read, so that they hold before their definition too.
  private mutating func findNames() -> HeadsOfGovernment {
    let words = tagger.words
    for reading in readings where reading.isOn(words.officeTitles | words.acronymMarks) {
      acronyms.collect(&entities, view(reading.tokens))
    }
    var heads = HeadsOfGovernment(table: tagger.heads)
    let finder = LexiconNames()
    for index in readings.indices where !entities.forms.isEmpty || readings[index].isOn(words.nameStarts) {
      let view = view(readings[index].tokens)
      finder.apply(&readings[index].names, &entities, view)
      if !readings[index].names.isEmpty { heads.collect(readings[index].names, entities, view) }
    }
    return heads
  }

  // MARK: Cues

  private mutating func match(_ heads: HeadsOfGovernment) {
    complete(heads)
    if matched == nil, everyMatch == nil { return matchSideBySide() }
    var matcher = SentenceMatcher(tagger: tagger, tokens: tokens)
    for index in readings.indices {
      let (hits, blocks) = matcher.match(&readings[index], facts(readings[index]))
      matched? += hits.map(\.entry) + blocks
      everyMatch? += hits
    }
  }

  /// Matches a long document on several threads. Each sentence is matched by itself, so that the result is the same for
  /// any number of them.
  private mutating func matchSideBySide() {
    // The readings are taken out of the work, which the threads share: else they would all be copied.
    var own = readings
    readings = []
    let work = self
    own.withUnsafeMutableBufferPointer { readings in
      // Every reading is written by the one thread that drew its stretch.
      nonisolated(unsafe) let (readings, work) = (readings, work)
      _ = SideBySide.map(readings.count, threads: work.threads, least: Self.stretch) { some in
        var matcher = SentenceMatcher(tagger: work.tagger, tokens: work.tokens)
        for index in some { matcher.match(&readings[index], work.facts(readings[index])) }
      }
    }
    readings = own
  }

  /// Completes the names of all sentences.
  private mutating func complete(_ heads: HeadsOfGovernment) {
    let rules = tagger.nameRules(heads: heads)
    let congresses = OtherCongresses(&entities)
    // Where no name was found, only these make one.
    let making = tagger.words.organizationHeads | tagger.words.headsOfGovernment
    for index in readings.indices where !readings[index].names.isEmpty || readings[index].isOn(making) {
      let view = view(readings[index].tokens)
      for rule in rules { rule.apply(&readings[index].names, &entities, view) }
      if !readings[index].names.isEmpty { congresses.apply(&readings, index, &entities) }
    }
  }

  /// What matching needs to know of the names of a sentence.
  private func facts(_ reading: SentenceReading) -> SentenceFacts {
    let names = reading.names
    if names.isEmpty, !reading.isOn(tagger.words.treatyHeads) {
      return SentenceFacts(fed: [], opaque: [], barred: [], scope: scope(reading))
    }
    return SentenceFacts(
      fed: fedSpans(reading, view(reading.tokens)),
      opaque: names.filter { $0.range.count > 1 && entities.kind($0.entity) != entities.kinds.institution }
        .map(\.range),
      barred: names.filter { entities.kind($0.entity) == entities.kinds.none }.map(\.range),
      scope: scope(reading))
  }

  private func scope(_ reading: SentenceReading) -> Scope {
    switch document.blocks[reading.block].kind {
    case .note: .notes
    case .heading: .headings
    case .blockQuote: .quotations
    default: .body
    }
  }

  /// The classes that names feed.
  private func fedSpans(_ reading: SentenceReading, _ view: NameView) -> [ClassSpan] {
    let field = tagger.field
    var spans = TreatyNames().spans(view, cueClass: field.treaty)
    for name in reading.names {
      let kind = entities.kind(name.entity)
      guard kind >= 0 else { continue }
      let feeds = tagger.image.kindFeeds(kind)
      if feeds >= 0 { spans.append(ClassSpan(cueClass: feeds, range: name.range)) }
      if name.isSeat { spans.append(ClassSpan(cueClass: field.capital, range: name.range)) }
      if kind == entities.kinds.president, name.range.count > 1,
        view.isIn(name.range.lowerBound, view.words.officeTitles)
      {
        spans.append(ClassSpan(cueClass: field.titledHead, range: name.range))
      }
    }
    return spans
  }

  // MARK: Resolution

  /// What a name of before resolves: "the Fund", "the President". A resolved organization gives its label.
  private mutating func resolve() {
    var aliases = DefiniteAliases()
    var president = ThePresident()
    let label = tagger.field.internationalOrganization
    for reading in readings where !reading.names.isEmpty {
      aliases.collect(reading.names, entities, view(reading.tokens))
    }
    for index in readings.indices {
      let view = view(readings[index].tokens)
      let before = readings[index].names.count
      aliases.apply(&readings[index], entities, view)
      president.apply(&readings[index], &entities, view)
      for name in readings[index].names[before...] where entities.kind(name.entity) == entities.kinds.io {
        give(label, name, &readings[index])
      }
    }
  }

  /// The sentence that calls a note, by the note's block.
  private func noteCallers() -> [Int: Int] {
    var callers: [Int: Int] = [:]
    for note in document.notes {
      guard let mark = note.anchor?.range.lowerBound else { continue }
      var (low, high) = (0, readings.count)
      while low < high {
        let middle = (low + high) / 2
        if document.sentences[readings[middle].sentence].range.upperBound <= mark {
          low = middle + 1
        } else {
          high = middle
        }
      }
      guard low < readings.count, document.sentences[readings[low].sentence].range.contains(mark) else {
        continue
      }
      callers[note.block] = low
    }
    return callers
  }

  private func give(_ label: Int, _ name: Name, _ reading: inout SentenceReading) {
    guard label >= 0 else { return }
    if let known = reading.alone.firstIndex(where: { $0.label == label }) {
      reading.alone[known].score = max(reading.alone[known].score, 0.9)
      reading.alone[known].isExplicit = true
    } else {
      reading.alone.append(
        LabelState(label: label, score: 0.9, isExplicit: true, rules: [name.source]))
      reading.alone.sort { $0.label < $1.label }
    }
  }
}
