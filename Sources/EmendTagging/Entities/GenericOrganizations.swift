/// Makes an entity of a capitalised name that ends in an organization's head noun: "Danube River Commission".
/// It counts as an international organization when its name says so (International, Nations, European, …), as a court,
/// a chamber, an office or an association by its head when it does not: "Hungarian Constitutional Court". A name of
/// general words alone ("the Supreme Court", "the Board of Governors") is nobody's in particular, and makes no entity.
struct GenericOrganizations: NameRule {
  func apply(_ names: inout [Name], _ entities: inout DocumentEntities, _ view: NameView) {
    var position = view.sentence.lowerBound
    while position < view.sentence.upperBound {
      guard view.isCapital(position), let range = self.range(from: position, view) else {
        position += 1
        continue
      }
      position = range.upperBound
      add(range, &names, &entities, view)
    }
  }

  private func add(
    _ range: Range<Int>, _ names: inout [Name], _ entities: inout DocumentEntities, _ view: NameView
  ) {
    // A name of the lexicon that is no state keeps its place.
    let overlapping = names.filter { $0.range.overlaps(range) }
    let state = entities.kinds.state
    guard overlapping.allSatisfy({ entities.kind($0.entity) == state && $0.range != range }) else { return }
    // The acronym in the brackets is no part of the name.
    let text = view.surface(range)
    if isBare(range, view) { return }
    let nation = overlapping.first { $0.range.lowerBound == range.lowerBound }?.range.upperBound
    let kind = self.kind((nation ?? range.lowerBound)..<range.upperBound, nation != nil, entities.kinds, view)
    names.removeAll { $0.range.overlaps(range) }
    let entity = entities.entity(id: Slug.make(text), name: text, kind: kind)
    names.append(Name(range: range, entity: entity, source: "rule:organization-name"))
    names.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Whether the name has none but general words: "Supreme Court".
  private func isBare(_ range: Range<Int>, _ view: NameView) -> Bool {
    range.allSatisfy { !view.isCapital($0) || view.isIn($0, view.words.bareInstitutions) }
  }

  /// The kind by the words of the name; `isNational` when a state stood before them.
  private func kind(_ range: Range<Int>, _ isNational: Bool, _ kinds: EntityKinds, _ view: NameView) -> Int {
    func holds(_ list: RuleWords.List) -> Bool { range.contains { view.isIn($0, list) } }
    if holds(view.words.internationalMarks) { return kinds.io }
    if holds(view.words.courtHeads) { return kinds.judiciary }
    if holds(view.words.chamberHeads) { return kinds.legislature }
    if isNational, holds(view.words.associationHeads) { return kinds.interestGroup }
    if isNational, holds(view.words.officeHeads) { return kinds.bureaucracy }
    return kinds.organization
  }

  /// The longest run of capitals (with small joints) from a position that ends in a head noun, with what
  /// "of" or "for" and further capitals add.
  private func range(from start: Int, _ view: NameView) -> Range<Int>? {
    var start = start
    if view.isIn(start, view.words.leadingWords) { start += 1 }
    guard view.isCapital(start) else { return nil }
    var position = start
    var end: Int?
    let limit = min(start + 14, view.sentence.upperBound)
    while position < limit {
      if view.isCapital(position) {
        if view.isIn(position, view.words.notOrganizations) { return nil }
        if view.isIn(position, view.words.organizationHeads), position > start || hasTail(position, view) {
          end = position + 1
        }
        if view.has(position, .possessive) { break }
      } else if !joins(position, view) {
        break
      }
      position += 1
    }
    guard let end else { return nil }
    return extended(start..<end, view)
  }

  /// Whether a small word leads on within a name. An article does so after another small word only: "Court for the
  /// Law of the Sea", but not "Neither the Court".
  private func joins(_ position: Int, _ view: NameView) -> Bool {
    guard view.isIn(position, view.words.nameJoints),
      view.isCapital(position + 1) || isThe(position + 1, view) && !isDefiniteAlias(position + 1, view)
    else { return false }
    return view.tokens.hash[position] != RuleWords.the || view.isIn(position - 1, view.words.nameJoints)
  }

  private func isThe(_ position: Int, _ view: NameView) -> Bool {
    view.sentence.contains(position) && view.tokens.hash[position] == RuleWords.the
      && view.isCapital(position + 1)
  }

  /// Whether "of" and capitals follow ("Organization of …"); "of the League" alone names no organization but an organ of
  /// one named elsewhere.
  private func hasTail(_ head: Int, _ view: NameView) -> Bool {
    guard view.isIn(head + 1, view.words.nameTails) else { return false }
    return view.isCapital(head + 2) || isThe(head + 2, view) && !isDefiniteAlias(head + 2, view)
  }

  /// "the League", with nothing more to its name.
  private func isDefiniteAlias(_ the: Int, _ view: NameView) -> Bool {
    let noun = the + 1
    guard view.isIn(noun, view.words.organizationHeads) else { return false }
    return !view.isCapital(noun + 1) && !hasTail(noun, view)
  }

  private func extended(_ range: Range<Int>, _ view: NameView) -> Range<Int> {
    var end = range.upperBound
    guard hasTail(end - 1, view) else { return range }
    var position = end + 1
    if isThe(position, view) { position += 1 }
    while position < view.sentence.upperBound {
      if view.isCapital(position) {
        end = position + 1
      } else if view.tokens.hash[position] != RuleWords.and || !view.isCapital(position + 1) {
        break
      }
      position += 1
    }
    return range.lowerBound..<end
  }
}
