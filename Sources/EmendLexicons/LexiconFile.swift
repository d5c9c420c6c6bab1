import FoundationEssentials

/// An editable table: one record a line, fields parted by tabs, `#` begins a comment line.
///
/// ```swift
/// let file = try LexiconFile(path)
/// try file.forEachRow(fields: 2...3) { row in row.text(0) }
/// ```
public struct LexiconFile: Sendable {
  public let path: String
  public let bytes: [UInt8]

  /// Throws `LexiconError.bad` when the file cannot be read.
  public init(_ path: String) throws {
    self.path = path
    guard let data = FileManager.default.contents(atPath: path) else {
      throw LexiconError.bad(file: path, line: 0, message: "cannot be read")
    }
    // Some editors put a byte order mark in front, or end lines with a carriage return as well.
    let hasMark = data.starts(with: [0xEF, 0xBB, 0xBF])
    let bytes = [UInt8](hasMark ? data.dropFirst(3) : data)
    self.bytes = bytes.contains(0x0D) ? Self.withLineFeeds(bytes) : bytes
  }

  /// Without the carriage returns that stand before a line feed or at the very end.
  private static func withLineFeeds(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for (at, byte) in bytes.enumerated()
    where byte != 0x0D || at + 1 < bytes.count && bytes[at + 1] != 0x0A { result.append(byte) }
    return result
  }

  /// One record.
  public struct Row {
    /// Line of the file, from 1.
    public let line: Int
    public let file: String
    let buffer: UnsafeBufferPointer<UInt8>
    fileprivate(set) var fields: [Range<Int>]

    public var count: Int { fields.count }

    /// The bytes of a field; empty when the row has no such field. Valid inside the closure only.
    public subscript(_ index: Int) -> UnsafeBufferPointer<UInt8> {
      guard index < fields.count else { return UnsafeBufferPointer(start: nil, count: 0) }
      return UnsafeBufferPointer(rebasing: buffer[fields[index]])
    }

    public func text(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }

    public func fault(_ message: String) -> LexiconError {
      LexiconError.bad(file: file, line: line, message: message)
    }

    /// A decimal number such as "-12.5".
    public func number(_ index: Int) throws -> Double {
      guard let value = LexiconFile.number(self[index]) else {
        throw fault("field \(index + 1) is no number: \(text(index))")
      }
      return value
    }
  }

  /// Calls `body` for each record; a count of fields outside `fields` is a `LexiconError.bad`.
  public func forEachRow(fields: PartialRangeFrom<Int>, _ body: (Row) throws -> Void) throws {
    try forEachRow(fields: fields.lowerBound...Int.max, body)
  }

  public func forEachRow(fields: ClosedRange<Int>, _ body: (Row) throws -> Void) throws {
    try bytes.withUnsafeBufferPointer { buffer in
      var row = Row(line: 0, file: path, buffer: buffer, fields: [])
      var start = 0
      var line = 0
      while start < buffer.count {
        line += 1
        var end = start
        row.fields.removeAll(keepingCapacity: true)
        var field = start
        while end < buffer.count, buffer[end] != 0x0A {
          if buffer[end] == 0x09 {
            row.fields.append(field..<end)
            field = end + 1
          }
          end += 1
        }
        row.fields.append(field..<end)
        let isComment = start < end && buffer[start] == 0x23
        if start < end, !isComment {
          let numbered = Row(line: line, file: path, buffer: buffer, fields: row.fields)
          guard fields.contains(row.fields.count) else {
            throw numbered.fault("\(row.fields.count) fields where \(fields.lowerBound) or more belong")
          }
          try body(numbered)
        }
        start = end + 1
      }
    }
  }

  /// Parses digits with an optional sign and decimal part, without the locale.
  static func number(_ bytes: some Collection<UInt8>) -> Double? {
    var value = 0.0
    var scale = 0.0
    var digits = 0
    var negative = false
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x2D where index == 0: negative = true
      case 0x2E where scale == 0: scale = 1
      case 0x30...0x39:
        value = value * 10 + Double(byte - 0x30)
        scale *= 10
        digits += 1
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    let magnitude = scale > 1 ? value / scale : value
    return negative ? -magnitude : magnitude
  }
}
