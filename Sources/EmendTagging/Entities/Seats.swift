/// Keeps a capital city only where it stands for its government: as the one who acts or is acted on ("Moscow
/// objected", "pressure on Belgrade"), never as a place ("in Vienna").
struct Seats: NameRule {
  func apply(_ names: inout [Name], _ entities: inout DocumentEntities, _ view: NameView) {
    names.removeAll { $0.isSeat && !isAgent($0, view) }
  }

  private func isAgent(_ name: Name, _ view: NameView) -> Bool {
    let before = name.range.lowerBound - 1
    let after = name.range.upperBound
    if view.isIn(before, view.words.placePrepositions) || view.isMark(before, .comma) { return false }
    if before >= view.sentence.lowerBound, view.isCapital(before), view.tokens.word[before] == 0 {
      return false
    }
    if view.isMark(after, .comma), view.isCapital(after + 1) { return false }
    if view.isIn(before, view.words.agentCues) { return true }
    if view.has(name.range.upperBound - 1, .possessive) { return true }
    guard view.has(after, .word), !view.isCapital(after) else { return false }
    if view.isIn(after, view.words.agentVerbs) { return true }
    // A finite verb by its ending; nouns in -s after a city name are rare.
    let end = Int(view.tokens.end[after])
    guard end - Int(view.tokens.start[after]) > 3 else { return false }
    return view.text[end - 1] == 0x73 || view.text[end - 1] == 0x64 && view.text[end - 2] == 0x65
  }
}
