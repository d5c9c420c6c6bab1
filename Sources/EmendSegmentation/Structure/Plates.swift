/// Pages outside the numbering with a few short lines: plates, their captions and library stamps.
struct Plates: SegmentationStep {
  static let mostLines = 6

  func apply(to galley: inout Galley) {
    guard galley.pages.count > 5, galley.pages.contains(where: { $0.number != nil }) else { return }
    for page in galley.pages.indices where page > galley.firstBodyPage && mayBePlate(galley, page) {
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

  /// A page outside the numbering, or one that is counted but shows neither number nor head, and holds a line or
  /// two in small letters that no contents name.
  private func mayBePlate(_ galley: Galley, _ page: Int) -> Bool {
    guard let number = galley.pages[page].number else { return true }
    guard number.source == .inferred, galley.pages[page].head == nil, galley.pages[page].foot == nil
    else {
      return false
    }
    let lines = galley.pages[page].lines.map { galley.lines[$0] }
    return lines.count <= 2
      && lines.allSatisfy { line in
        !line.isCapitals && line.modelScore < HeadingStyles.sure + 3
          && !galley.contentsTitles.contains(Glyphs.letterHash(galley.text, line.range).hash)
      }
  }
}
