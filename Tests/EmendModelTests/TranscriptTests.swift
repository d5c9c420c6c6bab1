import EmendModel
import Testing

/// A scan of plain text, one page.
func scan(_ text: String) -> Scan {
  let bytes = Array(text.utf8)
  var lines: [Scan.Line] = []
  var start = 0
  for end in 0...bytes.count where end == bytes.count || bytes[end] == 0x0A {
    lines.append(Scan.Line(range: start..<end, number: lines.count + 1, sourceStart: start, page: 0))
    start = end + 1
  }
  return Scan(
    id: "t", source: Scan.Source(name: "t.txt", format: .plainText, byteCount: bytes.count), text: bytes,
    lines: lines, pages: [Scan.Page(lines: 0..<lines.count, evidence: .start)])
}

/// The emendation that reads `reading` for the first `original` in a text.
func emendation(
  _ original: String, _ reading: String, in text: String, status: Emendation.Status = .applied
) -> Emendation {
  let start = text.utf8.count - (text.range(of: original).map { text[$0.lowerBound...].utf8.count } ?? 0)
  return Emendation(
    range: start..<(start + original.utf8.count), original: original, reading: reading, kind: .ligature,
    rule: "test", confidence: 1, status: status)
}

extension String {
  fileprivate func range(of part: String) -> Range<String.Index>? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(part) {
        return index..<self.index(index, offsetBy: part.count)
      }
      index = self.index(after: index)
    }
    return nil
  }
}

/// Puts back what stood there before every applied emendation, from the emended text alone.
func undone(_ transcript: Transcript) -> [UInt8] {
  var text = transcript.text
  for emendation in transcript.emendations.reversed() where emendation.status == .applied {
    let start = transcript.map.target(ofSource: emendation.range.lowerBound)
    // An insertion has an empty source range, so its target is found from what it reads.
    let length = emendation.reading.utf8.count
    let at =
      emendation.range.isEmpty ? start - (text[..<start].hasSuffix(emendation.reading) ? length : 0) : start
    text.replaceSubrange(at..<(at + length), with: emendation.original.utf8)
  }
  return text
}

extension ArraySlice<UInt8> {
  func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}

@Suite struct TranscriptTests {
  @Test func appliesOnlyWhatIsApplied() {
    let text = "signiAcant inBuence\nstanding Arm.What"
    let transcript = Transcript(
      scan: scan(text),
      emendations: [
        emendation("B", "fl", in: text), emendation("A", "fi", in: text),
        emendation("Arm", "firm", in: text, status: .suggested),
      ])
    #expect(String(decoding: transcript.text, as: UTF8.self) == "significant influence\nstanding Arm.What")
    #expect(transcript.emendations.map(\.original) == ["A", "B", "Arm"])
    #expect(String(decoding: transcript.line(0), as: UTF8.self) == "significant influence")
    #expect(String(decoding: transcript.line(1), as: UTF8.self) == "standing Arm.What")
  }

  @Test func insertionsAtLineEndsBelongToTheirLine() {
    let text = "rst\nof"
    let transcript = Transcript(
      scan: scan(text),
      emendations: [
        Emendation(range: 0..<0, original: "", reading: "fi", kind: .ligature, rule: "t", confidence: 1),
        Emendation(range: 6..<6, original: "", reading: "f", kind: .ligature, rule: "t", confidence: 1),
      ])
    #expect(String(decoding: transcript.line(0), as: UTF8.self) == "first")
    #expect(String(decoding: transcript.line(1), as: UTF8.self) == "off")
  }

  @Test(arguments: 1...40) func anyEmendationsKeepLinesParallelAndCanBeUndone(seed: UInt64) {
    var random = Seeded(seed)
    let alphabet = Array("abcde fgA®\n")
    let text = String(
      (0..<Int.random(in: 1...200, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
    let source = scan(text)
    var emendations: [Emendation] = []
    for line in source.lines {
      var at = line.range.lowerBound
      while at < line.range.upperBound {
        guard Bool.random(using: &random), source.text[at] < 0x80 else {
          at += 1
          continue
        }
        let reading = ["", "fi", "x", "®"].randomElement(using: &random)!
        emendations.append(
          Emendation(
            range: at..<(at + 1), original: String(decoding: source.text[at..<(at + 1)], as: UTF8.self),
            reading: reading, kind: .confusion, rule: "t", confidence: 1))
        at += Int.random(in: 1...6, using: &random)
      }
    }
    let transcript = Transcript(scan: source, emendations: emendations)
    #expect(undone(transcript) == source.text)
    let joined = transcript.lines.map { transcript.text[$0] }.joined(separator: [0x0A])
    #expect(Array(joined) == transcript.text)
    // Every witness offset outside the emendations comes back from the emended text.
    for offset in source.text.indices where !emendations.contains(where: { $0.range.contains(offset) }) {
      #expect(transcript.map.source(ofTarget: transcript.map.target(ofSource: offset)) == offset)
    }
  }
}
