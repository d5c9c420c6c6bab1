/// Case of Latin letters over UTF-8 bytes: ASCII, Latin-1 and Latin Extended-A, where the small letter has as
/// many bytes as the capital, so that offsets stay as they are. `İ` and `ı` (which need a language) stay.
public enum LatinCase {
  /// The bytes with capitals made small; always as many bytes as before.
  ///
  /// ```swift
  /// LatinCase.folded(Array("Šárka ÉTUDE".utf8)[...])  // the bytes of "šárka étude"
  /// ```
  public static func folded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out = Array(bytes)
    fold(&out)
    return out
  }

  /// Makes capitals small in place.
  public static func fold(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBufferPointer { buffer in
      var at = 0
      while at < buffer.count {
        let byte = buffer[at]
        if byte < 0x80 {
          if byte &- 0x41 < 26 { buffer[at] = byte | 0x20 }
          at += 1
        } else if byte >= 0xC3, byte <= 0xC5, at + 1 < buffer.count {
          (buffer[at], buffer[at + 1]) = small(byte, buffer[at + 1])
          at += 2
        } else {
          at += 1
        }
      }
    }
  }

  /// Whether the character at `offset` is a capital Latin letter.
  public static func isUpper(_ bytes: [UInt8], at offset: Int) -> Bool {
    guard bytes.indices.contains(offset) else { return false }
    let byte = bytes[offset]
    if byte < 0x80 { return byte &- 0x41 < 26 }
    guard byte >= 0xC3, byte <= 0xC5, offset + 1 < bytes.count else { return false }
    return small(byte, bytes[offset + 1]) != (byte, bytes[offset + 1])
  }

  /// The small letter of a two-byte character of U+00C0–U+017F.
  static func small(_ lead: UInt8, _ next: UInt8) -> (UInt8, UInt8) {
    guard next & 0xC0 == 0x80 else { return (lead, next) }
    let value = UInt16(lead & 0x1F) << 6 | UInt16(next & 0x3F)
    let lower: UInt16
    switch value {
    case 0xC0...0xDE where value != 0xD7: lower = value + 0x20
    // Latin Extended-A pairs: the even one is the capital up to U+0137 and from U+014A on, the odd one in
    // the two stretches U+0139–U+0148 and U+0179–U+017E.
    case 0x130, 0x131, 0x138, 0x149, 0x17F: lower = value
    case 0x100...0x137, 0x14A...0x177: lower = value | 1
    case 0x139...0x148, 0x179...0x17E: lower = value & 1 == 1 ? value + 1 : value
    case 0x178: lower = 0xFF
    default: lower = value
    }
    return (0xC0 | UInt8(lower >> 6), 0x80 | UInt8(lower & 0x3F))
  }
}
