import EmendModel

/// Whether descriptions of works that come from different documents are of one work: the question that the
/// linking asks within a document, asked over a corpus.
///
/// ```swift
/// let a = WorkIdentity.Description(families: ["Fearon"], year: "1998", title: "Bargaining, Enforcement")
/// let b = WorkIdentity.Description(families: ["Fcaron"], year: "1998", title: "Bargaining, Enforcernent")
/// WorkIdentity.same(a, b)  // true
/// ```
public enum WorkIdentity {
  /// What a description says, folded once for many comparisons.
  public struct Description: Sendable {
    let folded: WorkSimilarity.Description

    public init(families: [String], year: String?, title: String?, doi: String? = nil) {
      folded = WorkSimilarity.Description(families: families, year: year, title: title, doi: doi)
    }
  }

  /// The same DOI; or the same first author and year, misread letters allowed, with like titles. Without a
  /// title on one side all names and the year with its letter must be the same.
  public static func same(_ a: Description, _ b: Description) -> Bool {
    WorkSimilarity.alike(a.folded, b.folded)
  }
}
