import EmendPipeline
import Testing

@Suite struct JSONRecordTests {
  @Test func membersKeepTheirBytes() throws {
    let record = try JSONRecord(
      Array(#" {"id": "a/1", "n": 1.50, "deep": {"x": [1, {"y": "}"}]}, "text":"fi\u0041"} "#.utf8))
    #expect(record.members.map(\.key) == ["id", "n", "deep", "text"])
    #expect(record.value("n").map { String(decoding: $0, as: UTF8.self) } == "1.50")
    #expect(record.value("deep").map { String(decoding: $0, as: UTF8.self) } == #"{"x": [1, {"y": "}"}]}"#)
    #expect(try record.string("text") == "fiA")
    #expect(try record.string("absent") == nil)
  }

  @Test(arguments: [
    (#"[1, 2]"#, "not-object"), (#"12"#, "not-object"), (#"{"a": 1"#, "not-json"), (#"{"a" 1}"#, "not-json"),
    (#"{"a": 1, "a": 2}"#, "duplicate-key"), (#"{"a": nope}"#, "not-json"), (#"{"a": [1}"#, "not-json"),
    (#"{"a": 1} x"#, "not-json"), ("", "not-json"), ("{\"a\": \"\u{1}\"}", "not-json"),
  ])
  func faultsAreNamed(line: String, code: String) {
    do {
      _ = try JSONRecord(Array(line.utf8))
      Issue.record("no fault in \(line)")
    } catch { #expect(error.code == code) }
  }

  @Test(
    arguments: [
      ([0x61, 0xC3, 0xA9], nil), ([0x61, 0xE9, 0x62], 1), ([0x22, 0xF0, 0x9F, 0x98], 1),
      ([0xED, 0xA0, 0x80], 0),
    ] as [([UInt8], Int?)])
  func invalidUTF8HasItsOffset(line: [UInt8], offset: Int?) {
    do {
      try JSONRecord.checkUTF8(line)
      #expect(offset == nil)
    } catch { #expect(error.code == "invalid-utf8" && error.offset == offset) }
  }

  @Test func loneSurrogatesBecomeReplacementCharacters() throws {
    let record = try JSONRecord(Array(#"{"text": "a\ud800b \ud83d\ude00 \\ud800"}"#.utf8))
    #expect(try record.string("text") == "a\u{FFFD}b \u{1F600} \\ud800")
  }

  @Test func pagesAreStringsOrObjects() throws {
    #expect(try JSONRecord(Array(#"{"pages": ["a", "b"]}"#.utf8)).strings("pages") == ["a", "b"])
    #expect(try JSONRecord(Array(#"{"pages": [{"text": "a", "n": 1}]}"#.utf8)).strings("pages") == ["a"])
    #expect(throws: JSONRecord.Fault.self) { try JSONRecord(Array(#"{"pages": 3}"#.utf8)).strings("pages") }
  }

  @Test func depthCostsNoStack() throws {
    let deep = String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000)
    let record = try JSONRecord(Array("{\"text\":\"a\",\"deep\":\(deep)}".utf8))
    #expect(record.value("deep")?.count == 400_000)
  }
}
