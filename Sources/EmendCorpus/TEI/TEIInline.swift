import EmendModel

/// The inside of a block: text with its repairs, the lines and pages that begin in it, its sentences,
/// citations and note marks.
///
/// One walk over the segments of the offset map, in the order of the reading text. What is open is kept
/// on a stack of two levels, sentence and reference; a boundary that falls into a repair moves to its edge.
struct TEIInline {
  let edition: Edition
  let ids: TEIIdentifiers
  let xml: XMLWriter
  private let document: Document
  private let repairs: [Emendation]
  /// Citations and note marks in text order, none overlapping.
  private let references: [Mark]
  private var lastPage = -1
  private var lastLine = -1
  private var nextFurniture = 0
  private var nextReference = 0
  private var nextSentence = 0
  private let furniture: [Furniture]
  private let tagged: [SentenceTags?]

  private struct Mark {
    var range: Range<Int>
    var attributes: [(String, String?)]
  }

  init(edition: Edition, ids: TEIIdentifiers, xml: XMLWriter) {
    self.edition = edition
    self.ids = ids
    self.xml = xml
    document = edition.document
    repairs = edition.transcript.emendations.filter { $0.status == .applied }
    furniture = edition.document.furniture.sorted {
      ($0.line, $0.range.lowerBound) < ($1.line, $1.range.lowerBound)
    }
    tagged = edition.tagsBySentence
    references = TEIInline.marks(edition, ids)
  }

  private static func marks(_ edition: Edition, _ ids: TEIIdentifiers) -> [Mark] {
    var marks: [Mark] = []
    for citation in edition.citations.citations {
      let target = citation.work.flatMap {
        edition.citations.works.indices.contains($0) ? "#" + ids.work($0) : nil
      }
      marks.append(
        Mark(
          range: citation.range,
          attributes: [("type", "citation"), ("subtype", citation.form.rawValue), ("target", target)]))
    }
    for (index, note) in edition.document.notes.enumerated() {
      guard let anchor = note.anchor else { continue }
      marks.append(
        Mark(
          range: anchor.range,
          attributes: [
            ("type", "note-mark"), ("xml:id", ids.anchor(index)), ("target", "#" + ids.note(index)),
          ]))
    }
    marks.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    var end = -1
    return marks.filter { mark in
      guard mark.range.lowerBound >= end, !mark.range.isEmpty else { return false }
      end = mark.range.upperBound
      return true
    }
  }

  // MARK: Pages between blocks

  /// Page starts and furniture before a block.
  mutating func pages(before block: Block) {
    if block.page > lastPage { turn(to: block.page, line: block.firstLine, joined: false) }
  }

  /// Page starts and furniture after the last block.
  mutating func remainingPages() {
    let last = edition.scan.pages.count - 1
    if last > lastPage { turn(to: last, line: edition.scan.lines.count, joined: false) }
    writeFurniture(before: edition.scan.lines.count)
  }

  private mutating func turn(to page: Int, line: Int, joined: Bool) {
    let scan = edition.scan
    for next in (lastPage + 1)...max(page, lastPage + 1)
    where next <= page && scan.pages.indices.contains(next) {
      writeFurniture(before: scan.pages[next].lines.lowerBound)
      let record = document.pages.indices.contains(next) ? document.pages[next] : PageRecord()
      xml.empty(
        "pb",
        [
          ("n", record.printed), ("xml:id", ids.page(next)),
          ("facs", TEIFacsimile.isKnown(scan) ? "#" + ids.surface(next) : nil),
          ("break", joined ? "no" : nil),
        ])
    }
    lastPage = max(page, lastPage)
    writeFurniture(before: line)
  }

  private mutating func writeFurniture(before line: Int) {
    while nextFurniture < furniture.count, furniture[nextFurniture].line < line {
      let item = furniture[nextFurniture]
      let type =
        switch item.kind {
        case .head: "header"
        case .foot: "footer"
        case .pageNumber: "pageNum"
        case .signature: "sig"
        case .catchword: "catch"
        case .stamp, .noise: item.kind.rawValue
        }
      let range = item.range.clamped(to: 0..<edition.scan.text.count)
      xml.element("fw", [("type", type)]) { xml.text(edition.scan.text[range]) }
      nextFurniture += 1
    }
  }

  // MARK: Text

  /// Writes a range of the reading text.
  mutating func write(_ range: Range<Int>, of block: Block) {
    lastLine = -1
    rewind(to: range.lowerBound)
    var state = Walk(start: range.lowerBound, end: range.upperBound)
    let segments = document.map.segments
    var index = firstSegment(at: range.lowerBound)
    while index < segments.count, segments[index].target.lowerBound < range.upperBound {
      let segment = segments[index]
      index += 1
      let target = segment.target.clamped(to: range)
      if target.isEmpty {
        // Left out of the reading text: a repair that deletes, or a line end, furniture, white space.
        let at = segment.target.lowerBound
        if at > range.lowerBound, let repair = repair(at: segment.source) {
          choice(repair, at: at..<at, &state)
        }
        if !segment.source.isEmpty, segment.target.isEmpty { state.dropped = segment.source }
        continue
      }
      if segment.copied {
        copy(target, from: segment.source.lowerBound + target.lowerBound - segment.target.lowerBound, &state)
      } else if let repair = repair(at: segment.source) {
        choice(repair, at: target, &state)
      } else {
        open(at: target.lowerBound, &state)
        xml.text(document.reading[target])
        state.dropped = segment.source
        close(at: target.upperBound, &state)
      }
    }
    closeAll(&state)
  }

  /// What is open while a block is walked.
  private struct Walk {
    let start, end: Int
    var sentence: Range<Int>?
    var reference: Range<Int>?
    /// Source of the last stretch that was not taken over as it stands.
    var dropped: Range<Int>?
  }

  private mutating func copy(_ target: Range<Int>, from source: Int, _ state: inout Walk) {
    var at = target.lowerBound
    while at < target.upperBound {
      let witness = source + at - target.lowerBound
      let line = edition.scan.lines.isEmpty ? 0 : edition.scan.lineIndex(at: witness)
      var end = target.upperBound
      if edition.scan.lines.indices.contains(line + 1) {
        let next = edition.scan.lines[line + 1].range.lowerBound
        if next > witness { end = min(end, at + next - witness) }
      }
      close(at: at, &state)
      if line != lastLine { begin(line, at: at, &state) }
      // Cut at the next boundary of a sentence or reference.
      open(at: at, &state)
      end = min(end, boundary(after: at, &state))
      xml.text(document.reading[at..<end])
      at = end
      close(at: at, &state)
    }
  }

  private mutating func choice(_ repair: Emendation, at target: Range<Int>, _ state: inout Walk) {
    close(at: target.lowerBound, &state)
    if !edition.scan.lines.isEmpty {
      let line = edition.scan.lineIndex(at: repair.range.lowerBound)
      if line != lastLine { begin(line, at: target.lowerBound, &state) }
    }
    open(at: target.lowerBound, &state)
    xml.element("choice") {
      xml.element("sic", text: repair.original)
      xml.element(
        "corr",
        [
          ("cert", TEIStandOff.certainty(repair.confidence)), ("resp", "#emend"),
          ("ana", ids.rule(repair.rule).map { "#" + $0 }),
        ], text: repair.reading)
    }
    state.dropped = nil
    close(at: target.upperBound, &state)
  }

  /// A line begins: page starts and furniture first, then `lb`, with `break="no"` inside a word.
  private mutating func begin(_ line: Int, at offset: Int, _ state: inout Walk) {
    let isFirst = lastLine < 0
    lastLine = line
    guard edition.scan.lines.indices.contains(line) else { return }
    let before = offset > state.start ? document.reading[offset - 1] : 0x20
    let joined = !isFirst && before != 0x20 && before != 0x0A
    let page = edition.scan.lines[line].page
    if page > lastPage { turn(to: page, line: line, joined: joined) }
    if isFirst { return }
    let hyphen = joined && state.dropped.map { startsWithHyphen($0) } ?? false
    xml.empty(
      "lb",
      [
        ("n", String(edition.scan.lines[line].number)), ("break", joined ? "no" : nil),
        ("rend", hyphen ? "hyphen" : nil),
        (
          "facs",
          edition.scan.lines[line].layout.box != nil && TEIFacsimile.isKnown(edition.scan)
            ? "#zone.\(line + 1)" : nil
        ),
      ])
    state.dropped = nil
  }

  private func startsWithHyphen(_ range: Range<Int>) -> Bool {
    let text = edition.scan.text
    guard text.indices.contains(range.lowerBound) else { return false }
    let byte = text[range.lowerBound]
    // Hyphen-minus, soft hyphen, not sign, hyphen.
    return byte == 0x2D || byte == 0xC2 || (byte == 0xE2 && range.count > 2)
  }

  // MARK: Sentences and references

  private mutating func open(at offset: Int, _ state: inout Walk) {
    let sentences = document.sentences
    while nextSentence < sentences.count, sentences[nextSentence].range.upperBound <= offset {
      nextSentence += 1
    }
    if state.sentence == nil, nextSentence < sentences.count, sentences[nextSentence].range.contains(offset),
      state.reference == nil
    {
      let sentence = sentences[nextSentence].range
      let isStart = sentence.lowerBound >= state.start
      let ana = analysis(nextSentence)
      xml.start(
        "seg",
        [
          ("type", "sentence"), ("xml:id", isStart ? ids.sentence(nextSentence) : nil), ("ana", ana),
          ("part", isStart ? (sentence.upperBound > state.end ? "I" : nil) : "F"),
        ])
      state.sentence = sentence.lowerBound..<min(sentence.upperBound, state.end)
    }
    while nextReference < references.count, references[nextReference].range.upperBound <= offset {
      nextReference += 1
    }
    if state.reference == nil, nextReference < references.count,
      references[nextReference].range.contains(offset)
    {
      let mark = references[nextReference]
      let end = min(mark.range.upperBound, state.sentence?.upperBound ?? state.end, state.end)
      let isStart = mark.range.lowerBound >= state.start
      xml.start("ref", isStart ? mark.attributes : mark.attributes.filter { $0.0 != "xml:id" })
      state.reference = mark.range.lowerBound..<end
      nextReference += 1
    }
  }

  private func close(at offset: Int, _ state: inout Walk) {
    if let reference = state.reference, reference.upperBound <= offset {
      xml.end()
      state.reference = nil
    }
    if let sentence = state.sentence, sentence.upperBound <= offset {
      if state.reference != nil {
        xml.end()
        state.reference = nil
      }
      xml.end()
      state.sentence = nil
    }
  }

  private func closeAll(_ state: inout Walk) { close(at: Int.max, &state) }

  /// The next offset at which something opens or closes.
  private func boundary(after offset: Int, _ state: inout Walk) -> Int {
    var next = state.end
    if let reference = state.reference {
      next = min(next, reference.upperBound)
    } else if nextReference < references.count, references[nextReference].range.lowerBound > offset {
      next = min(next, references[nextReference].range.lowerBound)
    }
    if let sentence = state.sentence {
      next = min(next, sentence.upperBound)
    } else if nextSentence < document.sentences.count,
      document.sentences[nextSentence].range.lowerBound > offset
    {
      next = min(next, document.sentences[nextSentence].range.lowerBound)
    }
    return max(next, offset + 1)
  }

  private func analysis(_ sentence: Int) -> String? { Self.analysis(of: tagged[sentence], ids) }

  /// The `ana` of a sentence: the ids of its labels and entities; nil when it has none.
  static func analysis(of tags: SentenceTags?, _ ids: TEIIdentifiers) -> String? {
    guard let tags else { return nil }
    let all =
      tags.labels.compactMap { ids.label($0.label) } + tags.actors.compactMap { ids.entities[$0.id] }
    var seen: Set<String> = []
    let distinct = all.filter { seen.insert($0).inserted }
    return distinct.isEmpty ? nil : distinct.map { "#" + $0 }.joined(separator: " ")
  }

  // MARK: Finding

  private mutating func rewind(to offset: Int) {
    var low = 0
    var high = document.sentences.count
    while low < high {
      let middle = (low + high) / 2
      if document.sentences[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    nextSentence = low
    low = 0
    high = references.count
    while low < high {
      let middle = (low + high) / 2
      if references[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    nextReference = low
  }

  private func firstSegment(at offset: Int) -> Int {
    let segments = document.map.segments
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].target.upperBound < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The applied emendation of exactly this stretch of the witness.
  private func repair(at source: Range<Int>) -> Emendation? {
    var low = 0
    var high = repairs.count
    while low < high {
      let middle = (low + high) / 2
      let range = repairs[middle].range
      if (range.lowerBound, range.upperBound) < (source.lowerBound, source.upperBound) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < repairs.count && repairs[low].range == source ? repairs[low] : nil
  }
}
