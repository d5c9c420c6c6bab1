import EmendModel

/// What a bibliography format can say of a work: the variables of the Citation Style Language, filled from
/// a reference or, for a work that stands in no list, from its citations.
///
/// ```swift
/// BibliographyEntry(reference).volume   // "45", from the field "vol. 45"
/// ```
public struct BibliographyEntry: Sendable, Equatable {
  /// Stable key of the work; made unique by the writer.
  public var key: String
  /// CSL type: "article-journal", "book", "chapter", ….
  public var type: String
  public var authors: [PersonName]
  /// Whether further authors stand behind "et al."
  public var hasOtherAuthors: Bool
  public var editors: [PersonName]
  public var translators: [PersonName]
  public var title: String?
  public var containerTitle: String?
  public var collectionTitle: String?
  /// The date as printed.
  public var date: String?
  /// First and last year, where the date has four digits in a row.
  public var years: [Int]
  /// Month (1 to 12) and day of a date of one year, where they are printed.
  public var month: Int?
  public var day: Int?
  public var volume: String?
  public var issue: String?
  /// Pages with ASCII hyphens.
  public var pages: String?
  public var edition: String?
  public var publisher: String?
  public var place: String?
  public var genre: String?
  public var notes: [String]
  public var doi: String?
  public var url: String?
  public var isbn: String?
  /// The reference as it stands; empty for works without one.
  public var raw: String

  public init(_ reference: Reference) {
    key = reference.key
    type = reference.type
    authors = reference.authors
    hasOtherAuthors = reference.first(.author).map(Self.namesOthers) ?? false
    editors = reference.editors
    translators = reference.translators
    func value(_ label: Reference.Label) -> String? { Self.value(of: label, in: reference) }
    title = value(.title)
    containerTitle = value(.containerTitle)
    collectionTitle = value(.collectionTitle)
    date = reference.first(.date).map(Self.plain)
    years = Self.years(in: reference.fields.first { $0.label == .date })
    if years.count == 1, let date {
      let printed = PrintedDate(date)
      (month, day) = (printed.month, printed.day)
    }
    volume = value(.volume)
    issue = value(.issue)
    pages = value(.pages)
    edition = value(.edition)
    publisher = value(.publisher)
    place = value(.location)
    genre = value(.genre)
    notes = reference.fields.filter { $0.label == .note }.map { Self.plain($0.text) }
    url = value(.url)
    doi = value(.doi) ?? url.flatMap(Self.doi)
    isbn = value(.isbn)
    raw = Self.plain(reference.raw)
    // What could not be read is handed on as it stands.
    if title == nil, containerTitle == nil, !raw.isEmpty, !notes.contains(raw) { notes.append(raw) }
  }

  /// "Vaswani, A., et al." → true.
  private static func namesOthers(_ authors: String) -> Bool {
    let words = authors.lowercased().split { !$0.isLetter }
    return words.suffix(2).elementsEqual(["et", "al"]) || words.suffix(2).elementsEqual(["and", "others"])
  }

  /// "https://doi.org/10.1000/182" → "10.1000/182"; nil for other addresses.
  private static func doi(_ address: String) -> String? {
    guard let host = address.firstRange(of: "doi.org/") else { return nil }
    let doi = address[host.upperBound...]
    return doi.hasPrefix("10.") && doi.contains("/") ? String(doi) : nil
  }

  /// The entry of a work: its fullest reference, else what its citations say.
  public init(_ work: Work, reference: Reference?) {
    self.init(reference ?? Reference(raw: "", fields: [], authors: work.authors, key: work.key))
    if reference == nil { notes.append("cited; in no list of references") }
    key = work.key
    if authors.isEmpty { authors = work.authors }
    if title == nil { title = work.title }
    if date == nil, let year = work.year {
      date = year
      years = Self.years(in: year)
    }
  }

  /// The entries of all works of a layer, in their order.
  public static func entries(of layer: CitationLayer) -> [BibliographyEntry] {
    layer.works.map { work in
      let reference = work.reference.flatMap {
        layer.references.indices.contains($0) ? layer.references[$0] : nil
      }
      return BibliographyEntry(work, reference: reference)
    }
  }

  /// The normal form of the first field with a label, else its text.
  private static func value(of label: Reference.Label, in reference: Reference) -> String? {
    guard let field = reference.fields.first(where: { $0.label == label }) else { return nil }
    let text = plain(field.normal ?? field.text)
    return text.isEmpty ? nil : text
  }

  private static func years(in field: Reference.Field?) -> [Int] {
    guard let field else { return [] }
    let normal = years(in: field.normal ?? field.text)
    return normal.isEmpty ? years(in: field.text) : normal
  }

  /// Runs of four digits from 1000 to 2099, the first two of them; "1994–95" gives both years.
  static func years(in text: String) -> [Int] {
    var found: [Int] = []
    var digits: [UInt8] = []
    var joined = false
    func close() {
      let value = digits.reduce(0) { $0 * 10 + Int($1) }
      if digits.count == 4, (1000..<2100).contains(value) {
        found.append(value)
      } else if digits.count == 2, joined, let first = found.last, found.count == 1 {
        let second = first / 100 * 100 + value
        if second > first { found.append(second) }
      }
    }
    for scalar in text.unicodeScalars {
      if (0x30...0x39).contains(scalar.value) {
        if digits.count < 9 { digits.append(UInt8(scalar.value - 0x30)) }
        continue
      }
      if !digits.isEmpty {
        close()
        digits = []
        joined = false
      }
      if [0x2D, 0x2F, 0x2013].contains(scalar.value) {
        joined = !found.isEmpty
      } else if scalar.value != 0x20 {
        joined = false
      }
    }
    if !digits.isEmpty { close() }
    return Array(found.prefix(2))
  }

  /// One space for each run of white space and control characters.
  static func plain(_ text: String) -> String {
    var result = ""
    var pending = false
    for scalar in text.unicodeScalars {
      if scalar.value <= 0x20 || scalar.value == 0x7F || (0x80...0xA0).contains(scalar.value)
        || scalar.value == 0x2028 || scalar.value == 0x2029
      {
        pending = !result.isEmpty
      } else {
        if pending { result += " " }
        pending = false
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension PersonName {
  /// Whether the name is a body's: no given name, and more than one word or all capitals ("World Bank", "OECD").
  var isBody: Bool {
    guard given == nil, suffix == nil else { return false }
    let words = family.split(separator: " ")
    if words.count > 1 {
      // "van der Velde" and "Polo Peña" are persons; a body has three capitalised words or a small word inside.
      return words.count > 2 && words[0].first?.isUppercase == true
        || words.contains { PersonName.bodyWords.contains($0.lowercased()) }
    }
    let letters = family.unicodeScalars.filter(\.properties.isAlphabetic)
    return letters.count > 2 && letters.allSatisfy(\.properties.isUppercase)
  }

  /// Words that only bodies have in their names.
  private static let bodyWords: Set<String> = [
    "bank", "nations", "union", "office", "ministry", "commission", "committee", "organization",
    "organisation",
    "institute", "university", "association", "society", "agency", "board", "council", "department", "group",
    "foundation", "party", "states", "kingdom", "company", "bureau", "forum", "press", "of", "for", "the",
    "and",
  ]
}
