/// What a sentence denies behind its subject: "Sanctions were never imposed", "Coercion, then, is unlikely". The subject
/// reaches back from the denial, or from an aside before it, to the nearest comma or conjunction.
struct DeniedSubjects {
  let field: Field
  static let reach = 8

  func ranges(_ reading: SentenceReading) -> [Range<Int>] {
    guard reading.has(field.subjectDenial) else { return [] }
    let stops = reading.spans.filter { $0.cueClass == field.listJoint || $0.cueClass == field.negationEnd }
    return reading.spans.compactMap { span in
      guard span.cueClass == field.subjectDenial else { return nil }
      var end = span.range.lowerBound
      if stops.contains(where: { $0.range.upperBound == end }) {
        end = stops.map(\.range).filter { $0.upperBound < end }.map(\.lowerBound).max() ?? end
      }
      var start = max(reading.tokens.lowerBound, end - Self.reach)
      for stop in stops where stop.range.upperBound <= end { start = max(start, stop.range.upperBound) }
      return start < end ? start..<end : nil
    }
  }
}
