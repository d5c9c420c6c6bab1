import EmendModel
import EmendPipeline
import EmendReading
import Foundation
import Testing

/// Texts that are taken as they stand.
@Suite struct PlainEditionTests {
  @Test func citationsOfALongTextAreTheSameForAnyNumberOfThreads() throws {
    let emender = try SampleCorpus.emender.get()
    let text = (1...1300).map { "Paragraph \($0) cites a work (Smith \(1900 + $0 % 100), \($0)).\n" }
    let scan = try Reading.scan(text: text.joined(separator: "\n"), id: "long")
    let one = emender.plainEdition(of: scan, threads: 1).citations.citations
    let three = emender.plainEdition(of: scan, threads: 3).citations.citations
    #expect(one.count == 1300)
    #expect(one.map(\.key) == three.map(\.key) && one.map(\.range) == three.map(\.range))
  }

  /// The finder looks near the place found before; wherever that was, the place is the one that a search finds.
  @Test func placesAreTheSameInAnyOrder() throws {
    let emender = try SampleCorpus.emender.get()
    let names = try FileManager.default.contentsOfDirectory(atPath: SampleCorpus.root + "/Corpus/scans")
      .sorted()
    var asked = 0
    for name in names where name.hasSuffix(".txt") {
      let document = emender.document(of: try SampleCorpus.scan(name, "scans"))
      let ranges = document.sentences.map(\.range)
      var finder = PlaceFinder(document)
      for range in ranges + ranges.reversed() + [0..<0] {
        let (found, searched) = (finder.places(ofReading: range), document.places(ofReading: range))
        #expect(found.first == searched.first && found.last == searched.last)
        asked += 1
      }
    }
    #expect(asked > 100)
  }
}
