import EmendLexicons

/// Compiles a lexicon into an image: words become ids, cues become small trees of nodes, and each cue is
/// hung on its rarest required token, so that most tokens of a text start nothing.
package struct TagImageBuilder {
  /// How often a word is met, as a share of running words.
  package typealias Frequency = (String) -> Double

  let lexicon: TagLexicon
  let frequency: Frequency

  var words = ByteTableBuilder()
  var exacts = ByteTableBuilder()
  var prefixes = ByteTableBuilder()
  var wordList: [String] = [""]
  /// Prefixes, then also patterns with stars, which share their ids.
  var prefixList: [String] = [""]
  var globs: [String: Int32] = [:]
  var exactCount: Int32 = 0

  var nodes: [Int32] = []
  var lists: [Int32] = []
  var sets: [Int32] = []
  var setIndex: [[Int32]: (Int32, Int32)] = [:]
  var programs: [Int32] = []
  var triggers: [(symbol: Int32, program: Int32)] = []
  var classTriggers: [(symbol: Int32, program: Int32)] = []

  var classNames: [String] = []
  var classIndex: [String: Int32] = [:]
  var classLevel: [Int32] = []
  var classCost: [Double] = []

  var strings: [UInt8] = []
  var stringOffsets: [Int32] = [0]
  var stringIndex: [String: Int32] = [:]

  private init(lexicon: TagLexicon, frequency: @escaping Frequency) {
    self.lexicon = lexicon
    self.frequency = frequency
  }

  /// The image of a lexicon. Throws `LexiconError.bad` for a cue that does not parse or a class that is unknown
  /// or defined through itself. Same lexicon, same bytes.
  package static func build(
    _ lexicon: TagLexicon, stamp: UInt64 = 0, frequency: @escaping Frequency = Self.guessedFrequency
  ) throws -> [Int32] {
    var builder = TagImageBuilder(lexicon: lexicon, frequency: frequency)
    return try builder.build(stamp: stamp)
  }

  /// Short words are common: a stand-in where no word list is at hand.
  package static func guessedFrequency(_ word: String) -> Double {
    var share = 0.05
    for _ in 0..<min(word.utf8.count, 12) { share *= 0.5 }
    return share
  }

  private mutating func build(stamp: UInt64) throws -> [Int32] {
    for mark in TokenMark.allCases { addWord(mark.text) }
    for name in lexicon.wordLists.keys.sorted() {
      for word in lexicon.wordLists[name] ?? [] where !word.contains("/") { addWord(word.lowercased()) }
    }
    try declareClasses()
    try compileClasses()
    var labels = lexicon.labels.sorted { $0.path < $1.path }
    labels = labels.filter { !$0.path.isEmpty }
    let paths = labels.map(\.path)
    let entryRows = try compileEntries(labels, paths)
    let entities = try compileEntities(paths)

    var writer = ImageWriter(stamp: stamp)
    let (wordSlots, wordIDs, wordOffsets, wordBytes) = words.sections()
    writer.add(.wordSlots, wordSlots)
    writer.add(.wordIDs, wordIDs)
    writer.add(.wordOffsets, wordOffsets)
    writer.add(.wordBytes, wordBytes)
    let (exactSlots, exactIDs, exactOffsets, exactBytes) = exacts.sections()
    writer.add(.exactSlots, exactSlots)
    writer.add(.exactIDs, exactIDs)
    writer.add(.exactOffsets, exactOffsets)
    writer.add(.exactBytes, exactBytes)
    let (prefixSlots, prefixIDs, prefixOffsets, prefixBytes) = prefixes.sections()
    writer.add(.prefixSlots, prefixSlots)
    writer.add(.prefixIDs, prefixIDs)
    writer.add(.prefixOffsets, prefixOffsets)
    writer.add(.prefixBytes, prefixBytes)
    writer.add(.wordPrefix, wordList.map { longestPrefix(of: Array($0.utf8), proper: false) })
    writer.add(
      .prefixParent,
      prefixList.map { globs[$0] == nil ? longestPrefix(of: Array($0.utf8), proper: true) : 0 })
    writer.add(.prefixFilter, prefixFilter())
    writer.add(.globs, globs.sorted { $0.value < $1.value }.flatMap { [$0.value, string($0.key)] })
    writer.add(.nodes, nodes)
    writer.add(.lists, lists)
    writer.add(.sets, sets)
    writer.add(.programs, programs)
    for (kind, starts, values) in [
      (0, ImageSection.wordTriggerStarts, ImageSection.wordTriggers),
      (1, .exactTriggerStarts, .exactTriggers), (2, .prefixTriggerStarts, .prefixTriggers),
    ] {
      let count = [wordList.count, Int(exactCount) + 1, prefixList.count][kind]
      let own = triggers.filter { Int($0.symbol & 3) == kind }.map { ($0.symbol >> 2, $0.program) }
      let (heads, rows) = Self.grouped(own, count: count)
      writer.add(starts, heads)
      writer.add(values, rows)
    }
    let (heads, rows) = Self.grouped(classTriggers.map { ($0.symbol, $0.program) }, count: classNames.count)
    writer.add(.classTriggerStarts, heads)
    writer.add(.classTriggers, rows)
    writer.add(.classes, classNames.map { string($0) })
    writer.add(.entries, entryRows)
    writer.add(.labels, labelRows(labels, paths))
    writer.add(.trieRoots, entities.roots)
    writer.add(.trieNodes, entities.nodes)
    writer.add(.trieEdges, entities.edges)
    writer.add(.forms, entities.forms)
    writer.add(.formCases, entities.cases)
    writer.add(.entities, entities.rows)
    writer.add(.kinds, kindRows(paths))
    writer.add(.aliasWords, entities.aliases)
    writer.add(.settings, settingsRow())
    writer.add(.wordLists, wordListRows())
    writer.add(.stringOffsets, stringOffsets)
    writer.add(.stringBytes, strings)
    return writer.finish()
  }
}
