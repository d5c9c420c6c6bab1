import EmendCitation
import EmendCorpus

extension WorkMatching {
  /// The evidence by which the citation stage links references: authors, year and title, misread letters
  /// allowed.
  public static let byEvidence = WorkMatching { a, b in
    WorkIdentity.same(description(a), description(b))
  }

  private static func description(_ work: DescribedWork) -> WorkIdentity.Description {
    WorkIdentity.Description(families: work.authors.map(\.family), year: work.year, title: work.title)
  }
}
