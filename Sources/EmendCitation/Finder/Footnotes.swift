/// Takes the notes at the foot of a page out of a list that goes on behind them.
///
/// The entries of a list without numbers do not begin with one: what does is a note of the text that ends on the page
/// where the list begins, or the head of a page with its number.
enum Footnotes {
  /// Lines that a note at the foot of a page may have.
  private static let longest = 12
  /// Bytes up to which a line with a number may be the head of a page.
  private static let shortHead = 60

  static func drop(_ labels: inout [LineLabel], _ lines: [LineFeatures.Line], block: ClosedRange<Int>) {
    let first = block.filter { labels[$0] == .begins && !lines[$0].isNote }
    let numbered = first.count { lines[$0].facts.number >= 0 }
    guard first.count >= 3, 3 * numbered < first.count else { return }
    for k in block {
      if lines[k].isNote {
        // A line within an entry may have been taken for the first of a note.
        let opens = !lines[k - 1 >= 0 ? k - 1 : k].isNote || k == 0
        if opens, labels[k] != .continues || lines[k].facts.starts.contains(.numbered) {
          dropNote(&labels, lines, k)
        }
        continue
      }
      guard labels[k] == .begins, lines[k].facts.number >= 1, lines[k].facts.starts.contains(.numbered) else {
        continue
      }
      if lines[k].pageStarts {
        let next = k + 1
        let isHead =
          lines[k].facts.length <= shortHead && next < lines.count
          && (lines[next].blanks > 0 || lines[k].facts.columns > 0)
        if isHead { labels[k] = .outside }
      } else if lines[k].blanks > 0, lines[k].facts.lastSign != 0x2C || lines[k].facts.indent > 0 {
        // Set off from the list, and ended by the page.
        let end = (k + 1..<min(lines.count, k + longest)).first { lines[$0].pageStarts }
        guard let end, !(k + 1..<end).contains(where: { startsEntry(labels, lines, $0) }) else { continue }
        for j in k..<end { labels[j] = .outside }
      }
    }
  }

  private static func dropNote(_ labels: inout [LineLabel], _ lines: [LineFeatures.Line], _ first: Int) {
    var k = first
    while k < lines.count, lines[k].isNote {
      labels[k] = .outside
      k += 1
    }
  }

  /// An entry of the list without a number: the page does not end with the note.
  private static func startsEntry(_ labels: [LineLabel], _ lines: [LineFeatures.Line], _ k: Int) -> Bool {
    labels[k] == .begins && lines[k].facts.number < 0 && lines[k].facts.indent == 0
  }
}
