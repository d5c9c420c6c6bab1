import EmendModel
import EmendText

/// HTML entities left in text: "R&amp;D", "Whitlow&#8217;s". What was escaped twice is read to its end, so that
/// "&amp;lt;" gives "<" and a second run finds nothing.
enum Entities {
  private static let longest = 32

  static func edits(_ text: [UInt8], names: [Form: Form]) -> [Edit] {
    var edits: [Edit] = []
    text.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count {
        at = ByteScan.first(0x26, in: bytes, from: at)
        if at >= bytes.count { break }
        let start = at
        var reading: Form?
        // The & of what was read may begin another entity.
        while let (next, end) = entity(bytes, at, names) {
          reading = next
          at = end
          if next != [0x26] { break }
          at -= 1
        }
        if reading == [0x26] { at += 1 }
        if let reading {
          edits.append(
            Edit(
              range: start..<at, reading: reading, kind: .encoding, rule: "html-entity", confidence: 0.998,
              evidence: "an HTML entity"))
        } else {
          at += 1
        }
      }
    }
    return edits
  }

  /// The entity whose name begins behind an offset, at which an & stands or what an & was read from ends, and
  /// its end.
  private static func entity(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ names: [Form: Form]
  ) -> (reading: Form, end: Int)? {
    var end = at + 1
    while end < bytes.count, end - at < longest, isNameByte(bytes[end]) { end += 1 }
    guard end < bytes.count, bytes[end] == 0x3B, end > at + 1,
      let reading = reading(Form(bytes[(at + 1)..<end]), names)
    else { return nil }
    return (reading, end + 1)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x23
  }

  private static func reading(_ name: Form, _ names: [Form: Form]) -> Form? {
    guard name[0] == 0x23 else { return names[name] }
    let digits = name.dropFirst()
    let isHex = digits.first == 0x78 || digits.first == 0x58
    let number = String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self)
    guard var value = UInt32(number, radix: isHex ? 16 : 10), value >= 0x20, value != 0x7F else { return nil }
    // HTML reads 128 to 159 as windows-1252 (HTML standard, numeric character reference end state).
    if value >= 0x80, value < 0xA0 { value = Mojibake.windowsScalar(UInt8(value)) }
    guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .control
    else { return nil }
    if value == 0xA0 { return [0x20] }
    return Form(String(Character(scalar)).utf8)
  }
}
