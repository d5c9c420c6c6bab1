import EmendModel

/// The notes of a Markdown text: "[^label]" where they are called, "[^label]: text" where they stand.
///
/// Labels that are numbers stay as printed. Where any is a name, all notes are counted in the order of their calls, as
/// every renderer does.
struct MarkdownNotes {
  private let notes: [MarkdownBlocks.Note]
  /// The names of `notes`, and the marks under which they are printed.
  private let names: [String]
  private var marks: [String: String] = [:]
  /// The label of the first call of each note.
  private var calls: [String: Range<Int>] = [:]

  init(_ blocks: MarkdownBlocks, _ inlines: [MarkdownInline], _ text: [UInt8]) {
    notes = blocks.notes
    names = notes.map { MarkdownInline.name(text, $0.label) }
    if notes.isEmpty { return }
    let known = Set(names)
    let isNumbered = names.allSatisfy { $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }
    for inline in inlines {
      for (label, opensNote) in inline.noteLabels where !opensNote {
        let name = MarkdownInline.name(text, label)
        guard known.contains(name), calls[name] == nil else { continue }
        calls[name] = label
        marks[name] = isNumbered ? name : String(calls.count)
      }
    }
    for name in names where marks[name] == nil { marks[name] = isNumbered ? name : String(marks.count + 1) }
  }

  /// What is read in the place of labels that are no numbers.
  func labels(_ inlines: [MarkdownInline], _ text: [UInt8]) -> [DecodedText.Edit] {
    if notes.isEmpty { return [] }
    return inlines.flatMap(\.noteLabels).compactMap { label, _ in
      let name = MarkdownInline.name(text, label)
      guard let mark = marks[name], mark != name else { return nil }
      return DecodedText.Edit(range: label, bytes: Array(mark.utf8))
    }
  }

  /// The notes in the witness: its lines and the map that leads to it.
  func placed(_ lines: [Scan.Line], _ map: OffsetMap) -> [Scan.MarkedNote] {
    if notes.isEmpty { return [] }
    // A line of the Markdown is a line of the witness, save where a form feed parts one.
    var first: [Int: Int] = [:]
    for (index, line) in lines.enumerated() where first[line.number] == nil { first[line.number] = index }
    var called: Set<String> = []
    return zip(notes, names).map { note, name in
      let start = first[note.lines.lowerBound + 1] ?? lines.count
      let end = first[note.lines.upperBound + 1] ?? lines.count
      // Of two notes of one name the first is meant.
      let call = called.insert(name).inserted ? calls[name] : nil
      return Scan.MarkedNote(
        mark: marks[name] ?? name, lines: start..<max(start, end),
        ownMark: map.target(ofSource: note.label.lowerBound..<note.text),
        call: call.map { map.target(ofSource: $0) })
    }
  }
}
