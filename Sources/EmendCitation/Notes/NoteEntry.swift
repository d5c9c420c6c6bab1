import EmendModel

/// One work that a note cites, as it stands: in full, by a short title, or by reference to an earlier place.
struct NoteEntry {
  enum Kind {
    /// "John Smith, Power (London: Penguin, 1990), 45"
    case full
    /// "Smith, Power, 45"
    case short
    /// "Ibid., 46"
    case ibid
    /// "Idem, Wealth, 3" and "———, Wealth, 3": the author before, another work.
    case idem
    /// "Smith, op. cit., 45"
    case opCit
    /// "Smith, above, n. 12, 45"
    case above
    /// A reference that the parser reads where the forms above do not.
    case described
    /// What looks like a source and is none of these: a document of an archive, an interview.
    case unknown
  }
  var kind: Kind
  /// Bytes of the reading text, without the signal phrase before and the stop behind.
  var range: Range<Int>
  var names: [NameSpan]
  var etAl = false
  var title: Range<Int>?
  var year: String?
  var locator = ""
  var prefix = ""
  /// The note that "above, n. 12" names.
  var target: String?
  var block: Int
  /// The parsed reference of the same place.
  var description: Description?

  /// A reference of a note as it was parsed.
  struct Description {
    var range: Range<Int>
    var reference: Reference
    var prefix: String
  }
}
