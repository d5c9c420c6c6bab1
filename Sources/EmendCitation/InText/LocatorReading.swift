/// A locator: pages, chapters or notes behind a year.
struct LocatorSpan {
  /// Index behind its last token.
  var end: Int
  /// Pages with ASCII hyphens and without "p."; other cues stay ("chap. 4").
  var text: String
}

extension PassageReader {
  /// The locator that begins at a token, behind an optional comma or colon: ", 34", ": 747–49", ", chap. 4".
  /// `bare` locators stand in running text, where a number alone after a comma is no locator.
  func locator(at index: Int, limit: Int, bare: Bool) -> LocatorSpan? {
    var at = index
    let separator = at < limit ? kind(at) : nil
    if separator == .comma || separator == .colon { at += 1 }
    let first = at
    guard
      let end = locatorBody(at: first, limit: limit, separated: separator == .comma || separator == .colon)
    else { return nil }
    if bare {
      let isRange = (first..<end).contains { kind($0) == .dash }
      let cued = kind(first) == .word || kind(first) == .section
      let follows = end < limit ? kind(end) : .stop
      let closed = follows == .stop || follows == .semicolon || follows == .close || follows == nil
      guard isRange || cued || closed else { return nil }
    }
    return LocatorSpan(end: end, text: locatorText(first..<end))
  }

  /// The index behind cues and numbers, or nil.
  func locatorBody(at start: Int, limit: Int, separated: Bool) -> Int? {
    var at = start
    var last: Int?
    var cued = false
    while at < limit {
      let here = tokens[at]
      switch here.kind {
      case .section:
        cued = true
        at += 1
        continue
      case .word where isLocatorCue(at):
        cued = true
        at += 1
        if kind(at) == .stop, at < limit { at += 1 }
        continue
      default: break
      }
      guard let end = pageNumbers(at: at, limit: limit, cued: cued, separated: separated || last != nil)
      else { break }
      last = end
      at = end
      // A further locator behind a comma or "and", not a further year.
      guard at + 1 < limit else { break }
      let joint = kind(at) == .comma || kind(at) == .ampersand || classes(at).contains(.connective)
      guard joint else { break }
      let next = tokens[at + 1]
      if next.kind == .number || next.kind == .section || (next.kind == .word && isLocatorCue(at + 1)) {
        at += 1
        continue
      }
      break
    }
    return last
  }

  private func isLocatorCue(_ index: Int) -> Bool {
    let token = tokens[index]
    guard token.kind == .word, classes(index).contains(.locator) else { return false }
    // "r", "v", "l" stand for a page only with a number behind.
    var next = index + 1
    if kind(next) == .stop { next += 1 }
    guard let following = kind(next) else { return false }
    return following == .number || following == .year || following == .section || isRoman(next)
      || (following == .word && classes(next).contains(.locator))
  }

  /// "747", "747–49", "34n", "34ff.", "xiv–xvi", "12–13n3".
  private func pageNumbers(at index: Int, limit: Int, cued: Bool, separated: Bool) -> Int? {
    guard index < limit, cued || separated else { return nil }
    let token = tokens[index]
    guard
      token.kind == .number
        || (token.kind == .year && (cued || isPageRange(index, limit)))
        || (isRoman(index) && (cued || token.range.count >= 2))
    else { return nil }
    if !cued, !plausiblePage(index) { return nil }
    var end = index + 1
    if end + 1 < limit, kind(end) == .dash,
      kind(end + 1) == .number || kind(end + 1) == .year || isRoman(end + 1)
    {
      end += 2
    }
    if end < limit, kind(end) == .word, tokens[end].has(.glued) || tokens[end].range.count <= 2,
      Self.pageTails.contains(Letters.foldedHash(bytes, tokens[end].range))
    {
      end += 1
      if end < limit, kind(end) == .stop, end + 1 < limit || kind(end + 1) == .close { end += 1 }
      if end < limit, kind(end) == .number, tokens[end].has(.glued) { end += 1 }
    }
    return end
  }

  /// A number of a page: whole, at most five digits.
  private func plausiblePage(_ index: Int) -> Bool {
    if isRoman(index) { return true }
    guard let value = value(index) else { return false }
    return value < 100_000
  }

  /// "1452–57" behind a year: pages, when the second number is no later year.
  private func isPageRange(_ index: Int, _ limit: Int) -> Bool {
    guard index + 2 < limit, kind(index + 1) == .dash, let first = value(index), first < 1800,
      value(index + 2) != nil
    else { return false }
    return true
  }

  func isRoman(_ index: Int) -> Bool {
    guard tokens.indices.contains(index), tokens[index].kind == .word, !tokens[index].has(.capital),
      tokens[index].range.count <= 8
    else { return false }
    return tokens[index].range.allSatisfy { [0x69, 0x76, 0x78, 0x6C, 0x63].contains(bytes[$0]) }
  }

  private static let pageTails: Set<UInt64> = Set(
    ["f", "ff", "n", "nn", "fn", "sq", "sqq"].map { Letters.foldedHash($0) })
  private static let pageCues: Set<UInt64> = Set(
    ["p", "pp", "pg", "pgs", "page", "pages", "s", "seite", "seiten", "pág", "págs", "pag"].map {
      Letters.foldedHash($0)
    })

  /// Locator text with ASCII hyphens, single spaces, and without the cue for pages.
  func locatorText(_ range: Range<Int>) -> String {
    var text = ""
    var at = range.lowerBound
    var needsSpace = false
    while at < range.upperBound {
      let token = tokens[at]
      switch token.kind {
      case .word where Self.pageCues.contains(Letters.foldedHash(bytes, token.range)):
        if kind(at + 1) == .stop, at + 1 < range.upperBound { at += 1 }
        at += 1
        continue
      case .dash:
        text += "-"
        needsSpace = false
      case .comma:
        text += ","
        needsSpace = true
      default:
        if needsSpace && !text.isEmpty || (!token.has(.glued) && !text.isEmpty && text.last != "-") {
          text += " "
        }
        text += self.text(token.range)
        needsSpace = false
      }
      at += 1
    }
    return text
  }
}
