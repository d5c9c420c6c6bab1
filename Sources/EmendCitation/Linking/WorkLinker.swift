import EmendModel

/// Gathers citations and references into distinct works: citation → reference → work.
///
/// References of one work are merged on evidence (DOI; first author, year and title, misread letters allowed).
/// A citation links to the work of its first author and year; where several fit, by the letter of the year and
/// the other authors. Works that are cited and stand in no list get an entry of their own. What links to nothing,
/// or to more than one work, is reported when the document has a list at all.
package struct WorkLinker {
  private var works: [Work] = []
  private var descriptions: [WorkSimilarity.Description?] = []
  /// Indices of works with a reference, by first family name and the digits of the year.
  private var byAuthorYear: [String: [Int]] = [:]
  private var byYear: [Substring: [Int]] = [:]
  /// Indices of works with a reference, by each family name.
  private var byFamily: [String: [Int]] = [:]
  private var byDOI: [String: Int] = [:]
  /// Works of references by their number in a numbered list.
  private var byNumber: [Int: Int] = [:]
  private var byKey: [String: Int] = [:]
  /// Works of the references of notes, by where they begin in the reading text.
  private var byPlace: [Int: Int] = [:]

  /// Fills `works`, and `work` and `key` of references and citations.
  package static func link(_ layer: inout CitationLayer) {
    var linker = WorkLinker()
    linker.expandEtAl(&layer.citations)
    linker.gather(&layer.references)
    linker.place(&layer)
    layer.works = linker.works
  }

  // MARK: - References

  private mutating func gather(_ references: inout [Reference]) {
    for index in references.indices {
      let description = WorkSimilarity.Description(references[index])
      let work = known(description) ?? add(references[index], description, index)
      references[index].work = work
      if references[index].origin == .note, let range = references[index].range {
        byPlace[range.lowerBound] = work
      }
      if fullness(references[index]) > works[work].reference.map({ fullness(references[$0]) }) ?? -1 {
        works[work].reference = index
        works[work].title = references[index].first(.title) ?? works[work].title
      }
      if references[index].origin == .list,
        let number = references[index].first(.citationNumber).flatMap(Self.number)
      {
        byNumber[number] = byNumber[number] ?? work
      }
    }
    giveLetters()
    for index in references.indices {
      if let work = references[index].work { references[index].key = works[work].key }
    }
  }

  /// The work that a description is of, if it was met before.
  private func known(_ description: WorkSimilarity.Description) -> Int? {
    if !description.doi.isEmpty, let work = byDOI[description.doi] { return work }
    if description.year.isEmpty {
      // A short title in a note: "Harlow, The Quiet Bargain, 9".
      return description.families.first.flatMap { byFamily[$0] }?.first { index in
        descriptions[index].map { WorkSimilarity.isShortForm(description, of: $0) } ?? false
      }
    }
    return byYear[description.year.prefix(4)]?.first { index in
      descriptions[index].map { WorkSimilarity.sameWork($0, description) } ?? false
    }
  }

  private mutating func add(_ reference: Reference, _ description: WorkSimilarity.Description, _ index: Int)
    -> Int
  {
    let people = reference.authors.isEmpty ? reference.editors : reference.authors
    var families = CitationKey.families(people)
    if families.isEmpty {
      families = [WorkSimilarity.shortTitle(reference)]
    }
    let work = works.count
    works.append(
      Work(
        key: CitationKey.make(families, year: description.year.isEmpty ? nil : description.year),
        authors: people,
        year: description.year.isEmpty ? nil : description.year, title: reference.first(.title),
        reference: index))
    descriptions.append(description)
    for family in Set(description.families) { byFamily[family, default: []].append(work) }
    if let family = description.families.first {
      byAuthorYear[Self.authorYear(family, description.year), default: []].append(work)
      byYear[description.year.prefix(4), default: []].append(work)
    }
    if !description.doi.isEmpty { byDOI[description.doi] = work }
    return work
  }

  /// Works that share a key get letters in the order of the list, the first one included.
  private mutating func giveLetters() {
    var sharing: [String: [Int]] = [:]
    for index in works.indices { sharing[works[index].key, default: []].append(index) }
    for (_, indices) in sharing where indices.count > 1 {
      for (rank, index) in indices.enumerated() {
        works[index].key += rank < 26 ? String(UnicodeScalar(UInt8(0x61 + rank))) : "-\(rank)"
      }
    }
    for index in works.indices { byKey[works[index].key] = byKey[works[index].key] ?? index }
  }

  private static func number(_ text: String) -> Int? {
    Int(String(decoding: text.utf8.filter { $0 >= 0x30 && $0 <= 0x39 }.prefix(6), as: UTF8.self))
  }

  private static func authorYear(_ family: String, _ year: String) -> String { family + " " + year.prefix(4) }

  private func fullness(_ reference: Reference) -> Int {
    reference.fields.reduce(reference.origin == .list ? 1000 : 0) { $0 + $1.text.utf8.count }
  }

  // MARK: - Citations

  private mutating func place(_ layer: inout CitationLayer) {
    let hasList = layer.references.contains { $0.origin == .list }
    for index in layer.citations.indices where !layer.citations[index].key.isEmpty {
      let citation = layer.citations[index]
      let candidates = candidates(for: citation)
      if hasList, candidates.count != 1, citation.form != .crossReference, citation.form != .legal,
        citation.form != .archival
      {
        let code = candidates.isEmpty ? "citation-unlinked" : "citation-ambiguous"
        layer.warnings.append(
          Warning(
            code: code, stage: "citation",
            message: candidates.isEmpty
              ? "no reference for \(citation.text)"
              : "\(candidates.count) references fit \(citation.text): \(candidates.map { works[$0].key }.joined(separator: ", "))"
          ))
      }
      let work = candidates.first ?? own(citation)
      works[work].citations.append(index)
      layer.citations[index].work = work
      // The fullest names of all mentions stand for a work without a reference.
      if works[work].reference == nil, fullness(citation.authors) > fullness(works[work].authors) {
        works[work].authors = citation.authors
      }
    }
  }

  /// The works with a reference that a citation may mean, best first; one when it is clear.
  private func candidates(for citation: Citation) -> [Int] {
    if citation.form == .numeric {
      return citation.key.split(separator: "-").last.flatMap { Int($0) }.flatMap { byNumber[$0] }.map { [$0] }
        ?? []
    }
    let found = fitting(citation)
    // A reference of a note is its own citation.
    if found.count != 1, citation.form == .note, let work = byPlace[citation.range.lowerBound] {
      return [work]
    }
    return found
  }

  /// The works that fit the authors and the year of a citation.
  private func fitting(_ citation: Citation) -> [Int] {
    guard let first = citation.authors.first, let date = citation.year else { return [] }
    let year = WorkSimilarity.year(in: date)
    let family = CitationKey.slug(first.family)
    var found = byAuthorYear[Self.authorYear(family, year)] ?? []
    if found.isEmpty {
      // A misread letter in the name.
      found = (byYear[year.prefix(4)] ?? []).filter { index in
        descriptions[index]?.families.first.map { WorkSimilarity.sameName(family, $0) } ?? false
      }
    }
    if found.isEmpty, citation.authors.count == 1, first.given == nil {
      let bodies = (byYear[year.prefix(4)] ?? []).filter { index in
        works[index].authors.first.map { WorkSimilarity.isShortName(first.family, of: $0) } ?? false
      }
      // A body in short, where the list has one such body.
      if Set(bodies.compactMap { works[$0].authors.first?.family }).count == 1 { found = bodies }
    }
    guard found.count > 1 else { return found }
    let lettered = found.filter { works[$0].year == year || works[$0].key.hasSuffix(year) }
    if !lettered.isEmpty { found = lettered }
    let families = citation.authors.map { CitationKey.slug($0.family) }
    let sameAuthors = found.filter { index in
      let listed = descriptions[index]?.families ?? []
      return citation.etAl ? listed.count > families.count : listed == families
    }
    return sameAuthors.isEmpty ? found : sameAuthors
  }

  /// The entry of a work that stands in no list.
  private mutating func own(_ citation: Citation) -> Int {
    if let known = byKey[citation.key] { return known }
    let work = works.count
    byKey[citation.key] = work
    works.append(Work(key: citation.key, authors: citation.authors, year: citation.year))
    descriptions.append(nil)
    return work
  }

  private func fullness(_ authors: [PersonName]) -> Int {
    authors.reduce(0) { $0 + 8 + ($1.given?.utf8.count ?? 0) }
  }

  /// Gives "Everard et al. 1993" the key of "Everard, Jansen, and Hollis 1993" where only one work fits.
  private func expandEtAl(_ citations: inout [Citation]) {
    var candidates: [String: Set<String>] = [:]
    for citation in citations where !citation.etAl && citation.authors.count > 1 {
      candidates[firstKey(citation), default: []].insert(citation.key)
    }
    for index in citations.indices where citations[index].etAl {
      if let keys = candidates[firstKey(citations[index])], keys.count == 1, let key = keys.first {
        citations[index].key = key
      }
    }
  }

  private func firstKey(_ citation: Citation) -> String {
    CitationKey.make([citation.authors.first?.family ?? ""], year: citation.year)
  }
}
