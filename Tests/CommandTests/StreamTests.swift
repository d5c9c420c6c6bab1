import Foundation
import Testing

/// The contract of the filter: one line in, one line out, same order, errors as records.
@Suite struct StreamTests {
  @Test func everyLineHasItsAnswer() throws {
    let lines = [
      #"{"id": "a", "text": "One sentence of a text.", "shelf": {"x": [1, 2.50]}}"#, "not json", "[1]", "17",
      #"{"id": "e"}"#, #"{"id": "f", "id": "g", "text": ""}"#, #"{"text": "No id here."}"#,
      #"{"id": "p", "pages": ["First page.", "Second page."]}"#, "",
      #"{"id": "u", "text": "a\ud800b\u0000c\u2028d"}"#,
    ]
    let run = try emend("stream", input: Data((lines.joined(separator: "\n") + "\n").utf8))
    #expect(run.status == 0)
    #expect(run.lines.count == lines.count)
    let records = try run.lines.map { try record($0) }
    #expect(
      records.map { $0["status"] as? String ?? "" } == [
        "ok", "error", "error", "error", "error", "error", "ok", "ok", "error", "ok",
      ])
    #expect(run.lines[0].contains(#""shelf":{"x": [1, 2.50]}"#))
    #expect(records[0]["text"] as? String == "One sentence of a text.\n")
    #expect((records[4]["error"] as? [String: Any])?["code"] as? String == "missing-field")
    #expect((records[5]["error"] as? [String: Any])?["code"] as? String == "duplicate-key")
    for key in ["version", "settings", "outline", "citations", "references", "tags", "emendations"] {
      #expect(records[0][key] != nil, "\(key)")
    }
  }

  @Test func bytesThatAreNotUTF8AreNamedAndNotHandedOn() throws {
    var line = Data(#"{"id": "a", "shelf": "caf?", "n": 7, "text": "caf?"}"#.utf8)
    for index in line.indices where line[index] == 0x3F { line[index] = 0xE9 }
    let run = try emend("stream", input: line)
    #expect(run.status == 0 && run.lines.count == 1)
    #expect(String(validating: run.output, as: UTF8.self) != nil)
    let answer = try record(run.lines[0])
    #expect(answer["id"] as? String == "a" && answer["n"] as? Int == 7 && answer["shelf"] == nil)
    let error = answer["error"] as? [String: Any]
    #expect(error?["code"] as? String == "invalid-utf8" && error?["offset"] as? Int == 25)
  }

  @Test func anUnknownPartIsAnsweredByTheUsageOfTheFilter() throws {
    let run = try emend("stream", "--only", "text,nosuch")
    #expect(run.status == 64)
    #expect(run.errors.contains("nosuch") && run.errors.contains("Usage: emend stream"))
  }

  @Test func errorsCanBeMadeToCount() throws {
    let run = try emend("stream", "--fail-on-error", input: Data("nonsense\n".utf8))
    #expect(run.status == 1)
    #expect(run.lines.count == 1)
  }

  @Test func wholeLinesWithCarriageReturnsMarksAndNoLastLineEnd() throws {
    let run = try emend(
      "stream", input: Data("\u{FEFF}{\"id\":1,\"text\":\"a\"}\r\n{\"id\":2,\"text\":\"b\"}\n\n\n".utf8))
    #expect(run.lines.count == 2)
    #expect(try run.lines.map { try record($0)["status"] as? String } == ["ok", "ok"])
  }

  @Test func keysStandInOrderAndBytesAreTheSame() throws {
    let input = Data(
      (1...30).map { #"{"z": 1, "id": "\#($0)", "text": "Text \#($0)."}"# }.joined(separator: "\n").utf8)
    let one = try emend("stream", "-j", "1", input: input)
    let two = try emend(
      "stream", "-j", "2", input: input, environment: ["LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo"])
    #expect(one.output == two.output)
    #expect(one.lines.count == 30)
  }

  @Test func aReadOnlyHomelessMachineIsEnough() throws {
    let run = try emend(
      "stream", input: Data(#"{"id":"a","text":"b"}"#.utf8), environment: ["HOME": "/nowhere"])
    #expect(run.status == 0)
    #expect(run.lines.count == 1)
  }

  private func record(_ line: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
  }
}
