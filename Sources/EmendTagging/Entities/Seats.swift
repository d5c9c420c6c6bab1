/// Keeps a capital city only where it stands for its government: as the one who acts or is acted on ("Moscow
/// objected", "pressure on Belgrade"), never as a place ("in Vienna").
struct Seats: NameRule {
  func apply(_ names: inout [Name], _ entities: inout DocumentEntities, _ view: NameView) {
    names.removeAll { $0.isSeat && !isAgent($0, view) }
  }

  private func isAgent(_ name: Name, _ view: NameView) -> Bool {
    let before = name.range.lowerBound - 1
    var after = name.range.upperBound
    if view.isIn(before, view.words.placePrepositions) { return false }
    if view.isMark(before, .comma), !opensSentence(before, view) { return false }
    if before >= view.sentence.lowerBound, view.isCapital(before),
      view.tokens.word[before] == 0 || view.isIn(before, view.words.givenNames)
    {
      return false
    }
    if view.isMark(after, .comma), view.isCapital(after + 1) { return false }
    if view.isIn(before, view.words.agentCues) { return true }
    if view.has(name.range.upperBound - 1, .possessive) { return true }
    // "Moscow slowly came round": an adverb stands between.
    if isAdverb(after, view) { after += 1 }
    guard view.has(after, .word), !view.isCapital(after) else { return false }
    if view.isIn(after, view.words.agentVerbs) { return true }
    // A finite verb by its ending; nouns in -s after a city name are rare.
    let end = Int(view.tokens.end[after])
    guard end - Int(view.tokens.start[after]) > 3 else { return false }
    return view.text[end - 1] == 0x73 || view.text[end - 1] == 0x64 && view.text[end - 2] == 0x65
  }

  /// Whether a comma ends the one or two words by which the sentence opens ("However, Moscow …").
  private func opensSentence(_ comma: Int, _ view: NameView) -> Bool {
    let first = view.sentence.lowerBound
    return comma - first <= 2 && !(first + 1..<max(first + 1, comma)).contains { view.isCapital($0) }
  }

  private func isAdverb(_ position: Int, _ view: NameView) -> Bool {
    guard view.has(position, .word), !view.isCapital(position) else { return false }
    let end = Int(view.tokens.end[position])
    return end - Int(view.tokens.start[position]) > 4 && view.text[end - 1] == 0x79
      && view.text[end - 2] == 0x6C
  }
}
