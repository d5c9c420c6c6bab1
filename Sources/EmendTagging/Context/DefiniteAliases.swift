/// "The Fund" after the International Monetary Fund: a definite noun takes up the organization that it was last
/// true of, within three paragraphs; not before "of" or "for", nor before a further capital. Where the document names no
/// other organization that the noun is true of, it reaches further, and some nouns ("the League") from anywhere.
struct DefiniteAliases {
  static let paragraphs = 3
  /// Where the noun is true of one organization only.
  static let paragraphsOfOne = 12

  private struct Memory {
    var entity: Int
    var paragraph: Int
  }
  /// By word id of the noun.
  private var last: [Int32: Memory] = [:]
  /// Organs of organizations that were named, by the hash of their noun: "the Commission" after the European Union.
  private var organs: [UInt64: Memory] = [:]
  /// What each noun is true of in the whole document: an entity, or `several`.
  private var only: [Int32: Int] = [:]
  private static let several = -1
  private var paragraph = 0
  private var block = -1

  /// Looks at the names of one sentence before any noun is resolved.
  mutating func collect(_ names: [Name], _ entities: DocumentEntities, _ view: NameView) {
    for name in names {
      if entities.isInLexicon(name.entity) {
        for noun in entities.image.entityAliases(name.entity) { note(noun, name.entity) }
      }
      guard name.range.count > 1 else { continue }
      let head = name.range.upperBound - 1
      if view.isIn(head, view.words.organizationHeads) { note(view.tokens.word[head], name.entity) }
    }
  }

  private mutating func note(_ noun: Int32, _ entity: Int) {
    if let known = only[noun], known != entity { only[noun] = Self.several } else { only[noun] = entity }
  }

  mutating func apply(_ reading: inout SentenceReading, _ entities: DocumentEntities, _ view: NameView) {
    if reading.block != block {
      block = reading.block
      paragraph += 1
    }
    if !only.isEmpty || !organs.isEmpty { resolve(&reading, entities, view) }
    for name in reading.names where entities.isInLexicon(name.entity) {
      for organ in view.words.organs where organ.owner == name.entity {
        organs[organ.noun] = Memory(entity: organ.organ, paragraph: paragraph)
      }
      for noun in entities.image.entityAliases(name.entity) {
        last[noun] = Memory(entity: name.entity, paragraph: paragraph)
      }
    }
    // A name made in the document lends its own last noun.
    for name in reading.names where !entities.isInLexicon(name.entity) {
      guard name.range.count > 1 else { continue }
      let head = name.range.upperBound - 1
      if view.isIn(head, view.words.organizationHeads), view.tokens.word[head] != 0 {
        last[view.tokens.word[head]] = Memory(entity: name.entity, paragraph: paragraph)
      }
    }
  }

  private func resolve(_ reading: inout SentenceReading, _ entities: DocumentEntities, _ view: NameView) {
    for position in reading.tokens.dropLast() where view.tokens.hash[position] == RuleWords.the {
      let noun = position + 1
      guard view.isCapital(noun) || view.tokens.hash[noun] == RuleWords.alliance,
        let entity = entity(noun, view),
        !view.isIn(noun + 1, view.words.aliasBreaks),
        !view.isCapital(noun + 1), !reading.names.contains(where: { $0.range.contains(noun) })
      else { continue }
      reading.names.append(
        Name(range: position..<(noun + 1), entity: entity, source: "rule:definite-alias"))
    }
  }

  /// What a noun takes up: the one named by itself within reach, else an organ of one that was, else the only one of
  /// the document.
  private func entity(_ noun: Int, _ view: NameView) -> Int? {
    let word = view.tokens.word[noun]
    if let last = last[word], paragraph - last.paragraph <= Self.paragraphs { return last.entity }
    if let organ = organs[view.tokens.hash[noun]], paragraph - organ.paragraph <= Self.paragraphs {
      return organ.entity
    }
    guard word != 0, let one = only[word], one != Self.several else { return nil }
    if view.isCapital(noun), view.isIn(noun, view.words.farAliases) { return one }
    guard view.isCapital(noun), !view.isIn(noun, view.words.bareInstitutions), let last = last[word],
      paragraph - last.paragraph <= Self.paragraphsOfOne
    else { return nil }
    return last.entity
  }
}

/// "The President", named without a name, is the head of government named last, within six sentences.
struct ThePresident {
  static let reach = 6
  private var last: (entity: Int, sentence: Int)?

  mutating func apply(
    _ reading: inout SentenceReading, _ entities: inout DocumentEntities, _ view: NameView
  ) {
    if reading.names.isEmpty, last.map({ reading.sentence - $0.sentence > Self.reach }) ?? true { return }
    let names = reading.names.sorted { $0.range.lowerBound < $1.range.lowerBound }
    var next = 0
    for position in reading.tokens {
      while next < names.count, names[next].range.lowerBound <= position {
        note(names[next], reading.sentence, &entities)
        next += 1
      }
      guard let last, reading.sentence - last.sentence <= Self.reach, isBare(position, view),
        !names.contains(where: { $0.range.contains(position + 1) })
      else { continue }
      reading.names.append(
        Name(range: position..<(position + 2), entity: last.entity, source: "rule:the-president"))
      break
    }
    for name in names[next...] { note(name, reading.sentence, &entities) }
  }

  /// "the President", no name and no "of" after it.
  private func isBare(_ position: Int, _ view: NameView) -> Bool {
    view.tokens.hash[position] == RuleWords.the && view.isCapital(position + 1)
      && view.tokens.hash[position + 1] == RuleWords.president && !view.isCapital(position + 2)
      && !view.isIn(position + 2, view.words.aliasBreaks)
  }

  private mutating func note(_ name: Name, _ sentence: Int, _ entities: inout DocumentEntities) {
    let kind = entities.kind(name.entity)
    if kind == entities.kinds.president {
      last = (name.entity, sentence)
    } else if kind == entities.kinds.administration {
      let person = entities.id(name.entity).replacingFirst("administration", by: "president")
      if let found = entities.find(person) { last = (found, sentence) }
    }
  }
}

extension String {
  /// The first place of a word exchanged for another.
  fileprivate func replacingFirst(_ word: String, by other: String) -> String {
    let parts = split(separator: "-", omittingEmptySubsequences: false)
    var done = false
    return parts.map { part in
      if part == word, !done {
        done = true
        return other
      }
      return String(part)
    }.joined(separator: "-")
  }
}
