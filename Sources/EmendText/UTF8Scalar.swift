/// Reading and checking single characters in UTF-8 bytes.
public enum UTF8Scalar {
  /// The code point that starts at `offset` and its length in bytes; nil at the end and where the bytes are
  /// not well-formed UTF-8 (Unicode Standard, table 3-7).
  ///
  /// ```swift
  /// UTF8Scalar.decode(Array("é".utf8), at: 0)  // (0xE9, 2)
  /// ```
  @inlinable public static func decode(_ bytes: [UInt8], at offset: Int) -> (value: UInt32, length: Int)? {
    bytes.withUnsafeBufferPointer { decode($0, at: offset) }
  }

  @inlinable public static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int
  ) -> (value: UInt32, length: Int)? {
    guard offset >= 0, offset < bytes.count else { return nil }
    let first = bytes[offset]
    if first < 0x80 { return (UInt32(first), 1) }
    func continuation(_ index: Int) -> UInt32? {
      guard offset + index < bytes.count else { return nil }
      let byte = bytes[offset + index]
      return byte & 0xC0 == 0x80 ? UInt32(byte & 0x3F) : nil
    }
    switch first {
    case 0xC2..<0xE0:
      guard let a = continuation(1) else { return nil }
      return (UInt32(first & 0x1F) << 6 | a, 2)
    case 0xE0..<0xF0:
      guard let a = continuation(1), let b = continuation(2) else { return nil }
      let value = UInt32(first & 0x0F) << 12 | a << 6 | b
      if value < 0x800 || (0xD800..<0xE000).contains(value) { return nil }
      return (value, 3)
    case 0xF0..<0xF5:
      guard let a = continuation(1), let b = continuation(2), let c = continuation(3) else { return nil }
      let value = UInt32(first & 0x07) << 18 | a << 12 | b << 6 | c
      if value < 0x10000 || value > 0x10FFFF { return nil }
      return (value, 4)
    default: return nil
    }
  }

  /// The offset of the first byte of `bytes` from `start` on that does not belong to well-formed UTF-8, or
  /// nil. ASCII is passed over eight bytes at a time.
  public static func firstInvalid(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let raw = UnsafeRawPointer(base)
    let count = bytes.count
    var at = start
    while at < count {
      if bytes[at] < 0x80 {
        at += 1
        while at + 8 <= count,
          raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          at += 8
        }
      } else if let scalar = decode(bytes, at: at) {
        at += scalar.length
      } else {
        return at
      }
    }
    return nil
  }

  /// Whether a code point is one of the 66 noncharacters (U+FDD0–U+FDEF, and the last two of each plane).
  @inlinable public static func isNoncharacter(_ value: UInt32) -> Bool {
    value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
  }

  /// The UTF-8 bytes of a code point; those of U+FFFD for a surrogate or a value beyond Unicode.
  @inlinable public static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    switch value {
    case 0..<0x80: bytes.append(UInt8(value))
    case 0x80..<0x800:
      bytes.append(0xC0 | UInt8(value >> 6))
      bytes.append(0x80 | UInt8(value & 0x3F))
    case 0xD800..<0xE000, 0x11_0000...: bytes.append(contentsOf: [0xEF, 0xBF, 0xBD])
    case 0x800..<0x10000:
      bytes.append(0xE0 | UInt8(value >> 12))
      bytes.append(0x80 | UInt8(value >> 6 & 0x3F))
      bytes.append(0x80 | UInt8(value & 0x3F))
    default:
      bytes.append(0xF0 | UInt8(value >> 18))
      bytes.append(0x80 | UInt8(value >> 12 & 0x3F))
      bytes.append(0x80 | UInt8(value >> 6 & 0x3F))
      bytes.append(0x80 | UInt8(value & 0x3F))
    }
  }
}
