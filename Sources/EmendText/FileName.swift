/// Names of documents made safe as names of files, on any system.
public enum FileName {
  /// The longest safe name, in bytes: an extension and a temporary suffix still fit into the usual 255.
  public static let limit = 120

  /// The name itself where it is safe; else its harmless part, a hyphen and the first eight digits of its
  /// SHA-256, so that different names stay different and the same name gives the same file.
  ///
  /// Unsafe are: path separators and the signs that Windows forbids, control and invisible characters, a
  /// leading hyphen or full stop, a trailing full stop or space, device names (CON, NUL, COM1 …), more than
  /// 120 bytes, nothing at all.
  ///
  /// ```swift
  /// FileName.safe("chapter 3")  // "chapter 3"
  /// FileName.safe("a/../b")     // "a_.._b-" and eight digits
  /// ```
  public static func safe(_ name: String) -> String {
    var out = ""
    var size = 0
    for scalar in name.unicodeScalars {
      let safe: Unicode.Scalar = isHarmless(scalar) ? scalar : "_"
      size += UTF8.width(safe)
      if size > limit - 9 && name.utf8.count > limit { break }
      out.unicodeScalars.append(safe)
    }
    while let first = out.first, first == "-" || first == "." { out.removeFirst() }
    while let last = out.last, last == "." || last == " " { out.removeLast() }
    if out == name, !out.isEmpty, !isDevice(out) { return out }
    if isDevice(out) { out = String(out.map { $0 == "." ? "_" : $0 }) }
    let digest = SHA256.hex(Array(name.utf8)).prefix(8)
    return out.isEmpty ? "document-\(digest)" : "\(out)-\(digest)"
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00..<0x20, 0x7F..<0xA0, 0xAD: false
    case 0x200B...0x200F, 0x2028...0x202F, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0xFFF0...0xFFFF: false
    case 0xE0000...: false
    default: !"/\\:*?\"<>|".unicodeScalars.contains(scalar)
    }
  }

  /// Windows opens a device for these, whatever the extension.
  private static func isDevice(_ name: String) -> Bool {
    let stem = name.split(separator: ".", omittingEmptySubsequences: false).first.map(String.init) ?? name
    let upper = stem.uppercased()
    if ["CON", "PRN", "AUX", "NUL"].contains(upper) { return true }
    guard upper.utf8.count == 4, upper.hasPrefix("COM") || upper.hasPrefix("LPT") else { return false }
    return upper.utf8.last.map { $0 &- 0x30 < 10 } ?? false
  }
}
