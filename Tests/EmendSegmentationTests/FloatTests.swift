import EmendModel
import Testing

/// Tables, captions and rules set aside; the text around them whole.
@Suite struct FloatTests {
  @Test func aParagraphGoesOnOverATable() throws {
    let document = try Samples.document(
      """
      The ministries of the interior had little to say about the cable and less to spend on it, and when the
      conference met again the smaller states asked for a vote in every committee, which the treasuries and the

                                  Table 3. Rates by country

                 Country     Rate     Words
                 France      0.30     120
                 Belgium     0.25     98
                 Prussia     0.35     210
                 Austria     0.40     77

      companies could not well refuse, as the minutes show. Three of the delegates had been engineers before
      they were diplomats. The bureau was an agent with a memory rather than a servant with a file.
      """)
    #expect(document.blocks.map(\.kind) == [.paragraph, .caption, .table])
    #expect(document.text(document.blocks[0].range).contains("the treasuries and the companies could not"))
    try InvariantTests.check(document)
  }

  @Test func captionsStandApart() throws {
    let document = try Samples.document(
      """
      Table 3 gives the rates by country, and they differ more than the treasuries would have liked them to do
      in the years before the war. Nobody at Berne believed that the rule would last.

      FIGURE 2

      MESSAGES AND RATES, 1865–1913

      Table 4 shows that the rule lasted for forty years. In the eastern districts the offices closed at noon, so
      that the clerks could help with the harvest.
      """)
    #expect(document.blocks.map(\.kind) == [.paragraph, .caption, .paragraph])
  }

  @Test func aRuleAboveTheNotesIsNoText() throws {
    var setter = Typesetter()
    let pages = (21...24).map { number in
      ["\(number)  THE RIVER AND THE CROWN", ""] + setter.paragraphs(4, calls: ["1"])
        + ["_______________________"] + setter.wrapped("1 " + Typesetter.remarks[number % 5])
    }
    let document = try Samples.document(Typesetter.pages(pages))
    #expect(document.notes.count == 4)
    #expect(document.blocks.allSatisfy { !document.text($0.range).contains("____") })
    try InvariantTests.check(document)
  }

  @Test func sectionsInASeries() throws {
    var setter = Typesetter()
    let lines =
      ["I.   INTRODUCTION", ""] + setter.paragraphs(2) + [
        "", "II.  A MODEL OF TRANSIT", "", "A.   Assumptions", "",
      ]
      + setter.paragraphs(2) + ["", "B.   Equilibrium", ""] + setter.paragraphs(2)
      + ["", "III. DATA AND RESULTS", ""] + setter.paragraphs(2)
    let document = try Samples.document(lines.joined(separator: "\n") + "\n")
    #expect(
      document.blocks.filter { $0.kind == .heading }.map { document.text($0.range) } == [
        "I. INTRODUCTION", "II. A MODEL OF TRANSIT", "A. Assumptions", "B. Equilibrium",
        "III. DATA AND RESULTS",
      ])
  }
}
