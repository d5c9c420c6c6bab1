import EmendModel
import EmendReading
import Testing

/// What must hold of any document whatever.
@Suite struct InvariantTests {
  /// SplitMix64 with a fixed seed.
  struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let pieces = [
    "\n", "\n\n", "\u{0C}", " ", "    ", "\t", "12", "iv", "1. ", "2. ", "* ", "† ", "Notes", "References",
    "Contents",
    "CHAPTER I", "Chapter 2", "the cable was laid", "and the rate-", "The office.", "Smith 1998, 3–4.",
    "inter-",
    "word.1", "“quoted”", "—", "é", "¹", "Table 3", "by John Smith", "...... 14", "3.2 Results", "THE HEAD",
    "a", "A.",
    "ISSN 0020-8183", "Volume 3, Number 2, May 1901", "Contributors", "Abstract", "$30", "# ", "## ", "**",
    "  \n",
  ]

  static func text(_ seed: UInt64) -> String {
    var random = Random(state: seed)
    return (0..<Int.random(in: 0..<400, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
    }
    .joined(separator: seed % 3 == 0 ? "" : " ")
  }

  @Test(arguments: 0..<200)
  func hold(_ seed: Int) throws {
    let text = Self.text(UInt64(seed))
    try Self.check(try Samples.document(text, name: seed % 4 == 0 ? "sample.md" : "sample.txt"))
  }

  @Test(arguments: 0..<40)
  func holdForAnyBytes(_ seed: Int) throws {
    var random = Random(state: UInt64(seed) &+ 77)
    let bytes = (0..<600).map { _ in UInt8.random(in: 9...255, using: &random) }
    let scan = try Reading.scan(text: String(decoding: bytes, as: UTF8.self), id: "bytes")
    try Self.check(Samples.segmenter.segment(Transcript(scan: scan)))
  }

  @Test(.enabled(if: Samples.hasShared, "needs the real documents beside the checkout"))
  func holdForRealDocuments() throws {
    for path in [
      "corpus/chapter.txt", "corpus/frontmatter.md", "structure-docs/01_foreign_relations.txt",
      "structure-docs/03_montresor_family.txt", "structure-docs/06_hawaiian_entomological_issue.txt",
      "structure-docs/10_htrc_running_heads_vol1.txt", "damage/03-white-citation.txt",
      "damage/07-sorites.txt",
      "damage/16-pennsylvania-1801.txt",
    ] {
      let bytes = try Samples.bytes(Samples.shared + "/" + path)
      try Self.check(Samples.segmenter.segment(Transcript(scan: try Reading.scan(bytes: bytes, name: path))))
    }
  }

  static func check(_ document: Document) throws {
    // The joined text of the blocks is the reading text.
    let joined = document.blocks.map { document.text($0.range) }.joined(separator: "\n\n")
    #expect(
      joined + (document.blocks.isEmpty ? "" : "\n") == String(decoding: document.reading, as: UTF8.self))

    // Every line that is not blank is in a block or is furniture, and in one only.
    var owners = [Int](repeating: 0, count: document.scan.lines.count)
    for piece in document.furniture { owners[piece.line] += 1 }
    let furniture = Set(document.furniture.map(\.line))
    for (index, line) in document.scan.lines.enumerated() where !furniture.contains(index) {
      let bytes = document.scan.text[line.range]
      guard let first = bytes.firstIndex(where: { !($0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D)) }) else {
        continue
      }
      let target = document.map.target(ofSource: first)
      #expect(document.map.source(ofTarget: target) == first, "line \(line.number) is lost")
      owners[index] += 1
    }
    #expect(owners.allSatisfy { $0 <= 1 })

    // Offsets round-trip: what is copied is the same on both sides.
    for segment in document.map.segments where segment.copied {
      #expect(document.scan.text[segment.source].elementsEqual(document.reading[segment.target]))
    }
    // Sentences lie in their blocks, in order.
    var last = 0
    for sentence in document.sentences {
      #expect(sentence.range.lowerBound >= last)
      #expect(document.blocks[sentence.block].range.contains(sentence.range.lowerBound))
      #expect(sentence.range.upperBound <= document.blocks[sentence.block].range.upperBound)
      last = sentence.range.upperBound
    }
    // Joins state what stands in the witness.
    for join in document.joins {
      #expect(Array(document.scan.text[join.range]) == Array(join.original.utf8))
    }
    for note in document.notes {
      if let anchor = note.anchor { #expect(!document.text(anchor.range).isEmpty) }
    }
    for (section, index) in zip(document.sections, document.sections.indices) {
      #expect(section.blocks.allSatisfy { document.blocks[$0].section >= index })
    }
    // Twice the same.
    let again = Samples.segmenter.segment(document.transcript)
    #expect(again.reading == document.reading)
    #expect(again.blocks == document.blocks)
    #expect(again.notes == document.notes)
  }
}
