import EmendLexicons

/// Classes of words that say what stands beside them; the words are in `references/cues.tsv`.
enum Cue: UInt8, CaseIterable, Sendable {
  case none
  case `in`, ed, tr, by, and, vol, no, pp, edn, uni, press, proc, jour, thes, rep, mon, acc, ibid, etal, nd,
    part, held, daily

  /// Whether the class tells which field is near, so that its distance is worth a feature.
  var weighs: Bool {
    switch self {
    case .in, .ed, .vol, .no, .pp, .press, .uni, .acc, .proc, .jour, .thes, .rep: true
    default: false
    }
  }
}

/// What a line is as a heading (`references/headings.tsv`).
enum HeadingClass: UInt8, Sendable {
  case none
  /// A list of references begins.
  case list
  /// Something else begins.
  case other
  /// The same, and also as the first word of a longer heading ("Appendix B: Data").
  case otherPrefix
}

/// What the gazetteers say of a phrase or word.
enum PhraseKind: Int, CaseIterable { case journal, publisher, place }

struct NameClass: OptionSet, Sendable {
  let rawValue: UInt8
  static let given = NameClass(rawValue: 1)
  static let surname = NameClass(rawValue: 2)
  static let rareSurname = NameClass(rawValue: 4)
  static let names: NameClass = [.given, .surname, .rareSurname]
}

/// Journals, publishers, places, names and cue words, as one mapped table.
///
/// The table is made from the editable files of `Lexicons/references/` by `GazetteerBuilder` and stands
/// inside the model file: a model and the lists that it was trained with belong together.
struct Gazetteers: @unchecked Sendable {
  // The table points into a mapped file that its owner keeps and nobody writes.
  let table: BucketTable

  enum Salt {
    static let word: UInt64 = 0x0077
    static let phrase: UInt64 = 0x0070
    static let cue: UInt64 = 0x0063
    static let heading: UInt64 = 0x0068
    static let grammar: UInt64 = 0x0067
    static let joined: UInt64 = 0x006A
    /// Plus the number of the letter.
    static let reading: UInt64 = 0x7300
  }
  /// Bits of a phrase entry.
  static let continues: UInt8 = 1
  static func bit(_ kind: PhraseKind) -> UInt8 { 2 << UInt8(kind.rawValue) }
  /// Bits of a word entry past the name classes.
  static let journalWordShift: UInt8 = 3
  static let publisherWord: UInt8 = 0x20
  /// A common English word.
  static let english: UInt8 = 0x40

  @inline(__always)
  static func key(_ salt: UInt64, _ hash: UInt64) -> UInt64 { finished(mixed(salt, hash)) }

  @inline(__always)
  func cue(_ lower: UInt64) -> Cue { Cue(rawValue: table.value(Self.key(Salt.cue, lower))) ?? .none }
  /// What a line is as a heading: the hash of its words.
  func heading(_ words: UInt64) -> HeadingClass {
    HeadingClass(rawValue: table.value(Self.key(Salt.heading, words))) ?? .none
  }
  /// What a line is whose letters, spaces left out, have this hash ("R E F E R E N C E S").
  func heading(joined letters: UInt64) -> HeadingClass {
    HeadingClass(rawValue: table.value(Self.key(Salt.joined, letters))) ?? .none
  }
  /// Whether a phrase of the lists is, or begins with, this word.
  func isKnownPhrase(_ fold: UInt64) -> Bool { table.value(Self.key(Salt.phrase, fold)) != 0 }
  /// The word that a skeleton stands for, which the table spells letter by letter; nil for none.
  @inline(__always)
  func reading(_ skeleton: UInt64) -> (lower: UInt64, fold: UInt64)? {
    var letter = table.value(Self.key(Salt.reading, skeleton))
    guard letter != 0 else { return nil }
    var (lower, fold) = (ReferenceTokens.lowerSeed, ReferenceTokens.foldSeed)
    var place: UInt64 = 0
    repeat {
      lower = mixed(lower, UInt64(letter))
      fold = mixed(fold, UInt64(letter))
      place += 1
      letter = table.value(Self.key(Salt.reading + place, skeleton))
    } while letter != 0 && place < 20
    return (lower, fold)
  }
  @inline(__always)
  func isGrammar(_ lower: UInt64) -> Bool { table.value(Self.key(Salt.grammar, lower)) != 0 }
  @inline(__always)
  func word(_ fold: UInt64) -> UInt8 { table.value(Self.key(Salt.word, fold)) }

  /// Place of a word in a phrase of one kind: 0 none; else `place << 2 | size` with place 1 for the first,
  /// 2 for an inner, 3 for the last word, size 1, 2 or 3 for longer ones.
  typealias PhrasePlace = UInt8

  /// Finds the longest phrases of each kind, from left to right.
  func matchPhrases(_ folds: [UInt64], count: Int, into places: inout [[PhrasePlace]]) {
    for kind in 0..<PhraseKind.allCases.count {
      places[kind].removeAll(keepingCapacity: true)
      places[kind].append(contentsOf: repeatElement(0, count: count))
    }
    var free = (0, 0, 0)
    for start in 0..<count {
      var hash = folds[start]
      var at = start
      var longest = (0, 0, 0)
      while true {
        let value = table.value(Self.key(Salt.phrase, hash))
        if value == 0 { break }
        if value & Self.bit(.journal) != 0 { longest.0 = at - start + 1 }
        if value & Self.bit(.publisher) != 0 { longest.1 = at - start + 1 }
        if value & Self.bit(.place) != 0 { longest.2 = at - start + 1 }
        // Phrases have at most sixteen words, so that hostile lines stay linear.
        guard value & Self.continues != 0, at + 1 < count, at - start < 16 else { break }
        at += 1
        hash = mixed(hash, folds[at])
      }
      if longest.0 > 0, start >= free.0 {
        Self.mark(&places[0], start, longest.0)
        free.0 = start + longest.0
      }
      if longest.1 > 0, start >= free.1 {
        Self.mark(&places[1], start, longest.1)
        free.1 = start + longest.1
      }
      if longest.2 > 0, start >= free.2 {
        Self.mark(&places[2], start, longest.2)
        free.2 = start + longest.2
      }
    }
  }

  private static func mark(_ places: inout [PhrasePlace], _ start: Int, _ length: Int) {
    let size = UInt8(min(length, 3))
    for offset in 0..<length {
      let place: UInt8 = offset == 0 ? 1 : offset == length - 1 ? 3 : 2
      places[start + offset] = place << 2 | size
    }
  }
}

/// Makes the table of `Gazetteers` from the files of `Lexicons/references/`.
struct GazetteerBuilder {
  private var phrases: [UInt64: UInt8] = [:]
  private var words: [UInt64: UInt8] = [:]
  private var cues: [UInt64: UInt8] = [:]
  private var headings: [UInt64: UInt8] = [:]
  private var joined: [UInt64: UInt8] = [:]
  /// Words by their skeletons.
  private var readings: [UInt64: [UInt8]] = [:]
  private var grammar: Set<UInt64> = []
  private var journalWords: [UInt64: Int] = [:]
  private var tokens = ReferenceTokens()

  /// Reads all lists. Throws `LexiconError.bad` for an unreadable file or an unknown cue class.
  init(lexicons: LexiconFolder) throws {
    for name in ["journals-known", "journals", "newspapers"] {
      for row in try LexiconTable.rows("references/\(name).tsv", lexicons) {
        for title in row.fields where !title.isEmpty { addPhrase(title, .journal) }
        if let title = row.fields.first { countJournalWords(title) }
      }
    }
    for row in try LexiconTable.rows("references/publishers.tsv", lexicons) {
      guard let name = row.fields.first else { continue }
      addPhrase(name, .publisher)
      for fold in folds(name) { words[fold, default: 0] |= Gazetteers.publisherWord }
    }
    for name in ["publishing-places", "places"] {
      for row in try LexiconTable.rows("references/\(name).tsv", lexicons) {
        if let place = row.fields.first { addPhrase(place, .place) }
      }
    }
    for row in try LexiconTable.rows("references/given-names.tsv", lexicons) {
      for fold in folds(row.fields.first ?? "") { words[fold, default: 0] |= NameClass.given.rawValue }
    }
    for row in try LexiconTable.rows("references/surnames.tsv", lexicons) {
      let rare = row.fields.count > 1 && row.fields[1] == "rare"
      let bit = rare ? NameClass.rareSurname.rawValue : NameClass.surname.rawValue
      for fold in folds(row.fields.first ?? "") { words[fold, default: 0] |= bit }
    }
    for row in try LexiconTable.rows("references/cues.tsv", lexicons) {
      guard row.fields.count >= 2, let cue = Cue.allCases.first(where: { "\($0)" == row.fields[1] }) else {
        throw LexiconError.bad(file: "references/cues.tsv", line: row.line, message: "no cue class here")
      }
      read(row.fields[0])
      if tokens.count > 0 { cues[tokens.lower[0]] = cue.rawValue }
    }
    let classes: [String: HeadingClass] = ["list": .list, "other": .other, "other*": .otherPrefix]
    for row in try LexiconTable.rows("references/headings.tsv", lexicons) {
      guard row.fields.count >= 2, let heading = classes[row.fields[1]] else {
        throw LexiconError.bad(
          file: "references/headings.tsv", line: row.line, message: "no heading class here")
      }
      let words = folds(row.fields[0])
      guard let first = words.first else { continue }
      headings[words.dropFirst().reduce(first, mixed)] = heading.rawValue
      if heading == .list {
        joined[folds(row.fields[0].filter { $0 != " " }).first ?? 0] = heading.rawValue
      }
    }
    for row in try LexiconTable.rows("references/function-words.tsv", lexicons) {
      read(row.fields.first ?? "")
      if let word = tokens.lower.first { grammar.insert(word) }
    }
    // Words of journal titles by how common they are there.
    for (fold, count) in journalWords where count > 2 {
      let level: UInt8 = count > 200 ? 3 : count > 20 ? 2 : 1
      words[fold, default: 0] |= level << Gazetteers.journalWordShift
    }
    for row in try LexiconTable.rows("english/words.tsv", lexicons) {
      guard row.fields.count >= 2, let size = Int(row.fields[1]), size <= Self.largestList,
        row.fields[0].utf8.count > 1
      else { continue }
      if let fold = folds(row.fields[0]).first, tokens.count == 1 {
        words[fold, default: 0] |= Gazetteers.english
      }
    }
    try readLikenesses(lexicons)
  }

  /// English words of SCOWL lists up to this size are common.
  private static let largestList = 35

  /// The words that damaged ones are read as, those of most weight first: of two with one skeleton the first one counts.
  private mutating func readLikenesses(_ lexicons: LexiconFolder) throws {
    let lists = [
      ("cues", 3), ("headings", 6), ("publishers", 5), ("publishing-places", 5), ("function-words", 4),
      ("journals-known", 5),
    ]
    for (name, length) in lists {
      for row in try LexiconTable.rows("references/\(name).tsv", lexicons) {
        for word in (row.fields.first ?? "").lowercased().split(separator: " ") {
          let letters = Array(word.utf8)
          guard (length...18).contains(letters.count), letters.allSatisfy({ (0x61...0x7A).contains($0) })
          else { continue }
          read(String(word))
          guard tokens.count == 1, readings[tokens.skeleton[0]] == nil else { continue }
          readings[tokens.skeleton[0]] = letters
        }
      }
    }
  }

  /// The bytes of the table.
  func image() -> [UInt8] {
    var entries: [(hash: UInt64, payload: [UInt8])] = []
    for (hash, value) in phrases { entries.append((Gazetteers.key(Gazetteers.Salt.phrase, hash), [value])) }
    for (hash, value) in words { entries.append((Gazetteers.key(Gazetteers.Salt.word, hash), [value])) }
    for (hash, value) in cues { entries.append((Gazetteers.key(Gazetteers.Salt.cue, hash), [value])) }
    for (hash, value) in headings { entries.append((Gazetteers.key(Gazetteers.Salt.heading, hash), [value])) }
    for (hash, value) in joined { entries.append((Gazetteers.key(Gazetteers.Salt.joined, hash), [value])) }
    for (hash, letters) in readings {
      for (place, letter) in letters.enumerated() {
        entries.append((Gazetteers.key(Gazetteers.Salt.reading + UInt64(place), hash), [letter]))
      }
    }
    for hash in grammar { entries.append((Gazetteers.key(Gazetteers.Salt.grammar, hash), [1])) }
    return BucketTable.image(entries, bits: 17)
  }

  private mutating func read(_ text: String) {
    Array(text.utf8).withUnsafeBufferPointer { tokens.read($0) }
  }

  private mutating func folds(_ text: String) -> [UInt64] {
    read(text)
    return tokens.fold
  }

  private mutating func addPhrase(_ text: String, _ kind: PhraseKind) {
    let words = folds(text)
    guard let first = words.first, words.count <= 16 else { return }
    var hash = first
    for next in words.dropFirst() {
      phrases[hash, default: 0] |= Gazetteers.continues
      hash = mixed(hash, next)
    }
    phrases[hash, default: 0] |= Gazetteers.bit(kind)
  }

  private mutating func countJournalWords(_ title: String) {
    for fold in folds(title) { journalWords[fold, default: 0] += 1 }
  }
}

/// Rows of a tab-separated file of the knowledge; lines that begin with # are comments.
package enum LexiconTable {
  package struct Row {
    package let fields: [String]
    /// From 1.
    package let line: Int
  }

  package static func rows(_ relative: String, _ lexicons: LexiconFolder) throws -> [Row] {
    let path = lexicons.path(relative)
    let text = String(decoding: try LexiconFile(path).bytes, as: UTF8.self)
    var rows: [Row] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.utf8.first == 0x23 { continue }
      rows.append(
        Row(
          fields: line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init),
          line: index + 1))
    }
    return rows
  }
}
