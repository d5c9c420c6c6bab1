import EmendLexicons
import EmendModel

/// Citation: a document in; its citations, references and works out.
///
/// ```swift
/// let layer = try CitationReader(lexicons: .locate()).read(document)
/// layer.citations[0].text   // "Simmons 1995"
/// layer.works[0].key        // "simmons-1995"
/// ```
public struct CitationReader: Sendable {
  private let cues: CitationCues

  /// Loads the cues of `Lexicons/citations/`. Throws `LexiconError.bad` for a file that cannot be read.
  public init(lexicons: LexiconFolder) throws {
    cues = try CitationCues(lexicons: lexicons)
  }

  public func read(_ document: Document) -> CitationLayer {
    let (citations, _) = InTextReader(cues: cues).read(document)
    var layer = CitationLayer(citations: citations)
    WorkLinker.link(&layer)
    return layer
  }
}
