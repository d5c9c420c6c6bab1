import EmendCheck
import EmendCitation
import EmendLexicons
import EmendModel
import FoundationEssentials
import Testing

@Suite("Training of the reference parser")
struct TrainingTests {
  /// Twelve references of our own, in two styles.
  private static func gold() throws -> [GoldReference] {
    let families = ["Harlow", "Keel", "Ostrow", "Palmer", "Weaver", "Brandt"]
    var lines: [String] = []
    for (index, family) in families.enumerated() {
      lines.append(
        "<author>\(family), A.</author> (<date>19\(70 + index)</date>). <title>The \(family) bargain of trade</title>. "
          + "<container-title>World Politics</container-title>, <volume>\(20 + index)</volume>, <pages>1\(index)–3\(index)</pages>."
      )
      lines.append(
        "<author>B. \(family)</author>, <title>A History of \(family) Valley</title> (<location>London</location>: "
          + "<publisher>Macmillan</publisher>, <date>19\(50 + index)</date>).")
    }
    return try lines.map { try #require(TaggedLine.read($0)) }
  }

  @Test("the same data and seed give the same bytes, and the model parses what it was taught")
  func deterministic() throws {
    let training = try ReferenceTraining(lexicons: .locate())
    var options = ReferenceTraining.Options()
    options.synthetic = 60
    options.passes = 6
    let gold = try Self.gold()
    let first = try training.train(gold, options: options) { _ in }
    let second = try training.train(gold, options: options) { _ in }
    #expect(first == second)
    let parser = try ReferenceParser(image: first)
    var check = ReferenceCheck()
    let labels = ReferenceCheck.labels(of: gold)
    for reference in gold {
      check.add(reference, parser.parse(String(decoding: reference.raw, as: UTF8.self)), labels: labels)
    }
    #expect(check.total.f1 > 0.9)
  }

  @Test("synthetic references carry their fields at the right places")
  func synthetic() throws {
    let training = try ReferenceTraining(lexicons: .locate())
    let made = try training.synthetic(300, from: Self.gold(), seed: 5)
    #expect(made.count == 300)
    for reference in made {
      var at = 0
      #expect(!reference.fields.isEmpty)
      for field in reference.fields {
        #expect(field.range.lowerBound >= at)
        #expect(!field.range.isEmpty)
        #expect(field.range.upperBound <= reference.raw.count)
        at = field.range.upperBound
      }
    }
    #expect(Set(made.map(\.raw)).count > 250)
  }

  @Test("numbers that a set labels as one field, for want of a space, are parted")
  func partedNumbers() throws {
    let training = try ReferenceTraining(lexicons: .locate())
    func fields(_ line: String) throws -> [String] {
      var reference = try #require(TaggedLine.read(line))
      reference.source = "anystyle_own"
      let harmonised = training.harmonised(reference)
      return harmonised.fields.map { "\($0.label)=\(harmonised.text($0))" }
    }
    let head = "<author>Keel, A.</author> <title>On tolls.</title> <container-title>Trade</container-title> "
    let numbers = ["volume=22", "issue=3", "pages=179-187"]
    #expect(
      try fields(head + "<volume>2013;22(3):</volume> <pages>179-187.</pages>").suffix(4) == ["date=2013"]
        + numbers)
    #expect(
      try fields(head + "<volume>22(3):179-187,</volume> <date>2013.</date>").suffix(4) == numbers + [
        "date=2013"
      ])
    #expect(
      try fields(head + "<date>2013;</date> <pages>22:179-187.</pages>").suffix(3)
        == ["date=2013", "volume=22", "pages=179-187"])
    // What has a date, pages and a volume of its own stays.
    #expect(
      try fields(head + "<volume>1, 1922</volume> (<date>1988</date>) <pages>12: 30-40</pages>").contains(
        "date=1988"))
  }

  @Test("tagged lines are written and read back")
  func tagged() throws {
    let line = "<author>Harlow &amp; Keel</author> (<date>1971</date>) <title>On &lt;signs&gt;</title>."
    let reference = try #require(TaggedLine.read(line))
    #expect(String(decoding: reference.raw, as: UTF8.self) == "Harlow & Keel (1971) On <signs>.")
    let fields = reference.fields.map { ($0.label, $0.range) }
    #expect(TaggedLine.write(String(decoding: reference.raw, as: UTF8.self), fields: fields) == line)
    #expect(TaggedLine.read("<author>no end") == nil)
  }

  @Test("a bad line is named with its file and number")
  func badLines() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "emend-bad-gold.jsonl").path()
    func write(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }
    defer { try? FileManager.default.removeItem(atPath: path) }
    let good = #"{"raw":"Keel 1971","fields":[{"label":"author","text":"Keel"}]}"#
    for bad in ["{\"raw\":", "{\"text\":\"no reference\"}", "<author>no end"] {
      try write(good + "\n\n" + bad + "\n")
      let error = #expect(throws: GoldError.self) { try GoldReader.read(path: path) }
      #expect(error?.description.hasPrefix("\(path):3:") == true)
    }
    try write(
      good + "\n" + #"{"raw":"Keel","fields":[{"label":"autor","text":"Keel"},{"label":"date","text":"1"}]}"#)
    var reports: [String] = []
    let references = try GoldReader.read(path: path) { reports.append($0) }
    #expect(references.count == 2)
    #expect(reports.count == 2)
    #expect(reports.allSatisfy { $0.hasPrefix("\(path):2:") })
  }

  @Test("soft scoring forgives signs and cue words, not letters")
  func scoring() throws {
    let gold = try #require(TaggedLine.read("<editor>ed. by A. Keel,</editor> <title>Peace.</title>"))
    func parsed(_ editor: String, _ title: String) -> Reference {
      Reference(
        raw: "",
        fields: [
          .init(label: .editor, text: editor, range: 0..<0), .init(label: .title, text: title, range: 0..<0),
        ])
    }
    let labels = ReferenceCheck.labels(of: [gold])
    var right = ReferenceCheck()
    right.add(gold, parsed("A. Keel", "Peace"), labels: labels)
    #expect(right.whole == 1)
    var wrong = ReferenceCheck()
    wrong.add(gold, parsed("A. Keel", "Peace of"), labels: labels)
    #expect(wrong.whole == 0)
    #expect(wrong.total == Counts(right: 1, wrong: 1, missed: 1))
  }
}
