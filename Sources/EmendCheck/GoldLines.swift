import FoundationEssentials

/// A line of a gold file that is no record of its kind.
public struct BadGoldLine: Error, Sendable {
  /// From 1.
  public let line: Int
  public let reason: DecodingError
}

/// Gold in JSON lines.
enum GoldLines {
  /// The records of all lines that are not blank. Throws `BadGoldLine` for one that is no such record.
  static func decode<Record: Decodable>(
    _ bytes: [UInt8], as type: Record.Type = Record.self
  ) throws -> [Record] {
    let decoder = JSONDecoder()
    var records: [Record] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where line.contains(where: { $0 > 0x20 }) {
      do {
        records.append(try decoder.decode(Record.self, from: Data(line)))
      } catch let reason as DecodingError { throw BadGoldLine(line: index + 1, reason: reason) }
    }
    return records
  }
}
