import EmendModel
import EmendText

/// Private-use characters whose meaning the makers of fonts have settled: old-style figures, bullets. All others
/// are left to the damage map.
enum PrivateUse {
  static func edits(_ text: [UInt8], readings: [Form: Form]) -> [Edit] {
    var edits: [Edit] = []
    text.withUnsafeBufferPointer { bytes in
      // U+E000 to U+F8FF begin with the bytes EE and EF.
      var next = 0
      while true {
        let at = ByteScan.beyondASCII(bytes, from: next)
        if at + 2 >= bytes.count { break }
        next = at + 1
        guard bytes[at] == 0xEE || bytes[at] == 0xEF && bytes[at + 1] < 0xA4 else { continue }
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
