import EmendLexicons
import EmendModel

/// Tagging: a document with its citations in; labels and actors per sentence out.
public struct Tagger: Sendable {
  public init(lexicons: LexiconFolder) throws {}

  public func tag(_ document: Document, citations: CitationLayer) -> TagLayer { TagLayer() }
}
