import EmendModel
import EmendRepair
import Testing

@Suite struct ThreadsTests {
  /// Long enough to be parted, with a map and without.
  static let texts: [String] = [
    String(repeating: Essay.telegraph + "\n\n" + Essay.temptations + "\n\n", count: 3),
    DamageMapTests.maps[0].damage(String(repeating: Essay.telegraph + "\n\n", count: 4)),
    (0..<4000).map { "w\(String($0, radix: 26))fi the Arst signi\u{FB01}cant \($0)\n" }.joined(),
    // Words over line ends, in a text that is cut into words by several threads.
    (0..<9000).map { "the Arst trea-\nties of w\(String($0 % 700, radix: 26)) sig-\nniAcant \($0)-\n" }
      .joined(),
    misread(Essay.telegraph + "\n\n" + Essay.temptations + "\n\n" + Essay.telegraph),
  ]

  /// A text as a scanner gives it: every other long word with a letter misread.
  private static func misread(_ text: String) -> String {
    let shapes: [Character: String] = [
      "m": "rn", "e": "c", "h": "b", "u": "ii", "l": "1", "n": "u", "a": "o",
    ]
    var number = 0
    return text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard word.count > 5,
        let at = word.indices.dropFirst(2).first(where: { shapes[word[$0]] != nil })
      else { return String(word) }
      number += 1
      if number % 2 == 0 { return String(word) }
      return word[..<at] + (shapes[word[at]] ?? "") + word[word.index(after: at)...]
    }.joined(separator: " ")
  }

  /// What is done side by side gives the same bytes, emendations and profile.
  @Test(arguments: texts, [2, 5])
  func sameResult(text: String, threads: Int) throws {
    let repairer = try Repairer(lexicons: .locate())
    let scan = try Essay.scan(text)
    let (one, many) = (repairer.emend(scan), repairer.emend(scan, threads: threads))
    #expect(one.text == many.text)
    #expect(one.emendations == many.emendations)
    #expect(one.profile.map(\.standIn) == many.profile.map(\.standIn))
  }
}
