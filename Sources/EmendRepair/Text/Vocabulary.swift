/// The words of a document in small letters with their counts: what the document itself attests.
struct Vocabulary {
  private(set) var table = FormTable(capacity: 4096)
  /// Of each word the occurrences that start with a capital.
  private var capitals: [Int32] = []
  /// Occurrences of all words.
  private(set) var total = 0

  init(_ words: Words) {
    var run = Form()
    for id in 0..<words.forms.count {
      let times = words.forms.counts[id]
      if times == 0 { continue }
      if addPlain(words.forms, id, times) { continue }
      let form = words.forms[id]
      var at = 0
      func close(_ self: inout Vocabulary) {
        if run.isEmpty { return }
        while run.last == 0x27 { run.removeLast() }
        let id = self.table.intern(run.folded, times: times)
        if id == self.capitals.count { self.capitals.append(0) }
        if run.startsUpper { self.capitals[id] += times }
        self.total += Int(times)
        run.removeAll(keepingCapacity: true)
      }
      while at < form.count {
        let next = min(form.count, at + Glyph.width(form[at]))
        let u = Glyph.scalar(form, at)
        if Glyph.isLetter(u) {
          run.append(contentsOf: form[at..<next])
        } else if (u == 0x27 || u == 0x2019) && !run.isEmpty && run.last != 0x27 && next < form.count
          && Glyph.isLetter(Glyph.scalar(form, next))
        {
          run.append(0x27)
        } else {
          close(&self)
        }
        at = next
      }
      close(&self)
    }
  }

  /// Counts a form that is one ASCII word with punctuation about it; false for any other.
  private mutating func addPlain(_ forms: FormTable, _ id: Int, _ times: Int32) -> Bool {
    forms.withBytes(id) { bytes in
      var (start, end) = (0, bytes.count)
      while start < end, !Self.isLetter(bytes[start]), bytes[start] < 0x80 { start += 1 }
      while end > start, !Self.isLetter(bytes[end - 1]), bytes[end - 1] < 0x80 { end -= 1 }
      if start == end { return true }
      let length = end - start
      guard length <= Self.longestPlain else { return false }
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longestPlain) { folded in
        for at in 0..<length {
          let byte = bytes[start + at]
          guard Self.isLetter(byte) else { return false }
          folded[at] = byte | 0x20
        }
        let word = table.intern(UnsafeBufferPointer(rebasing: folded[..<length]), times: times)
        if word == capitals.count { capitals.append(0) }
        if bytes[start] <= 0x5A { capitals[word] += times }
        total += Int(times)
        return true
      }
    }
  }

  private static let longestPlain = 64
  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  /// How often a word occurs with a capital, if it mostly does, as names do; else 0.
  func countAsName(_ form: Form) -> Int {
    guard let id = table.id(form.folded), capitals[id] * 2 > table.counts[id] else { return 0 }
    return Int(capitals[id])
  }

  /// How often a word occurs, capitals or not.
  func count(_ form: Form) -> Int { table.count(of: form.folded) }

  /// The same of a word in small letters.
  func count(folded word: UnsafeBufferPointer<UInt8>) -> Int {
    table.id(word).map { Int(table.counts[$0]) } ?? 0
  }
}
