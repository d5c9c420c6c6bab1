import EmendModel
import EmendRepair
import Testing

@Suite struct ThreadsTests {
  /// Long enough to be parted, with a map and without.
  static let texts: [String] = [
    String(repeating: Essay.telegraph + "\n\n" + Essay.temptations + "\n\n", count: 3),
    DamageMapTests.maps[0].damage(String(repeating: Essay.telegraph + "\n\n", count: 4)),
    (0..<4000).map { "w\(String($0, radix: 26))fi the Arst signi\u{FB01}cant \($0)\n" }.joined(),
  ]

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
