/// Derivation: which words can be made from a trusted one by a known prefix or suffix.
struct Affixes: Sendable {
  /// Prefixes by their first letter, suffixes by their last: all others need no look.
  private let prefixes: Shelf
  private let suffixes: Shelf

  init(_ image: MappedImage) throws {
    prefixes = Shelf(try image.strings("affixes.prefixes")) { $0.first }
    suffixes = Shelf(try image.strings("affixes.suffixes")) { $0.last }
  }

  /// A derived word has at least seven letters and what is left of it at least four: shorter remainders
  /// are found in any string.
  private static let shortestWord = 7
  private static let shortestStem = 4
  private static let longestWord = 64

  func derives(_ word: UnsafeBufferPointer<UInt8>, isTrusted: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    guard word.count >= Self.shortestWord, word.count <= Self.longestWord else { return false }
    let hasPrefix = prefixes.contains(word[0]) { prefix in
      word.count - prefix.count >= Self.shortestStem && Self.matches(word, 0, prefix)
        && isTrusted(UnsafeBufferPointer(rebasing: word[prefix.count...]))
    }
    if hasPrefix { return true }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longestWord + 1) { scratch in
      suffixes.contains(word[word.count - 1]) { suffix in
        let stem = word.count - suffix.count
        guard stem >= Self.shortestStem, Self.matches(word, stem, suffix) else { return false }
        if isTrusted(UnsafeBufferPointer(rebasing: word[..<stem])) { return true }
        _ = scratch.update(fromContentsOf: word[..<stem])
        // "ratif|ying" has lost nothing, "negotiat|ing" an e, "treati|es" its y.
        if let first = suffix.first, first == 0x61 || first == 0x65 || first == 0x69 {
          scratch[stem] = 0x65
          if isTrusted(UnsafeBufferPointer(rebasing: scratch[...stem])) { return true }
        }
        guard scratch[stem - 1] == 0x69 else { return false }
        scratch[stem - 1] = 0x79
        return isTrusted(UnsafeBufferPointer(rebasing: scratch[..<stem]))
      }
    }
  }

  @inline(__always)
  private static func matches(
    _ word: UnsafeBufferPointer<UInt8>, _ at: Int, _ affix: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    for k in 0..<affix.count where word[at + k] != affix[k] { return false }
    return true
  }

  /// Affixes in one pool, those with the same key letter side by side: a look at them touches no other memory.
  private struct Shelf: Sendable {
    private var pool: [UInt8] = []
    /// Where each affix starts in the pool, the end of the last one behind.
    private var starts: [Int32] = [0]
    /// For each key letter the number of its first affix, the number of all behind.
    private var firsts: [Int32] = []

    init(_ affixes: [String], key: ([UInt8]) -> UInt8?) {
      var byKey = [[[UInt8]]](repeating: [], count: 256)
      for affix in affixes.map({ Array($0.utf8) }) {
        if let letter = key(affix) { byKey[Int(letter)].append(affix) }
      }
      for affixes in byKey {
        firsts.append(Int32(starts.count - 1))
        for affix in affixes {
          pool += affix
          starts.append(Int32(pool.count))
        }
      }
      firsts.append(Int32(starts.count - 1))
    }

    /// Whether one of the affixes with a key letter, in their order, satisfies a condition.
    @inline(__always)
    func contains(_ letter: UInt8, where condition: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
      let numbers = Int(firsts[Int(letter)])..<Int(firsts[Int(letter) + 1])
      if numbers.isEmpty { return false }
      return pool.withUnsafeBufferPointer { pool in
        for number in numbers {
          let affix = pool[Int(starts[number])..<Int(starts[number + 1])]
          if condition(UnsafeBufferPointer(rebasing: affix)) { return true }
        }
        return false
      }
    }
  }
}
