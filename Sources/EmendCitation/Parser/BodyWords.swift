import EmendLexicons

/// The words by which the names of corporate authors are known, from `references/bodies.tsv`.
///
/// The files in use are read once; a folder of one's own that holds another list is read where it is given.
public struct BodyWords: Sendable {
  private var classes: [String: Class] = [:]

  struct Class: OptionSet {
    let rawValue: UInt8
    /// One such word suffices: "Ministry".
    static let body = Class(rawValue: 1)
    /// Suffices too, and stands before other words as well: "International".
    static let kind = Class(rawValue: 2)
    /// Two of them make a body: "Human Rights Watch".
    static let part = Class(rawValue: 4)
    /// Counts as a part, and begins a name: "World".
    static let realm = Class(rawValue: 32)
    /// Small words that no person's name has inside: "of".
    static let inner = Class(rawValue: 8)
    /// Initials of a country before a body: "U.S. Congress".
    static let country = Class(rawValue: 16)

    static let named: [String: Class] = [
      "body": .body, "kind": .kind, "part": .part, "realm": .realm, "inner": .inner, "country": .country,
    ]
  }

  /// The list that the project comes with, or that the environment names; no words where it cannot be read.
  static let standard = (try? BodyWords(lexicons: .locate())) ?? BodyWords()

  private init() {}

  /// Reads `references/bodies.tsv`. Throws `LexiconError` for a line that is none.
  init(lexicons: LexiconFolder) throws {
    for row in try LexiconTable.rows("references/bodies.tsv", lexicons) {
      guard row.fields.count >= 2, !row.fields[1].isEmpty, let found = Class.named[row.fields[0]] else {
        throw LexiconError.bad(
          file: lexicons.path("references/bodies.tsv"), line: row.line,
          message: "a class, a tab and a word expected")
      }
      classes[row.fields[1], default: []].insert(found)
    }
  }

  /// The classes of a word in small letters without full stops.
  subscript(_ word: String) -> Class { classes[word] ?? [] }
}
