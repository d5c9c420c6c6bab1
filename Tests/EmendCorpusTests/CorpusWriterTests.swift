import EmendCorpus
import EmendModel
import FoundationEssentials
import GRDB
import Testing

@Suite struct CorpusWriterTests {
  /// Every row of every table and view, in their order.
  func rows(_ folder: ScratchFolder) throws -> [String: [String]] {
    let queue = try DatabaseQueue(path: folder.file("corpus.sqlite"))
    return try queue.read { db in
      var all: [String: [String]] = [:]
      for table in Tables.all.map(\.name) + Views.all.map(\.name) {
        all[table] = try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map(\.description)
      }
      return all
    }
  }

  func build(_ names: [String], in folder: ScratchFolder) throws {
    let writer = try CorpusWriter(folder: folder.path)
    for name in names { try writer.add(edition: Essay.edition(id: name), stamp: "1") }
    try writer.finish()
  }

  @Test func theOrderOfAddingLeavesNoTrace() throws {
    let (one, other) = (ScratchFolder(), ScratchFolder())
    try build(["a", "b", "c"], in: one)
    try build(["c", "a", "b"], in: other)
    #expect(one.snapshot() == other.snapshot())
    #expect(try rows(one) == rows(other))
  }

  @Test func aBuildThatWasCutOffIsTakenUp() throws {
    let (cut, whole) = (ScratchFolder(), ScratchFolder())
    do {
      let writer = try CorpusWriter(folder: cut.path)
      try writer.add(edition: Essay.edition(id: "b"), stamp: "1")
    }
    #expect(throws: CorpusError.unfinished(cut.path)) { try Corpus(folder: cut.path) }
    let writer = try CorpusWriter(folder: cut.path)
    #expect(writer.stamp(of: "b") == "1")
    #expect(writer.stamp(of: "a") == nil)
    try writer.add(edition: Essay.edition(id: "a"), stamp: "1")
    #expect(try writer.finish().documents == 2)
    try build(["a", "b"], in: whole)
    #expect(cut.snapshot() == whole.snapshot())
    #expect(try rows(cut) == rows(whole))
  }

  @Test func theCodebookDefinesTheLabelsAndCountsThem() throws {
    let folder = ScratchFolder()
    let edition = Essay.edition(id: "a")
    let given = try #require(edition.tags.sentences.flatMap(\.labels).first?.label)
    let codebook = Codebook([given: "Guns & butter.", "unused/below": "Never given."])
    let writer = try CorpusWriter(folder: folder.path, codebook: codebook)
    try writer.add(edition: edition, stamp: "1")
    try writer.finish()
    let rows = try DatabaseQueue(path: folder.file("corpus.sqlite")).read { db in
      try Row.fetchAll(db, sql: "SELECT label, parent, definition, sentences > 0 FROM codebook")
        .map { "\($0[0] as String)|\($0[1] as String? ?? "")|\($0[2] as String)|\($0[3] as Int)" }
    }
    #expect(rows.contains("\(given)|\(Codebook.parent(of: given) ?? "")|Guns & butter.|1"))
    #expect(rows.contains("unused|||0"))
    #expect(rows.contains("unused/below|unused|Never given.|0"))
    let tei = folder.text("tei/a.xml")
    #expect(tei.contains("<term>\(given)</term>: <gloss>Guns &amp; butter.</gloss>"))
    #expect(!tei.contains("Never given."))
  }

  @Test func nothingIsWrittenWhenNothingHasChanged() throws {
    let folder = ScratchFolder()
    try build(["a"], in: folder)
    let writer = try CorpusWriter(folder: folder.path)
    try writer.retain(["a"])
    #expect(try writer.finish().changed == false)
    let other = try CorpusWriter(folder: folder.path, settings: ["lexicon": "2"])
    #expect(try other.finish().changed == true)
    #expect(folder.text("manifest.json").contains("\"lexicon\": \"2\""))
  }

  @Test func documentsThatLeftTheInputsLeaveTheCorpus() throws {
    let (folder, expected) = (ScratchFolder(), ScratchFolder())
    try build(["a", "b", "c"], in: folder)
    let writer = try CorpusWriter(folder: folder.path)
    #expect(try writer.retain(["a", "c"]) == 1)
    try writer.finish()
    try build(["a", "c"], in: expected)
    #expect(folder.snapshot() == expected.snapshot())
    #expect(try rows(folder) == rows(expected))
  }

  @Test func aChangedDocumentTakesThePlaceOfTheOldOne() throws {
    let folder = ScratchFolder()
    try build(["a", "b"], in: folder)
    let before = folder.snapshot()
    let writer = try CorpusWriter(folder: folder.path)
    try writer.add(edition: Essay.edition(id: "b"), stamp: "2")
    try writer.finish()
    #expect(folder.snapshot() == before)
    #expect(try CorpusWriter(folder: folder.path).stamp(of: "b") == "2")
  }

  /// Everything in the database comes from the sources, so a damaged one is no loss.
  @Test func aDamagedDatabaseIsMadeAnew() throws {
    let folder = ScratchFolder()
    try CorpusWriter(folder: folder.path).finish()
    try Array(repeating: UInt8(ascii: "x"), count: 5000).withUnsafeBytes {
      try Data($0).write(to: URL(filePath: folder.path + "/corpus.sqlite"))
    }
    let writer = try CorpusWriter(folder: folder.path)
    try writer.add(edition: Essay.edition(id: "a"), stamp: "1")
    try writer.finish()
    #expect(try Corpus(folder: folder.path).documents() == ["a"])
  }

  @Test func aFailureIsRecordedAndTheRestStaysAsItIs() throws {
    let (folder, clean) = (ScratchFolder(), ScratchFolder())
    let writer = try CorpusWriter(folder: folder.path)
    try writer.add(edition: Essay.edition(id: "a"), stamp: "1")
    try writer.fail(
      .init(document: "bad", source: "/home/x/bad.pdf", code: "not-text", stage: "reading", message: "a PDF"))
    #expect(try writer.finish().failed == 1)
    #expect(folder.text("manifest.json").contains("\"code\": \"not-text\""))
    #expect(!folder.text("manifest.json").contains("/home"))
    try build(["a"], in: clean)
    #expect(
      folder.snapshot().filter { !$0.key.hasSuffix(".html") && $0.key != "manifest.json" }
        == clean.snapshot().filter { !$0.key.hasSuffix(".html") && $0.key != "manifest.json" })
  }

  @Test func namesThatAreNoFileNamesStayInsideTheFolder() throws {
    let folder = ScratchFolder()
    let names = ["../escape", "a/b", "CON", "-rf", String(repeating: "x", count: 300), "Müller: 1"]
    try build(names, in: folder)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.file("tei"))
    #expect(files.count == names.count)
    #expect(
      try Corpus(folder: folder.path).documents()
        == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test func theRecordsOfTheFilesAreThoseOfTheCommands() throws {
    let folder = ScratchFolder()
    try build(["essay"], in: folder)
    let edition = Essay.edition()
    let expected: [(String, (inout JSONLine) -> Void)] = [
      ("citations.jsonl", { Records.citations(of: edition, into: &$0) }),
      ("references.jsonl", { Records.references(of: edition, into: &$0) }),
      ("tags.jsonl", { Records.tags(of: edition, into: &$0) }),
      ("emendations.jsonl", { Records.emendations(of: edition.document, into: &$0) }),
    ]
    for (name, write) in expected {
      var json = JSONLine()
      write(&json)
      #expect(folder.text(name) == String(decoding: json.bytes, as: UTF8.self), "\(name)")
    }
  }

  @Test func everyForeignKeyHolds() throws {
    let folder = ScratchFolder()
    try build(["a", "b"], in: folder)
    let queue = try DatabaseQueue(path: folder.file("corpus.sqlite"))
    try queue.read { try $0.checkForeignKeys() }
  }

  @Test func aPlaceWithoutACorpusIsNamed() {
    #expect(throws: CorpusError.notFound("/nowhere/at/all")) { try Corpus(folder: "/nowhere/at/all") }
    #expect(throws: CorpusError.self) { try CorpusWriter(folder: "/proc/nowhere") }
  }
}
