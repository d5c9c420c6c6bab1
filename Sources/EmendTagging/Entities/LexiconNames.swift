/// Finds names: those of the lexicon by its trie, those of the document by its own forms; the longest at each
/// place, from left to right.
struct LexiconNames: NameRule {
  func apply(_ names: inout [Name], _ entities: inout DocumentEntities, _ view: NameView) {
    let image = entities.image
    var position = view.sentence.lowerBound
    while position < view.sentence.upperBound {
      let word = Int(view.tokens.word[position])
      let root = word == 0 ? 0 : Int(image.trieRoots[word])
      var found = root == 0 ? nil : Self.longest(root, position, image, view, names)
      if !entities.forms.isEmpty, view.isCapital(position),
        let own = Self.own(position, entities, view), own.range.upperBound > found?.range.upperBound ?? 0
      {
        found = own
      }
      if let found {
        names.append(found)
        position = found.range.upperBound
      } else {
        position += 1
      }
    }
  }

  /// The longest form of the trie from a position on; of several entities of one form the one whose time it is.
  static func longest(_ root: Int, _ start: Int, _ image: TagImage, _ view: NameView, _ names: [Name] = [])
    -> Name?
  {
    var node = root
    var position = start + 1
    var best: (form: Int, end: Int)?
    while true {
      var form = Int(image.trieNodes[node * 3 + 2])
      while form >= 0, !fits(form, start, image, view) { form = Int(image.forms[form * ImageRow.form + 4]) }
      if form >= 0 { best = (form, position) }
      guard position < view.sentence.upperBound else { break }
      let next = child(of: node, view.tokens.word[position], image)
      if next == 0 { break }
      node = next
      position += 1
    }
    guard let best else { return nil }
    let row = ofItsTime(best.form, start, image, view, names) * ImageRow.form
    let entity = Int(image.forms[row])
    return Name(
      range: start..<best.end, entity: entity, isSeat: image.forms[row + 3] != 0,
      source: "entity:" + image.entityID(entity))
  }

  /// "Moscow" is the Soviet Union's in 1979, Russia's else: of the forms that fit, the first whose entity has dates that
  /// hold a year of the sentence, or that the sentence has named before; else the first of all.
  private static func ofItsTime(
    _ first: Int, _ start: Int, _ image: TagImage, _ view: NameView, _ names: [Name]
  ) -> Int {
    var form = first
    while form >= 0 {
      let entity = Int(image.forms[form * ImageRow.form])
      if form == first, image.forms[form * ImageRow.form + 4] < 0 { return first }
      if fits(form, start, image, view) {
        if names.contains(where: { $0.entity == entity }) { return form }
        if let years = image.entityYears(entity), view.years.contains(where: { years.contains($0) }) {
          return form
        }
      }
      form = Int(image.forms[form * ImageRow.form + 4])
    }
    return first
  }

  private static func child(of node: Int, _ word: Int32, _ image: TagImage) -> Int {
    if word == 0 { return 0 }
    let start = Int(image.trieNodes[node * 3])
    var (low, high) = (start, start + Int(image.trieNodes[node * 3 + 1]))
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if image.trieEdges[middle * 2] < word { low = middle + 1 } else { high = middle }
    }
    return low < end && image.trieEdges[low * 2] == word ? Int(image.trieEdges[low * 2 + 1]) : 0
  }

  /// Whether the tokens stand in the case that the form asks for.
  private static func fits(_ form: Int, _ start: Int, _ image: TagImage, _ view: NameView) -> Bool {
    let cases = Int(image.forms[form * ImageRow.form + 1])
    for offset in 0..<Int(image.forms[form * ImageRow.form + 2]) {
      let wanted = image.formCases[cases + offset]
      if wanted == 1, !view.isCapital(start + offset) { return false }
      if wanted < 0, view.tokens.exact[start + offset] != -wanted { return false }
    }
    return true
  }

  private static func own(_ start: Int, _ entities: DocumentEntities, _ view: NameView) -> Name? {
    guard let forms = entities.forms[view.tokens.hash[start]] else { return nil }
    var best: Name?
    for form in forms {
      let end = start + form.hashes.count
      guard end <= view.sentence.upperBound, end > best?.range.upperBound ?? 0 else { continue }
      if form.isAcronym, !view.has(start, .allCapitals), !view.stands(form.letters, at: start) { continue }
      var fits = true
      for offset in 0..<form.hashes.count where view.tokens.hash[start + offset] != form.hashes[offset] {
        fits = false
        break
      }
      if fits {
        best = Name(range: start..<end, entity: form.entity, source: "rule:document-name")
      }
    }
    return best
  }
}
