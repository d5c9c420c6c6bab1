import EmendModel
import Testing

/// A history with footnotes at the foot of each page, called in every way that scans show.
@Suite struct FootnoteTests {
  /// Pages 61 to 72 under running heads, notes counted anew on each.
  static func history(call: (Int) -> String, mark: (Int) -> String, gap: Bool = false) -> String {
    var setter = Typesetter()
    let pages = (61...72).map { number -> [String] in
      let count = 1 + number % 3
      let head =
        number % 2 == 0
        ? "\(number)          THE RIVER AND THE CROWN" : "TOLLS AND TREATIES          \(number)"
      let notes = (1...count).flatMap {
        setter.wrapped(mark($0) + Typesetter.remarks[(number + $0) % Typesetter.remarks.count])
      }
      return [head, ""] + setter.paragraphs(4, calls: (1...count).map(call)) + (gap ? [""] : []) + notes
    }
    return Typesetter.pages(pages)
  }

  static let marks = (61...72).flatMap { number in (1...(1 + number % 3)).map { $0 } }

  @Test(arguments: ["", " "])
  func numbersRestartOnEachPage(_ space: String) throws {
    let document = try Samples.document(Self.history(call: { "\(space)\($0)" }, mark: { "\($0) " }))
    #expect(document.notes.map(\.mark) == Self.marks.map { String($0) })
    #expect(document.notes.allSatisfy { $0.anchor != nil })
    #expect(document.blocks.allSatisfy { $0.kind == .note || !document.text($0.range).contains("Ibid.") })
    try InvariantTests.check(document)
  }

  @Test func superscriptsAndSigns() throws {
    let raised = ["¹", "²", "³"]
    let figures = try Samples.document(Self.history(call: { raised[$0 - 1] }, mark: { raised[$0 - 1] }))
    #expect(figures.notes.count == Self.marks.count)
    #expect(figures.notes.allSatisfy { $0.anchor != nil })
    let signs = ["*", "†", "‡"]
    let signed = try Samples.document(Self.history(call: { signs[$0 - 1] }, mark: { signs[$0 - 1] + " " }))
    #expect(signed.notes.map(\.mark) == Self.marks.map { signs[$0 - 1] })
    #expect(signed.notes.allSatisfy { $0.anchor != nil })
  }

  /// The first call of a page is misread; the others stand.
  @Test(arguments: ["^", "*", "’", "l"])
  func misreadCalls(_ sign: String) throws {
    let document = try Samples.document(
      Self.history(call: { $0 == 1 ? sign : String($0) }, mark: { "\($0) " }, gap: true))
    #expect(document.notes.map(\.mark) == Self.marks.map { String($0) })
    #expect(document.notes.filter { $0.anchor == nil }.isEmpty)
    #expect(
      document.notes.filter { $0.mark == "1" }.compactMap(\.anchor).allSatisfy {
        document.text($0.range) == sign
      })
  }

  /// The mark before the note's text is misread.
  @Test(arguments: ["^ ", "' ", "l "])
  func misreadMarks(_ sign: String) throws {
    let document = try Samples.document(
      Self.history(call: { String($0) }, mark: { $0 == 2 ? sign : "\($0) " }, gap: true))
    #expect(document.notes.map(\.mark) == Self.marks.map { String($0) })
    #expect(document.notes.filter { $0.anchor == nil }.isEmpty)
  }

  /// Below a blank line, or right below the text, whose sentence has ended.
  @Test(arguments: [[""], []])
  func aNoteGoesOnAtTheNextFoot(_ gap: [String]) throws {
    var setter = Typesetter()
    let note = setter.wrapped(
      "1 The letter is printed among the papers of the commission, together with the answer that was drafted "
        + "by the prefect and never sent, and with the remarks of the minister, who thought that neither should "
        + "have been written.")
    let (long, rest) = (Array(note.prefix(2)), Array(note.dropFirst(2)))
    let pages = [
      ["THE RIVER AND THE CROWN  21", ""] + setter.paragraphs(4, calls: ["1"]) + gap + long,
      ["22  THE RIVER AND THE CROWN", ""] + setter.paragraphs(4) + gap + rest,
      ["THE RIVER AND THE CROWN  23", ""] + setter.paragraphs(4, calls: ["1"]) + gap
        + setter.wrapped("1 Ibid., p. 12."),
    ]
    let document = try Samples.document(Typesetter.pages(pages))
    #expect(document.notes.count == 2)
    #expect(
      document.notes.first.map { document.text($0.text) }?.hasSuffix("should have been written.") == true)
  }

  @Test func unmatchedNotesAndCallsAreReported() throws {
    let document = try Samples.document(
      """
      The rates were set at Paris.1 The companies had no vote there.3 They sent observers.4

      Notes

      1. See the protocol of the conference.
      2. They said so themselves, and often.
      3. Four of them, as the list shows.
      """)
    let codes = document.warnings.map(\.code)
    #expect(codes.contains("unmatched-notes"))
    #expect(codes.contains("unmatched-calls"))
    #expect(document.warnings.contains { $0.message.contains("2 (line 6)") })
    #expect(document.warnings.contains { $0.message.contains("4 (line 1)") })
  }
}
