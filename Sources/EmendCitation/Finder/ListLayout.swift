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
    if let numbered = numbered(labels, lines, block) {
      for k in inner {
        // The number of a page looks like that of an entry.
        labels[k] = numbered.contains(k) ? .begins : lines[k].facts.isPageNumber ? .outside : .continues
      }
      return
    }
    if separates(labels, inner, { lines[$0].blanks > 0 }) || isSpaced(labels, lines, inner) {
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

  /// Blank lines part the entries of shorter lists too: most entries have one before them, and no other line has.
  private static func isSpaced(_ labels: [LineLabel], _ lines: [LineFeatures.Line], _ inner: [Int]) -> Bool {
    let first = inner.filter { labels[$0] == .begins }
    let spaced = first.count { lines[$0].blanks > 0 }
    let other = inner.count { labels[$0] == .continues && lines[$0].blanks > 0 }
    guard spaced >= fewestSpaced else { return false }
    // The block's own first line counts as set apart.
    return other == 0
      ? 2 * (spaced + 1) >= first.count : 4 * spaced >= 3 * first.count && 12 * other <= spaced
  }

  private static let fewestSpaced = 5

  /// The lines of a numbered list that begin with the next number, printed as most of its numbers are; nil where most
  /// entries have none.
  private static func numbered(
    _ labels: [LineLabel], _ lines: [LineFeatures.Line], _ block: ClosedRange<Int>
  ) -> Set<Int>? {
    let first = block.filter { labels[$0] == .begins }
    for form in [LineFacts.Starts.bracketed, .numbered] {
      func hasNumber(_ k: Int) -> Bool { lines[k].facts.number >= 0 && lines[k].facts.starts.contains(form) }
      let withNumber = first.count(where: hasNumber)
      guard withNumber >= fewestSpaced, 4 * withNumber >= 3 * first.count else { continue }
      var found: Set<Int> = []
      var last = -1
      for k in block where isEntry(labels[k]) && hasNumber(k) {
        let number = lines[k].facts.number
        if last < 0 ? labels[k] == .begins : number == last + 1 || number == last + 2 || number == 1 {
          found.insert(k)
          last = number
        }
      }
      // Entries are seldom lost this way, or the numbers are none.
      if 10 * found.count >= 9 * first.count { return found }
    }
    return nil
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
