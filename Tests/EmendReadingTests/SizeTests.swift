import EmendModel
import EmendReading
import Testing

/// Hostile sizes: time and memory in proportion, or an error.
@Suite(.serialized) struct SizeTests {
  @Test(.timeLimit(.minutes(1))) func tenMillionEmptyLines() throws {
    let scan = try read([UInt8](repeating: 0x0A, count: 10_000_000))
    #expect(scan.lines.count == 10_000_000 && scan.lines.last?.number == 10_000_000)
    #expect(MemoryLayout<Scan.Line>.stride <= 48)
  }

  @Test(.timeLimit(.minutes(1))) func aLineOfAHundredMegabytes() {
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 100_000_000)
    #expect(code { _ = try read(bytes) } == .lineTooLong)
  }
}
