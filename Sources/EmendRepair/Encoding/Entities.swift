import EmendModel

/// HTML entities left in text: "R&amp;D", "Whitlow&#8217;s". Read once, so that "&amp;lt;" gives "&lt;".
enum Entities {
  private static let longest = 32

  static func edits(_ text: [UInt8], names: [Form: Form]) -> [Edit] {
    var edits: [Edit] = []
    text.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count {
        guard bytes[at] == 0x26 else {
          at += 1
          continue
        }
        var end = at + 1
        while end < bytes.count, end - at < longest, isNameByte(bytes[end]) { end += 1 }
        if end < bytes.count, bytes[end] == 0x3B, end > at + 1,
          let reading = reading(Form(bytes[(at + 1)..<end]), names)
        {
          edits.append(
            Edit(
              range: at..<(end + 1), reading: reading, kind: .encoding, rule: "html-entity",
              confidence: 0.998,
              evidence: "an HTML entity"))
          at = end
        }
        at += 1
      }
    }
    return edits
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x23
  }

  private static func reading(_ name: Form, _ names: [Form: Form]) -> Form? {
    guard name[0] == 0x23 else { return names[name] }
    let digits = name.dropFirst()
    let isHex = digits.first == 0x78 || digits.first == 0x58
    let number = String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self)
    guard let value = UInt32(number, radix: isHex ? 16 : 10), value >= 0x20, value != 0x7F,
      let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .control
    else { return nil }
    if value == 0xA0 { return [0x20] }
    return Form(String(Character(scalar)).utf8)
  }
}
