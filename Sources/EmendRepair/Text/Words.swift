import EmendText

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

  init(_ text: [UInt8], threads: Int = 1) {
    let stretches = threads > 1 ? Words.stretches(text, atMost: threads) : [0..<text.count]
    // One stretch for each thread: every further one has forms that the others have too.
    var parts = SideBySide.map(stretches.count, threads: threads) { some in
      some.map { Words(text, stretches[$0]) }
    }.flatMap(\.self)
    self = parts[0]
    parts[0].forms = FormTable()
    for index in parts.indices.dropFirst() {
      append(parts[index])
      parts[index] = Words([], 0..<0)
    }
  }

  private init(_ text: [UInt8], _ stretch: Range<Int>) {
    forms = FormTable(capacity: max(256, stretch.count / Words.bytesPerForm))
    var words: [Word] = []
    words.reserveCapacity(stretch.count / 6)
    var waiting = Words.queue
    text.withUnsafeBufferPointer {
      _ = cut($0, stretch, &waiting, into: &words)
      settle(&waiting, $0, into: &words)
    }
    all = words
  }

  /// Adds the words of the stretch behind; forms that are new come last, in the order in which they first stand there.
  private mutating func append(_ later: Words) {
    let ids = forms.add(later.forms)
    all.reserveCapacity(all.count + later.all.count)
    for word in later.all {
      all.append(Word(start: word.start, end: word.end, form: ids[Int(word.form)]))
    }
  }

  /// Bytes of running text for each distinct form, as few long texts have fewer.
  private static let bytesPerForm = 80

  /// Shorter texts are not worth a thread.
  private static let leastStretch = 1 << 17

  /// Cuts a text into stretches of about one length at line ends over which no word goes on.
  private static func stretches(_ text: [UInt8], atMost count: Int) -> [Range<Int>] {
    let wanted = min(count, text.count / leastStretch)
    var starts = [0]
    text.withUnsafeBufferPointer { bytes in
      for number in 1..<max(wanted, 1) {
        var at = max(starts[starts.count - 1] + 1, text.count * number / wanted)
        while at < text.count, !partsWords(bytes, at) { at += 1 }
        if at < text.count { starts.append(at + 1) }
      }
    }
    return zip(starts, starts.dropFirst() + [text.count]).map { $0..<$1 }
  }

  /// Whether a line ends at `at` behind a letter or a full stop of ASCII, and the next one begins with print: no hyphen
  /// joins the two, and no sign before or behind changes what they are.
  private static func partsWords(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    guard text[at] == 0x0A, at > 1, at + 1 < text.count, text[at + 1] > 0x20 else { return false }
    let last = text[at - 1]
    return (last | 0x20 >= 0x61 && last | 0x20 <= 0x7A || last == 0x2E) && text[at - 2] > 0x20
  }

  /// Old words that are cut anew.
  private struct Patch {
    var old: Range<Int>
    /// Places of the new ones among all that are fresh.
    var fresh: Range<Int>
    /// How far the words between the patch before and this one have moved.
    var shift: Int32
  }

  /// The words after some changes of the text, of which only the neighbourhoods are cut anew; ids of forms stay.
  ///
  /// - Parameters:
  ///   - changes: stretches of the old text with the stretches of the new one that take their place, in order.
  ///   - text: the new text.
  mutating func update(_ changes: [(old: Range<Int>, new: Range<Int>)], _ text: [UInt8]) {
    var words: [Word] = []
    swap(&words, &all)
    var fresh: [Word] = []
    var waiting = Words.queue
    var patches: [Patch] = []
    patches.reserveCapacity(changes.count)
    var shift = 0
    text.withUnsafeBufferPointer { bytes in
      var index = 0
      var number = 0
      // Where the word before ends in the new text.
      var from = 0
      while number < changes.count {
        // Words that end well before the change are taken over; one more is cut anew, since a hyphen may join it.
        let touched = changes[number].old.lowerBound
        let first = index
        while index + 1 < words.count, Int(words[index + 1].end) < touched { index += 1 }
        if index > first { from = Int(words[index - 1].end) + shift }
        let (start, before) = (index, shift)
        // Everything up to two words after the last change of this neighbourhood.
        var spare = 2
        while true {
          while number < changes.count,
            index >= words.count || changes[number].old.lowerBound <= Int(words[index].end) + 1
          {
            shift = changes[number].new.upperBound - changes[number].old.upperBound
            number += 1
            spare = 2
          }
          guard index < words.count, spare > 0 else { break }
          forms.forget(Int(words[index].form))
          if number > 0, Int(words[index].start) > changes[number - 1].old.upperBound { spare -= 1 }
          index += 1
        }
        let to = index < words.count ? Int(words[index].start) + shift : text.count
        let known = fresh.count + waiting.count
        from = cut(bytes, from..<to, &waiting, into: &fresh) ?? from
        patches.append(
          Patch(old: start..<index, fresh: known..<(fresh.count + waiting.count), shift: Int32(before)))
      }
      settle(&waiting, bytes, into: &fresh)
    }
    Words.put(fresh, patches, into: &words, last: Int32(shift))
    all = words
  }

  /// Puts the words of the patches into their places and moves all others with the text about them.
  ///
  /// - Parameter last: how far the words after the last patch move.
  private static func put(_ fresh: [Word], _ patches: [Patch], into words: inout [Word], last: Int32) {
    var read = 0
    var count = 0
    // Whether no word has to move behind its old place.
    var fits = true
    for patch in patches {
      count += patch.old.lowerBound - read + patch.fresh.count
      read = patch.old.upperBound
      if count > read { fits = false }
    }
    count += words.count - read
    if fits {
      words.withUnsafeMutableBufferPointer {
        merge(UnsafeBufferPointer($0), fresh, patches, last, into: $0)
      }
      words.removeLast(words.count - count)
    } else {
      words = [Word](unsafeUninitializedCapacity: count) { new, length in
        words.withUnsafeBufferPointer { merge($0, fresh, patches, last, into: new) }
        length = count
      }
    }
  }

  private static func merge(
    _ old: UnsafeBufferPointer<Word>, _ fresh: [Word], _ patches: [Patch], _ last: Int32,
    into new: UnsafeMutableBufferPointer<Word>
  ) {
    var (read, write) = (0, 0)
    func move(to end: Int, by shift: Int32) {
      if read == write && shift == 0 {
        if old.baseAddress == UnsafePointer(new.baseAddress) {
          (read, write) = (end, end)
          return
        }
      }
      while read < end {
        let word = old[read]
        new[write] = Word(start: word.start &+ shift, end: word.end &+ shift, form: word.form)
        read += 1
        write += 1
      }
    }
    for patch in patches {
      move(to: patch.old.lowerBound, by: patch.shift)
      for word in fresh[patch.fresh] {
        new[write] = word
        write += 1
      }
      read = patch.old.upperBound
    }
    move(to: old.count, by: last)
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

  /// Words that are cut and wait for the ids of their forms.
  private static var queue: [FormTable.Token] {
    var tokens: [FormTable.Token] = []
    tokens.reserveCapacity(waitingWords)
    return tokens
  }
  private static let waitingWords = 256

  /// Gives the waiting words the ids of their forms.
  private mutating func settle(
    _ waiting: inout [FormTable.Token], _ text: UnsafeBufferPointer<UInt8>, into words: inout [Word]
  ) {
    forms.intern(waiting, in: text) { place, id in
      let token = waiting[place]
      words.append(Word(start: token.start, end: token.start + token.key.length, form: id))
    }
    waiting.removeAll(keepingCapacity: true)
  }

  /// Cuts a stretch of a text that starts and ends between words.
  ///
  /// - Parameters:
  ///   - waiting: words whose forms have no ids yet; behind those of `words` in the text.
  /// - Returns: where the last word ends, nil when there was none.
  private mutating func cut(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ waiting: inout [FormTable.Token],
    into words: inout [Word]
  ) -> Int? {
    var joined: [UInt8] = []
    var at = range.lowerBound
    let end = range.upperBound
    var pending: (start: Int, end: Int)?
    var last: Int?

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
      while true {
        // Printed ASCII parts nothing; the rest is looked at more closely.
        at = ByteScan.beyondPrint(text, from: at)
        if at >= end || Words.isSpace(text, at) { break }
        at += 1
      }
      at = min(at, end)

      if let open = pending {
        if breaks >= 1, breaks <= 2, Words.continues(text, start, at) {
          // Take the hyphen off what is open and go on with this run.
          if joined.isEmpty { joined.append(contentsOf: text[open.start..<open.end]) }
          joined.removeLast(Words.hyphenLength(joined, 0, joined.count))
          joined.append(contentsOf: text[start..<at])
          let count = Words.hyphenLength(joined, 0, joined.count)
          pending = (open.start, at)
          if count == 0 || at - start <= count {
            add(open.start..<at, joined, text, &waiting, into: &words)
            joined.removeAll(keepingCapacity: true)
            last = at
            pending = nil
          }
          continue
        }
        add(open.start..<open.end, joined, text, &waiting, into: &words)
        joined.removeAll(keepingCapacity: true)
        last = open.end
        pending = nil
      }
      if Words.hyphenLength(text, start, at) > 0 {
        pending = (start, at)
      } else {
        add(start..<at, text, &waiting, into: &words)
        last = at
      }
    }
    if let open = pending {
      add(open.start..<open.end, joined, text, &waiting, into: &words)
      last = open.end
    }
    return last
  }

  @inline(__always)
  private mutating func add(
    _ range: Range<Int>, _ text: UnsafeBufferPointer<UInt8>, _ waiting: inout [FormTable.Token],
    into words: inout [Word]
  ) {
    waiting.append(
      FormTable.Token(key: FormTable.key(of: range, in: text), start: Int32(range.lowerBound), times: 1))
    if waiting.count == Words.waitingWords { settle(&waiting, text, into: &words) }
  }

  /// Adds a word that a line end may break: its form is `joined`, or what stands in the text where that is empty.
  private mutating func add(
    _ range: Range<Int>, _ joined: [UInt8], _ text: UnsafeBufferPointer<UInt8>,
    _ waiting: inout [FormTable.Token], into words: inout [Word]
  ) {
    if joined.isEmpty { return add(range, text, &waiting, into: &words) }
    settle(&waiting, text, into: &words)
    words.append(
      Word(
        start: Int32(range.lowerBound), end: Int32(range.upperBound), form: Int32(forms.intern(joined))))
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
