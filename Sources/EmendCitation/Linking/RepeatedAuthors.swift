import EmendModel

/// Gives references whose author is printed as a dash, or as "idem", the people of the reference before.
///
/// "———. 2009. *Second Book*" after "Weber, Max. 1904. *First Book*" is by Weber. The field keeps what is
/// printed; only the names are filled in. One value follows a list from its first entry to its last.
public struct RepeatedAuthors {
  private let idem: PhraseSet
  private var last: [Reference.Origin: [PersonName]] = [:]
  /// Whether the entry before has its year first behind its people, as lists do that name them once.
  private var isYearFirst = false

  /// Dashes only.
  public init() { idem = PhraseSet() }

  /// Dashes and the words for "the same".
  init(cues: CitationCues) { idem = cues.idem }

  /// Fills the names of the next reference; lists and notes are followed each for itself.
  public mutating func fill(_ reference: inout Reference) {
    let printed = (reference.authors, reference.editors)
    if let people = last[reference.origin] {
      reference.authors = replaced(reference.authors, by: people)
      reference.editors = replaced(reference.editors, by: people)
      // "1992a Title", below "Keel, Olu" and "1988 Title": the people stand once, on a line of their own.
      if reference.origin == .list, reference.authors.isEmpty, isYearFirst, beginsWithYear(reference) {
        reference.authors = people
      }
    }
    let people = reference.authors.isEmpty ? reference.editors : reference.authors
    if printed != (reference.authors, reference.editors) {
      let year = reference.fields.first { $0.label == .date }.flatMap { $0.normal ?? $0.text }
      reference.key = CitationKey.make(CitationKey.families(people), year: year)
    }
    if !people.isEmpty { last[reference.origin] = people }
    if reference.origin == .list, !people.isEmpty, !beginsWithYear(reference) {
      isYearFirst =
        reference.fields.count > 2 && reference.fields[1].label == .date
        && (reference.fields[0].label == .author || reference.fields[0].label == .editor)
    }
  }

  private func beginsWithYear(_ reference: Reference) -> Bool {
    guard let first = reference.fields.first, first.label == .date, reference.fields.count > 1 else {
      return false
    }
    return first.range.lowerBound <= 1 && (first.normal?.utf8.count ?? 0) >= 4
  }

  private func replaced(_ names: [PersonName], by people: [PersonName]) -> [PersonName] {
    names.contains(where: standsForAnother) ? names.flatMap { standsForAnother($0) ? people : [$0] } : names
  }

  /// Whether a name is none but stands for the one before: "———", "Idem", "Ders.".
  private func standsForAnother(_ name: PersonName) -> Bool {
    guard name.given == nil else { return false }
    if CitationKey.slug(name.family).isEmpty { return true }
    return Array(name.family.utf8).withUnsafeBufferPointer { bytes in
      let end = bytes.last == 0x2E ? bytes.count - 1 : bytes.count
      return idem.byFirst[Letters.foldedHash(bytes, 0..<end)]?.contains { $0.count == 1 } ?? false
    }
  }
}
