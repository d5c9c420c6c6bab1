import EmendCorpus
import EmendModel
import FoundationEssentials
import Testing

/// Keyness, networks and dispersion: known values, and counts over a small corpus.
@Suite struct AnalysisTests {
  private func corpus() throws -> (Corpus, ScratchFolder) {
    let folder = ScratchFolder()
    let writer = try CorpusWriter(folder: folder.path)
    for name in ["a", "b"] { try writer.add(edition: Essay.edition(id: name), stamp: "1") }
    try writer.finish()
    return (try Corpus(folder: folder.path), folder)
  }

  /// Counts, totals, then G² and log ratio worked out by hand: 2(20 ln(20/12.5) + 5 ln(5/12.5)) = 9.6372.
  @Test(
    arguments: [
      (20, 1000, 5, 1000, 9.6372, 2.0), (5, 1000, 20, 1000, -9.6372, -2.0), (10, 1000, 20, 2000, 0, 0),
      (8, 1000, 0, 1000, 11.0904, 4.0), (0, 0, 3, 10, 0, 0),
    ] as [(Int, Int, Int, Int, Double, Double)])
  func keynessHasKnownValues(a: Int, n: Int, b: Int, m: Int, likelihood: Double, ratio: Double) {
    #expect(abs(Keyness.logLikelihood(a, of: n, b, of: m) - likelihood) < 0.001)
    #expect(abs(Keyness.logRatio(a, of: n, b, of: m) - ratio) < 0.001)
  }

  @Test func keynessComparesAPartWithTheRest() throws {
    let (corpus, folder) = try corpus()
    defer { withExtendedLifetime(folder) {} }
    let coercion = try Selection(parsing: ["label=mechanism/coercion"])
    let words = try corpus.keyness(of: coercion, minimum: 1)
    #expect(words.rows.first { $0.term == "threatened" }?.target == 2)
    #expect(words.rows.first { $0.term == "threatened" }?.reference == 0)
    #expect(
      words.rows.first { $0.term == "agreement" }.map { $0.target == 0 && $0.logLikelihood < 0 } == true)
    let labels = try corpus.keyness(of: coercion, terms: .labels, minimum: 1)
    #expect(labels.targetTotal == 2 && labels.referenceTotal == 8)
    // Once for the label, once for its ancestor.
    #expect(labels.rows.first { $0.term == "mechanism" }?.target == 2)
    // A part against itself has no key terms.
    let same = try corpus.keyness(of: coercion, against: coercion, minimum: 1)
    #expect(same.rows.allSatisfy { $0.logLikelihood == 0 && $0.logRatio == 0 })
  }

  @Test func theNetworkCountsEveryPairOnce() throws {
    let folder = ScratchFolder()
    defer { withExtendedLifetime(folder) {} }
    let writer = try CorpusWriter(folder: folder.path)
    let essay = Essay.edition(id: "a")
    func named(_ ids: [String]) -> [ActorHit] { ids.map { ActorHit(id: $0, evidence: []) } }
    let tags = essay.document.sentences.indices.map {
      SentenceTags(sentence: $0, actors: $0 == 0 ? named(["eu", "un"]) : $0 == 1 ? named(["eu"]) : [])
    }
    let edition = Edition(
      document: essay.document, citations: essay.citations, tags: TagLayer(sentences: tags))
    try writer.add(edition: edition, stamp: "1")
    try writer.finish()
    let network = try Corpus(folder: folder.path).actorNetwork()
    #expect(network.nodes.map(\.id) == ["eu", "un"])
    #expect(network.nodes.map(\.count) == [2, 1])
    #expect(network.edges.count == 1)
    // One of two sentences with either; of five sentences two and one name them: log₂(1 ÷ 0.4).
    #expect(network.edges.first?.jaccard == 0.5)
    #expect(abs((network.edges.first?.association ?? 0) - 1.3219) < 0.001)
    let graph = String(decoding: network.graphML(), as: UTF8.self)
    #expect(graph.contains("<edge source=\"eu\" target=\"un\"><data key=\"weight\">1</data>"))
    #expect(graph.contains("http://graphml.graphdrawing.org/xmlns"))
    #expect(String(decoding: network.csv(), as: UTF8.self).contains("\neu,un,1,0.5,"))
  }

  @Test func dispersionHasKnownValues() {
    // Gries 2008: perfectly even is 0; all in one of ten equal parts is 0.9.
    let tenths = [Double](repeating: 0.1, count: 10)
    #expect(Dispersion.deviation([Int](repeating: 3, count: 10), shares: tenths) < 1e-12)
    #expect(abs(Dispersion.deviation([7] + [Int](repeating: 0, count: 9), shares: tenths) - 0.9) < 1e-12)
    #expect(Dispersion.juilland([2, 2, 2, 2]) == 1)
    #expect(Dispersion.juilland([8, 0, 0, 0]) < 1e-12)
    // Mean 2, deviation √2, V 0.7071, n − 1 = 4: 1 − 0.7071 ÷ 2.
    #expect(abs(Dispersion.juilland([0, 1, 2, 3, 4]) - 0.6464) < 0.001)
  }

  @Test func dispersionNamesPagesAndRefusesToLookForNothing() throws {
    let (corpus, folder) = try corpus()
    defer { withExtendedLifetime(folder) {} }
    let spread = try corpus.dispersion(of: Selection(parsing: ["label=mechanism/coercion"]), parts: 4)
    #expect(spread.documents.map(\.document) == ["a", "b"])
    #expect(spread.documents.allSatisfy { $0.hits == 1 && $0.pages == ["13"] && $0.parts.reduce(0, +) == 1 })
    #expect(throws: CorpusError.self) { try corpus.dispersion(of: Selection()) }
  }

  @Test(arguments: ["\"landing sites", "cable AND", "*cable", "\"\"", "NEAR(cable"])
  func aFaultyQueryIsABadRequestWithARemedy(query: String) throws {
    let (corpus, folder) = try corpus()
    defer { withExtendedLifetime(folder) {} }
    do {
      _ = try corpus.concordance(ConcordanceQuery(query: query))
      Issue.record("\(query) was taken")
    } catch CorpusError.badRequest(let message) {
      #expect(message.contains("query") && !message.contains("fts5"), "\(message)")
    }
  }
}
