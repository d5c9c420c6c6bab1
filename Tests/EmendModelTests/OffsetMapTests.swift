import EmendModel
import Testing

@Suite struct OffsetMapTests {
  @Test func replacementsAndCopies() {
    var builder = OffsetMap.Builder()
    builder.copy(0..<5)
    builder.replace(5..<6, by: 2)
    builder.copy(6..<10)
    let map = builder.map
    #expect(map.target(ofSource: 6) == 7)
    #expect(map.source(ofTarget: 7) == 6)
    #expect(map.source(ofTarget: 6) == 5)
    #expect(map.source(ofTarget: 0..<11) == 0..<10)
    #expect(map.target(ofSource: 5..<6) == 5..<7)
  }
}
