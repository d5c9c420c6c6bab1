/// How often each word and each hyphenated compound stands in a document, within its lines.
///
/// The fragments on either side of a line-end hyphen are left out: they are the question, not evidence.
/// Forms are counted in lower case by 64-bit hash, so that a large book costs little memory.
///
/// "two-level" counts once each for `two-level`, `two-` (a compound that begins so), `two` and `level`.
public struct DocumentForms: Sendable {
  private var hashes = [UInt64](repeating: 0, count: 1024)
  private var tallies = [Int32](repeating: 0, count: 1024)
  private var used = 0

  /// A document of which nothing is known.
  public init() {}

  /// Counts the forms in the lines of a text, given as ranges without their line ends.
  public init(text: UnsafeBufferPointer<UInt8>, lines: some Sequence<Range<Int>>) {
    var compound = Compound()
    var fragmentAbove = false
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Compound.longestPlain) { word in
      for line in lines {
        var rest = line.clamped(to: 0..<text.count)
        while true {
          let length = Compound.readPlain(text, &rest, into: word)
          if length > 0 {
            if !fragmentAbove { add(UnsafeBufferPointer(rebasing: word[..<length])) }
            fragmentAbove = false
          } else if compound.read(text, &rest) {
            count(compound, skipFirst: fragmentAbove)
            fragmentAbove = compound.hangs
          } else {
            break
          }
        }
      }
    }
  }

  /// How often the form stands in the document; it is given in lower case.
  public func count(_ form: UnsafeBufferPointer<UInt8>) -> Int {
    Int(tallies[slot(ByteHash.hash(form) | 1)])
  }

  private mutating func count(_ compound: Compound, skipFirst: Bool) {
    let parts = compound.parts.dropFirst(skipFirst ? 1 : 0).dropLast(compound.hangs ? 1 : 0)
    guard let first = parts.first, let last = parts.last else { return }
    compound.bytes.withUnsafeBufferPointer { bytes in
      for part in parts { add(UnsafeBufferPointer(rebasing: bytes[part])) }
      for (left, right) in zip(parts, parts.dropFirst()) {
        add(UnsafeBufferPointer(rebasing: bytes[left.lowerBound..<right.upperBound]))
        add(UnsafeBufferPointer(rebasing: bytes[left.lowerBound...left.upperBound]))
      }
      if parts.count > 2 { add(UnsafeBufferPointer(rebasing: bytes[first.lowerBound..<last.upperBound])) }
    }
  }

  private mutating func add(_ form: UnsafeBufferPointer<UInt8>) {
    if used * 2 >= hashes.count { grow() }
    let hash = ByteHash.hash(form) | 1
    let at = slot(hash)
    if hashes[at] == 0 {
      hashes[at] = hash
      used += 1
    }
    tallies[at] &+= 1
  }

  private func slot(_ hash: UInt64) -> Int {
    var at = Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(hashes.count)).high)
    while hashes[at] != 0, hashes[at] != hash { at = at + 1 == hashes.count ? 0 : at + 1 }
    return at
  }

  private mutating func grow() {
    let (oldHashes, oldTallies) = (hashes, tallies)
    hashes = [UInt64](repeating: 0, count: oldHashes.count * 2)
    tallies = [Int32](repeating: 0, count: oldHashes.count * 2)
    for (hash, tally) in zip(oldHashes, oldTallies) where hash != 0 {
      let at = slot(hash)
      hashes[at] = hash
      tallies[at] = tally
    }
  }
}

/// A run of letters, or several with single hyphens between them, in lower case.
private struct Compound {
  private(set) var bytes: [UInt8] = []
  private(set) var parts: [Range<Int>] = []
  /// Whether a hyphen follows that ends the line.
  private(set) var hangs = false

  /// Longer words are read the long way.
  static let longestPlain = 40

  /// Reads the next word of a line into a buffer, gives its length and moves `rest` behind it, if it is one of ASCII
  /// letters and no part of a compound, as nearly all are; else gives 0.
  static func readPlain(
    _ text: UnsafeBufferPointer<UInt8>, _ rest: inout Range<Int>, into word: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var at = rest.lowerBound
    let end = rest.upperBound
    while at < end, Letters.length(text, at, end) == 0 { at += 1 }
    rest = at..<end
    var length = 0
    while at < end, text[at] | 0x20 >= 0x61, text[at] | 0x20 <= 0x7A, length < longestPlain {
      word[length] = text[at] | 0x20
      length += 1
      at += 1
    }
    if at < end, text[at] >= 0x80 || text[at] == 0x2D || length == longestPlain { return 0 }
    rest = at..<end
    return length
  }

  /// Reads the next one of a line and moves `rest` behind it; false when there is none.
  mutating func read(_ text: UnsafeBufferPointer<UInt8>, _ rest: inout Range<Int>) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    parts.removeAll(keepingCapacity: true)
    hangs = false
    var at = rest.lowerBound
    let end = rest.upperBound
    defer { rest = at..<end }
    while at < end, Letters.length(text, at, end) == 0 { at += 1 }
    while at < end {
      let start = bytes.count
      while at < end {
        let length = Letters.length(text, at, end)
        if length == 0 { break }
        for byte in text[at..<(at + length)] { bytes.append(Letters.folded(byte)) }
        at += length
      }
      parts.append(start..<bytes.count)
      let hyphen = Letters.hyphen(text, at, end)
      guard hyphen > 0 else { break }
      if text[(at + hyphen)..<end].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
        hangs = true
        at = end
        break
      }
      guard at + hyphen < end, Letters.length(text, at + hyphen, end) > 0 else { break }
      at += hyphen
      bytes.append(0x2D)
    }
    return !parts.isEmpty
  }
}

/// Letters and hyphens in UTF-8 bytes, as far as word forms need to know them.
enum Letters {
  /// The length of the letter that begins here, 0 when none does. Beyond ASCII every character is a letter
  /// but the signs of Latin-1 and general punctuation.
  @inline(__always)
  static func length(_ text: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Int {
    let byte = text[at]
    if byte < 0x80 { return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A ? 1 : 0 }
    switch byte {
    case 0xC2: return 0
    case 0xC3...0xDF: return at + 1 < end ? 2 : 0
    case 0xE2: return at + 2 < end && text[at + 1] > 0x81 ? 3 : 0
    case 0xE0, 0xE1, 0xE3...0xEF: return at + 2 < end ? 3 : 0
    default: return 0
    }
  }

  /// The length of a hyphen: ASCII, soft (U+00AD), U+2010 and U+2011; 0 when none stands here.
  @inline(__always)
  static func hyphen(_ text: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Int {
    guard at < end else { return 0 }
    if text[at] == 0x2D { return 1 }
    if text[at] == 0xC2, at + 1 < end, text[at + 1] == 0xAD { return 2 }
    if text[at] == 0xE2, at + 2 < end, text[at + 1] == 0x80, text[at + 2] == 0x90 || text[at + 2] == 0x91 {
      return 3
    }
    return 0
  }

  @inline(__always)
  static func folded(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}
