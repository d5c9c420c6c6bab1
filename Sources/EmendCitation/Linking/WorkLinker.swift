import EmendModel

/// Gathers citations and references into distinct works.
///
/// Citations with the same key cite the same work. "Evans et al. 1993" is the work of Evans and others of
/// that year when the document names exactly one. References link by first author and year.
struct WorkLinker {
  func link(_ layer: inout CitationLayer) {
    expandEtAl(&layer.citations)
    var works: [Work] = []
    var byKey: [String: Int] = [:]
    for index in layer.citations.indices {
      let citation = layer.citations[index]
      guard !citation.key.isEmpty else { continue }
      let work: Int
      if let known = byKey[citation.key] {
        work = known
      } else {
        work = works.count
        byKey[citation.key] = work
        works.append(Work(key: citation.key, authors: citation.authors, year: citation.year))
      }
      works[work].citations.append(index)
      // The fullest names of all mentions stand for the work.
      if fullness(citation.authors) > fullness(works[work].authors) { works[work].authors = citation.authors }
      layer.citations[index].work = work
    }
    layer.works = works
  }

  private func fullness(_ authors: [PersonName]) -> Int {
    authors.reduce(0) { $0 + 8 + ($1.given?.utf8.count ?? 0) }
  }

  /// Gives "Evans et al. 1993" the key of "Evans, Jacobson, and Putnam 1993" where only one work fits.
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
