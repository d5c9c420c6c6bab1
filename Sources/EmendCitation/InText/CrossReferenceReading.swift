import EmendModel

/// A mention of another chapter of the same volume.
struct CrossReferenceDraft {
  var names: [NameSpan]
  var range: Range<Int>
  var group: Range<Int>
  var prefix = ""
  var isMarked: Bool
  var block: Int
}

/// Cross-references to chapters of the same volume: "(see Marlow, this volume)", "in this volume, Jane C.
/// Tolliver and Amos Ian Redfern demonstrate", "Redfern’s chapter", "the chapter by Doris Vane".
///
/// What is marked by "this volume" or "chapter" tells who the contributors are; bare names of contributors
/// are then read in a second pass.
struct CrossReferenceReader {
  let reader: PassageReader
  private(set) var found: [CrossReferenceDraft] = []

  init(reader: PassageReader) { self.reader = reader }

  private static let this = Letters.foldedHash("this")
  private static let present = Letters.foldedHash("present")
  private static let volume: Set<UInt64> = Set(
    ["volume", "collection", "book", "issue"].map { Letters.foldedHash($0) })
  private static let `in` = Letters.foldedHash("in")
  private static let by = Letters.foldedHash("by")
  private static let owners: Set<UInt64> = Set(["his", "her", "their"].map { Letters.foldedHash($0) })

  /// Reads the marked cross-references of the block.
  mutating func readMarked() {
    for index in reader.tokens.indices where reader.tokens[index].kind == .word {
      if isThisVolume(index) {
        readThisVolume(from: index)
      } else if reader.classes(index).contains(.chapter),
        !reader.tokens[index].has(.capital) || hasNumber(index)
      {
        readChapter(at: index)
      }
    }
  }

  /// "this volume", at "this".
  private func isThisVolume(_ index: Int) -> Bool {
    let word = hash(index)
    return (word == Self.this || word == Self.present) && Self.volume.contains(hash(index + 1))
      && (hash(index + 1) == Letters.foldedHash("volume") || reader.kind(index - 1) == .comma)
  }

  private func hasNumber(_ index: Int) -> Bool {
    reader.kind(index + 1) == .number
      || (reader.kind(index + 1) == .stop && reader.kind(index + 2) == .number)
  }

  private func hash(_ index: Int) -> UInt64 {
    guard reader.kind(index) == .word else { return 0 }
    return Letters.foldedHash(reader.bytes, reader.tokens[index].range)
  }

  private mutating func readThisVolume(from this: Int) {
    var start = this
    let hasIn = hash(this - 1) == Self.in
    if hasIn { start -= 1 }
    // "Marlow, this volume", "Marlow (this volume)", "Marlow, in this volume".
    var before = start - 1
    let separator = reader.kind(before)
    if separator == .comma || separator == .open { before -= 1 }
    if separator == .comma || separator == .open, let list = names(endingAt: before) {
      let inBracket = separator == .comma && insideBracket(list.first)
      var end = this + 1
      if separator == .open, reader.kind(end + 1) == .close { end += 1 }
      let (prefix, _) = reader.prefix(before: list.first, from: max(0, list.first - 6))
      add(list, to: end, prefix: prefix, bracket: inBracket)
      return
    }
    guard hasIn else { return }
    // "in this volume, A and B demonstrate": each has a chapter of his own.
    var next = this + 2
    if reader.kind(next) == .comma { next += 1 }
    if let list = names(startingAt: next), list.facts.contains(.given) {
      let group =
        reader.tokens[list.first].start..<(list.names.last.map(endOf) ?? reader.tokens[list.first].end)
      for name in list.names {
        found.append(
          CrossReferenceDraft(
            names: [name], range: startOf(name)..<endOf(name), group: group, isMarked: true,
            block: reader.block))
      }
      return
    }
    // "Jane C. Tolliver shows in this volume": a full name before a verb, in the same sentence.
    var at = start - 1
    var steps = 0
    while at > 0, steps < 25, !endsSentence(at) {
      if reader.classes(at).contains(.verb), let list = names(endingAt: at - 1), list.facts.contains(.given) {
        add(list, to: at - 1, prefix: "", bracket: false)
        return
      }
      at -= 1
      steps += 1
    }
  }

  /// "Redfern’s chapter", "chapter by Doris Vane and Albert Crewe", "Redfern notes in his chapter",
  /// "(Redfern, chapter 4)".
  private mutating func readChapter(at index: Int) {
    let before = index - 1
    if reader.tokens.indices.contains(before), reader.tokens[before].has(.possessive),
      let list = names(endingAt: before), !yearFollows(index + 1)
    {
      add(list, to: index, prefix: "", bracket: false)
      return
    }
    if hash(index + 1) == Self.by, let list = names(startingAt: index + 2) {
      let last = list.names.last.map(endOf) ?? 0
      let after = reader.tokens.firstIndex { $0.start >= last } ?? reader.tokens.count
      if !yearFollows(after) {
        add(list, to: after - 1, prefix: "", bracket: false)
      }
      return
    }
    if Self.owners.contains(hash(before)), hash(before - 1) == Self.in {
      var at = before - 2
      var steps = 0
      while at > 0, steps < 8, !endsSentence(at) {
        if reader.classes(at).contains(.verb), let list = names(endingAt: at - 1) {
          add(list, to: at - 1, prefix: "", bracket: false)
          return
        }
        at -= 1
        steps += 1
      }
      return
    }
    if hasNumber(index), reader.kind(before) == .comma || reader.kind(before) == .open,
      let list = names(endingAt: before - 1), insideBracket(list.first) || reader.kind(before) == .open
    {
      var end = index + 1
      if reader.kind(end) == .stop { end += 1 }
      let (prefix, _) = reader.prefix(before: list.first, from: max(0, list.first - 6))
      add(list, to: end, prefix: prefix, bracket: reader.kind(before) == .comma)
      return
    }
    // "see Chapter 4": sent there, not told about it.
    if hasNumber(index) {
      let (prefix, _) = reader.prefix(before: index, from: max(0, index - 6))
      if !prefix.isEmpty, !yearFollows(index + 2) {
        var end = index + 1
        if reader.kind(end) == .stop { end += 1 }
        add(AuthorList(first: index), to: end, prefix: prefix, bracket: false)
      }
    }
  }

  private mutating func add(_ list: AuthorList, to last: Int, prefix: String, bracket: Bool) {
    guard reader.tokens.indices.contains(last) else { return }
    let range = reader.tokens[list.first].start..<reader.tokens[last].outerEnd
    let group = bracket ? enclosing(list.first, last) ?? range : range
    found.append(
      CrossReferenceDraft(
        names: list.names, range: range, group: group, prefix: prefix, isMarked: true, block: reader.block))
  }

  /// Names of contributors in running text, once it is known who they are. `known` maps the hash of a family
  /// name to its full form; a new full name before a verb joins them where the text goes through the chapters.
  mutating func readBare(known: inout [UInt64: NameSpan], previews: Bool, taken: RangeSet) {
    var introduced: Set<UInt64> = []
    for draft in found {
      for name in draft.names { introduced.insert(Letters.foldedHash(reader.bytes, name.family)) }
    }
    var index = 0
    while index < reader.tokens.count {
      defer { index += 1 }
      let token = reader.tokens[index]
      guard token.kind == .word, token.has(.capital), !reader.classes(index).contains(.stop),
        reader.kind(index + 1) != .year, !isPartOfLongerName(index)
      else { continue }
      let family = Letters.foldedHash(reader.bytes, token.range)
      let isKnown = known[family] != nil
      let speaks = reader.classes(index + 1).contains(.verb) || token.has(.possessive)
      guard isKnown || (previews && speaks && !token.has(.possessive)), let list = names(endingAt: index),
        let name = list.names.last, list.names.count == 1 || isKnown
      else { continue }
      let hasGiven = name.given != nil && list.facts.contains(.given)
      guard hasGiven || (isKnown && introduced.contains(family) && speaks) else { continue }
      guard hasGiven || isKnown, !yearFollows(index + 1) else { continue }
      let range = startOf(name)..<token.end
      if taken.overlaps(range) || found.contains(where: { $0.range.overlaps(range) }) {
        introduced.insert(family)
        continue
      }
      if known[family] == nil { known[family] = name }
      introduced.insert(family)
      found.append(
        CrossReferenceDraft(names: [name], range: range, group: range, isMarked: false, block: reader.block))
    }
  }

  /// Whether a further capitalised word follows without a sign between ("Redfern Island").
  private func isPartOfLongerName(_ index: Int) -> Bool {
    guard reader.kind(index + 1) == .word else { return false }
    return reader.tokens[index + 1].has(.capital) && !reader.tokens[index].has(.possessive)
  }

  private func names(endingAt last: Int) -> AuthorList? {
    guard last >= 0, let list = reader.authors(endingAt: last, floor: 0, bracketed: false),
      list.facts.isDisjoint(with: [.institution, .acronym, .place, .etAl, .afterArticle]),
      !(list.facts.contains(.common) && !list.facts.contains(.given))
    else { return nil }
    return list
  }

  /// The author list that begins at a token.
  private func names(startingAt first: Int) -> AuthorList? {
    var last: Int?
    var at = first
    while at < reader.tokens.count, at - first < 24 {
      let token = reader.tokens[at]
      let isName =
        token.kind == .initial
        || (token.kind == .word && token.has(.capital) && !reader.classes(at).contains(.stop))
      if isName {
        last = at
        if token.has(.possessive) { break }
      } else if !(token.kind == .comma || token.kind == .ampersand || reader.classes(at).contains(.connective)
        || reader.classes(at).contains(.particle))
      {
        break
      }
      at += 1
    }
    guard let last, reader.kind(first) == .word || reader.kind(first) == .initial,
      reader.tokens[first].has(.capital) || reader.kind(first) == .initial
        || reader.classes(first).contains(.particle),
      let list = reader.authors(endingAt: last, floor: first, bracketed: false),
      list.facts.isDisjoint(with: [.institution, .acronym, .place]), list.first == first
    else { return nil }
    return list
  }

  private func yearFollows(_ index: Int) -> Bool {
    var at = index
    if reader.kind(at) == .open || reader.kind(at) == .comma { at += 1 }
    return reader.kind(at) == .year
  }

  private func endsSentence(_ index: Int) -> Bool {
    let kind = reader.kind(index)
    guard kind == .stop || kind == .question else { return false }
    return reader.kind(index + 1) != nil && reader.tokens[index + 1].has(.capital)
  }

  private func insideBracket(_ index: Int) -> Bool {
    var at = index - 1
    var steps = 0
    while at >= 0, steps < 40 {
      if reader.kind(at) == .close { return false }
      if reader.kind(at) == .open { return true }
      at -= 1
      steps += 1
    }
    return false
  }

  /// The bracket around two tokens.
  private func enclosing(_ first: Int, _ last: Int) -> Range<Int>? {
    var open = first
    while open > 0, first - open < 40, reader.kind(open) != .open { open -= 1 }
    var close = last
    while close + 1 < reader.tokens.count, close - last < 40, reader.kind(close) != .close { close += 1 }
    guard reader.kind(open) == .open, reader.kind(close) == .close else { return nil }
    return reader.tokens[open].start..<reader.tokens[close].end
  }

  private func startOf(_ name: NameSpan) -> Int { name.given?.lowerBound ?? name.family.lowerBound }
  private func endOf(_ name: NameSpan) -> Int { max(name.family.upperBound, name.suffix?.upperBound ?? 0) }
}
