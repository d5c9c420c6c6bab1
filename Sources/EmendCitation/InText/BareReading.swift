/// Author and year in running text, as notes have them: "See also Harlow 1998 and Quist 1998, 18–19."
extension PassageReader {
  /// Reads a run of such citations from its first year on and gives the index to go on from.
  mutating func readBare(at index: Int) -> Int {
    var last = index - 1
    var hasComma = false
    if kind(last) == .comma {
      hasComma = true
      last -= 1
    }
    guard last >= floor, let list = authors(endingAt: last, floor: floor, bracketed: false),
      let span = year(at: index, limit: tokens.count)
    else { return index + 1 }
    var facts = list.facts.union(span.facts)
    if hasComma { facts.insert(.comma) }
    if isNote { facts.insert(.inNote) }
    let (prefix, _) = prefix(before: list.first, from: max(floor, 0))
    if !prefix.isEmpty { facts.insert(.prefix) }
    var end = span.end
    var locatorText = ""
    if let locator = locator(at: end, limit: tokens.count, bare: true) {
      locatorText = locator.text
      end = locator.end
      facts.insert(.locator)
    }
    if kind(end) == .word, !classes(end).isDisjoint(with: .verb) { facts.insert(.verb) }
    let range = tokens[list.first].start..<tokens[end - 1].end
    // A run goes on over ", ", "; " and "and".
    let continues = drafts.last.map {
      $0.form == .bare && separatorsOnly(from: $0.range.upperBound, to: list.first)
    }
    let continuesRun = continues ?? false
    drafts.append(
      CitationDraft(
        form: .bare, range: range, group: range, names: list.names, facts: facts, year: span.text,
        locator: locatorText, prefix: continuesRun ? "" : prefix, block: block, continuesRun: continuesRun))
    floor = end
    end = readFurtherYears(after: end, list: list, facts: facts)
    floor = end
    return max(end, index + 1)
  }

  /// "Whitlow 1995a, 1999": further years of the same authors.
  private mutating func readFurtherYears(after start: Int, list: AuthorList, facts: CitationFacts) -> Int {
    var end = start
    while true {
      var next = end
      while next < tokens.count,
        kind(next) == .comma || kind(next) == .ampersand || classes(next).contains(.connective)
      {
        next += 1
        if next - end > 3 { return end }
      }
      guard next > end, kind(next) == .year, let span = year(at: next, limit: tokens.count) else {
        return end
      }
      var after = span.end
      var locatorText = ""
      if let locator = locator(at: after, limit: tokens.count, bare: true) {
        locatorText = locator.text
        after = locator.end
      }
      let range = tokens[next].start..<tokens[after - 1].end
      drafts.append(
        CitationDraft(
          form: .bare, range: range, group: range, names: list.names, facts: facts, elided: true,
          year: span.text, locator: locatorText, block: block, continuesRun: true))
      end = after
    }
  }

  /// Gives each run of bare citations its range, and each member the company of the others.
  mutating func closeRuns() {
    var index = 0
    while index < drafts.count {
      var last = index
      while last + 1 < drafts.count, drafts[last + 1].continuesRun { last += 1 }
      if last > index {
        let group = drafts[index].range.lowerBound..<drafts[last].range.upperBound
        for member in index...last {
          drafts[member].group = group
          drafts[member].facts.insert(.company)
        }
      }
      index = last + 1
    }
  }

  /// Whether only commas, semicolons and "and" stand between a byte offset and a token.
  private func separatorsOnly(from offset: Int, to token: Int) -> Bool {
    var index = token - 1
    var steps = 0
    while index >= 0, tokens[index].start >= offset {
      let isSeparator =
        [.comma, .semicolon, .ampersand].contains(tokens[index].kind)
        || (tokens[index].kind == .word && classes(index).contains(.connective))
      steps += 1
      guard isSeparator, steps <= 3 else { return false }
      index -= 1
    }
    return steps > 0
  }
}
