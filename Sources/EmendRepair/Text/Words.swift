/// The words of a text: runs without white space, read across line-end hyphens, each with the id of its
/// distinct form.
///
/// "signiA-⏎cant" is one word with the form "signiAcant"; its place in the text keeps the hyphen and the
/// line end, and `positions(of:)` leads from the form back to the text.
struct Words {
  struct Word {
    /// Bytes of the text, the line break inside included.
    var start: Int32
    var end: Int32
    var form: Int32
  }

  private(set) var all: [Word] = []
  private(set) var forms: FormTable

  var count: Int { all.count }

  init(_ text: [UInt8]) {
    forms = FormTable(capacity: max(256, text.count / 40))
    all.reserveCapacity(text.count / 6)
    text.withUnsafeBufferPointer { cut($0, 0..<text.count) }
  }

  /// The words after some changes of the text, of which only the neighbourhoods are cut anew; ids of forms stay.
  ///
  /// - Parameters:
  ///   - changes: stretches of the old text with the stretches of the new one that take their place, in order.
  ///   - text: the new text.
  mutating func update(_ changes: [(old: Range<Int>, new: Range<Int>)], _ text: [UInt8]) {
    let before = all
    all.removeAll(keepingCapacity: true)
    all.reserveCapacity(before.count + changes.count)
    text.withUnsafeBufferPointer { bytes in
      var index = 0
      var shift = 0
      var number = 0
      while number < changes.count {
        // Words that end well before the change are taken over; one more is cut anew, since a hyphen may join it.
        let touched = changes[number].old.lowerBound
        let first = index
        while index + 1 < before.count, Int(before[index + 1].end) < touched { index += 1 }
        take(before[first..<index], shift)
        let from = all.last.map { Int($0.end) } ?? 0
        // Everything up to two words after the last change of this neighbourhood.
        var spare = 2
        while true {
          while number < changes.count,
            index >= before.count || changes[number].old.lowerBound <= Int(before[index].end) + 1
          {
            shift = changes[number].new.upperBound - changes[number].old.upperBound
            number += 1
            spare = 2
          }
          guard index < before.count, spare > 0 else { break }
          forms.forget(Int(before[index].form))
          if number > 0, Int(before[index].start) > changes[number - 1].old.upperBound { spare -= 1 }
          index += 1
        }
        let to = index < before.count ? Int(before[index].start) + shift : text.count
        cut(bytes, from..<to)
      }
      take(before[index...], shift)
    }
  }

  /// Takes over words of the old text that the changes have only moved.
  private mutating func take(_ words: ArraySlice<Word>, _ shift: Int) {
    let by = Int32(shift)
    all.append(
      contentsOf: words.lazy.map { Word(start: $0.start + by, end: $0.end + by, form: $0.form) })
  }

  /// Whether the byte at `at` parts words. U+000C and U+000D beside letters are letters of a damaged
  /// font until judged, unless they start a line; U+000B parts nothing.
  @inline(__always)
  static func isSpace(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    let byte = text[at]
    if byte > 0x20 { return byte >= 0xC2 && byte <= 0xE3 && isWideSpace(text, at) }
    switch byte {
    case 0x20, 0x0A, 0x09: return true
    case 0x0C, 0x0D:
      guard at + 1 < text.count else { return true }
      let next = text[at + 1]
      let lower = next >= 0x61 && next <= 0x7A
      if at == 0 || text[at - 1] <= 0x20 {
        return !(lower && at > 0 && text[at - 1] == 0x20)
      }
      return !(lower || next >= 0x41 && next <= 0x5A)
    default: return false
    }
  }

  /// Bytes of a space beyond ASCII at `at` (U+00A0, U+2000–U+200A, U+2028, U+2029, U+202F, U+3000), else 0.
  @inline(__always)
  static func wideSpace(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    switch text[at] {
    case 0xC2: return at + 1 < text.count && (text[at + 1] == 0xA0 || text[at + 1] == 0x85) ? 2 : 0
    case 0xE2:
      guard at + 2 < text.count, text[at + 1] == 0x80 else { return 0 }
      let last = text[at + 2]
      return last <= 0x8A || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0
    case 0xE3: return at + 2 < text.count && text[at + 1] == 0x80 && text[at + 2] == 0x80 ? 3 : 0
    default: return 0
    }
  }

  @inline(__always)
  private static func isWideSpace(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    wideSpace(text, at) > 0
  }

  private mutating func cut(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var joined: [UInt8] = []
    var at = range.lowerBound
    let end = range.upperBound
    var pending: (start: Int, end: Int)?
    while at < end {
      // Skip white space, counting line ends.
      var breaks = 0
      while at < end, Words.isSpace(text, at) {
        if text[at] == 0x0A { breaks += 1 }
        at += max(1, Words.wideSpace(text, at))
      }
      if at >= end { break }
      let start = at
      at += 1
      while at < end {
        // Printed ASCII parts nothing; the rest is looked at more closely.
        if text[at] &- 0x21 < 0x5E {
          at += 1
        } else if Words.isSpace(text, at) {
          break
        } else {
          at += 1
        }
      }

      if let open = pending {
        if breaks >= 1, breaks <= 2, Words.continues(text, start, at) {
          // Take the hyphen off what is open and go on with this run.
          if joined.isEmpty { joined.append(contentsOf: text[open.start..<open.end]) }
          joined.removeLast(Words.hyphenLength(joined, 0, joined.count))
          joined.append(contentsOf: text[start..<at])
          let count = Words.hyphenLength(joined, 0, joined.count)
          pending = (open.start, at)
          if count == 0 || at - start <= count {
            add(joined, open.start, at)
            joined.removeAll(keepingCapacity: true)
            pending = nil
          }
          continue
        }
        close(text, open, joined)
        joined.removeAll(keepingCapacity: true)
        pending = nil
      }
      if Words.hyphenLength(text, start, at) > 0 {
        pending = (start, at)
      } else {
        let form = forms.intern(UnsafeBufferPointer(rebasing: text[start..<at]))
        all.append(Word(start: Int32(start), end: Int32(at), form: Int32(form)))
      }
    }
    if let open = pending { close(text, open, joined) }
  }

  private mutating func close(
    _ text: UnsafeBufferPointer<UInt8>, _ open: (start: Int, end: Int), _ joined: [UInt8]
  ) {
    if joined.isEmpty {
      let form = forms.intern(UnsafeBufferPointer(rebasing: text[open.start..<open.end]))
      all.append(Word(start: Int32(open.start), end: Int32(open.end), form: Int32(form)))
    } else {
      add(joined, open.start, open.end)
    }
  }

  private mutating func add(_ form: [UInt8], _ start: Int, _ end: Int) {
    all.append(Word(start: Int32(start), end: Int32(end), form: Int32(forms.intern(form))))
  }

  /// Bytes of the hyphen that ends a run (-, soft hyphen, ¬, U+2010), 0 when there is none or when what
  /// stands before it is a dash or nothing.
  @inline(__always)
  static func hyphenLength<B: RandomAccessCollection>(_ text: B, _ start: Int, _ end: Int) -> Int
  where B.Element == UInt8, B.Index == Int {
    guard end - start >= 2 else { return 0 }
    let last = text[end - 1]
    var length = 0
    if last == 0x2D {
      length = 1
    } else if last == 0xAD || last == 0xAC, text[end - 2] == 0xC2 {
      length = 2
    } else if last == 0x90, end - start >= 3, text[end - 2] == 0x80, text[end - 3] == 0xE2 {
      length = 3
    }
    guard length > 0, end - length > start else { return 0 }
    let before = text[end - length - 1]
    // A dash before the hyphen: "--", "–-".
    if before == 0x2D || before == 0x93 || before == 0x94 { return 0 }
    return length
  }

  /// Whether a run can continue a word that was broken at a line end.
  private static func continues(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let first = Glyph.scalar(text, start)
    let second = start + Glyph.width(text[start])
    let upperSecond = second < end && Glyph.isUpper(Glyph.scalar(text, second))
    guard Glyph.isLower(first) || !(Glyph.isLetter(first) || Glyph.isDigit(first)) || !upperSecond else {
      return false
    }
    var at = start
    var seen = 0
    while at < end, seen < 3 {
      if Glyph.isLetter(Glyph.scalar(text, at)) { return true }
      at += Glyph.width(text[at])
      seen += 1
    }
    return false
  }

  /// Whether a word is broken over a line end.
  func isBroken(_ index: Int) -> Bool {
    Int(all[index].end - all[index].start) != forms.length(Int(all[index].form))
  }

  /// For each byte of the word's form its offset in the text, and the word's end last.
  func positions(of index: Int, in text: [UInt8]) -> [Int] {
    let word = all[index]
    let (start, end) = (Int(word.start), Int(word.end))
    if !isBroken(index) { return Array(start...end) }
    return text.withUnsafeBufferPointer { bytes in
      var result: [Int] = []
      var kept: [UInt8] = []
      var at = start
      while at < end {
        if Words.isSpace(bytes, at) {
          let hyphen = Words.hyphenLength(kept, 0, kept.count)
          kept.removeLast(hyphen)
          result.removeLast(hyphen)
          while at < end, Words.isSpace(bytes, at) { at += max(1, Words.wideSpace(bytes, at)) }
        } else {
          kept.append(bytes[at])
          result.append(at)
          at += 1
        }
      }
      result.append(end)
      return result
    }
  }
}
