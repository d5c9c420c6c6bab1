import EmendLexicons

/// What a word may be in or around a citation.
struct WordClass: OptionSet, Sendable {
  let rawValue: UInt32
  static let connective = WordClass(rawValue: 1 << 0)
  static let particle = WordClass(rawValue: 1 << 1)
  static let suffix = WordClass(rawValue: 1 << 2)
  static let title = WordClass(rawValue: 1 << 3)
  static let locator = WordClass(rawValue: 1 << 4)
  static let date = WordClass(rawValue: 1 << 5)
  static let stop = WordClass(rawValue: 1 << 6)
  static let event = WordClass(rawValue: 1 << 7)
  static let institution = WordClass(rawValue: 1 << 8)
  static let imprint = WordClass(rawValue: 1 << 9)
  static let life = WordClass(rawValue: 1 << 10)
  static let verb = WordClass(rawValue: 1 << 11)
  static let chapter = WordClass(rawValue: 1 << 12)
  static let given = WordClass(rawValue: 1 << 13)
  static let place = WordClass(rawValue: 1 << 14)
  /// An English word of the trusted list that is no name.
  static let common = WordClass(rawValue: 1 << 15)

  static let series = WordClass(rawValue: 1 << 16)
  static let container = WordClass(rawValue: 1 << 17)
  /// "Case", "Application": a number of a court's register follows.
  static let docket = WordClass(rawValue: 1 << 18)
  static let all = WordClass(rawValue: .max)

  static let named: [String: WordClass] = [
    "connective": .connective, "particle": .particle, "suffix": .suffix, "title": .title,
    "locator": .locator, "date": .date, "stop": .stop, "event": .event, "institution": .institution,
    "imprint": .imprint, "life": .life, "verb": .verb, "chapter": .chapter,
    "series": .series, "container": .container,
    "docket": .docket,
  ]
}

/// Word classes by the hash of the word: open addressing, a power of two of slots, at most half full.
private struct WordTable: Sendable {
  private var keys = [UInt64](repeating: 0, count: 1 << 12)
  private var values = [UInt32](repeating: 0, count: 1 << 12)
  private var count = 0

  subscript(_ hash: UInt64) -> UInt32 {
    var slot = Int(truncatingIfNeeded: hash) & (keys.count - 1)
    while keys[slot] != 0 {
      if keys[slot] == hash { return values[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return 0
  }

  mutating func insert(_ hash: UInt64, _ value: UInt32) {
    if 2 * count >= keys.count { grow() }
    var slot = Int(truncatingIfNeeded: hash) & (keys.count - 1)
    while keys[slot] != 0, keys[slot] != hash { slot = (slot + 1) & (keys.count - 1) }
    if keys[slot] == 0 {
      keys[slot] = hash
      count += 1
    }
    values[slot] |= value
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = [UInt64](repeating: 0, count: 2 * oldKeys.count)
    values = [UInt32](repeating: 0, count: 2 * oldKeys.count)
    count = 0
    for (slot, key) in oldKeys.enumerated() where key != 0 { insert(key, oldValues[slot]) }
  }
}

/// The phrases that stand around citations: signals, "and others", words in the place of a year.
struct PhraseSet: Sendable {
  /// Each word as the hash of its small form; by the first word and by the last, longest first.
  private(set) var byFirst: [UInt64: [[UInt64]]] = [:]
  private(set) var byLast: [UInt64: [[UInt64]]] = [:]

  mutating func insert(_ text: Substring) {
    let phrase = text.split(separator: " ").map { Letters.foldedHash($0) }
    guard let first = phrase.first, let last = phrase.last else { return }
    byFirst[first, default: []].append(phrase)
    byFirst[first]?.sort { $0.count > $1.count }
    byLast[last, default: []].append(phrase)
    byLast[last]?.sort { $0.count > $1.count }
  }
}

/// The knowledge of the in-text readers, from `Lexicons/citations/`.
///
/// `cues.tsv` has a class and a phrase on each line; `given-names.tsv` and `places.tsv` a name on each line.
/// Lines that begin with "#" are comments.
struct CitationCues: Sendable {
  private var table = WordTable()
  private(set) var prefixes = PhraseSet()
  private(set) var etAl = PhraseSet()
  private(set) var undated = PhraseSet()
  private(set) var places = PhraseSet()
  private(set) var reporters = PhraseSet()
  private(set) var ibid = PhraseSet()
  private(set) var idem = PhraseSet()
  private(set) var opCit = PhraseSet()
  private(set) var above = PhraseSet()
  private(set) var digits = DigitShapes()
  private let english: EnglishLexicon

  init(lexicons: LexiconFolder) throws {
    english = try EnglishLexicon.load(lexicons)
    try Self.lines(of: "citations/cues.tsv", in: lexicons) { line, number, path in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count >= 2, !fields[1].isEmpty else {
        throw LexiconError.bad(file: path, line: number, message: "a class, a tab and a phrase expected")
      }
      switch fields[0] {
      case "prefix": prefixes.insert(fields[1])
      case "et-al": etAl.insert(fields[1])
      case "undated": undated.insert(fields[1])
      case "reporter": reporters.insert(fields[1])
      case "ibid": ibid.insert(fields[1])
      case "idem": idem.insert(fields[1])
      case "op-cit": opCit.insert(fields[1])
      case "above": above.insert(fields[1])
      case "digit-shape":
        guard digits.insert(fields[1]) else {
          throw LexiconError.bad(file: path, line: number, message: "a sign, a space and a digit expected")
        }
      case let name:
        guard let wordClass = WordClass.named[String(name)] else {
          throw LexiconError.bad(file: path, line: number, message: "unknown class \(name)")
        }
        add(fields[1], wordClass)
      }
    }
    try Self.lines(of: "citations/given-names.tsv", in: lexicons) { line, _, _ in add(line, .given) }
    try Self.lines(of: "citations/places.tsv", in: lexicons) { line, _, _ in
      if line.utf8.contains(0x20) { places.insert(line) } else { add(line, .place) }
    }
  }

  /// The classes of a word of the text.
  func classes(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> WordClass {
    WordClass(rawValue: table[Letters.foldedHash(bytes, range)])
  }

  /// Whether a reporter needs no number before it: German and treaty collections ("BVerfGE 7, 198").
  func startsAlone(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    range.count >= 4 && bytes[range].contains { $0 >= 0x61 && $0 <= 0x7A }
      && bytes[range].filter { $0 >= 0x41 && $0 <= 0x5A }.count >= 2
  }

  /// Whether the small form of a word is an everyday English word and no name.
  func isCommon(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var word: [UInt8] = []
    word.reserveCapacity(range.count)
    for index in range {
      let byte = bytes[index]
      word.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    guard let facts = english.facts(of: word) else { return false }
    return facts.flags.contains(.trusted) && !facts.flags.contains(.name)
  }

  private mutating func add(_ word: Substring, _ wordClass: WordClass) {
    table.insert(Letters.foldedHash(word), wordClass.rawValue)
  }

  private static func lines(
    of file: String, in lexicons: LexiconFolder, body: (Substring, Int, String) throws -> Void
  ) throws {
    let path = lexicons.path(file)
    let text = String(decoding: try LexiconFile(path).bytes, as: UTF8.self)
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      if line.isEmpty || line.utf8.first == 0x23 { continue }
      try body(line, number, path)
    }
  }
}
