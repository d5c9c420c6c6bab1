import EmendModel
import Testing

/// What Markdown and HTML say of their parts comes out in the blocks.
@Suite struct MarkedTextTests {
  /// Text, and its blocks.
  @Test(arguments: [
    (
      "a.md",
      "# Of Cables\n\nThe cable was laid in haste.[^1] It was paid for at leisure.[^n]\n\n## References\n\n- Low, Ann. 1990. *Of Ships*. London: Harbour Press.\n- de Vries, Jan. 1976. *Of Ports*. Cambridge: University Press.\n  Second edition.\n- Reed, Tom. 1999. \"Of Rates.\" *Review* 2 (1): 3-9.\n\n[^1]: See Low 1990.\n[^n]: Reed (1999, 4) doubts it.\n",
      [
        "heading: Of Cables", "paragraph: The cable was laid in haste.1 It was paid for at leisure.2",
        "heading: References", "reference: Low, Ann. 1990. Of Ships. London: Harbour Press.",
        "reference: de Vries, Jan. 1976. Of Ports. Cambridge: University Press. Second edition.",
        "reference: Reed, Tom. 1999. \"Of Rates.\" Review 2 (1): 3-9.", "note: 1 See Low 1990.",
        "note: 2 Reed (1999, 4) doubts it.",
      ]
    ),
    (
      "a.md",
      "# Rates\n\nRates by year follow.\n\n| Year | Rate |\n|---|---|\n| 1865 | 14 |\n\nHe wrote of them:\n> They were too dear.\n\n1. Cables\n2. Ships\n\nA line is bro-  \nken here and ends  \nin a stop.\n\n> The sea was calm,  \n> And all the ships lay still.\n",
      [
        "heading: Rates", "paragraph: Rates by year follow.", "table: Year   Rate\n1865   14",
        "paragraph: He wrote of them:",
        "block-quote: They were too dear.", "list-item: 1. Cables", "list-item: 2. Ships",
        "paragraph: A line is broken here and ends in a stop.",
        "verse: The sea was calm,\nAnd all the ships lay still.",
      ]
    ),
    (
      "a.html",
      "<html><nav>Home</nav><h1>Of Cables</h1><p>The cable was laid in haste.<a href='#fn1'>1</a></p><blockquote>They were too dear.</blockquote><ul><li>Cables</ul><table><tr><td>1865<td>14</table><h2>References</h2><p>Low, Ann. 1990. <i>Of Ships</i>. London: Harbour Press.</p><p>Reed, Tom. 1999. Of Rates. Review 2 (1): 3-9.</p><div id=fn1>1. See Low 1990.</div></html>",
      [
        "heading: Of Cables", "paragraph: The cable was laid in haste.1", "block-quote: They were too dear.",
        "list-item: Cables", "table: 1865   14", "heading: References",
        "reference: Low, Ann. 1990. Of Ships. London: Harbour Press.",
        "reference: Reed, Tom. 1999. Of Rates. Review 2 (1): 3-9.", "note: 1. See Low 1990.",
      ]
    ),
  ])
  func blocks(_ name: String, _ text: String, _ blocks: [String]) throws {
    let document = try Samples.document(text, name: name)
    #expect(Samples.blocks(document) == blocks)
    try InvariantTests.check(document)
    #expect(document.notes.allSatisfy { $0.anchor?.between == "." })
    // Each mark in the text leads back to where it was written.
    for note in document.notes {
      let anchor = try #require(note.anchor)
      let place = document.place(ofReading: anchor.range.lowerBound)
      let source = Array(text.utf8)[place.source...].prefix(1)
      #expect(
        String(decoding: source, as: UTF8.self).first?.isLetter == true
          || source.first == note.mark.utf8.first)
    }
  }

  @Test func notesHaveTheirTexts() throws {
    let document = try Samples.document(
      "So it was.[^a] And so.[^b]\n\n[^a]: See Low.\n[^b]: Ibid.\n\n    With a table of\n    rates.\n",
      name: "a.md")
    #expect(document.notes.map { document.text($0.text) } == ["See Low.", "Ibid. With a table of rates."])
    #expect(document.notes.map { $0.anchor?.wordBefore } == ["was", "so"])
  }

  /// Lines of a page: left edge, top, text. What plain text says by blanks, hOCR says by boxes.
  private func page(_ lines: [(x: Int, y: Int, text: String)], paragraphs: Bool = false) -> String {
    let spans = lines.map { line in
      let span =
        "<span class='ocr_line' title='bbox \(line.x) \(line.y) \(line.x + 18 * line.text.count) \(line.y + 30)'>\(line.text)</span>"
      return paragraphs ? "<p class='ocr_par'>\(span)</p>" : span
    }
    return "<html><div class='ocr_page' title='bbox 0 0 1400 2200'><p class='ocr_par'>"
      + spans.joined(separator: "\n") + "</p></div></html>"
  }

  @Test func gapsAndIndentsComeFromBoxes() throws {
    let prose = [
      "The cable was laid between the islands and its owners asked",
      "for a higher price than the offices had agreed to pay when",
      "the first line was opened by their agents in the spring, and", "so it lay idle.",
    ]
    var lines: [(x: Int, y: Int, text: String)] = []
    var y = 100
    for title in ["1. Introduction", "2. The Rates of Transit", "3. Conclusion"] {
      lines.append((100, y, title))
      y += 80
      for part in 0..<2 {
        for (place, text) in prose.enumerated() {
          lines.append((place == 0 && part > 0 ? 154 : 100, y, text))
          y += 40
        }
      }
      y += 40
    }
    let document = try Samples.document(page(lines), name: "a.hocr")
    #expect(
      Samples.blocks(document).filter { $0.hasPrefix("heading") } == [
        "heading: 1. Introduction", "heading: 2. The Rates of Transit", "heading: 3. Conclusion",
      ])
    #expect(document.blocks.count { $0.kind == .paragraph } == 6)
  }

  @Test func entriesHangFromTheirFirstLine() throws {
    var lines: [(x: Int, y: Int, text: String)] = [(100, 100, "References")]
    var y = 180
    for year in 1990...1996 {
      lines.append((100, y, "Low, Ann (\(year)) Standing Water: Pilots and the State in the"))
      lines.append((190, y + 40, "Lower River, Dunsfield: Harbour Press, and many more words."))
      y += 80
    }
    let document = try Samples.document(page(lines), name: "a.hocr")
    #expect(document.blocks.count { $0.kind == .reference } == 7)
  }
}
