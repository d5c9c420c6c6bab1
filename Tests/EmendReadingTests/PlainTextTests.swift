import EmendModel
import EmendReading
import Testing

@Suite struct PlainTextTests {
  @Test func linesAreNumberedByLineFeed() throws {
    let scan = try read("one\n\ntwo\nthree")
    #expect(scan.lineTexts == ["one", "", "two", "three"])
    #expect(scan.lines.map(\.number) == [1, 2, 3, 4])
    #expect(scan.origin == nil && scan.id == "a" && scan.source.format == .plainText)
    checkInvariants(scan)
  }

  @Test(arguments: [
    ("one\n\u{0C}two\n", [["one"], ["two"]]),
    ("one\u{0C}\ntwo\n", [["one"], ["two"]]),
    ("end of page.\u{0C}Start of next\n", [["end of page."], ["Start of next"]]),
    ("one\n\u{0C}\u{0C}three", [["one"], [], ["three"]]),
    ("one\n\u{0C}\n", [["one"]]),
    ("\u{0C}\u{0C}", [[], []]),
    ("one\n\u{0C}\n\ntwo\n", [["one"], ["", "", "two"]]),
  ])
  func formFeedsOpenPages(_ text: String, _ pages: [[String]]) throws {
    let scan = try read(text)
    #expect(scan.pageTexts == pages)
    #expect(scan.pages.dropFirst().allSatisfy { $0.evidence == .formFeed })
    checkInvariants(scan)
  }

  /// U+000C between letters is a ligature where lines are as long as lines are.
  @Test func formFeedInsideWordsIsNoPageStart() throws {
    let scan = try read(
      """
      The scienti\u{0C}c letters of the \u{0C}rst minister were read
      by nobody in the of\u{0C}ce until the second week of May,
      when the new of\u{0C}cers came and put them in a box.
      They stayed there until the house itself was sold.

      """)
    #expect(scan.pages.count == 1 && scan.lines.count == 4)
    #expect(scan.witness.contains("of\u{0C}cers"))
  }

  @Test func otherControlsSurvive() throws {
    let text = "con\u{0B}dent\u{0E}ice \u{0}and a\u{1B}re\u{0F}ter\n"
    #expect(try read(text).witness == text)
  }

  @Test func bareReturnIsALineEndOnlyWithoutLineFeeds() throws {
    #expect(try read("one\rtwo\rthree").lineTexts == ["one", "two", "three"])
    #expect(try read("con\rict of laws\nand of rules\n").lineTexts == ["con\rict of laws", "and of rules"])
  }

  @Test(arguments: ["one\r\ntwo\r\n", "one\u{2028}two\n", "one\u{85}two\u{85}", "one\rtwo"])
  func otherLineEnds(_ text: String) throws {
    let scan = try read(text)
    #expect(scan.lineTexts == ["one", "two"])
    checkInvariants(scan)
    // The second line starts in the source where its first letter stands.
    let second = scan.lines[1].range.lowerBound
    #expect(scan.place(at: second).source == Array(text.utf8).firstIndex(of: UInt8(ascii: "t")))
  }

  @Test func internetArchiveTextIsKnownByNameAndContent() throws {
    let text = "\n\nTHE RIVER AND THE CROWN\n\nThe toll was raised twice in that year.\n"
    let named = try read(Array(text.utf8), name: "rivercrown00hall_djvu.txt")
    #expect(named.source.format == .internetArchive && named.lineTexts.contains("THE RIVER AND THE CROWN"))
    let marked = try read(
      Array(("Digitized by the Internet Archive\nin 2007 with funding from\n" + text).utf8), name: "a.txt")
    #expect(marked.source.format == .internetArchive)
    checkInvariants(named)
  }

  @Test func emptyInputsWarn() throws {
    for text in ["", "\n\n", " \u{0C} \n"] {
      let scan = try read(text)
      #expect(scan.warningCodes == ["empty"])
      checkInvariants(scan)
    }
  }

  @Test func aLineBeyondTheLimitIsAnError() {
    var options = Reading.Options()
    options.limits.lineBytes = 100
    let text = "short\n" + String(repeating: "x", count: 101)
    #expect(throws: ReadingError.self) { try read(text, options) }
    #expect(code { _ = try read(text, options) } == .lineTooLong)
  }

  @Test func pagesByLeadingSpace() throws {
    var text = ""
    for page in 0..<8 {
      for line in 0..<20 where !(page == 3 && line == 0) {
        text += (line == 0 && page > 0 ? " " : "") + "page \(page) line \(line) with some words\n"
        // The third page has lost its space, and keeps its blank lines.
        if page == 2 && line == 19 { text += "\n\n" }
      }
    }
    let scan = try read(text)
    let marked = [Scan.Page.Evidence](repeating: .leadingSpace, count: 4)
    #expect(scan.pages.map(\.evidence) == [.start, .leadingSpace, .leadingSpace, .inferred] + marked)
    checkInvariants(scan)
  }

  @Test func indentedParagraphsAreNoPages() throws {
    let text = (0..<200).map { ($0 % 4 == 0 ? " " : "") + "line \($0) of an indented text" }.joined(
      separator: "\n")
    #expect(try read(text).pages.count == 1)
  }

  @Test func recordsGiveTextOrPages() throws {
    let scan = try Reading.scan(pages: ["first", "", "third\u{0C}still\n"], id: "r")
    #expect(scan.pageTexts == [["first"], [], ["third", "still"]])
    #expect(scan.witness == "first\nthird\u{0C}still\n")
    checkInvariants(scan)
    #expect(try Reading.scan(text: "# no Markdown", id: "x").witness == "# no Markdown")
  }

  @Test(.enabled(if: Samples.arePresent, "needs the shared samples"))
  func chapterPages() throws {
    let scan = try read(Samples.bytes("corpus/chapter.txt"))
    checkInvariants(scan)
    let starts = scan.pages.map { scan.lines[$0.lines.lowerBound].number }
    #expect(
      starts == [
        1, 34, 78, 122, 165, 208, 251, 294, 338, 382, 425, 469, 513, 556, 601, 644, 688, 732, 775, 819, 863,
        911, 962,
      ])
    #expect(scan.pages.filter { $0.evidence == .inferred }.count == 1)
    #expect(scan.pages[1].evidence == .inferred && scan.lines.count == 962)
    #expect(scan.source.digest.count == 64 && scan.origin == nil)
  }

  /// Any bytes give a scan that holds together or a clear error.
  @Test func anyBytes() throws {
    var seed: UInt64 = 11
    func next() -> UInt8 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: seed >> 35)
    }
    let pieces: [[UInt8]] = [
      [0x0A], [0x0D], [0x0D, 0x0A], [0x0C], [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xED, 0xA0, 0x80],
      [0xEF, 0xBF, 0xBF],
      [0xC3], [0x92], [0x20], Array("word".utf8), [0xC3, 0xA9], [0xF0, 0x9D, 0x94, 0x84], [0x00],
      [0xEF, 0xBB, 0xBF],
    ]
    for _ in 0..<1000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int(next() % 40) {
        bytes += next() % 8 == 0 ? [next()] : pieces[Int(next()) % pieces.count]
      }
      for name in ["a.txt", "a.md", "a.html"] {
        do { checkInvariants(try read(bytes, name: name), "\(bytes)") } catch {
          #expect(error is ReadingError)
        }
      }
    }
  }
}
