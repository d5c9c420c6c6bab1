/// A pattern with stars, each of which stands for any letters, none included: "organi*ation".
struct Glob: Sendable {
  /// The id that it shares with prefixes.
  let id: Int32
  /// What stands between the stars; the first part begins the word, the last one ends it.
  private let parts: [[UInt8]]

  init(id: Int32, pattern: some Sequence<UInt8>) {
    self.id = id
    parts = Array(pattern).split(separator: 0x2A, omittingEmptySubsequences: false).map { Array($0) }
  }

  /// Whether a word, in small letters, fits. Each part is taken at its first place after the one before, which is
  /// enough where stars stand for anything.
  func fits(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = parts.first, let last = parts.last, parts.count > 1,
      word.count >= first.count + last.count, word.starts(with: first),
      word.suffix(last.count).elementsEqual(last)
    else { return false }
    var at = first.count
    let end = word.count - last.count
    for part in parts.dropFirst().dropLast() {
      while at + part.count <= end, !word[at..<(at + part.count)].elementsEqual(part) { at += 1 }
      if at + part.count > end { return false }
      at += part.count
    }
    return true
  }
}
