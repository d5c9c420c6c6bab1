/// Finds the places of ranges of a reading text that are asked for in its order: each is looked for near the one before,
/// so that a page or a line is seldom searched for.
///
/// ```swift
/// var finder = PlaceFinder(document)
/// finder.places(ofReading: 0..<12).first.line   // the same as document.places(ofReading: 0..<12).first.line
/// ```
public struct PlaceFinder: Sendable {
  private let map: OffsetMap
  private let scan: Scan
  /// Where the last offset was found: a segment of the map, a line of the scan.
  private var segment = 0
  private var line = 0

  public init(_ document: Document) {
    map = document.map
    scan = document.scan
  }

  /// Pages, lines and columns of a range: of its first byte and of its last.
  public mutating func places(ofReading range: Range<Int>) -> (first: Place, last: Place) {
    let first = place(ofReading: range.lowerBound)
    return (first, range.isEmpty ? first : place(ofReading: range.upperBound - 1))
  }

  private mutating func place(ofReading offset: Int) -> Place {
    scan.place(at: map.source(ofTarget: offset, near: &segment), near: &line)
  }
}
