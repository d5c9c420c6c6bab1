/// A person's name as printed in a citation or reference.
public struct PersonName: Sendable, Equatable, Hashable {
  /// Family name, with its particles; the whole name of a body.
  public var family: String
  /// Given names or initials.
  public var given: String?
  /// "Jr.", "III".
  public var suffix: String?
  public init(family: String, given: String? = nil, suffix: String? = nil) {
    (self.family, self.given, self.suffix) = (family, given, suffix)
  }
}

/// One work cited at one place of the running text or of a note.
public struct Citation: Sendable, Equatable {
  /// How a work is cited; the raw values stand in every output.
  public enum Form: String, Sendable {
    /// "(Hollis 1988)"; "Hollis (1988) says"; a bare author and year in a note.
    case parenthetical, narrative, note
    /// "(45)", of a work cited before.
    case pageOnly = "page-only"
    /// A chapter of the same volume.
    case crossReference = "cross-reference"
    /// "[3, 7–9]".
    case numeric
    /// A case, statute or treaty.
    case legal
    /// A file, box or folder of an archive.
    case archival
  }
  /// Bytes of the reading text: this work's own part of its group.
  public var range: Range<Int>
  /// The text of that range.
  public var text: String
  /// The witness bytes behind it, as they stand.
  public var raw: String
  /// How the work is cited.
  public var form: Form
  /// The number of the parenthesis or run that holds it, from 1, in text order.
  public var group: Int
  /// Bytes of the reading text that the whole group covers.
  public var groupRange: Range<Int>
  /// As printed, or taken over where elided.
  public var authors: [PersonName]
  /// Whether "et al." stands for further authors.
  public var etAl: Bool
  /// Whether the authors are not printed here but taken from `resolvedFrom` ("Whitlow 1995a, 1999").
  public var authorsElided: Bool
  /// Where elided authors were found: a range of the reading text.
  public var resolvedFrom: Range<Int>?
  /// As printed, with its letter; nil for chapters of the same volume.
  public var year: String?
  /// Pages with ASCII hyphens; empty when none.
  public var locator: String
  /// "see", "See also"; on the first work of a group only.
  public var prefix: String
  /// Family names and year in lower case, joined by hyphens: "everard-jansen-hollis-1993".
  public var key: String
  /// The mark of the note that holds it.
  public var noteMark: String?
  /// Whether it points to another chapter of the same volume.
  public var thisVolume: Bool
  /// For cross-references: `marked` when "this volume" or "chapter" stands there, `bare` when only the name does.
  public var marker: String?
  /// Index into `CitationLayer.works`.
  public var work: Int?
  /// 0 to 1.
  public var confidence: Double

  public init(
    range: Range<Int>, text: String, raw: String, form: Form, group: Int, groupRange: Range<Int>,
    authors: [PersonName], etAl: Bool = false, authorsElided: Bool = false, resolvedFrom: Range<Int>? = nil,
    year: String?, locator: String = "", prefix: String = "", key: String, noteMark: String? = nil,
    thisVolume: Bool = false, marker: String? = nil, work: Int? = nil, confidence: Double = 1
  ) {
    self.range = range
    self.text = text
    self.raw = raw
    self.form = form
    self.group = group
    self.groupRange = groupRange
    self.authors = authors
    self.etAl = etAl
    self.authorsElided = authorsElided
    self.resolvedFrom = resolvedFrom
    self.year = year
    self.locator = locator
    self.prefix = prefix
    self.key = key
    self.noteMark = noteMark
    self.thisVolume = thisVolume
    self.marker = marker
    self.work = work
    self.confidence = confidence
  }
}

/// A reference: a string that describes a work, parsed into fields.
public struct Reference: Sendable, Equatable {
  /// The labels of a field, by the command-line contract.
  public enum Label: String, Sendable, CaseIterable {
    case author, editor, translator, title
    case containerTitle = "container-title"
    case collectionTitle = "collection-title"
    case date, volume, issue, pages, edition, publisher, location, genre, note, doi, url, isbn
    case citationNumber = "citation-number"
  }

  /// One field, a verbatim slice of `raw`.
  public struct Field: Sendable, Equatable {
    /// Which field it is.
    public var label: Label
    /// The slice of `raw`.
    public var text: String
    /// UTF-8 byte offsets in `raw`.
    public var range: Range<Int>
    /// 0 to 1.
    public var probability: Double
    /// A normalised form where there is one (years, page ranges, volume numbers).
    public var normal: String?
    public init(label: Label, text: String, range: Range<Int>, probability: Double = 1, normal: String? = nil)
    {
      self.label = label
      self.text = text
      self.range = range
      self.probability = probability
      self.normal = normal
    }
  }

  /// Where a reference stands.
  public enum Origin: String, Sendable {
    /// An entry of a reference list.
    case list
    /// A reference inside a note.
    case note
    /// Given on its own (`emend parse`).
    case line
  }

  /// The reference as it stands in the reading text.
  public var raw: String
  /// In the order of the text, without overlaps.
  public var fields: [Field]
  /// The names of its author field.
  public var authors: [PersonName]
  /// The names of its editor field.
  public var editors: [PersonName]
  /// The names of its translator field.
  public var translators: [PersonName]
  /// CSL type: "article-journal", "book", "chapter", "thesis", "report", "webpage", ….
  public var type: String
  /// Where it stands.
  public var origin: Origin
  /// Bytes of the reading text; nil for a reference given on its own.
  public var range: Range<Int>?
  /// The mark of the note that holds it.
  public var noteMark: String?
  /// Stable citation key.
  public var key: String
  /// Index into `CitationLayer.works`.
  public var work: Int?
  /// Mean of the probabilities of its fields, 0 to 1.
  public var confidence: Double

  public init(
    raw: String, fields: [Field], authors: [PersonName] = [], editors: [PersonName] = [],
    translators: [PersonName] = [], type: String = "document", origin: Origin = .line,
    range: Range<Int>? = nil, noteMark: String? = nil, key: String = "", work: Int? = nil,
    confidence: Double = 1
  ) {
    self.raw = raw
    self.fields = fields
    self.authors = authors
    self.editors = editors
    self.translators = translators
    self.type = type
    self.origin = origin
    self.range = range
    self.noteMark = noteMark
    self.key = key
    self.work = work
    self.confidence = confidence
  }

  /// The text of the first field with a label.
  public func first(_ label: Label) -> String? { fields.first { $0.label == label }?.text }
}

/// A distinct work that a document cites, with or without a full reference.
public struct Work: Sendable, Equatable {
  /// Stable key: family names and year, with a letter where two works share them.
  public var key: String
  /// From the fullest reference, else from the citations.
  public var authors: [PersonName]
  /// As printed, with its letter.
  public var year: String?
  /// Known from a reference alone.
  public var title: String?
  /// Index into `CitationLayer.references` of its fullest reference.
  public var reference: Int?
  /// Indices into `CitationLayer.citations`.
  public var citations: [Int]
  public init(
    key: String, authors: [PersonName], year: String?, title: String? = nil, reference: Int? = nil,
    citations: [Int] = []
  ) {
    self.key = key
    self.authors = authors
    self.year = year
    self.title = title
    self.reference = reference
    self.citations = citations
  }
}

/// Everything that the citation stage found in one document.
public struct CitationLayer: Sendable, Equatable {
  /// In text order.
  public var citations: [Citation]
  /// In text order.
  public var references: [Reference]
  /// Each once: those with a reference, then those that are only cited.
  public var works: [Work]
  /// Citations that could not be linked, and the like.
  public var warnings: [Warning]
  public init(
    citations: [Citation] = [], references: [Reference] = [], works: [Work] = [], warnings: [Warning] = []
  ) {
    self.citations = citations
    self.references = references
    self.works = works
    self.warnings = warnings
  }
}
