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
    var form = Citation.Form.note
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

  /// A law, a case or a document of an archive joins it: "ibid." may refer to it.
  mutating func meet(source: Citation) {
    add(
      Link(
        authors: [], year: source.year, key: source.key, noteMark: source.noteMark, range: source.range,
        title: [], form: source.form))
  }

  private mutating func add(_ link: Link) {
    let index = links.count
    links.append(link)
    if let first = link.authors.first { byAuthor[CitationKey.slug(first.family), default: []].append(index) }
    if let mark = link.noteMark { byNote[mark, default: []].append(index) }
    last = index
  }

  /// The citation that an entry makes, nil when what it refers to was never cited; `isDescribed` tells whether the parsed
  /// reference of its place may stand for it.
  mutating func resolve(_ entry: NoteEntry, _ assembly: CitationAssembly, _ isDescribed: Bool) -> Citation? {
    let isOwnForm = entry.kind != .unknown && entry.kind != .described
    if isOwnForm, let citation = resolve(entry, assembly) { return citation }
    if isDescribed, let description = entry.description,
      let citation = cite(description, entry, assembly)
    {
      return citation
    }
    if entry.kind == .unknown { last = nil }
    return nil
  }

  private mutating func resolve(_ entry: NoteEntry, _ assembly: CitationAssembly) -> Citation? {
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
    case .unknown, .described: return nil
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
        range: entry.range, title: origin?.title ?? title, form: origin?.form ?? .note))
    return Citation(
      range: entry.range, text: assembly.document.text(entry.range),
      raw: assembly.document.witness(entry.range),
      form: origin?.form ?? .note, group: 0, groupRange: entry.range, authors: authors, etAl: entry.etAl,
      authorsElided: elided || (printed.isEmpty && origin != nil), resolvedFrom: origin?.range,
      year: origin?.year ?? year, locator: entry.locator, prefix: entry.prefix, key: key, noteMark: mark,
      confidence: confidence)
  }

  /// The citation of a reference as it was parsed: a work of its own, or by a short title one that was met before.
  private mutating func cite(
    _ description: NoteEntry.Description, _ entry: NoteEntry, _ assembly: CitationAssembly
  ) -> Citation? {
    let reference = description.reference
    let printed = reference.authors.isEmpty ? reference.editors : reference.authors
    let title = Self.words(reference.first(.title) ?? reference.first(.containerTitle) ?? "")
    let year = reference.fields.first { $0.label == .date }.flatMap { $0.normal ?? $0.text }
    var parsed = entry
    parsed.range = description.range
    parsed.locator = Self.locator(reference)
    parsed.prefix = description.prefix
    let mark = reference.noteMark ?? assembly.noteMark(entry.block)
    if let year {
      // A sentence with a name and a date is no work yet: one has a title, an author and an imprint.
      let hasImprint = [.publisher, .location, .containerTitle, .volume].contains {
        reference.first($0) != nil
      }
      guard hasImprint, !printed.isEmpty, !title.isEmpty, Self.isYear(year) else { return nil }
      return cite(parsed, assembly, printed, year: year, title: title, mark, from: nil, 0.7)
    }
    guard let found = find(printed.first, title, onlyOne: true) else { return nil }
    return cite(parsed, assembly, printed, year: nil, title: [], mark, from: found, 0.7)
  }

  /// Whether a date begins with the four digits of a year of print.
  private static func isYear(_ date: String) -> Bool {
    Int(date.prefix(4)).map { (1450...2100).contains($0) } ?? false
  }

  /// The pages or chapter at the end of a reference: the place meant.
  private static func locator(_ reference: Reference) -> String {
    guard let last = reference.fields.max(by: { $0.range.upperBound < $1.range.upperBound }),
      last.label == .pages || last.label == .note
    else { return "" }
    var text = last.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for dash in ["\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "--"] {
      text = text.split(separator: dash, omittingEmptySubsequences: false).joined(separator: "-")
    }
    if last.label == .note {
      let words = text.split(separator: " ")
      let isPlace = words.count <= 3 && words.last?.first?.isNumber ?? false
      return isPlace ? text : ""
    }
    // "pp. 3-9", "at 12".
    let words = text.split(separator: " ")
    if words.count > 1, let first = words.first, !first.contains(where: \.isNumber) {
      text = words.dropFirst().joined(separator: " ")
    }
    return text
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
