import EmendLexicons
import Foundation
import Testing

/// The editable files of `english/` and what becomes of them.
@Suite struct EnglishFilesTests {
  private static func field(_ line: Substring) -> Substring { line.prefix { $0 != "\t" } }

  @Test(arguments: [
    ("words.tsv", WordFacts.Flags.trusted), ("plausible.tsv", .plausible), ("names.tsv", .name),
    ("abbreviations.tsv", .abbreviation), ("function-words.tsv", .function),
  ])
  func everyWordIsFoundAgain(file: String, flag: WordFacts.Flags) throws {
    let lexicon = try EnglishLexicon.load(lexiconFolder)
    var count = 0
    var missing: [String] = []
    try LexiconFile(lexiconFolder.path("english/" + file)).forEachRow(fields: 1...) { row in
      let id = lexicon.id(row[0])
      if id < 0 || !lexicon.flags(id).contains(flag) || !lexicon.words.word(id).elementsEqual(row[0]) {
        missing.append(row.text(0))
      }
      count += 1
    }
    #expect(missing.isEmpty)
    #expect(count > 100)
  }

  /// As editors of other systems save tables: with a mark in front, with two signs at each line end.
  @Test(arguments: ["# c\na\tb\n\nc\td", "\u{FEFF}# c\r\na\tb\r\n\r\nc\td\r\n", "# c\r\na\tb\r\n\r\nc\td\r"])
  func lineEndsOfOtherSystems(text: String) throws {
    let path = NSTemporaryDirectory() + "/emend-\(UUID().uuidString).tsv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(filePath: path))
    var rows: [String] = []
    try LexiconFile(path).forEachRow(fields: 2...2) { rows.append("\($0.line):\($0.text(0))|\($0.text(1))") }
    #expect(rows == ["2:a|b", "4:c|d"])
  }

  @Test func strangersAreNotFound() throws {
    let lexicon = try EnglishLexicon.load(lexiconFolder)
    for id in stride(from: Int32(0), to: Int32(lexicon.words.count), by: 101) {
      let stranger = Array(lexicon.words.word(id)) + [0x7E]
      #expect(stranger.withUnsafeBufferPointer { lexicon.id($0) } == -1)
    }
  }

  @Test func theUsersWordsAreLaidOver() throws {
    let overlay = NSTemporaryDirectory() + "/emend-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: overlay) }
    try FileManager.default.createDirectory(atPath: overlay + "/english", withIntermediateDirectories: true)
    let extra = overlay + "/english/extra.tsv"
    try "\u{FEFF}# ours\nZollvereinish\ttrusted\t-14.5\nBu\u{308}nau\tname\r\n".write(
      toFile: extra, atomically: true, encoding: .utf8)
    let lexicon = try EnglishLexicon.load(LexiconFolder(base: lexiconFolder.base, overlay: overlay))
    #expect(
      lexicon.facts(of: "zollvereinish".utf8) == WordFacts(flags: .trusted, logFrequency: -14.5))
    #expect(lexicon.standing(of: "Bünau’s".utf8) == .plausible)
    #expect(lexicon.isTrusted("treaty".utf8))

    try "x\ttrusted\nzollvereinish\tcertain\n".write(toFile: extra, atomically: true, encoding: .utf8)
    #expect {
      try EnglishLexicon.load(LexiconFolder(base: lexiconFolder.base, overlay: overlay))
    } throws: { error in
      guard case LexiconError.bad(let file, let line, _) = error else { return false }
      return file == extra && line == 2
    }
  }

  @Test(arguments: [
    ("words.tsv", "treaty\t10\nstate\t11\n", 2), ("names.tsv", "smith\n", 1),
    ("bigrams.tsv", "# pairs\nof\t-1.0\tthe -1.0\tand\n", 2), ("affixes.tsv", "infix\tbloody\n", 1),
  ])
  func faultsNameFileAndLine(file: String, text: String, line: Int) throws {
    let overlay = NSTemporaryDirectory() + "/emend-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: overlay) }
    try FileManager.default.createDirectory(atPath: overlay + "/english", withIntermediateDirectories: true)
    try text.write(toFile: overlay + "/english/" + file, atomically: true, encoding: .utf8)
    #expect {
      try EnglishLexicon.load(LexiconFolder(base: lexiconFolder.base, overlay: overlay))
    } throws: { error in
      guard case LexiconError.bad(let path, let found, _) = error else { return false }
      return path == overlay + "/english/" + file && found == line
    }
  }

  /// Prints how fast images open and words are found: EMEND_MEASURE=1 swift test --filter EnglishFilesTests
  @Test(.enabled(if: ProcessInfo.processInfo.environment["EMEND_MEASURE"] != nil))
  mutating func measure() throws {
    let clock = ContinuousClock()
    _ = try EnglishLexicon.load(lexiconFolder)
    let opening = try (0..<20).map { _ in
      try clock.measure { _ = try EnglishLexicon.load(lexiconFolder) }
    }.min()
    let lexicon = try EnglishLexicon.load(lexiconFolder)
    // Words side by side in one text, in random order and by frequency, as a tokenizer hands them over.
    func seconds(_ ids: [Int32]) -> Duration {
      var text: [UInt8] = []
      var ranges: [Range<Int>] = []
      for id in ids {
        let start = text.count
        text.append(contentsOf: lexicon.words.word(id))
        ranges.append(start..<text.count)
      }
      return text.withUnsafeBufferPointer { text in
        var found = 0
        let time = clock.measure {
          for range in ranges where lexicon.id(UnsafeBufferPointer(rebasing: text[range])) >= 0 { found += 1 }
        }
        #expect(found == ids.count)
        return time / ids.count
      }
    }
    let all = (0..<Int32(lexicon.words.count)).shuffled(using: &random)
    let common = (0..<400_000).map { _ in Int32.random(in: 0..<5000, using: &random) }
    print("image opens in \(opening.map { "\($0)" } ?? "-")")
    print("look-up, every word once in random order: \(seconds(all)) a word")
    print("look-up, the 5,000 most frequent words again and again: \(seconds(common)) a word")
  }
  private var random = SystemLikeGenerator(state: 1)
}
