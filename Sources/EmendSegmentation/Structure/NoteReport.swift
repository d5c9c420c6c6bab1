import EmendModel

/// Says which notes nothing calls, and which calls have no note, for a person to look at.
struct NoteReport: SegmentationStep {
  var shapesText: Bool { false }

  /// Marks named in a message; the rest is counted.
  static let mostNamed = 12

  func apply(to galley: inout Galley) {
    guard galley.notes.contains(where: { $0.value != nil }) else { return }
    let silent = galley.notes.filter { $0.anchor == nil }
    if !silent.isEmpty {
      let places = silent.map { "\($0.mark) (line \(number(galley, $0.lines[0])))" }
      warn(
        &galley, "unmatched-notes",
        "no call in the text was found for \(silent.count) of \(galley.notes.count) notes: " + named(places))
    }
    let calls = idleCalls(galley)
    if !calls.isEmpty {
      let places = calls.map { "\(galley.string($0.range)) (line \(number(galley, $0.line)))" }
      let count = calls.count == 1 ? "1 call" : "\(calls.count) calls"
      warn(&galley, "unmatched-calls", "no note was found for \(count): " + named(places))
    }
  }

  /// Raised figures, and figures glued to the end of a sentence, that call no note.
  private func idleCalls(_ galley: Galley) -> [NoteCall] {
    let tied = Set(galley.notes.lazy.compactMap { $0.anchor?.lowerBound })
    let largest = galley.notes.lazy.compactMap(\.value).max() ?? 0
    var out: [NoteCall] = []
    for (index, line) in galley.lines.enumerated() where line.kind == .body && line.digits > 0 {
      for call in NoteCalls.find(galley.text, line, index: index) {
        guard call.weight >= 1, let value = call.value, value <= largest + 1,
          !tied.contains(call.range.lowerBound), isAfterStop(galley.text, call, line)
        else { continue }
        out.append(call)
      }
    }
    return out
  }

  private func isAfterStop(_ text: [UInt8], _ call: NoteCall, _ line: Line) -> Bool {
    if text[call.range.lowerBound] >= 0x80 { return true }
    var (before, at) = Glyphs.scalarBefore(text, call.range.lowerBound, line.range.lowerBound)
    guard before == 0x2E || before == 0x3F || before == 0x21 || before == 0x201D else { return false }
    // A word stands before the stop: not "2.1", not "F.3".
    var letters = 0
    while at > line.range.lowerBound, letters < 3 {
      (before, at) = Glyphs.scalarBefore(text, at, line.range.lowerBound)
      guard Glyphs.isLetter(before) || (letters == 0 && Glyphs.isCloser(before) || before == 0x2E) else {
        return false
      }
      if Glyphs.isLetter(before) { letters += 1 }
    }
    return letters == 3
  }

  private func number(_ galley: Galley, _ line: Int) -> Int {
    galley.transcript.scan.lines[galley.lines[line].index].number
  }

  private func named(_ places: [String]) -> String {
    let shown = places.prefix(Self.mostNamed).joined(separator: ", ")
    return places.count > Self.mostNamed ? shown + " and \(places.count - Self.mostNamed) more" : shown
  }

  private func warn(_ galley: inout Galley, _ code: String, _ message: String) {
    galley.warnings.append(Warning(code: code, stage: "segmentation", message: message))
  }
}
