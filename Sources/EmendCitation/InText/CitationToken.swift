/// A word, number or sign of a block, as the citation readers see it.
struct CitationToken {
  enum Kind: UInt8 {
    case word
    /// One capital with its full stop ("C.").
    case initial
    case number
    /// Four digits between 1400 and 2049, perhaps with a letter ("1995a").
    case year
    /// "1980s".
    case decade
    case comma, semicolon, colon, stop, dash, ampersand, slash, section
    case open, close, squareOpen, squareClose
    case quoteOpen, quoteClose
    case question
    /// Superscript digits.
    case superscript
    case other
  }
  struct Flags: OptionSet {
    let rawValue: UInt8
    /// The first letter is a capital.
    static let capital = Flags(rawValue: 1)
    /// Two or more letters, all capitals.
    static let allCaps = Flags(rawValue: 2)
    /// "’s" or "’" follows; `end` is before it, `outerEnd` behind it.
    static let possessive = Flags(rawValue: 4)
    /// No white space before it.
    static let glued = Flags(rawValue: 8)
    /// A year with a letter.
    static let letter = Flags(rawValue: 16)
    /// A year with letters that a scanner put for digits ("l998").
    static let damaged = Flags(rawValue: 32)
  }
  /// Bytes of the reading text.
  var start: Int
  var end: Int
  var outerEnd: Int
  var kind: Kind
  var flags: Flags

  var range: Range<Int> { start..<end }
  func has(_ flag: Flags) -> Bool { flags.contains(flag) }
}
