/// Finds where a note of the page before goes on at the foot of a page, above that page's own notes.
///
/// Nothing marks the place but what stands around it: a blank line or a rule, a sentence of the text that ends
/// where the next line starts small, lines in smaller type, and the text that goes on over the page.
struct NoteCarryOver {
  static let acceptance = 1.0
  /// Lines of the page above which no note of the page before goes on, and the most that it may take there.
  static let firstShare = 0.4
  static let mostLines = 24
  /// A note that breaks off at the foot of its page fills its last line.
  static let fullLine = 0.8
  /// Lines wider than the text's by this factor are set in smaller type.
  static let smallerType = 1.06

  private let galley: Galley
  private let page: Int
  private let lines: [Int]
  private let limit: Int
  private let end: Line

  /// `lines` are the lines of the page that may be text or notes; `limit` is the place of the page's first own
  /// note among them; `note` is the last note of the page before.
  init(_ galley: Galley, page: Int, lines: [Int], limit: Int, note: Int) {
    self.galley = galley
    self.page = page
    self.lines = lines
    self.limit = limit
    end = galley.lines[galley.notes[note].lines.last ?? 0]
  }

  /// The place in `lines` where the note goes on; nil when it does not.
  var start: Int? {
    let isOpen = !end.endsSentence && end.last != 0x29
    let isFull = end.endsHyphen || Double(end.width) > Self.fullLine * Double(galley.measure)
    let from = max(1, Int(Double(lines.count) * Self.firstShare), limit - Self.mostLines)
    guard from < limit else { return nil }
    var best: (score: Double, place: Int)?
    for place in from..<limit {
      let score = score(place, isOpen: isOpen, isFull: isFull)
      if score >= Self.acceptance, score > best?.score ?? 0 { best = (score, place) }
    }
    return best?.place
  }

  private func score(_ place: Int, isOpen: Bool, isFull: Bool) -> Double {
    let (line, above) = (galley.lines[lines[place]], galley.lines[lines[place - 1]])
    if isBelowRule(lines[place]) { return isOpen || line.startsSmall ? 2 : 1.2 }
    guard isOpen else { return 0 }
    let isSetOff = galley.extraGap(before: line) >= 1
    guard isSetOff || isFull else { return 0 }
    let next = nextText
    let textGoesOn = next?.startsSmall ?? false
    let textIsOpen = !above.endsSentence && above.last != 0x3A
    var score = isSetOff ? 0.7 : 0
    if line.startsSmall {
      // Above it the text must have ended, or go on over the page.
      if above.endsSentence {
        score += 0.8
      } else if !textIsOpen || !textGoesOn || (!isSetOff && above.endsHyphen) {
        return 0
      }
      score += 0.3
    } else {
      guard textIsOpen, textGoesOn || above.endsHyphen else { return isSmallerType(place) ? score + 0.3 : 0 }
      score += above.endsHyphen ? 1 : 0.4
    }
    if limit == lines.count, let next, above.endsSentence == next.startsSmall { score -= 0.6 }
    return score + (isSmallerType(place) ? 0.6 : 0)
  }

  /// The first line of text on the next page.
  private var nextText: Line? {
    guard page + 1 < galley.pages.count else { return nil }
    return galley.pages[page + 1].lines.lazy.map { galley.lines[$0] }.first { $0.kind == .body }
  }

  private func isBelowRule(_ index: Int) -> Bool {
    guard index > 0, galley.lines[index - 1].page == page, galley.lines[index - 1].kind == .noise else {
      return false
    }
    return galley.lines[index - 1].first == 0x5F
  }

  private func isSmallerType(_ place: Int) -> Bool {
    let full = Double(galley.pages[page].fullWidth)
    let widest = lines[..<place].map { galley.lines[$0].width }.max() ?? 0
    let wide = lines[place..<limit].count { Double(galley.lines[$0].width) > Self.smallerType * full }
    return lines[place..<limit].contains { galley.lines[$0].width > widest } && wide * 2 >= limit - place
  }
}
