import EmendModel

/// Quotation marks, apostrophes and dashes that a narrow encoding could not hold, so that a question mark or U+FFFD
/// stands for them: "sailor?s", "?standing firms,?", "203-?219". Also the apostrophe of Mac OS Roman read as
/// Latin-1, "sailorÕs": no word has that capital in its midst.
///
/// English sets no question mark directly before a letter; what stands there is judged by its fellows. Comes
/// after the damage map, which may have read the sign as a ligature.
struct LostMarkStep: Step {
  /// How far a closing quotation mark may lie from its opening one, bytes.
  private static let longestQuotation = 600

  func run(_ draft: inout Draft, _ session: inout Session) {
    guard draft.bytes.contains(0x3F) || draft.bytes.contains(0xC3) || draft.bytes.contains(0xEF) else {
      return
    }
    let text = draft.text
    let english = session.knowledge.english
    // A font that sets ligatures as question marks has other question marks than quotations.
    let mapped = session.map?.signs.map(\.signs) ?? []
    var edits: [Edit] = []
    text.withUnsafeBufferPointer { bytes in
      guard bytes.contains(where: { $0 == 0x3F || $0 == 0xBD || $0 == 0x95 }) else { return }
      let marks = Marks(bytes)
      var at = 0
      var closing = 0
      while at < bytes.count {
        let length = Self.sign(bytes, at)
        if length == 0 {
          at += 1
          continue
        }
        let sign = at..<(at + length)
        at = sign.upperBound
        if sign.lowerBound < closing { continue }
        if Self.isApostrophe(bytes, sign, english) {
          let isMac = bytes[sign.lowerBound] == 0xC3
          // Beside a damage map the font's own quotation marks are read later.
          if isMac, !mapped.isEmpty { continue }
          edits.append(
            edit(
              sign, marks.apostrophe,
              isMac ? "an apostrophe of Mac OS Roman" : "an apostrophe that the encoding could not hold"))
        } else if bytes[sign.lowerBound] == 0xC3 {
          continue
        } else if Self.isAfterHyphen(bytes, sign) {
          edits.append(edit(sign, [], "the rest of a dash between numbers"))
        } else if !mapped.contains(Form(bytes[sign])), let end = Self.closing(bytes, sign) {
          edits.append(edit(sign, marks.opening, "a quotation mark that the encoding could not hold"))
          edits.append(edit(end, marks.closing, "a quotation mark that the encoding could not hold"))
          closing = end.upperBound
        }
      }
    }
    draft.apply(edits)
  }

  private func edit(_ range: Range<Int>, _ reading: Form, _ evidence: String) -> Edit {
    Edit(
      range: range, reading: reading, kind: .encoding, rule: "lost-mark", confidence: 0.993,
      evidence: evidence)
  }

  /// The marks as the document sets them: curly where it has curly ones.
  private struct Marks {
    var apostrophe: Form = [0x27]
    var opening: Form = [0x22]
    var closing: Form = [0x22]

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
      for at in 0..<max(0, bytes.count - 2) where bytes[at] == 0xE2 && bytes[at + 1] == 0x80 {
        switch bytes[at + 2] {
        case 0x99: apostrophe = Form("’".utf8)
        case 0x9C: (opening, closing) = (Form("“".utf8), Form("”".utf8))
        default: break
        }
      }
    }
  }

  /// Bytes of the sign at an offset, 0 when none stands there.
  private static func sign(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    if bytes[at] == 0x3F { return 1 }
    if bytes[at] == 0xC3 { return at + 1 < bytes.count && bytes[at + 1] == 0x95 ? 2 : 0 }
    return bytes[at] == 0xEF && at + 2 < bytes.count && bytes[at + 1] == 0xBF && bytes[at + 2] == 0xBD ? 3 : 0
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  /// A word, the sign, and an ending that an apostrophe cuts off ("s", "t" after n, "re", "ve", "ll", "d", "m").
  private static func isApostrophe(
    _ bytes: UnsafeBufferPointer<UInt8>, _ sign: Range<Int>, _ english: English
  ) -> Bool {
    var start = sign.lowerBound
    while start > 0, isLetter(bytes[start - 1]), sign.lowerBound - start < English.longest { start -= 1 }
    var end = sign.upperBound
    while end < bytes.count, bytes[end] >= 0x61, bytes[end] <= 0x7A, end - sign.upperBound < 3 { end += 1 }
    guard start < sign.lowerBound, end > sign.upperBound, end == bytes.count || !isLetter(bytes[end]) else {
      return false
    }
    if start > 0, bytes[start - 1] >= 0x80 || bytes[start - 1] == 0x3F { return false }
    let word = Form(bytes[start..<sign.lowerBound])
    let tail = Form(bytes[sign.upperBound..<end])
    switch tail {
    case [0x73]:
      return word.count >= 2 && (english.level(word) == .trusted || word.startsUpper && word.count >= 3)
    case [0x74]: return english.level(word + [0x27, 0x74]) == .trusted
    case [0x64], [0x6D], Form("re".utf8), Form("ve".utf8), Form("ll".utf8):
      return english.sense(word + [0x27] + tail).level == .trusted
    default: return false
    }
  }

  /// A sign between a hyphen that follows a digit, and a digit: "203-?219".
  private static func isAfterHyphen(_ bytes: UnsafeBufferPointer<UInt8>, _ sign: Range<Int>) -> Bool {
    func isDigit(_ at: Int) -> Bool { at >= 0 && at < bytes.count && bytes[at] >= 0x30 && bytes[at] <= 0x39 }
    return isDigit(sign.upperBound) && sign.lowerBound >= 2 && bytes[sign.lowerBound - 1] == 0x2D
      && isDigit(sign.lowerBound - 2)
  }

  /// The sign that closes a quotation which the sign opens: that stands directly before a letter, its fellow
  /// directly behind a comma or full stop, or behind a word in mid-sentence.
  private static func closing(_ bytes: UnsafeBufferPointer<UInt8>, _ sign: Range<Int>) -> Range<Int>? {
    guard sign.upperBound < bytes.count, isLetter(bytes[sign.upperBound]) else { return nil }
    if sign.lowerBound > 0 {
      let before = bytes[sign.lowerBound - 1]
      guard before <= 0x20 || before == 0x28 || before == 0x5B else { return nil }
    }
    let limit = min(bytes.count, sign.upperBound + longestQuotation)
    var at = sign.upperBound
    while at < limit {
      if bytes[at] == 0x0A, at + 1 < limit, bytes[at + 1] == 0x0A { return nil }
      let length = Self.sign(bytes, at)
      if length == 0 {
        at += 1
        continue
      }
      let end = at + length
      let before = bytes[at - 1]
      let isLast =
        end == bytes.count || bytes[end] <= 0x20 || [0x2C, 0x2E, 0x3B, 0x3A, 0x29].contains(bytes[end])
      // Another that opens: these are variables, or a mark of another kind.
      if before <= 0x20 || before == 0x28 { return nil }
      // Behind a word in mid-sentence; with a capital to follow, or nothing, it asks.
      let goesOn =
        end < bytes.count && bytes[end] != 0x20 && bytes[end] != 0x0A
        || end + 1 < bytes.count && bytes[end + 1] >= 0x61 && bytes[end + 1] <= 0x7A
      if isLast { return before == 0x2C || before == 0x2E || isLetter(before) && goesOn ? at..<end : nil }
      at = end
    }
    return nil
  }
}
