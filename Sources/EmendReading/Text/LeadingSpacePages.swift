import EmendModel

/// Page starts in a text without form feeds, by the one space with which some tools begin a page.
///
/// The thresholds were set on a book chapter with known page starts. The lines
/// that begin with exactly one space are page starts when there are at least 4, fewer than a tenth of the
/// lines with text, more than lines with deeper indentation, and 70 % of their distances lie within 0.8 to
/// 1.25 of the median, which is at least 15 lines. A distance of more than 1.6 medians is split where two or
/// more blank lines stand at least half a median from both ends.
enum LeadingSpacePages {
  struct Start: Equatable {
    var line: Int
    var evidence: Scan.Page.Evidence
  }

  /// The lines (from 0) on which the second and later pages start; empty when the text shows no such habit.
  /// `lines` are ranges of `text` without line ends.
  static func starts(in text: [UInt8], lines: [Scan.Line]) -> [Start] {
    var marked: [Int] = []
    var (filled, indented) = (0, 0)
    for (index, line) in lines.enumerated() {
      let range = line.range
      if range.isEmpty { continue }
      let second = range.count > 1 ? text[range.lowerBound + 1] : nil
      switch text[range.lowerBound] {
      case 0x20 where second == 0x20, 0x09: indented += 1
      case 0x20 where second != nil || index == lines.count - 1: marked.append(index)
      default: break
      }
      if text[range].contains(where: { $0 > 0x20 }) { filled += 1 }
    }
    guard marked.count >= 4, marked.count * 10 < filled, indented < marked.count else { return [] }
    let gaps = zip(marked, marked.dropFirst()).map { $1 - $0 }
    let median = Double(gaps.sorted()[gaps.count / 2])
    let regular = gaps.count { (0.8 * median...1.25 * median).contains(Double($0)) }
    guard median >= 15, Double(regular) >= 0.7 * Double(gaps.count) else { return [] }

    let starts = [0] + marked.filter { $0 > 0 }
    var result: [Start] = []
    for (index, start) in starts.enumerated() {
      if start > 0 { result.append(Start(line: start, evidence: .leadingSpace)) }
      let end = index + 1 < starts.count ? starts[index + 1] : lines.count
      if Double(end - start) > 1.6 * median {
        result += inferred(between: start, and: end, median: median, text: text, lines: lines)
      }
    }
    return result
  }

  /// Starts after two or more blank lines, each at least half a median from the one before and from the end.
  private static func inferred(
    between start: Int, and end: Int, median: Double, text: [UInt8], lines: [Scan.Line]
  ) -> [Start] {
    func isBlank(_ index: Int) -> Bool { !text[lines[index].range].contains { $0 > 0x20 } }
    let margin = Int(median / 2)
    var result: [Start] = []
    var last = start
    var blanks = 0
    for index in start..<end {
      if isBlank(index) {
        blanks += 1
        continue
      }
      if blanks >= 2, index - last >= margin, end - index >= margin {
        result.append(Start(line: index, evidence: .inferred))
        last = index
      }
      blanks = 0
    }
    return result
  }
}
