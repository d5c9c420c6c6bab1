import EmendText
import Testing

@Suite struct NamesTests {
  @Test func naturalOrder() {
    let names = ["p10", "p9", "P1", "p099", "p100", "p2b", "p2a", "p"]
    #expect(
      names.sorted(by: NaturalOrder.precedes) == ["p", "P1", "p2a", "p2b", "p9", "p10", "p099", "p100"])
  }

  @Test(arguments: ["chapter 3", "Jönsson", "a.b-c_d", "2026"])
  func harmlessNamesStay(_ name: String) {
    #expect(FileName.safe(name) == name)
  }

  @Test(arguments: [
    "a/../b", "..", "", "-rf", "CON", "com1.txt", "x\u{0}y", "C:\\x", String(repeating: "n", count: 300),
    "tail.", "a\u{202E}b", ".hidden",
  ])
  func unsafeNamesAreEscaped(_ name: String) {
    let safe = FileName.safe(name)
    #expect(safe != name && safe.utf8.count <= FileName.limit)
    #expect(!safe.contains("/") && !safe.contains("\\") && !safe.hasPrefix("-") && !safe.hasPrefix("."))
    #expect(FileName.safe(safe) == safe)
    #expect(FileName.safe(name + "x") != safe)
  }
}
