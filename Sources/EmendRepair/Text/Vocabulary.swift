/// The words of a document in small letters with their counts: what the document itself attests.
struct Vocabulary {
  private(set) var table: FormTable
  /// Of each word the occurrences that start with a capital.
  private var capitals: [Int32] = []
  /// Occurrences of all words.
  private(set) var total = 0

  init(_ words: Words) {
    // Most forms differ in more than capitals and punctuation.
    table = FormTable(capacity: max(256, words.forms.count / 2))
    capitals.reserveCapacity(words.forms.count)
    var waiting = Waiting()
    var run = Form()
    for id in 0..<words.forms.count {
      let times = words.forms.counts[id]
      if times == 0 { continue }
      if words.forms.withBytes(id, { waiting.add($0, times) }) {
        if waiting.isFull { settle(&waiting) }
        continue
      }
      settle(&waiting)
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
    settle(&waiting)
  }

  /// Words of ASCII letters on their way into the table, in small letters.
  private struct Waiting {
    private(set) var letters: [UInt8] = []
    private(set) var tokens: [FormTable.Token] = []
    private(set) var areCapital: [Bool] = []

    private static let most = 256
    var isFull: Bool { tokens.count >= Waiting.most }

    /// Adds a form that is one word with punctuation of ASCII about it, or none; false for any other.
    mutating func add(_ form: UnsafeBufferPointer<UInt8>, _ times: Int32) -> Bool {
      var (low, high) = (0, form.count)
      while low < high, !Vocabulary.isLetter(form[low]), form[low] < 0x80 { low += 1 }
      while high > low, !Vocabulary.isLetter(form[high - 1]), form[high - 1] < 0x80 { high -= 1 }
      if low == high { return true }
      for at in low..<high where !Vocabulary.isLetter(form[at]) { return false }
      let start = letters.count
      for at in low..<high { letters.append(form[at] | 0x20) }
      let key = letters.withUnsafeBufferPointer { FormTable.key(of: start..<$0.count, in: $0) }
      tokens.append(FormTable.Token(key: key, start: Int32(start), times: times))
      areCapital.append(form[low] <= 0x5A)
      return true
    }

    mutating func removeAll() {
      letters.removeAll(keepingCapacity: true)
      tokens.removeAll(keepingCapacity: true)
      areCapital.removeAll(keepingCapacity: true)
    }
  }

  private mutating func settle(_ waiting: inout Waiting) {
    waiting.letters.withUnsafeBufferPointer { letters in
      table.intern(waiting.tokens, in: letters) { place, id in
        let times = waiting.tokens[place].times
        if Int(id) == capitals.count { capitals.append(0) }
        if waiting.areCapital[place] { capitals[Int(id)] += times }
        total += Int(times)
      }
    }
    waiting.removeAll()
  }

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
