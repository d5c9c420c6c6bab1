import EmendModel

/// Reads the in-text citations of a document: drafts from every block, judged by the whole.
struct InTextReader {
  let cues: CitationCues

  /// Kinds of blocks whose text may cite.
  static let citing: Set<Block.Kind> = [
    .paragraph, .blockQuote, .verse, .listItem, .table, .figure, .caption, .note, .abstract,
  ]

  /// `excluded` are the ranges of reference entries, in text order; `listed` the hashes of their first authors.
  func read(_ document: Document, excluded: [Range<Int>] = [], listed: Set<UInt64> = []) -> [Citation] {
    document.reading.withUnsafeBufferPointer { bytes in
      var drafts: [CitationDraft] = []
      var crossBlocks: [Int] = []
      var tokens: [CitationToken] = []
      let tokenizer = CitationTokenizer(bytes: bytes)
      var nextExcluded = 0
      for (index, block) in document.blocks.enumerated() where Self.citing.contains(block.kind) {
        while nextExcluded < excluded.count, excluded[nextExcluded].upperBound <= block.range.lowerBound {
          nextExcluded += 1
        }
        if nextExcluded < excluded.count, excluded[nextExcluded].lowerBound <= block.range.lowerBound,
          excluded[nextExcluded].upperBound >= block.range.upperBound
        {
          continue
        }
        tokens.removeAll(keepingCapacity: true)
        tokenizer.tokenize(block.range, into: &tokens)
        var reader = PassageReader(
          bytes: bytes, cues: cues, tokens: tokens, block: index, isNote: block.kind == .note)
        reader.read()
        drafts.append(contentsOf: reader.drafts)
        if Self.mentionsChapters(bytes, block.range) { crossBlocks.append(index) }
      }
      var citations = judge(drafts, listed: listed, document: document, bytes: bytes)
      citations += CrossReferences(cues: cues, document: document, bytes: bytes)
        .read(blocks: crossBlocks, taken: citations.map(\.groupRange))
      citations.sort {
        ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
      }
      Self.numberGroups(&citations)
      return citations
    }
  }

  /// Keeps the drafts that the evidence accepts, and finds what pages alone refer to.
  private func judge(
    _ drafts: [CitationDraft], listed: Set<UInt64>, document: Document, bytes: UnsafeBufferPointer<UInt8>
  ) -> [Citation] {
    let evidence = CitationEvidence(drafts: drafts, listed: listed, bytes: bytes)
    let assembly = CitationAssembly(document: document)
    var citations: [Citation] = []
    var lastNarrative: CitationDraft?
    var lastAny: CitationDraft?
    for draft in drafts {
      if draft.form == .pageOnly {
        guard evidence.citesByYear, evidence.givesPages || draft.facts.contains(.verb),
          let source = source(of: draft, lastNarrative, lastAny)
        else { continue }
        citations.append(assembly.citation(draft, source: source, confidence: 0.8))
        continue
      }
      let (accepted, confidence) = evidence.judge(draft)
      guard accepted else { continue }
      citations.append(assembly.citation(draft, source: nil, confidence: confidence))
      if draft.form == .narrative { lastNarrative = draft }
      lastAny = draft
    }
    return citations
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
    var index = range.lowerBound
    let end = range.upperBound - 5
    while index < end {
      // "olume" and "apter", "ssay", "ontribution": look for a rare letter pair first.
      switch bytes[index] {
      case 0x6F where bytes[index + 1] == 0x6C && bytes[index + 2] == 0x75 && bytes[index + 3] == 0x6D:
        return true
      case 0x61 where bytes[index + 1] == 0x70 && bytes[index + 2] == 0x74 && bytes[index + 3] == 0x65:
        return true
      default: index += 1
      }
    }
    return false
  }
}
