import EmendModel
import EmendReading
import Testing

/// Pages of texts that lost their form feeds, as the Internet Archive gives them.
@Suite struct NumberedPagesTests {
  static func lines(_ count: Int, _ page: Int) -> [String] {
    (0..<count).map {
      "the cable of district \($0) was laid by page \(page) and its owners asked for a higher price"
    }
  }

  /// Eight pages of different lengths: heads with the number outside, or bare numbers at the foot.
  static func book(atFoot: Bool, from: Int = 41, skipping: Int? = nil) -> String {
    (from..<(from + 8)).flatMap { page -> [String] in
      let text = lines(30 + page % 3, page)
      if page == skipping { return text + ["", "", ""] }
      if atFoot { return text + ["", String(page), "", "", ""] }
      let head = page % 2 == 0 ? "\(page) THE PRICE OF A WORD" : "RATES AND OFFICES \(page)"
      return [head, ""] + text + ["", "", ""]
    }.joined(separator: "\n")
  }

  @Test(arguments: [false, true])
  func pagesStartAtHeadsAndAfterFeet(_ atFoot: Bool) throws {
    let scan = try read(Self.book(atFoot: atFoot))
    #expect(scan.pages.count == 8)
    #expect(scan.pages.dropFirst().allSatisfy { $0.evidence == .inferred })
    for (index, page) in scan.pageTexts.enumerated() {
      #expect(page.filter { $0.contains("laid by page") }.allSatisfy { $0.contains("page \(41 + index) ") })
    }
    checkInvariants(scan)
  }

  /// A chapter's first page shows no number.
  @Test func aPageWithoutNumberIsFoundByItsGap() throws {
    let scan = try read(Self.book(atFoot: false, skipping: 44))
    #expect(scan.pages.count == 8)
  }

  /// Numbered remarks, years and few numbers are no pages.
  @Test(arguments: [
    (1...40).map { "\($0). The office was asked for its accounts, and sent them.\n" },
    (1840...1880).map { "\($0)\n\nThe office was closed.\n" },
    (1...3).flatMap { ["\($0)", ""] + lines(40, $0) },
  ])
  func otherNumbersArePassedOver(_ lines: [String]) throws {
    #expect(try read(lines.joined(separator: "\n")).pages.count == 1)
  }
}
