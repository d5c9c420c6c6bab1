/// Drops names of states that are part of another name: of a treaty, a war, a university ("Iran Crisis",
/// "American Political Science Review"), of a region ("South America"), of a person ("Michael Jordan"), of a ship ("HMS Canada").
struct SwallowedStates: NameRule {
  func apply(_ names: inout [Name], _ entities: inout DocumentEntities, _ view: NameView) {
    let state = entities.kinds.state
    let subnational = entities.kinds.subnational
    names.removeAll { name in
      let kind = entities.kind(name.entity)
      guard kind == state || kind == subnational else { return false }
      let before = name.range.lowerBound - 1
      // "Berkeley, California": an address.
      if kind == subnational, view.isMark(before, .comma), view.isCapital(before - 1) { return true }
      // "HMS Canada", "the battleship Missouri".
      if name.range.count == 1, view.isIn(before, view.words.shipWords) { return true }
      if view.isIn(before, view.words.regionPrefixes), view.isCapital(before) { return true }
      // "University of Cameroon", "University of Southern California".
      let tail = view.isCapital(before) ? before - 1 : before
      if view.isIn(tail, view.words.nameTails), view.isIn(tail - 1, view.words.institutionsOf) { return true }
      if name.range.count == 1, view.isIn(name.range.lowerBound, view.words.givenNameStates),
        before > view.sentence.lowerBound, view.isCapital(before), view.tokens.word[before] == 0
      {
        return true
      }
      return isSwallowed(name, view)
    }
  }

  /// Whether capitals lead from the name on to a head such as "Treaty" or "Review".
  private func isSwallowed(_ name: Name, _ view: NameView) -> Bool {
    let next = name.range.upperBound
    guard view.isCapital(next) else { return false }
    var position = next
    while position < min(next + 7, view.sentence.upperBound) {
      let joins = view.isIn(position, view.words.nameJoints)
      guard view.isCapital(position) || joins else { return false }
      if view.isIn(position, view.words.swallowingHeads) { return true }
      position += 1
    }
    return false
  }
}
