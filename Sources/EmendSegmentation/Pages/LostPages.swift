/// Finds running heads and page numbers in the middle of a text that has lost its page breaks: lines between blanks
/// whose numbers count on, and that break into sentences.
///
/// Numbered headings count on too, but they stand between the end of a paragraph and the beginning of another.
struct LostPages: SegmentationStep {
  /// Numbers that count on, and heads among them that hold words.
  static let leastNumbers = 3
  static let leastHeads = 2
  /// Share of them that break into a sentence.
  static let leastBroken = 0.3
  /// Pages that may be without a number between two that have one.
  static let mostMissing = 1
  static let shortestPage = 8

  private struct Candidate {
    /// Index into `Galley.lines`.
    var line: Int
    var value: Int
    var isBare: Bool
  }

  func apply(to galley: inout Galley) {
    guard galley.pages.count == 1, !galley.isReflowed,
      !galley.lines.contains(where: { $0.formatLevel > 0 })
    else { return }
    let candidates = galley.lines.indices.flatMap { Self.candidates(galley, $0) }
    guard candidates.count >= Self.leastNumbers else { return }
    let chain = Self.longest(candidates)
    let broken = chain.count { Self.breaksSentence(galley, $0.line) }
    guard chain.count >= Self.leastNumbers, chain.count(where: { !$0.isBare }) >= Self.leastHeads,
      broken >= 1,
      Double(broken) >= Self.leastBroken * Double(chain.count)
    else { return }
    for found in chain { galley.lines[found.line].kind = found.isBare ? .pageNumber : .head }
    // A page's first line has nothing above it that its gap could tell of.
    for found in chain where found.line + 1 < galley.lines.count && galley.lines[found.line + 1].kind == .body
    {
      galley.lines[found.line + 1].gapBefore = 0
    }
  }

  /// What a line between blanks may print as the number of its page.
  private static func candidates(_ galley: Galley, _ index: Int) -> [Candidate] {
    let line = galley.lines[index]
    guard line.kind == .body, line.digits > 0, line.gapBefore >= 1, line.gapAfter >= 1, line.width <= 100,
      !line.flags.contains(.leaders), !line.endsSentence
    else { return [] }
    let edge = EdgeLines.split(galley, index)
    if let bare = edge.bare {
      return value(galley, bare).map { [Candidate(line: index, value: $0, isBare: true)] } ?? []
    }
    guard edge.core.count >= 4, line.looksLikeTitle, line.isWide || line.isCapitals else { return [] }
    return [edge.left, edge.right].compactMap { slot in
      slot.flatMap { value(galley, $0) }.map { Candidate(line: index, value: $0, isBare: false) }
    }
  }

  private static func value(_ galley: Galley, _ token: Range<Int>) -> Int? {
    let core = Numerals.stripped(galley.text, token)
    guard core.count <= 4, !core.isEmpty, galley.text[core].allSatisfy({ Glyphs.isDigit(UInt32($0)) }) else {
      return nil
    }
    return galley.text[core].reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// The longest row of candidates whose numbers count on.
  private static func longest(_ candidates: [Candidate]) -> [Candidate] {
    var length = [Int](repeating: 1, count: candidates.count)
    var before = [Int](repeating: -1, count: candidates.count)
    var best = 0
    for (place, candidate) in candidates.enumerated() {
      for earlier in candidates.indices[..<place].suffix(200) {
        let other = candidates[earlier]
        guard (1...(1 + mostMissing)).contains(candidate.value - other.value),
          other.isBare && !candidate.isBare || candidate.line - other.line >= shortestPage,
          length[earlier] >= length[place]
        else { continue }
        length[place] = length[earlier] + 1
        before[place] = earlier
      }
      if length[place] > length[best] { best = place }
    }
    var chain: [Candidate] = []
    var at = candidates.isEmpty ? -1 : best
    while at >= 0 {
      chain.append(candidates[at])
      at = before[at]
    }
    return chain.reversed()
  }

  /// The line below goes on in small letters.
  private static func breaksSentence(_ galley: Galley, _ index: Int) -> Bool {
    index + 1 < galley.lines.count && galley.lines[index + 1].startsSmall
      && galley.lines[index + 1].words >= 3
  }
}
