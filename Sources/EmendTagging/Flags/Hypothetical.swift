/// The stretches of a sentence that tell of what may be, not of what was. A condition makes the whole sentence
/// hypothetical, save that of habit in the past ("He paid if they obeyed"); "would", "might" and "could" their own
/// clause alone, and not where they tell what came later ("found that no bank would lend").
struct Hypothetical {
  let field: Field
  let tokens: TokenTable
  let text: UnsafeBufferPointer<UInt8>
  let words: RuleWords
  /// Tokens after "if" among which the verb of its clause is looked for.
  static let verbReach = 7

  func ranges(_ reading: SentenceReading) -> [Range<Int>] {
    guard reading.has(field.hypothetical) else { return [] }
    let factual = reading.spans.filter { $0.cueClass == field.notHypothetical }.map(\.range)
    var ranges: [Range<Int>] = []
    for mark in reading.spans where mark.cueClass == field.hypothetical {
      let at = mark.range.lowerBound
      if factual.contains(where: { $0.overlaps(mark.range) }) { continue }
      if isIn(at, words.modals) {
        ranges.append(clause(of: at, in: reading.tokens))
      } else if !isIn(at, words.conditions) || !isHabit(conditionAt: at, in: reading.tokens) {
        return [reading.tokens]
      }
    }
    return ranges
  }

  /// Whether a condition stands in the past, and no modal verb in the sentence: the first form of the past after its
  /// subject.
  private func isHabit(conditionAt condition: Int, in sentence: Range<Int>) -> Bool {
    if sentence.contains(where: { isIn($0, words.modals) || isIn($0, words.presentModals) }) { return false }
    for position in stride(
      from: condition + 2, to: min(condition + Self.verbReach, sentence.upperBound), by: 1)
    {
      guard tokens.flags[position].contains(.word) else { return false }
      if isIn(position, words.pastForms) { return true }
      if endsInED(position), !isIn(position - 1, words.leadsToNoun) { return true }
    }
    return false
  }

  private func endsInED(_ position: Int) -> Bool {
    let end = Int(tokens.end[position])
    return end - Int(tokens.start[position]) > 3 && text[end - 1] == 0x64 && text[end - 2] == 0x65
  }

  /// The clause of a modal verb: from where a new clause begins before it to where one begins after it.
  private func clause(of modal: Int, in sentence: Range<Int>) -> Range<Int> {
    var start = modal
    while start > sentence.lowerBound, !beginsClause(start, modal) { start -= 1 }
    var end = modal + 1
    while end < sentence.upperBound, !endsClause(end, sentence) { end += 1 }
    return start..<end
  }

  private func beginsClause(_ position: Int, _ modal: Int) -> Bool {
    if isBreak(position - 1) { return true }
    if isIn(position, words.clauseJoints), isMark(position - 1, .comma) { return true }
    // "sanctions that would hurt", "feared that they would be hurt".
    guard isIn(position, words.relatives) else { return false }
    return position + 1 == modal || isIn(position - 1, words.reportingVerbs)
  }

  private func endsClause(_ position: Int, _ sentence: Range<Int>) -> Bool {
    if isBreak(position) { return true }
    guard isMark(position, .comma), position + 2 < sentence.upperBound else { return false }
    if isIn(position + 1, words.clauseTurns) { return true }
    return isIn(position + 1, words.clauseJoints) && beginsSubject(position + 2)
  }

  private func beginsSubject(_ position: Int) -> Bool {
    tokens.flags[position].contains(.capital) || isIn(position, words.subjectOpeners)
  }

  private func isIn(_ position: Int, _ list: RuleWords.List) -> Bool {
    words.holds(tokens.word[position], list)
  }
  private func isMark(_ position: Int, _ mark: TokenMark) -> Bool { tokens.word[position] == mark.rawValue }
  private func isBreak(_ position: Int) -> Bool { isMark(position, .semicolon) || isMark(position, .colon) }
}
