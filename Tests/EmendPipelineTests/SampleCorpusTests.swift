import EmendModel
import EmendPipeline
import EmendReading
import Foundation
import Testing

/// The sample corpus through all stages. The bounds are what holds; they may be tightened, never loosened.
@Suite struct SampleCorpusTests {
  /// Every document, with the smallest share of damaged words that repair must mend.
  static let documents: [(name: String, repaired: Double)] = [
    ("telegraph-union.txt", 0.95), ("postal-union.txt", 0.95), ("metre-convention.txt", 0.95),
    ("river-commissions.txt", 0.90), ("cable-law.txt", 0.95), ("standard-time.txt", 0.75),
    ("sanitary-conferences.txt", 0.95), ("statistics-congresses.txt", 0.95), ("journal-issue.md", 0.95),
    ("fisheries-control.txt", 1),
  ]

  @Test(arguments: documents)
  func repair(name: String, share: Double) throws {
    let emender = try SampleCorpus.emender.get()
    let truth = try SampleCorpus.scan(name, "truth")
    let scan = try SampleCorpus.scan(name, "scans")
    try #require(truth.lines.count == scan.lines.count)
    let transcript = emender.repairer.emend(scan)
    let score = SampleCorpus.score(
      truth: truth.lines.map { String(decoding: truth.text[$0.range], as: UTF8.self) },
      scan: scan.lines.map { String(decoding: scan.text[$0.range], as: UTF8.self) },
      reading: transcript.lines.map { String(decoding: transcript.text[$0], as: UTF8.self) })
    #expect(score.share >= share, "missed: \(score.missed)")
    #expect(score.harmed.isEmpty, "harmed: \(score.harmed)")
    if ProcessInfo.processInfo.environment["EMEND_MEASURE"] != nil {
      print(
        "\(name): \(score.repaired) of \(score.damaged) repaired, \(score.harmed.count) harmed", score.missed,
        score.harmed)
    }
  }

  /// Undoing all emendations gives the witness back.
  @Test(arguments: documents.map(\.name))
  func nothingIsLost(name: String) throws {
    let emender = try SampleCorpus.emender.get()
    let scan = try SampleCorpus.scan(name, "scans")
    let transcript = emender.repairer.emend(scan)
    var text: [UInt8] = []
    var read = 0
    for emendation in transcript.emendations where emendation.status == .applied {
      // What lies between two emendations is the same in both texts; the reading itself is passed over.
      let untouched = emendation.range.lowerBound - text.count
      text += transcript.text[read..<(read + untouched)]
      text += emendation.original.utf8
      read += untouched + emendation.reading.utf8.count
    }
    text += transcript.text[read...]
    let isWhole = text == scan.text
    #expect(isWhole)
  }

  /// The blocks, one blank line between them, are the reading text.
  @Test(arguments: documents.map(\.name))
  func blocksAreTheReadingText(name: String) throws {
    let emender = try SampleCorpus.emender.get()
    let document = emender.segmenter.segment(emender.repairer.emend(try SampleCorpus.scan(name, "scans")))
    let blocks = document.blocks.map { document.text($0.range) }
    let isWhole = blocks.joined(separator: "\n\n") + "\n" == String(decoding: document.reading, as: UTF8.self)
    #expect(isWhole)
  }

  @Test(arguments: documents.map(\.name).filter { !$0.hasSuffix(".md") })
  func structureAndCitations(name: String) throws {
    let emender = try SampleCorpus.emender.get()
    let edition = emender.edition(of: try SampleCorpus.scan(name, "scans"))
    let counts = try #require(try SampleCorpus.counts(name))
    if ProcessInfo.processInfo.environment["EMEND_MEASURE"] != nil {
      let notes = edition.document.notes
      print(
        "\(name): \(edition.document.pages.count) of \(counts.pages) pages, \(notes.count) of \(counts.notes) notes,",
        "\(notes.count { $0.anchor != nil }) linked,",
        "\(edition.citations.citations.count) of \(counts.citations) citations,",
        "\(edition.citations.references.count) of \(counts.references) references")
    }
    #expect(edition.document.pages.count == counts.pages)
    #expect(edition.document.notes.count == counts.notes)
    #expect(edition.document.notes.allSatisfy { $0.anchor != nil })
    let expected = try SampleCorpus.citedKeys(name)
    #expect(expected.count == counts.citations)
    var rest = edition.citations.citations.map(\.key)
    var found = 0
    for key in expected {
      if let index = rest.firstIndex(of: key) {
        rest.remove(at: index)
        found += 1
      }
    }
    let all = edition.citations.citations.map(\.key)
    let missing = expected.filter { !all.contains($0) }
    // One may be lost where a name itself is damaged, or one in ten in a longer text.
    let tolerance = max(1, expected.count / 10)
    #expect(found >= expected.count - tolerance, "missing: \(missing)")
    #expect(rest.count <= tolerance, "too many: \(rest)")
  }
}
