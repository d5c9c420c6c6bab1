/// A few short strings that are looked for together, in one pass over the bytes.
///
/// Each is sought by its rarest letter, so that running text is passed over quickly.
struct SignSet: Sendable {
  private struct Sign: Sendable {
    var bytes: [UInt8]
    /// Place of the letter by which it is sought.
    var anchor: Int
  }
  private let signs: [Sign]
  /// For each byte whether some sign is sought by it.
  private let isAnchor: [Bool]
  private let foldsCase: Bool

  /// Letters of English by falling frequency; what is not among them is rarer still.
  private static let frequency = Array(" etaoinsrhldcumfpgwybvkxjqz".utf8)

  /// - Parameter foldsCase: capitals of the text are taken for small letters; the signs are given in small letters.
  init(_ signs: [String], foldsCase: Bool = false) {
    var isAnchor = [Bool](repeating: false, count: 256)
    self.signs = signs.filter { !$0.isEmpty }.map { sign in
      let bytes = Array(sign.utf8)
      let ranks = bytes.map { Self.frequency.firstIndex(of: $0) ?? Self.frequency.count }
      let anchor = ranks.indices.max { ranks[$0] < ranks[$1] } ?? 0
      isAnchor[Int(bytes[anchor])] = true
      if foldsCase, bytes[anchor] >= 0x61, bytes[anchor] <= 0x7A {
        isAnchor[Int(bytes[anchor] & 0xDF)] = true
      }
      return Sign(bytes: bytes, anchor: anchor)
    }
    self.isAnchor = isAnchor
    self.foldsCase = foldsCase
  }

  /// Whether one of them stands in a stretch.
  ///
  /// ```swift
  /// SignSet(["issn", "price"], foldsCase: true).isFound(in: Array("The Price".utf8), 0..<9)  // true
  /// ```
  func isFound(in text: [UInt8], _ range: Range<Int>) -> Bool {
    text.withUnsafeBufferPointer { text in
      isAnchor.withUnsafeBufferPointer { isAnchor in
        for index in range where isAnchor[Int(text[index])] {
          for sign in signs {
            let start = index - sign.anchor
            guard start >= range.lowerBound, start + sign.bytes.count <= range.upperBound else { continue }
            var at = 0
            while at < sign.bytes.count, folded(text[start + at]) == sign.bytes[at] { at += 1 }
            if at == sign.bytes.count { return true }
          }
        }
        return false
      }
    }
  }

  @inline(__always)
  private func folded(_ byte: UInt8) -> UInt8 {
    foldsCase && byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }
}
