import EmendModel

/// A citation of a law, a case or an archive: recognised as such, with its place, not parsed further.
struct SourceDraft {
  var form: Citation.Form
  var range: Range<Int>
  var year: String?
  /// The part that names it: the case, the code, the record group.
  var name: Range<Int>
  var block: Int
  /// A case by its short name and a page, cited in full before.
  var isShort = false
}

/// Legal citations ("Brown v. Board of Education, 347 U.S. 483 (1954)", "42 U.S.C. § 1983", "[1932] A.C. 562",
/// "BVerfGE 7, 198", "S/RES/678") and archival ones ("FO 371/12345", "RG 59, Box 23, National Archives").
extension PassageReader {
  mutating func readSources() {
    var at = 0
    var last = 0
    while at < tokens.count {
      guard mayNameSource(at) else {
        at += 1
        continue
      }
      let found =
        caseName(at: at, floor: last) ?? reporter(at: at, floor: last) ?? archive(at: at, floor: last)
      if let found, let end = tokens.firstIndex(where: { $0.start >= found.range.upperBound }, from: at + 1) {
        sources.append(found)
        at = max(end, at + 1)
        last = at
      } else if let found {
        sources.append(found)
        return
      } else {
        at += 1
      }
    }
  }

  /// Whether a token can tell a law, a case or an archive: "v." or the second word of "In re", a word before a number,
  /// a capital behind one or within a word ("BVerfGE"). Few tokens can, and only they are looked at closely.
  private func mayNameSource(_ index: Int) -> Bool {
    let token = tokens[index]
    if token.kind == .word {
      let length = token.end - token.start
      let first = bytes[token.start]
      if length <= 2, first == 0x76 { return true }
      if length == 2 || length == 5, first | 0x20 == 0x72 || first | 0x20 == 0x70 { return true }
      var next = index + 1
      if next < tokens.count, tokens[next].kind == .stop { next += 1 }
      if next < tokens.count, tokens[next].kind == .number || tokens[next].kind == .year { return true }
      if !token.has(.capital) { return false }
    } else if token.kind != .initial {
      return false
    }
    if token.has(.glued) { return false }
    if index > 0, tokens[index - 1].kind == .number || tokens[index - 1].kind == .squareClose { return true }
    return cues.startsAlone(bytes, token.range)
  }

  // MARK: - Law

  /// "Brown v. Board of Education", at the "v."; "In re Gault", "Ex parte Milligan", at the second word.
  private func caseName(at index: Int, floor: Int) -> SourceDraft? {
    let token = tokens[index]
    if index > floor, token.kind == .word, token.range.count == 2 || token.range.count == 5,
      let first = Self.single[hash(index)], hash(index - 1) == first,
      let last = partyEnd(from: index + 1)
    {
      return legal(name: tokens[index - 1].start..<tokens[last].end, from: index - 1, through: last)
    }
    guard token.kind == .word, token.range.count <= 2, bytes[token.start] == 0x76,
      kind(index + 1) == .stop || token.range.count == 1,
      token.range.count == 1 || bytes[token.start + 1] == 0x73
    else { return nil }
    var next = index + 1
    if kind(next) == .stop { next += 1 }
    guard let right = partyEnd(from: next), let left = partyStart(before: index, floor: floor) else {
      return nil
    }
    let name = tokens[left].start..<tokens[right].end
    let found = legal(name: name, from: left, through: right)
    // "vs." compares anything; a year or reporter makes it a case.
    return token.range.count == 2 && found.range == name ? nil : found
  }

  /// What the names of cases with one party begin with: the first word by the second.
  private static let single: [UInt64: UInt64] = [
    Letters.foldedHash("re"): Letters.foldedHash("in"), Letters.foldedHash("parte"): Letters.foldedHash("ex"),
  ]

  /// Index of the last token of the party that begins at a token.
  private func partyEnd(from start: Int) -> Int? {
    guard start < tokens.count,
      tokens[start].kind == .initial || (tokens[start].kind == .word && tokens[start].has(.capital))
    else { return nil }
    var last = start
    var at = start + 1
    while at < tokens.count, at - start < 12 {
      let token = tokens[at]
      if token.kind == .initial
        || (token.kind == .word && token.has(.capital) && !classes(at).contains(.verb))
      {
        last = at
      } else if token.kind == .word, isSmall(at), at + 1 < tokens.count, tokens[at + 1].has(.capital) {
        // "Board of Education".
      } else if token.kind == .ampersand
        || (token.kind == .stop && tokens[at - 1].range.count <= 4 && at + 1 < tokens.count
          && tokens[at + 1].has(.capital) && token.has(.glued))
      {
        // "Co. Ltd".
      } else {
        break
      }
      at += 1
    }
    return last
  }

  private func partyStart(before index: Int, floor: Int) -> Int? {
    var at = index - 1
    var first: Int?
    while at >= floor, index - at < 12 {
      let token = tokens[at]
      if token.kind == .initial || (token.kind == .word && token.has(.capital)) {
        if classes(at).contains(.stop) || phrase(cues.prefixes, startingAt: at, limit: at + 1) != nil {
          break
        }
        first = at
      } else if token.kind == .word, isSmall(at), at > floor, tokens[at - 1].has(.capital), first != nil {
        // "Bank of England".
      } else if token.kind == .ampersand
        || (token.kind == .stop && at > floor && kind(at - 1) == .word && tokens[at - 1].range.count <= 4
          && tokens[at - 1].has(.capital))
      {
        // "Co. v."
      } else {
        break
      }
      at -= 1
    }
    return first
  }

  private func isCapital(_ index: Int) -> Bool {
    kind(index) == .initial || (kind(index) == .word && tokens[index].has(.capital))
  }

  private func isSmall(_ index: Int) -> Bool {
    let wordClasses = classes(index)
    return !tokens[index].has(.capital) && !wordClasses.isDisjoint(with: [.stop, .connective, .particle])
      && tokens[index].range.count <= 4
  }

  /// A reporter, code or collection of treaties: "347 U.S. 483", "42 U.S.C. § 1983", "BVerfGE 7, 198".
  private func reporter(at index: Int, floor: Int) -> SourceDraft? {
    let isNumbered = kind(index - 1) == .number || kind(index - 1) == .squareClose
    guard isCapital(index), !tokens[index].has(.glued),
      isNumbered || cues.startsAlone(bytes, tokens[index].range),
      let end = phrase(cues.reporters, startingAt: index, limit: min(tokens.count, index + 8))
    else { return nil }
    // "20 F 3" is no page of the Federal Reporter: a single letter needs its stop.
    if end == index + 1, tokens[index].range.count == 1 { return nil }
    var first = index
    if kind(index - 1) == .number, index - 1 >= floor {
      first = index - 1
    } else if kind(index - 1) == .squareClose {
      guard kind(index - 2) == .year, kind(index - 3) == .squareOpen else { return nil }
      first = index - 3
    }
    var at = end
    while kind(at) == .stop || kind(at) == .section || kind(at) == .comma || kind(at) == .slash { at += 1 }
    // "Keel, 523 U.S. at 376": a case by its short name.
    if isNumbered, kind(at) == .word, hash(at) == Self.at, kind(at + 1) == .number || kind(at + 1) == .year {
      return shortCase(reporter: first, through: at + 1, floor: floor)
    }
    guard kind(at) == .number || kind(at) == .year else { return nil }
    let name = tokens[first].start..<tokens[at].end
    var found = legal(name: name, from: first, through: at)
    if first == index - 3 {
      if let docket = docket(before: first, floor: floor) {
        let name = tokens[docket].start..<tokens[first - 1].end
        found = SourceDraft(
          form: .legal, range: name.lowerBound..<found.range.upperBound, year: nil, name: name, block: block)
      }
      found.year = text(tokens[index - 2].range)
    }
    return found
  }

  private static let at = Letters.foldedHash("at")

  /// A case by its short name, its reporter and a page.
  private func shortCase(reporter: Int, through last: Int, floor: Int) -> SourceDraft? {
    var first = reporter
    if kind(reporter - 1) == .comma, reporter - 2 >= floor,
      let start = partyStart(before: reporter - 1, floor: floor)
    {
      first = start
    }
    guard first < reporter else { return nil }
    var draft = source(tokens[first].start..<tokens[reporter - 2].end, first, last, nil)
    draft.isShort = true
    return draft
  }

  /// "Case 26/62, Van Gend en Loos" before "[1963] ECR 1": the token of "Case".
  private func docket(before end: Int, floor: Int) -> Int? {
    var at = end - 1
    while at >= floor, end - at < 20 {
      let token = tokens[at]
      if token.kind == .word, isDocket(at), token.has(.capital) { return at }
      switch token.kind {
      case .number, .slash, .dash, .comma, .initial, .stop, .ampersand, .year: break
      case .word where token.has(.capital) || token.range.count <= 4: break
      default: return nil
      }
      at -= 1
    }
    return nil
  }

  /// Goes on from a name over volumes, pages, courts and the year.
  private func legal(name: Range<Int>, from first: Int, through last: Int) -> SourceDraft {
    var end = last
    var at = last + 1
    var year: String?
    while at < tokens.count, at - last < 24 {
      let token = tokens[at]
      switch token.kind {
      case .number, .section, .slash, .dash: end = at
      case .year:
        end = at
        year = year ?? text(token.range)
      case .comma: break
      case .stop
      where token.has(.glued)
        && (kind(at - 1) == .initial || (kind(at - 1) == .word && tokens[at - 1].range.count <= 5)):
        break
      case .initial: break
      case .squareOpen where kind(at + 1) == .year && kind(at + 2) == .squareClose:
        year = year ?? text(tokens[at + 1].range)
        at += 2
        end = at
      case .open:
        // "(1954)", "(2d Cir. 1972)".
        var close = at + 1
        while close < tokens.count, close - at < 8, kind(close) != .close { close += 1 }
        // "5 U.S. (1 Cranch) 137": the reporter of old under whom the volume was numbered anew.
        let isReporter =
          kind(close) == .close && kind(close + 1) == .number && kind(at + 1) == .number && close - at <= 5
        guard kind(close) == .close, isReporter || kind(close - 1) == .year else {
          return source(name, first, end, year)
        }
        if !isReporter { year = year ?? text(tokens[close - 1].range) }
        at = close
        end = close
      case .word:
        let isReporter = phrase(cues.reporters, startingAt: at, limit: min(tokens.count, at + 8)) != nil
        guard
          isReporter || isDocket(at) || (classes(at).contains(.locator) && kind(at + 1) != nil)
            || (token.has(.capital) && token.range.count <= 5 && kind(at + 1) == .stop)
        else { return source(name, first, end, year) }
      default: return source(name, first, end, year)
      }
      at += 1
    }
    return source(name, first, end, year)
  }

  /// "Case 6/64", "Application no. 5310/71".
  private func isDocket(_ index: Int) -> Bool {
    guard classes(index).contains(.docket) else { return false }
    var at = index + 1
    while kind(at) == .stop || (kind(at) == .word && classes(at).contains(.docket)) { at += 1 }
    return kind(at) == .number || kind(at) == .year
  }

  private func source(_ name: Range<Int>, _ first: Int, _ last: Int, _ year: String?) -> SourceDraft {
    SourceDraft(
      form: .legal, range: tokens[first].start..<tokens[last].end, year: year, name: name, block: block)
  }

  // MARK: - Archives

  /// "FO 371/12345", "RG 59, Box 23", "Eden Papers, Box 4, Folder 12".
  private func archive(at index: Int, floor: Int) -> SourceDraft? {
    guard let last = shelfmark(at: index) else { return nil }
    // The collection that holds it, before ("Eden Papers, Box 4") …
    var first = index
    while first - 1 >= floor {
      let before = tokens[first - 1]
      if before.kind == .squareClose, let open = noteOpening(first - 1), open > floor {
        first = open
      } else if before.kind == .number, let word = countWord(before: first - 1), word >= floor {
        first = word
      } else if before.kind == .comma || before.kind == .initial || before.kind == .slash
        || before.kind == .colon
      {
        guard first - 2 >= floor, isCollectionWord(first - 2) || kind(first - 2) == .number else { break }
        first -= 1
      } else if before.kind == .word,
        isCollectionWord(first - 1)
          || (isSmall(first - 1) && first - 2 >= floor && isCollectionWord(first - 2))
      {
        first -= 1
      } else {
        break
      }
      if index - first > 24 { break }
    }
    while first < index,
      [.comma, .colon, .stop, .number].contains(tokens[first].kind) || isSmall(first)
        || Self.countWords.contains(hash(first))
        || phrase(cues.prefixes, startingAt: first, limit: first + 1) != nil
    { first += 1 }
    // … and behind ("National Archives").
    var end = last
    var at = last + 1
    while at < tokens.count, at - last < 24 {
      if let further = shelfmark(at: at) {
        end = further
        at = further + 1
        continue
      }
      let token = tokens[at]
      if token.kind == .comma || token.kind == .slash || token.kind == .colon || token.kind == .dash {
        at += 1
        continue
      }
      if (token.kind == .number && kind(at - 1) != .comma) || isHolder(at) {
        end = at
        at += 1
        continue
      }
      break
    }
    // A code and a number alone ("CO 2") say too little in running text; a slash, a box or a holder say more.
    guard isNote || end > index + 2 || tokens[index].range.count > 3 else { return nil }
    return SourceDraft(
      form: .archival, range: tokens[first].start..<tokens[end].end, year: nil,
      name: tokens[first].start..<tokens[end].end, block: block)
  }

  /// The opening of a short remark in square brackets: "[hereafter PRO]".
  private func noteOpening(_ close: Int) -> Int? {
    (max(0, close - 6)..<close).last { tokens[$0].kind == .squareOpen }
  }

  /// "no. 534" among the parts of a shelf mark: the token of "no", from that of its number.
  private func countWord(before number: Int) -> Int? {
    let word = kind(number - 1) == .stop ? number - 2 : number - 1
    return kind(word) == .word && Self.countWords.contains(hash(word)) ? word : nil
  }

  private static let countWords: Set<UInt64> = Set(
    ["no", "nr", "n", "vol", "bd", "ms", "mss", "cod", "reg", "ser", "b", "busta", "fasc"].map {
      Letters.foldedHash($0)
    })

  /// The last token of a code with a number ("FO 371/12345") or a box, folder, reel with its number.
  private func shelfmark(at index: Int) -> Int? {
    guard index + 1 < tokens.count else { return nil }
    if tokens[index].kind == .initial { return shelfmark(initials: index) }
    guard tokens[index].kind == .word else { return nil }
    var at = index + 1
    if kind(at) == .stop { at += 1 }
    guard kind(at) == .number || kind(at) == .year, !tokens[at].has(.glued) || kind(at - 1) == .stop else {
      return nil
    }
    let wordClasses = classes(index)
    let isSeries = wordClasses.contains(.series) && tokens[index].has(.allCaps)
    guard isSeries || wordClasses.contains(.container) else { return nil }
    return shelfmarkEnd(at)
  }

  /// "F.O. 78/3541": a code in initials.
  private func shelfmark(initials index: Int) -> Int? {
    var at = index
    var letters = ""
    while at < tokens.count, tokens[at].kind == .initial, at - index < 4,
      at == index || tokens[at].has(.glued)
    {
      letters += text(tokens[at].start..<(tokens[at].end - 1))
      at += 1
    }
    guard at - index > 1, index == 0 || kind(index - 1) != .initial, kind(at) == .number,
      !tokens[at].has(.glued),
      cues.isSeries(letters)
    else { return nil }
    return shelfmarkEnd(at)
  }

  /// The end of a shelf mark from its first number on.
  private func shelfmarkEnd(_ number: Int) -> Int {
    var last = number
    var at = number + 1
    while at + 1 < tokens.count, kind(at) == .slash || kind(at) == .dash, tokens[at].has(.glued),
      kind(at + 1) == .number || kind(at + 1) == .year || kind(at + 1) == .word, tokens[at + 1].has(.glued)
    {
      last = at + 1
      at += 2
    }
    // "fol. 12r", "fols. 3v–5r".
    if kind(at) == .word, tokens[at].has(.glued), tokens[at].range.count <= 2 { last = at }
    return last
  }

  private func isCollectionWord(_ index: Int) -> Bool {
    tokens[index].kind == .initial
      || (tokens[index].kind == .word && tokens[index].has(.capital) && !classes(index).contains(.stop))
  }

  private func isHolder(_ index: Int) -> Bool {
    guard tokens[index].kind == .word else { return false }
    return (tokens[index].has(.capital) && !classes(index).contains(.stop))
      || (isSmall(index) && index + 1 < tokens.count && tokens[index + 1].has(.capital))
  }
}

extension Array {
  /// The first index from a place on at which a condition holds.
  func firstIndex(where holds: (Element) -> Bool, from start: Int) -> Int? {
    var index = start
    while index < count {
      if holds(self[index]) { return index }
      index += 1
    }
    return nil
  }
}
