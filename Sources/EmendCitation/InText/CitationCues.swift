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

  /// Takes in words with one space or more between them.
  mutating func insert(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var phrase: [UInt64] = []
    var start = range.lowerBound
    for at in range.lowerBound...range.upperBound where at == range.upperBound || bytes[at] == 0x20 {
      if start < at { phrase.append(Letters.foldedHash(bytes, start..<at)) }
      start = at + 1
    }
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
/// Lines that begin with "#" are comments. A class, so that the readers of the many blocks of a text share it at the
/// cost of one reference.
final class CitationCues: Sendable {
  private let table: WordTable
  let prefixes: PhraseSet
  let etAl: PhraseSet
  let undated: PhraseSet
  let places: PhraseSet
  let reporters: PhraseSet
  let ibid: PhraseSet
  let idem: PhraseSet
  let opCit: PhraseSet
  let above: PhraseSet
  let digits: DigitShapes
  private let english: EnglishLexicon

  init(lexicons: LexiconFolder) throws {
    english = try EnglishLexicon.load(lexicons)
    var table = WordTable()
    var digits = DigitShapes()
    // Sets of phrases by the class that the file gives them.
    var sets: [String: PhraseSet] = [
      "prefix": PhraseSet(), "et-al": PhraseSet(), "undated": PhraseSet(), "reporter": PhraseSet(),
      "ibid": PhraseSet(), "idem": PhraseSet(), "op-cit": PhraseSet(), "above": PhraseSet(),
    ]
    try Self.lines(of: "citations/cues.tsv", in: lexicons) { bytes, line, number, path in
      let tab = bytes[line].firstIndex(of: 0x09) ?? line.upperBound
      var end = min(tab + 1, line.upperBound)
      let start = end
      while end < line.upperBound, bytes[end] != 0x09 { end += 1 }
      guard start < end else {
        throw LexiconError.bad(file: path, line: number, message: "a class, a tab and a phrase expected")
      }
      let name = String(decoding: bytes[line.lowerBound..<tab], as: UTF8.self)
      if name == "digit-shape" {
        guard digits.insert(bytes[start..<end]) else {
          throw LexiconError.bad(file: path, line: number, message: "a sign, a space and a digit expected")
        }
      } else if let wordClass = WordClass.named[name] {
        table.insert(Letters.foldedHash(bytes, start..<end), wordClass.rawValue)
      } else if sets[name]?.insert(bytes, start..<end) == nil {
        throw LexiconError.bad(file: path, line: number, message: "unknown class \(name)")
      }
    }
    try Self.lines(of: "citations/given-names.tsv", in: lexicons) { bytes, line, _, _ in
      table.insert(Letters.foldedHash(bytes, line), WordClass.given.rawValue)
    }
    var places = PhraseSet()
    try Self.lines(of: "citations/places.tsv", in: lexicons) { bytes, line, _, _ in
      if bytes[line].contains(0x20) {
        places.insert(bytes, line)
      } else {
        table.insert(Letters.foldedHash(bytes, line), WordClass.place.rawValue)
      }
    }
    self.table = table
    self.digits = digits
    self.places = places
    func set(_ name: String) -> PhraseSet { sets[name] ?? PhraseSet() }
    prefixes = set("prefix")
    etAl = set("et-al")
    undated = set("undated")
    reporters = set("reporter")
    ibid = set("ibid")
    idem = set("idem")
    opCit = set("op-cit")
    above = set("above")
  }

  /// The classes of a word of the text.
  func classes(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> WordClass {
    WordClass(rawValue: table[Letters.foldedHash(bytes, range)])
  }

  /// Whether a reporter needs no number before it: German and treaty collections ("BVerfGE 7, 198").
  func startsAlone(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count >= 4 else { return false }
    var (small, capitals) = (0, 0)
    for index in range {
      if bytes[index] >= 0x61, bytes[index] <= 0x7A { small += 1 }
      if bytes[index] >= 0x41, bytes[index] <= 0x5A { capitals += 1 }
    }
    return small > 0 && capitals >= 2
  }

  /// Whether letters are the code of a record group.
  func isSeries(_ letters: String) -> Bool {
    WordClass(rawValue: table[Letters.foldedHash(letters)]).contains(.series)
  }

  /// Whether the small form of a word is an everyday English word and no name.
  func isCommon(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: range.count) { word in
      for (place, byte) in bytes[range].enumerated() {
        word.initializeElement(at: place, to: byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      }
      let flags = english.flags(english.id(UnsafeBufferPointer(word)))
      return flags.contains(.trusted) && !flags.contains(.name)
    }
  }

  /// The lines of a file that are neither empty nor comments, by their bytes, with their numbers.
  private static func lines(
    of file: String, in lexicons: LexiconFolder,
    body: (UnsafeBufferPointer<UInt8>, Range<Int>, Int, String) throws -> Void
  ) throws {
    let path = lexicons.path(file)
    try LexiconFile(path).bytes.withUnsafeBufferPointer { bytes in
      var number = 0
      var start = 0
      while start <= bytes.count {
        var end = start
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        number += 1
        if start < end, bytes[start] != 0x23 { try body(bytes, start..<end, number, path) }
        start = end + 1
      }
    }
  }
}
