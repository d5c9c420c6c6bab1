import EmendLexicons

/// A tab-separated file of the knowledge, read over its bytes.
struct Table {
  let file: String
  private let bytes: [UInt8]

  init(_ folder: LexiconFolder, _ name: String) throws {
    file = folder.path(name)
    bytes = try LexiconFile(file).bytes
  }

  /// Calls `body` with the fields of each line that is neither empty nor a comment (#).
  func rows(_ body: (_ line: Int, _ fields: [ArraySlice<UInt8>]) throws -> Void) rethrows {
    var line = 0
    var start = 0
    while start < bytes.count {
      line += 1
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      if end > start, bytes[start] != 0x23 {
        var fields: [ArraySlice<UInt8>] = []
        var from = start
        for at in start..<end where bytes[at] == 0x09 {
          fields.append(bytes[from..<at])
          from = at + 1
        }
        fields.append(bytes[from..<end])
        try body(line, fields)
      }
      start = end + 1
    }
  }

  func bad(_ line: Int, _ message: String) -> LexiconError {
    LexiconError.bad(file: file, line: line, message: message)
  }
}

extension ArraySlice where Element == UInt8 {
  var string: String { String(decoding: self, as: UTF8.self) }
  var integer: Int? { Int(string) }
  var number: Double? { Double(string) }
}
