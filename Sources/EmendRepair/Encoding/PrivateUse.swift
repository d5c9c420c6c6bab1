import EmendModel

/// Private-use characters whose meaning the makers of fonts have settled: old-style figures, bullets. All others
/// are left to the damage map.
enum PrivateUse {
  static func edits(_ text: [UInt8], readings: [Form: Form]) -> [Edit] {
    var edits: [Edit] = []
    text.withUnsafeBufferPointer { bytes in
      // U+E000 to U+F8FF begin with the bytes EE and EF.
      for at in 0..<max(0, bytes.count - 2)
      where bytes[at] == 0xEE || bytes[at] == 0xEF && bytes[at + 1] < 0xA4 {
        let range = at..<(at + 3)
        guard let reading = readings[Form(bytes[range])] else { continue }
        edits.append(
          Edit(
            range: range, reading: reading, kind: .encoding, rule: "private-use", confidence: 0.993,
            evidence: "a private-use character of known meaning"))
      }
    }
    return edits
  }
}
