/// A name as it stands in the reading text; strings are made only for citations that are kept.
struct NameSpan: Equatable {
  var family: Range<Int>
  var given: Range<Int>?
  var suffix: Range<Int>?
}

/// What speaks for or against a citation, gathered where it stands.
struct CitationFacts: OptionSet {
  let rawValue: UInt32
  static let etAl = CitationFacts(rawValue: 1 << 0)
  /// Two or more authors.
  static let joined = CitationFacts(rawValue: 1 << 1)
  /// A known given name or initials stand before the family name.
  static let given = CitationFacts(rawValue: 1 << 2)
  static let institution = CitationFacts(rawValue: 1 << 3)
  static let possessive = CitationFacts(rawValue: 1 << 4)
  static let letter = CitationFacts(rawValue: 1 << 5)
  static let locator = CitationFacts(rawValue: 1 << 6)
  static let prefix = CitationFacts(rawValue: 1 << 7)
  /// A reporting verb follows.
  static let verb = CitationFacts(rawValue: 1 << 8)
  /// Nothing else stands in the bracket.
  static let whole = CitationFacts(rawValue: 1 << 9)
  /// Another citation stands in the same bracket or run.
  static let company = CitationFacts(rawValue: 1 << 10)
  static let undated = CitationFacts(rawValue: 1 << 11)
  static let inNote = CitationFacts(rawValue: 1 << 12)
  /// First words of a sentence.
  static let sentenceStart = CitationFacts(rawValue: 1 << 13)
  static let place = CitationFacts(rawValue: 1 << 14)
  static let common = CitationFacts(rawValue: 1 << 15)
  static let acronym = CitationFacts(rawValue: 1 << 16)
  static let afterArticle = CitationFacts(rawValue: 1 << 17)
  /// "1815–1848": more than one year apart.
  static let span = CitationFacts(rawValue: 1 << 18)
  static let lowerCase = CitationFacts(rawValue: 1 << 19)
  /// The bracket is never closed.
  static let unclosed = CitationFacts(rawValue: 1 << 20)
  /// A comma stands between name and year.
  static let comma = CitationFacts(rawValue: 1 << 21)
  /// A preposition of place or time stands before the name ("in Maastricht (1992)").
  static let afterPreposition = CitationFacts(rawValue: 1 << 22)
}

/// A possible citation with its evidence; whether it is one is decided when the whole document is read.
struct CitationDraft {
  enum Form { case parenthetical, narrative, bare, pageOnly, ibid }
  var form: Form
  /// Bytes of the reading text from the first name to the year, locator or closing bracket.
  var range: Range<Int>
  var group: Range<Int>
  var names: [NameSpan]
  var facts: CitationFacts
  /// Whether the authors are printed elsewhere ("1999" in "Whitlow 1995a, 1999").
  var elided = false
  var year: String
  var locator = ""
  var prefix = ""
  /// Index into `Document.blocks`.
  var block: Int
  /// Whether the closing bracket belongs to the text but not to the range.
  var closes = false
  /// Whether a bare citation goes on with the run of the one before it.
  var continuesRun = false
}
