/// One line of comma-separated values (RFC 4180, with LF) that is safe to open in a spreadsheet.
package enum CSVLine {
  /// Nil is an empty cell. A cell that a spreadsheet would take for a formula gets an apostrophe before it
  /// (OWASP, "CSV Injection").
  package static func line(_ cells: [String?]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      guard let cell else { continue }
      let text = isFormula(cell) ? "'" + cell : cell
      guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
        bytes += text.utf8
        continue
      }
      bytes.append(0x22)
      for byte in text.utf8 {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
      bytes.append(0x22)
    }
    bytes.append(0x0A)
    return bytes
  }

  /// Whether a cell begins with = + - @, a tab or a carriage return, or a full-width form of these.
  static func isFormula(_ text: String) -> Bool {
    switch text.unicodeScalars.first?.value {
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20: true
    default: false
    }
  }
}
