/// Finds the footnotes of each page, before headings are decided.
///
/// A zone begins at a line that opens with a mark and reaches to the page's end. It is believed when its
/// marks are called higher up on the page, when its number continues the last note's, when a blank line
/// stands above it. Weights set on labelled volumes (see `Lexicons/structure/README.md`).
struct Footnotes: SegmentationStep {
  static let acceptance: Float = 0.75
  /// A "page" with more lines than this is no page; its notes are endnotes or none.
  static let longestPage = 300
  /// One with fewer says nothing of a book's habit.
  static let leastPage = 8
  static let mostStarts = 60
  /// By how much the tail of a zone must beat the whole.
  static let tailLead: Float = 0.7

  /// What a misread call counts beside a sound one, in a book that has footnotes.
  static let misreadHit: Float = 0.4

  struct Start {
    var place: Int
    var mark: NoteMark
    var isBare: Bool
    /// The mark is a sign where a figure was misread; its number comes from the notes around it.
    var isMisread = false
  }

  func apply(to galley: inout Galley) {
    guard galley.pages.count > 1 else { return }
    let habit = habit(galley)
    var lastNumber = 0
    var unfinished: Int?
    for page in galley.pages.indices {
      for part in parts(galley, page) {
        read(&galley, page, part, habit, &lastNumber, &unfinished)
      }
    }
  }

  /// The lines of a page, column by column where it has columns.
  private func parts(_ galley: Galley, _ page: Int) -> [Range<Int>] {
    let lines = galley.pages[page].lines
    let starts = lines.dropFirst().filter { galley.lines[$0].opensColumn }
    if starts.isEmpty { return [lines] }
    let bounds = [lines.lowerBound] + starts + [lines.upperBound]
    return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
  }

  private func read(
    _ galley: inout Galley, _ page: Int, _ part: Range<Int>, _ habit: Bool, _ lastNumber: inout Int,
    _ unfinished: inout Int?
  ) {
    let lines = part.filter { galley.lines[$0].kind == .body || galley.lines[$0].kind == .table }
    guard lines.count >= 2, lines.count <= Self.longestPage else {
      unfinished = nil
      return
    }
    // Below "NOTES" stand the notes of the whole book.
    if galley.pages[page].head.map(Self.saysNotes) ?? false {
      unfinished = nil
      return
    }
    let starts = starts(galley, page, lines)
    let calls =
      starts.isEmpty
      ? []
      : (galley.pages[page].lines.lowerBound..<part.upperBound).filter {
        Self.mayCall(galley.lines[$0].kind)
      }
      .flatMap { NoteCalls.find(galley.text, galley.lines[$0], index: $0) }
    let zone = best(galley, page, lines, starts, calls, lastNumber, habit)
    let limit = zone?.first?.place ?? lines.count
    if let open = unfinished,
      let start = NoteCarryOver(galley, page: page, lines: lines, limit: limit, note: open).start
    {
      carry(&galley, page, lines[start..<limit], open, &lastNumber)
    }
    unfinished = nil
    guard let zone else { return }
    take(&galley, lines, zone, calls, &lastNumber)
    unfinished = galley.notes.indices.last
  }

  /// Gives the lines at the foot of a page to the note that goes on there, and to those notes that the page before calls
  /// and that are printed after it.
  private func carry(
    _ galley: inout Galley, _ page: Int, _ lines: ArraySlice<Int>, _ open: Int, _ lastNumber: inout Int
  ) {
    var note = open
    var calls: [NoteCall]?
    for index in lines {
      if index != lines.first, galley.lines[index - 1].endsSentence,
        let mark = NoteMark.sign(galley.text, galley.lines[index])
          ?? NoteMark.number(galley.text, galley.lines[index])
      {
        let found = calls ?? uncalled(galley, page - 1)
        calls = found
        let position = galley.notes[note].anchor?.upperBound ?? 0
        if let call = found.first(where: { $0.range.lowerBound >= position && Self.matches($0, mark) }) {
          note = galley.notes.count
          galley.notes.append(
            NoteDraft(
              mark: mark.mark, value: mark.value, lines: [], markRange: mark.range, isEndnote: false,
              anchor: call.range))
          if let value = mark.value { lastNumber = value }
        }
      }
      galley.lines[index].kind = .note
      galley.lines[index].note = note
      galley.notes[note].lines.append(index)
    }
  }

  /// The calls of a page, beyond doubt, that have no note.
  private func uncalled(_ galley: Galley, _ page: Int) -> [NoteCall] {
    guard page >= 0 else { return [] }
    let taken = Set(galley.notes.compactMap { $0.anchor?.lowerBound })
    return galley.pages[page].lines.filter { Self.mayCall(galley.lines[$0].kind) }
      .flatMap { NoteCalls.find(galley.text, galley.lines[$0], index: $0) }
      .filter { $0.weight >= 0.8 && !taken.contains($0.range.lowerBound) }
  }

  /// Titles and names of authors call notes as the text does.
  private static func mayCall(_ kind: LineKind) -> Bool {
    kind == .body || kind == .table || kind == .heading || kind == .byline
  }

  private static func saysNotes(_ head: String) -> Bool {
    let words = head.lowercased().split { !$0.isLetter }
    return words.first == "notes" || words.first == "endnotes"
  }

  /// Notes above a zone that show a page of endnotes.
  static let mostStartsAbove = 3

  /// Share of the pages with lines on which footnotes stand beyond doubt, from which on they are the book's
  /// habit, and misread calls count.
  static let leastHabit = 0.25

  private func habit(_ galley: Galley) -> Bool {
    var (found, pages) = (0, 0)
    var lastNumber = 0
    for page in galley.pages.indices {
      guard galley.pages[page].lines.count >= Self.leastPage else { continue }
      let lines = galley.bodyLines(page)
      guard lines.count >= Self.leastPage, lines.count <= Self.longestPage else { continue }
      pages += 1
      let starts = starts(galley, page, lines)
      if starts.isEmpty { continue }
      let calls = lines.flatMap { NoteCalls.find(galley.text, galley.lines[$0], index: $0) }
      guard let zone = best(galley, page, lines, starts, calls, lastNumber, false) else { continue }
      found += 1
      lastNumber = zone.last?.mark.value ?? lastNumber
    }
    return found >= 3 && Double(found) >= Self.leastHabit * Double(pages)
  }

  private func starts(_ galley: Galley, _ page: Int, _ lines: [Int]) -> [Start] {
    var out: [Start] = []
    let measure = Double(galley.measure)
    for (place, index) in lines.enumerated() {
      if place == 0, lines.count > 3 { continue }
      if out.count >= Self.mostStarts { break }
      let line = galley.lines[index]
      if place + 1 < lines.count, Double(place) > 0.25 * Double(lines.count),
        line.indent - galley.pages[page].margin < 12, let mark = NoteMark.bare(galley.text, line)
      {
        let below = galley.lines[lines[place + 1]]
        let before = galley.lines[lines[max(0, place - 1)]]
        // Pieces of formulas stand alone too, above other pieces.
        let isText =
          below.flags.contains(.hasURL)
          || below.longWords >= (below.flags.contains(.hasFormula) ? 3 : 1)
        if isText, Double(below.width) > 0.35 * measure || below.flags.contains(.hasURL),
          Double(before.width) > 0.3 * measure
        {
          out.append(Start(place: place, mark: mark, isBare: true))
          continue
        }
      }
      if let mark = NoteMark.number(galley.text, line), let value = mark.value, value > 0,
        value <= 400,
        !isQuantity(galley.text, line, mark)
      {
        out.append(Start(place: place, mark: mark, isBare: false))
      } else if let mark = NoteMark.sign(galley.text, line) {
        out.append(Start(place: place, mark: mark, isBare: false))
      } else if Double(place) > 0.3 * Double(lines.count), let mark = NoteMark.misread(galley.text, line),
        opensAfterEnd(galley, lines, place)
      {
        out.append(Start(place: place, mark: mark, isBare: false, isMisread: true))
      }
    }
    return out
  }

  /// A misread mark opens a note only where the text or the note above has come to an end.
  private func opensAfterEnd(_ galley: Galley, _ lines: [Int], _ place: Int) -> Bool {
    let (line, above) = (galley.lines[lines[place]], galley.lines[lines[place - 1]])
    return galley.extraGap(before: line) >= 1 || above.endsSentence || NoteCues.has(galley.text, line)
  }

  /// "12 miles": a number, a blank and a small word of three letters and more is no note.
  private func isQuantity(_ text: [UInt8], _ line: Line, _ mark: NoteMark) -> Bool {
    let start = mark.range.upperBound
    guard start - line.range.lowerBound == mark.mark.utf8.count + 1, start + 3 <= line.range.upperBound else {
      return false
    }
    return text[start..<(start + 3)].allSatisfy { Glyphs.isLower(UInt32($0)) }
  }

  private func best(
    _ galley: Galley, _ page: Int, _ lines: [Int], _ starts: [Start], _ calls: [NoteCall], _ lastNumber: Int,
    _ habit: Bool
  ) -> [Start]? {
    var best: (score: Float, chain: [Start])?
    if starts.isEmpty { return nil }
    let signs = signsAbove(galley, lines)
    // The first line that closes the text: below it there are no footnotes.
    let close = lines[..<(starts.last?.place ?? 0)].firstIndex { closesBody(galley, galley.lines[$0]) }
    for (rank, start) in starts.enumerated() {
      if Double(start.place) < 0.15 * Double(lines.count) { continue }
      // Below "References" only what the text above it calls is a note.
      if let close, close < start.place, !isCalled(starts[rank...], above: lines[close], calls) { continue }
      if !hasWords(galley, lines, start.place) { continue }
      if start.mark.value == 1,
        starts[..<rank].count(where: { !$0.isMisread && !$0.isBare }) > Self.mostStartsAbove
      {
        continue
      }
      let chain = chain(starts, from: rank, lastNumber)
      let score = score(galley, lines, chain, calls, signs, lastNumber, habit)
      // The tail of a zone that is believed is no better zone, though its calls may be plainer.
      let isTail = best?.chain.suffix(chain.count).map(\.place) == chain.map(\.place)
      if score >= Self.acceptance, score > (best?.score ?? -1) + (isTail ? Self.tailLead : 0.05) {
        best = (score, chain)
      }
    }
    return best?.chain
  }

  /// Whether the text above a line calls all notes, in their order, beyond doubt.
  private func isCalled(_ starts: ArraySlice<Start>, above line: Int, _ calls: [NoteCall]) -> Bool {
    var position = -1
    for start in starts {
      guard let call = Self.call(calls, start.mark, above: line, after: position), call.weight >= 0.8 else {
        return false
      }
      position = call.range.lowerBound
    }
    return true
  }

  /// For each line of a page, how many signs above it may be misread calls.
  private func signsAbove(_ galley: Galley, _ lines: [Int]) -> [Int] {
    var sum = 0
    return lines.map { index in
      defer { sum += NoteCalls.misread(galley.text, galley.lines[index], index: index).count }
      return sum
    }
  }

  /// How much speaks for a zone that opens with the first note of a chain.
  private func score(
    _ galley: Galley, _ lines: [Int], _ chain: [Start], _ calls: [NoteCall], _ signsAbove: [Int],
    _ lastNumber: Int, _ habit: Bool
  ) -> Float {
    let start = chain[0]
    let line = galley.lines[lines[start.place]]
    let measure = Double(galley.measure)
    var hits: Float = 0
    var idle = 0
    var position = -1
    for link in chain {
      guard let found = Self.call(calls, link.mark, above: lines[start.place], after: position) else {
        idle += 1
        continue
      }
      hits += found.weight
      position = found.range.lowerBound
    }
    let signs = idle == 0 ? 0 : signsAbove[start.place]
    if habit { hits += Float(min(signs, idle)) * Self.misreadHit }
    var score = hits / Float(chain.count) + 0.15 * min(hits, 4)
    guard let first = start.mark.value else { return hits < 0.8 ? 0 : score }
    let continues = (first > lastNumber && first <= lastNumber + 2) || first == 1
    score += continues ? 0.3 : -0.3
    score += galley.extraGap(before: line) >= 1 ? 0.2 : -0.1
    if Double(line.width) < 0.5 * measure, start.place + 1 < lines.count,
      Double(galley.lines[lines[start.place + 1]].width) < 0.5 * measure
    {
      score -= 0.3
    }
    if Double(lines.count - start.place) > 0.75 * Double(lines.count) { score -= 0.4 }
    // The language of notes speaks for a zone whose calls were lost or misread.
    let cued = chain.count { NoteCues.has(galley.text, galley.lines[lines[$0.place]]) }
    let speaks = cued > 0 && cued * 3 >= chain.count
    // Nothing but a note begins its line with a raised figure.
    let raised = chain.allSatisfy { Glyphs.superscript(galley.lines[lines[$0.place]].first) != nil }
    if start.isBare || raised {
      score += continues ? 0.6 : 0.35
    } else if hits < 0.3 * Float(chain.count) {
      score -= speaks ? 0.2 : 0.8
      if signs > 0 { score += 0.3 }
    }
    if speaks { score += 0.45 }
    // Signs alone, with neither calls nor the language of notes, are none.
    let misread = chain.count { $0.isMisread }
    if misread == chain.count, !speaks, hits < 0.5 { return 0 }
    return score
  }

  /// The likeliest call of a mark above the zone, after the call of the note before.
  private static func call(_ calls: [NoteCall], _ mark: NoteMark, above zone: Int, after position: Int)
    -> NoteCall?
  {
    var found: NoteCall?
    for call in calls
    where call.line < zone && call.range.lowerBound > position && call.weight >= 0.15
      && matches(call, mark) && call.weight > (found?.weight ?? 0)
    {
      found = call
    }
    return found
  }

  /// The notes of a zone in order. A number goes on the count; a misread mark takes the number that is
  /// missing between its neighbours, or follows the last one where nothing comes after it.
  private func chain(_ starts: [Start], from rank: Int, _ lastNumber: Int) -> [Start] {
    var chain = [starts[rank]]
    if starts[rank].isMisread { chain[0].mark.value = firstNumber(starts, rank, lastNumber) }
    for (offset, next) in starts[(rank + 1)...].enumerated() {
      let last = chain[chain.count - 1].mark
      if next.isMisread || (last.value != nil && next.mark.value == nil && next.mark.signs == 1) {
        guard let value = last.value else { continue }
        let following = starts[(rank + 2 + offset)...].lazy.compactMap(\.mark.value).first { $0 > value }
        if let following, following <= value + 1 { continue }
        var named = next
        named.mark.value = value + 1
        named.isMisread = true
        chain.append(named)
      } else if let a = last.value, let b = next.mark.value {
        if b > a, b <= a + 2 { chain.append(next) }
      } else if last.value == nil, next.mark.value == nil {
        chain.append(next)
      }
    }
    return chain
  }

  /// The number of a misread mark that opens a zone: what the next sound number leaves, else what goes on the
  /// count, else 1.
  private func firstNumber(_ starts: [Start], _ rank: Int, _ lastNumber: Int) -> Int {
    let after = starts[(rank + 1)...]
    guard let next = after.firstIndex(where: { $0.mark.value != nil }), let value = after[next].mark.value,
      value > next - rank
    else { return 1 }
    return value - (next - rank)
  }

  private static func matches(_ call: NoteCall, _ mark: NoteMark) -> Bool {
    mark.value != nil
      ? call.value == mark.value : call.value == nil && call.sign == mark.sign && call.signs == mark.signs
  }

  /// Below a heading of notes or references there are no footnotes.
  private func closesBody(_ galley: Galley, _ line: Line) -> Bool {
    let role = HeadingKey(galley, line)?.role
    return role == .references || role == .notes
  }

  private func hasWords(_ galley: Galley, _ lines: [Int], _ place: Int) -> Bool {
    var words = 0
    for index in lines[place..<min(place + 2, lines.count)] {
      let line = galley.lines[index]
      if line.flags.contains(.hasURL) { return true }
      words += min(line.words, line.letters / 2)
    }
    return words >= 2
  }

  private func take(
    _ galley: inout Galley, _ lines: [Int], _ zone: [Start], _ calls: [NoteCall], _ lastNumber: inout Int
  ) {
    let top = lines[zone[0].place]
    var found: [NoteCall?] = []
    var position = -1
    for start in zone {
      let call = Self.call(calls, start.mark, above: top, after: position)
      if let call { position = call.range.lowerBound }
      found.append(call)
    }
    if zone.contains(where: { $0.mark.value != nil }) { fillMisread(galley, lines, zone, &found) }
    for (rank, start) in zone.enumerated() {
      let bound = rank + 1 < zone.count ? zone[rank + 1].place : lines.count
      let end = resumption(galley, lines, above: zone[0].place, from: start.place, to: bound) ?? bound
      let number = galley.notes.count
      let mark = start.isMisread ? start.mark.value.map { String($0) } : nil
      galley.notes.append(
        NoteDraft(
          mark: mark ?? start.mark.mark, value: start.mark.value, lines: Array(lines[start.place..<end]),
          markRange: start.mark.range, isEndnote: false, anchor: found[rank]?.range))
      for index in lines[start.place..<end] {
        galley.lines[index].kind = .note
        galley.lines[index].note = number
      }
      if let value = start.mark.value { lastNumber = value }
    }
  }

  /// Lines of text below a note that show the next column, and the width of a column in characters.
  private static let leastColumn = 4
  private static let widestColumn = 55

  /// Where the text goes on below a note: columns that come one after the other have notes at the foot of each. The
  /// sentence above the notes is open, the note's is closed, and the line goes on in small letters.
  private func resumption(_ galley: Galley, _ lines: [Int], above zone: Int, from: Int, to: Int) -> Int? {
    guard galley.measure <= Self.widestColumn, zone > 0, to - from > Self.leastColumn,
      !galley.lines[lines[zone - 1]].endsSentence
    else { return nil }
    return ((from + 1)...(to - Self.leastColumn)).first { place in
      galley.lines[lines[place - 1]].endsSentence && galley.lines[lines[place]].startsSmall
    }
  }

  /// Ties notes that no number calls to signs where one was misread, between the calls of their neighbours.
  private func fillMisread(_ galley: Galley, _ lines: [Int], _ zone: [Start], _ found: inout [NoteCall?]) {
    guard found.contains(where: { $0 == nil }) else { return }
    let signs = lines[..<zone[0].place].flatMap {
      NoteCalls.misread(galley.text, galley.lines[$0], index: $0)
    }
    for rank in zone.indices where found[rank] == nil {
      let from = found[..<rank].last { $0 != nil }?.map(\.range.upperBound) ?? 0
      let to = found[(rank + 1)...].first { $0 != nil }?.map(\.range.lowerBound) ?? .max
      var best: NoteCall?
      for sign in signs where sign.range.lowerBound >= from && sign.range.upperBound <= to {
        if sign.weight > (best?.weight ?? 0) { best = sign }
      }
      found[rank] = best
    }
  }
}
