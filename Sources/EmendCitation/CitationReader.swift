import EmendLexicons
import EmendModel

/// Citation: a document in; its citations, references and works out.
public struct CitationReader: Sendable {
  public init(lexicons: LexiconFolder) throws {}

  public func read(_ document: Document) -> CitationLayer { CitationLayer() }
}
