/// Sets books for the tests: paragraphs of our own sentences wrapped to a measure, notes at the foot,
/// heads and page numbers.
struct Typesetter {
  var measure = 66
  private var random = InvariantTests.Random(state: 11)

  private static let sentences = [
    "The ministries of the interior had little to say about the cable and less to spend on it.",
    "When the conference met again, the smaller states asked for a vote in every committee.",
    "A tariff that pleased the companies could not please the treasuries, as the minutes show.",
    "Three of the delegates had been engineers before they were diplomats.",
    "The bureau was an agent with a memory rather than a servant with a file.",
    "It follows that the price of a message fell faster where two lines competed for it.",
    "Nobody at Berne believed that the rule would last, and it lasted for forty years.",
    "In the eastern districts the offices closed at noon, so that the clerks could help with the harvest.",
    "Such a result would have surprised the founders of the union, who thought of it as a club.",
    "We can measure the effect by comparing the offices that joined early with those that joined late.",
    "The coefficient is small but stable, and it keeps its sign when the outliers are dropped.",
    "Much of what is written on the subject treats delegation as a gift from the strong to the weak.",
  ]

  static let remarks = [
    "See the protocol of the second sitting, p. 56.", "Ibid., p. 44.",
    "Halloran, Neutral Commissions, pp. 12–19.",
    "Cf. Castellani, op. cit., p. 7.", "The toll was raised twice in that year, as the printed report says.",
  ]

  mutating func prose(_ sentences: Int) -> String {
    (0..<sentences).map { _ in Self.sentences.randomElement(using: &random) ?? "" }.joined(separator: " ")
  }

  /// Lines of at most `measure` characters, the first set in by `indent`.
  func wrapped(_ text: String, indent: Int = 0) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    for word in text.split(separator: " ") {
      if line.count + word.count + 1 > measure, line.contains(where: { $0 != " " }) {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty || line.allSatisfy { $0 == " " } ? "" : " ") + word
    }
    return lines + [line]
  }

  /// Paragraphs with an indent; each mark stands after the first sentence of a paragraph of its own.
  mutating func paragraphs(_ count: Int, calls: [String] = [], indent: Int = 3) -> [String] {
    (0..<count).flatMap { index -> [String] in
      let call = index < calls.count ? calls[index] : ""
      return wrapped(prose(1) + call + " " + prose(4), indent: indent)
    }
  }

  func centred(_ text: String) -> String {
    String(repeating: " ", count: max(0, (measure - text.count) / 2)) + text
  }

  /// Entries with leader dots up to the page number.
  func contents(_ entries: [(title: String, page: String)]) -> [String] {
    entries.map { entry in
      let dots = max(3, measure - entry.title.count - entry.page.count - 2)
      return entry.title + " " + String(repeating: ".", count: dots) + " " + entry.page
    }
  }

  static func pages(_ pages: [[String]]) -> String {
    pages.map { $0.joined(separator: "\n") }.joined(separator: "\n\u{0C}") + "\n"
  }
}
