/// What a byte of UTF-8 text is, as far as one byte can tell: the ground of every tokenizer over bytes.
///
/// ```swift
/// ByteClass.of(UInt8(ascii: "a"))  // .lower
/// ByteClass.of(0xC3)               // .lead: the first byte of a longer character
/// ```
public enum ByteClass: UInt8, Sendable {
  /// C0 controls and DEL, but for tab, line feed and carriage return.
  case control
  /// Space, tab, line feed, carriage return.
  case space
  case digit
  case upper
  case lower
  /// ASCII signs.
  case sign
  /// A continuation byte of UTF-8.
  case continuation
  /// The first byte of a character of two to four bytes.
  case lead
  /// A byte that no UTF-8 text holds.
  case invalid

  /// The class of a byte.
  @inlinable public static func of(_ byte: UInt8) -> ByteClass {
    ByteClass(rawValue: table[Int(byte)]) ?? .invalid
  }

  @usableFromInline static let table: [UInt8] = (0...255).map { value in
    let byte = UInt8(value)
    let kind: ByteClass
    switch byte {
    case 0x09, 0x0A, 0x0D, 0x20: kind = .space
    case 0x00..<0x20, 0x7F: kind = .control
    case UInt8(ascii: "0")...UInt8(ascii: "9"): kind = .digit
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): kind = .upper
    case UInt8(ascii: "a")...UInt8(ascii: "z"): kind = .lower
    case 0x00..<0x80: kind = .sign
    case 0x80..<0xC0: kind = .continuation
    case 0xC2..<0xF5: kind = .lead
    default: kind = .invalid
    }
    return kind.rawValue
  }
}
