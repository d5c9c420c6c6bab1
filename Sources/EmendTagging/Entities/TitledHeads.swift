/// Heads of government whom the lexicon does not know: "President Serrano", "the Danish Prime Minister Jens Otto Krag".
/// The title makes the entity, `president-serrano` or `denmark-prime-minister-krag`; from then on, and before, the bare
/// surname stands for it in this document.
struct TitledHeads {
  /// Words of a name after its title.
  private static let longest = 4

  /// Looks at one sentence, and adds those whom it names to the entities of the document.
  func collect(_ entities: inout DocumentEntities, _ view: NameView) {
    for position in view.sentence
    where view.isIn(position, view.words.officeTitles) && view.isCapital(position) {
      guard let (office, start) = office(position, view), let name = name(from: start, view) else { continue }
      let image = entities.image
      guard known(position, image, view) == nil, isFree(position, name, entities, view) else { continue }
      let surname = Slug.make(view.surface((name.upperBound - 1)..<name.upperBound))
      let state = self.state(position, name, entities, view)
      let id = (state.map { [$0, office, surname] } ?? [office, surname]).joined(separator: "-")
      let entity =
        lexiconHead(surname, entities)
        ?? entities.entity(
          id: id, name: view.surface(position..<name.upperBound), kind: entities.kinds.president)
      entities.add(
        form: (position..<name.upperBound).map { view.tokens.hash[$0] }, entity: entity, isAcronym: false)
      entities.add(form: name.map { view.tokens.hash[$0] }, entity: entity, isAcronym: false)
      entities.add(form: [view.tokens.hash[name.upperBound - 1]], entity: entity, isAcronym: false)
    }
  }

  /// The office at a position, and where the name after it begins.
  private func office(_ position: Int, _ view: NameView) -> (String, Int)? {
    switch view.tokens.hash[position] {
    case RuleWords.president: return ("president", position + 1)
    case RuleWords.chancellor: return ("chancellor", position + 1)
    case RuleWords.premier: return ("premier", position + 1)
    case RuleWords.prime:
      guard view.sentence.contains(position + 1), view.tokens.hash[position + 1] == RuleWords.minister else {
        return nil
      }
      return ("prime-minister", position + 2)
    default: return nil
    }
  }

  /// Capitals that no cue and no name of the lexicon holds, small particles ("de", "von") between them.
  private func name(from start: Int, _ view: NameView) -> Range<Int>? {
    var end = start
    while end < min(start + Self.longest, view.sentence.upperBound) {
      if view.isIn(end, view.words.nameParticles), view.isCapital(end + 1) {
        end += 1
        continue
      }
      guard view.has(end, .word), view.isCapital(end), !view.isIn(end, view.words.leadingWords) else { break }
      end += 1
      if view.has(end - 1, .possessive) { break }
    }
    guard end > start, view.isCapital(end - 1), view.isCapital(start),
      view.tokens.word[end - 1] == 0 || view.isIn(end - 1, view.words.givenNames)
    else { return nil }
    return start..<end
  }

  /// Whether the title opens the name: no other capital before it than a state's ("the Danish Prime Minister"), and
  /// no institution after it ("President Wilson School").
  private func isFree(_ position: Int, _ name: Range<Int>, _ entities: DocumentEntities, _ view: NameView)
    -> Bool
  {
    if view.isCapital(name.upperBound) { return false }
    let before = position - 1
    guard before >= view.sentence.lowerBound, view.isCapital(before) else { return true }
    return view.isIn(before, view.words.leadingWords) || stateEnding(at: position, entities, view) != nil
  }

  /// The state that stands before the title, after the name with "of", or at the opening of the sentence with "in".
  private func state(
    _ position: Int, _ name: Range<Int>, _ entities: DocumentEntities, _ view: NameView
  ) -> String? {
    if let before = stateEnding(at: position, entities, view) { return before }
    let first = view.sentence.lowerBound
    for at in [name.upperBound, first] where view.sentence.contains(at) && at + 1 < view.sentence.upperBound {
      let joint = view.tokens.hash[at]
      guard joint == RuleWords.of && at != first || joint == RuleWords.in && at == first,
        let found = known(at + 1, entities.image, view), entities.kind(found.entity) == entities.kinds.state
      else { continue }
      return entities.id(found.entity)
    }
    return nil
  }

  private func stateEnding(at position: Int, _ entities: DocumentEntities, _ view: NameView) -> String? {
    for start in stride(from: position - 1, through: max(view.sentence.lowerBound, position - 4), by: -1) {
      if let found = known(start, entities.image, view), found.range.upperBound == position,
        entities.kind(found.entity) == entities.kinds.state
      {
        return entities.id(found.entity)
      }
    }
    return nil
  }

  /// The name of the lexicon that begins at a position.
  private func known(_ position: Int, _ image: TagImage, _ view: NameView) -> Name? {
    guard view.sentence.contains(position) else { return nil }
    let word = Int(view.tokens.word[position])
    let root = word == 0 ? 0 : Int(image.trieRoots[word])
    return root == 0 ? nil : LexiconNames.longest(root, position, image, view)
  }

  /// A head of the lexicon of this surname, whom the document calls by a fuller name.
  private func lexiconHead(_ surname: String, _ entities: DocumentEntities) -> Int? {
    let image = entities.image
    return (0..<image.entityCount).first {
      image.entityKind($0) == entities.kinds.president && image.entityID($0).hasSuffix("-" + surname)
    }
  }
}
