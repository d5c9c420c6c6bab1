import EmendModel

/// Reading: bytes in, a `Scan` out.
public enum Reading {
  /// Reads one document from its bytes. `name` is its path as given; the id is made from it.
  public static func scan(bytes: [UInt8], name: String) throws -> Scan {
    var lines: [Scan.Line] = []
    var start = 0
    for end in 0...bytes.count where end == bytes.count || bytes[end] == 0x0A {
      lines.append(Scan.Line(range: start..<end, number: lines.count + 1, sourceStart: start, page: 0))
      start = end + 1
    }
    let stem = name.split(separator: "/").last.map(String.init) ?? name
    return Scan(
      id: stem.split(separator: ".").first.map(String.init) ?? stem,
      source: Scan.Source(name: name, format: .plainText, byteCount: bytes.count),
      text: bytes, lines: lines, pages: [Scan.Page(lines: 0..<lines.count, evidence: .start)])
  }
}
