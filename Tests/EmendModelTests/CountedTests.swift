import EmendModel
import Testing

@Suite struct CountedTests {
  @Test(
    arguments: [
      ("page", nil, 0, "0 pages"), ("page", nil, 1, "1 page"), ("page", nil, 2, "2 pages"),
      ("entry", "entries", 1, "1 entry"), ("entry", "entries", 12, "12 entries"),
    ] as [(String, String?, Int, String)])
  func numbersAgreeWithTheirNouns(noun: String, plural: String?, count: Int, text: String) {
    #expect(counted(count, noun, plural) == text)
  }
}
