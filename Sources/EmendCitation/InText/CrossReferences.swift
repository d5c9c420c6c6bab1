import EmendModel

/// The cross-references of a document: marked ones first, then the bare names of the contributors they name.
struct CrossReferences {
  let cues: CitationCues
  let document: Document
  let bytes: UnsafeBufferPointer<UInt8>

  /// `blocks` are those that speak of chapters or of the volume; `taken` the ranges of other citations.
  func read(blocks: [Int], taken: [Range<Int>]) -> [Citation] {
    drafts(blocks: blocks, taken: taken).map(citation)
  }

  /// Where they stand.
  func places(blocks: [Int], taken: [Range<Int>]) -> [Range<Int>] {
    drafts(blocks: blocks, taken: taken).map(\.group)
  }

  private func drafts(blocks: [Int], taken: [Range<Int>]) -> [CrossReferenceDraft] {
    guard !blocks.isEmpty else { return [] }
    var drafts: [CrossReferenceDraft] = []
    var known: [UInt64: NameSpan] = [:]
    let isTaken = RangeSet(taken)
    for block in blocks {
      var reader = CrossReferenceReader(reader: passage(block))
      reader.readMarked()
      for draft in reader.found where !isTaken.overlaps(draft.range) {
        drafts.append(draft)
        for name in draft.names { known[Letters.foldedHash(bytes, name.family)] = name }
      }
    }
    guard !drafts.isEmpty else { return [] }
    return drafts + bare(blocks: blocks, known: known, taken: taken + drafts.map(\.range))
  }

  /// Bare names, in the sections whose text goes through the chapters: from the first block that speaks of
  /// them to the end of its section.
  private func bare(blocks: [Int], known: [UInt64: NameSpan], taken: [Range<Int>]) -> [CrossReferenceDraft] {
    var known = known
    var drafts: [CrossReferenceDraft] = []
    let isTaken = RangeSet(taken)
    let speaking = Set(blocks)
    for (index, block) in document.blocks.enumerated()
    where InTextReader.citing.contains(block.kind) && block.kind != .note {
      // A preview runs on for a paragraph or two after the one that says "chapters".
      let previews = speaking.contains(index) || speaking.contains(index - 1) || speaking.contains(index - 2)
      var reader = CrossReferenceReader(reader: passage(index))
      reader.readBare(known: &known, previews: previews, taken: isTaken)
      drafts += reader.found
    }
    return drafts
  }

  private func passage(_ block: Int) -> PassageReader {
    var tokens: [CitationToken] = []
    CitationTokenizer(bytes: bytes, digits: cues.digits).tokenize(document.blocks[block].range, into: &tokens)
    return PassageReader(
      bytes: bytes, cues: cues, tokens: tokens, block: block, isNote: document.blocks[block].kind == .note)
  }

  private func citation(_ draft: CrossReferenceDraft) -> Citation {
    let assembly = CitationAssembly(document: document)
    let authors = draft.names.map(assembly.personName)
    return Citation(
      range: draft.range, text: document.text(draft.range), raw: document.witness(draft.range),
      form: .crossReference, group: 0, groupRange: draft.group, authors: authors, year: nil,
      prefix: draft.prefix,
      key: CitationKey.make(
        authors.isEmpty ? [document.text(draft.range)] : authors.map(\.family), year: "this-volume"),
      noteMark: assembly.noteMark(draft.block),
      thisVolume: true, marker: draft.isMarked ? "marked" : "bare", confidence: draft.isMarked ? 0.95 : 0.7)
  }
}
