import EmendLexicons
import EmendModel

/// Decides what stands between two lines of one block: a space, nothing, or the hyphen alone.
struct LineJoin {
  enum Outcome: Sendable {
    case space
    /// The hyphen goes and the pieces close up.
    case closed(confidence: Double, rule: String)
    /// The hyphen stays and the pieces close up.
    case hyphenated(confidence: Double, rule: String)
    /// Two pieces of one word whose hyphen was lost.
    case lostHyphen(confidence: Double)
    /// Nothing between: after a dash.
    case tight
    /// The line end stays: verse, tables.
    case lineEnd
  }

  private let text: [UInt8]
  private let judge: HyphenJudge
  private let forms: DocumentForms
  /// Whether the document loses line-end hyphens as a habit.
  private let losesHyphens: Bool

  init(_ galley: Galley, lexicon: EnglishLexicon) {
    text = galley.text
    judge = HyphenJudge(lexicon: lexicon)
    forms = Self.mayJudge(galley) ? Self.forms(of: galley) : DocumentForms()
    losesHyphens = Self.losesHyphens(galley, lexicon)
  }

  /// Whether any line ends in a hyphen that the document's forms must judge.
  private static func mayJudge(_ galley: Galley) -> Bool {
    galley.lines.contains(where: \.endsHyphen) || galley.blocks.contains { $0.part != nil }
  }

  private static func forms(of galley: Galley) -> DocumentForms {
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(galley.lines.count)
    for line in galley.lines where !line.kind.isFurniture { ranges.append(line.range) }
    return galley.text.withUnsafeBufferPointer { DocumentForms(text: $0, lines: ranges) }
  }

  /// What stands between two lines; `hyphen` is what the format says of a hyphen at the upper one's end.
  func outcome(_ above: Range<Int>, _ below: Range<Int>, hyphen: Scan.Layout.Hyphen? = nil) -> Outcome {
    let end = above.upperBound
    let (last, hyphenStart) = Glyphs.scalarBefore(text, end, above.lowerBound)
    let isHyphen = last == 0x2D || last == 0xAD || last == 0x2010
    if isHyphen, hyphenStart > above.lowerBound {
      let before = Glyphs.scalarBefore(text, hyphenStart, above.lowerBound)
      if Glyphs.isDigit(before.value) {
        return Glyphs.isDigit(UInt32(text[below.lowerBound]))
          || Glyphs.isLetter(Glyphs.scalar(text, below.lowerBound, below.upperBound).value)
          ? .hyphenated(confidence: 0.9, rule: "shape") : .space
      }
      guard Glyphs.isLetter(before.value) else { return .space }
      let following = Glyphs.scalar(text, below.lowerBound, below.upperBound).value
      guard Glyphs.isLetter(following) || Glyphs.isDigit(following) else { return .space }
      switch hyphen {
      case .soft: return .closed(confidence: 0.98, rule: "format")
      case .hard: return .hyphenated(confidence: 0.98, rule: "format")
      case nil: break
      }
      let verdict = verdict(wordBefore(hyphenStart, above.lowerBound), wordAfter(below))
      return verdict.belongs
        ? .hyphenated(confidence: verdict.confidence, rule: verdict.rule.rawValue)
        : .closed(confidence: verdict.confidence, rule: verdict.rule.rawValue)
    }
    if last == 0x2014 || last == 0x2013 {
      let before = hyphenStart > above.lowerBound ? text[hyphenStart - 1] : 0x20
      return Glyphs.isSpace(before) ? .space : .tight
    }
    if text[below.lowerBound] == 0xE2, Glyphs.scalar(text, below.lowerBound, below.upperBound).value == 0x2014
    {
      let after = below.lowerBound + 3
      return after < below.upperBound && !Glyphs.isSpace(text[after]) ? .tight : .space
    }
    if losesHyphens, let confidence = Self.lostHyphen(text, above, below, judge.lexicon, forms) {
      return .lostHyphen(confidence: confidence)
    }
    return .space
  }

  private func verdict(_ left: Range<Int>, _ right: Range<Int>) -> HyphenJudge.Verdict {
    text.withUnsafeBufferPointer {
      judge.verdict(
        UnsafeBufferPointer(rebasing: $0[left]), UnsafeBufferPointer(rebasing: $0[right]), in: forms)
    }
  }

  /// The word that ends at `end`, with the parts of a compound.
  private func wordBefore(_ end: Int, _ start: Int) -> Range<Int> {
    var at = end
    while at > start {
      let (scalar, before) = Glyphs.scalarBefore(text, at, start)
      guard Glyphs.isLetter(scalar) || Glyphs.isDigit(scalar) || scalar == 0x2D else { break }
      at = before
    }
    return at..<end
  }

  private func wordAfter(_ line: Range<Int>) -> Range<Int> {
    var at = line.lowerBound
    while at < line.upperBound {
      let (scalar, next) = Glyphs.scalar(text, at, line.upperBound)
      guard
        Glyphs.isLetter(scalar) || Glyphs.isDigit(scalar) || scalar == 0x2D || scalar == 0x27
          || scalar == 0x2019
      else { break }
      at = next
    }
    return line.lowerBound..<at
  }

  // MARK: Lost hyphens

  /// Lost hyphens that a document must show before any is mended.
  static let lostHabit = 4

  /// The closed word is known, and at least one piece is none ("Treas" "urer").
  private static func lostHyphen(
    _ text: [UInt8], _ above: Range<Int>, _ below: Range<Int>, _ lexicon: EnglishLexicon,
    _ forms: DocumentForms?
  ) -> Double? {
    var start = above.upperBound
    while start > above.lowerBound, isASCIILetter(text[start - 1]) { start -= 1 }
    var end = below.lowerBound
    while end < below.upperBound, isASCIILetter(text[end]) { end += 1 }
    guard above.upperBound - start >= 2, end - below.lowerBound >= 2,
      text[below.lowerBound..<end].allSatisfy({ Glyphs.isLower(UInt32($0)) }),
      start == above.lowerBound || Glyphs.isSpace(text[start - 1]) || text[start - 1] == 0x28
        || text[start - 1] == 0x22
    else { return nil }
    let left = above.upperBound - start
    let count = left + end - below.lowerBound
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { letters in
      for place in 0..<left { letters[place] = text[start + place] | 0x20 }
      for place in left..<count { letters[place] = text[below.lowerBound + place - left] }
      let closed = UnsafeBufferPointer(letters)
      // Nearly all that follows each other makes no word: asked first, since that is told soonest.
      func flags(_ range: Range<Int>) -> WordFacts.Flags {
        lexicon.flags(lexicon.id(UnsafeBufferPointer(rebasing: closed[range])))
      }
      guard flags(0..<closed.count).contains(.trusted) else { return nil }
      let (before, after) = (flags(0..<left), flags(left..<closed.count))
      if before.contains(.trusted), after.contains(.trusted) { return nil }
      if Glyphs.isUpper(UInt32(text[start])), before.contains(.name) { return nil }
      return before.contains(.trusted) || after.contains(.trusted) ? 0.95 : 0.99
    }
  }

  private static func isASCIILetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

  private static func losesHyphens(_ galley: Galley, _ lexicon: EnglishLexicon) -> Bool {
    var found = 0
    for (above, line) in zip(galley.lines, galley.lines.dropFirst())
    where above.kind == .body && line.kind == .body && line.startsSmall && !above.endsSentence {
      if lostHyphen(galley.text, above.range, line.range, lexicon, nil) != nil {
        found += 1
        if found >= lostHabit { return true }
      }
    }
    return false
  }
}
