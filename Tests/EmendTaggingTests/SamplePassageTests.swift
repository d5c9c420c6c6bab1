import EmendCheck
import EmendModel
import EmendTagging
import FoundationEssentials
import Testing

/// Scores on passages of our own (`Corpus/tags/`), labelled before the tagger saw them.
@Suite struct SamplePassageTests {
  @Test(arguments: [
    // File, least F1 of explicit labels, of all labels, of actors.
    ("institutions", 0.99, 0.96, 0.97), ("accession", 0.98, 0.97, 0.97), ("literature", 0.97, 0.92, 0.95),
    ("compliance", 0.98, 0.95, 0.97), ("regions", 0.98, 0.95, 0.97), ("delegation", 0.97, 0.93, 0.95),
    ("agencies", 0.97, 0.92, 0.90),
    ("introduction", 0.97, 0.94, 0.97), ("conclusion", 0.97, 0.94, 0.95),
    ("propositions", 0.98, 0.96, 0.97), ("authority", 0.98, 0.96, 0.97), ("rules", 0.98, 0.95, 0.97),
    ("concert", 0.95, 0.90, 0.97), ("communities", 0.97, 0.96, 0.97),
  ])
  func labelsAndActors(name: String, explicit: Double, all: Double, actors: Double) throws {
    let sample = try SamplePassages(Fixture.root + "/Corpus/tags/\(name).txt")
    guard let tagger = Fixture.tagger else { throw FixtureError.noLexicon }
    let document = PlainDocument.make(paragraphs: sample.paragraphs.map { $0.map { Array($0.utf8) } })
    let tags = tagger.tag(document, citations: CitationLayer())
    let score = TagCheck(gold: sample.gold).score(
      zip(document.sentences, tags.sentences).map { sentence, tags in
        TagCheck.Sentence(line: 0, lineEnd: 0, text: document.text(sentence.range), tags: tags)
      })
    print("\(name)\n\(score.table)")
    #expect(score.unmatched.isEmpty)
    let faults = score.differences.map { "\($0.id) \($0.what)" }.joined(separator: "\n")
    #expect(score.explicit.f1 >= explicit, "\(faults)")
    #expect(score.all.f1 >= all, "\(faults)")
    #expect(score.actors.f1 >= actors, "\(faults)")
  }
}

extension SamplePassageTests {
  static let all = [
    "institutions", "accession", "literature", "compliance", "regions", "delegation", "agencies",
    "introduction",
    "conclusion", "propositions", "authority", "rules", "concert",
    "communities",
  ]

  /// Over all sets no context rule gives labels that are wrong more often than in one case of five.
  @Test func contextRulesAreRight() throws {
    guard let tagger = Fixture.tagger else { throw FixtureError.noLexicon }
    var counts: [String: (right: Int, wrong: Int, doubtful: Int)] = [:]
    for name in Self.all {
      let sample = try SamplePassages(Fixture.root + "/Corpus/tags/\(name).txt")
      let document = PlainDocument.make(paragraphs: sample.paragraphs.map { $0.map { Array($0.utf8) } })
      for (tags, gold) in zip(tagger.tag(document, citations: CitationLayer()).sentences, sample.gold) {
        for hit in tags.labels where TagCheck.scheme[hit.label] != nil {
          for rule in Set(hit.evidence.map(\.entry)) where rule.hasPrefix("rule:") {
            if gold.doubtful.contains(hit.label) {
              counts[rule, default: (0, 0, 0)].doubtful += 1
            } else if gold.labels[hit.label] != nil {
              counts[rule, default: (0, 0, 0)].right += 1
            } else {
              counts[rule, default: (0, 0, 0)].wrong += 1
            }
          }
        }
      }
    }
    for (rule, count) in counts.sorted(by: { $0.key < $1.key }) {
      print("\(rule): right \(count.right), wrong \(count.wrong), doubtful \(count.doubtful)")
      #expect(count.wrong * 4 <= count.right, "\(rule)")
    }
    #expect(counts.count >= 5)
  }
}

/// A file of labelled sentences: `labels | actors | sentence`.
struct SamplePassages {
  private(set) var paragraphs: [[String]] = []
  private(set) var gold: [TagCheck.GoldSentence] = []

  init(_ path: String) throws {
    let text = String(decoding: try #require(Fixture.contents(path)), as: UTF8.self)
    let paths = Dictionary(TagCheck.scheme.map { ($0.value, $0.key) }, uniquingKeysWith: { a, _ in a })
    var isOpen = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty || line.hasPrefix("#") {
        isOpen = false
        continue
      }
      let cells = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        .map { $0.drop { $0 == " " } }
      let sentence = String(try #require(cells.count == 3 ? cells[2] : nil))
      if !isOpen { paragraphs.append([]) }
      isOpen = true
      paragraphs[paragraphs.count - 1].append(sentence)
      var labels: [String: Bool] = [:]
      var doubtful: Set<String> = []
      for word in cells[0].split(separator: " ") {
        let name = String(word.filter { $0 != "?" && $0 != "~" })
        let path = try #require(paths[name], "\(name)")
        if word.hasPrefix("?") { doubtful.insert(path) } else { labels[path] = word.hasSuffix("~") }
      }
      let actors = cells[1].split(separator: " ").map(String.init)
      gold.append(
        TagCheck.GoldSentence(
          id: "\(gold.count + 1)", line: 0, lineEnd: 0, firstWords: sentence, labels: labels,
          actors: Set(actors.filter { !$0.hasSuffix("?") }), doubtful: doubtful,
          doubtfulActors: Set(actors.filter { $0.hasSuffix("?") }.map { String($0.dropLast()) })))
    }
  }
}
