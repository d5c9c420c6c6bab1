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
    let families: [String]
    let year: String
    let title: [String]
    let doi: String

    public init(families: [String], year: String?, title: String?, doi: String? = nil) {
      self.families = families.map(CitationKey.slug)
      self.year = WorkSimilarity.year(in: year ?? "")
      self.title = WorkSimilarity.words(title ?? "")
      self.doi = (doi ?? "").lowercased()
    }
  }

  /// The same DOI; or the same first author and year, misread letters allowed, with like titles. Without a
  /// title on one side all names and the year with its letter must be the same.
  public static func same(_ a: Description, _ b: Description) -> Bool {
    if !a.doi.isEmpty, !b.doi.isEmpty { return a.doi == b.doi }
    guard a.year.prefix(4) == b.year.prefix(4) else { return false }
    if a.title.isEmpty || b.title.isEmpty { return a.families == b.families && a.year == b.year }
    guard let first = a.families.first, let second = b.families.first,
      WorkSimilarity.sameName(first, second)
    else { return false }
    return WorkSimilarity.likeness(a.title, b.title) >= 0.7
  }
}
