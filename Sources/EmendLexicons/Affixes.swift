/// Derivation: which words can be made from a trusted one by a known prefix or suffix.
struct Affixes: Sendable {
  private let prefixes: [[UInt8]]
  private let suffixes: [[UInt8]]

  init(_ image: MappedImage) throws {
    prefixes = try image.strings("affixes.prefixes").map { Array($0.utf8) }
    suffixes = try image.strings("affixes.suffixes").map { Array($0.utf8) }
  }

  /// A derived word has at least seven letters and what is left of it at least four: shorter remainders
  /// are found in any string.
  private static let shortestWord = 7
  private static let shortestStem = 4
  private static let longestWord = 64

  func derives(_ word: UnsafeBufferPointer<UInt8>, isTrusted: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    guard word.count >= Self.shortestWord, word.count <= Self.longestWord else { return false }
    for prefix in prefixes where word.count - prefix.count >= Self.shortestStem {
      if word.starts(with: prefix), isTrusted(UnsafeBufferPointer(rebasing: word[prefix.count...])) {
        return true
      }
    }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longestWord + 1) { scratch in
      for suffix in suffixes {
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
