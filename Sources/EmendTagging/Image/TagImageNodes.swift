import EmendLexicons

/// Cues as trees of nodes, and the ids of words, exact forms, stems and patterns.
extension TagImageBuilder {
  mutating func node(_ cue: Cue, _ place: SourceLine) throws -> Int32 {
    func add(_ kind: NodeKind, _ a: Int32 = 0, _ b: Int32 = 0) -> Int32 {
      nodes += [kind.rawValue, a, b]
      return Int32(nodes.count / ImageRow.node - 1)
    }
    switch cue {
    case .word, .exact, .prefix, .glob:
      let (start, count) = set(symbols(cue))
      return add(.token, start, count)
    case .possessive: return add(.possessive)
    case .sequence(let items), .choice(let items):
      let isChoice = if case .choice = cue { true } else { false }
      if isChoice, items.allSatisfy({ $0.isSingleToken && $0.classNames.isEmpty }) {
        let (start, count) = set(items.flatMap { symbols($0) })
        return add(.token, start, count)
      }
      let children = try items.map { try node($0, place) }
      let start = Int32(lists.count)
      lists += children
      return add(isChoice ? .choice : .sequence, start, Int32(children.count))
    case .optional(let inner): return add(.optional, try node(inner, place))
    case .gap(let count): return add(.gap, Int32(count))
    case .coordination: return add(.coordination)
    case .start: return add(.start)
    case .cueClass(let name):
      guard let index = classIndex[name] else { throw unknown(name, place) }
      return add(.cueClass, index)
    }
  }

  mutating func set(_ symbols: [Int32]) -> (Int32, Int32) {
    let sorted = Array(Set(symbols)).sorted()
    if let known = setIndex[sorted] { return known }
    let found = (Int32(sets.count), Int32(sorted.count))
    sets += sorted
    setIndex[sorted] = found
    return found
  }

  mutating func symbols(_ cue: Cue) -> [Int32] {
    switch cue {
    case .word(let forms): return forms.map { addWord($0) << 2 }
    case .exact(let forms):
      return forms.map { form in
        let key = Array(form.utf8)
        if let id = exacts.id(of: key) { return id << 2 | 1 }
        exactCount += 1
        exacts.add(key, id: exactCount)
        return exactCount << 2 | 1
      }
    case .prefix(let stem):
      return ([stem] + lexicon.forms.variants(ofStem: stem)).map { stem in
        let key = Array(stem.utf8)
        if let id = prefixes.id(of: key) { return id << 2 | 2 }
        prefixList.append(stem)
        let id = Int32(prefixList.count - 1)
        prefixes.add(key, id: id)
        return id << 2 | 2
      }
    case .glob(let pattern):
      if let id = globs[pattern] { return [id << 2 | 2] }
      prefixList.append(pattern)
      let id = Int32(prefixList.count - 1)
      globs[pattern] = id
      return [id << 2 | 2]
    case .choice(let options): return options.flatMap { symbols($0) }
    default: return []
    }
  }

  /// The id of a word; its other spellings share it.
  @discardableResult
  mutating func addWord(_ word: String) -> Int32 {
    let key = Array(word.utf8)
    if let id = words.id(of: key) { return id }
    let id = Int32(wordList.count)
    wordList.append(word)
    words.add(key, id: id)
    for variant in lexicon.forms.variants(word) { words.add(Array(variant.utf8), id: id) }
    return id
  }

  func longestPrefix(of word: [UInt8], proper: Bool) -> Int32 {
    var length = word.count - (proper ? 1 : 0)
    while length > 1 {
      if let id = prefixes.id(of: Array(word[0..<length])) { return id }
      length -= 1
    }
    return 0
  }

  /// Lengths of the prefixes as a bit mask, then one bit for each hash of two first bytes that begin one.
  func prefixFilter() -> [Int32] {
    var lengths: UInt32 = 0
    var bits = [UInt32](repeating: 0, count: PrefixFilter.words)
    for prefix in prefixList.dropFirst() where globs[prefix] == nil {
      let bytes = Array(prefix.utf8)
      lengths |= 1 << UInt32(min(bytes.count, 31))
      guard bytes.count > 1 else { continue }
      let bit = PrefixFilter.bit(bytes[0], bytes[1])
      bits[bit >> 5] |= 1 << UInt32(bit & 31)
    }
    return [Int32(bitPattern: lengths)] + bits.map { Int32(bitPattern: $0) }
  }
}
