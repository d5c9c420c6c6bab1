import EmendText

/// The editable files of `english/` and the image made from them.
struct EnglishFiles {
  let folder: LexiconFolder
  let words, plausible, names, bigrams, abbreviations, affixes, functionWords: String
  /// A user's own words, laid over ours; may be missing.
  let extra: String

  private static let layout: UInt32 = 4
  /// Bigram keys have room for two ids of 16 bits.
  private static let largestVocabulary = 0xFFFF

  init(_ folder: LexiconFolder) {
    self.folder = folder
    words = folder.path("english/words.tsv")
    plausible = folder.path("english/plausible.tsv")
    names = folder.path("english/names.tsv")
    bigrams = folder.path("english/bigrams.tsv")
    abbreviations = folder.path("english/abbreviations.tsv")
    affixes = folder.path("english/affixes.tsv")
    functionWords = folder.path("english/function-words.tsv")
    extra = folder.path("english/extra.tsv")
  }

  func image() throws -> MappedImage {
    let sources = [words, plausible, names, bigrams, abbreviations, affixes, functionWords, extra]
    return try LexiconImage.open("english", layout: Self.layout, sources: sources, folder: folder) {
      builder in
      var assembly = EnglishAssembly()
      try assembly.readWords(LexiconFile(words), tier: .trusted)
      try assembly.readWords(LexiconFile(plausible), tier: .plausible)
      try assembly.readWords(LexiconFile(names), tier: .name)
      if let file = try? LexiconFile(extra) { try assembly.readExtra(file) }
      try assembly.readList(LexiconFile(abbreviations), flag: .abbreviation)
      try assembly.readList(LexiconFile(functionWords), flag: .function)
      try assembly.readAffixes(LexiconFile(affixes))
      try assembly.readBigrams(LexiconFile(bigrams), largest: Self.largestVocabulary)
      assembly.write(to: &builder)
    }
  }
}

/// Gathers the files of `english/` into the sections of an image.
private struct EnglishAssembly {
  private var list = WordList(capacity: 700_000)
  private var flags: [WordFacts.Flags] = []
  private var frequencies: [Float] = []
  private var prefixes: [String] = []
  private var suffixes: [String] = []
  private var pairs: [(first: Int, second: Int, weight: Float)] = []
  /// Log backoff weight by word; nil outside the language model.
  private var backoffs: [Float?] = []

  /// Log frequency of words that the language model has not seen, by SCOWL size class.
  private static func frequency(size: Int) -> Float? {
    switch size {
    case 10, 20: -13
    case 35: -13.5
    case 40: -14
    case 50: -14.5
    case 55: -15
    case 60: -15.5
    case 70: -17
    case 80: -18.5
    case 95: -20.5
    default: nil
    }
  }
  private static let nameFrequency: Float = -18

  /// Enters a word in lower case and composed form, however a scholar typed it.
  private mutating func add(_ word: UnsafeBufferPointer<UInt8>, _ flag: WordFacts.Flags, _ frequency: Float) {
    var bytes = UnicodeForm.nfc(Array(word))
    LatinCase.fold(&bytes)
    let index = bytes.withUnsafeBufferPointer { list.insert($0) }
    if index == flags.count {
      flags.append(flag)
      frequencies.append(frequency)
      backoffs.append(nil)
    } else {
      flags[index].formUnion(flag)
      frequencies[index] = max(frequencies[index], frequency)
    }
  }

  /// Word, size class (or source for names), log frequency if seen.
  mutating func readWords(_ file: LexiconFile, tier: WordFacts.Flags) throws {
    try file.forEachRow(fields: 2...3) { row in
      guard !row[0].isEmpty else { throw row.fault("no word") }
      if row.count == 3 {
        add(row[0], tier, Float(try row.number(2)))
      } else if tier == .name {
        add(row[0], tier, Self.nameFrequency)
      } else {
        guard let size = LexiconFile.number(row[1]), let frequency = Self.frequency(size: Int(size)) else {
          throw row.fault("no size class of SCOWL: \(row.text(1))")
        }
        add(row[0], tier, frequency)
      }
    }
  }

  /// Word, tier (trusted, plausible, name), log frequency if the user cares to give one.
  mutating func readExtra(_ file: LexiconFile) throws {
    try file.forEachRow(fields: 2...3) { row in
      guard !row[0].isEmpty else { throw row.fault("no word") }
      let tier: WordFacts.Flags
      switch row.text(1) {
      case "trusted": tier = .trusted
      case "plausible": tier = .plausible
      case "name": tier = .name
      default: throw row.fault("the tier is trusted, plausible or name, not \(row.text(1))")
      }
      add(row[0], tier, row.count == 3 ? Float(try row.number(2)) : Self.nameFrequency)
    }
  }

  /// One word a line; further fields are for people.
  mutating func readList(_ file: LexiconFile, flag: WordFacts.Flags) throws {
    try file.forEachRow(fields: 1...2) { row in
      guard !row[0].isEmpty else { throw row.fault("no word") }
      add(row[0], flag, Self.nameFrequency)
    }
  }

  mutating func readAffixes(_ file: LexiconFile) throws {
    try file.forEachRow(fields: 2...3) { row in
      switch row.text(0) {
      case "suffix": suffixes.append(row.text(1))
      case "prefix":
        prefixes.append(row.text(1))
        var flag: WordFacts.Flags = .prefix
        switch row.text(2) {
        case "joins": flag.formUnion(.joiningPrefix)
        case "hyphen": flag.formUnion(.hyphenPrefix)
        case "": break
        default: throw row.fault("a prefix joins or takes a hyphen; \(row.text(2)) is neither")
        }
        add(row[1], flag, Self.nameFrequency)
      default: throw row.fault("prefix or suffix, not \(row.text(0))")
      }
    }
  }

  /// First word, its backoff weight, then "follower weight" fields. Pairs with unlisted words are passed over.
  mutating func readBigrams(_ file: LexiconFile, largest: Int) throws {
    pairs.reserveCapacity(file.bytes.count / 11)
    var vocabulary = 0
    func enter(_ index: Int, _ weight: Float?) {
      if backoffs[index] == nil { vocabulary += 1 }
      backoffs[index] = weight ?? backoffs[index] ?? 0
    }
    try file.forEachRow(fields: 2...) { row in
      if row.text(0) == "<s>" { add(row[0], [], 0) }
      guard let first = list.find(row[0]) else { return }
      enter(first, Float(try row.number(1)))
      for field in 2..<row.count {
        let bytes = row[field]
        guard let space = bytes.lastIndex(of: 0x20), let weight = LexiconFile.number(bytes[(space + 1)...])
        else { throw row.fault("field \(field + 1) is no word with its weight: \(row.text(field))") }
        guard let second = list.find(UnsafeBufferPointer(rebasing: bytes[..<space])) else { continue }
        enter(second, nil)
        pairs.append((first, second, Float(weight)))
      }
      if vocabulary > largest { throw row.fault("more than \(largest) different words in bigrams") }
    }
  }

  /// The words of the language model first, so that a small id says "modelled" and common words lie together.
  func write(to builder: inout ImageBuilder) {
    let order = (0..<list.count).sorted { left, right in
      switch (backoffs[left] != nil, backoffs[right] != nil) {
      case (true, false): true
      case (false, true): false
      default:
        if frequencies[left] != frequencies[right] {
          frequencies[left] > frequencies[right]
        } else {
          left < right
        }
      }
    }
    var places = [Int](repeating: 0, count: order.count)
    var sorted = WordList(capacity: order.count)
    for (place, index) in order.enumerated() {
      places[index] = place
      _ = list.withWord(index) { sorted.insert($0) }
    }
    WordTable.add(to: &builder, name: "words", words: sorted)
    builder.add("words.flags", order.map { UInt8(truncatingIfNeeded: flags[$0].rawValue) })
    builder.add(
      "words.frequencies",
      order.map {
        Int16((max(-31, min(0, frequencies[$0])) * EnglishLexicon.frequencyUnitsPerNat).rounded())
      })
    BigramTable.add(
      to: &builder,
      pairs: pairs.map { (places[$0.first], places[$0.second], $0.weight) },
      backoffs: order.compactMap { backoffs[$0] })
    var spelling = SpellingModel.Counter()
    for index in 0..<list.count where !flags[index].isDisjoint(with: [.trusted, .name]) {
      list.withWord(index) { spelling.add($0) }
    }
    spelling.write(to: &builder)
    Affixes.add(prefixes: prefixes, suffixes: suffixes, to: &builder)
  }
}
