import EmendModel

extension PassageReader {
  /// Adds a parsed reference to what was read of its note: to the entry of the same place, or as one of its own.
  func describe(_ reference: Reference, _ printed: Range<Int>, _ entries: inout [NoteEntry]) {
    guard let start = tokens.firstIndex(where: { $0.start >= printed.lowerBound }) else { return }
    // Without the stop or comma behind it.
    var end = printed.upperBound
    while end > printed.lowerBound, [0x2E, 0x2C, 0x3B, 0x20, 0x0A].contains(bytes[end - 1]) { end -= 1 }
    let range = printed.lowerBound..<end
    guard !range.isEmpty else { return }
    let description = NoteEntry.Description(
      range: range, reference: reference, prefix: prefix(before: start, from: 0).text)
    let near = entries.indices.filter { entries[$0].range.overlaps(range) }
    guard let first = near.first, let last = near.last else {
      let index = entries.firstIndex { $0.range.lowerBound > range.lowerBound } ?? entries.count
      entries.insert(
        NoteEntry(kind: .described, range: range, names: [], block: block, description: description),
        at: index)
      return
    }
    let read = near.filter { entries[$0].kind != .unknown && entries[$0].kind != .described }
    if let own = read.first {
      // What the note was read as goes first; the description stands in where that leads nowhere.
      if read.count == 1, entries[own].description == nil { entries[own].description = description }
    } else if near.allSatisfy({ entries[$0].description == nil }) {
      var whole = entries[first]
      whole.range = whole.range.lowerBound..<max(whole.range.upperBound, entries[last].range.upperBound)
      whole.description = description
      entries.replaceSubrange(first...last, with: [whole])
    }
  }
}
