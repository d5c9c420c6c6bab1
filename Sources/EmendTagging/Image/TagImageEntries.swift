import EmendLexicons

/// Entries and their cues: a program for each, hung on its rarest token.
extension TagImageBuilder {
  mutating func compileEntries(_ labels: [LexiconLabel], _ paths: [String]) throws -> [Int32] {
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
  mutating func addPrograms(
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
  struct Firsts {
    var symbols: Set<Int32> = []
    var classes: Set<Int32> = []
  }

  /// Nil when the item can be empty or is no token at all, so that nothing can be hung on it.
  mutating func firsts(of cue: Cue, _ place: SourceLine) throws -> Firsts? {
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

  func cost(_ firsts: Firsts) -> Double {
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
