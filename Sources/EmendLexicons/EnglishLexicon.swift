/// What the word list knows of a word.
public struct WordFacts: Sendable, Equatable {
  public struct Flags: OptionSet, Sendable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// Of the small list: its absence says "this may be damaged", its presence "this is a word".
    public static let trusted = Flags(rawValue: 1)
    /// Of the wide list: may confirm a repair, not more.
    public static let plausible = Flags(rawValue: 2)
    /// A personal, family or place name; stands with a capital.
    public static let name = Flags(rawValue: 4)
    /// An abbreviation, listed without its full stop ("vol", "cf", "e.g").
    public static let abbreviation = Flags(rawValue: 8)
    /// A prefix that may stand before a hyphen ("pre", "anti").
    public static let prefix = Flags(rawValue: 16)
    /// A word of grammar (the, of, which).
    public static let function = Flags(rawValue: 32)
  }
  public var flags: Flags
  /// Natural logarithm of the word's relative frequency; size classes stand in for unseen ones.
  public var logFrequency: Float

  public init(flags: Flags, logFrequency: Float) {
    self.flags = flags
    self.logFrequency = logFrequency
  }
}

/// The graded English word list with frequencies, bigrams and derivation, memory-mapped.
///
/// Words are looked up as UTF-8 bytes, folded to lower case by the caller where that is wanted; names
/// stand in lower case with the flag `name`.
public final class EnglishLexicon: Sendable {
  public static func load(_ folder: LexiconFolder) throws -> EnglishLexicon { EnglishLexicon() }

  /// The id of a word, -1 when it is in no list.
  public func id(_ word: UnsafeBufferPointer<UInt8>) -> Int32 { -1 }

  /// The facts of an id that is not -1.
  public func facts(_ id: Int32) -> WordFacts { WordFacts(flags: [], logFrequency: -20) }

  /// Natural logarithm of P(second | first), backed off to the second word's frequency.
  public func logBigram(_ first: Int32, _ second: Int32) -> Float { -20 }

  /// Whether a word can be derived from a trusted one by known prefixes and suffixes ("preratification").
  public func isDerived(_ word: UnsafeBufferPointer<UInt8>) -> Bool { false }
}

extension EnglishLexicon {
  /// The facts of a word, nil when it is in no list.
  public func facts(of word: some Collection<UInt8>) -> WordFacts? {
    let found: Int32? = word.withContiguousStorageIfAvailable { self.id($0) }
    let index = found ?? Array(word).withUnsafeBufferPointer { self.id($0) }
    return index < 0 ? nil : self.facts(index)
  }

  /// Whether the small list holds the word as given.
  public func isTrusted(_ word: some Collection<UInt8>) -> Bool {
    facts(of: word)?.flags.contains(.trusted) ?? false
  }
}
