/// Citations in brackets: "(Harker 1995; Novotny 1997)", "Hollis’s (1988)", "(see Cox 1981, 130)".
extension PassageReader {
  /// Reads the bracket that opens at a token and gives the index to go on from.
  mutating func readBracket(at open: Int) -> Int {
    let (close, isClosed) = closing(of: open)
    if isEmptyOfYears(open + 1, close) {
      if isClosed {
        if let draft = numeric(open: open, close: close) { add(draft, open: open) }
        if readIbid(open: open, close: close) { return close + 1 }
        readPageOnly(open: open, close: close, isClosed: isClosed)
      }
      // Without a year nothing inside can be a citation of author and year; brackets inside still may.
      return isClosed && !hasInnerBracket(open + 1, close) ? close + 1 : open + 1
    }
    let group = tokens[open].start..<(isClosed ? tokens[close].end : tokens[max(open, close - 1)].end)
    let firstDraft = drafts.count
    var context = BracketContext(open: open, close: close, isClosed: isClosed, group: group, at: open + 1)
    readNarrative(&context)
    readItems(&context)
    let found = drafts.count - firstDraft
    guard found > 0 else {
      return isClosed && !hasInnerBracket(open + 1, close) ? close + 1 : open + 1
    }
    if found > 1 { for index in firstDraft..<drafts.count { drafts[index].facts.insert(.company) } }
    if context.leftover <= 0 { for index in firstDraft..<drafts.count { drafts[index].facts.insert(.whole) } }
    if !isClosed { for index in firstDraft..<drafts.count { drafts[index].facts.insert(.unclosed) } }
    floor = isClosed ? close + 1 : context.at
    return isClosed ? close + 1 : max(context.at, open + 1)
  }

  struct BracketContext {
    let open: Int
    /// Index of the closing bracket, or where reading stops when there is none.
    let close: Int
    let isClosed: Bool
    var group: Range<Int>
    /// Index of the next token to read.
    var at: Int
    /// Tokens inside that are no part of a citation, its prefix or a separator.
    var leftover = 0
    /// Index into `drafts` of the citation whose authors an elided year takes.
    var previous: Int?
  }

  /// The closing bracket of the same depth; in its absence the end of the clause.
  private func closing(of open: Int) -> (index: Int, isClosed: Bool) {
    // Long brackets are real ("(… twenty citations …)"), endless ones are damage.
    let limit = min(tokens.count, open + 400)
    var depth = 0
    var index = open
    while index < limit {
      switch tokens[index].kind {
      case .open, .squareOpen: depth += 1
      case .close, .squareClose:
        depth -= 1
        if depth == 0 { return (index, true) }
      default: break
      }
      index += 1
    }
    var end = open + 1
    while end < min(limit, open + 40) {
      let here = tokens[end].kind
      if here == .open || here == .squareOpen { break }
      if here == .stop, end + 1 < tokens.count, !tokens[end + 1].has(.glued), tokens[end + 1].has(.capital),
        !isAbbreviation(end - 1)
      {
        break
      }
      end += 1
    }
    return (end, false)
  }

  private func isAbbreviation(_ index: Int) -> Bool {
    kind(index) == .initial || !classes(index).isDisjoint(with: [.locator, .suffix])
      || (kind(index) == .word && tokens[index].range.count <= 3)
  }

  private func isEmptyOfYears(_ start: Int, _ end: Int) -> Bool {
    var index = start
    while index < end {
      if tokens[index].kind == .year { return false }
      if tokens[index].kind == .word, isUndatedStart(index, end) { return false }
      index += 1
    }
    return true
  }

  private func isUndatedStart(_ index: Int, _ limit: Int) -> Bool {
    phrase(cues.undated, startingAt: index, limit: limit) != nil
  }

  private func hasInnerBracket(_ start: Int, _ end: Int) -> Bool {
    guard start < end else { return false }
    return (start..<end).contains { tokens[$0].kind == .open || tokens[$0].kind == .squareOpen }
  }

  // MARK: - The name before the bracket

  /// "Rupert Hollis’s (1988)", "Ashdown (1996b, 1996c)", "Hale (1999, 386)".
  private mutating func readNarrative(_ context: inout BracketContext) {
    guard context.open > floor, tokens[context.open].kind == .open else { return }
    var start = context.at
    // "Hollis (see 1988, 34)" is rare; "(esp. 1988)" and "(e.g., 1988)" occur.
    if let end = phrase(cues.prefixes, startingAt: start, limit: context.close) {
      start = end
      while start < context.close, kind(start) == .stop || kind(start) == .comma { start += 1 }
    }
    guard year(at: start, limit: context.close) != nil else { return }
    var last = context.open - 1
    if kind(last) == .comma { last -= 1 }
    guard let list = authors(endingAt: last, floor: floor, bracketed: false) else { return }
    var facts = list.facts
    if let after = kind(context.close + 1), context.isClosed {
      if after == .word, !classes(context.close + 1).isDisjoint(with: [.verb]) { facts.insert(.verb) }
    }
    let group = tokens[list.first].start..<context.group.upperBound
    context.group = group
    let first = drafts.count
    readYears(at: start, names: list, facts: facts, form: .narrative, prefix: "", &context)
    guard drafts.count > first else { return }
    // The closing bracket is part of the text; of the range too when only one year stands inside.
    drafts[first].range = tokens[list.first].start..<drafts[first].range.upperBound
    if context.isClosed {
      if context.at == context.close, drafts.count == first + 1 {
        drafts[first].range = tokens[list.first].start..<tokens[context.close].end
      } else {
        drafts[first].closes = true
      }
    }
  }

  // MARK: - Works inside the bracket

  private mutating func readItems(_ context: inout BracketContext) {
    var itemStart = context.at
    while context.at < context.close {
      let here = context.at
      guard
        tokens[here].kind == .year || tokens[here].kind == .word || tokens[here].kind == .squareOpen
          || tokens[here].kind == .initial,
        let span = year(at: here, limit: context.close)
      else {
        context.at += 1
        continue
      }
      var last = here - 1
      var hasComma = false
      if kind(last) == .comma, last >= itemStart {
        hasComma = true
        last -= 1
      }
      // "Smith (1990)" inside a bracket.
      if kind(last) == .open, last > itemStart { last -= 1 }
      if last >= itemStart, let list = authors(endingAt: last, floor: itemStart, bracketed: true) {
        var facts = list.facts
        if hasComma { facts.insert(.comma) }
        let (prefix, prefixStart) = prefix(before: list.first, from: itemStart)
        if !prefix.isEmpty { facts.insert(.prefix) }
        context.leftover += strays(itemStart..<prefixStart)
        readYears(at: here, names: list, facts: facts, form: .parenthetical, prefix: prefix, &context)
        itemStart = context.at
      } else if let previous = context.previous, onlySeparators(itemStart..<here),
        drafts[previous].names.count > 0
      {
        let names = AuthorList(names: drafts[previous].names, facts: drafts[previous].facts, first: here)
        readYears(
          at: here, names: names, facts: names.facts, form: drafts[previous].form, prefix: "", elided: true,
          &context)
        itemStart = context.at
      } else {
        context.leftover += strays(itemStart..<span.end) + 1
        context.at = span.end
        itemStart = context.at
      }
    }
    context.leftover += strays(itemStart..<context.close)
  }

  /// Reads one year and those after it that have the same authors, each with its locator.
  private mutating func readYears(
    at start: Int, names list: AuthorList, facts: CitationFacts, form: CitationDraft.Form, prefix: String,
    elided: Bool = false, _ context: inout BracketContext
  ) {
    var at = start
    var isFirst = true
    while let span = year(at: at, limit: context.close) {
      var draftFacts = facts.union(span.facts)
      let begin = isFirst && !elided ? tokens[list.first].start : tokens[at].start
      var end = span.end
      var locatorText = ""
      if let locator = locator(at: end, limit: context.close, bare: false) {
        locatorText = locator.text
        end = locator.end
        draftFacts.insert(.locator)
      }
      let letters = span.letters
      let rangeEnd = letters.isEmpty ? tokens[end - 1].end : tokens[at].end
      drafts.append(
        CitationDraft(
          form: form, range: begin..<rangeEnd, group: context.group, names: list.names,
          facts: draftFacts, elided: elided || !isFirst, year: span.text,
          locator: letters.isEmpty ? locatorText : "",
          prefix: isFirst ? prefix : "", block: block))
      for (rank, letter) in letters.enumerated() {
        drafts.append(
          CitationDraft(
            form: form, range: letter.range, group: context.group, names: list.names, facts: draftFacts,
            elided: true, year: letter.letter, locator: rank == letters.count - 1 ? locatorText : "",
            prefix: "",
            block: block))
      }
      context.previous = drafts.count - 1
      context.at = end
      isFirst = false
      // ", 1999" and "and 1999" go on with the same authors.
      var next = end
      while next < context.close, kind(next) == .comma || kind(next) == .ampersand || isConnective(next) {
        next += 1
      }
      guard next > end, next < context.close, kind(next) == .year || isUndatedStart(next, context.close),
        year(at: next, limit: context.close) != nil
      else { return }
      at = next
    }
  }

  private func isConnective(_ index: Int) -> Bool {
    kind(index) == .word && !tokens[index].has(.capital) && classes(index).contains(.connective)
  }

  private func onlySeparators(_ range: Range<Int>) -> Bool {
    range.allSatisfy {
      [.comma, .semicolon, .ampersand].contains(tokens[$0].kind) || isConnective($0)
    }
  }

  /// Tokens of a range that are more than separators.
  private func strays(_ range: Range<Int>) -> Int {
    guard range.lowerBound < range.upperBound else { return 0 }
    return range.reduce(into: 0) { count, index in
      switch tokens[index].kind {
      case .comma, .semicolon, .ampersand, .stop, .close, .open, .squareOpen, .squareClose: break
      default: if !isConnective(index) { count += 1 }
      }
    }
  }

  /// The signal phrase before a list of authors and the index of its first token; the list's own first token
  /// when there is none. Short words that are also everyday words count only where an item starts.
  func prefix(before first: Int, from start: Int) -> (text: String, start: Int) {
    guard first > start, let begin = phrase(cues.prefixes, endingBefore: first, floor: start) else {
      return ("", first)
    }
    let single = begin == lastWord(before: first, from: start)
    let startsItem = (start..<begin).allSatisfy {
      [.comma, .semicolon, .open].contains(tokens[$0].kind) || isConnective($0)
    }
    if single, !startsItem, classes(begin).contains(.stop) || tokens[begin].range.count < 3,
      !Self.strongSignals.contains(Letters.foldedHash(bytes, tokens[begin].range))
    {
      return ("", first)
    }
    var end = first - 1
    while end > begin, tokens[end].kind == .comma { end -= 1 }
    // "cf." keeps its stop, "see." does not arise.
    return (text(tokens[begin].start..<tokens[end].end), begin)
  }

  private static let strongSignals: Set<UInt64> = Set(
    ["see", "cf", "vgl", "voir", "cfr"].map { Letters.foldedHash($0) })

  private func lastWord(before first: Int, from start: Int) -> Int {
    var index = first - 1
    while index > start, tokens[index].kind == .comma || tokens[index].kind == .stop { index -= 1 }
    return index
  }
}
