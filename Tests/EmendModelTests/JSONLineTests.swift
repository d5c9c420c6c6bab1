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
}
