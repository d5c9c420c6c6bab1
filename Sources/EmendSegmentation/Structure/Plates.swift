/// Pages outside the numbering with a few short lines: plates, their captions and library stamps.
struct Plates: SegmentationStep {
  static let mostLines = 6

  func apply(to galley: inout Galley) {
    guard galley.pages.count > 5, galley.pages.contains(where: { $0.number != nil }) else { return }
    for page in galley.pages.indices where page > galley.firstBodyPage && galley.pages[page].number == nil {
      let lines = galley.pages[page].lines.filter {
        galley.lines[$0].kind == .body || galley.lines[$0].kind == .heading
      }
      // A list of names has few lines of other kinds, and is no plate.
      let all = galley.pages[page].lines.count { !galley.lines[$0].kind.isFurniture }
      guard !lines.isEmpty, all <= Self.mostLines,
        lines.allSatisfy({ Double(galley.lines[$0].width) < 0.8 * Double(galley.measure) })
      else { continue }
      for index in lines {
        let line = galley.lines[index]
        let sure =
          line.kind == .heading
          && (HeadingKey(galley, line) != nil
            || SectionNumber.label(galley.text, line.range, galley.knowledge.divisions) != nil)
        if !sure { galley.lines[index].kind = .figure }
      }
    }
  }
}
