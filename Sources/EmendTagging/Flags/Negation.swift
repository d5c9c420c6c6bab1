/// The tokens that a negator reaches: the next eight, up to a semicolon, colon or "but"; "not only" and its like
/// negate nothing. What opens a sentence ("Without an army, …") reaches to its comma.
struct Negation {
  let field: Field
  let reach: Int

  func ranges(_ reading: SentenceReading) -> [Range<Int>] {
    guard reading.has(field.negator) else { return [] }
    let exceptions = reading.spans.filter { $0.cueClass == field.negatorNot }
    let ends = reading.spans.filter { $0.cueClass == field.negationEnd }
    let opening = reading.spans.filter { $0.cueClass == field.openingNegation }.map(\.range)
    return reading.spans.compactMap { span in
      guard span.cueClass == field.negator, !exceptions.contains(where: { $0.range.overlaps(span.range) })
      else { return nil }
      let start = span.range.lowerBound + 1
      var end = min(start + reach, reading.tokens.upperBound)
      for stop in ends where stop.range.lowerBound >= start { end = min(end, stop.range.lowerBound) }
      for phrase in opening where phrase.contains(span.range.lowerBound) { end = min(end, phrase.upperBound) }
      return start < end ? start..<end : nil
    }
  }
}
