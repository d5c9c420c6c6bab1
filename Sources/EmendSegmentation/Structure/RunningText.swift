/// Tells the lines of paragraphs from displayed ones, before margins and paragraphs are known.
enum RunningText {
  /// A line of a paragraph fills this share of the measure.
  static let fullShare = 0.75

  /// Whether two lines, one below the other, are the beginning or the middle of a paragraph: the upper one fills the
  /// measure, the lower one stands no further in and goes on in words of grammar.
  static func goesOn(_ galley: Galley, _ line: Line, _ next: Line) -> Bool {
    let full = fullShare * Double(galley.measure)
    guard next.page == line.page, galley.extraGap(before: next) == 0, Double(line.width) >= full,
      !line.isCapitals, !line.isWide, line.functionWords >= 1, next.indent <= line.indent + 1
    else { return false }
    if next.startsSmall, next.functionWords >= 2, Double(next.width) >= full { return true }
    return line.titleShare < 0.6 && line.functionWords >= 2 && (next.startsSmall || next.functionWords >= 1)
  }

  /// The place of the first line of prose among lines of one page.
  static func start(_ galley: Galley, _ lines: [Int]) -> Int? {
    zip(lines, lines.dropFirst()).enumerated().first { _, pair in
      goesOn(galley, galley.lines[pair.0], galley.lines[pair.1])
    }?.offset
  }
}
