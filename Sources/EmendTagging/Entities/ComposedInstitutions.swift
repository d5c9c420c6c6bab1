/// Makes an entity of a state and its institution: "the U.S. trade bureaucracy" is `us-trade-bureaucracy`, "the
/// Polish Senate" is `poland-senate`, and no longer the state itself. Its kind is that of the institution.
struct ComposedInstitutions: NameRule {
  func apply(_ names: inout [Name], _ entities: inout DocumentEntities, _ view: NameView) {
    var composed: [Range<Int>] = []
    for index in names.indices where entities.kind(names[index].entity) == entities.kinds.state {
      let name = names[index]
      var position = name.range.upperBound
      var middle: [String] = []
      while position < min(name.range.upperBound + 3, view.sentence.upperBound) {
        let isInstitution = view.isIn(position, view.words.stateInstitutions)
        guard view.has(position, .word), !view.isCapital(position) || isInstitution && middle.isEmpty else {
          break
        }
        let word = view.surface(position..<(position + 1))
        if isInstitution {
          // "the French Treasury of 1790", "the Ministry of Trade": the name goes on, and is another rule's.
          if view.isCapital(position), view.isIn(position + 1, view.words.nameTails) { break }
          let range = name.range.lowerBound..<(position + 1)
          let id = Slug.make(
            ([entities.id(name.entity)] + middle + [Self.singular(word)]).joined(separator: "-"))
          let entity = entities.entity(
            id: id, name: view.surface(range), kind: kind(of: position, entities, view))
          names[index] = Name(range: range, entity: entity, source: "rule:composed-name")
          composed.append(range)
          break
        }
        // "In Japan the ministry …": the name has ended.
        if view.tokens.hash[position] == RuleWords.the { break }
        middle.append(word)
        position += 1
      }
    }
    if composed.isEmpty { return }
    // "Senate" within "the Polish Senate" is no name of its own.
    names.removeAll { name in composed.contains { $0 != name.range && $0.overlaps(name.range) } }
  }

  /// "bureaucracies" is "bureaucracy", so that one and many have one id.
  private static func singular(_ noun: String) -> String {
    if noun.hasSuffix("ies") { return noun.dropLast(3) + "y" }
    return noun.hasSuffix("s") && !noun.hasSuffix("ss") ? String(noun.dropLast()) : noun
  }

  /// The kind of an institution by its noun; what is none of the three powers is the administration's.
  private func kind(of noun: Int, _ entities: DocumentEntities, _ view: NameView) -> Int {
    let kinds = entities.kinds
    let found =
      view.isIn(noun, view.words.legislatures)
      ? kinds.legislature
      : view.isIn(noun, view.words.judiciaries)
        ? kinds.judiciary
        : view.isIn(noun, view.words.executives)
          ? kinds.executive : view.isIn(noun, view.words.armedForces) ? kinds.organization : kinds.institution
    return found >= 0 ? found : kinds.organization
  }
}
