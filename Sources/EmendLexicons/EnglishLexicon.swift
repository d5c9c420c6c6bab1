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
    /// A prefix that is printed without a hyphen as a rule ("re", "inter"), so that a line end parts it.
    public static let joiningPrefix = Flags(rawValue: 64)
    /// A prefix that is printed with a hyphen as a rule ("self", "ex").
    public static let hyphenPrefix = Flags(rawValue: 128)
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
/// stand in lower case with the flag `name`. Frequencies only rank: they never make a string a word.
///
/// ```swift
/// let lexicon = try EnglishLexicon.load(.locate())
/// lexicon.facts(of: "treaty".utf8)?.flags  // [.trusted]
/// lexicon.facts(of: "signiacant".utf8)     // nil
/// ```
public final class EnglishLexicon: Sendable {
  /// Every word of every list; for enumeration. Ids are those of one image and mean nothing elsewhere.
  public let words: WordTable
  /// How English a string of letters looks.
  public let spelling: SpellingModel
  /// The id that stands for the start of a sentence, as first word of a bigram.
  public let sentenceStart: Int32
  private let flags: MappedArray<UInt8>
  private let frequencies: MappedArray<Int16>
  private let bigrams: BigramTable
  private let affixes: Affixes

  /// What an unlisted word costs, in natural logarithms.
  public static let unknownLogFrequency: Float = -22
  /// What a word outside the language model costs beside its frequency: about the mean backoff weight.
  private static let unmodelledPenalty: Float = -0.7
  static let frequencyUnitsPerNat: Float = 1024

  /// Opens the image of `english/`, building it from the editable files when there is none.
  ///
  /// Throws `LexiconError.bad` with file and line when one of them is missing or malformed.
  public static func load(_ folder: LexiconFolder) throws -> EnglishLexicon {
    try EnglishLexicon(EnglishFiles(folder).image())
  }

  init(_ image: MappedImage) throws {
    words = try WordTable(image, name: "words")
    spelling = try SpellingModel(image)
    flags = try image.array("words.flags", of: UInt8.self)
    frequencies = try image.array("words.frequencies", of: Int16.self)
    bigrams = try BigramTable(image)
    affixes = try Affixes(image)
    guard flags.count == words.count, frequencies.count == words.count, bigrams.vocabulary <= words.count
    else { throw LexiconError.bad(file: "image", line: 0, message: "word facts do not fit the words") }
    sentenceStart = words.id(Array("<s>".utf8))
  }

  /// The id of a word, -1 when it is in no list.
  public func id(_ word: UnsafeBufferPointer<UInt8>) -> Int32 { words.id(word) }

  /// The facts of an id that is not -1.
  public func facts(_ id: Int32) -> WordFacts {
    WordFacts(flags: flags(id), logFrequency: logFrequency(id))
  }

  /// The flags of an id; none for -1.
  public func flags(_ id: Int32) -> WordFacts.Flags {
    if id < 0 { return [] }
    let flags = flags.storage
    precondition(Int(id) < flags.count)
    return WordFacts.Flags(rawValue: UInt16(flags[Int(id)]))
  }

  /// Natural logarithm of the relative frequency; `unknownLogFrequency` for -1.
  public func logFrequency(_ id: Int32) -> Float {
    id < 0 ? Self.unknownLogFrequency : Float(frequencies[Int(id)]) / Self.frequencyUnitsPerNat
  }

  /// Natural logarithm of P(second | first), backed off to the second word's frequency.
  ///
  /// Either may be -1: an unlisted first word says nothing, an unlisted second word is very rare.
  public func logBigram(_ first: Int32, _ second: Int32) -> Float {
    let alone = logFrequency(second)
    guard second >= 0 else { return alone }
    guard Int(second) < bigrams.vocabulary else { return alone + Self.unmodelledPenalty }
    guard first >= 0, Int(first) < bigrams.vocabulary else { return alone }
    return bigrams.logProbability(first, second) ?? alone + bigrams.backoff(first)
  }

  /// Whether a word can be derived from a trusted one by known prefixes and suffixes ("preratification").
  public func isDerived(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    affixes.derives(word) { self.flags(self.id($0)).contains(.trusted) }
  }
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

extension WordTable {
  func id(_ word: [UInt8]) -> Int32 { word.withUnsafeBufferPointer { id($0) } }
}
