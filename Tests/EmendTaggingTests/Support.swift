import EmendLexicons
import EmendModel
import EmendTagging
import FoundationEssentials

/// What the tests share: the lexicon of the checkout, one tagger, documents from plain sentences.
enum Fixture {
  static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  static let folder = LexiconFolder(base: root + "/Lexicons")
  /// Nil when the lexicon is faulty; the test of its examples says why.
  static let tagger = try? Tagger(lexicons: folder)
  static let shared = root + "/../shared"

  static func contents(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path).map { [UInt8]($0) }
  }

  /// Labels of a sentence that stands alone, ancestors included.
  static func labels(_ sentence: String) throws -> Set<String> {
    guard let tagger else { throw FixtureError.noLexicon }
    return paths(tagger.tag(sentence: sentence))
  }

  static func actors(_ sentence: String) throws -> [String] {
    guard let tagger else { throw FixtureError.noLexicon }
    return tagger.tag(sentence: sentence).actors.map(\.id)
  }

  static func paths(_ tags: SentenceTags) -> Set<String> {
    var paths: Set<String> = []
    for hit in tags.labels {
      var path = Substring(hit.label)
      paths.insert(String(path))
      while let slash = path.lastIndex(of: "/") {
        path = path[..<slash]
        paths.insert(String(path))
      }
    }
    return paths
  }

  /// A document of paragraphs of sentences, tagged.
  static func tag(_ paragraphs: [[String]], kind: Block.Kind = .paragraph) throws -> (Document, TagLayer) {
    guard let tagger else { throw FixtureError.noLexicon }
    let document = PlainDocument.make(paragraphs: paragraphs.map { $0.map { Array($0.utf8) } }, kind: kind)
    return (document, tagger.tag(document, citations: CitationLayer()))
  }
}

enum FixtureError: Error { case noLexicon }
