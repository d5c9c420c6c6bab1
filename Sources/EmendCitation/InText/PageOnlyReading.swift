/// Brackets that hold pages and nothing else: "(446–47, 454–56)", "(p. 34)".
extension PassageReader {
  mutating func readPageOnly(open: Int, close: Int, isClosed: Bool) {
    guard isClosed, tokens[open].kind == .open, close > open + 1, close - open < 24 else { return }
    let start = open + 1
    let isCued = kind(start) == .word
    guard kind(start) == .number || isCued,
      let end = locatorBody(at: start, limit: close, separated: true), end == close
    else { return }
    // A number alone is an item mark, a numbered reference or a count; pages have a range, a cue, or follow a quotation.
    let isRange = (start..<end).contains { tokens[$0].kind == .dash }
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

  private func isPageCue(_ index: Int) -> Bool {
    tokens[index].range.count <= 4 && (bytes[tokens[index].start] | 0x20 == 0x70)
  }
}
