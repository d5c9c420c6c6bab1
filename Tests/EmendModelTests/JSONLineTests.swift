import EmendModel
import Testing

@Suite struct JSONLineTests {
  @Test func nestedRecord() {
    var json = JSONLine()
    json.object {
      $0.field("id", "a\"b\\\u{1}\n")
      $0.field("line", 3)
      $0.array("labels") { for label in ["x", "y"] { $0.value(label) } }
      $0.object("anchor") { $0.field("none", nil as String?) }
      $0.field("flag", true)
    }
    json.endLine()
    #expect(
      String(decoding: json.bytes, as: UTF8.self)
        == #"{"id":"a\"b\\\u0001\n","line":3,"labels":["x","y"],"anchor":{"none":null},"flag":true}"# + "\n")
  }

  @Test(arguments: [
    (0.5, "0.5"), (1, "1"), (0.99996, "1"), (-0.25, "-0.25"), (0.00001, "0"), (12.3456, "12.3456"),
    (.infinity, "null"),
  ])
  func numbersHaveOneForm(number: Double, written: String) {
    var json = JSONLine()
    json.value(number)
    #expect(String(decoding: json.bytes, as: UTF8.self) == written)
  }

  /// A byte that must be escaped is found wherever it stands among others, and no other is taken for one.
  @Test func escapesStandAtAnyPlace() {
    let escaped: [UInt8: String] = [
      0x22: "\\\"", 0x5C: "\\\\", 0x0A: "\\n", 0x01: "\\u0001", 0x7F: "\\u007f",
    ]
    for length in 0...20 {
      for place in 0..<length {
        for byte in UInt8(0)...255 where byte < 0x80 {
          var text = Array("äbcdefghijklmnopqrst".utf8.prefix(length))
          guard String(validating: text, as: UTF8.self) != nil, text[place] < 0x80 else { continue }
          if byte < 0x20, escaped[byte] == nil { continue }
          text[place] = byte
          var json = JSONLine()
          text.withUnsafeBufferPointer { json.value(utf8: $0) }
          let form: [UInt8] = escaped[byte].map { Array($0.utf8) } ?? [byte]
          text.replaceSubrange(place...place, with: form)
          #expect(Array(json.bytes.dropFirst().dropLast()) == text)
        }
      }
    }
  }

  @Test(arguments: [
    (0, "0"), (7, "7"), (-12, "-12"), (1_234_567_890, "1234567890"), (.max, "9223372036854775807"),
  ])
  func integersAreWritten(number: Int, written: String) {
    var json = JSONLine()
    json.value(number)
    #expect(String(decoding: json.bytes, as: UTF8.self) == written)
  }

  @Test func readyPartsBringTheirOwnCommas() {
    var json = JSONLine(capacity: 64)
    json.verbatim("{\"a\":")
    json.value(1)
    json.verbatim(",\"b\":")
    json.array { for number in [2, 3] { $0.value(number) } }
    json.verbatim(Array("}".utf8))
    json.endLine()
    #expect(String(decoding: json.bytes, as: UTF8.self) == "{\"a\":1,\"b\":[2,3]}\n")
  }
}
