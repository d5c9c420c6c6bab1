import EmendModel

/// Takes up what a format says that plain text leaves to be found: rows of tables, notes with their calls, links that
/// lead through a site.
struct MarkedParts: SegmentationStep {
  func apply(to galley: inout Galley) {
    let scan = galley.transcript.scan
    guard scan.source.format.marksParts else { return }
    for index in galley.lines.indices {
      switch scan.lines[galley.lines[index].index].layout.part {
      case .table: galley.lines[index].kind = .table
      case .navigation: galley.lines[index].kind = .noise
      case nil: break
      }
    }
    for note in scan.notes { take(note, &galley) }
  }

  private func take(_ note: Scan.MarkedNote, _ galley: inout Galley) {
    // These formats have no columns, so that the lines stand in the order of the scan.
    let lines = first(galley, note.lines.lowerBound)..<first(galley, note.lines.upperBound)
    if lines.isEmpty { return }
    for index in lines {
      galley.lines[index].kind = .note
      galley.lines[index].note = galley.notes.count
    }
    let map = galley.transcript.map
    galley.notes.append(
      NoteDraft(
        mark: note.mark, value: Int(note.mark), lines: Array(lines),
        markRange: map.target(ofSource: note.ownMark),
        isEndnote: false, anchor: note.call.map { map.target(ofSource: $0) }))
  }

  /// The first line that is not above a line of the scan.
  private func first(_ galley: Galley, _ line: Int) -> Int {
    var (low, high) = (0, galley.lines.count)
    while low < high {
      let middle = (low + high) / 2
      if galley.lines[middle].index < line { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Scan.Format {
  /// Whether the format names paragraphs, items, tables and notes for what they are.
  var marksParts: Bool { self == .markdown || self == .html }
}
