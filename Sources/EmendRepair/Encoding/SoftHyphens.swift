import EmendModel
import EmendText

/// Soft hyphens and zero-width marks inside words, which say nothing: "ex­ample". At a line end a soft hyphen
/// is a hyphen and stays.
enum SoftHyphens {
  static func edits(_ text: [UInt8]) -> [Edit] {
    var edits: [Edit] = []
    text.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count {
        at = ByteScan.beyondASCII(bytes, from: at)
        if at >= bytes.count { break }
        guard bytes[at] >= 0xC2 else {
          at += 1
          continue
        }
        let length = Glyph.width(bytes[at])
        let next = at + length
        let (isSoft, isMark) = (isSoftHyphen(bytes, at), isZeroWidth(bytes, at))
        if isSoft || isMark, at > 0, next < bytes.count,
          isMark || bytes[at - 1] > 0x20 && bytes[next] > 0x20
        {
          edits.append(
            Edit(
              range: at..<next, reading: [], kind: .control, rule: isSoft ? "soft-hyphen" : "zero-width",
              confidence: 0.998, evidence: isSoft ? "a soft hyphen inside a word" : "a mark without width"))
        }
        at = next
      }
    }
    return edits
  }

  private static func isSoftHyphen(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    bytes[at] == 0xC2 && at + 1 < bytes.count && bytes[at + 1] == 0xAD
  }

  /// A byte order mark in mid-file, a zero-width space or word joiner between ASCII letters.
  private static func isZeroWidth(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    guard at + 2 < bytes.count else { return false }
    if bytes[at] == 0xEF, bytes[at + 1] == 0xBB, bytes[at + 2] == 0xBF { return true }
    guard at > 0, at + 3 < bytes.count, bytes[at - 1] < 0x80, bytes[at + 3] < 0x80, bytes[at] == 0xE2 else {
      return false
    }
    return bytes[at + 1] == 0x80 && bytes[at + 2] >= 0x8B && bytes[at + 2] <= 0x8D
      || bytes[at + 1] == 0x81 && bytes[at + 2] == 0xA0
  }
}
