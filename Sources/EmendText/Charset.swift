import CICU

/// Character encodings other than UTF-8, through ICU.
public struct Charset: Sendable {
  /// IANA name, such as "windows-1252".
  public let name: String

  /// Nil when ICU has no converter of this name.
  public init?(_ name: String) {
    guard let converter = emend_charset_open(name) else { return nil }
    emend_charset_close(converter)
    self.name = name
  }

  /// ICU's guess and its confidence, 0 to 1; nil when it has none.
  public static func detect(_ bytes: [UInt8]) -> (name: String, confidence: Double)? {
    var name = [CChar](repeating: 0, count: 64)
    let confidence = emend_charset_detect(bytes, Int32(clamping: bytes.count), &name, Int32(name.count))
    if confidence < 0 { return nil }
    let letters = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return (String(decoding: letters, as: UTF8.self), Double(confidence) / 100)
  }

  /// Calls `body` with each character of `bytes` and the range it was read from, in order; U+FFFD stands
  /// for what the encoding cannot read. The bytes go through in pieces, so memory stays bounded.
  public func forEachScalar(in bytes: [UInt8], _ body: (UInt32, Range<Int>) -> Void) {
    guard let converter = emend_charset_open(name) else { return }
    defer { emend_charset_close(converter) }
    let piece = 1 << 16
    var units = [UInt16](repeating: 0, count: piece)
    var offsets = [Int32](repeating: 0, count: piece)
    // A character is given out when the next one starts, since only then its end is known.
    var waiting: (value: UInt32, start: Int)?
    var high: (unit: UInt32, start: Int)?
    func give(_ value: UInt32, from start: Int) {
      if let last = waiting { body(last.value, last.start..<max(last.start, start)) }
      waiting = (value, start)
    }
    var at = 0
    var finished = false
    bytes.withUnsafeBufferPointer { input in
      while !finished {
        let length = min(piece, input.count - at)
        let isLast = at + length == input.count
        var consumed: Int32 = 0
        let count = emend_charset_convert(
          converter, input.baseAddress.map { $0 + at }, Int32(length), isLast ? 1 : 0, &units, &offsets,
          Int32(piece), &consumed)
        if count < 0 { break }
        for index in 0..<Int(count) {
          let unit = UInt32(units[index])
          let start = max(waiting?.start ?? 0, at + Int(offsets[index]))
          if let lead = high {
            high = nil
            if (0xDC00..<0xE000).contains(unit) {
              give(0x10000 + (lead.unit - 0xD800) << 10 + (unit - 0xDC00), from: lead.start)
              continue
            }
            give(0xFFFD, from: lead.start)
          }
          if (0xD800..<0xDC00).contains(unit) {
            high = (unit, start)
          } else {
            give((0xDC00..<0xE000).contains(unit) ? 0xFFFD : unit, from: start)
          }
        }
        at += Int(consumed)
        finished = isLast && Int(count) < piece
        if consumed == 0 && count == 0 { break }
      }
    }
    if let lead = high { give(0xFFFD, from: lead.start) }
    if let last = waiting { body(last.value, last.start..<max(last.start, bytes.count)) }
  }

  /// What each byte from 0x80 on stands for in an encoding of single bytes; U+FFFD where it stands for
  /// nothing.
  public func upperHalf() -> [UInt32] {
    var table = [UInt32](repeating: 0xFFFD, count: 128)
    forEachScalar(in: Array(UInt8(0x80)...0xFF)) { value, range in
      if range.count == 1 { table[range.lowerBound] = value }
    }
    return table
  }
}
