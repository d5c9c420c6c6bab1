/// Finds notes that stand neither at the foot of a page nor below a heading: a list of endnotes at the end of a text
/// without any heading, and footnotes in a text that has lost its pages.
///
/// Both are known by their count and by the calls in the text above them, which come in the same order.
struct LooseNotes: SegmentationStep {
  /// Notes of a list, and the share of them that must be called in the text.
  static let leastNotes = 3
  static let leastCalled = 0.6
  /// Lines of one note, and lines that may follow the list.
  static let longestNote = 30
  static let mostLinesAfter = 40
  /// Lines between a call and its note where pages are lost.
  static let reach = 90

  private struct Start {
    /// Index into `Galley.lines`.
    var line: Int
    var mark: NoteMark
    var value: Int
    var isBracketed: Bool
  }

  func apply(to galley: inout Galley) {
    // Where notes were found at the feet of the pages, a number at the head of a line is something else.
    guard galley.notes.isEmpty, !galley.isReflowed, !galley.hasFormatLevels
    else { return }
    var starts = starts(galley)
    guard starts.count >= Self.leastNotes else { return }
    let limit =
      galley.lines.firstIndex { $0.kind == .body && Self.closesText(galley, $0) } ?? galley.lines.count
    starts.removeAll { $0.line >= limit }
    if let list = list(galley, starts, limit) {
      takeList(&galley, list, limit)
    } else if galley.pages.count <= 1 {
      takeScattered(&galley, starts, limit)
    }
  }

  private static func closesText(_ galley: Galley, _ line: Line) -> Bool {
    guard line.width < galley.measure * 6 / 10 else { return false }
    let role = HeadingKey(galley, line)?.role
    return role == .references || role == .notes
  }

  /// Lines of the text that open with a number as notes do, after the end of what stands above them.
  private func starts(_ galley: Galley) -> [Start] {
    var out: [Start] = []
    for index in galley.lines.indices.dropFirst() where galley.lines[index].kind == .body {
      let (line, above) = (galley.lines[index], galley.lines[index - 1])
      guard let mark = NoteMark.number(galley.text, line), let value = mark.value, value > 0, value < 1000,
        galley.extraGap(before: line) >= 1 || above.endsSentence || above.page != line.page
      else { continue }
      out.append(
        Start(line: index, mark: mark, value: value, isBracketed: galley.text[line.range.lowerBound] == 0x5B))
    }
    return out
  }

  // MARK: A list at the end

  /// The longest run 1, 2, 3 … that reaches to the end of the text and whose numbers are called above it.
  private func list(_ galley: Galley, _ starts: [Start], _ limit: Int) -> [Start]? {
    for (rank, first) in starts.enumerated() where first.value == 1 {
      var run = [first]
      for next in starts[(rank + 1)...] {
        guard let last = run.last, next.value == last.value + 1, next.isBracketed == first.isBracketed else {
          continue
        }
        if next.line - last.line > Self.longestNote { break }
        run.append(next)
      }
      guard run.count >= Self.leastNotes, let last = run.last, limit - last.line <= Self.mostLinesAfter,
        isCalled(galley, run)
      else { continue }
      return run
    }
    return nil
  }

  private func isCalled(_ galley: Galley, _ run: [Start]) -> Bool {
    var expected = run[0].value
    var found = 0
    for index in 0..<run[0].line where galley.lines[index].kind == .body {
      for call in NoteCalls.find(galley.text, galley.lines[index], index: index) {
        guard let value = call.value, value >= expected, value <= expected + 2, value <= run.count,
          isSound(galley, call, run[0])
        else { continue }
        found += 1
        expected = value + 1
      }
    }
    return Double(found) >= Self.leastCalled * Double(run.count)
  }

  /// A raised or glued figure, or one in brackets where the notes have brackets.
  private func isSound(_ galley: Galley, _ call: NoteCall, _ start: Start) -> Bool {
    let isBracketed = galley.text[call.range.lowerBound] == 0x5B
    return isBracketed ? start.isBracketed : call.weight >= 0.8 && !start.isBracketed
  }

  private func takeList(_ galley: inout Galley, _ run: [Start], _ limit: Int) {
    for (rank, start) in run.enumerated() {
      let end = rank + 1 < run.count ? run[rank + 1].line : lastLine(galley, start.line, limit)
      take(&galley, start, (start.line..<end).filter { galley.lines[$0].kind == .body }, anchor: nil)
    }
  }

  /// The end of the last note: the next blank line.
  private func lastLine(_ galley: Galley, _ start: Int, _ limit: Int) -> Int {
    var end = start + 1
    while end < limit, galley.lines[end].kind == .body, galley.extraGap(before: galley.lines[end]) == 0 {
      end += 1
    }
    return end
  }

  // MARK: Notes between paragraphs

  /// In a text without pages a note stands between blank lines, not far below its call.
  private func takeScattered(_ galley: inout Galley, _ starts: [Start], _ limit: Int) {
    var found: [(start: Start, lines: [Int], call: NoteCall)] = []
    var position = -1
    var lastLine = 0
    var last = 0
    for start in starts where start.line >= lastLine {
      let goesOn = start.line == lastLine && start.value == last + 1
      guard start.value > last || start.value == 1, start.value <= last + 3,
        goesOn || galley.extraGap(before: galley.lines[start.line]) >= 1,
        let call = call(galley, start, after: start.value == 1 ? -1 : position)
      else { continue }
      var end = start.line + 1
      while end < limit, galley.lines[end].kind == .body, galley.extraGap(before: galley.lines[end]) == 0,
        !starts.contains(where: { $0.line == end && $0.value == start.value + 1 })
      {
        end += 1
      }
      guard end - start.line <= Self.longestNote else { continue }
      found.append((start, Array(start.line..<end), call))
      (position, last, lastLine) = (call.range.lowerBound, start.value, end)
    }
    guard found.count >= Self.leastNotes else { return }
    for note in found { take(&galley, note.start, note.lines, anchor: note.call.range) }
  }

  private func call(_ galley: Galley, _ start: Start, after position: Int) -> NoteCall? {
    for index in (max(0, start.line - Self.reach)..<start.line).reversed()
    where galley.lines[index].kind == .body {
      let call = NoteCalls.find(galley.text, galley.lines[index], index: index).last {
        $0.value == start.value && $0.range.lowerBound > position && isSound(galley, $0, start)
      }
      if let call { return call }
    }
    return nil
  }

  private func take(_ galley: inout Galley, _ start: Start, _ lines: [Int], anchor: Range<Int>?) {
    for index in lines {
      galley.lines[index].kind = .note
      galley.lines[index].note = galley.notes.count
    }
    galley.notes.append(
      NoteDraft(
        mark: start.mark.mark, value: start.value, lines: lines, markRange: start.mark.range,
        isEndnote: anchor == nil, anchor: anchor))
  }
}
