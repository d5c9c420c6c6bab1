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

extension OffsetMapTests {
  @Test func compositionLeadsThroughBothMaps() {
    // "si A b" → "si fi b" → "sifi b"
    var first = OffsetMap.Builder()
    first.copy(0..<3)
    first.replace(3..<4, by: 2)
    first.copy(4..<6)
    var second = OffsetMap.Builder()
    second.copy(0..<2)
    second.replace(2..<3, by: 0)
    second.copy(3..<7)
    let map = OffsetMap.composed(first.map, second.map)
    #expect(map.source(ofTarget: 0) == 0)
    #expect(map.source(ofTarget: 2..<4) == 3..<4)
    #expect(map.source(ofTarget: 4) == 4)
    #expect(map.target(ofSource: 5) == 5)
    #expect(map.target(ofSource: 3) == 2)
  }

  @Test func movedStretchesAreFoundFromBothSides() {
    // A note moved behind the paragraph that it interrupts.
    let map = OffsetMap(segments: [
      .init(source: 0..<5, target: 0..<5, copied: true),
      .init(source: 9..<12, target: 5..<8, copied: true),
      .init(source: 5..<9, target: 8..<12, copied: true),
    ])
    #expect(map.target(ofSource: 9) == 5)
    #expect(map.target(ofSource: 6) == 9)
    #expect(map.source(ofTarget: 9) == 6)
    for offset in 0..<12 { #expect(map.source(ofTarget: map.target(ofSource: offset)) == offset) }
  }

  @Test func emptyMapAnswersZero() {
    let map = OffsetMap(segments: [])
    #expect(map.target(ofSource: 3) == 0)
    #expect(map.source(ofTarget: 0..<0) == 0..<0)
  }
}
