import EmendLexicons
import Foundation
import Testing

/// The folder beside the project that holds the development data; the suite that needs it is skipped without it.
private let shared = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")

@Suite struct HyphenJudgeTests {
  let judge: HyphenJudge

  init() throws { judge = HyphenJudge(lexicon: try EnglishLexicon.load(lexiconFolder)) }

  private func forms(_ text: String) -> DocumentForms {
    let bytes = Array(text.utf8)
    var lines: [Range<Int>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      lines.append(start..<index)
      start = index + 1
    }
    lines.append(start..<bytes.count)
    return bytes.withUnsafeBufferPointer { DocumentForms(text: $0, lines: lines) }
  }

  private func verdict(_ left: String, _ right: String, _ forms: DocumentForms) -> HyphenJudge.Verdict {
    Array(left.utf8).withUnsafeBufferPointer { left in
      Array(right.utf8).withUnsafeBufferPointer { judge.verdict(left, $0, in: forms) }
    }
  }

  @Test(arguments: [
    ("tele", "graph", false, "listed"), ("con", "vention", false, "listed"),
    ("river-com", "mission", false, "listed"), ("self", "interest", true, "prefix"),
    ("re", "negotiated", false, "listed"), ("inter", "cantonal", false, "prefix"),
    ("cable", "landing", true, "both-words"),
    ("rate", "setting", true, "both-words"), ("twenty", "one", true, "both-words"),
    ("Anglo", "American", true, "shape"), ("post", "1865", true, "shape"),
    ("state", "of-the-art", true, "chain"), ("Hammar", "skjöld", false, "syllables"),
    ("INTER", "NATIONAL", false, "listed"),
    ("ITU", "led", true, "shape"), ("Mc", "Dougal", false, "shape"), ("zero", "sum", true, "both-words"),
    ("fore", "castle", false, "listed"), ("Ox", "ford", false, "listed"),
  ])
  func alone(left: String, right: String, belongs: Bool, rule: String) {
    let verdict = verdict(left, right, DocumentForms())
    #expect(verdict.belongs == belongs)
    #expect(verdict.rule.rawValue == rule)
  }

  @Test func theDocumentKnowsBetter() {
    let forms = forms(
      "The non-party states and the non-signatory\nstates met. A cooperation-\nminded co-operation.")
    #expect(verdict("non", "maritime", forms).belongs)
    #expect(!verdict("non", "maritime", DocumentForms()).belongs)
    #expect(verdict("co", "operation", forms).rule == .documentHyphenated)
    #expect(verdict("sta", "tes", forms).rule == .documentClosed)
  }

  @Test func fragmentsAtALineEndAreNoEvidence() {
    let forms = forms("The tele-\ngraph and the cable-\nship of two-level-\ngames")
    func count(_ form: String) -> Int { Array(form.utf8).withUnsafeBufferPointer { forms.count($0) } }
    #expect(
      ["tele", "graph", "cable", "ship", "two-level", "two", "level", "games", "the"].map(count)
        == [0, 0, 0, 0, 0, 1, 0, 0, 2])
  }

  /// Every line-end hyphen of the development chapter, given its repaired text.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: shared.path + "/gold/chapter.repairs.tsv")))
  func chapter() throws {
    let text = try String(contentsOfFile: shared.path + "/gold/chapter.repaired.txt", encoding: .utf8)
    let rows = try String(contentsOfFile: shared.path + "/gold/chapter.repairs.tsv", encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let forms = forms(text)
    var judged = 0
    for row in rows.split(separator: "\n").dropFirst() {
      let fields = row.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields[4] == "hyphen-join" || fields[4] == "hyphen-keep", let line = Int(fields[0]) else {
        continue
      }
      let left = try #require(lines[line - 1].dropLast().split(separator: " ").last)
      let next = try #require(lines[line...].first { !$0.isEmpty })
      let right = try #require(next.split(separator: " ").first)
      func isLetter(_ c: Character) -> Bool { c.isLetter || c.isNumber || c == "-" || c == "’" || c == "'" }
      let verdict = verdict(
        String(left.drop { !isLetter($0) }), String(right.prefix(while: isLetter)), forms)
      judged += 1
      #expect(verdict.belongs == (fields[4] == "hyphen-keep"), "\(line): \(left)|\(right) \(verdict)")
    }
    #expect(judged == 254)
  }
}
