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
      // "211ff.", "41n": what stands behind the number says that it is a page.
      let cued =
        kind(first) == .word || kind(first) == .section
        || (first..<end).contains { kind($0) == .word && Self.pageTails.contains(hash($0)) }
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
      case .word where hash(at) == Self.passim && (separated || last != nil):
        return at + 1
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
      if next.kind == .number || next.kind == .section
        || (next.kind == .word && (isLocatorCue(at + 1) || hash(at + 1) == Self.passim))
      {
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
        || (isRoman(index) && (cued || token.range.count >= 2)) || isRomanRange(index)
    else { return nil }
    if !cued, !plausiblePage(index) || isPartOfDate(index, limit) { return nil }
    var end = index + 1
    if end + 1 < limit, kind(end) == .dash {
      // "12--14" has a dash of two hyphens.
      let far = kind(end + 1) == .dash && tokens[end + 1].has(.glued) ? end + 2 : end + 1
      if far < limit, kind(far) == .number || kind(far) == .year || isRoman(far) { end = far + 1 }
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

  /// "14 May 1882" and "14/1188/126": a day, a number of a document.
  private func isPartOfDate(_ index: Int, _ limit: Int) -> Bool {
    guard index + 1 < limit else { return false }
    if kind(index + 1) == .slash, tokens[index + 1].has(.glued), kind(index + 2) == .number { return true }
    return kind(index + 1) == .word && tokens[index + 1].has(.capital) && classes(index + 1).contains(.date)
  }

  /// A number of a page: whole, at most five digits.
  private func plausiblePage(_ index: Int) -> Bool {
    if isRoman(index) || isRomanRange(index) { return true }
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
    return tokens[index].range.allSatisfy { Self.isRomanDigit(bytes[$0]) }
  }

  private static func isRomanDigit(_ byte: UInt8) -> Bool {
    [0x69, 0x76, 0x78, 0x6C, 0x63].contains(byte)
  }

  /// "xi-xiv": one word with a hyphen between two numbers.
  private func isRomanRange(_ index: Int) -> Bool {
    guard tokens.indices.contains(index), tokens[index].kind == .word, !tokens[index].has(.capital) else {
      return false
    }
    let range = tokens[index].range
    guard range.count <= 17, let hyphen = bytes[range].firstIndex(of: 0x2D), hyphen > range.lowerBound,
      hyphen + 1 < range.upperBound
    else { return false }
    return range.allSatisfy { $0 == hyphen || Self.isRomanDigit(bytes[$0]) }
  }

  private static let passim = Letters.foldedHash("passim")
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
        if text.last != "-" { text += "-" }
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
