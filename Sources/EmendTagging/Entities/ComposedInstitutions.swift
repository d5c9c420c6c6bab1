/// Makes an entity of a state and its institution: "the U.S. trade bureaucracy" is `us-trade-bureaucracy`, and
/// no longer the state itself.
struct ComposedInstitutions: NameRule {
  func apply(_ names: inout [Name], _ entities: inout DocumentEntities, _ view: NameView) {
    for index in names.indices where entities.kind(names[index].entity) == entities.kinds.state {
      let name = names[index]
      var position = name.range.upperBound
      var middle: [String] = []
      while position < min(name.range.upperBound + 3, view.sentence.upperBound) {
        guard view.has(position, .word), !view.isCapital(position) else { break }
        let word = view.surface(position..<(position + 1))
        if view.isIn(position, view.words.stateInstitutions) {
          let id = ([entities.id(name.entity)] + middle + [word]).joined(separator: "-")
          let range = name.range.lowerBound..<(position + 1)
          let kind = entities.image.kind("institution")
          let entity = entities.entity(
            id: id, name: view.surface(range), kind: kind >= 0 ? kind : entities.kinds.organization)
          names[index] = Name(range: range, entity: entity, source: "rule:composed-name")
          break
        }
        middle.append(word)
        position += 1
      }
    }
  }
}
