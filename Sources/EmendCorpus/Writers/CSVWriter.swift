import EmendModel
import FoundationEssentials
import GRDB

/// Comma-separated values (RFC 4180, with LF), safe for spreadsheets by default.
///
/// A text cell that a spreadsheet would take for a formula (it starts with = + - @, a tab or a carriage
/// return, or their full-width forms) gets an apostrophe before it, unless `raw` is asked for (OWASP, "CSV
/// Injection"). Numbers stay numbers.
package struct CSVWriter: Sendable {
  package enum Cell: Sendable {
    case text(String)
    case number(String)
    case empty
  }

  let raw: Bool
  package init(raw: Bool = false) { self.raw = raw }

  package func line(_ cells: [Cell]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      switch cell {
      case .empty: break
      case .number(let number): bytes.append(contentsOf: number.utf8)
      case .text(let text): append(text, to: &bytes)
      }
    }
    bytes.append(0x0A)
    return bytes
  }

  private func append(_ text: String, to bytes: inout [UInt8]) {
    let needsGuard = !raw && CSVWriter.looksLikeFormula(text)
    let needsQuotes = text.utf8.contains { CSVWriter.isSpecial($0) }
    if needsQuotes { bytes.append(0x22) }
    if needsGuard { bytes.append(0x27) }
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    if needsQuotes { bytes.append(0x22) }
  }

  /// Quotation mark, comma, line end.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x2C, 0x0A, 0x0D: true
    default: false
    }
  }

  /// = + - @ tab CR, and ＝ ＋ － ＠ (U+FF1D, U+FF0B, U+FF0D, U+FF20).
  static func looksLikeFormula(_ text: String) -> Bool {
    switch text.unicodeScalars.first?.value {
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20: true
    default: false
    }
  }

  static func cell(_ row: Row, _ index: Int, _ kind: Column.Kind) -> Cell {
    if row.hasNull(atIndex: index) { return .empty }
    switch kind {
    case .text: return .text(row[index])
    case .integer: return .number(String(row[index] as Int))
    case .flag: return .number((row[index] as Bool) ? "1" : "0")
    case .real:
      var json = JSONLine()
      json.value(row[index] as Double)
      return .number(JSONText.string(json))
    case .json: return .text(plain(row[index]))
    }
  }

  /// A list of texts as "a; b", names as "Calder, Robert; Nye"; any other JSON as it stands.
  static func plain(_ json: String) -> String {
    let bytes = Data(json.utf8)
    if let texts = try? JSONDecoder().decode([String].self, from: bytes) {
      return texts.joined(separator: "; ")
    }
    struct Name: Decodable {
      var family: String
      var given: String?
      var suffix: String?
    }
    if let names = try? JSONDecoder().decode([Name].self, from: bytes) {
      return JSONText.plain(names.map { PersonName(family: $0.family, given: $0.given, suffix: $0.suffix) })
    }
    return json
  }
}
