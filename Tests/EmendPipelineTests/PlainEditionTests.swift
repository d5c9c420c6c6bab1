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
}
