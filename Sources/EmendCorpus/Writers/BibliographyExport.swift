import EmendModel
import FoundationEssentials
import GRDB

extension Corpus {
  /// Formats of bibliographies.
  public enum BibliographyFormat: String, Sendable, CaseIterable {
    case bibtex
    case cslJSON = "csl-json"
    case ris
  }

  /// The references of the corpus, one for each work, works without a reference by author and year.
  public func bibliography(
    _ format: BibliographyFormat, where selection: Selection = Selection(), to sink: some ByteSink
  ) throws {
    // The writers of single references stand in Bibliography/; until they are there the file is empty.
    if format == .cslJSON { try sink.write("[]\n") }
  }
}
