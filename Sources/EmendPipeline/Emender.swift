import EmendCitation
import EmendLexicons
import EmendModel
import EmendReading
import EmendRepair
import EmendSegmentation
import EmendTagging

/// The whole flow, composed: bytes in, an edition out.
///
/// Loading the knowledge costs a few milliseconds; one emender serves any number of documents, from any
/// number of threads.
public struct Emender: Sendable {
  public let repairer: Repairer
  public let segmenter: Segmenter
  public let citationReader: CitationReader
  public let tagger: Tagger
  /// What a person has decided about emendations.
  public let decisions: Decisions

  /// Loads the knowledge. Throws `LexiconError` when a file of it cannot be read.
  public init(lexicons: LexiconFolder, decisions: Decisions = Decisions()) throws {
    self.decisions = decisions
    repairer = try Repairer(lexicons: lexicons)
    segmenter = try Segmenter(lexicons: lexicons)
    citationReader = try CitationReader(lexicons: lexicons)
    tagger = try Tagger(lexicons: lexicons)
  }

  /// Repairs and segments a scan: as far as the reading text.
  public func document(of scan: Scan) -> Document {
    segmenter.segment(repairer.emend(scan, decisions: decisions.of(document: scan.id)))
  }

  /// Takes a scan as far as its citations and references; no tags.
  public func cited(_ scan: Scan) -> Edition {
    let document = document(of: scan)
    return Edition(document: document, citations: citationReader.read(document), tags: TagLayer())
  }

  /// Takes a scan through all stages.
  public func edition(of scan: Scan) -> Edition {
    let document = document(of: scan)
    let citations = citationReader.read(document)
    return Edition(
      document: document, citations: citations, tags: tagger.tag(document, citations: citations))
  }
}
