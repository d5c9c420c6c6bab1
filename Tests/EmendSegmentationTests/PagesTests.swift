import EmendModel
import Testing

@Suite struct PagesTests {
  static func book(_ pages: [String]) throws -> Document {
    try Samples.document(pages.joined(separator: "\u{0C}"))
  }

  @Test func headsOfBothSidesAreSetAside() throws {
    let document = try Self.book(
      (10..<18).map { number in
        Samples.page(
          head: number % 2 == 0 ? "\(number) THE SUBMARINE TELEGRAPH" : "OF RATES AND TARIFFS \(number)",
          foot: nil,
          seed: number)
      })
    #expect(document.pages.map(\.printed) == (10..<18).map { String($0) })
    #expect(document.furniture.filter { $0.kind == .head }.count == 8)
    #expect(document.blocks.count == 1)
  }

  @Test func romanFrontMatterIsFollowedByArabic() throws {
    let front = ["v", "vi", "vii"].map { Samples.page(head: nil, foot: $0, seed: $0.count) }
    let body = (1..<6).map { Samples.page(head: nil, foot: String($0), seed: $0) }
    let document = try Self.book(front + body)
    #expect(document.pages.map { $0.printed ?? "–" } == ["v", "vi", "vii", "1", "2", "3", "4", "5"])
  }

  @Test func misreadAndMissingNumbersAreCarriedByTheirNeighbours() throws {
    let feet: [String?] = ["21", "22", "Z3", nil, "25", "26", "2?", "28"]
    let document = try Self.book(feet.enumerated().map { Samples.page(head: nil, foot: $1, seed: $0) })
    #expect(document.pages.map { $0.printed ?? "–" } == (21...28).map { String($0) })
    #expect(document.pages[2].printedSource == .corrected)
    #expect(document.pages[3].printedSource == .inferred)
  }

  @Test func anOpeningHeadingIsNotSwallowed() throws {
    var pages = (1..<4).map { Samples.page(head: "\($0) EARLY LINES", foot: nil, seed: $0) }
    pages.append("OF THE POSTAL UNIONS\n\n" + Samples.page(head: nil, foot: nil))
    pages += (5..<9).map { Samples.page(head: "OF THE POSTAL UNIONS \($0)", foot: nil, seed: $0) }
    let document = try Self.book(pages)
    #expect(
      document.blocks.contains { $0.kind == .heading && document.text($0.range) == "OF THE POSTAL UNIONS" })
    #expect(document.pages[3].printed == "4")
  }

  /// Heads without numbers, numbers at the foot: the opening page has more space below its heading.
  @Test func anOpeningWithoutNumbersIsNotSwallowed() throws {
    var pages = (1..<5).map { Samples.page(head: "EARLY LINES", foot: String($0), seed: $0) }
    pages.append("CHAPTER II\n\nOF THE POSTAL UNIONS\n\n\n" + Samples.page(head: nil, foot: "5"))
    pages += (6..<10).map { Samples.page(head: "OF THE POSTAL UNIONS", foot: String($0), seed: $0) }
    let document = try Self.book(pages)
    #expect(
      document.blocks.filter { $0.kind == .heading }.map { document.text($0.range) } == [
        "CHAPTER II", "OF THE POSTAL UNIONS",
      ])
    #expect(document.furniture.filter { $0.kind == .head }.count == 8)
  }

  @Test func labelsOfChaptersAreNoHeads() throws {
    let pages = (1..<10).map { number in
      (number % 3 == 1 ? "CHAPTER \(number / 3 + 1)\n\n" : "")
        + Samples.page(head: nil, foot: String(number), seed: number)
    }
    let document = try Self.book(pages)
    #expect(
      document.blocks.filter { $0.kind == .heading }.map { document.text($0.range) } == [
        "CHAPTER 1", "CHAPTER 2", "CHAPTER 3",
      ])
  }

  /// A table set sideways brings its head to the foot, beside the page number.
  @Test func headsOfPagesSetSideways() throws {
    var pages = (1..<8).map { Samples.page(head: "OF RATES AND TARIFFS    \($0)", foot: nil, seed: $0) }
    pages[4] = Samples.page(head: nil, foot: nil, seed: 4) + "OF RATES AND TARIFFS\n5\n"
    let document = try Self.book(pages)
    #expect(document.blocks.allSatisfy { !document.text($0.range).contains("TARIFFS") })
    #expect(document.pages.map { $0.printed ?? "–" } == (1..<8).map { String($0) })
  }

  @Test func emptyAndBlankDocuments() throws {
    for text in ["", "\n\n\n", "\u{0C}\u{0C}\u{0C}", " \n \u{0C} \n"] {
      let document = try Samples.document(text)
      #expect(document.blocks.isEmpty)
      #expect(document.reading.isEmpty)
      #expect(document.warnings.contains { $0.code == "empty" })
    }
  }
}
