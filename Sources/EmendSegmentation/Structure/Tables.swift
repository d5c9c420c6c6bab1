/// Sets tables aside: runs of lines with gaps inside, and runs of very short lines as they come from
/// tables that were read column by column.
struct Tables: SegmentationStep {
  func apply(to galley: inout Galley) {
    for page in galley.pages.indices {
      // Lists and the like stay among the lines: no table runs over them.
      var lines: [Int] = []
      var isCellRow: [Bool] = []
      lines.reserveCapacity(galley.pages[page].lines.count)
      isCellRow.reserveCapacity(galley.pages[page].lines.count)
      for index in galley.pages[page].lines where !galley.lines[index].kind.isFurniture {
        let line = galley.lines[index]
        lines.append(index)
        isCellRow.append(line.kind == .body && (isRow(galley, line) || isCell(galley, line)))
      }
      // No run of short lines is a column without one that is a cell by itself.
      guard isCellRow.contains(true) else { continue }
      columnRuns(galley, lines, &isCellRow)
      var index = 0
      while index < lines.count {
        guard isCellRow[index] else {
          index += 1
          continue
        }
        var last = index
        var misses = 0.0
        var at = index
        while at < lines.count, misses < 3 {
          if isCellRow[at] {
            last = at
            misses = 0
          } else if galley.lines[lines[at]].kind != .body {
            misses = 3
          } else {
            misses += Double(galley.lines[lines[at]].width) < 0.5 * Double(galley.measure) ? 0.7 : 2
          }
          at += 1
        }
        let rows = isCellRow[index...last].reduce(0) { $0 + ($1 ? 1 : 0) }
        if rows >= 4, Double(rows) >= 0.6 * Double(last - index + 1) {
          for row in index...last { galley.lines[lines[row]].kind = .table }
        }
        index = last + 1
      }
    }
  }

  /// Lines of a run in which every line is very short.
  static let leastColumnRun = 6

  /// A table read column by column: short lines one after the other, names and figures in turn.
  private func columnRuns(_ galley: Galley, _ lines: [Int], _ isCellRow: inout [Bool]) {
    var at = 0
    while at < lines.count {
      var end = at
      while end < lines.count, galley.lines[lines[end]].kind == .body,
        Double(galley.lines[lines[end]].width) < 0.42 * Double(galley.measure),
        galley.extraGap(before: galley.lines[lines[end]]) == 0 || end == at
      {
        end += 1
      }
      let cells = isCellRow[at..<end].reduce(0) { $0 + ($1 ? 1 : 0) }
      if end - at >= Self.leastColumnRun, Double(cells) >= 0.25 * Double(end - at) {
        for row in at..<end { isCellRow[row] = true }
      }
      at = max(end, at + 1)
    }
  }

  private func isRow(_ galley: Galley, _ line: Line) -> Bool {
    guard line.isWide, SectionNumber.decimal(galley.text, line.range) == nil else { return false }
    return line.flags.contains(.cells)
      || (line.digits > 0 && Double(line.width) < 0.9 * Double(galley.measure))
  }

  private func isCell(_ galley: Galley, _ line: Line) -> Bool {
    guard Double(line.width) < 0.35 * Double(galley.measure) else { return false }
    return line.letters + line.digits == 0 || line.digits * 2 >= line.letters + line.digits
      || !line.flags.contains(.hasSmallPair)
  }
}
