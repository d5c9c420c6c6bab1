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
    ("first<br>second and third<br/>", "first second and third"),
    ("as said.[^note] And", "as said.[^note] And"),
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

  /// Every byte that was kept leads back to the same byte of the Markdown.
  private func checkOrigin(_ scan: Scan, _ markdown: String) {
    checkInvariants(scan)
    for segment in scan.origin?.segments ?? [] where segment.copied {
      #expect(Array(markdown.utf8)[segment.source].elementsEqual(scan.text[segment.target]))
    }
  }

  /// Markdown; its rows as they are read, a row's cells parted by gaps.
  @Test(arguments: [
    (
      "Before it.\n\n| Decade | *Agreements* |\n|:-------|-----------:|\n| 1960s  | 14 |\n| 1970s\\|80s | |\n\nAfter.",
      ["Decade   Agreements", "1960s   14", "1970s|80s   "]
    ),
    ("a line\nName | Age\n--- | ---\nAnn | 3\n- item", ["Name   Age", "Ann   3"]),
    ("a | b\n\n|---|---|\n\n1 | 2", []),
    ("one | two | three\n---|---\nmore | text", []),
  ])
  func tables(_ markdown: String, _ rows: [String]) throws {
    let scan = try read(markdown + "\n", name: "a.md")
    let found = scan.lines.filter { $0.layout.part == .table }
    #expect(found.map { String(decoding: scan.text[$0.range], as: UTF8.self) } == rows)
    checkOrigin(scan, markdown + "\n")
  }

  /// Markdown; each note as its mark, its lines and what stands before its call.
  @Test(arguments: [
    (
      "Said so.[^1] And so.[^2]\n\n[^1]: See *Low*.\n[^2]: Ibid.,\ngoes on\n\n    and on.\n\nText.",
      ["1|1 See Low.|so.", "2|2 Ibid.,/goes on//and on.|so."]
    ),
    // Named notes are counted in the order of their calls; what has no call comes after them.
    (
      "[^b]: Below.\n\nOne[^long] two[^b] three[^Long].\n\n[^Long]: Above.\n[^none]: Silent.",
      ["2|2 Below.|two", "1|1 Above.|One", "3|3 Silent.|"]
    ),
    ("Escaped \\[^1] and `[^1]` code.\n\n[^1]:Glued.", ["1|1 Glued.|"]),
    ("No call[^x] without a note.", []),
  ])
  func notes(_ markdown: String, _ notes: [String]) throws {
    let scan = try read(markdown + "\n", name: "a.md")
    let found = scan.notes.map { note in
      let lines = scan.lineTexts[note.lines].joined(separator: "/")
      let before = note.call.map { call in
        String(decoding: scan.text[..<call.lowerBound], as: UTF8.self).split { $0 == " " || $0 == "\n" }.last
          ?? ""
      }
      return "\(note.mark)|\(lines)|\(before ?? "")"
    }
    #expect(found == notes)
    for note in scan.notes {
      let own = String(decoding: scan.text[note.ownMark], as: UTF8.self)
      #expect(own == note.mark + " ")
      if let call = note.call {
        #expect(String(decoding: scan.text[call], as: UTF8.self) == note.mark)
        // The mark leads back to the label in the Markdown.
        let source = try #require(scan.origin).source(ofTarget: call)
        let label = String(decoding: Array(markdown.utf8)[source], as: UTF8.self)
        #expect(markdown.contains("[^\(label)]"))
      }
    }
    checkOrigin(scan, markdown + "\n")
  }

  /// Markdown; the lines that are items.
  @Test(arguments: [
    ("- Low, A. 1990.\n  goes on\n- High, B.\n* Reed", [0, 2, 3]), ("1. one\n2. two", [0, 1]),
    // A year at the head of a line of prose opens no list.
    ("It was so in\n1989. Then it was not.", []),
  ])
  func items(_ markdown: String, _ items: [Int]) throws {
    let scan = try read(markdown + "\n", name: "a.md")
    #expect(scan.lines.indices.filter { scan.lines[$0].layout.listMark != nil } == items)
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
