import EmendModel

/// Reads the dashes of a damaged font ("31±49", "citingÐfor", "sense{tagged"), once the font is proved damaged
/// by its ligatures.
///
/// A sign that stands between words or numbers three times or more, and in half of its uses. Between digits
/// an en dash; between words an em dash where the neighbours are words of grammar or start with a capital in
/// three of ten uses, else a hyphen.
struct FontDashStep: Step {
  private struct Use {
    var at: Int
    var length: Int
    var isNumeric: Bool
    var left: Range<Int>
    var right: Range<Int>
  }

  func run(_ draft: inout Draft, _ session: inout Session) {
    guard let map = session.map, map.hasFamily else { return }
    let text = draft.text
    var totals: [UInt32: Int] = [:]
    var uses: [UInt32: [Use]] = [:]
    var at = 0
    while at < text.count {
      if text[at] < 0x80, text[at] != 0x7B, text[at] != 0x7D {
        at += 1
        continue
      }
      let length = min(text.count - at, Glyph.width(text[at]))
      let sign = Glyph.scalar(text, at)
      if FontDashStep.isCandidate(sign), map.readings(of: Form(text[at..<(at + length)])).isEmpty {
        totals[sign, default: 0] += 1
        if let use = use(text, at, length) { uses[sign, default: []].append(use) }
      }
      at += length
    }
    var edits: [Edit] = []
    let english = session.knowledge.english
    for (sign, found) in uses.sorted(by: { $0.key < $1.key }) {
      let kept = found.filter { use in
        if use.isNumeric { return true }
        let sense = english.sense(Form(text[use.left]).folded)
        return sense.level >= .plausible || sense.flags.contains(.prefix)
      }
      let numeric = kept.reduce(0) { $0 + ($1.isNumeric ? 1 : 0) }
      guard kept.count >= 3, kept.count * 2 >= totals[sign] ?? 0 else { continue }
      if Glyph.isLetter(sign), kept.count - numeric < 3, numeric < 3 { continue }
      // A true ± stands between a value and its error; page ranges rise.
      if sign == 0xB1, numeric > 0 {
        let rising = kept.reduce(0) { $0 + ($1.isNumeric && rises(text, $1) ? 1 : 0) }
        if rising * 10 < numeric * 9 { continue }
      }
      let between = kept.filter { use in
        // Chains ("part{of{speech") are compounds and say nothing of em dashes.
        !use.isNumeric && !kept.contains { $0.right == use.left || $0.left == use.right }
      }
      let breaks = between.reduce(0) { $0 + (isBreak(text, $1, english) ? 1 : 0) }
      let dash = !between.isEmpty && breaks * 10 >= between.count * 3 ? "—" : "-"
      for use in kept {
        edits.append(
          Edit(
            range: use.at..<(use.at + use.length), reading: Form((use.isNumeric ? "–" : dash).utf8),
            kind: .companion,
            rule: "font-dash", confidence: 0.992,
            evidence: "a sign of the damaged font, \(kept.count) times between words or numbers"))
      }
    }
    draft.apply(edits)
  }

  private static func isCandidate(_ u: UInt32) -> Bool {
    if u < 0x80 { return u == 0x7B || u == 0x7D }
    if u >= 0x2010 && u < 0x2040 || Glyph.isLigature(u) || u == 0xA0 { return false }
    switch u {
    case 0xA7, 0xB0, 0x2022, 0xB7, 0xA9, 0xAE, 0x2122, 0xA3, 0x20AC, 0xA5, 0xA2: return false
    default: return true
    }
  }

  private func isWordByte(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private func use(_ text: [UInt8], _ at: Int, _ length: Int) -> Use? {
    let next = at + length
    guard at > 0, next < text.count else { return nil }
    let test: (UInt8) -> Bool
    if isDigit(text[at - 1]) && isDigit(text[next]) {
      test = isDigit
    } else if isWordByte(text[at - 1]) && isWordByte(text[next]) {
      test = isWordByte
    } else {
      return nil
    }
    var start = at
    while start > 0, at - start < 40, test(text[start - 1]) { start -= 1 }
    var end = next
    while end < text.count, end - next < 40, test(text[end]) { end += 1 }
    return Use(at: at, length: length, isNumeric: isDigit(text[next]), left: start..<at, right: next..<end)
  }

  private func rises(_ text: [UInt8], _ use: Use) -> Bool {
    use.right.count < use.left.count
      || use.right.count == use.left.count && text[use.left].lexicographicallyPrecedes(text[use.right])
      || use.right.count > use.left.count
  }

  private func isBreak(_ text: [UInt8], _ use: Use, _ english: English) -> Bool {
    let (left, right) = (Form(text[use.left]), Form(text[use.right]))
    return english.sense(left).flags.contains(.function) || english.sense(right).flags.contains(.function)
      || right.startsUpper && !left.startsUpper
  }
}
