import EmendModel

/// A small edition made by hand: two pages, a heading, two paragraphs, a quotation joined over the page
/// start, a note with its anchor, one repair, one reference, one citation, labels and an actor. Every
/// writer is tested on it, so that a change in a stage never changes what is expected here.
enum Essay {
  static let witness = """
    The Wires of Empire
    The cable companies did not act alone. Britain threat-
    ened to close its landing sites (Headrick 1991, 12).1 The
    14 THE WIRES
    signiAcant result was an agreement that left all parties
    better off.

    1. See <Headrick> & others.
    References
    Headrick, Daniel. 1991. The Invisible Weapon. Oxford.

    """

  static func edition(id: String = "essay", extra: String = "") -> Edition {
    let text = Array(witness.utf8)
    let scan = scan(id: id, text: text)
    let damaged = find("A", in: text, after: "signi")
    let repair = Emendation(
      range: damaged, original: "A", reading: "fi", kind: .ligature, rule: "damage-map", confidence: 0.999,
      evidence: "27 distinct words vote A→fi")
    let doubtful = Emendation(
      range: find("sites", in: text), original: "sites", reading: "cites", kind: .confusion, rule: "channel",
      confidence: 0.4, status: .suggested)
    let transcript = Transcript(
      scan: scan, emendations: [repair, doubtful],
      profile: [
        DamagePattern(
          standIn: "A", reading: "fi", votes: 27, examples: ["signiAcant → significant"], applied: 1, rate: 1,
          confidence: 0.999)
      ])
    return edition(of: transcript, text: text)
  }

  private static func scan(id: String, text: [UInt8]) -> Scan {
    var lines: [Scan.Line] = []
    var start = 0
    for (index, byte) in text.enumerated() where byte == 0x0A {
      lines.append(
        Scan.Line(
          range: start..<index, number: lines.count + 1, sourceStart: start, page: lines.count < 3 ? 0 : 1))
      start = index + 1
    }
    return Scan(
      id: id,
      source: .init(name: "scans/\(id).txt", format: .plainText, byteCount: text.count, digest: "0a1b"),
      text: text, lines: lines,
      pages: [
        .init(lines: 0..<3, evidence: .start), .init(lines: 3..<lines.count, evidence: .formFeed),
      ])
  }

  private static func edition(of transcript: Transcript, text: [UInt8]) -> Edition {
    let lines = transcript.scan.lines
    var reading: [UInt8] = []
    var map = OffsetMap.Builder()
    var joins: [Emendation] = []
    var blocks: [Block] = []

    /// Takes the lines over with the joins between them (nil for a plain space).
    func block(_ kind: Block.Kind, _ indices: [Int], level: Int = 0, section: Int, note: Int? = nil) {
      if !blocks.isEmpty { gap() }
      let start = reading.count
      for (rank, index) in indices.enumerated() {
        var range = lines[index].range
        if rank > 0 {
          let before = lines[indices[rank - 1]].range
          let hyphen = text[before.upperBound - 1] == 0x2D
          let cut = (before.upperBound - (hyphen ? 1 : 0))..<range.lowerBound
          joins.append(
            Emendation(
              range: cut, original: String(decoding: text[cut], as: UTF8.self), reading: hyphen ? "" : " ",
              kind: hyphen ? .hyphenJoin : .reflow, rule: hyphen ? "seen-joined" : "line-end",
              confidence: 1))
          map.replace(cut, by: hyphen ? 0 : 1)
          if !hyphen { reading.append(0x20) }
        }
        if rank + 1 < indices.count, text[range.upperBound - 1] == 0x2D {
          range = range.lowerBound..<(range.upperBound - 1)
        }
        copy(range)
      }
      blocks.append(
        Block(
          kind: kind, range: start..<reading.count, level: level, section: section, firstLine: indices[0],
          lastLine: indices[indices.count - 1], page: lines[indices[0]].page, note: note))
    }
    func gap() {
      reading.append(contentsOf: [0x0A, 0x0A])
      map.replace(0..<0, by: 2)
    }
    func copy(_ range: Range<Int>) {
      var at = range.lowerBound
      for change in transcript.emendations
      where change.status == .applied && range.contains(change.range.lowerBound) {
        map.copy(at..<change.range.lowerBound)
        reading.append(contentsOf: text[at..<change.range.lowerBound])
        map.replace(change.range, by: change.reading.utf8.count)
        reading.append(contentsOf: change.reading.utf8)
        at = change.range.upperBound
      }
      map.copy(at..<range.upperBound)
      reading.append(contentsOf: text[at..<range.upperBound])
    }

    block(.heading, [0], level: 1, section: 0)
    block(.paragraph, [1, 2, 4, 5], section: 0)
    block(.note, [7], section: 0, note: 0)
    block(.heading, [8], level: 1, section: 1)
    block(.reference, [9], section: 1)
    reading.append(0x0A)
    map.replace(0..<0, by: 1)

    func at(_ words: String) -> Range<Int> { find(words, in: reading) }
    let first = at("The cable companies did not act alone.")
    let second = at("Britain threatened to close its landing sites (Headrick 1991, 12).1")
    let third = at("The significant result was an agreement that left all parties better off.")
    let noteText = at("See <Headrick> & others.")
    let mark = at(").1")
    let document = Document(
      transcript: transcript, reading: reading, map: map.map, blocks: blocks,
      sections: [
        Section(title: "The Wires of Empire", level: 1, blocks: 0..<3),
        Section(title: "References", level: 1, role: .references, blocks: 3..<5),
      ],
      sentences: [
        Sentence(range: at("The Wires of Empire"), block: 0), Sentence(range: first, block: 1),
        Sentence(range: second, block: 1), Sentence(range: third, block: 1),
        Sentence(range: noteText, block: 2),
      ],
      notes: [
        Note(
          mark: "1", block: 2, text: noteText,
          anchor: .init(
            range: (mark.upperBound - 1)..<mark.upperBound, wordBefore: "12", between: ")."))
      ],
      pages: [
        PageRecord(printed: "13", printedSource: .inferred, confidence: 0.9),
        PageRecord(
          printed: "14", printedSource: .printed, confidence: 1, head: "THE WIRES",
          readingStart: third.lowerBound + 4),
      ],
      furniture: [Furniture(kind: .head, line: 3, range: lines[3].range)], joins: joins)

    let cited = at("Headrick 1991")
    let entry = at("Headrick, Daniel. 1991. The Invisible Weapon. Oxford.")
    func field(_ label: Reference.Label, _ text: String) -> Reference.Field {
      let raw = Array(document.text(entry).utf8)
      return Reference.Field(label: label, text: text, range: find(text, in: raw))
    }
    let headrick = PersonName(family: "Headrick", given: "Daniel")
    let citations = CitationLayer(
      citations: [
        Citation(
          range: cited, text: "Headrick 1991", raw: "Headrick 1991", form: .parenthetical, group: 1,
          groupRange: at("(Headrick 1991, 12)"), authors: [PersonName(family: "Headrick")], year: "1991",
          locator: "12", key: "headrick-1991", work: 0)
      ],
      references: [
        Reference(
          raw: document.text(entry),
          fields: [
            field(.author, "Headrick, Daniel"), field(.date, "1991"), field(.title, "The Invisible Weapon"),
            field(.location, "Oxford"),
          ], authors: [headrick], type: "book", origin: .list, range: entry, key: "headrick-1991", work: 0)
      ],
      works: [
        Work(
          key: "headrick-1991", authors: [headrick], year: "1991", title: "The Invisible Weapon",
          reference: 0,
          citations: [0])
      ])
    let tags = TagLayer(
      sentences: [
        SentenceTags(sentence: 0),
        SentenceTags(sentence: 1),
        SentenceTags(
          sentence: 2,
          labels: [
            LabelHit(
              label: "mechanism/coercion", implicit: false, score: 0.9,
              evidence: [Evidence(range: at("threatened"), entry: "mechanism/coercion#1")]),
            LabelHit(
              label: "role/initiator/external", implicit: true, score: 0.6,
              evidence: [Evidence(range: at("Britain"), entry: "rule:role")]),
          ],
          actors: [
            ActorHit(
              id: "uk", role: "role/initiator/external",
              evidence: [Evidence(range: at("Britain"), entry: "uk")])
          ]),
        SentenceTags(
          sentence: 3,
          labels: [
            LabelHit(
              label: "mechanism/contracting", implicit: false, score: 0.8,
              evidence: [Evidence(range: at("agreement"), entry: "mechanism/contracting#3")])
          ]),
        SentenceTags(sentence: 4),
      ],
      entities: [Entity(id: "uk", name: "Britain", kind: "actor/state", inLexicon: true)], lexicon: "9f9f")
    return Edition(document: document, citations: citations, tags: tags)
  }

  /// The first place of a text, after the first place of another.
  static func find(_ text: String, in bytes: [UInt8], after: String = "") -> Range<Int> {
    let needle = Array(text.utf8)
    var from = after.isEmpty ? 0 : find(after, in: bytes).upperBound
    while from + needle.count <= bytes.count {
      if Array(bytes[from..<(from + needle.count)]) == needle { return from..<(from + needle.count) }
      from += 1
    }
    fatalError("\(text) does not stand in the essay")
  }
}

extension Essay {
  /// A document without a single block.
  static var empty: Edition {
    let scan = Scan(
      id: "empty", source: .init(name: "empty.txt", format: .plainText, byteCount: 0), text: [],
      pages: [.init(lines: 0..<0, evidence: .start)])
    let document = Document(
      transcript: Transcript(scan: scan), reading: [], map: .identity(length: 0), blocks: [])
    return Edition(document: document, citations: CitationLayer(), tags: TagLayer())
  }

  /// Every kind of block, in an order that no book has, with signs that XML, HTML and CSV mind.
  static var odd: Edition {
    let words = [
      "=cmd|' /C calc'!A0", "]]> <script>alert(1)</script> -->", "\u{1B}[31mred\u{7F}", "\u{FFFE}\u{FFFF}",
      "&amp; \"quoted\" 'single'", "two\nlines", "@x", "+1",
    ]
    var text: [UInt8] = []
    var map = OffsetMap.Builder()
    var lines: [Scan.Line] = []
    var blocks: [Block] = []
    var sentences: [Sentence] = []
    let kinds = Block.Kind.allCases + [.paragraph, .heading, .listItem, .listItem, .title]
    for (index, kind) in kinds.enumerated() {
      let start = text.count
      text.append(contentsOf: words[index % words.count].utf8)
      let end = text.count
      blocks.append(
        Block(
          kind: kind, range: start..<end, level: kind == .heading ? 1 : 0, section: index % 3,
          firstLine: index,
          lastLine: index, page: 0))
      sentences.append(Sentence(range: start..<end, block: index))
      lines.append(Scan.Line(range: start..<end, number: index + 1, sourceStart: start, page: 0))
      text.append(contentsOf: index + 1 < kinds.count ? [0x0A, 0x0A] : [0x0A])
    }
    map.copy(0..<text.count)
    let scan = Scan(
      id: "odd <&> \"id\"", source: .init(name: "odd.txt", format: .plainText, byteCount: text.count),
      text: text,
      lines: lines, pages: [.init(lines: 0..<lines.count, evidence: .start)])
    let document = Document(
      transcript: Transcript(scan: scan), reading: text, map: map.map, blocks: blocks,
      sections: [
        Section(title: "One <b>", level: 1, blocks: 0..<1),
        Section(title: "Two", level: 2, blocks: 1..<2, parent: 0),
        Section(title: "Three", level: 1, role: .notes, blocks: 2..<3),
      ], sentences: sentences)
    return Edition(document: document, citations: CitationLayer(), tags: TagLayer())
  }
}
