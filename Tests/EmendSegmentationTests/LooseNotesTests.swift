import EmendModel
import Testing

/// Notes without a heading over them, and notes of a text that has lost its pages.
@Suite struct LooseNotesTests {
  static func text(_ call: (Int) -> String) -> String {
    """
    The rates were set at Paris by men who had never sent a message.\(call(1)) The British companies had no
    vote there, since they were no state, and sent observers.\(call(2))

    In 1868 the rule changed again and the observers went home, though not for long.\(call(3)) They came
    back within the year and stayed for the dinner.
    """
  }

  @Test(arguments: [true, false])
  func listAtTheEnd(isBracketed: Bool) throws {
    let mark = { (number: Int) in isBracketed ? "[\(number)]" : "\(number)." }
    let document = try Samples.document(
      Self.text { isBracketed ? "[\($0)]" : "\($0)" }
        + "\n\n\(mark(1)) Macaulay to Ellis, 12 March 1840.\n\(mark(2)) They said so themselves, and often.\n\(mark(3)) Four of them.\n"
    )
    #expect(document.notes.map(\.mark) == ["1", "2", "3"])
    #expect(document.notes.map { $0.anchor?.wordBefore ?? "–" } == ["message", "observers", "long"])
    #expect(document.notes.map { $0.anchor?.between ?? "–" } == [".", ".", "."])
  }

  @Test func listsThatNothingCallsAreNone() throws {
    let document = try Samples.document(
      Self.text { _ in "" }
        + "\n\n1. The first rule of the union.\n2. The second rule of the union.\n3. The third rule of it.\n")
    #expect(document.notes.isEmpty)
  }

  @Test func betweenParagraphs() throws {
    let paragraphs = (1...3).map {
      "The \($0)th line was laid in haste and paid for at leisure.\($0) Its owners asked for a higher price than\nthe offices had agreed to pay when the first line was opened by their agents.\n\n\($0) Macaulay to Ellis, 1\($0) March 1840.\n"
    }
    let document = try Samples.document(paragraphs.joined(separator: "\n"))
    #expect(document.notes.map(\.mark) == ["1", "2", "3"])
    #expect(document.notes.allSatisfy { $0.anchor?.wordBefore == "leisure" })
    #expect(document.blocks.filter { $0.kind == .paragraph }.count == 3)
  }
}
