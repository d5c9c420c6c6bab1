import EmendModel

/// Where a scan has the boxes of its lines, takes gaps and indents from them: a witness made of boxes has neither blank
/// lines nor blanks before its lines.
///
/// Both are measured in the page's own terms, as plain text has them: a gap in lines of the usual distance, an indent in
/// characters of the usual width from the left edge of the lines around.
struct LineGeometry: SegmentationStep {
  /// Lines that are asked whether the scan has boxes.
  private static let asked = 200
  /// A distance of so many usual ones shows a gap.
  private static let leastDistance = 1.45
  private static let longestGap = 20
  /// Distances on a page below which the document's usual one is taken.
  private static let leastDistances = 5
  /// Lines above and below among which the left edge is looked for: a page that lies askew moves its edge.
  private static let reach = 12
  /// Indents are measured from here on; less is play.
  private static let leastIndent = 1.4

  func apply(to galley: inout Galley) {
    let scan = galley.transcript.scan
    guard galley.lines.prefix(Self.asked).contains(where: { scan.lines[$0.index].layout.box != nil }) else {
      return
    }
    let boxes = galley.lines.map { scan.lines[$0.index].layout.box }
    let pages = galley.pages.map { Measures(galley.lines, boxes, $0.lines) }
    let usual = Self.median(pages.flatMap(\.distances))
    for (page, measures) in zip(galley.pages, pages) {
      let distance = measures.distances.count < Self.leastDistances ? usual : Self.median(measures.distances)
      guard let distance, distance > 0 else { continue }
      for at in page.lines.dropFirst() { setGap(&galley, at, boxes, distance) }
      guard let width = measures.characterWidth else { continue }
      for at in page.lines { setIndent(&galley, at, boxes, page.lines, width) }
    }
  }

  /// What is usual on a page.
  private struct Measures {
    /// From line to line, where one stands below the other.
    var distances: [Double] = []
    var characterWidth: Double?

    init(_ lines: [Line], _ boxes: [Scan.Box?], _ range: Range<Int>) {
      var widths: [Double] = []
      for at in range {
        guard let box = boxes[at] else { continue }
        if lines[at].width >= 10 { widths.append(Double(box.width) / Double(lines[at].width)) }
        guard at > range.lowerBound, let above = boxes[at - 1] else { continue }
        let distance = LineGeometry.middle(box) - LineGeometry.middle(above)
        if distance > 0, distance < 4 * Double(max(box.height, above.height)) { distances.append(distance) }
      }
      characterWidth = LineGeometry.median(widths).flatMap { $0 > 0 ? $0 : nil }
    }
  }

  private static func median(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.sorted()[values.count / 2]
  }

  private static func middle(_ box: Scan.Box) -> Double { Double(box.y) + Double(box.height) / 2 }

  private func setGap(_ galley: inout Galley, _ at: Int, _ boxes: [Scan.Box?], _ distance: Double) {
    guard let box = boxes[at], let above = boxes[at - 1], galley.lines[at].gapBefore == 0 else { return }
    let lines = (Self.middle(box) - Self.middle(above)) / distance
    guard lines >= Self.leastDistance else { return }
    let gap = min(Self.longestGap, max(1, Int(lines.rounded()) - 1))
    galley.lines[at].gapBefore = gap
    galley.lines[at - 1].gapAfter = gap
  }

  private func setIndent(
    _ galley: inout Galley, _ at: Int, _ boxes: [Scan.Box?], _ page: Range<Int>, _ width: Double
  ) {
    guard let box = boxes[at], galley.lines[at].indent == 0 else { return }
    var left = box.x
    for step in [-1, 1] {
      var place = at
      for _ in 0..<Self.reach {
        guard page.contains(place + step), let next = boxes[place + step], let last = boxes[place],
          // The next column, and what stands beside it, has an edge of its own.
          (Self.middle(next) - Self.middle(last)) * Double(step) > 0,
          next.x < last.x + last.width, last.x < next.x + next.width
        else { break }
        left = min(left, next.x)
        place += step
      }
    }
    let indent = Double(box.x - left) / width
    galley.lines[at].flags.insert(.measured)
    if indent >= Self.leastIndent { galley.lines[at].indent = min(100, Int(indent.rounded())) }
  }
}
