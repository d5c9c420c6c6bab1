import EmendModel

/// Finds definitions of acronyms, a long form before the bracket that holds the short one or before ", or SHORT,", by the
/// method of Schwartz and Hearst (2003): the letters of the short form are looked for from right to left.
///
/// A long form that the lexicon knows lends its entity to the acronym, in the whole document; an unknown one with
/// an organization's head noun becomes an entity whose id is the acronym.
///
/// Heads of government that only the document names are collected in the same pass (`TitledHeads`).
struct Acronyms {
  private(set) var definitions: [AcronymDefinition] = []

  /// Looks at one sentence, and adds what it defines to the entities of the document.
  mutating func collect(_ entities: inout DocumentEntities, _ view: NameView) {
    TitledHeads().collect(&entities, view)
    for mark in view.sentence {
      let word = view.tokens.word[mark]
      let short: Int
      if word == TokenMark.open.rawValue {
        guard view.isMark(mark + 2, .close), isShortForm(mark + 1, view) else { continue }
        short = mark + 1
      } else if word == TokenMark.comma.rawValue {
        guard isOtherName(after: mark, view) else { continue }
        short = mark + 2
      } else {
        continue
      }
      guard mark > view.sentence.lowerBound, let words = longForm(of: short, before: mark, view) else {
        continue
      }
      define(short, words, isBracketed: short == mark + 1, &entities, view)
    }
  }

  /// "…, or GATS, …": three capitals or more between "or" and the end of the aside.
  private func isOtherName(after comma: Int, _ view: NameView) -> Bool {
    let short = comma + 2
    guard view.sentence.contains(short), view.tokens.hash[comma + 1] == RuleWords.or,
      view.has(short, .allCapitals), view.tokens.end[short] - view.tokens.start[short] >= 3,
      isShortForm(short, view)
    else { return false }
    return view.isMark(short + 1, .comma) || view.isMark(short + 1, .stop) || view.isMark(short + 1, .close)
  }

  /// Two capitals or more among at most ten letters, with a plural s or not.
  private func isShortForm(_ position: Int, _ view: NameView) -> Bool {
    guard view.has(position, .word), !view.has(position, .number) else { return false }
    let bytes = Int(view.tokens.start[position])..<Int(view.tokens.end[position])
    let capitals = bytes.count { TokenScanner.isCapital(view.text[$0]) }
    return capitals >= 2 && bytes.count <= 10
  }

  /// All capitals, or most of them ("IACtHR"), no plural.
  private func isMostlyCapitals(_ position: Int, _ view: NameView) -> Bool {
    if view.has(position, .allCapitals) { return true }
    let bytes = Int(view.tokens.start[position])..<Int(view.tokens.end[position])
    let capitals = bytes.count { TokenScanner.isCapital(view.text[$0]) }
    return capitals * 2 > bytes.count && view.text[bytes.upperBound - 1] != 0x73
  }

  /// The tokens of the long form, which ends where a bracket or an aside opens.
  private func longForm(of shortForm: Int, before open: Int, _ view: NameView) -> Range<Int>? {
    var short: [UInt8] = []
    let shortBytes = Int(view.tokens.start[shortForm])..<Int(view.tokens.end[shortForm])
    for index in shortBytes { short.append(view.text[index] | 0x20) }
    let last = view.text[shortBytes.upperBound - 1]
    if short.count > 2, last == 0x73 { short.removeLast() }
    // Schwartz and Hearst: at most min(|A| + 5, 2|A|) words; joints and articles come on top.
    var first = open
    var words = 0
    let most = min(short.count + 5, short.count * 2) + 2
    while first > view.sentence.lowerBound, words < most {
      let previous = first - 1
      let mark = view.tokens.word[previous]
      if [TokenMark.open, .close, .semicolon, .stop, .colon].contains(where: { $0.rawValue == mark }) {
        break
      }
      if view.has(previous, .word) { words += 1 }
      first = previous
    }
    guard first < open else { return nil }
    let start = Int(view.tokens.start[first])
    let end = Int(view.tokens.end[open - 1])
    var at = end - 1
    for index in stride(from: short.count - 1, through: 0, by: -1) {
      while at >= start {
        let isWordStart = at == start || !TokenScanner.isWordByte(view.text[at - 1])
        if view.text[at] | 0x20 == short[index], index > 0 || isWordStart { break }
        at -= 1
      }
      if at < start { return nil }
      at -= 1
    }
    let from = at + 1
    guard let token = (first..<open).first(where: { Int(view.tokens.end[$0]) > from }) else { return nil }
    return token..<open
  }

  private mutating func define(
    _ short: Int, _ words: Range<Int>, isBracketed: Bool, _ entities: inout DocumentEntities,
    _ view: NameView
  ) {
    var shortText = view.surface(short..<(short + 1))
    var long = words
    if view.tokens.hash[long.lowerBound] == RuleWords.the, long.count > 1 {
      long = (long.lowerBound + 1)..<long.upperBound
    }
    let longText = view.surface(long)
    let entity = self.entity(short, long, &entities, view)
    let end = Int(view.tokens.end[short]) + (isBracketed ? 1 : 0)
    let range = Int(view.tokens.start[long.lowerBound])..<end
    if shortText.last == "s", shortText.count > 2 { shortText.removeLast() }
    // "…, or XYZ, …" may offer another thing: a name alone is one.
    if entity == nil, !isBracketed { return }
    if let entity {
      entities.add(
        form: [view.tokens.hash[short]], entity: entity, isAcronym: true, letters: Array(shortText.utf8))
      entities.add(form: long.map { view.tokens.hash[$0] }, entity: entity, isAcronym: false)
    }
    definitions.append(
      AcronymDefinition(
        short: shortText, long: longText, range: range, entity: entity.map { entities.id($0) }))
  }

  private func entity(
    _ short: Int, _ long: Range<Int>, _ entities: inout DocumentEntities, _ view: NameView
  ) -> Int? {
    let image = entities.image
    let word = Int(view.tokens.word[long.lowerBound])
    let root = word == 0 ? 0 : Int(image.trieRoots[word])
    if root != 0, let name = LexiconNames.longest(root, long.lowerBound, image, view), name.range == long {
      return name.entity
    }
    guard view.isCapital(long.lowerBound), isMostlyCapitals(short, view),
      long.contains(where: { view.isCapital($0) && view.isIn($0, view.words.organizationHeads) }),
      !long.contains(where: { view.isIn($0, view.words.notOrganizations) })
    else { return nil }
    let isInternational = long.contains { view.isIn($0, view.words.internationalMarks) }
    return entities.entity(
      id: Slug.make(view.surface(short..<(short + 1))), name: view.surface(long),
      kind: isInternational ? entities.kinds.io : entities.kinds.organization)
  }
}
