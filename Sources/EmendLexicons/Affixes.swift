/// Derivation: which words can be made from a trusted one by a known prefix or suffix.
struct Affixes: Sendable {
  /// Prefixes by their first letter, suffixes by their last: all others need no look.
  private let prefixes: Shelf
  private let suffixes: Shelf

  init(_ image: MappedImage) throws {
    prefixes = try Shelf(image, "affixes.prefixes")
    suffixes = try Shelf(image, "affixes.suffixes")
  }

  static func add(prefixes: [String], suffixes: [String], to builder: inout ImageBuilder) {
    Shelf.add(prefixes, key: \.first, to: &builder, "affixes.prefixes")
    Shelf.add(suffixes, key: \.last, to: &builder, "affixes.suffixes")
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
    private let pool: MappedArray<UInt8>
    /// Where each affix starts in the pool, the end of the last one behind.
    private let starts: MappedArray<Int32>
    /// For each key letter the number of its first affix, the number of all behind.
    private let firsts: MappedArray<Int32>

    init(_ image: MappedImage, _ name: String) throws {
      pool = try image.array(name, of: UInt8.self)
      starts = try image.array(name + ".starts", of: Int32.self)
      firsts = try image.array(name + ".firsts", of: Int32.self)
      let isSound =
        firsts.count == 257 && starts.count == Int(firsts[256]) + 1
        && Int(starts[starts.count - 1]) == pool.count
      guard isSound else {
        throw LexiconError.bad(file: "image", line: 0, message: "the affixes do not fit together")
      }
    }

    static func add(
      _ affixes: [String], key: ([UInt8]) -> UInt8?, to builder: inout ImageBuilder, _ name: String
    ) {
      var pool: [UInt8] = []
      var starts: [Int32] = [0]
      var firsts: [Int32] = []
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
      builder.add(name, pool)
      builder.add(name + ".starts", starts)
      builder.add(name + ".firsts", firsts)
    }

    /// Whether one of the affixes with a key letter, in their order, satisfies a condition.
    @inline(__always)
    func contains(_ letter: UInt8, where condition: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
      // The memory itself: no count of references is touched, which threads would fight for.
      let (pool, starts, firsts) = (pool.storage, starts.storage, firsts.storage)
      for number in Int(firsts[Int(letter)])..<Int(firsts[Int(letter) + 1]) {
        let affix = pool[Int(starts[number])..<Int(starts[number + 1])]
        if condition(UnsafeBufferPointer(rebasing: affix)) { return true }
      }
      return false
    }
  }
}
