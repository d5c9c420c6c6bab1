import EmendModel

/// Closes words that carry a line-end hyphen in mid-line ("approx- imate", "fac-tor"), left there when lines
/// were joined.
struct MidlineHyphenStep: Step {
  func run(_ draft: inout Draft, _ session: inout Session) {
    let text = draft.text
    let english = session.knowledge.english
    let vocabulary = draft.vocabulary
    var compounds: FormTable?
    // With each edit whether the hyphen leaves the rest of a word that stands nowhere else.
    var edits: [(edit: Edit, isRest: Bool)] = []
    var at = 1
    while at + 1 < text.count {
      guard text[at] == 0x2D else {
        at += 1
        continue
      }
      let hyphen = at
      at += 1
      guard let pair = pair(text, hyphen) else { continue }
      let known = compounds ?? MidlineHyphenStep.compounds(draft.words)
      compounds = known
      if let edit = judge(text, pair, known, vocabulary, english) { edits.append(edit) }
    }
    // A text whose lines were joined has many such words; a few of a long one are its author's.
    let rests = edits.reduce(0) { $0 + ($1.isRest ? 1 : 0) }
    let isPassage = vocabulary.total <= MidlineHyphenStep.passage
    let isProved = isPassage || Double(rests) >= MidlineHyphenStep.fewest * Double(vocabulary.total)
    let need = isPassage ? 0 : MidlineHyphenStep.rests
    for index in edits.indices where !isProved || !edits[index].isRest && rests < need {
      edits[index].edit.confidence = MidlineHyphenStep.unproved
    }
    draft.apply(edits.map(\.edit))
  }

  /// Up to so many words a text is a passage, which says too little of its own hyphens.
  private static let passage = 400
  /// Broken words in each word of a text whose lines were joined, at least.
  private static let fewest = 0.0004
  /// So many rests of words let words be closed that are words on both sides of the hyphen.
  private static let rests = 3
  /// The posterior of a change in a text that does not seem to hold such words.
  private static let unproved = 0.9

  private struct Pair {
    var left: Range<Int>
    var right: Range<Int>
    var hyphen: Int
    var isSpaced: Bool { right.lowerBound > hyphen + 1 }
  }

  /// Letters, a hyphen, perhaps a space, letters, and no more of either side.
  private func pair(_ text: [UInt8], _ hyphen: Int) -> Pair? {
    var start = hyphen
    while start > 0, hyphen - start < 40, isLetter(text[start - 1]) { start -= 1 }
    guard hyphen - start >= 2 else { return nil }
    if start > 0, isWord(text[start - 1]) || text[start - 1] == 0x2D { return nil }
    var from = hyphen + 1
    if text[from] == 0x20 { from += 1 }
    var end = from
    while end < text.count, end - from < 40, text[end] >= 0x61, text[end] <= 0x7A { end += 1 }
    guard end > from else { return nil }
    if end < text.count, isWord(text[end]) || text[end] == 0x2D { return nil }
    return Pair(left: start..<hyphen, right: from..<end, hyphen: hyphen)
  }

  private func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
  private func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte >= 0x30 && byte <= 0x39 || byte == 0x5F || byte >= 0x80
  }

  /// Hyphenated compounds of the document in small letters, with their counts.
  private static func compounds(_ words: Words) -> FormTable {
    var table = FormTable()
    for id in 0..<words.forms.count {
      guard words.forms.length(id) < 100, words.forms.withBytes(id, { $0.contains(0x2D) }) else { continue }
      let form = words.forms[id]
      let core = Form(form[Pieces.core(form)]).folded
      _ = table.intern(core, times: words.forms.counts[id])
    }
    return table
  }

  private func judge(
    _ text: [UInt8], _ pair: Pair, _ compounds: FormTable, _ vocabulary: Vocabulary, _ english: English
  ) -> (edit: Edit, isRest: Bool)? {
    let (left, right) = (Form(text[pair.left]), Form(text[pair.right]))
    let joined = left + right
    // "al-fresco"
    if SpaceSearch.particles.contains(left.folded) { return nil }
    let (a, b, whole) = (english.sense(left), english.sense(right), english.sense(joined))
    let isPrefix = english.sense(left.folded).flags.contains(.prefix)
    let hyphenated = compounds.count(of: left.folded + [0x2D] + right)
    // The rest of a word that stands nowhere else: "re-ceives", "parlia-ments", "harbour-ings".
    let isRest =
      b.level == .unknown && right.count >= 3 || a.level == .unknown && b.level < .trusted && !isPrefix
    func edit(_ range: Range<Int>, _ evidence: String) -> (Edit, Bool) {
      (
        Edit(
          range: range, reading: [], kind: .brokenWord, rule: "midline-hyphen", confidence: 0.993,
          evidence: evidence), pair.isSpaced || isRest
      )
    }
    if pair.isSpaced {
      if ["and", "or", "to", "nor", "und", "but", "as", "in", "of"].contains(right.text) { return nil }
      let gap = pair.hyphen..<pair.right.lowerBound
      let space = (pair.hyphen + 1)..<pair.right.lowerBound
      let isCompoundHead = MidlineHyphenStep.compoundHeads.contains(left.folded)
      let bothWords = a.level == .trusted && b.level == .trusted
      if whole.level >= .plausible, whole.level == .trusted || a.level < .trusted || b.level < .trusted,
        !(bothWords && a.logFrequency + b.logFrequency > whole.logFrequency + 3 && isCompoundHead)
      {
        return edit(gap, "“\(joined.text)” is a word")
      }
      if a.level >= .plausible, b.level >= .plausible, hyphenated > 0 || isCompoundHead {
        return edit(space, "a compound that a space broke")
      }
      if isPrefix, b.level >= .plausible, left.folded != Form("out".utf8) {
        return edit(space, "a prefix with its hyphen")
      }
      // "Leydes- dorff", but "the atto- is"
      if whole.level == .unknown, joined.count >= 6, b.level == .unknown {
        return edit(gap, "a part is no word")
      }
      return nil
    }
    let closed = vocabulary.count(joined)
    switch whole.level {
    case .trusted: break
    case .plausible:
      guard
        isRest && joined.count >= 7 && !left.startsUpper || !isPrefix && closed > 0 && closed >= hyphenated
      else { return nil }
    case .unknown: return nil
    }
    if isRest { return edit(pair.hyphen..<(pair.hyphen + 1), "“\(joined.text)” is a word") }
    if isPrefix || hyphenated >= 2 && closed < hyphenated { return nil }
    if a.level == .trusted, b.level == .trusted,
      whole.logFrequency <= max(-12, a.logFrequency + b.logFrequency + 9)
    {
      return nil
    }
    // "warm-hearted"
    if min(a.level, b.level) == .plausible, whole.logFrequency <= -12.5 { return nil }
    if min(a.level, b.level) == .plausible,
      whole.logFrequency <= max(a.logFrequency, -13.5) + max(b.logFrequency, -13.5) + 8
    {
      return nil
    }
    return edit(pair.hyphen..<(pair.hyphen + 1), "“\(joined.text)” is a word")
  }

  /// First parts of compounds that are hyphenated as a rule.
  private static let compoundHeads: Set<Form> = Set(
    """
    two three four five six seven eight nine ten one first second third well self long high low left right large \
    small non full half part real multi cross single double state top bottom domain context word
    """.split(separator: " ").map { Form($0.utf8) })
}
