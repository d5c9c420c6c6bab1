import EmendLexicons
import Glibc

/// Makes the model of `ReferenceParser`: gold references, synthetic ones rendered from their facts in many
/// styles, and damaged copies of both; then the field model over their words.
public struct ReferenceTraining {
  public struct Options: Sendable {
    public var passes = 7
    public var seed: UInt64 = 1
    /// Synthetic references, all styles together.
    public var synthetic = 30_000
    /// Share of gold references that are given once more as damaged copies.
    public var damagedGold = 0.6
    /// The same for synthetic ones.
    public var damagedSynthetic = 0.45
    public var pruning: Float = 0.05
    /// Trainings whose mean the model is.
    public var runs = 1
    public init() {}
  }

  private let gazetteerImage: [UInt8]
  private let memory: MappedFile
  private let gazetteers: Gazetteers
  private let noise: ScanNoise
  private let sources: [SourceRule]
  private let lexicons: LexiconFolder

  /// Reads the lists of `Lexicons/references/`. Throws `LexiconError`.
  public init(lexicons: LexiconFolder) throws {
    self.lexicons = lexicons
    gazetteerImage = try GazetteerBuilder(lexicons: lexicons).image()
    memory = MappedFile(copying: gazetteerImage)
    guard let table = BucketTable(memory, at: 0) else { throw ModelError.notAModel("gazetteers") }
    gazetteers = Gazetteers(table: table)
    noise = try ScanNoise(lexicons: lexicons)
    sources = try SourceRule.read(lexicons)
  }

  /// What a set's rule lets through, duplicates left out, the held-out tenth too if asked.
  public func selected(_ references: [GoldReference], withHeldOut: Bool) -> [GoldReference] {
    var counts: [String: (all: Int, untitled: Int)] = [:]
    var seen: Set<[UInt8]> = []
    var chosen: [GoldReference] = []
    // By the hash of the letters, so that a cut takes an even sample.
    let ordered = references.enumerated().map { (order: $0.element.order, index: $0.offset) }
      .sorted { ($0.order, $0.index) < ($1.order, $1.index) }
    for (_, index) in ordered {
      let reference = references[index]
      guard (9..<700).contains(reference.raw.count), withHeldOut || !reference.isHeldOut,
        let rule = sources.first(where: { reference.source.hasPrefix($0.prefix) }),
        rule.languages.contains("*") || rule.languages.contains(reference.language)
      else { continue }
      let titled = reference.fields.contains { $0.label == "title" }
      var count = counts[reference.source] ?? (0, 0)
      if count.all >= rule.limit || (!titled && count.untitled >= rule.untitledLimit) { continue }
      guard seen.insert(reference.letters).inserted else { continue }
      count.all += 1
      if !titled { count.untitled += 1 }
      counts[reference.source] = count
      chosen.append(reference)
    }
    return chosen
  }

  /// A gold reference with its labels brought to the convention of the parser, the finer ones kept; for
  /// scoring sets that have habits of their own.
  public func harmonised(_ reference: GoldReference) -> GoldReference {
    var tokens = ReferenceTokens()
    reference.raw.withUnsafeBufferPointer { tokens.read($0) }
    tokens.mend(gazetteers)
    var runs = LabelCleanup(gazetteers: gazetteers).runs(reference, tokens)
    runs = FieldRules.apply(runs, tokens, tokens.lower.map { gazetteers.cue($0) })
    var copy = reference
    copy.fields = runs.compactMap { run in
      run.label.map {
        GoldReference.Field(
          label: $0.name, range: tokens.start[run.first]..<tokens.end[run.last])
      }
    }
    return copy
  }

  /// Synthetic references from the facts of others, to look at.
  public func synthetic(_ count: Int, from references: [GoldReference], seed: UInt64) throws
    -> [GoldReference]
  {
    var generator = try ReferenceGenerator(
      lexicons: lexicons, facts: BibliographicFacts(references), seed: seed)
    return generator.references(count)
  }

  /// Trains on references (as `selected` gives them) and returns the bytes of the model file.
  public func train(_ references: [GoldReference], options: Options, report: (String) -> Void) throws
    -> [UInt8]
  {
    var random = SeededRandom(seed: options.seed)
    var trainer = LinearChainTrainer(states: FieldState.count) { from, to in
      guard FieldState.isInner(to) else { return true }
      guard let from, from > 0 else { return false }
      return FieldState.label(from) == FieldState.label(to)
    }
    let cleanup = LabelCleanup(gazetteers: gazetteers)
    var tokens = ReferenceTokens()
    var features = ReferenceFeatures()
    var list = FeatureList()
    func add(_ reference: GoldReference, _ weight: Float) {
      reference.raw.withUnsafeBufferPointer { tokens.read($0) }
      tokens.mend(gazetteers)
      guard tokens.count > 0 else { return }
      list.removeAll()
      features.extract(tokens, gazetteers, into: &list)
      list.end()
      trainer.add(
        list.hashes, list.offsets, states: cleanup.states(reference, tokens), weight: weight)
    }
    for reference in references {
      let weight = sources.first { reference.source.hasPrefix($0.prefix) }?.weight ?? 1
      add(reference, weight)
      if random.chance(options.damagedGold) { add(noise.damaged(reference, &random), weight) }
    }
    if options.synthetic > 0 {
      let facts = BibliographicFacts(references)
      var generator = try ReferenceGenerator(lexicons: lexicons, facts: facts, seed: options.seed &+ 6)
      for reference in generator.references(options.synthetic) {
        add(reference, 1)
        if random.chance(options.damagedSynthetic) { add(noise.damaged(reference, &random), 1) }
      }
    }
    var training = LinearChainTrainer.Options()
    training.passes = options.passes
    training.seed = options.seed
    training.pruning = options.pruning
    training.runs = options.runs
    let trained = trainer.train(training, report: report)
    report("\(trained.features.count) features kept")
    return trained.image(gazetteers: gazetteerImage)
  }
}

extension GoldReference {
  /// A number that orders references at random, always the same way.
  public var order: UInt64 {
    var hash: UInt64 = 0x0D0E
    for byte in letters { hash = mixed(hash, UInt64(byte)) }
    return finished(hash)
  }
}

/// How a training set is used: a row of `references/sources.tsv`.
struct SourceRule {
  let prefix: String
  let languages: Set<String>
  let limit: Int
  let untitledLimit: Int
  let weight: Float

  static func read(_ lexicons: LexiconFolder) throws -> [SourceRule] {
    try LexiconTable.rows("references/sources.tsv", lexicons).map { row in
      guard row.fields.count >= 5, let limit = Int(row.fields[2]), let untitled = Int(row.fields[3]),
        let weight = Float(row.fields[4])
      else {
        throw LexiconError.bad(
          file: "references/sources.tsv", line: row.line, message: "five columns are wanted")
      }
      return SourceRule(
        prefix: row.fields[0], languages: Set(row.fields[1].split(separator: ",").map(String.init)),
        limit: limit,
        untitledLimit: untitled, weight: weight)
    }
  }
}

extension ScanNoise {
  /// Reads `references/confusions.tsv` and the rates of `damage/confusions.tsv`.
  init(lexicons: LexiconFolder) throws {
    var (shapes, maps): ([(right: [UInt8], wrong: [UInt8])], [(right: [UInt8], wrong: [UInt8])]) = ([], [])
    for row in try LexiconTable.rows("references/confusions.tsv", lexicons) {
      guard row.fields.count >= 3, !row.fields[1].isEmpty else {
        throw LexiconError.bad(
          file: "references/confusions.tsv", line: row.line, message: "three columns are wanted")
      }
      let pair = (right: Array(row.fields[1].utf8), wrong: Array(row.fields[2].utf8))
      if row.fields[0] == "ligature" { maps.append(pair) } else { shapes.append(pair) }
    }
    (confusions, ligatures) = (shapes, maps)
    var measured: [UInt8: [(right: [UInt8], wrong: [UInt8], weight: Double)]] = [:]
    for row in try LexiconTable.rows("damage/confusions.tsv", lexicons) where row.fields.count >= 3 {
      guard let rate = Double(row.fields[2]) else { continue }
      let (right, wrong) = (Array(row.fields[0].utf8), Array(row.fields[1].utf8))
      guard let first = right.first, first > 0x20 else { continue }
      measured[first, default: []].append((right, wrong, exp(rate)))
    }
    self.measured = measured
  }
}
