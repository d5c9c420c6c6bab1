import EmendModel
import Testing

/// The reading text of a document, read again, is the same reading text.
@Suite struct ReflowedTests {
  @Test(arguments: [
    ThesisTests.thesis(isPlain: false), FootnoteTests.history(call: { String($0) }, mark: { "\($0) " }),
    PaperTests.paper,
  ])
  func isLeftAlone(_ text: String) throws {
    let first = try Samples.document(text)
    let once = String(decoding: first.reading, as: UTF8.self)
    let twice = try Samples.document(once)
    #expect(String(decoding: twice.reading, as: UTF8.self) == once)
  }

  @Test func openParagraphsStayApart() throws {
    let long = (0..<4).map { _ in
      "The bureau answered by the next post that it had asked for nothing of the kind"
    }
    .joined(separator: ", and ")
    let text = "\(long), in the words of the minister,\n\nlegitimate power has the better chance to \(long)\n"
    let document = try Samples.document(text)
    #expect(String(decoding: document.reading, as: UTF8.self) == text)
    #expect(document.blocks.count == 2)
  }
}
