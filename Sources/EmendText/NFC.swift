import CICU

/// Unicode normalisation through ICU.
public enum UnicodeForm {
  /// The NFC form of UTF-8 bytes; the bytes themselves when they are not valid UTF-8.
  ///
  /// ```swift
  /// UnicodeForm.nfc(Array("e\u{301}".utf8))  // the two bytes of "é"
  /// ```
  public static func nfc(_ text: [UInt8]) -> [UInt8] {
    if text.allSatisfy({ $0 < 0x80 }) { return text }
    var out = [UInt8](repeating: 0, count: text.count * 3 + 8)
    let length = emend_nfc(text, Int32(text.count), &out, Int32(out.count))
    return length < 0 ? text : Array(out[0..<Int(length)])
  }
}
