/// The words of grammar, and what else a title leaves small ("before", "with"), by their first eight letters.
///
/// Every word of a document is asked about, and most are none of these: a table with room to spare says so at the
/// first look.
struct GrammarWords: Sendable {
  enum Kind: UInt8, Sendable {
    case none
    /// Left small in a title, and otherwise a word like others.
    case title
    case function
  }
  /// The packed words, 0 where there is none.
  private let words: [UInt64]
  private let kinds: [Kind]
  private let shift: UInt64

  init(function: [UInt64], title: [UInt64]) {
    var bits: UInt64 = 4
    while 1 << bits < 8 * (function.count + title.count) { bits += 1 }
    let shift = 64 - bits
    var words = [UInt64](repeating: 0, count: 1 << Int(bits))
    var kinds = [Kind](repeating: .none, count: words.count)
    func insert(_ word: UInt64, _ kind: Kind) {
      var slot = Self.slot(word, shift)
      while words[slot] != 0, words[slot] != word { slot = (slot + 1) & (words.count - 1) }
      (words[slot], kinds[slot]) = (word, kind)
    }
    for word in title where word != 0 { insert(word, .title) }
    for word in function where word != 0 { insert(word, .function) }
    (self.words, self.kinds, self.shift) = (words, kinds, shift)
  }

  @inline(__always)
  private static func slot(_ word: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  @inline(__always)
  func kind(_ word: UInt64) -> Kind {
    var slot = Self.slot(word, shift)
    while words[slot] != 0 {
      if words[slot] == word { return kinds[slot] }
      slot = (slot + 1) & (words.count - 1)
    }
    return .none
  }
}
