/// The letters of the scripts in which names are printed, read from UTF-8 bytes without making a `String`.
enum Letters {
  /// The scalar at a place and its length in bytes. A stray byte is a scalar of its own (U+FFFD), one byte long.
  static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, end: Int) -> (
    value: UInt32, length: Int
  ) {
    let first = bytes[index]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
    guard length > 1, index + length <= end else { return (0xFFFD, 1) }
    var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for offset in 1..<length {
      let next = bytes[index + offset]
      guard next & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | UInt32(next & 0x3F)
    }
    return (value, length)
  }

  /// Whether a scalar is a letter or a mark that belongs to one. Everything above U+02FF that is no
  /// punctuation counts, since names stand in any script.
  static func isLetter(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x41...0x5A, 0x61...0x7A: true
    case 0xAA, 0xBA: true
    case 0xC0...0x24F: scalar != 0xD7 && scalar != 0xF7
    case 0x250...0x2AF, 0x300...0x36F: true
    case 0x370...0x1FFF: true
    case 0x2C00...0x2DFF: true
    case 0x3040...0xD7FF, 0xF900...0xFDFF, 0x10000...0x1FFFF, 0x20000...0x3FFFF: true
    case 0xFB00...0xFB4F: true
    default: false
    }
  }

  /// Whether a letter is a capital. Scripts without case have none.
  static func isCapital(_ scalar: UInt32) -> Bool {
    scalar < 0x80 ? (0x41...0x5A).contains(scalar) : lower(scalar) != scalar
  }

  /// The small form of a letter, by the simple mapping of the Latin, Greek and Cyrillic blocks.
  static func lower(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x41...0x5A, 0xC0...0xD6, 0xD8...0xDE: scalar + 0x20
    case 0x130: 0x69
    case 0x178: 0xFF
    case 0x100...0x137, 0x14A...0x177, 0x1DE...0x1EF, 0x1F8...0x21F, 0x222...0x233, 0x1E00...0x1E95,
      0x1EA0...0x1EFF, 0x460...0x481, 0x48A...0x4BF, 0x4D0...0x52F:
      scalar | 1
    case 0x139...0x148, 0x179...0x17E, 0x1CD...0x1DC: scalar & 1 == 1 ? scalar + 1 : scalar
    case 0x218...0x21B: scalar | 1
    case 0x391...0x3A9: scalar + 0x20
    case 0x386: 0x3AC
    case 0x388...0x38A: scalar + 37
    case 0x400...0x40F: scalar + 0x50
    case 0x410...0x42F: scalar + 0x20
    default: scalar
    }
  }

  /// The ASCII letters that stand for an accented Latin letter ("é" → "e", "ß" → "ss"); nil for others.
  static func base(_ scalar: UInt32) -> StaticString? {
    switch lower(scalar) {
    case 0xE0...0xE5, 0x101, 0x103, 0x105, 0x1CE, 0x1EA1...0x1EB7: "a"
    case 0xE6: "ae"
    case 0xE7, 0x107, 0x109, 0x10B, 0x10D: "c"
    case 0x10F, 0x111, 0xF0: "d"
    case 0xE8...0xEB, 0x113, 0x115, 0x117, 0x119, 0x11B, 0x1EB9...0x1EC7: "e"
    case 0x11D, 0x11F, 0x121, 0x123: "g"
    case 0x125, 0x127: "h"
    case 0xEC...0xEF, 0x129, 0x12B, 0x12D, 0x12F, 0x131: "i"
    case 0x135: "j"
    case 0x137: "k"
    case 0x13A, 0x13C, 0x13E, 0x140, 0x142: "l"
    case 0xF1, 0x144, 0x146, 0x148: "n"
    case 0xF2...0xF6, 0xF8, 0x14D, 0x14F, 0x151, 0x1ECD...0x1EE3: "o"
    case 0x153: "oe"
    case 0x155, 0x157, 0x159: "r"
    case 0x15B, 0x15D, 0x15F, 0x161, 0x219: "s"
    case 0xDF: "ss"
    case 0x163, 0x165, 0x167, 0x21B: "t"
    case 0xFE: "th"
    case 0xF9...0xFC, 0x169, 0x16B, 0x16D, 0x16F, 0x171, 0x173, 0x1EE5...0x1EF1: "u"
    case 0x175: "w"
    case 0xFD, 0xFF, 0x177, 0x1EF3...0x1EF9: "y"
    case 0x17A, 0x17C, 0x17E: "z"
    default: nil
    }
  }

  /// A 64-bit hash (FNV-1a) of the small form of a word; apostrophes of both kinds count as one.
  static func foldedHash(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      var value = UInt32(byte)
      var length = 1
      if byte >= 0x80 {
        (value, length) = scalar(bytes, at: index, end: range.upperBound)
        value = value == 0x2018 || value == 0x2019 ? 0x27 : lower(value)
      } else if byte >= 0x41 && byte <= 0x5A {
        value |= 0x20
      }
      hash = (hash ^ UInt64(value)) &* 0x100_0000_01b3
      index += length
    }
    return hash
  }

  /// The hash of a word given as a string.
  static func foldedHash(_ word: some StringProtocol) -> UInt64 {
    Array(word.utf8).withUnsafeBufferPointer { foldedHash($0, 0..<$0.count) }
  }
}
