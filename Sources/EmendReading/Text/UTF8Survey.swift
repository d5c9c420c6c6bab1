import EmendText

/// What one pass over some bytes says of them as UTF-8.
struct UTF8Survey {
  /// Well-formed characters of two bytes and more.
  var multibyte = 0
  /// Ill-formed places, surrogates not counted.
  var invalid = 0
  var firstInvalid: Int?
  /// Surrogates written as if they were characters (CESU-8, escapes of JSON).
  var surrogates = 0
  var noncharacters = 0
  /// U+0085.
  var nextLines = 0
  /// U+2028 and U+2029.
  var separators = 0

  init(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { survey($0) }
  }

  private mutating func survey(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    let raw = UnsafeRawPointer(base)
    let count = bytes.count
    var at = 0
    while at < count {
      let byte = bytes[at]
      if byte < 0x80 {
        at += 1
        while at + 8 <= count,
          raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          at += 8
        }
      } else if let scalar = UTF8Scalar.decode(bytes, at: at) {
        multibyte += 1
        switch scalar.value {
        case 0x85: nextLines += 1
        case 0x2028, 0x2029: separators += 1
        case 0xFDD0... where UTF8Scalar.isNoncharacter(scalar.value): noncharacters += 1
        default: break
        }
        at += scalar.length
      } else if Self.surrogate(bytes, at: at) != nil {
        surrogates += 1
        at += 3
      } else {
        invalid += 1
        if firstInvalid == nil { firstInvalid = at }
        at += 1
      }
    }
  }

  /// The surrogate whose three bytes stand at `at`.
  static func surrogate(_ bytes: UnsafeBufferPointer<UInt8>, at: Int) -> UInt32? {
    guard at + 2 < bytes.count, bytes[at] == 0xED, bytes[at + 1] & 0xE0 == 0xA0, bytes[at + 2] & 0xC0 == 0x80
    else { return nil }
    return 0xD000 | UInt32(bytes[at + 1] & 0x3F) << 6 | UInt32(bytes[at + 2] & 0x3F)
  }
}
