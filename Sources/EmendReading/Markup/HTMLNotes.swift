import EmendModel

/// Notes of HTML: a link whose text is a mark leads to the place where the note stands.
///
/// Links of one figure also lead to the entries of a list of references. A note is what says so: by its role, its
/// class or its name ("fn3", "_ftn3", "footnote-3"), or by those of its call.
struct HTMLNotes {
  private struct Call {
    var range: Range<Int>
    var mark: String
    var isNoteCall: Bool
  }
  private struct Place {
    var id: String
    var isNote: Bool
    /// The depth of the element that ends it.
    var depth: Int
    var lines: Range<Int>
  }

  /// The first call of each target.
  private var calls: [String: Call] = [:]
  private var places: [Place] = []
  private var open: [Int] = []

  // MARK: What elements say

  private static let noteRoles = ["doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"]

  static func isNote(_ id: String, _ role: String, _ names: String) -> Bool {
    noteRoles.contains(role) || names.contains("footnote") || names.contains("endnote") || isNoteName(id)
  }

  static func isCall(_ role: String, _ names: String) -> Bool {
    role == "doc-noteref" || role == "noteref" || names.contains("noteref") || names.contains("footnote")
  }

  /// A link from a note back to its call, as converters add it.
  static func leadsBack(_ role: String, _ names: String) -> Bool {
    role == "doc-backlink" || names.contains("footnote-back") || names.contains("reversefootnote")
      || names.contains("backlink")
  }

  /// "fn3", "_ftn3", "fn:3", "footnote-3", "cite_note-3", "_edn3", "n3", "en3".
  private static func isNoteName(_ id: String) -> Bool {
    let name = id.lowercased()
    guard name.contains(where: \.isNumber) else { return false }
    if name.contains("note") || name.contains("ftn") || name.contains("edn") { return true }
    let letters = name.prefix { !$0.isNumber }.filter(\.isLetter)
    return letters == "fn" || letters == "n" || letters == "en"
  }

  /// The mark of a call: a number or signs, in brackets or not.
  private static func mark(_ text: some Collection<UInt8>) -> String? {
    let mark = String(String(decoding: text, as: UTF8.self).trimming { " [](){}.".contains($0) })
    let isNumber = mark.utf8.allSatisfy { $0 &- 0x30 < 10 }
    guard (1...3).contains(mark.count), isNumber || mark.allSatisfy({ "*†‡§¶‖#".contains($0) }) else {
      return nil
    }
    return mark
  }

  // MARK: Places

  /// A place that links lead to begins on a line; it ends with the element of the depth given.
  mutating func open(_ id: String, isNote: Bool, depth: Int, line: Int) {
    open.append(places.count)
    places.append(Place(id: id, isNote: isNote, depth: depth, lines: line..<line))
  }

  mutating func close(depth: Int, line: Int) {
    while let last = open.last, places[last].depth >= depth {
      places[last].lines = places[last].lines.lowerBound..<max(line, places[last].lines.lowerBound)
      open.removeLast()
    }
  }

  mutating func call(_ target: String, _ text: some Collection<UInt8>, _ range: Range<Int>, isNoteCall: Bool)
  {
    guard calls[target] == nil, let mark = Self.mark(text) else { return }
    calls[target] = Call(range: range, mark: mark, isNoteCall: isNoteCall)
  }

  /// The notes in the order of their lines: places that a call above them leads to.
  func placed(in scan: Scan) -> [Scan.MarkedNote] {
    var notes: [Scan.MarkedNote] = []
    for place in places {
      guard let call = calls[place.id], place.isNote || call.isNoteCall, !place.lines.isEmpty,
        place.lines.upperBound <= scan.lines.count,
        place.lines.lowerBound >= notes.last?.lines.upperBound ?? 0
      else { continue }
      let line = scan.lines[place.lines.lowerBound].range
      guard call.range.upperBound <= line.lowerBound else { continue }
      notes.append(
        Scan.MarkedNote(
          mark: call.mark, lines: place.lines, ownMark: ownMark(call.mark, scan.text, line),
          call: call.range))
    }
    return notes
  }

  /// The mark at the head of a note with its brackets and stop; empty where a list counts the notes.
  private func ownMark(_ mark: String, _ text: [UInt8], _ line: Range<Int>) -> Range<Int> {
    let head = text[line].prefix { $0 == 0x5B || $0 == 0x28 || $0 == 0x5E || $0 == 0x20 }.endIndex
    guard text[head..<line.upperBound].starts(with: mark.utf8) else {
      return line.lowerBound..<line.lowerBound
    }
    var end = head + mark.utf8.count
    if end < line.upperBound, text[end] &- 0x30 < 10 { return line.lowerBound..<line.lowerBound }
    while end < line.upperBound, [0x5D, 0x29, 0x2E, 0x3A, 0x20].contains(text[end]) { end += 1 }
    return line.lowerBound..<end
  }
}

extension String {
  /// Without the characters of a kind at both ends.
  fileprivate func trimming(_ isOuter: (Character) -> Bool) -> Substring {
    let start = drop(while: isOuter)
    return start.prefix(upTo: start.lastIndex { !isOuter($0) }.map(start.index(after:)) ?? start.startIndex)
  }
}
