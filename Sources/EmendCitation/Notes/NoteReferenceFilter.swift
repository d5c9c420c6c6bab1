import EmendModel

/// Keeps the references of notes that describe a work.
///
/// A note that cites by author and year ("See Drexler 1998.") holds citations and no reference; nor is a stretch of
/// a note without author, or without date and title, a reference that a bibliography could use.
struct NoteReferenceFilter {
  private let cited: RangeSet
  /// Laws, cases and archives: what they name has no author and title.
  private let sources: RangeSet
  private let archives: RangeSet

  /// `citations` are those of the document.
  init(_ citations: [Citation]) {
    cited = RangeSet(citations.filter(Self.isAuthorAndYear).map(\.range))
    archives = RangeSet(citations.filter { $0.form == .archival }.map(\.range))
    sources = RangeSet(citations.filter { $0.form == .legal || $0.form == .archival }.map(\.range))
  }

  func keeps(_ reference: Reference) -> Bool {
    guard reference.origin == .note else { return true }
    if let range = reference.range {
      if cited.overlaps(range) { return false }
      let head = range.lowerBound..<min(range.upperBound, range.lowerBound + 8)
      if sources.overlaps(head) { return false }
      // "Public Record Office, London, FO 78/3541, …": a document, unless a publisher printed it.
      if archives.overlaps(range), reference.first(.publisher) == nil { return false }
    }
    let hasTitle = reference.first(.title) != nil || reference.first(.containerTitle) != nil
    let hasPeople = !reference.authors.isEmpty || !reference.editors.isEmpty
    // A year in a sentence is no date of a work; where and by whom it was printed must stand there too.
    let isPrinted =
      reference.first(.date) != nil
      && reference.fields.contains { Self.imprint.contains($0.label) }
    return hasTitle && (hasPeople || isPrinted)
  }

  /// Labels of which a reference without people has one at least.
  private static let imprint: Set<Reference.Label> = [
    .publisher, .location, .volume, .issue, .pages, .doi, .url, .isbn,
  ]

  /// Whether a citation says author and year and little more: no title stands in it.
  private static func isAuthorAndYear(_ citation: Citation) -> Bool {
    switch citation.form {
    case .parenthetical, .narrative: return true
    case .note:
      let names = citation.authors.reduce(0) { $0 + $1.family.utf8.count + ($1.given?.utf8.count ?? 0) + 6 }
      let rest = (citation.year?.utf8.count ?? 0) + citation.locator.utf8.count
      return citation.year != nil && citation.text.utf8.count <= names + rest + 12
    default: return false
    }
  }
}
