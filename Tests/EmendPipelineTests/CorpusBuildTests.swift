import EmendLexicons
import EmendPipeline
import EmendReading
import Foundation
import Synchronization
import Testing

/// The main job as a program calls it.
@Suite struct CorpusBuildTests {
  @Test func aSecondRunReadsWhatHasChanged() async throws {
    let place = try Place([
      "a.txt": "The union met in 1865.\n", "b.txt": "It met again.\n", "c.txt": "At last\u{FFFF}.\n",
    ])
    let first = try await place.build()
    #expect(first.events == ["read a", "read b", "read c (noncharacter)"])
    let second = try await place.build()
    #expect(second.events == ["unchanged a", "unchanged b", "unchanged c"])
    #expect(second.summary?.warnings == 1)
    try place.write("b.txt", "It met for the last time.\n")
    try place.remove("c.txt")
    let third = try await place.build()
    #expect(third.events == ["unchanged a", "read b"])
    let summary = try #require(third.summary)
    #expect(summary.documents == 2 && summary.added == 1 && summary.unchanged == 1 && summary.removed == 1)
    #expect(summary.failed == 0 && summary.retagged == 0 && summary.warnings == 0)
  }

  @Test func otherLabelsAskForNewTagsOnly() async throws {
    let place = try Place(["a.txt": "The union met in 1865.\n"])
    _ = try await place.build()
    try FileManager.default.createDirectory(
      atPath: place.root + "/words/tags", withIntermediateDirectories: true)
    try Data("Our labels.\n".utf8).write(to: URL(filePath: place.root + "/words/tags/README.md"))
    let tags = try await place.build(overlay: "words")
    #expect(tags.events == ["tagged anew a"])
    #expect(tags.summary?.retagged == 1 && tags.summary?.added == 0)
    #expect(try await place.build(overlay: "words").events == ["unchanged a"])
  }

  @Test func aBadDocumentIsRecordedAndPassedOver() async throws {
    let place = try Place(["a.txt": "The union met in 1865.\n", "b.txt": Self.program])
    let run = try await place.build()
    #expect(run.events == ["read a", "failed b: not-text"])
    #expect(run.summary?.documents == 1 && run.summary?.failed == 1)
  }

  @Test func nothingIsLeftBehindWhenNothingCanBeRead() async throws {
    let place = try Place(["b.txt": Self.program])
    let run = try await place.build()
    #expect(run.events == ["failed b: not-text"])
    #expect(run.summary == nil)
    #expect(!FileManager.default.fileExists(atPath: place.corpus))
  }

  @Test func anInterruptedRunIsTakenUp() async throws {
    let texts = "abcdef".map { ("\($0).txt", "The union \($0) met in the year of war.\n") }
    let place = try Place(Dictionary(uniqueKeysWithValues: texts))
    let asked = Counter()
    await #expect(throws: CancellationError.self) {
      _ = try await place.build(isInterrupted: { asked.next() >= 3 })
    }
    let rest = try await place.build().events
    #expect(
      rest == ["unchanged a", "unchanged b", "unchanged c", "read d", "read e", "read f"])
    let whole = try Place(Dictionary(uniqueKeysWithValues: texts))
    _ = try await whole.build(jobs: 3)
    #expect(try place.records() == whole.records())
  }

  @Test func folders() throws {
    let place = try Place(["a.txt": "A text.\n"])
    for (folder, reason) in [
      (place.scans + "/out", "lies within the input"), (place.scans + "/a.txt", "lies within the input"),
      (place.root, "files that are no corpus"),
    ] {
      do {
        _ = try CorpusBuild(inputs: [place.scans], folder: folder)
        Issue.record("no fault for \(folder)")
      } catch { #expect("\(error)".contains(reason)) }
    }
  }

  /// The first bytes of a program: no text.
  private static let program = "\u{7F}ELF\u{0}\u{0}\u{0}\u{0}"

  private final class Counter: Sendable {
    private let count = Atomic(0)
    func next() -> Int { count.add(1, ordering: .relaxed).oldValue }
  }

  /// Scans and a corpus in a temporary folder.
  private final class Place {
    let root: String
    var scans: String { root + "/scans" }
    var corpus: String { root + "/corpus" }

    init(_ files: [String: String]) throws {
      root = FileManager.default.temporaryDirectory.appending(path: "emend-build-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: scans, withIntermediateDirectories: true)
      for (name, text) in files { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: URL(filePath: scans + "/" + name))
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: scans + "/" + name) }

    /// Builds, and gives what was reported as lines.
    func build(
      jobs: Int = 1, overlay: String? = nil, isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) async throws -> (events: [String], summary: CorpusBuild.Summary?) {
      let build = try CorpusBuild(
        inputs: [scans], folder: corpus, options: CorpusBuild.Options(jobs: jobs))
      var lines: [String] = []
      let lexicons = LexiconFolder(
        base: SampleCorpus.root + "/Lexicons", overlay: overlay.map { root + "/" + $0 })
      let summary = try await build.run(lexicons: lexicons, isInterrupted: isInterrupted) { event in
        switch event {
        case .read(let document, _, _, let warnings):
          let codes = warnings.map(\.code).joined(separator: ", ")
          lines.append("read \(document)" + (codes.isEmpty ? "" : " (\(codes))"))
        case .taggedAnew(let document): lines.append("tagged anew \(document)")
        case .unchanged(let document): lines.append("unchanged \(document)")
        case .failed(let failure): lines.append("failed \(failure.document): \(failure.code)")
        }
      }
      return (lines, summary)
    }

    /// The files of the corpus but for its database.
    func records() throws -> [String: Data] {
      var files: [String: Data] = [:]
      for name in try FileManager.default.subpathsOfDirectory(atPath: corpus)
      where !name.hasPrefix("corpus.sqlite") {
        files[name] = FileManager.default.contents(atPath: corpus + "/" + name) ?? Data()
      }
      return files
    }
  }
}
