import EmendText
import Testing

@Suite struct ByteScanTests {
  /// Texts whose first character beyond ASCII, and first full stop, lie at every place of a word of eight bytes.
  static let texts = (0..<20).map { String(repeating: "a", count: $0) + "é." }

  @Test(arguments: texts)
  func findsTheFirst(_ text: String) {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      let end = bytes.count - 3
      #expect(ByteScan.beyondASCII(bytes, from: 0) == end)
      #expect(ByteScan.first(0x2E, in: bytes, from: 0) == end + 2)
      #expect(ByteScan.first(0x2E, in: bytes, from: end + 2) == end + 2)
      #expect(ByteScan.first(0x2E, in: bytes, from: bytes.count) == bytes.count)
      #expect(ByteScan.first(0x00, in: bytes, from: 0) == bytes.count)
    }
  }

  /// As a plain loop finds them, in any bytes.
  @Test func asALoopDoes() {
    var seed: UInt64 = 11
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: seed >> 40) % 5 &+ 0x7E
      }
      for start in 0...length {
        let rest = bytes[start...]
        bytes.withUnsafeBufferPointer {
          #expect(ByteScan.beyondASCII($0, from: start) == rest.firstIndex { $0 >= 0x80 } ?? length)
          #expect(ByteScan.first(0x81, in: $0, from: start) == rest.firstIndex(of: 0x81) ?? length)
        }
      }
    }
  }

  /// Printed ASCII ends at its own bounds, at every place of a word of eight bytes.
  @Test func printedASCII() {
    for byte in 0...UInt8.max {
      for place in 0..<20 {
        var bytes = [UInt8](repeating: 0x21, count: 20)
        bytes[place] = byte
        let isPrinted = byte > 0x20 && byte < 0x7F
        bytes.withUnsafeBufferPointer {
          #expect(ByteScan.beyondPrint($0, from: 0) == (isPrinted ? 20 : place))
          #expect(ByteScan.beyondPrint($0, from: place + 1) == 20)
        }
      }
    }
  }

  @Test func setOfBytes() {
    var set = ByteSet(Array("a-b".utf8))
    #expect((0...255).filter { set.contains(UInt8($0)) } == [0x2D, 0x61, 0x62])
    #expect(!set.containsAny(0x80...0xFF) && set.containsAny(0x00...0x2D))
    set.insert(0xC3)
    set.insert(0x80)
    #expect(set.containsAny(0x80...0x80) && set.contains(0xC3) && !set.contains(0x81))
  }

  @Test(arguments: [0, 1, 2, 7, 100], [1, 2, 3, 16])
  func partsStandInOrder(count: Int, threads: Int) {
    for least in [1, 3, 50] {
      let parts = SideBySide.map(count, threads: threads, least: least) { Array($0) }
      #expect(parts.flatMap(\.self) == Array(0..<count))
      #expect(parts.count <= max(1, count / least))
    }
  }
}
