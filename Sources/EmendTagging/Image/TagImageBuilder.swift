import EmendLexicons

/// Compiles a lexicon into an image: words become ids, cues become small trees of nodes, and each cue is
/// hung on its rarest required token, so that most tokens of a text start nothing.
package struct TagImageBuilder {
  /// How often a word is met, as a share of running words.
  package typealias Frequency = (String) -> Double

  private let lexicon: TagLexicon
  private let frequency: Frequency

  private var words = ByteTableBuilder()
  private var exacts = ByteTableBuilder()
  private var prefixes = ByteTableBuilder()
  private var wordList: [String] = [""]
  /// Prefixes, then also patterns with stars, which share their ids.
  private var prefixList: [String] = [""]
  private var globs: [String: Int32] = [:]
  private var exactCount: Int32 = 0

  private var nodes: [Int32] = []
  private var lists: [Int32] = []
  private var sets: [Int32] = []
  private var setIndex: [[Int32]: (Int32, Int32)] = [:]
  private var programs: [Int32] = []
  private var triggers: [(symbol: Int32, program: Int32)] = []
  private var classTriggers: [(symbol: Int32, program: Int32)] = []

  private var classNames: [String] = []
  private var classIndex: [String: Int32] = [:]
  private var classLevel: [Int32] = []
  private var classCost: [Double] = []

  private var strings: [UInt8] = []
  private var stringOffsets: [Int32] = [0]
  private var stringIndex: [String: Int32] = [:]

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

  // MARK: Classes

  private mutating func declareClasses() throws {
    func declare(_ name: String) {
      if name.isEmpty || classIndex[name] != nil { return }
      classIndex[name] = Int32(classNames.count)
      classNames.append(name)
      classLevel.append(0)
      // A name of the feeding kind may stand in every fifth sentence or so.
      classCost.append(0.01)
    }
    for name in EntityClass.allCases { declare(name.rawValue) }
    for kind in lexicon.kinds { declare(kind.feeds) }
    for each in lexicon.classes { declare(each.name) }
  }

  private mutating func compileClasses() throws {
    let parser = CueParser(forms: lexicon.forms)
    var parsed: [[(cues: [Cue], place: SourceLine)]] = []
    for each in lexicon.classes {
      parsed.append(
        try each.cues.map { cue in (try parse(parser, cue.cue, cue.place), cue.place) })
    }
    // Levels by depth-first walk; a class met again on the way down is defined through itself.
    var state = [Int](repeating: 0, count: lexicon.classes.count)
    var order: [Int] = []
    let own = Dictionary(
      lexicon.classes.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { a, _ in a })
    func visit(_ index: Int) throws {
      if state[index] == 2 { return }
      let place = lexicon.classes[index].place
      guard state[index] == 0 else {
        throw LexiconError.bad(
          file: place.file, line: place.line,
          message: "class @\(lexicon.classes[index].name) is defined through itself")
      }
      state[index] = 1
      for (cues, _) in parsed[index] {
        for name in cues.flatMap({ $0.classNames }) { if let inner = own[name] { try visit(inner) } }
      }
      state[index] = 2
      order.append(index)
    }
    for index in lexicon.classes.indices { try visit(index) }
    for index in order {
      guard let target = classIndex[lexicon.classes[index].name] else { continue }
      var level: Int32 = 0
      for (cues, place) in parsed[index] {
        for name in cues.flatMap({ $0.classNames }) {
          guard let inner = classIndex[name] else { throw unknown(name, place) }
          level = max(level, classLevel[Int(inner)] + 1)
        }
      }
      classLevel[Int(target)] = level
      var cost = 0.0
      for (cues, place) in parsed[index] {
        guard let cue = cues.first, cues.count == 1 else {
          throw LexiconError.bad(file: place.file, line: place.line, message: "“&” has no place in a class")
        }
        cost += try addPrograms(cue, isEntry: false, target: target, bucket: level, requires: [], place)
      }
      classCost[Int(target)] = max(cost, 1e-7)
    }
  }

  private func unknown(_ name: String, _ place: SourceLine) -> LexiconError {
    LexiconError.bad(file: place.file, line: place.line, message: "unknown class @\(name)")
  }

  private func parse(_ parser: CueParser, _ text: String, _ place: SourceLine) throws -> [Cue] {
    do throws(CueError) { return try parser.parse(text) } catch {
      throw LexiconError.bad(file: place.file, line: place.line, message: "cue “\(text)”: \(error.message)")
    }
  }

  // MARK: Entries

  private mutating func compileEntries(_ labels: [LexiconLabel], _ paths: [String]) throws -> [Int32] {
    let parser = CueParser(forms: lexicon.forms)
    var rows: [Int32] = []
    var compiled: [(cues: [Cue], target: Int32, tier: Tier, place: SourceLine)] = []
    for (index, label) in labels.enumerated() {
      for entry in label.entries {
        let cues = try parse(parser, entry.cue, entry.place)
        compiled.append((cues, Int32(rows.count / ImageRow.entry), entry.tier, entry.place))
        rows += [
          Int32(index), entry.tier.rawValue,
          Int32(((entry.weight ?? lexicon.settings.weight(entry.tier)) * 10_000).rounded()),
          entry.scope.rawValue,
          string(entry.id), string(entry.cue),
        ]
      }
    }
    // The other sides of "&" become nameless classes, so that they are matched with the rest.
    var sides: [Int: [Int32]] = [:]
    for (index, entry) in compiled.enumerated() where entry.cues.count > 1 {
      for cue in entry.cues.dropFirst() {
        let target = Int32(classNames.count)
        var level: Int32 = 0
        for name in cue.classNames {
          guard let inner = classIndex[name] else { throw unknown(name, entry.place) }
          level = max(level, classLevel[Int(inner)] + 1)
        }
        classNames.append("")
        classLevel.append(level)
        classCost.append(1)
        _ = try addPrograms(cue, isEntry: false, target: target, bucket: level, requires: [], entry.place)
        sides[index, default: []].append(target)
      }
    }
    let top = (classLevel.max() ?? 0) + 1
    for (index, entry) in compiled.enumerated() {
      guard let cue = entry.cues.first else { continue }
      for name in cue.classNames where classIndex[name] == nil { throw unknown(name, entry.place) }
      _ = try addPrograms(
        cue, isEntry: true, target: entry.target, bucket: entry.tier == .block ? top : top + 1,
        requires: sides[index] ?? [], entry.place)
    }
    return rows
  }

  /// Adds one program for each top-level choice of a cue; returns the estimated frequency of its anchors.
  private mutating func addPrograms(
    _ cue: Cue, isEntry: Bool, target: Int32, bucket: Int32, requires: [Int32], _ place: SourceLine
  ) throws -> Double {
    if case .choice(let options) = cue, !options.allSatisfy({ $0.isSingleToken }) {
      var cost = 0.0
      for option in options {
        cost += try addPrograms(
          option, isEntry: isEntry, target: target, bucket: bucket, requires: requires, place)
      }
      return cost
    }
    let items = cue.flattened
    var best: (index: Int, cost: Double, firsts: Firsts)?
    for (index, item) in items.enumerated() {
      guard let firsts = try firsts(of: item, place) else { continue }
      let cost = self.cost(firsts)
      if best.map({ cost < $0.cost }) ?? true { best = (index, cost, firsts) }
    }
    guard let best else {
      throw LexiconError.bad(
        file: place.file, line: place.line, message: "a cue needs at least one word that must be there")
    }
    let program = Int32(programs.count / ImageRow.program)
    let nodeIDs = try items.map { try node($0, place) }
    let start = Int32(lists.count)
    lists += nodeIDs
    let requiresStart = Int32(lists.count)
    lists += requires
    programs += [
      isEntry ? 1 : 0, target, start, Int32(items.count), Int32(best.index), bucket, requiresStart,
      Int32(requires.count),
    ]
    for symbol in best.firsts.symbols.sorted() { triggers.append((symbol, program)) }
    for each in best.firsts.classes.sorted() { classTriggers.append((each, program)) }
    return best.cost
  }

  /// What a match of an item can begin with.
  private struct Firsts {
    var symbols: Set<Int32> = []
    var classes: Set<Int32> = []
  }

  /// Nil when the item can be empty or is no token at all, so that nothing can be hung on it.
  private mutating func firsts(of cue: Cue, _ place: SourceLine) throws -> Firsts? {
    switch cue {
    case .word, .exact, .prefix, .glob: return Firsts(symbols: Set(symbols(cue)))
    case .cueClass(let name):
      guard let index = classIndex[name] else { throw unknown(name, place) }
      return Firsts(classes: [index])
    case .choice(let options):
      var all = Firsts()
      for option in options {
        guard let one = try firsts(of: option, place) else { return nil }
        all.symbols.formUnion(one.symbols)
        all.classes.formUnion(one.classes)
      }
      return all
    case .sequence(let items):
      var all = Firsts()
      for item in items {
        if case .optional(let inner) = item {
          guard let one = try firsts(of: inner, place) else { return nil }
          all.symbols.formUnion(one.symbols)
          all.classes.formUnion(one.classes)
          continue
        }
        guard let one = try firsts(of: item, place) else { return nil }
        all.symbols.formUnion(one.symbols)
        all.classes.formUnion(one.classes)
        return all
      }
      return nil
    case .optional, .gap, .coordination, .start, .possessive: return nil
    }
  }

  private func cost(_ firsts: Firsts) -> Double {
    var cost = 0.0
    for symbol in firsts.symbols.sorted() {
      let id = Int(symbol >> 2)
      switch symbol & 3 {
      case 0: cost += frequency(wordList[id])
      // A pattern fits a word in a hundred or so.
      case 2: cost += prefixList[id].contains("*") ? 0.01 : frequency(prefixList[id]) * 2
      default: cost += 1e-5
      }
    }
    for each in firsts.classes.sorted() { cost += classCost[Int(each)] }
    return cost
  }

  // MARK: Nodes

  private mutating func node(_ cue: Cue, _ place: SourceLine) throws -> Int32 {
    func add(_ kind: NodeKind, _ a: Int32 = 0, _ b: Int32 = 0) -> Int32 {
      nodes += [kind.rawValue, a, b]
      return Int32(nodes.count / ImageRow.node - 1)
    }
    switch cue {
    case .word, .exact, .prefix, .glob:
      let (start, count) = set(symbols(cue))
      return add(.token, start, count)
    case .possessive: return add(.possessive)
    case .sequence(let items), .choice(let items):
      let isChoice = if case .choice = cue { true } else { false }
      if isChoice, items.allSatisfy({ $0.isSingleToken && $0.classNames.isEmpty }) {
        let (start, count) = set(items.flatMap { symbols($0) })
        return add(.token, start, count)
      }
      let children = try items.map { try node($0, place) }
      let start = Int32(lists.count)
      lists += children
      return add(isChoice ? .choice : .sequence, start, Int32(children.count))
    case .optional(let inner): return add(.optional, try node(inner, place))
    case .gap(let count): return add(.gap, Int32(count))
    case .coordination: return add(.coordination)
    case .start: return add(.start)
    case .cueClass(let name):
      guard let index = classIndex[name] else { throw unknown(name, place) }
      return add(.cueClass, index)
    }
  }

  private mutating func set(_ symbols: [Int32]) -> (Int32, Int32) {
    let sorted = Array(Set(symbols)).sorted()
    if let known = setIndex[sorted] { return known }
    let found = (Int32(sets.count), Int32(sorted.count))
    sets += sorted
    setIndex[sorted] = found
    return found
  }

  private mutating func symbols(_ cue: Cue) -> [Int32] {
    switch cue {
    case .word(let forms): return forms.map { addWord($0) << 2 }
    case .exact(let forms):
      return forms.map { form in
        let key = Array(form.utf8)
        if let id = exacts.id(of: key) { return id << 2 | 1 }
        exactCount += 1
        exacts.add(key, id: exactCount)
        return exactCount << 2 | 1
      }
    case .prefix(let stem):
      return ([stem] + lexicon.forms.variants(ofStem: stem)).map { stem in
        let key = Array(stem.utf8)
        if let id = prefixes.id(of: key) { return id << 2 | 2 }
        prefixList.append(stem)
        let id = Int32(prefixList.count - 1)
        prefixes.add(key, id: id)
        return id << 2 | 2
      }
    case .glob(let pattern):
      if let id = globs[pattern] { return [id << 2 | 2] }
      prefixList.append(pattern)
      let id = Int32(prefixList.count - 1)
      globs[pattern] = id
      return [id << 2 | 2]
    case .choice(let options): return options.flatMap { symbols($0) }
    default: return []
    }
  }

  /// The id of a word; its other spellings share it.
  @discardableResult
  private mutating func addWord(_ word: String) -> Int32 {
    let key = Array(word.utf8)
    if let id = words.id(of: key) { return id }
    let id = Int32(wordList.count)
    wordList.append(word)
    words.add(key, id: id)
    for variant in lexicon.forms.variants(word) { words.add(Array(variant.utf8), id: id) }
    return id
  }

  private func longestPrefix(of word: [UInt8], proper: Bool) -> Int32 {
    var length = word.count - (proper ? 1 : 0)
    while length > 1 {
      if let id = prefixes.id(of: Array(word[0..<length])) { return id }
      length -= 1
    }
    return 0
  }

  /// Lengths of the prefixes as a bit mask, then one bit for each hash of two first bytes that begin one.
  private func prefixFilter() -> [Int32] {
    var lengths: UInt32 = 0
    var bits = [UInt32](repeating: 0, count: PrefixFilter.words)
    for prefix in prefixList.dropFirst() where globs[prefix] == nil {
      let bytes = Array(prefix.utf8)
      lengths |= 1 << UInt32(min(bytes.count, 31))
      guard bytes.count > 1 else { continue }
      let bit = PrefixFilter.bit(bytes[0], bytes[1])
      bits[bit >> 5] |= 1 << UInt32(bit & 31)
    }
    return [Int32(bitPattern: lengths)] + bits.map { Int32(bitPattern: $0) }
  }

  // MARK: Tables

  private mutating func labelRows(_ labels: [LexiconLabel], _ paths: [String]) -> [Int32] {
    var rows: [Int32] = []
    for label in labels {
      var parent: Int32 = -1
      var path = Substring(label.path)
      while parent < 0, let slash = path.lastIndex(of: "/") {
        path = path[..<slash]
        parent = paths.firstIndex(of: String(path)).map(Int32.init) ?? -1
      }
      rows += [string(label.path), parent, label.refines.rawValue, string(label.definition)]
    }
    return rows
  }

  private mutating func kindRows(_ paths: [String]) -> [Int32] {
    var rows: [Int32] = []
    for kind in lexicon.kinds {
      rows += [
        string(kind.name), classIndex[kind.feeds] ?? -1, string(kind.label),
        paths.firstIndex(of: kind.label).map(Int32.init) ?? -1,
      ]
    }
    return rows
  }

  private func settingsRow() -> [Int32] {
    let settings = lexicon.settings
    return [
      Int32((settings.threshold * 10_000).rounded()), Int32(clamping: settings.negationReach),
      Int32((settings.implicitWeight * 10_000).rounded()), Int32((settings.weakWeight * 10_000).rounded()),
    ]
  }

  /// Name, count, then the words as strings and as word ids.
  private mutating func wordListRows() -> [Int32] {
    var rows: [Int32] = []
    for name in lexicon.wordLists.keys.sorted() {
      let list = lexicon.wordLists[name] ?? []
      rows += [string(name), Int32(list.count)]
      for word in list { rows += [string(word)] }
    }
    return rows
  }

  private mutating func string(_ text: String) -> Int32 {
    if let known = stringIndex[text] { return known }
    strings += Array(text.utf8)
    stringOffsets.append(Int32(strings.count))
    let index = Int32(stringOffsets.count - 2)
    stringIndex[text] = index
    return index
  }

  private static func grouped(_ pairs: [(Int32, Int32)], count: Int) -> ([Int32], [Int32]) {
    var heads = [Int32](repeating: 0, count: count + 1)
    for (key, _) in pairs { heads[Int(key) + 1] += 1 }
    for index in 0..<count { heads[index + 1] += heads[index] }
    var at = heads
    var rows = [Int32](repeating: 0, count: pairs.count)
    for (key, value) in pairs {
      rows[Int(at[Int(key)])] = value
      at[Int(key)] += 1
    }
    return (heads, rows)
  }

  // MARK: Entities

  private struct EntitySections {
    var roots: [Int32] = []
    var nodes: [Int32] = []
    var edges: [Int32] = []
    var forms: [Int32] = []
    var cases: [Int32] = []
    var rows: [Int32] = []
    var aliases: [Int32] = []
  }

  private mutating func compileEntities(_ paths: [String]) throws -> EntitySections {
    final class Branch {
      var children: [Int32: Branch] = [:]
      var form: Int32 = -1
    }
    let kindIndex = Dictionary(
      lexicon.kinds.enumerated().map { ($0.element.name, Int32($0.offset)) }, uniquingKeysWith: { a, _ in a })
    let root = Branch()
    var out = EntitySections()
    for (index, entity) in lexicon.entities.enumerated() {
      guard let kind = kindIndex[entity.kind] else {
        throw LexiconError.bad(
          file: entity.place.file, line: entity.place.line, message: "unknown kind “\(entity.kind)”")
      }
      let aliasStart = Int32(out.aliases.count)
      for alias in entity.aliases { out.aliases.append(addWord(alias.lowercased())) }
      out.rows += [
        string(entity.id), string(entity.name), kind, aliasStart, Int32(entity.aliases.count),
        string(entity.identifiers),
      ]
      for (form, isSeat) in ([entity.name] + entity.forms).map({ ($0, false) })
        + entity.seats.map({ ($0, true) })
      {
        let tokens = FormTokens.split(form)
        if tokens.isEmpty { continue }
        var branch = root
        let caseStart = Int32(out.cases.count)
        for token in tokens {
          let id = addWord(token.folded)
          out.cases.append(token.isExact ? -exactID(token.surface) : token.isCapital ? 1 : 0)
          let next = branch.children[id] ?? Branch()
          branch.children[id] = next
          branch = next
        }
        // Forms that differ in case only hang on one branch, the first one first.
        let number = Int32(out.forms.count / ImageRow.form)
        out.forms += [Int32(index), caseStart, Int32(tokens.count), isSeat ? 1 : 0, -1]
        if branch.form < 0 {
          branch.form = number
        } else {
          var last = Int(branch.form)
          while out.forms[last * ImageRow.form + 4] >= 0 { last = Int(out.forms[last * ImageRow.form + 4]) }
          out.forms[last * ImageRow.form + 4] = number
        }
      }
    }
    // Breadth first, children in the order of their word ids: the same image for the same lexicon.
    out.nodes = [0, 0, -1]
    var queue: [(Branch, Int)] = [(root, 0)]
    var next = 0
    while next < queue.count {
      let (branch, node) = queue[next]
      next += 1
      out.nodes[node * 3] = Int32(out.edges.count / 2)
      out.nodes[node * 3 + 1] = Int32(branch.children.count)
      out.nodes[node * 3 + 2] = branch.form
      for id in branch.children.keys.sorted() {
        guard let child = branch.children[id] else { continue }
        let index = out.nodes.count / 3
        out.nodes += [0, 0, -1]
        out.edges += [id, Int32(index)]
        queue.append((child, index))
      }
    }
    out.roots = [Int32](repeating: 0, count: wordList.count)
    // The root's edges were written first.
    for edge in 0..<root.children.count {
      out.roots[Int(out.edges[edge * 2])] = out.edges[edge * 2 + 1]
    }
    return out
  }

  private mutating func exactID(_ surface: String) -> Int32 {
    let key = Array(surface.utf8)
    if let id = exacts.id(of: key) { return id }
    exactCount += 1
    exacts.add(key, id: exactCount)
    return exactCount
  }
}

extension Cue {
  /// Classes named anywhere in the cue.
  var classNames: [String] {
    switch self {
    case .cueClass(let name): [name]
    case .sequence(let items), .choice(let items): items.flatMap(\.classNames)
    case .optional(let inner): inner.classNames
    default: []
    }
  }

  /// Whether every match is one token, decided by the token alone.
  var isSingleToken: Bool {
    switch self {
    case .word, .exact, .prefix, .glob: true
    case .choice(let options): options.allSatisfy(\.isSingleToken)
    default: false
    }
  }

  /// The items of the outermost sequence, sequences within it opened.
  var flattened: [Cue] {
    if case .sequence(let items) = self { return items.flatMap(\.flattened) }
    return [self]
  }
}
