/// Derivation: which words can be made from a trusted one by a known prefix or suffix.
struct Affixes: Sendable {
  /// Prefixes by their first letter, suffixes by their last: all others need no look.
  private let prefixes: [[[UInt8]]]
  private let suffixes: [[[UInt8]]]

  init(_ image: MappedImage) throws {
    var prefixes = [[[UInt8]]](repeating: [], count: 256)
    for prefix in try image.strings("affixes.prefixes") {
      if let first = prefix.utf8.first { prefixes[Int(first)].append(Array(prefix.utf8)) }
    }
    var suffixes = [[[UInt8]]](repeating: [], count: 256)
    for suffix in try image.strings("affixes.suffixes") {
      if let last = suffix.utf8.last { suffixes[Int(last)].append(Array(suffix.utf8)) }
    }
    self.prefixes = prefixes
    self.suffixes = suffixes
  }

  /// A derived word has at least seven letters and what is left of it at least four: shorter remainders
  /// are found in any string.
  private static let shortestWord = 7
  private static let shortestStem = 4
  private static let longestWord = 64

  func derives(_ word: UnsafeBufferPointer<UInt8>, isTrusted: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    guard word.count >= Self.shortestWord, word.count <= Self.longestWord else { return false }
    for prefix in prefixes[Int(word[0])] where word.count - prefix.count >= Self.shortestStem {
      if word.starts(with: prefix), isTrusted(UnsafeBufferPointer(rebasing: word[prefix.count...])) {
        return true
      }
    }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longestWord + 1) { scratch in
      for suffix in suffixes[Int(word[word.count - 1])] {
        let stem = word.count - suffix.count
        guard stem >= Self.shortestStem, word[stem...].elementsEqual(suffix) else { continue }
        if isTrusted(UnsafeBufferPointer(rebasing: word[..<stem])) { return true }
        _ = scratch.update(fromContentsOf: word[..<stem])
        // "ratif|ying" has lost nothing, "negotiat|ing" an e, "treati|es" its y.
        if let first = suffix.first, first == 0x61 || first == 0x65 || first == 0x69 {
          scratch[stem] = 0x65
          if isTrusted(UnsafeBufferPointer(rebasing: scratch[...stem])) { return true }
        }
        if scratch[stem - 1] == 0x69 {
          scratch[stem - 1] = 0x79
          if isTrusted(UnsafeBufferPointer(rebasing: scratch[..<stem])) { return true }
        }
      }
      return false
    }
  }
}
