import EmendModel
import EmendText

/// UTF-8 that was read as windows-1252 or as Mac Roman: "donâ€™t", "Ã©tat", "don‚Äôt".
///
/// A run of characters is mojibake when the bytes that they have in the wrong encoding are the UTF-8 of one
/// other character. Where the last byte of a ligature was dropped ("signiï¬cant") the sign U+FB01 is put,
/// which the damage map may read otherwise.
enum Mojibake {
  /// Two-byte sequences other than Latin-1 letters and signs need company: a real “Å” may end a quotation.
  private static let company = 2

  static func edits(_ text: [UInt8]) -> [Edit] {
    var sure: [Edit] = []
    var doubtful: [Edit] = []
    text.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count {
        // All lead bytes, read in either encoding, are characters beyond ASCII.
        at = ByteScan.beyondASCII(bytes, from: at)
        if at >= bytes.count { break }
        if let found = sequence(bytes, at, windows) ?? sequence(bytes, at, macRoman) ?? cut(bytes, at) {
          let edit = Edit(
            range: at..<found.end, reading: found.reading, kind: .encoding, rule: "mojibake",
            confidence: 0.998,
            evidence: "UTF-8 read as \(found.encoding)")
          if found.isSure { sure.append(edit) } else { doubtful.append(edit) }
          at = found.end
        } else {
          at += Glyph.width(bytes[at])
        }
      }
    }
    return sure.count >= company ? sure + doubtful : sure
  }

  private struct Found {
    var reading: Form
    var end: Int
    var encoding: String
    var isSure: Bool
  }

  private struct Charset: Sendable {
    let name: String
    /// Scalars of the bytes from 0x80 on.
    let scalars: [UInt32]
    let bytes: [UInt32: UInt8]

    init(_ name: String, _ upper: [UInt32]) {
      self.name = name
      scalars = upper
      var bytes: [UInt32: UInt8] = [:]
      for (index, scalar) in upper.enumerated() where bytes[scalar] == nil {
        bytes[scalar] = UInt8(0x80 + index)
      }
      self.bytes = bytes
    }
  }

  /// Windows-1252 from 0x80 (WHATWG Encoding Standard: undefined bytes are C1 controls).
  private static let windows = Charset(
    "windows-1252",
    [
      0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D,
      0x17D,
      0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153,
      0x9D,
      0x17E, 0x178,
    ] + Array(0xA0...0xFF))

  /// The character of a byte from 0x80 on in windows-1252.
  static func windowsScalar(_ byte: UInt8) -> UInt32 {
    byte < 0x80 ? UInt32(byte) : windows.scalars[Int(byte) - 0x80]
  }

  /// Mac Roman from 0x80 (WHATWG Encoding Standard, "macintosh").
  private static let macRoman = Charset(
    "Mac Roman",
    Array(
      "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ"
        .unicodeScalars.map(\.value)))

  private static func sequence(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ charset: Charset) -> Found?
  {
    guard let lead = charset.bytes[Glyph.scalar(text, start)], lead >= 0xC2, lead <= 0xF4 else { return nil }
    let length = Glyph.width(lead)
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    var at = start + Glyph.width(text[start])
    for _ in 1..<length {
      guard at < text.count, text[at] >= 0x80, let byte = charset.bytes[Glyph.scalar(text, at)],
        byte & 0xC0 == 0x80
      else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
      at += Glyph.width(text[at])
    }
    guard let scalar = Unicode.Scalar(value), value >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000),
      scalar.properties.generalCategory != .unassigned, scalar.properties.generalCategory != .control
    else { return nil }
    // “fiancé’”: letters before closing quotation marks would make Chinese characters.
    let isPunctuation = value >= 0x2000 && value < 0x2C00 || Glyph.isLigature(value) || value == 0xFEFF
    if length == 3 && !isPunctuation || length == 4 && value < 0x1F000 { return nil }
    return Found(
      reading: Form(String(Character(scalar)).utf8), end: at, encoding: charset.name,
      isSure: length > 2 || lead <= 0xC3 && charset.name == "windows-1252")
  }

  /// A sequence whose last byte was dropped: "ï¬" of a ligature, "â€" of a closing quotation mark (its last
  /// byte is undefined in windows-1252).
  private static func cut(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Found? {
    let first = Glyph.scalar(text, start)
    let next = start + Glyph.width(text[start])
    guard next < text.count, first == 0xEF || first == 0xE2 else { return nil }
    let second = Glyph.scalar(text, next)
    let end = min(text.count, next + Glyph.width(text[next]))
    if first == 0xEF, second == 0xAC {
      return Found(
        reading: Form("ﬁ".utf8), end: end, encoding: "windows-1252, its last byte lost", isSure: true)
    }
    if first == 0xE2, second == 0x20AC {
      return Found(
        reading: Form("”".utf8), end: end, encoding: "windows-1252, its last byte lost", isSure: true)
    }
    return nil
  }
}
