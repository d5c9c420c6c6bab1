import EmendModel
import Testing

/// Pages of two columns, side by side as a text layer keeps them, and one after the other.
@Suite struct ColumnTests {
  static func columns() -> (left: [String], right: [String]) {
    var setter = Typesetter()
    setter.measure = 38
    let left = setter.paragraphs(3, calls: ["1"], indent: 2)
    let right = setter.paragraphs(3, calls: ["2"], indent: 2)
    return (left, right)
  }

  static func sideBySide(_ left: [String], _ right: [String]) -> String {
    (0..<max(left.count, right.count)).map { row in
      let (a, b) = (row < left.count ? left[row] : "", row < right.count ? right[row] : "")
      let room = String(repeating: " ", count: max(2, 44 - a.count))
      return b.isEmpty ? a : a + room + b
    }.joined(separator: "\n")
  }

  /// The right column is read after the left one, and a paragraph goes on from the one to the other.
  @Test func sideBySide() throws {
    let (left, right) = Self.columns()
    let document = try Samples.document(
      "212          THE REVIEW OF CABLES\n\n" + Self.sideBySide(left, right) + "\n\u{C}"
        + "THE REVIEW OF CABLES          213\n\n" + Self.sideBySide(right, left) + "\n")
    let text = String(decoding: document.reading, as: UTF8.self)
    let wanted = try Samples.document((left + right).joined(separator: "\n"))
    let first = String(decoding: wanted.reading, as: UTF8.self)
    #expect(text.hasPrefix(String(first.prefix(first.count / 2))))
    #expect(document.pages.map(\.printed) == ["212", "213"])
    #expect(!text.contains("  "))
  }

  /// A table of words and figures is no page of two columns.
  @Test func tablesStayWhole() throws {
    let rows = (1...14).map {
      "Station number \($0) of the line        \($0 * 120) miles    \($0 * 7) offices"
    }
    let document = try Samples.document("Stations\n\n" + rows.joined(separator: "\n") + "\n")
    #expect(document.blocks.filter { $0.kind == .table }.count == 1)
    #expect(
      String(decoding: document.reading, as: UTF8.self).contains("line        120 miles"), "rows stay whole")
  }

  /// Below the notes of the first column the text of the second one goes on.
  @Test func oneAfterTheOther() throws {
    var setter = Typesetter()
    setter.measure = 38
    var (left, right) = (setter.paragraphs(2, calls: ["1"], indent: 2), setter.paragraphs(2, indent: 2))
    // The first column breaks off in the middle of a sentence.
    left = Array(left.dropLast(1))
    right[0] = "which nobody had asked for, though the"
    right.insert("owners had offered it to them twice.", at: 1)
    let note = "1 Harker, The Price of Cables, 12."
    let document = try Samples.document(
      (["plain text of a page"] + left + ["", note] + right).joined(separator: "\n") + "\n\u{C}"
        + setter.paragraphs(3, indent: 2).joined(separator: "\n"))
    #expect(document.notes.map { document.text($0.text) } == ["Harker, The Price of Cables, 12."])
    #expect(
      Samples.blocks(document).contains { $0.hasPrefix("paragraph") && $0.contains("which nobody had") })
  }
}
