import EmendLexicons
import FoundationEssentials

/// A document whose lines are labelled: one record of the finder's training set.
public struct LabelledLines: Sendable {
  public var id: String
  /// Non-blank lines and what they are.
  package var lines: [ReferenceFinder.FinderLine]
  public var labels: [LineLabel]

  private struct Record: Decodable {
    var id: String
    var lines: [String]
    var labels: [String]
  }

  /// Reads JSON Lines of `{"id", "lines", "labels"}` with labels title, text, ref, meta, blank (AnyStyle).
  /// Records of another form are passed over.
  public static func read(path: String) throws -> [LabelledLines] {
    guard let file = try? MappedFile(path: path) else { throw GoldError.unreadable(path) }
    let decoder = JSONDecoder()
    return Data(file.bytes).split(separator: 0x0A).compactMap { line in
      (try? decoder.decode(Record.self, from: Data(line))).map { LabelledLines($0) }
    }
  }

  init(id: String, lines: [ReferenceFinder.FinderLine], labels: [LineLabel]) {
    (self.id, self.lines, self.labels) = (id, lines, labels)
  }

  /// The set marks only that a line belongs to a reference; where entries begin follows from indents and
  /// blank lines.
  private init(_ record: Record) {
    id = record.id
    lines = []
    labels = []
    struct Source {
      var indent: Int
      var blanks: Int
      var isReference: Bool
      var followsMeta: Bool
    }
    var sources: [Source] = []
    var blanks = 0
    var followsMeta = false
    for (text, label) in zip(record.lines, record.labels) {
      let bytes = Array(text.utf8)
      guard bytes.contains(where: { $0 > 0x20 }) else {
        blanks += 1
        continue
      }
      let bare = bytes.drop { $0 == 0x0C }
      lines.append(.init(text: bytes, blanks: blanks, pageStarts: bytes.first == 0x0C))
      sources.append(
        Source(
          indent: bare.prefix { $0 == 0x20 }.count, blanks: blanks, isReference: label == "ref",
          followsMeta: followsMeta))
      blanks = 0
      followsMeta = label == "meta"
    }
    labels = [LineLabel](repeating: .outside, count: lines.count)
    let references = sources.indices.filter { sources[$0].isReference }
    for (number, k) in references.enumerated() {
      let here = sources[k]
      let previous = number > 0 ? references[number - 1] : -99
      let starts = Self.looksLikeStart(lines[k].text)
      let follows = previous >= 0 && (previous == k - 1 || (k - previous <= 6 && here.followsMeta))
      let hangs = previous >= 0 && here.indent < sources[previous].indent - 1
      let next = number + 1 < references.count ? sources[references[number + 1]].indent : nil
      // After page furniture only the line itself can tell: a name, where the entry before has ended.
      let restarts =
        here.followsMeta && previous >= 0 && Self.endsEntry(lines[previous].text)
        && Self.looksLikeName(lines[k].text)
      let begins =
        !follows || hangs || restarts || (here.blanks > 0 && !here.followsMeta && starts)
        || (starts && (next ?? 0) > here.indent + 1)
      labels[k] = begins ? .begins : .continues
    }
  }

  /// A full stop, a digit or a closing bracket at the end.
  private static func endsEntry(_ line: [UInt8]) -> Bool {
    guard let last = line.last(where: { $0 > 0x20 }) else { return false }
    return last == 0x2E || last == 0x29 || (0x30...0x39).contains(last)
  }

  /// "Weber, M." at the beginning: a capital, then within thirty bytes a comma and another capital.
  private static func looksLikeName(_ line: [UInt8]) -> Bool {
    let text = line.drop { $0 <= 0x20 }
    guard let first = text.first, (0x41...0x5A).contains(first) || first >= 0x80,
      let comma = text.prefix(30).firstIndex(of: 0x2C), comma + 2 < text.endIndex
    else { return false }
    return text[comma + 1] == 0x20 && (0x41...0x5A).contains(text[comma + 2])
  }

  /// A capital, a dash or a number at the beginning.
  private static func looksLikeStart(_ line: [UInt8]) -> Bool {
    guard let first = line.first(where: { $0 > 0x20 }) else { return false }
    switch first {
    case 0x41...0x5A, 0x30...0x39, 0x5B, 0x5F, 0x2D, 0x80...: return true
    default: return line.starts(with: Array("van ".utf8)) || line.starts(with: Array("de ".utf8))
    }
  }
}

/// Trains the finder of reference lists on labelled documents and on synthetic ones made of them.
public struct FinderTraining {
  public struct Options: Sendable {
    public var passes = 12
    public var seed: UInt64 = 5
    /// Synthetic documents.
    public var synthetic = 640
    public init() {}
  }

  private let parserModel: LinearChainModel
  private let gazetteers: Gazetteers
  private let noise: ScanNoise
  /// Sequences are cut to this many lines, for more steps of the gradient.
  private static let stretch = 120

  /// Uses the gazetteers of a trained parser and the confusions of scanners. Throws `ModelError` or `LexiconError`.
  public init(lexicons: LexiconFolder) throws {
    let path = lexicons.path("references/model.crf")
    noise = try ScanNoise(lexicons: lexicons)
    parserModel = try LinearChainModel(path: path)
    guard let gazetteers = parserModel.gazetteers else { throw ModelError.notAModel(path) }
    self.gazetteers = gazetteers
  }

  /// Trains; `references` are strings to make synthetic lists of. Returns the bytes of the model file.
  public func train(
    _ documents: [LabelledLines], references: [String], options: Options, report: (String) -> Void
  ) -> [UInt8] {
    var trainer = LinearChainTrainer(states: LineLabel.allCases.count) { from, to in
      // Nothing goes on at the start or right after a heading.
      to != Int(LineLabel.continues.rawValue) || (from != nil && from != Int(LineLabel.heading.rawValue))
    }
    var random = SeededRandom(seed: options.seed)
    var all = documents.map { headed($0) }
    if !references.isEmpty {
      let bodies = documents.map(\.outsideLines)
      for number in 0..<options.synthetic {
        all.append(
          SyntheticList.document(
            number, bodies: bodies, references: references, noise: noise, &random))
      }
    }
    for document in all {
      let features = LineFeatures(ReferenceFinder.facts(document.lines, gazetteers))
      var from = 0
      while from < document.labels.count {
        var to = min(document.labels.count, from + Self.stretch)
        // Nothing goes on at the start of a sequence: cut where an entry begins or none is.
        while to < document.labels.count, document.labels[to] == .continues { to += 1 }
        let base = features.offsets[from]
        trainer.add(
          Array(features.hashes[base..<features.offsets[to]]),
          features.offsets[from...to].map { $0 - base },
          states: document.labels[from..<to].map(\.rawValue))
        from = to
      }
    }
    var training = LinearChainTrainer.Options()
    training.passes = options.passes
    training.seed = options.seed
    training.pruning = 0.01
    training.minimumCount = 3
    training.dropout = 0.3
    return trainer.train(training, report: report).image(gazetteers: nil)
  }

  /// Marks the headings before lists, which the set does not mark.
  private func headed(_ document: LabelledLines) -> LabelledLines {
    var document = document
    let facts = ReferenceFinder.facts(document.lines, gazetteers)
    for k in facts.indices where facts[k].facts.heading == .list && document.labels[k] == .outside {
      let ahead = document.labels[k..<min(document.labels.count, k + 12)]
      if ahead.contains(.begins) { document.labels[k] = .heading }
    }
    return document
  }

  /// Scores a finder on labelled documents: lines of entries, and entries with exactly their lines.
  public func score(_ image: [UInt8], on documents: [LabelledLines]) throws -> FinderScore {
    let finder = try ReferenceFinder(
      model: LinearChainModel(MappedFile(copying: image), name: "the new finder"), parserModel: parserModel)
    return score(finder, on: documents)
  }

  /// The same for a finder at hand.
  public func score(_ finder: ReferenceFinder, on documents: [LabelledLines]) -> FinderScore {
    var score = FinderScore()
    for document in documents {
      let given = finder.labels(document.lines)
      for (wanted, got) in zip(document.labels, given) {
        let (a, b) = (wanted == .begins || wanted == .continues, got == .begins || got == .continues)
        if a && b {
          score.lines.right += 1
        } else if b {
          score.lines.wrong += 1
        } else if a {
          score.lines.missed += 1
        }
      }
      let wanted = Set(finder.groups(document.labels, document.lines).map(\.lines))
      let got = Set(finder.groups(given, document.lines).map(\.lines))
      let right = wanted.intersection(got).count
      func text(_ entry: [Int]) -> [String] {
        entry.map { String(decoding: document.lines[$0].text, as: UTF8.self) }
      }
      for entry in wanted.subtracting(got) {
        score.faults.append((document.id, entry[0], true, text(entry)))
      }
      for entry in got.subtracting(wanted) {
        score.faults.append((document.id, entry[0], false, text(entry)))
      }
      score.entries.right += right
      score.entries.wrong += got.count - right
      score.entries.missed += wanted.count - right
      score.byDocument.append((document.id, wanted.count, right, got.count))
    }
    return score
  }
}

/// How well a finder does.
public struct FinderScore: Sendable {
  public struct Tally: Sendable {
    public var right = 0
    public var wrong = 0
    public var missed = 0
    public var f1: Double { right == 0 ? 0 : 2 * Double(right) / Double(2 * right + wrong + missed) }
  }
  public var lines = Tally()
  public var entries = Tally()
  /// Document, entries wanted, entries right, entries given.
  public var byDocument: [(id: String, wanted: Int, right: Int, given: Int)] = []

  /// Entries that were not found exactly, and those found in their place: document, first line, which of the two, text.
  public var faults: [(id: String, first: Int, isMissed: Bool, lines: [String])] = []

  public init() {}

  public static func + (a: FinderScore, b: FinderScore) -> FinderScore {
    func sum(_ a: Tally, _ b: Tally) -> Tally {
      Tally(right: a.right + b.right, wrong: a.wrong + b.wrong, missed: a.missed + b.missed)
    }
    var score = FinderScore()
    score.lines = sum(a.lines, b.lines)
    score.entries = sum(a.entries, b.entries)
    score.byDocument = a.byDocument + b.byDocument
    score.faults = a.faults + b.faults
    return score
  }
}

extension LabelledLines {
  /// The lines that belong to no list.
  var outsideLines: [[UInt8]] {
    zip(lines, labels).compactMap { $1 == .outside ? $0.text : nil }
  }
}
