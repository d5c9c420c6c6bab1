/// Classes of characters, told from scalars; words are kept as UTF-8 bytes.
enum Glyph {
  /// Bytes of the character that starts with `lead`; 1 for a stray byte.
  @inline(__always)
  static func width(_ lead: UInt8) -> Int {
    lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  /// The scalar at an index of a buffer, U+FFFD when the bytes end too soon.
  @inline(__always)
  static func scalar<B: RandomAccessCollection>(_ bytes: B, _ at: Int) -> UInt32
  where B.Element == UInt8, B.Index == Int {
    let lead = bytes[at]
    if lead < 0x80 { return UInt32(lead) }
    let count = width(lead)
    if at + count > bytes.endIndex || count == 1 { return 0xFFFD }
    var value = UInt32(lead) & (0x7F >> UInt32(count))
    for k in 1..<count { value = value << 6 | UInt32(bytes[at + k] & 0x3F) }
    return value
  }

  /// Where the character that ends before `end` starts.
  @inline(__always)
  static func start<B: RandomAccessCollection>(_ bytes: B, before end: Int) -> Int
  where B.Element == UInt8, B.Index == Int {
    var at = end - 1
    while at > bytes.startIndex, bytes[at] & 0xC0 == 0x80, end - at < 4 { at -= 1 }
    return at
  }

  @inline(__always)
  static func isLetter(_ u: UInt32) -> Bool {
    if u < 0x80 { return u | 0x20 >= 0x61 && u | 0x20 <= 0x7A }
    if u < 0x250 {
      return u >= 0xC0 ? u != 0xD7 && u != 0xF7 : u == 0xAA || u == 0xB5 || u == 0xBA
    }
    return Unicode.Scalar(u)?.properties.isAlphabetic ?? false
  }

  /// A letter of another alphabet: Greek, Cyrillic and beyond.
  static func isForeignLetter(_ u: UInt32) -> Bool {
    u >= 0x370 && !(0x1E00...0x1EFF).contains(u) && isLetter(u)
  }

  @inline(__always)
  static func isUpper(_ u: UInt32) -> Bool {
    if u < 0x80 { return u >= 0x41 && u <= 0x5A }
    if u < 0x100 { return u >= 0xC0 && u <= 0xDE && u != 0xD7 }
    return Unicode.Scalar(u)?.properties.isUppercase ?? false
  }

  @inline(__always)
  static func isLower(_ u: UInt32) -> Bool {
    if u < 0x80 { return u >= 0x61 && u <= 0x7A }
    if u < 0x100 { return u >= 0xDF && u != 0xF7 || u == 0xAA || u == 0xB5 || u == 0xBA }
    return Unicode.Scalar(u)?.properties.isLowercase ?? false
  }

  @inline(__always) static func isDigit(_ u: UInt32) -> Bool { u >= 0x30 && u <= 0x39 }

  /// Latin ligature code points ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ.
  @inline(__always) static func isLigature(_ u: UInt32) -> Bool { u >= 0xFB00 && u <= 0xFB06 }

  /// Dashes and quotation marks of running text.
  static func isOrdinaryMark(_ u: UInt32) -> Bool {
    switch u {
    case 0x21, 0x22, 0x27, 0x28, 0x29, 0x2A, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x3B, 0x3F, 0x5B, 0x5D, 0x60, 0x7B,
      0x7D, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026:
      true
    default: false
    }
  }
}

/// The UTF-8 bytes of a word or of a part of one.
typealias Form = [UInt8]

extension Array where Element == UInt8 {
  /// The characters with the offsets at which they start, the end last.
  var spelled: (scalars: [UInt32], starts: [Int]) {
    var scalars: [UInt32] = []
    var starts: [Int] = []
    scalars.reserveCapacity(count)
    starts.reserveCapacity(count + 1)
    var at = 0
    while at < count {
      starts.append(at)
      scalars.append(Glyph.scalar(self, at))
      at = Swift.min(count, at + Glyph.width(self[at]))
    }
    starts.append(count)
    return (scalars, starts)
  }

  var text: String { String(decoding: self, as: UTF8.self) }

  var isASCII: Bool { allSatisfy { $0 < 0x80 } }

  /// Whether every character is a letter, and there is one.
  var isAllLetters: Bool {
    if isEmpty { return false }
    var at = 0
    while at < count {
      if !Glyph.isLetter(Glyph.scalar(self, at)) { return false }
      at += Glyph.width(self[at])
    }
    return true
  }

  var startsUpper: Bool { !isEmpty && Glyph.isUpper(Glyph.scalar(self, 0)) }
  var startsLower: Bool { !isEmpty && Glyph.isLower(Glyph.scalar(self, 0)) }

  /// Whether all letters are capitals, and there is one.
  var isUpperCase: Bool {
    var any = false
    var at = 0
    while at < count {
      let u = Glyph.scalar(self, at)
      if Glyph.isUpper(u) { any = true } else if Glyph.isLetter(u) { return false }
      at += Glyph.width(self[at])
    }
    return any
  }

  /// Whether a small letter stands directly before a capital ("oBcial").
  var hasInnerCapital: Bool {
    var lower = false
    var at = 0
    while at < count {
      let u = Glyph.scalar(self, at)
      if lower && Glyph.isUpper(u) { return true }
      lower = Glyph.isLower(u)
      at += Glyph.width(self[at])
    }
    return false
  }

  /// Small letters for ASCII and Latin-1 capitals; ’ becomes '.
  var folded: Form {
    var out = Form()
    out.reserveCapacity(count)
    var at = 0
    while at < count {
      let byte = self[at]
      if byte < 0x80 {
        out.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        at += 1
      } else if byte == 0xC3, at + 1 < count {
        let next = self[at + 1]
        out.append(byte)
        out.append(next >= 0x80 && next <= 0x9E && next != 0x97 ? next + 0x20 : next)
        at += 2
      } else if byte == 0xE2, at + 2 < count, self[at + 1] == 0x80, self[at + 2] == 0x99 {
        out.append(0x27)
        at += 3
      } else {
        out.append(byte)
        at += 1
      }
    }
    return out
  }

  func replacing(_ range: Range<Int>, with other: Form) -> Form {
    var out = Form()
    out.reserveCapacity(count + other.count)
    out.append(contentsOf: self[..<range.lowerBound])
    out.append(contentsOf: other)
    out.append(contentsOf: self[range.upperBound...])
    return out
  }

  func hasSuffix(_ other: Form) -> Bool {
    count >= other.count && self[(count - other.count)...].elementsEqual(other)
  }
  func hasPrefix(_ other: Form) -> Bool { count >= other.count && self[..<other.count].elementsEqual(other) }

  /// The offset of the first occurrence at or after `from`.
  func find(_ other: Form, from: Int = 0) -> Int? {
    if other.isEmpty || count < other.count { return nil }
    var at = from
    while at + other.count <= count {
      if self[at] == other[0] {
        var k = 1
        while k < other.count && self[at + k] == other[k] { k += 1 }
        if k == other.count { return at }
      }
      at += 1
    }
    return nil
  }
}
