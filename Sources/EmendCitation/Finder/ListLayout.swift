/// Sets right the entries of a list by the layout that its other entries share.
///
/// The field over lines sees two lines at a time. Where nearly all entries of a list are set apart by a blank
/// line, or all hang, the few that are not labelled so were misread: a second line that begins with a name
/// ("R. Joly and P. Del-Gallo (2012).") is no entry of its own.
enum ListLayout {
  /// Lines of each kind that must speak, and the share of them that must agree.
  private static let fewest = 10
  private static let agreeing = 0.93
  /// Columns by which a line must stand in or out to count.
  private static let step = 2

  /// Settles the labels of one list, whose lines are `block` (the lines between them that are foreign included).
  static func settle(_ labels: inout [LineLabel], _ lines: [LineFeatures.Line], block: ClosedRange<Int>) {
    let inner = block.dropFirst().filter { k in
      isEntry(labels[k]) && isEntry(labels[k - 1]) && !lines[k].pageStarts
    }
    if separates(labels, inner, { lines[$0].blanks > 0 }) {
      for k in inner { labels[k] = lines[k].blanks > 0 ? .begins : .continues }
      return
    }
    func shift(_ k: Int) -> Int { lines[k].facts.indent - lines[k - 1].facts.indent }
    for sign in [1, -1] {
      // Hanging entries begin further left than the line before, indented ones further right.
      let turns = inner.filter { labels[$0] != labels[$0 - 1] }
      guard separates(labels, turns, { -sign * shift($0) >= step }),
        inner.count(where: { labels[$0] == labels[$0 - 1] && abs(shift($0)) >= step })
          <= Int(Double(inner.count) * (1 - agreeing))
      else { continue }
      for k in inner {
        if -sign * shift(k) >= step {
          labels[k] = .begins
        } else if sign * shift(k) >= step {
          labels[k] = .continues
        } else {
          labels[k] = labels[k - 1]
        }
      }
      return
    }
  }

  private static func isEntry(_ label: LineLabel) -> Bool { label == .begins || label == .continues }

  /// Whether a sign stands at nearly all first lines of entries and at nearly no other.
  private static func separates(_ labels: [LineLabel], _ lines: [Int], _ sign: (Int) -> Bool) -> Bool {
    let (first, other) = (lines.filter { labels[$0] == .begins }, lines.filter { labels[$0] == .continues })
    guard first.count >= fewest, other.count >= fewest else { return false }
    return Double(first.count(where: sign)) >= agreeing * Double(first.count)
      && Double(other.count(where: sign)) <= (1 - agreeing) * Double(other.count)
  }
}
