import EmendModel
import EmendReading
import Testing

@Suite struct MarkdownTests {
  /// One line each: Markdown, and what is left of it.
  @Test(arguments: [
    ("# The *first* part #", "The first part"),
    ("costs \\$20 and 3 \\* 4", "costs $20 and 3 * 4"),
    ("**John Smith**, *Editor*", "John Smith, Editor"),
    ("***both*** and __bold__ and _italic_", "both and bold and italic"),
    ("snake_case_name and 2*3*4", "snake_case_name and 234"),
    ("a * b and c_ d", "a * b and c_ d"),
    (
      "see [the page](https://a.example/x \"t\") and <https://b.example>",
      "see the page and https://b.example"
    ),
    ("he wrote [sic] (see p. 3)", "he wrote [sic] (see p. 3)"),
    ("![](_page_0_Picture_2.jpeg)", ""),
    ("> > quoted *words*", "quoted words"),
    ("- an item", "an item"),
    ("12. a numbered one", "12. a numbered one"),
    ("as said.[^3] And", "as said.3 And"),
    ("[^3]: See Smith.", "3 See Smith."),
    ("water<sup>2</sup> <b>x</b> a < b", "water2 x a < b"),
    ("politics.${ }^{12}$ And $x_1 * y_2$ stays", "politics.12 And $x_1 * y_2$ stays"),
    ("use `a*b*` here", "use a*b* here"),
    ("unclosed **star and `tick", "unclosed **star and `tick"),
    ("| --- | :-: |", ""),
    ("ends hard\\", "ends hard"),
  ])
  func lines(_ markdown: String, _ text: String) throws {
    let scan = try read(markdown + "\n", name: "a.md")
    #expect(scan.lineTexts == [text])
    checkInvariants(scan)
  }

  @Test func layout() throws {
    let scan = try read(
      """
      ---
      title: A small essay
      author: [Ann Low, Bob High]
      ---
      # Title

      ---

      Some text  
      goes on

      Under
      -----
      > quoted

      """, name: "a.md")
    #expect(scan.source.format == .markdown)
    #expect(scan.metadata == ["title": "A small essay", "author": "Ann Low; Bob High"])
    #expect(scan.lines.count == 14 && scan.lines.map(\.number) == Array(1...14))
    #expect(scan.lineTexts[4] == "Title" && scan.lines[4].layout.heading == 1)
    #expect(
      scan.lineTexts[8] == "Some text" && scan.lines[8].layout.ruleBefore && scan.lines[8].layout.hardBreak)
    #expect(scan.lines[11].layout.heading == 2 && scan.lineTexts[12] == "")
    #expect(scan.lines[13].layout.quoteDepth == 1 && scan.lineTexts[13] == "quoted")
    checkInvariants(scan)
  }

  @Test func emphasisRunsOverLines() throws {
    let markdown = "**Ann Low,  \nand Bob High**  \nwrote *this*\n"
    let scan = try read(markdown, name: "a.md")
    #expect(scan.witness == "Ann Low,\nand Bob High\nwrote this\n")
    let spans = scan.emphasis.map { "\($0.kind):" + String(decoding: scan.text[$0.range], as: UTF8.self) }
    #expect(spans == ["bold:Ann Low,\nand Bob High", "italic:this"])
    // Every byte that was kept leads back to the same byte of the Markdown.
    for segment in scan.origin?.segments ?? [] where segment.copied {
      #expect(Array(markdown.utf8)[segment.source].elementsEqual(scan.text[segment.target]))
    }
  }

  @Test func pageMarks() throws {
    let scan = try read("one\n\n<!-- page 2 -->\n\ntwo\n\n{3}----------------\n\nthree\n", name: "a.md")
    #expect(scan.pages.count == 3 && scan.pages[1].evidence == .format)
    #expect(scan.pageTexts.map { $0.filter { !$0.isEmpty } } == [["one"], ["two"], ["three"]])
  }

  @Test func recognisedByContent() throws {
    #expect(try read("# Head\n\nSome **bold** and **more** text\n\n## Next\n").source.format == .markdown)
    #expect(try read("# 12 of the list\n\nplain text of a scan * with a star\n").source.format == .plainText)
  }

  /// Thousands of marks that never close take time in proportion to their number.
  @Test(.timeLimit(.minutes(1)), arguments: ["*a ", "_a", "[", "`", "![a", "<b", "a**b_", "> ", "$x "])
  func hostileMarks(_ mark: String) throws {
    checkInvariants(try read(String(repeating: mark, count: 200_000), name: "a.md"))
  }

  @Test(.enabled(if: Samples.arePresent, "needs the shared samples"))
  func frontMatterSample() throws {
    let scan = try read(Samples.bytes("corpus/frontmatter.md"), name: "frontmatter.md")
    checkInvariants(scan)
    #expect(scan.lines.count == 173 && scan.lines.count { $0.layout.heading != nil } == 14)
    #expect(!scan.witness.contains("**") && !scan.witness.contains("\\$") && !scan.witness.contains("\n#"))
    #expect(scan.lines.count { $0.layout.ruleBefore } == 6)
  }
}
