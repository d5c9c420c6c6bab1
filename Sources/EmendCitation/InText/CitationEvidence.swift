/// Decides which drafts are citations, from what stands around each and from what the document does elsewhere.
///
/// A year beside a capitalised word is a citation in one book and a treaty in another. Each fact has a weight;
/// what the document does elsewhere (it cites by author and year; it cites this author) adds to it.
struct CitationEvidence {
  /// Hashes of the family names that strong citations name, and in how many places.
  private var authors: [UInt64: Int] = [:]
  /// Whether the document cites by author and year.
  private(set) var citesByYear = false
  /// Whether it gives pages with some of its citations.
  private(set) var givesPages = false

  private let bytes: UnsafeBufferPointer<UInt8>
  private let listedWorks: Set<UInt64>

  /// Weighs the drafts of a document. `listed` holds hashes of the first authors of its reference list, `works` of these
  /// authors with their years.
  init(
    drafts: [CitationDraft], listed: Set<UInt64>, works listedWorks: Set<UInt64> = [],
    bytes: UnsafeBufferPointer<UInt8>
  ) {
    self.bytes = bytes
    self.listedWorks = listedWorks
    for author in listed { authors[author] = 2 }
    var strong = 0
    for draft in drafts where !draft.names.isEmpty && local(draft) >= Self.strongFrom {
      for name in draft.names { authors[Letters.foldedHash(bytes, name.family), default: 0] += 1 }
      if !draft.elided { strong += 1 }
      if draft.facts.contains(.locator) { givesPages = true }
    }
    citesByYear = strong >= 2
  }

  /// Evidence from which a draft speaks for others.
  private static let strongFrom = 4
  /// Evidence from which a draft is taken for a citation.
  private static let accepted = 3

  /// Whether a draft is a citation, and how sure that is (0 to 1).
  func judge(_ draft: CitationDraft) -> (accepted: Bool, confidence: Double) {
    var weight = local(draft)
    let isStrong = weight >= Self.strongFrom
    if citesByYear {
      switch draft.form {
      case .parenthetical: weight += 1
      case .narrative: weight += 2
      case .bare: weight += 2
      case .pageOnly, .ibid: break
      }
    }
    // A strong draft counts itself once.
    let seen = draft.names.map { authors[Letters.foldedHash(bytes, $0.family)] ?? 0 }.min() ?? 0
    if seen > (isStrong ? 1 : 0) { weight += 3 }
    // "According to Jordan (1998)", "the World Bank (1991) says": the list has that work.
    if !draft.facts.isDisjoint(with: [.place, .afterArticle]), let first = draft.names.first,
      listedWorks.contains(InTextReader.Listed.work(Letters.foldedHash(bytes, first.family), draft.year))
    {
      weight += 4
    }
    return (weight >= Self.accepted, min(0.99, max(0.05, 0.5 + Double(weight - Self.accepted) * 0.1 + 0.15)))
  }

  /// Evidence from the place itself.
  private func local(_ draft: CitationDraft) -> Int {
    let weights: [(CitationFacts, Int)]
    var sum: Int
    switch draft.form {
    case .parenthetical: (weights, sum) = (Self.parenthetical, 1)
    case .narrative: (weights, sum) = (Self.narrative, 1)
    case .bare: (weights, sum) = (Self.bare, -1)
    case .pageOnly, .ibid: return 0
    }
    for (fact, weight) in weights where draft.facts.contains(fact) {
      // "the OECD (1999: 14)": bodies known by their initials have the article.
      if fact == .afterArticle, draft.facts.contains(.acronym) { continue }
      sum += weight
    }
    return sum
  }

  // Weights set on a labelled book chapter, on grobid's marked paragraphs and on unmarked historical
  // prose with years (see Lexicons/citations/README.md).
  private static let parenthetical: [(CitationFacts, Int)] = [
    (.whole, 2), (.company, 2), (.etAl, 3), (.joined, 1), (.letter, 2), (.locator, 2), (.prefix, 2),
    (.given, 1), (.acronym, -1), (.place, -4), (.common, -1), (.span, -3), (.lowerCase, -2), (.unclosed, -1),
    (.undated, -1),
  ]
  private static let narrative: [(CitationFacts, Int)] = [
    (.etAl, 4), (.joined, 2), (.given, 2), (.possessive, 1), (.letter, 3), (.locator, 2), (.verb, 2),
    (.company, 1), (.place, -4), (.common, -3), (.acronym, -2), (.afterArticle, -4),
    (.afterPreposition, -1), (.span, -6), (.lowerCase, -1), (.institution, -1),
  ]
  private static let bare: [(CitationFacts, Int)] = [
    (.inNote, 2), (.prefix, 3), (.company, 2), (.etAl, 4), (.joined, 1), (.letter, 3), (.locator, 1),
    (.verb, 2), (.place, -5), (.common, -3), (.acronym, -3), (.afterArticle, -5), (.afterPreposition, -2),
    (.span, -5), (.comma, -1), (.sentenceStart, 1), (.institution, -1),
  ]
}
