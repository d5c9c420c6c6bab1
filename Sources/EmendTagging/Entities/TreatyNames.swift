/// Spans of treaty names ("the Montreal Protocol"), which feed the class `treaty`: treaties are no actors, but a
/// treaty that permits or obliges acts as a regime.
struct TreatyNames {
  func spans(_ view: NameView, cueClass: Int) -> [ClassSpan] {
    var spans: [ClassSpan] = []
    for position in view.sentence
    where view.isCapital(position) && view.isIn(position, view.words.treatyHeads) {
      var start = position
      while view.isCapital(start - 1), !view.isIn(start - 1, view.words.leadingWords) { start -= 1 }
      if start < position { spans.append(ClassSpan(cueClass: cueClass, range: start..<(position + 1))) }
    }
    return spans
  }
}
