import EmendLexicons
import EmendModel

/// Citation: a document in; its citations, references and works out.
///
/// ```swift
/// let layer = try CitationReader(lexicons: .locate()).read(document)
/// layer.citations[0].text   // "Harker 1995"
/// layer.works[0].key        // "harker-1995"
/// ```
///
/// References are found first: they say which stretches of the text are entries and cite nothing, and whose names
/// the citations may bear. Then the citations are read, and both are linked to works.
public struct CitationReader: Sendable {
  private let cues: CitationCues
  private let references: DocumentReferences

  /// Loads the cues of `Lexicons/citations/` and the models of `Lexicons/references/`. Throws `LexiconError` or
  /// `ModelError` for a file that cannot be read.
  public init(lexicons: LexiconFolder) throws {
    cues = try CitationCues(lexicons: lexicons)
    references = try DocumentReferences(lexicons: lexicons)
  }

  /// The citations of the running text alone, for a text without notes and reference list; they are tied to no works.
  public func inText(_ document: Document) -> CitationLayer {
    CitationLayer(citations: InTextReader(cues: cues).read(document))
  }

  /// Where the citations of the running text stand, each with the bracket or run that it is part of, in no order; without
  /// what they cite. For a text without a reference list.
  public func places(_ document: Document) -> [Range<Int>] { InTextReader(cues: cues).places(document) }

  public func read(_ document: Document, threads: Int = 1) -> CitationLayer {
    let found = references.found(document, threads: threads)
    var references = found.references
    var repeated = RepeatedAuthors(cues: cues)
    for index in references.indices { repeated.fill(&references[index]) }
    let citations = InTextReader(cues: cues).read(
      document, listed: InTextReader.Listed(references, filled: found.listed))
    let filter = NoteReferenceFilter(citations)
    var layer = CitationLayer(citations: citations, references: references.filter(filter.keeps))
    WorkLinker.link(&layer)
    return layer
  }
}
