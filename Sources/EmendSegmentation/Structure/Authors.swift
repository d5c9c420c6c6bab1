/// The names below the title of a paper are no heading: "A. Marchbanks and O. Kaufmann".
struct Authors: SegmentationStep {
  /// Headings from the start of the document among which the authors may stand.
  static let reach = 4

  func apply(to galley: inout Galley) {
    var headings = 0
    for index in galley.lines.indices {
      let line = galley.lines[index]
      if line.kind == .heading, line.formatLevel == 0 {
        headings += 1
        if headings > Self.reach { return }
        guard headings > 1, line.flags.contains(.hasInitial), line.digits == 0,
          HeadingKey(galley, line) == nil, SectionNumber.roman(galley.text, line.range) == nil
        else { continue }
        let names = Names.list(FrontMatterText.collapsed(galley.string(line.range)))
        guard !names.isEmpty, names.allSatisfy({ Names.isName($0, galley.knowledge) }) else { continue }
        galley.lines[index].kind = .byline
        galley.lines[index].headingScore = 0
      } else if line.kind == .body, line.functionWords >= 3 {
        return
      }
    }
  }
}
