import EmendModel

/// Drops the control characters that no step could read: NUL and the other C0 and C1 controls, U+FFFE and
/// U+FFFF. Tabs, line ends and form feeds (page starts) stay; a vertical tab becomes a space.
struct ControlStep: Step {
  var needsEnglish: Bool { false }

  func run(_ draft: inout Draft, _ session: inout Session) {
    guard Self.first.contains(where: draft.bytes.contains) else { return }
    var edits: [Edit] = []
    draft.text.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count {
        let byte = bytes[at]
        if byte >= 0x20 && byte < 0x7F {
          at += 1
          continue
        }
        let length = min(bytes.count - at, Glyph.width(byte))
        if let reading = ControlStep.reading(Glyph.scalar(bytes, at)) {
          edits.append(
            Edit(
              range: at..<(at + length), reading: reading, kind: .control, rule: "control", confidence: 0.999,
              evidence: "a control character"))
        }
        at += length
      }
    }
    draft.apply(edits)
  }

  /// Bytes with which a character that is dropped may begin.
  private static let first: [UInt8] = Array(0...0x08) + [0x0B] + Array(0x0E...0x1F) + [0x7F, 0xC2, 0xEF]

  private static func reading(_ u: UInt32) -> Form? {
    switch u {
    case 0x09, 0x0A, 0x0C, 0x0D, 0x85: nil
    case 0x0B: [0x20]
    case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: []
    default: nil
    }
  }
}
