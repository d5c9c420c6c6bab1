import EmendModel

/// Reads the citations of a document: drafts from every block, judged by the whole, then resolved along the
/// notes.
struct InTextReader {
  let cues: CitationCues

  /// What the reference list of the document tells the judges.
  struct Listed {
    /// Ranges of the entries in the reading text, in order.
    var ranges: [Range<Int>] = []
    /// Hashes of the entries' first authors.
    var authors: Set<UInt64> = []
    /// Hashes of the entries' first authors with their years.
    var works: Set<UInt64> = []
    /// How many entries carry a number.
    var numbered = 0
    /// The references of notes, in order.
    var noted: [Reference] = []

    init() {}

    /// `filled` are the stretches that the entries fill.
    init(_ references: [Reference], filled: [Range<Int>]) {
      ranges = filled
      noted = references.filter { $0.origin == .note && $0.range != nil }
      for reference in references where reference.origin == .list {
        if let first = (reference.authors.first ?? reference.editors.first)?.family {
          let hash = Letters.foldedHash(first)
          authors.insert(hash)
          let date = reference.fields.first { $0.label == .date }
          if let year = date.flatMap({ $0.normal ?? $0.text }) { works.insert(Self.work(hash, year)) }
        }
        if reference.first(.citationNumber) != nil { numbered += 1 }
      }
      ranges.sort { $0.lowerBound < $1.lowerBound }
      noted.sort { ($0.range?.lowerBound ?? 0) < ($1.range?.lowerBound ?? 0) }
    }

    /// The hash of an author and the digits of a year.
    static func work(_ author: UInt64, _ year: String) -> UInt64 {
      year.utf8.prefix(4).reduce(author) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
  }

  /// Kinds of blocks whose text may cite.
  static let citing: Set<Block.Kind> = [
    .paragraph, .blockQuote, .verse, .listItem, .table, .figure, .caption, .note, .abstract,
  ]

  /// Everything that may be a citation, before anything is decided.
  private struct Findings {
    var drafts: [CitationDraft] = []
    var numerics: [NumericDraft] = []
    var sources: [SourceDraft] = []
    var entries: [NoteEntry] = []
    /// Blocks that speak of chapters or of a volume.
    var chapterBlocks: [Int] = []
  }

  /// What is taken for a citation, once the whole has been weighed.
  private struct Accepted {
    /// With the citation that names the work, where this one does not.
    var drafts: [(draft: CitationDraft, source: CitationDraft?, confidence: Double)] = []
    var numerics: [NumericDraft] = []
  }

  /// The citations in text order.
  func read(_ document: Document, listed: Listed = Listed()) -> [Citation] {
    document.reading.withUnsafeBufferPointer { bytes in
      let findings = find(document, listed, bytes)
      let accepted = judge(findings, listed, document, bytes)
      let assembly = CitationAssembly(document: document)
      var citations = accepted.drafts.map { draft, source, confidence in
        assembly.citation(draft, source: source, confidence: confidence)
      }
      for draft in accepted.numerics { citations += assembly.citations(draft) }
      citations += sources(findings.sources, document)
      citations.sort(by: Self.inOrder)
      citations = resolveNotes(findings.entries, citations, document)
      citations += CrossReferences(cues: cues, document: document, bytes: bytes)
        .read(blocks: findings.chapterBlocks, taken: citations.map(\.groupRange))
      citations.sort(by: Self.inOrder)
      Self.numberGroups(&citations)
      return citations
    }
  }

  /// Where the citations stand, each with the bracket or run that it is part of, in no order: all that the tagging of a
  /// text asks for, which costs a third of putting together what they cite.
  func places(_ document: Document) -> [Range<Int>] {
    document.reading.withUnsafeBufferPointer { bytes in
      let findings = find(document, Listed(), bytes)
      // What notes cite is told by following them from the first on.
      if !findings.entries.isEmpty { return read(document).map(\.groupRange) }
      let accepted = judge(findings, Listed(), document, bytes)
      let places =
        accepted.drafts.map(\.draft.group) + accepted.numerics.map(\.group) + findings.sources.map(\.range)
      return places
        + CrossReferences(cues: cues, document: document, bytes: bytes)
        .places(blocks: findings.chapterBlocks, taken: places)
    }
  }

  private static func inOrder(_ a: Citation, _ b: Citation) -> Bool {
    (a.range.lowerBound, a.range.upperBound) < (b.range.lowerBound, b.range.upperBound)
  }

  private func find(_ document: Document, _ listed: Listed, _ bytes: UnsafeBufferPointer<UInt8>) -> Findings {
    var findings = Findings()
    var tokens: [CitationToken] = []
    let tokenizer = CitationTokenizer(bytes: bytes, digits: cues.digits)
    let entries = RangeSet(listed.ranges)
    var described = 0
    for (index, block) in document.blocks.enumerated()
    where Self.citing.contains(block.kind) && 2 * entries.coverage(of: block.range) <= block.range.count {
      tokens.removeAll(keepingCapacity: true)
      tokenizer.tokenize(block.range, into: &tokens)
      var reader = PassageReader(
        bytes: bytes, cues: cues, tokens: tokens, block: index, isNote: block.kind == .note)
      reader.read()
      findings.drafts += reader.drafts
      findings.numerics += reader.numerics.filter { !entries.overlaps($0.group) }
      findings.sources += reader.sources.filter { !entries.overlaps($0.range) }
      var notes = reader.isNote ? NoteReader(reader: reader).entries() : []
      while described < listed.noted.count {
        let reference = listed.noted[described]
        guard let range = reference.range, range.lowerBound < block.range.upperBound else { break }
        described += 1
        if range.lowerBound >= block.range.lowerBound { reader.describe(reference, range, &notes) }
      }
      findings.entries += notes
      if Self.mentionsChapters(bytes, block.range) { findings.chapterBlocks.append(index) }
    }
    return findings
  }

  /// Keeps the drafts that the evidence accepts, and finds what pages alone and "ibid." refer to.
  private func judge(
    _ findings: Findings, _ listed: Listed, _ document: Document, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Accepted {
    let claimed = RangeSet(
      listed.ranges + findings.sources.map(\.range)
        + findings.entries.filter { $0.kind == .full || $0.year != nil }.map(\.range))
    let drafts = findings.drafts.filter { !claimed.overlaps($0.range) }
    let evidence = CitationEvidence(
      drafts: drafts, listed: listed.authors, works: listed.works, bytes: bytes)
    var accepted = Accepted()
    var lastNarrative: CitationDraft?
    var lastAny: CitationDraft?
    for draft in drafts {
      switch draft.form {
      case .pageOnly:
        guard evidence.citesByYear, evidence.givesPages || draft.facts.contains(.verb),
          let source = source(of: draft, lastNarrative, lastAny)
        else { continue }
        accepted.drafts.append((draft, source, 0.8))
      case .ibid:
        guard let lastAny else { continue }
        accepted.drafts.append((draft, lastAny, 0.9))
      default:
        let (isAccepted, confidence) = evidence.judge(draft)
        guard isAccepted else { continue }
        accepted.drafts.append((draft, nil, confidence))
        if draft.form == .narrative { lastNarrative = draft }
        lastAny = draft
      }
    }
    let numbers = NumericEvidence(
      findings.numerics, citesByYear: evidence.citesByYear, listed: listed.numbered,
      hasNotes: !document.notes.isEmpty)
    let taken = RangeSet(accepted.drafts.map(\.draft.group) + document.notes.compactMap(\.anchor?.range))
    accepted.numerics = findings.numerics.filter { numbers.accepts($0) && !taken.overlaps($0.group) }
    return accepted
  }

  /// The work that pages alone belong to: the last one named in the sentence's flow in the same block or the two
  /// before, else the last one in brackets of the same block.
  private func source(
    of draft: CitationDraft, _ narrative: CitationDraft?, _ any: CitationDraft?
  ) -> CitationDraft? {
    if let narrative, draft.block - narrative.block <= 2,
      narrative.block == draft.block || any?.block != draft.block
    {
      return narrative
    }
    guard let any, any.block == draft.block else { return nil }
    return any
  }

  private func sources(_ drafts: [SourceDraft], _ document: Document) -> [Citation] {
    let assembly = CitationAssembly(document: document)
    var cases: [(name: String, key: String, year: String?, range: Range<Int>)] = []
    return drafts.map { draft in
      let name = String(document.text(draft.name).prefix(80))
      var (key, year) = (CitationKey.make([name], year: draft.year), draft.year)
      var source: Range<Int>?
      if draft.isShort {
        // "Keel, 523 U.S. at 376" is the case "Keel v. Ostrow" before it.
        if let full = cases.last(where: { $0.name.hasPrefix(name + " ") }) {
          (key, year, source) = (full.key, full.year, full.range)
        }
      } else if draft.form == .legal {
        cases.append((name, key, year, draft.range))
      }
      return Citation(
        range: draft.range, text: document.text(draft.range), raw: document.witness(draft.range),
        form: draft.form,
        group: 0, groupRange: draft.range, authors: [], resolvedFrom: source, year: year, key: key,
        noteMark: assembly.noteMark(draft.block), confidence: 0.8)
    }
  }

  /// Follows the notes from the first to the last and resolves what they cite by reference to an earlier place.
  private func resolveNotes(
    _ entries: [NoteEntry], _ citations: [Citation], _ document: Document
  ) -> [Citation] {
    guard !entries.isEmpty else { return citations }
    let assembly = CitationAssembly(document: document)
    let taken = RangeSet(citations.map(\.range))
    let filter = NoteReferenceFilter(citations)
    var chain = NoteChain()
    var result: [Citation] = []
    var next = 0
    for entry in entries {
      while next < citations.count, citations[next].range.lowerBound < entry.range.lowerBound {
        if citations[next].noteMark != nil {
          if !citations[next].authors.isEmpty {
            chain.meet(citations[next])
          } else if citations[next].form == .legal || citations[next].form == .archival {
            chain.meet(source: citations[next])
          }
        }
        result.append(citations[next])
        next += 1
      }
      if taken.overlaps(entry.range) { continue }
      if let citation = chain.resolve(entry, assembly, isDescribed(entry, filter, taken)) {
        result.append(citation)
      }
    }
    return result + citations[next...]
  }

  /// Whether the parsed reference of an entry is one to go by.
  private func isDescribed(_ entry: NoteEntry, _ filter: NoteReferenceFilter, _ taken: RangeSet) -> Bool {
    guard let description = entry.description else { return false }
    return filter.keeps(description.reference) && !taken.overlaps(description.range)
  }

  /// Citations of one bracket or run share a number; numbers go up in text order from 1.
  private static func numberGroups(_ citations: inout [Citation]) {
    var number = 0
    var last: Range<Int>?
    for index in citations.indices {
      if citations[index].groupRange != last {
        number += 1
        last = citations[index].groupRange
      }
      citations[index].group = number
    }
  }

  /// Whether a block says "volume" or "chapter" (in any case of the first letter).
  private static func mentionsChapters(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    let end = range.upperBound - 5
    while start < end {
      // No branch within a stretch, so that the compiler compares many bytes at a time.
      let stop = min(start + stretch, end)
      var found: UInt8 = 0
      for index in start..<stop {
        let (a, b) = (bytes[index], bytes[index &+ 1])
        let (c, d) = (bytes[index &+ 2], bytes[index &+ 3])
        let olum = (a ^ 0x6F) | (b ^ 0x6C) | (c ^ 0x75) | (d ^ 0x6D)
        let apte = (a ^ 0x61) | (b ^ 0x70) | (c ^ 0x74) | (d ^ 0x65)
        found |= (olum == 0 ? 1 : 0) | (apte == 0 ? 1 : 0)
      }
      if found != 0 { return true }
      start = stop
    }
    return false
  }

  /// Bytes that are looked at together.
  private static let stretch = 256
}

/// Byte ranges in order, for asking whether one of them meets another range.
struct RangeSet {
  private let ranges: [Range<Int>]
  /// The greatest upper bound of the ranges up to each one.
  private let reach: [Int]

  init(_ ranges: [Range<Int>]) {
    let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
    var reach: [Int] = []
    for range in sorted { reach.append(max(reach.last ?? 0, range.upperBound)) }
    self.ranges = sorted
    self.reach = reach
  }

  /// How many bytes of a range lie in one of the ranges, which must not overlap each other.
  func coverage(of range: Range<Int>) -> Int {
    var index = end(before: range.upperBound) - 1
    var bytes = 0
    while index >= 0, reach[index] > range.lowerBound {
      bytes += max(
        0, min(ranges[index].upperBound, range.upperBound) - max(ranges[index].lowerBound, range.lowerBound))
      index -= 1
    }
    return bytes
  }

  func overlaps(_ range: Range<Int>) -> Bool {
    let end = end(before: range.upperBound)
    return end > 0 && reach[end - 1] > range.lowerBound
  }

  /// How many ranges begin before an offset.
  private func end(before offset: Int) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
