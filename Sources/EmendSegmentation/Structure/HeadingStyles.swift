/// Learns a book's own heading styles from its sure headings, and gives the benefit of the doubt to lines in
/// one of them.
///
/// A style is what plain text shows of type: case, indent, blank lines above and below, a full stop at the
/// end. Sure headings are those that the model has no doubt about or the contents name; a style is the book's
/// when several of them have it and few lines have it that are certainly none.
struct HeadingStyles: SegmentationStep {
  /// Model scores of a sure heading, of a certain non-heading, and of one that a style may lift.
  static let sure: Float = 1.5
  static let never: Float = -2.5
  static let doubtful: Float = -1.2
  static let leastSure = 4

  private struct Style: Hashable {
    var letterCase: Int
    var indent: Int
    var above: Int
    var below: Int
    var ends: Bool
  }

  func apply(to galley: inout Galley) {
    guard !galley.hasFormatLevels else { return }
    var counts: [Style: (sure: Int, never: Int)] = [:]
    for line in galley.lines where line.modelScore > -9 {
      if line.kind == .heading, line.modelScore >= Self.sure {
        counts[style(galley, line), default: (0, 0)].sure += 1
      } else if line.kind == .body, line.modelScore < Self.never {
        counts[style(galley, line), default: (0, 0)].never += 1
      }
    }
    guard counts.values.contains(where: { $0.sure >= Self.leastSure }) else { return }
    for index in galley.lines.indices {
      let line = galley.lines[index]
      guard line.kind == .body, line.modelScore > Self.doubtful, line.modelScore <= 0, line.letters >= 4,
        !SectionNumber.isCaption(galley.text, line.range, galley.knowledge),
        let count = counts[style(galley, line)], count.sure >= Self.leastSure, count.sure >= 3 * count.never
      else { continue }
      galley.lines[index].kind = .heading
      galley.lines[index].headingScore = 0.1
    }
  }

  private func style(_ galley: Galley, _ line: Line) -> Style {
    let indent = line.indent - galley.pages[line.page].margin
    return Style(
      letterCase: HeadingEvidence.style(line), indent: indent < 2 ? 0 : indent < 6 ? 1 : 2,
      above: min(3, line.gapBefore), below: min(3, line.gapAfter), ends: line.endsSentence)
  }
}
