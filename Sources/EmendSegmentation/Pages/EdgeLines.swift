/// A line near the top or the foot of a page, with what may be a page number split off its ends.
struct EdgeLine: Sendable {
  enum Side: UInt8, Sendable { case top, foot }
  /// Index into `Galley.lines`.
  var line: Int
  var side: Side
  /// 0 for the outermost line; scraps do not count.
  var rank: Int
  /// The letters between the number slots, in small type, at most 64 bytes.
  var core: [UInt8] = []
  var left: Range<Int>?
  var right: Range<Int>?
  /// The line is nothing but a number ("7", "- 7 -", "Page 7").
  var bare: Range<Int>?
  /// The line is a division's label ("Chapter 3"): like another only when its number is the same.
  var isLabel = false
  /// Pages near by with a like line at a like place, and those of them that carry their page number.
  var matches: [(page: Int, edge: Int)] = []
  var numberedMatches = 0

  var isTop: Bool { side == .top }
}

/// Collects the first and last three lines of each page and splits number slots off them.
struct EdgeLines: SegmentationStep {
  /// Lines looked at on either side.
  static let depth = 3

  func apply(to galley: inout Galley) {
    // What is reflowed has no pages any more.
    if galley.isReflowed {
      galley.edges = galley.pages.map { _ in [] }
      return
    }
    galley.edges = galley.pages.indices.map { page in
      let lines = galley.pages[page].lines
      return Self.collect(galley, Array(lines.prefix(Self.depth + 1)), .top)
        + Self.collect(galley, Array(lines.suffix(Self.depth + 1).reversed()), .foot)
    }
  }

  private static func collect(_ galley: Galley, _ lines: [Int], _ side: EdgeLine.Side) -> [EdgeLine] {
    var out: [EdgeLine] = []
    var rank = 0
    for index in lines where rank < depth {
      var edge = split(galley, index)
      edge.side = side
      edge.rank = rank
      if !galley.lines[index].isScrap || edge.bare != nil { rank += 1 }
      out.append(edge)
    }
    return out
  }

  static func split(_ galley: Galley, _ index: Int) -> EdgeLine {
    let line = galley.lines[index]
    var edge = EdgeLine(line: index, side: .top, rank: 0)
    // A running head fits on one line; what is longer can carry no slot worth having.
    guard line.width <= 200 else { return edge }
    let tokens = Glyphs.tokens(galley.text, line.range)
    if tokens.count >= 2 {
      if isSlot(galley.text, tokens[0], opening: true) { edge.left = tokens[0] }
      if isSlot(galley.text, tokens[tokens.count - 1], opening: false),
        tokens.count - (edge.left == nil ? 0 : 1) >= 2
      {
        edge.right = tokens[tokens.count - 1]
      }
      // "CONTENTS OF VOLUME II": the number is the volume's.
      if edge.right != nil, tokens.count > 2, follows(galley, tokens[tokens.count - 2]) { edge.right = nil }
    }
    let start = edge.left?.upperBound ?? line.range.lowerBound
    let end = edge.right?.lowerBound ?? line.range.upperBound
    edge.core = letters(galley.text, start..<max(start, end))
    // No word among them is longer.
    let label = edge.core.count <= 12 ? String(decoding: edge.core, as: UTF8.self) : ""
    let knowledge = galley.knowledge
    if knowledge.divisions.contains(label) || knowledge.captions.contains(label)
      || knowledge.labels.contains(label)
    {
      // "Chapter 1" is a label, not a head with its page number; "Chapter 1   23" and "23   Chapter 1" are both.
      let number = tokens.count == 3 && edge.left != nil ? tokens[2] : tokens.count > 1 ? tokens[1] : nil
      if edge.left == number || tokens.count < 3 { edge.left = nil }
      if edge.right == number { edge.right = nil }
    }
    let inner =
      (edge.left?.upperBound ?? line.range.lowerBound)..<(edge.right?.lowerBound ?? line.range.upperBound)
    if isLabel(galley, inner) {
      edge.isLabel = true
      edge.core = lettersAndDigits(galley.text, inner)
    }
    edge.bare = bareNumber(galley.text, line, tokens)
    return edge
  }

  /// Whether a word asks for a number of its own after it.
  private static func follows(_ galley: Galley, _ token: Range<Int>) -> Bool {
    guard token.count <= 9 else { return false }
    let word = Glyphs.key(galley.text, token)
    return galley.knowledge.divisions.contains(word) || galley.knowledge.labels.contains(word)
  }

  /// "Chapter 3", "APPENDIX B." and nothing else.
  private static func isLabel(_ galley: Galley, _ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    while start < range.upperBound, Glyphs.isSpace(galley.text[start]) { start += 1 }
    guard range.count < 40,
      let end = SectionNumber.label(galley.text, start..<range.upperBound, galley.knowledge.divisions)
    else { return false }
    return galley.text[end..<range.upperBound].allSatisfy { Numerals.isEdge($0) }
  }

  private static func lettersAndDigits(_ text: [UInt8], _ range: Range<Int>) -> [UInt8] {
    text[range].filter { Glyphs.isLetter(UInt32($0)) || Glyphs.isDigit(UInt32($0)) }.map { $0 | 0x20 }
  }

  private static func isSlot(_ text: [UInt8], _ token: Range<Int>, opening: Bool) -> Bool {
    if opening, token.count == 1, [0x49, 0x41, 0x61, 0x51].contains(text[token.lowerBound]) { return false }
    return !Numerals.readings(text, token).isEmpty
  }

  private static func bareNumber(_ text: [UInt8], _ line: Line, _ tokens: [Range<Int>]) -> Range<Int>? {
    guard line.width <= 16 else { return nil }
    var found: Range<Int>?
    for (place, token) in tokens.enumerated() {
      let core = Numerals.stripped(text, token)
      if core.isEmpty { continue }
      if place < tokens.count - 1, found == nil, isPageWord(text, core) { continue }
      if found != nil || Numerals.readings(text, token).isEmpty { return nil }
      found = token
    }
    return found
  }

  private static func isPageWord(_ text: [UInt8], _ token: Range<Int>) -> Bool {
    let word = String(decoding: text[token], as: UTF8.self).lowercased()
    return word == "page" || word == "p" || word == "pg"
  }

  static func letters(_ text: [UInt8], _ range: Range<Int>) -> [UInt8] {
    var out: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound, out.count < 64 {
      let (value, next) = Glyphs.scalar(text, index, range.upperBound)
      if Glyphs.isLetter(value) {
        out.append(value < 0x80 ? UInt8(value) | 0x20 : 0x60 | UInt8(value & 0x1F))
      }
      index = next
    }
    return out
  }
}
