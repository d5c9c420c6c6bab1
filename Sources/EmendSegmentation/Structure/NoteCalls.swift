/// Places in running text that may call a note.
struct NoteCall {
  /// Index into `Galley.lines`.
  var line: Int
  /// Bytes of the mark in the emended text.
  var range: Range<Int>
  /// The sign and how often it stands there, for calls without a number.
  var sign: UInt32 = 0
  var signs = 0
  var value: Int?
  /// How much the place looks like a call: 1 for a superscript or a number glued to a word or a stop.
  var weight: Float
}

enum NoteCalls {
  private static let afterAbbreviation: Set<String> = [
    "p", "pp", "vol", "no", "ch", "fig", "art", "sec", "nos",
  ]

  /// All candidates of a line, from left to right.
  static func find(_ text: [UInt8], _ line: Line, index lineIndex: Int) -> [NoteCall] {
    var out: [NoteCall] = []
    let (start, end) = (line.range.lowerBound, line.range.upperBound)
    var index = start
    while index < end {
      let byte = text[index]
      // Nothing but digits and signs can call; the usual letter is passed over at once.
      if byte < 0x80 && !Glyphs.isDigit(UInt32(byte)) && byte != 0x2A {
        index += 1
        continue
      }
      let (scalar, next) = Glyphs.scalar(text, index, end)
      if Glyphs.isDigit(scalar) {
        var stop = next
        while stop < end, Glyphs.isDigit(UInt32(text[stop])) { stop += 1 }
        if let call = digits(text, line, index..<stop, lineIndex) { out.append(call) }
        index = stop
      } else if Glyphs.superscript(scalar) != nil {
        var stop = next
        var value = Glyphs.superscript(scalar) ?? 0
        while stop < end {
          let (more, after) = Glyphs.scalar(text, stop, end)
          guard let digit = Glyphs.superscript(more), value < 1000 else { break }
          value = value * 10 + digit
          stop = after
        }
        if index > start, value > 0 {
          let glued = !Glyphs.isSpace(text[index - 1])
          out.append(
            NoteCall(
              line: lineIndex, range: index..<stop,
              value: value, weight: glued ? 1 : 0.8))
        }
        index = stop
      } else if Glyphs.isNoteSign(scalar) {
        var stop = next
        while stop < end, Glyphs.scalar(text, stop, end).value == scalar {
          stop = Glyphs.scalar(text, stop, end).next
        }
        if index > start, isFree(text, stop, end) {
          out.append(
            NoteCall(
              line: lineIndex, range: index..<stop, sign: scalar, signs: (stop - index) / (next - index),
              value: nil, weight: 1))
        }
        index = stop
      } else {
        index = next
      }
    }
    return out
  }

  /// Nothing after a mark but the line's end, white space, stops, quotes, dashes.
  private static func isFree(_ text: [UInt8], _ index: Int, _ end: Int) -> Bool {
    guard index < end else { return true }
    let (scalar, _) = Glyphs.scalar(text, index, end)
    return !Glyphs.isLetter(scalar) && !Glyphs.isDigit(scalar)
  }

  private static func digits(_ text: [UInt8], _ line: Line, _ range: Range<Int>, _ lineIndex: Int)
    -> NoteCall?
  {
    guard range.count <= 3, range.lowerBound > line.range.lowerBound, text[range.lowerBound] != 0x30 else {
      return nil
    }
    let value = text[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    let (before, beforeStart) = Glyphs.scalarBefore(text, range.lowerBound, line.range.lowerBound)
    let free = isFree(text, range.upperBound, line.range.upperBound)
    var weight: Float
    var range = range
    if Glyphs.isLetter(before) {
      guard free else { return nil }
      weight = 1
    } else if before == 0x5B || before == 0x28 {
      guard range.upperBound < line.range.upperBound,
        text[range.upperBound] == 0x5D || text[range.upperBound] == 0x29
      else { return nil }
      weight = 0.35
      // The brackets belong to the mark.
      range = (range.lowerBound - 1)..<(range.upperBound + 1)
    } else if [0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x29, 0x5D].contains(before) || Glyphs.isQuote(before) {
      guard free else { return nil }
      weight = 1
      if before == 0x2E || before == 0x2C || before == 0x3A {
        weight = gluedWeight(text, line, beforeStart)
      }
    } else if before == 0x20 {
      guard free else { return nil }
      weight = detachedWeight(text, line, range, beforeStart)
    } else {
      return nil
    }
    return NoteCall(
      line: lineIndex, range: range, value: value,
      weight: weight)
  }

  /// A number that stands alone ("policy. 1 The"): after the end of a sentence or a clause it may well call a
  /// note, elsewhere it is a quantity.
  private static func detachedWeight(_ text: [UInt8], _ line: Line, _ range: Range<Int>, _ space: Int)
    -> Float
  {
    guard space > line.range.lowerBound,
      range.upperBound == line.range.upperBound || Glyphs.isSpace(text[range.upperBound])
    else { return 0.15 }
    let (before, start) = Glyphs.scalarBefore(text, space, line.range.lowerBound)
    switch before {
    case 0x2E: return gluedWeight(text, line, start) >= 1 ? 0.6 : 0.05
    case 0x21, 0x3F, 0x22, 0x201D, 0x2019: return 0.6
    case 0x2C, 0x3B, 0x3A, 0x29, 0x5D: return 0.4
    default: return isLabel(text, line, space) ? 0.05 : 0.15
    }
  }

  /// "Chapter 3", "Table 2": the number is that of a thing with a capital.
  private static func isLabel(_ text: [UInt8], _ line: Line, _ space: Int) -> Bool {
    var start = space
    while start > line.range.lowerBound, !Glyphs.isSpace(text[start - 1]) { start -= 1 }
    return start < space && Glyphs.isUpper(UInt32(text[start])) && Glyphs.isLetter(UInt32(text[space - 1]))
  }

  /// Signs that stand where a raised figure was misread: ^ * ° ® ’ " and the letters l, I, i after a stop.
  /// They say nothing by themselves and are asked only for notes that nothing else calls.
  static func misread(_ text: [UInt8], _ line: Line, index lineIndex: Int) -> [NoteCall] {
    var out: [NoteCall] = []
    let (start, end) = (line.range.lowerBound, line.range.upperBound)
    var at = start
    while at < end {
      let (sign, next) = Glyphs.scalar(text, at, end)
      defer { at = next }
      guard at > start, next == end || Glyphs.isSpace(text[next]), let weight = misreadWeight(sign) else {
        continue
      }
      var (before, place) = Glyphs.scalarBefore(text, at, start)
      let isDetached = before == 0x20
      if isDetached, place > start { (before, place) = Glyphs.scalarBefore(text, place, start) }
      let afterStop = [0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x29].contains(before) || Glyphs.isQuote(before)
      let isLetter = Glyphs.isLetter(sign)
      if isDetached || isLetter || Glyphs.isQuote(sign) {
        guard afterStop else { continue }
      } else if !afterStop, !Glyphs.isLetter(before) {
        continue
      }
      // A closing quote whose opening one stands near by is just that.
      if Glyphs.isQuote(sign), isClosing(text, line, at, sign) { continue }
      out.append(NoteCall(line: lineIndex, range: at..<next, weight: isDetached ? weight * 0.8 : weight))
    }
    return out
  }

  private static func misreadWeight(_ sign: UInt32) -> Float? {
    switch sign {
    case 0x5E, 0x2A, 0xB0, 0xAE, 0x7E: 0.5
    case 0x27, 0x2019, 0x22, 0x201D, 0x60, 0x2018: 0.35
    case 0x6C, 0x49, 0x69: 0.4
    default: nil
    }
  }

  private static func isClosing(_ text: [UInt8], _ line: Line, _ at: Int, _ sign: UInt32) -> Bool {
    var index = at
    var quotes = 0
    // Over the lines above too: a quotation may be long.
    let from = max(0, at - 400)
    while index > from {
      let (value, before) = Glyphs.scalarBefore(text, index, 0)
      if Glyphs.isQuote(value) {
        let isWordInner =
          before > 0 && Glyphs.isLetter(Glyphs.scalarBefore(text, before, 0).value)
          && Glyphs.isLetter(Glyphs.scalar(text, index, text.count).value)
        if !isWordInner { quotes += 1 }
      }
      index = before
    }
    return quotes % 2 == 1
  }

  /// A number after a stop: the stop may be a decimal point (3.14) or an abbreviation's (p.12); a year
  /// before it is neither ("2000.8").
  private static func gluedWeight(_ text: [UInt8], _ line: Line, _ stop: Int) -> Float {
    guard stop > line.range.lowerBound else { return 0.15 }
    var start = stop
    while start > line.range.lowerBound, text[start - 1] < 0x80,
      Glyphs.isDigit(UInt32(text[start - 1])) || Glyphs.isLetter(UInt32(text[start - 1]))
    {
      start -= 1
    }
    let word = text[start..<stop]
    if let last = word.last, Glyphs.isDigit(UInt32(last)) {
      let year = word.reduce(0) { Glyphs.isDigit(UInt32($1)) && $0 < 10000 ? $0 * 10 + Int($1 - 0x30) : -1 }
      return year >= 1500 && year < 2100 ? 1 : 0.15
    }
    return afterAbbreviation.contains(String(decoding: word, as: UTF8.self).lowercased()) ? 0.05 : 1
  }
}
