import EmendText
import Testing

@Suite struct UTF8ScalarTests {
  @Test func everyScalarThereAndBack() {
    for value in stride(from: UInt32(0), to: 0x11_0000, by: 7) where !(0xD800..<0xE000).contains(value) {
      var bytes: [UInt8] = []
      UTF8Scalar.append(value, to: &bytes)
      let decoded = UTF8Scalar.decode(bytes, at: 0)
      #expect(decoded?.value == value && decoded?.length == bytes.count)
    }
  }

  @Test(
    arguments: [
      ([0x61, 0xC3], 1), ([0xC0, 0xAF], 0), ([0xED, 0xA0, 0x80], 0), ([0xF4, 0x90, 0x80, 0x80], 0),
      ([0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0xFF], 9), ([0xE2, 0x80, 0x99, 0x80], 3),
    ] as [([UInt8], Int)])
  func firstInvalid(_ bytes: [UInt8], _ offset: Int) {
    #expect(bytes.withUnsafeBufferPointer { UTF8Scalar.firstInvalid($0) } == offset)
  }

  @Test func validTextHasNone() {
    let bytes = Array("plain — « déjà » 𝔄".utf8)
    #expect(bytes.withUnsafeBufferPointer { UTF8Scalar.firstInvalid($0) } == nil)
  }
}
