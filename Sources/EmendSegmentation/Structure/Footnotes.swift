/// Finds the footnotes of each page, before headings are decided.
///
/// A zone begins at a line that opens with a mark and reaches to the page's end. It is believed when its
/// marks are called higher up on the page, when its number continues the last note's, when a blank line
/// stands above it. Weights set on labelled volumes (see `Lexicons/structure/README.md`).
struct Footnotes: SegmentationStep {
  static let acceptance: Float = 0.75
  /// A "page" with more lines than this is no page; its notes are endnotes or none.
  static let longestPage = 300
  static let mostStarts = 60

  struct Start {
    var place: Int
    var mark: NoteMark
    var isBare: Bool
  }

  func apply(to galley: inout Galley) {
    guard galley.pages.count > 1 else { return }
    var lastNumber = 0
    var unfinished: Int?
    for page in galley.pages.indices {
      let lines = galley.pages[page].lines.filter {
        galley.lines[$0].kind == .body || galley.lines[$0].kind == .table
      }
      guard lines.count >= 2, lines.count <= Self.longestPage else {
        unfinished = nil
        continue
      }
      let starts = starts(galley, page, lines)
      let calls =
        starts.isEmpty ? [] : lines.flatMap { NoteCalls.find(galley.text, galley.lines[$0], index: $0) }
      let zone = best(galley, page, lines, starts, calls, lastNumber)
      if let open = unfinished {
        carryOver(&galley, page, lines, limit: zone?.first?.place ?? lines.count, note: open)
      }
      unfinished = nil
      guard let zone else { continue }
      take(&galley, lines, zone, calls, &lastNumber)
      if let note = galley.notes.indices.last, let last = galley.notes[note].lines.last,
        !galley.lines[last].endsSentence, Double(galley.lines[last].width) > 0.5 * Double(galley.measure)
      {
        unfinished = note
      }
    }
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
        if Double(below.width) > 0.35 * measure || below.flags.contains(.hasURL),
          Double(before.width) > 0.3 * measure
        {
          out.append(Start(place: place, mark: mark, isBare: true))
          continue
        }
      }
      if let mark = NoteMark.sign(galley.text, line) {
        out.append(Start(place: place, mark: mark, isBare: false))
      } else if let mark = NoteMark.number(galley.text, line), let value = mark.value, value > 0,
        value <= 400,
        !isQuantity(galley.text, line, mark)
      {
        out.append(Start(place: place, mark: mark, isBare: false))
      }
    }
    return out
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
    _ galley: Galley, _ page: Int, _ lines: [Int], _ starts: [Start], _ calls: [NoteCall], _ lastNumber: Int
  ) -> [Start]? {
    var best: (score: Float, chain: [Start])?
    let measure = Double(galley.measure)
    for (rank, start) in starts.enumerated() {
      let line = galley.lines[lines[start.place]]
      if Double(start.place) < 0.15 * Double(lines.count) { continue }
      if lines[..<start.place].contains(where: { closesBody(galley, galley.lines[$0]) }) { continue }
      if !hasWords(galley, lines, start.place) { continue }
      let chain = chain(starts, from: rank)
      var hits: Float = 0
      var position = -1
      for link in chain {
        var found: NoteCall?
        for call in calls
        where call.line < lines[start.place] && call.range.lowerBound > position && call.weight >= 0.15
          && matches(call, link.mark) && call.weight > (found?.weight ?? 0)
        {
          found = call
        }
        if let found {
          hits += found.weight
          position = found.range.lowerBound
        }
      }
      var score = hits / Float(chain.count) + 0.15 * min(hits, 4)
      if let first = chain[0].mark.value {
        let continues = (first > lastNumber && first <= lastNumber + 2) || first == 1
        score += continues ? 0.3 : -0.3
        score += galley.extraGap(before: line) >= 1 ? 0.2 : -0.1
        if Double(line.width) < 0.5 * measure, start.place + 1 < lines.count,
          Double(galley.lines[lines[start.place + 1]].width) < 0.5 * measure
        {
          score -= 0.3
        }
        if Double(lines.count - start.place) > 0.75 * Double(lines.count) { score -= 0.4 }
        if start.isBare {
          score += continues ? 0.6 : 0.35
        } else if hits < 0.3 * Float(chain.count) {
          score -= 0.8
        }
      } else if hits < 0.8 {
        score = 0
      }
      if score >= Self.acceptance, score > (best?.score ?? -1) + 0.05 { best = (score, chain) }
    }
    return best?.chain
  }

  private func chain(_ starts: [Start], from rank: Int) -> [Start] {
    var chain = [starts[rank]]
    for next in starts[(rank + 1)...] {
      let last = chain[chain.count - 1].mark
      if let a = last.value, let b = next.mark.value {
        if b > a, b <= a + 2 { chain.append(next) }
      } else if last.value == nil, next.mark.value == nil {
        chain.append(next)
      }
    }
    return chain
  }

  private func matches(_ call: NoteCall, _ mark: NoteMark) -> Bool {
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

  /// A note left unfinished on the page before goes on at the foot of this one.
  private func carryOver(_ galley: inout Galley, _ page: Int, _ lines: [Int], limit: Int, note: Int) {
    let from = max(1, lines.count * 2 / 5)
    guard from < limit else { return }
    for place in from..<limit {
      let line = galley.lines[lines[place]]
      guard galley.extraGap(before: line) >= 1, line.startsSmall else { continue }
      let bodyEnds = galley.lines[lines[place - 1]].endsSentence
      let bodyGoesOn =
        page + 1 < galley.pages.count
        && galley.pages[page + 1].lines.prefix(4).contains { galley.lines[$0].startsSmall }
      guard bodyEnds || bodyGoesOn else { continue }
      for index in lines[place..<limit] {
        galley.lines[index].kind = .note
        galley.lines[index].note = note
        galley.notes[note].lines.append(index)
      }
      return
    }
  }

  private func take(
    _ galley: inout Galley, _ lines: [Int], _ zone: [Start], _ calls: [NoteCall], _ lastNumber: inout Int
  ) {
    var position = -1
    for (rank, start) in zone.enumerated() {
      let end = rank + 1 < zone.count ? zone[rank + 1].place : lines.count
      var found: NoteCall?
      for call in calls
      where call.line < lines[zone[0].place] && call.range.lowerBound > position && matches(call, start.mark)
        && call.weight > (found?.weight ?? 0)
      {
        found = call
      }
      if let found { position = found.range.lowerBound }
      let number = galley.notes.count
      galley.notes.append(
        NoteDraft(
          mark: start.mark.mark, value: start.mark.value, lines: Array(lines[start.place..<end]),
          markRange: start.mark.range, isEndnote: false, anchor: found?.range))
      for index in lines[start.place..<end] {
        galley.lines[index].kind = .note
        galley.lines[index].note = number
      }
      if let value = start.mark.value { lastNumber = value }
    }
  }
}
