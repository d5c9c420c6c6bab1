import EmendModel

/// Spaces about commas, semicolons and colons: dropped before, put in after.
///
/// Old print sets a space before ; and :, and so do its scans; they are dropped where the document spaces
/// most of them. A space before ? or ! is left, since old print means it.
struct PunctuationSpaceStep: Step {
  func run(_ draft: inout Draft, _ session: inout Session) {
    let text = draft.text
    var edits: [Edit] = []
    let english = session.knowledge.english
    let spaced = counts(text)
    var at = 1
    while at < text.count {
      at = nextSign(text, from: at)
      if at == text.count { break }
      let byte = text[at]
      guard byte == 0x2C || byte == 0x3B || byte == 0x3A || byte == 0x29 || byte == 0x2E else {
        at += 1
        continue
      }
      if byte == 0x2E {
        if let space = spaceBeforeStop(text, at, spaced.stop) {
          edits.append(edit(space, [], .extraSpace, "a space before a full stop"))
        }
      } else if byte != 0x29, text[at - 1] == 0x20, at >= 2, closesWord(text, at - 2) || endsNumber(text, at),
        isSpaceOrEnd(text, at + 1)
      {
        let own =
          byte == 0x2C ? !isVariable(text, before: at - 1) : byte == 0x3B ? spaced.semicolon : spaced.colon
        // "f (x) ;", but not "= 0 ) ;"
        if own, !(text[at - 2] == 0x29 && at >= 3 && text[at - 3] == 0x20) {
          edits.append(edit((at - 1)..<at, [], .extraSpace, "a space before a stop"))
        }
      } else if byte == 0x2C, let word = misplacedSpace(text, at, english) {
        edits.append(edit((at - 1)..<at, [], .extraSpace, "a space before a comma instead of behind it"))
        edits.append(edit(word..<word, [0x20], .missingSpace, "a space before a comma instead of behind it"))
      } else if byte == 0x2C || byte == 0x3B, let start = gluedWord(text, at, english) {
        edits.append(edit(start..<start, [0x20], .missingSpace, "two known words with a stop between"))
      } else if byte == 0x29, let start = afterBracket(text, at, english) {
        edits.append(edit(start..<start, [0x20], .missingSpace, "a known word after a bracket"))
      }
      at += 1
    }
    draft.apply(edits)
  }

  /// The offset of the first sign or digit of ASCII at or after `start`; the count of the bytes when there is none.
  private func nextSign(_ text: [UInt8], from start: Int) -> Int {
    text.withUnsafeBufferPointer { bytes in
      guard let base = UnsafeRawPointer(bytes.baseAddress) else { return 0 }
      var at = start
      while at + 8 <= bytes.count {
        let eight = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        // The highest bit of a byte of the sums is set from 0x21 on, and from 0x41 on.
        let low = eight & 0x7F7F_7F7F_7F7F_7F7F
        let signs = (low &+ 0x5F5F_5F5F_5F5F_5F5F) & ~(low &+ 0x3F3F_3F3F_3F3F_3F3F) & ~eight
        let found = signs & 0x8080_8080_8080_8080
        if found != 0 { return at + found.trailingZeroBitCount / 8 }
        at += 8
      }
      while at < bytes.count, bytes[at] < 0x21 || bytes[at] > 0x40 { at += 1 }
      return at
    }
  }

  private func edit(_ range: Range<Int>, _ reading: Form, _ kind: Emendation.Kind, _ evidence: String) -> Edit
  {
    Edit(
      range: range, reading: reading, kind: kind, rule: "punctuation-space", confidence: 0.995,
      evidence: evidence)
  }

  /// Whether the document sets most semicolons and colons off by a space.
  private func counts(_ text: [UInt8]) -> (semicolon: Bool, colon: Bool, stop: Bool) {
    var (off, on) = ((0, 0), (0, 0))
    var stops = 0
    var next = 1
    while next < text.count {
      let at = nextSign(text, from: next)
      if at == text.count { break }
      next = at + 1
      if text[at] == 0x2E, text[at - 1] == 0x20, isStop(text, at) { stops += 1 }
      guard text[at] == 0x3B || text[at] == 0x3A else { continue }
      let before = text[at - 1]
      let isOff = before == 0x20 && at >= 2 && isWordByte(text[at - 2]) && !isVariable(text, before: at - 1)
      let isOn = isWordByte(before)
      if text[at] == 0x3B {
        off.0 += isOff ? 1 : 0
        on.0 += isOn ? 1 : 0
      } else {
        off.1 += isOff ? 1 : 0
        on.1 += isOn ? 1 : 0
      }
    }
    // The same setter spaces both: on a short page they count together.
    let both = off.0 + off.1 >= 2 && off.0 + off.1 > on.0 + on.1
    return (
      both && off.0 >= on.0 || off.0 >= 3 && off.0 > on.0,
      both && off.1 >= on.1 || off.1 >= 3 && off.1 > on.1,
      stops >= 2
    )
  }

  /// Whether a full stop ends something: no dot of a leader or of an ellipsis stands beside it, no small letter
  /// or sign of code goes on after it.
  private func isStop(_ text: [UInt8], _ at: Int) -> Bool {
    guard isSpaceOrEnd(text, at + 1), at >= 2, text[at - 2] != 0x2E, text[at - 2] != 0x20 else {
      return false
    }
    var next = at + 1
    while next < text.count, next - at < 80, text[next] <= 0x20 { next += 1 }
    if next >= text.count { return true }
    let byte = text[next]
    let isLineEnd = text[at + 1] == 0x0A || text[at + 1] == 0x0D
    let isCapital = byte >= 0x41 && byte <= 0x5A || byte >= 0x80
    let closes = byte == 0x22 && isSpaceOrEnd(text, next + 1)
    return byte != 0x2E && (isLineEnd || isCapital || closes || byte == 0x5B)
      && !isVariable(text, before: at - 1)
  }

  /// Whether what ends at an offset is no word but a variable, a formula or code: "M1 , v", "ctx->x , y".
  private func isVariable(_ text: [UInt8], before end: Int) -> Bool {
    var start = end
    var (letters, digits) = (0, 0)
    while start > 0, text[start - 1] > 0x20 {
      start -= 1
      switch text[start] {
      case 0x3D, 0x5F, 0x2A, 0x5C, 0x7B, 0x7D, 0x3C, 0x3E, 0x7C, 0x24: return true
      case 0x30...0x39: digits += 1
      case let byte where isLetter(byte) || byte >= 0x80: letters += 1
      default: break
      }
    }
    return letters > 0 && digits > 0 || end - start == 1 && text[start] >= 0x61
  }

  /// The space before a full stop: after a word or number; after an initial or a short form only where the
  /// document does so again.
  private func spaceBeforeStop(_ text: [UInt8], _ at: Int, _ isUsual: Bool) -> Range<Int>? {
    guard text[at - 1] == 0x20, isStop(text, at), closesWord(text, at - 2) || endsNumber(text, at) else {
      return nil
    }
    let isShort = at < 5 || !isWordByte(text[at - 3]) || !isWordByte(text[at - 4])
    return isUsual || !isShort ? (at - 1)..<at : nil
  }

  /// Whether a number stands before the space before a stop, and none behind it (a ratio, a time).
  private func endsNumber(_ text: [UInt8], _ at: Int) -> Bool {
    guard at >= 2, text[at - 2] >= 0x30, text[at - 2] <= 0x39 else { return false }
    return at + 2 >= text.count || !(text[at + 2] >= 0x30 && text[at + 2] <= 0x39)
  }

  /// The known word that stands directly after a comma whose space stands before it: "above ,but".
  private func misplacedSpace(_ text: [UInt8], _ at: Int, _ english: English) -> Int? {
    guard at >= 2, text[at - 1] == 0x20, closesWord(text, at - 2) else { return nil }
    var end = at + 1
    while end < text.count, end - at <= 40, text[end] >= 0x61, text[end] <= 0x7A { end += 1 }
    guard end - at >= 3, isSpaceOrEnd(text, end) else { return nil }
    return english.level(Form(text[(at + 1)..<end])) == .trusted ? at + 1 : nil
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte >= 0x30 && byte <= 0x39 || byte == 0x5F || byte >= 0x80
  }
  private func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  private func closesWord(_ text: [UInt8], _ at: Int) -> Bool {
    let byte = text[at]
    if isLetter(byte) || byte == 0x29 || byte == 0x5D || byte == 0x22 || byte == 0x27 { return true }
    // ” and ’
    return at >= 2 && (byte == 0x9D || byte == 0x99) && text[at - 1] == 0x80 && text[at - 2] == 0xE2
  }

  private func isSpaceOrEnd(_ text: [UInt8], _ at: Int) -> Bool {
    at >= text.count || text[at] <= 0x20
  }

  /// The start of a known word or year that stands directly after a comma or semicolon.
  private func gluedWord(_ text: [UInt8], _ at: Int, _ english: English) -> Int? {
    let start = at + 1
    guard start < text.count, isLetter(text[start]) || text[start] == 0x31 || text[start] == 0x32 else {
      return nil
    }
    var end = start
    while end < text.count, end - start <= 40, isLetter(text[end]) { end += 1 }
    var isYear = false
    if end == start {
      while end < text.count, end - start < 4, text[end] >= 0x30, text[end] <= 0x39 { end += 1 }
      guard end - start == 4 else { return nil }
      let year = text[start..<end].reduce(0) { $0 * 10 + Int($1 - 0x30) }
      guard year >= 1500, year < 2100 else { return nil }
      isYear = true
      if end < text.count, text[end] >= 0x61, text[end] <= 0x7A { end += 1 }
    } else if end - start < 2 {
      // "However,a storm"
      guard text[start] == 0x61, end + 1 < text.count, text[end] == 0x20, text[end + 1] >= 0x61,
        text[end + 1] <= 0x7A
      else { return nil }
    }
    let right = Form(text[start..<end])
    if !isYear, isCode(text, at, english) { return nil }
    if isYear, end < text.count, text[end] == 0x29 { end += 1 }
    if end < text.count {
      let after = text[end]
      guard after <= 0x20 || after == 0x2C || after == 0x2E || after == 0x3B || after == 0x29 else {
        return nil
      }
    }
    // The word before: letters, perhaps an apostrophe or a bracket.
    var wordEnd = at
    if text[wordEnd - 1] == 0x29 { wordEnd -= 1 }
    var wordStart = wordEnd
    while wordStart > 0, wordEnd - wordStart <= 40,
      isLetter(text[wordStart - 1]) || text[wordStart - 1] == 0x27 && wordStart < wordEnd
    {
      wordStart -= 1
    }
    let left = Form(text[wordStart..<wordEnd])
    guard left.count >= 2, isLetter(left[0]) else { return nil }
    if wordStart > 0 {
      let before = text[wordStart - 1]
      if isWordByte(before) || before == 0x2E || before == 0x40 || before == 0x2F || before == 0x2D {
        return nil
      }
    }
    if left.isUpperCase && right.isUpperCase { return nil }
    guard left.startsUpper || english.level(left) >= .plausible else { return nil }
    return isYear || english.level(right) >= .plausible ? start : nil
  }

  /// Whether the run about a comma is code or a list that is set without spaces: "f(foo,bar)", "a=b,c",
  /// "indirect,possible,reachable".
  private func isCode(_ text: [UInt8], _ at: Int, _ english: English) -> Bool {
    var (start, end) = (at, at)
    while start > 0, text[start - 1] > 0x20 { start -= 1 }
    while end < text.count, text[end] > 0x20 { end += 1 }
    var (stops, hasGrammar, word) = (0, false, start)
    for k in start...end {
      if k < end, isLetter(text[k]) { continue }
      if k - word >= 2, k - word < English.longest, !hasGrammar {
        hasGrammar = english.sense(Form(text[word..<k])).flags.contains(.function)
      }
      if k == end { break }
      switch text[k] {
      case 0x3D, 0x5F, 0x5C, 0x7B, 0x7D, 0x3C, 0x3E, 0x7C, 0x24, 0x2A: return true
      case 0x28, 0x5B: if k > word, isLetter(text[k - 1]) { return true }
      case 0x2C, 0x3B: stops += k + 1 < end && isWordByte(text[k + 1]) ? 1 : 0
      default: break
      }
      word = k + 1
    }
    return stops >= 2 && !hasGrammar
  }

  /// The start of a known word directly after a closing bracket: a word of grammar, or any after a year.
  private func afterBracket(_ text: [UInt8], _ at: Int, _ english: English) -> Int? {
    let start = at + 1
    var end = start
    while end < text.count, end - start <= 40, text[end] >= 0x61, text[end] <= 0x7A { end += 1 }
    guard end - start >= 2, end < text.count, at > 0, isWordByte(text[at - 1]) else { return nil }
    let after = text[end]
    guard after <= 0x20 || after == 0x2C || after == 0x2E || after == 0x3B else { return nil }
    let sense = english.sense(Form(text[start..<end]))
    guard sense.level == .trusted else { return nil }
    // "(s)he", "colo(u)r": one to three small letters in the bracket.
    var open = at
    while open > 0, at - open < 4, text[open - 1] >= 0x61, text[open - 1] <= 0x7A { open -= 1 }
    if open > 0, open < at, text[open - 1] == 0x28 { return nil }
    if sense.flags.contains(.function) { return start }
    var digits = at
    if digits > 0, isLetter(text[digits - 1]) { digits -= 1 }
    let from = max(0, digits - 4)
    return digits - from == 4 && text[from..<digits].allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? start : nil
  }
}
