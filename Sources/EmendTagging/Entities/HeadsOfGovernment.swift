/// Takes up heads of government by the bare surname ("Clinton dispatched …"), once the document has named them
/// with their office ("President Clinton", "the Clinton administration"), and reads coordinated administrations
/// ("the Truman and Eisenhower administrations"). Scholars of the same name are the citation stage's.
struct HeadsOfGovernment: NameRule {
  /// Surname of a head of government to the person and to the administration, as entities of the lexicon.
  private var heads: [UInt64: (person: Int?, administration: Int?)] = [:]
  /// Surnames named with their office in this document.
  private var active: Set<UInt64> = []

  init(entities: DocumentEntities) {
    let image = entities.image
    for entity in 0..<image.entityCount {
      let kind = image.entityKind(entity)
      guard kind == entities.kinds.president || kind == entities.kinds.administration else { continue }
      let words = FormTokens.split(image.entityName(entity))
      let isPerson = kind == entities.kinds.president
      guard let surname = isPerson ? words.last : words.dropLast().last else { continue }
      let hash = RuleWords.hash(surname.folded)
      if isPerson {
        heads[hash, default: (nil, nil)].person = entity
      } else {
        heads[hash, default: (nil, nil)].administration = entity
      }
    }
  }

  /// Notes whom a sentence names with an office.
  mutating func collect(_ names: [Name], _ entities: DocumentEntities, _ view: NameView) {
    for name in names {
      let kind = entities.kind(name.entity)
      guard kind == entities.kinds.president || kind == entities.kinds.administration else { continue }
      for position in name.range where heads[view.tokens.hash[position]] != nil {
        active.insert(view.tokens.hash[position])
      }
    }
  }

  func apply(_ names: inout [Name], _ entities: inout DocumentEntities, _ view: NameView) {
    var added: [Name] = []
    for position in view.sentence where view.isCapital(position) {
      let hash = view.tokens.hash[position]
      guard let head = heads[hash], !names.contains(where: { $0.range.contains(position) }) else { continue }
      let range = position..<(position + 1)
      if let administration = head.administration, isCoordinated(position, names, entities, view) {
        added.append(Name(range: range, entity: administration, source: "rule:coordinated-administrations"))
      } else if let person = head.person, active.contains(hash), !isPartOfName(position, view) {
        added.append(Name(range: range, entity: person, source: "rule:head-of-government"))
      }
    }
    if added.isEmpty { return }
    names += added
    names.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// "X and the Y administrations": within eight tokens, no stop between.
  private func isCoordinated(
    _ position: Int, _ names: [Name], _ entities: DocumentEntities, _ view: NameView
  ) -> Bool {
    guard let other = names.first(where: { $0.range.lowerBound > position }),
      entities.kind(other.entity) == entities.kinds.administration,
      other.range.lowerBound - position <= 8,
      view.isIn(other.range.upperBound - 1, view.words.administrations)
    else { return false }
    return (position..<other.range.lowerBound).contains { view.tokens.hash[$0] == RuleWords.and }
  }

  private func isPartOfName(_ position: Int, _ view: NameView) -> Bool {
    if view.has(position + 1, .number) { return true }
    let before = position - 1
    guard before > view.sentence.lowerBound else { return false }
    return view.isCapital(before) && view.tokens.hash[before] != RuleWords.president
  }
}
