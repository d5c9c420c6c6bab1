import EmendPipeline
import EmendReading
import Foundation
import Testing

/// Every code that a message can carry is explained.
@Suite struct ExplanationTests {
  @Test func everyFailureOfReadingIsExplained() {
    for code in ReadingError.Code.allCases {
      #expect(Explanation.of(code.rawValue).contains { $0.kind == .failure }, "\(code.rawValue)")
    }
  }

  /// Warnings and stream errors are named where they are made: the sources are searched for them.
  @Test func everyCodeInTheSourcesIsExplained() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let pattern = /(?:warn\(|code: |code = .* \? )"([a-z0-9-]+)"/
    var found: Set<String> = []
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: pattern) { found.insert(String(match.output.1)) }
    }
    #expect(found.count > 15)
    for code in found.sorted() { #expect(!Explanation.of(code).isEmpty, "\(code)") }
  }

  @Test func theNearestCodeIsNamed() {
    #expect(Explanation.nearest(to: "mixed-enconding") == "mixed-encoding")
    #expect(Explanation.of("no-such-code").isEmpty)
    // What is not near is not proposed.
    for code in ["fire", "nosuchkey", "", "9"] { #expect(Explanation.nearest(to: code) == nil, "\(code)") }
  }
}
