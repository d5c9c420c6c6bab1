import EmendModel
import EmendText

/// Reads the apostrophes and quotation marks of a damaged font ("authorÕs", "Òthe lineÓ"), once the font is proved
/// damaged by its ligatures.
///
/// An apostrophe is a sign that makes contractions and possessives of three distinct words at least, and of most of
/// the words that it stands in. A pair of quotation marks are two signs of which one only opens words and the other
/// only closes them, in turn; the apostrophe may be the closing one of single marks.
struct FontQuoteStep: Step {
  /// Uses of one sign.
  private struct Uses {
    var total = 0
    /// Inside a word, where an apostrophe would make a word of it.
    var inside: [Int] = []
    var stems: Set<Form> = []
    /// Before a word, after a word.
    var opening: [Int] = []
    var closing: [Int] = []
    /// Directly after a letter, wherever.
    var touching: [Int] = []
    var length = 0
  }

  private static let least = 3

  func run(_ draft: inout Draft, _ session: inout Session) {
    guard let map = session.map, map.hasFamily, !map.misreadsCodes else { return }
    let text = draft.text
    let uses = count(text, map, session.knowledge.english)
    var edits: [Edit] = []
    var apostrophe: UInt32?
    for (sign, use) in uses.sorted(by: { $0.key < $1.key }) where use.stems.count >= Self.least {
      // Closing quotation marks may be the same sign; inside words it is nothing else.
      guard use.inside.count * 10 >= (use.total - use.closing.count) * 8 else { continue }
      apostrophe = apostrophe ?? sign
      for at in use.touching {
        edits.append(
          edit(at, use, "’", "a sign of the damaged font, the apostrophe of \(use.stems.count) words"))
      }
    }
    for (opening, a) in uses.sorted(by: { $0.key < $1.key })
    where a.opening.count >= Self.least && a.opening.count * 10 >= a.total * 9 {
      let pairs = uses.sorted(by: { $0.key < $1.key }).filter { closing, b in
        closing != opening && b.closing.count >= Self.least
          && (b.closing.count + b.inside.count) * 10 >= b.total * 9 && alternate(a.opening, b.closing)
      }
      guard pairs.count == 1, let (closing, b) = pairs.first else { continue }
      let marks = closing == apostrophe ? ("‘", "’") : ("“", "”")
      let evidence =
        "a sign of the damaged font, \(a.opening.count) times about words in turn with its other half"
      edits +=
        a.opening.map { edit($0, a, marks.0, evidence) }
        + (closing == apostrophe ? [] : b.closing.map { edit($0, b, marks.1, evidence) })
    }
    draft.apply(edits)
  }

  private func edit(_ at: Int, _ use: Uses, _ reading: String, _ evidence: String) -> Edit {
    Edit(
      range: at..<(at + use.length), reading: Form(reading.utf8), kind: .companion, rule: "font-quote",
      confidence: 0.992, evidence: evidence)
  }

  private func count(_ text: [UInt8], _ map: DamageMap, _ english: English) -> [UInt32: Uses] {
    var uses: [UInt32: Uses] = [:]
    var at = 0
    while true {
      at = text.withUnsafeBufferPointer { ByteScan.beyondASCII($0, from: at) }
      if at >= text.count { break }
      guard text[at] >= 0xC2 else {
        at += 1
        continue
      }
      let length = min(text.count - at, Glyph.width(text[at]))
      let next = at + length
      let sign = Glyph.scalar(text, at)
      if Self.isCandidate(sign), map.readings(of: Form(text[at..<next])).isEmpty {
        note(&uses[sign, default: Uses(length: length)], text, at, next, english)
      }
      at = next
    }
    return uses
  }

  /// Signs and letters of Latin-1 and beyond that are no quotation marks, dashes or ligatures themselves.
  private static func isCandidate(_ u: UInt32) -> Bool {
    u >= 0xA1 && !(u >= 0x2010 && u < 0x2040) && !Glyph.isLigature(u) && u != 0xAB && u != 0xBB && u != 0xAD
  }

  private func note(_ use: inout Uses, _ text: [UInt8], _ at: Int, _ next: Int, _ english: English) {
    use.total += 1
    if at > 0, isLetter(text[at - 1]) { use.touching.append(at) }
    let before = at > 0 ? text[at - 1] : 0x20
    let after = next < text.count ? text[next] : 0x20
    switch (isLetter(before), isLetter(after)) {
    case (true, true):
      let (left, right) = (word(text, endingAt: at), word(text, startingAt: next))
      let form = Form(text[left]) + [0x27] + Form(text[right])
      let isKnown =
        right.count <= 2 && english.level(Form(text[left])) >= .plausible || Self.isContraction(form)
      if isKnown, Self.endings.contains(Form(text[right])) {
        use.inside.append(at)
        use.stems.insert(Form(text[left]).folded)
      }
    case (false, true): if before <= 0x20 || before == 0x28 || before == 0x5B { use.opening.append(at) }
    case (true, false): use.closing.append(at)
    case (false, false): if before > 0x20, after <= 0x20 { use.closing.append(at) }
    }
  }

  private static let endings: Set<Form> = Set(["s", "t", "d", "m", "ll", "re", "ve"].map { Form($0.utf8) })

  /// "don't", "isn't": what stands before the apostrophe is no word.
  private static func isContraction(_ form: Form) -> Bool { form.folded.hasSuffix(Form("n't".utf8)) }

  private func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  private func word(_ text: [UInt8], endingAt end: Int) -> Range<Int> {
    var start = end
    while start > 0, end - start < 40, isLetter(text[start - 1]) { start -= 1 }
    return start..<end
  }

  private func word(_ text: [UInt8], startingAt start: Int) -> Range<Int> {
    var end = start
    while end < text.count, end - start < 40, isLetter(text[end]) { end += 1 }
    return start..<end
  }

  /// Whether two series of offsets take turns, but for one case in five.
  private func alternate(_ opening: [Int], _ closing: [Int]) -> Bool {
    let all = (opening.map { ($0, true) } + closing.map { ($0, false) }).sorted { $0.0 < $1.0 }
    var turns = 0
    for (one, two) in zip(all, all.dropFirst()) where one.1 != two.1 { turns += 1 }
    return turns * 5 >= (all.count - 1) * 4 && opening.count * 5 >= closing.count * 4
      && closing.count * 5 >= opening.count * 4
  }
}
