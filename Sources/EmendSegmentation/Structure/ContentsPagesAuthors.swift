import EmendModel

/// The authors in the contents of an issue, on lines of their own below the titles.
///
/// A line of names looks like many a title of two words ("Early Years"). So the names of a page are believed together:
/// when one of them has an initial, or when most entries have such a line below them.
enum ContentsAuthors {
  static let leastLines = 3
  static let leastShare = 0.6

  /// The lines below entries that name their authors.
  static func below(_ galley: Galley, _ lines: [Int]) -> Set<Int> {
    var found: Set<Int> = []
    var (entries, named, initials) = (0, 0, 0)
    var isOpen = false
    for (place, index) in lines.enumerated() {
      let line = galley.lines[index]
      if ContentsPages.pageToken(galley.text, line) != nil {
        entries += 1
        isOpen = true
        continue
      }
      let isFirst = !(place > 0 && found.contains(lines[place - 1]))
      let isNear = line.gapBefore == 0 || (line.gapBefore == 1 && line.flags.contains(.hasInitial))
      guard isOpen, place > 0, isNear, isNames(galley, line),
        !isFirst || line.indent >= titleIndent(galley, lines, place) + 2,
        isLast(galley, lines, place)
      else {
        // The title above may go on for a line.
        isOpen = isOpen && isFirst && line.gapBefore == 0
        continue
      }
      found.insert(index)
      if isFirst { named += 1 }
      if line.flags.contains(.hasInitial) { initials += 1 }
    }
    let isUsual = named >= leastLines && Double(named) >= leastShare * Double(entries)
    return initials > 0 || isUsual ? found : []
  }

  /// The indent of the line above that bears the page.
  private static func titleIndent(_ galley: Galley, _ lines: [Int], _ place: Int) -> Int {
    for index in lines[..<place].reversed()
    where ContentsPages.pageToken(galley.text, galley.lines[index]) != nil {
      return galley.lines[index].indent
    }
    return 0
  }

  /// Below names stands the next entry: set in less, with its page, or after a blank line.
  private static func isLast(_ galley: Galley, _ lines: [Int], _ place: Int) -> Bool {
    guard place + 1 < lines.count else { return true }
    let (line, next) = (galley.lines[lines[place]], galley.lines[lines[place + 1]])
    return next.gapBefore >= 1 || next.page != line.page || next.indent < line.indent
      || ContentsPages.pageToken(galley.text, next) != nil || isNames(galley, next)
  }

  /// Names and nothing else: "Jane A. Low", "Jane Low, Tom Reed, and Ann Hall".
  static func isNames(_ galley: Galley, _ line: Line) -> Bool {
    guard line.digits == 0, line.words >= 2, !line.isWide, !line.flags.contains(.leaders) else {
      return false
    }
    let text = FrontMatterText.collapsed(galley.string(line.range))
    let joints = text.split(separator: " ").count { $0 == "and" }
    let names = Names.list(text)
    return line.functionWords <= joints && !names.isEmpty
      && names.allSatisfy { Names.isName($0, galley.knowledge) }
  }

  /// "Why Ministers Ratify" above "    Jane A. Low ...... 97": the names stand on the line of the page.
  static func endsInNames(_ galley: Galley, _ pending: [Int]) -> Bool {
    guard pending.count > 1, let last = pending.last, let first = pending.first,
      galley.lines[last].indent >= galley.lines[first].indent + 2,
      galley.lines[last].flags.contains(.hasInitial)
    else { return false }
    let names = Names.list(ContentsPages.title(galley, [last]))
    return !names.isEmpty && names.allSatisfy { Names.isName($0, galley.knowledge) }
  }

  /// "Jane A. Low" above "    Why Ministers Ratify ..... 97".
  static func opensWithNames(_ galley: Galley, _ pending: [Int]) -> Bool {
    guard pending.count > 1, galley.lines[pending[0]].flags.contains(.hasInitial),
      galley.lines[pending[1]].indent >= galley.lines[pending[0]].indent + 2
    else { return false }
    return isNames(galley, galley.lines[pending[0]])
  }
}
