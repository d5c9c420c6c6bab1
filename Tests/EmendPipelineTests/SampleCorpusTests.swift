import EmendModel
import EmendPipeline
import EmendReading
import Foundation
import Testing

/// The sample corpus through all stages. The bounds are what holds; they may be tightened, never loosened.
@Suite struct SampleCorpusTests {
  /// Every document, with the smallest share of damaged words that repair must mend.
  static let documents: [(name: String, repaired: Double)] = [
    ("telegraph-union.txt", 0.95), ("postal-union.txt", 0.95), ("metre-convention.txt", 0.90),
    ("river-commissions.txt", 0.85), ("cable-law.txt", 0.95), ("standard-time.txt", 0),
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
}
