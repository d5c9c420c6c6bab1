import EmendCorpus
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

  /// Where citations stand is enough for the tags: they are those of the edition that knows what is cited.
  @Test(arguments: [1, 3]) func tagsNeedOnlyThePlacesOfCitations(threads: Int) throws {
    let emender = try SampleCorpus.emender.get()
    let text = (1...700).map { number in
      """
      The sanctions of France (see Harker 19\(10 + number % 80), \(number); Novotny 1997a, b) failed. Brown v. Board of \
      Education, 347 U.S. 483 (1954) and FO 371/\(number) say no more than Hollis (1988) on threats [3, 7–9]. In this \
      volume, Marlow’s chapter persuades the International Monetary Fund (IMF). President Krag threatened the IMF.

      """
    }
    let scan = try Reading.scan(text: text.joined(separator: "\n"), id: "long")
    func records(_ edition: Edition) -> [UInt8] {
      var json = JSONLine()
      Records.tags(of: edition, into: &json)
      return json.bytes
    }
    let whole = emender.plainEdition(of: scan)
    let tags = emender.plainTags(of: scan, threads: threads)
    #expect(whole.citations.citations.count > 700 && tags.citations.citations.isEmpty)
    #expect(whole.tags.sentences.contains { !$0.labels.isEmpty && !$0.actors.isEmpty })
    #expect(records(whole) == records(tags))
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
