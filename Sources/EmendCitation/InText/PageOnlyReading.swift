/// Brackets that hold pages and nothing else: "(446–47, 454–56)", "(p. 34)".
extension PassageReader {
  /// "(ibid., 45)" in running text: the work of the citation before.
  mutating func readIbid(open: Int, close: Int) -> Bool {
    guard tokens[open].kind == .open, let end = phrase(cues.ibid, startingAt: open + 1, limit: close) else {
      return false
    }
    var at = end
    while at < close, [.stop, .comma, .colon].contains(kind(at)) { at += 1 }
    var locatorText = ""
    if at < close {
      guard let last = locatorBody(at: at, limit: close, separated: true), last == close else { return false }
      locatorText = self.locatorText(at..<last)
    }
    drafts.append(
      CitationDraft(
        form: .ibid, range: tokens[open + 1].start..<tokens[close - 1].end,
        group: tokens[open].start..<tokens[close].end, names: [], facts: [], elided: true, year: "",
        locator: locatorText, block: block))
    return true
  }

  mutating func readPageOnly(open: Int, close: Int, isClosed: Bool) {
    guard isClosed, tokens[open].kind == .open, close > open + 1, close - open < 24 else { return }
    let start = open + 1
    let isCued = kind(start) == .word
    guard kind(start) == .number || isCued,
      let end = locatorBody(at: start, limit: close, separated: true), end == close
    else { return }
    // A number alone is an item mark, a numbered reference or a count; pages have a range, a cue, or follow a quotation.
    let isRange = (start..<end).contains { tokens[$0].kind == .dash && rises(around: $0) }
    let afterQuotation = kind(open - 1) == .quoteClose
    guard isRange || afterQuotation || (isCued && isPageCue(start)) else { return }
    var facts: CitationFacts = .locator
    if isRange { facts.insert(.span) }
    if afterQuotation { facts.insert(.verb) }
    drafts.append(
      CitationDraft(
        form: .pageOnly, range: tokens[start].start..<tokens[close - 1].end,
        group: tokens[open].start..<tokens[close].end, names: [], facts: facts, elided: true, year: "",
        locator: locatorText(start..<end), block: block))
  }

  /// Whether the number behind a dash is greater than the one before it; "446–47" is 446 to 447.
  private func rises(around dash: Int) -> Bool {
    guard let first = value(dash - 1), var second = value(dash + 1) else { return isRoman(dash - 1) }
    var power = 1
    for _ in tokens[dash + 1].range { power *= 10 }
    if second < first { second += first / power * power }
    return second > first
  }

  private func isPageCue(_ index: Int) -> Bool {
    tokens[index].range.count <= 4 && bytes[tokens[index].start] == 0x70
  }
}
