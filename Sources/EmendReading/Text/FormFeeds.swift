#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The form feeds of a text: which of them start a page, and which stand for a ligature of the damaged font
/// (TeX's old fonts put fi at U+000C).
struct FormFeeds {
  /// Offsets of those that end a line and start a page, in order.
  private(set) var pageStarts: [Int] = []
  /// Whether the last one has nothing but white space after it: it ends the last page and starts none.
  private(set) var lastIsTerminator = false

  /// Every form feed starts a page wherever it stands, except one between two letters, or between a space
  /// and a small letter, in a text that uses the sign inside its words.
  init(in text: [UInt8]) {
    let all = Self.offsets(of: 0x0C, in: text)
    if all.isEmpty { return }
    let inside = all.filter { Self.standsInWord(text, at: $0) }
    let areLigatures = !inside.isEmpty && Self.usesFormFeedInWords(text, inside: inside)
    if areLigatures {
      let ligatures = Set(inside)
      pageStarts = all.filter { !ligatures.contains($0) }
    } else {
      pageStarts = all
    }
    if let last = pageStarts.last {
      lastIsTerminator = text[(last + 1)...].allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
    }
  }

  static func offsets(of byte: UInt8, in text: [UInt8]) -> [Int] {
    var found: [Int] = []
    text.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      var at = 0
      while at < bytes.count, let hit = memchr(base + at, Int32(byte), bytes.count - at) {
        found.append(base.distance(to: UnsafeRawPointer(hit)))
        at = found[found.count - 1] + 1
      }
    }
    return found
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 }
  private static func isSmall(_ byte: UInt8) -> Bool { byte >= 0x80 || byte &- 0x61 < 26 }

  private static func standsInWord(_ text: [UInt8], at offset: Int) -> Bool {
    guard offset > 0, offset + 1 < text.count else { return false }
    let (before, after) = (text[offset - 1], text[offset + 1])
    return isSmall(after) && (isLetter(before) || before == 0x20)
  }

  /// A document does so when other control signs stand between its letters as well, when two stand in one
  /// line, or when most lines that hold one are no longer than lines are: the line of two pages run together
  /// would be longer.
  private static func usesFormFeedInWords(_ text: [UInt8], inside: [Int]) -> Bool {
    let sample = text.prefix(1 << 20)
    for at in sample.indices where text[at] == 0x0B || text[at] == 0x0E || text[at] == 0x0F {
      if at > 0, at + 1 < text.count, isLetter(text[at - 1]), isSmall(text[at + 1]) { return true }
    }
    var lengths: [Int] = []
    var start = sample.startIndex
    while start < sample.endIndex {
      let end = sample[start...].firstIndex(of: 0x0A) ?? sample.endIndex
      if end - start > 8, !text[start..<end].contains(0x0C) { lengths.append(end - start) }
      start = end + 1
    }
    lengths.sort()
    let measure = lengths.isEmpty ? nil : lengths[lengths.count * 4 / 5]
    var ordinary = 0
    var lines = 0
    var lineEnd = -1
    for offset in inside {
      if offset < lineEnd { return true }
      let lower = text[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      lineEnd = text[offset...].firstIndex(of: 0x0A) ?? text.count
      lines += 1
      if let measure, Double(lineEnd - lower) <= 1.25 * Double(measure) { ordinary += 1 }
    }
    return ordinary * 2 > lines
  }
}
