import EmendModel

/// Resolves what notes cite by reference to an earlier place, along the chain of works cited so far.
///
/// "Ibid." is the work cited just before; "Smith, op. cit." and "Smith, Power" the work of that author, with
/// that title if he has several; "above, n. 12" what note 12 cites.
struct NoteChain {
  /// A work that the chain has met.
  struct Link {
    var authors: [PersonName]
    var year: String?
    var key: String
    var noteMark: String?
    var range: Range<Int>
    /// Hashes of the title's longer words.
    var title: Set<UInt64>
  }
  private var links: [Link] = []
  /// Indices of the links by the hash of the first author's family name.
  private var byAuthor: [String: [Int]] = [:]
  private var byNote: [String: [Int]] = [:]
  private var last: Int?

  /// A citation of author and year joins the chain.
  mutating func meet(_ citation: Citation) {
    add(
      Link(
        authors: citation.authors, year: citation.year, key: citation.key, noteMark: citation.noteMark,
        range: citation.range, title: []))
  }

  private mutating func add(_ link: Link) {
    let index = links.count
    links.append(link)
    if let first = link.authors.first { byAuthor[CitationKey.slug(first.family), default: []].append(index) }
    if let mark = link.noteMark { byNote[mark, default: []].append(index) }
    last = index
  }

  /// The citation that an entry makes, nil when what it refers to was never cited.
  mutating func resolve(_ entry: NoteEntry, _ assembly: CitationAssembly) -> Citation? {
    let printed = entry.names.map(assembly.personName)
    let title = entry.title.map { Self.words(assembly.document.text($0)) } ?? []
    let mark = assembly.noteMark(entry.block)
    switch entry.kind {
    case .full:
      return cite(entry, assembly, printed, year: entry.year, title: title, mark, from: nil, 0.9)
    case .ibid:
      guard let last else { return nil }
      return cite(entry, assembly, [], year: nil, title: [], mark, from: last, 0.95)
    case .idem:
      guard let last else { return nil }
      let authors = links[last].authors.map { PersonName(family: $0.family) }
      if entry.year != nil {
        return cite(
          entry, assembly, authors, year: entry.year, title: title, mark, from: nil, 0.85, elided: true)
      }
      guard let found = find(authors.first, title, onlyOne: false) else { return nil }
      return cite(entry, assembly, [], year: nil, title: [], mark, from: found, 0.8)
    case .opCit:
      guard let found = find(printed.first, title, onlyOne: false) ?? latest(printed.first) else {
        return nil
      }
      return cite(entry, assembly, printed, year: nil, title: [], mark, from: found, 0.9)
    case .above:
      guard let target = entry.target, let candidates = byNote[target], let first = candidates.first else {
        guard let found = latest(printed.first) else { return nil }
        return cite(entry, assembly, printed, year: nil, title: [], mark, from: found, 0.6)
      }
      let family = printed.first.map { CitationKey.slug($0.family) }
      let found = candidates.first { index in
        links[index].authors.first.map { CitationKey.slug($0.family) } == family
      }
      return cite(
        entry, assembly, printed, year: nil, title: [], mark, from: found ?? first, found == nil ? 0.6 : 0.95)
    case .short:
      guard let found = find(printed.first, title, onlyOne: true) else { return nil }
      return cite(entry, assembly, printed, year: nil, title: [], mark, from: found, 0.85)
    }
  }

  private func latest(_ author: PersonName?) -> Int? {
    author.flatMap { byAuthor[CitationKey.slug($0.family)]?.last }
  }

  /// The latest work of an author whose title shares most words; `onlyOne` also takes the author's only work.
  private func find(_ author: PersonName?, _ title: Set<UInt64>, onlyOne: Bool) -> Int? {
    guard let author, let candidates = byAuthor[CitationKey.slug(author.family)] else { return nil }
    var best: Int?
    var bestShare = 0.0
    for index in candidates.reversed() where !links[index].title.isEmpty && !title.isEmpty {
      let share = Double(links[index].title.intersection(title).count) / Double(title.count)
      if share > bestShare { (best, bestShare) = (index, share) }
    }
    if bestShare >= 0.5 { return best }
    guard onlyOne, Set(candidates.map { links[$0].key }).count == 1, title.isEmpty else { return nil }
    return candidates.last
  }

  private mutating func cite(
    _ entry: NoteEntry, _ assembly: CitationAssembly, _ printed: [PersonName], year: String?,
    title: Set<UInt64>,
    _ mark: String?, from source: Int?, _ confidence: Double, elided: Bool = false
  ) -> Citation {
    let origin = source.map { links[$0] }
    let authors = printed.isEmpty ? (origin?.authors.map { PersonName(family: $0.family) } ?? []) : printed
    let key = origin?.key ?? CitationKey.make(authors.map(\.family), year: year)
    add(
      Link(
        authors: origin?.authors ?? authors, year: origin?.year ?? year, key: key, noteMark: mark,
        range: entry.range, title: origin?.title ?? title))
    return Citation(
      range: entry.range, text: assembly.document.text(entry.range),
      raw: assembly.document.witness(entry.range),
      form: .note, group: 0, groupRange: entry.range, authors: authors, etAl: entry.etAl,
      authorsElided: elided || (printed.isEmpty && origin != nil), resolvedFrom: origin?.range,
      year: origin?.year ?? year, locator: entry.locator, prefix: entry.prefix, key: key, noteMark: mark,
      confidence: confidence)
  }

  /// Hashes of the words of four letters and more.
  private static func words(_ text: String) -> Set<UInt64> {
    var result: Set<UInt64> = []
    for word in CitationKey.slug(text).split(separator: "-") where word.utf8.count >= 4 {
      result.insert(Letters.foldedHash(word))
    }
    return result
  }
}
