import EmendModel
import Testing

@Suite struct NotesTests {
  @Test func endnotesAreTiedToTheirCalls() throws {
    let document = try Samples.document(
      """
      The rates were set at Paris.1 The British companies had no vote there, since they were no
      state.2 They sent “observers.”3 In 1868.4 the rule changed again and the observers went home.

      Notes

      1. See the protocol of the conference.
      2. They said so themselves, and often.
      3. Four of them.
      4. By letter.
      """)
    #expect(document.notes.map(\.mark) == ["1", "2", "3", "4"])
    #expect(document.notes.map { $0.anchor?.wordBefore ?? "–" } == ["Paris", "state", "observers", "1868"])
    #expect(document.notes.map { document.text($0.text) }.first == "See the protocol of the conference.")
    #expect(
      document.blocks.filter { $0.kind == .note }.map { document.text($0.range) }.last == "4. By letter.")
  }

  @Test func countsThatRestartWithEachChapter() throws {
    func chapter(_ name: String) -> String {
      "\(name)\n\nThe first line was laid in haste.1 The second line was laid with care.2 The third was never\nlaid at all, though it had been paid for.3 So it ends.\n\n"
    }
    let notes = "1. A first remark.\n2. A second remark.\n3. A third remark.\n"
    let document = try Samples.document(
      chapter("Chapter 1") + chapter("Chapter 2") + "Notes\n\nChapter 1\n\n" + notes + "\nChapter 2\n\n"
        + notes)
    #expect(document.notes.map(\.mark) == ["1", "2", "3", "1", "2", "3"])
    let anchors = document.notes.compactMap { $0.anchor?.range.lowerBound }
    #expect(anchors.count == 6)
    #expect(anchors == anchors.sorted())
  }

  @Test func footnotesWithSigns() throws {
    let document = try PagesTests.book([
      Samples.page(head: "3 OF CABLES", foot: nil),
      Samples.page(head: "4 OF CABLES", foot: nil, lines: 12)
        + "as was said by the engineer,* and by his brother\n"
        + "* In a letter to the board, which was read to the shareholders and\nprinted in their minutes.\n",
      Samples.page(head: "5 OF CABLES", foot: nil),
    ])
    #expect(document.notes.map(\.mark) == ["*"])
    #expect(document.notes.first?.anchor?.wordBefore == "engineer")
    #expect(document.blocks.filter { $0.kind == .paragraph }.count == 1)
  }
}
