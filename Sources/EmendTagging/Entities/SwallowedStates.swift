/// Drops names of states that are part of another name: of a treaty, a war, a university ("Iran Crisis",
/// "American Political Science Review"), of a region ("South America"), of a person ("Michael Jordan"), of a ship ("HMS Canada").
struct SwallowedStates: NameRule {
  func apply(_ names: inout [Name], _ entities: inout DocumentEntities, _ view: NameView) {
    let state = entities.kinds.state
    let subnational = entities.kinds.subnational
    let all = names
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
      if name.range.count == 1, isPerson(name.range.lowerBound, all, view) { return true }
      return isSwallowed(name, view)
    }
  }

  /// Whether a state's name is a person's: "Michael Jordan", "Dr. Ireland", "Chad Okpara", "Jordan (1998) disagrees".
  private func isPerson(_ position: Int, _ names: [Name], _ view: NameView) -> Bool {
    if view.isIn(position, view.words.givenStates), !view.has(position, .possessive),
      view.isCapital(position + 1),
      !view.has(position + 1, .hyphened), view.words.isUnlisted(view.tokens.word[position + 1]),
      !names.contains(where: { $0.range.contains(position + 1) })
    {
      return true
    }
    guard view.isIn(position, view.words.givenNameStates) else { return false }
    var before = position - 1
    if view.isMark(before, .stop) { before -= 1 }
    if view.isCapital(before) {
      if view.isIn(before, view.words.givenNames) { return true }
      let isInitial = view.tokens.end[before] - view.tokens.start[before] == 1
      if isInitial, before < position - 1 { return true }
      if before == position - 1, before > view.sentence.lowerBound, view.tokens.word[before] == 0 {
        return true
      }
    }
    return isCitedAuthor(position, view)
  }

  /// A year in a bracket stands right behind the name, and the name in no place of a place.
  private func isCitedAuthor(_ position: Int, _ view: NameView) -> Bool {
    let year = position + 2
    guard view.isMark(position + 1, .open), view.has(year, .number),
      view.tokens.end[year] - view.tokens.start[year] == 4,
      view.isMark(year + 1, .close) || view.isMark(year + 1, .comma) || view.isMark(year + 1, .colon)
    else { return false }
    if view.isIn(position - 1, view.words.placePrepositions) { return false }
    // "Mexico (1994), Thailand (1997)": what happened where, and when.
    return !view.isMark(position - 1, .comma) && !view.isMark(year + 2, .comma)
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
