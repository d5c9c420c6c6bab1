/// A year as printed, or what stands in its place.
struct YearSpan {
  /// Index behind its last token.
  var end: Int
  /// "1994-95", "1996b", "forthcoming".
  var text: String
  var facts: CitationFacts
  /// Further letters of the same year: "b", "c" in "1992a, b, c".
  var letters: [(letter: String, range: Range<Int>)] = []
}

extension PassageReader {
  /// The year that starts at a token.
  func year(at index: Int, limit: Int) -> YearSpan? {
    guard index < limit else { return nil }
    switch tokens[index].kind {
    case .year: return printedYear(at: index, limit: limit)
    case .squareOpen: return reprintedYear(at: index, limit: limit)
    case .word, .initial:
      guard let end = phrase(cues.undated, startingAt: index, limit: limit) else { return nil }
      // "in" and "n" alone are everyday words: the phrase must fill its place.
      var after = end
      if kind(after) == .stop, after < limit { after += 1 }
      guard
        after >= limit || [.comma, .semicolon, .colon, .close].contains(kind(after)) || kind(after) == .dash
      else { return nil }
      let last = kind(end) == .stop && end < limit && isAbbreviated(end - 1) ? end : end - 1
      var facts: CitationFacts = .undated
      var text = text(tokens[index].start..<tokens[last].end)
      var next = last + 1
      // "forthcoming-a", "in press b".
      if next < limit, kind(next) == .word, tokens[next].range.count == 1, !tokens[next].has(.capital) {
        text += self.text(tokens[next].range)
        facts.insert(.letter)
        next += 1
      }
      return YearSpan(end: next, text: text, facts: facts)
    default: return nil
    }
  }

  private func isAbbreviated(_ index: Int) -> Bool { tokens[index].range.count <= 4 }

  private func printedYear(at index: Int, limit: Int) -> YearSpan {
    let token = tokens[index]
    var span = YearSpan(end: index + 1, text: yearText(index), facts: token.has(.letter) ? .letter : [])
    guard let first = value(index) else { return span }
    let joint = kind(index + 1)
    if index + 2 < limit, joint == .dash || joint == .slash, tokens[index + 1].has(.glued),
      tokens[index + 2].has(.glued), let second = value(index + 2)
    {
      let digits = tokens[index + 2].range.count
      let full = digits == 4 ? second : digits == 2 ? first / 100 * 100 + second : -1
      let later = full < first && digits == 2 ? full + 100 : full
      if later > first, later < 2100, kind(index + 2) == .year || digits == 2 {
        let sign = joint == .slash ? "/" : "-"
        span.text += sign + text(tokens[index + 2].range)
        span.end = index + 3
        if joint == .dash && later - first > 1 { span.facts.insert(.span) }
      }
    }
    // "1998 [1922]".
    if span.end + 2 < limit, kind(span.end) == .squareOpen, kind(span.end + 1) == .year,
      kind(span.end + 2) == .squareClose
    {
      span.text += " " + text(tokens[span.end].start..<tokens[span.end + 2].end)
      span.end += 3
    }
    readLetters(&span, year: index, limit: limit)
    return span
  }

  /// "[1922] 1998".
  private func reprintedYear(at index: Int, limit: Int) -> YearSpan? {
    guard index + 2 < limit, kind(index + 1) == .year, kind(index + 2) == .squareClose else { return nil }
    guard index + 3 < limit, kind(index + 3) == .year else { return nil }
    return YearSpan(
      end: index + 4, text: text(tokens[index].start..<tokens[index + 3].end), facts: .letter)
  }

  /// "1992a, b" and "2012a,b": each letter is a year of its own.
  private func readLetters(_ span: inout YearSpan, year: Int, limit: Int) {
    guard tokens[year].has(.letter), span.end == year + 1 else { return }
    let digits = String(yearText(year).dropLast())
    var at = span.end
    while at + 1 < limit, kind(at) == .comma || kind(at) == .ampersand || classes(at).contains(.connective),
      kind(at + 1) == .word, tokens[at + 1].range.count == 1, !tokens[at + 1].has(.capital)
    {
      span.letters.append((digits + text(tokens[at + 1].range), tokens[at + 1].range))
      at += 2
    }
    span.end = at
  }
}
