import EmendModel
import FoundationEssentials

/// Scores labels and actors per sentence against gold (`chapter.tags.jsonl` and its like).
///
/// A gold label counts as found when the sentence bears it, or a kind of it; explicit and implicit ones are scored
/// apart, by the gold's word for what was to be found and by ours for what was found too much. Labels that the gold
/// calls doubtful are neither right nor wrong. Our labels outside the gold's scheme (theory, discourse, …) are not
/// scored.
public struct TagCheck: Sendable {
  /// One sentence of the gold.
  public struct GoldSentence: Sendable, Equatable {
    public var id: String
    public var line: Int
    public var lineEnd: Int
    public var firstWords: String
    /// Paths to whether they are implicit.
    public var labels: [String: Bool]
    public var actors: Set<String>
    public var doubtful: Set<String>
    /// Actors that are neither right nor wrong.
    public var doubtfulActors: Set<String>

    public init(
      id: String, line: Int, lineEnd: Int, firstWords: String, labels: [String: Bool], actors: Set<String>,
      doubtful: Set<String> = [], doubtfulActors: Set<String> = []
    ) {
      (self.id, self.line, self.lineEnd, self.firstWords) = (id, line, lineEnd, firstWords)
      (self.labels, self.actors) = (labels, actors)
      (self.doubtful, self.doubtfulActors) = (doubtful, doubtfulActors)
    }
  }

  /// One sentence of ours.
  public struct Sentence: Sendable {
    public var line: Int
    public var lineEnd: Int
    public var text: String
    public var tags: SentenceTags
    public init(line: Int, lineEnd: Int, text: String, tags: SentenceTags) {
      (self.line, self.lineEnd, self.text, self.tags) = (line, lineEnd, text, tags)
    }
  }

  /// The figures of one comparison.
  public struct Score: Sendable {
    public var explicit = Counts()
    public var implicit = Counts()
    public var all = Counts()
    public var actors = Counts()
    /// Right, wrong and missed per label; with `sentences` they give kappa.
    public var byLabel: [String: Counts] = [:]
    public var sentences = 0
    /// Gold sentences that we have no sentence for.
    public var unmatched: [String] = []
    /// Every difference, for reading: id, sign, what.
    public var differences: [(id: String, what: String)] = []

    /// Cohen's kappa of a label over sentences: agreement beyond chance.
    public func kappa(_ label: String) -> Double {
      guard let counts = byLabel[label], sentences > 0 else { return 1 }
      let n = Double(sentences)
      let ours = Double(counts.right + counts.wrong) / n
      let theirs = Double(counts.right + counts.missed) / n
      let agreed = 1 - Double(counts.wrong + counts.missed) / n
      let chance = ours * theirs + (1 - ours) * (1 - theirs)
      return chance >= 1 ? 1 : (agreed - chance) / (1 - chance)
    }
  }

  public let gold: [GoldSentence]

  /// Reads gold sentences, one JSON object a line. Throws `BadGoldLine`.
  public init(jsonl: [UInt8]) throws {
    gold = try GoldLines.decode(jsonl, as: GoldRecord.self).map(\.sentence)
  }

  public init(gold: [GoldSentence]) { self.gold = gold }

  /// Scores an edition.
  public func score(_ edition: Edition) -> Score {
    let document = edition.document
    let ours = edition.tags.sentences.compactMap { tags -> Sentence? in
      guard document.sentences.indices.contains(tags.sentence) else { return nil }
      let range = document.sentences[tags.sentence].range
      let places = document.places(ofReading: range)
      return Sentence(
        line: places.first.line, lineEnd: places.last.line, text: document.text(range), tags: tags)
    }
    return score(ours)
  }

  /// Scores sentences; those with line 0 are found by their first words alone.
  public func score(_ ours: [Sentence]) -> Score {
    var score = Score()
    var used: Set<Int> = []
    let starts = ours.map { Self.words($0.text, 6) }
    for sentence in gold {
      let key = Self.words(sentence.firstWords, 6)
      let match = ours.indices.first { index in
        guard !used.contains(index), starts[index] == key else { return false }
        let line = ours[index].line
        return line == 0 || line <= sentence.lineEnd && ours[index].lineEnd >= sentence.line
      }
      guard let match else {
        score.unmatched.append(sentence.id)
        compare(sentence, SentenceTags(sentence: 0), &score)
        continue
      }
      used.insert(match)
      compare(sentence, ours[match].tags, &score)
    }
    return score
  }

  private func compare(_ gold: GoldSentence, _ tags: SentenceTags, _ score: inout Score) {
    score.sentences += 1
    var found: [String: Bool] = [:]
    for hit in tags.labels {
      guard let path = Self.scored(hit.label) else { continue }
      found[path] = (found[path] ?? true) && hit.implicit
    }
    for path in Set(found.keys).union(gold.labels.keys).sorted() {
      if gold.doubtful.contains(path) { continue }
      switch (gold.labels[path], found[path]) {
      case (let implicit?, _?):
        score.add(\.right, path, implicit)
      case (let implicit?, nil):
        score.add(\.missed, path, implicit)
        score.differences.append((gold.id, "missed \(path)\(implicit ? " (implicit)" : "")"))
      case (nil, let implicit?):
        score.add(\.wrong, path, implicit)
        let entries = tags.labels.filter { $0.label.hasPrefix(path) }.flatMap(\.evidence).map(\.entry)
        score.differences.append(
          (gold.id, "wrong \(path)\(implicit ? " (implicit)" : "") by \(entries.joined(separator: ", "))"))
      case (nil, nil): break
      }
    }
    let actors = Set(tags.actors.map(\.id)).subtracting(gold.doubtfulActors)
    score.actors.right += actors.intersection(gold.actors).count
    score.actors.wrong += actors.subtracting(gold.actors).count
    score.actors.missed += gold.actors.subtracting(actors).count
    for id in actors.subtracting(gold.actors).sorted() {
      score.differences.append((gold.id, "wrong actor \(id)"))
    }
    for id in gold.actors.subtracting(actors).sorted() {
      score.differences.append((gold.id, "missed actor \(id)"))
    }
  }

  /// The gold's names for the labels that it scores, by our paths. An ancestor stands for its kinds.
  public static let scheme: [String: String] = [
    "mechanism/contracting": "contracting", "mechanism/coercion": "coercion",
    "mechanism/persuasion": "persuasion", "role/initiator": "initiator",
    "role/initiator/domestic": "initiator-domestic", "role/initiator/external": "initiator-external",
    "role/ratifier": "ratifier", "role/target-state": "target-state",
    "actor/international-organization": "international-organization", "actor/legislature": "legislature",
    "actor/executive": "executive", "actor/bureaucracy": "bureaucracy", "actor/judiciary": "judiciary",
    "actor/interest-group": "interest-group", "actor/public": "public",
    "actor/subnational-unit": "subnational-unit", "actor/ngo": "ngo",
    "actor/multinational-corporation": "multinational-corporation",
    "actor/epistemic-community": "epistemic-community", "actor/great-power": "great-power",
    "structure/centralized": "centralized", "structure/decentralized": "decentralized",
  ]

  /// The scored path that a label stands for: itself or its nearest ancestor in the scheme.
  static func scored(_ label: String) -> String? {
    var path = Substring(label)
    while true {
      if scheme[String(path)] != nil { return String(path) }
      guard let slash = path.lastIndex(of: "/") else { return nil }
      path = path[..<slash]
    }
  }

  /// The first words of a text, letters and digits only, note marks that are glued to words left off.
  static func words(_ text: String, _ count: Int) -> [String] {
    var words: [String] = []
    for piece in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let word = piece.filter { $0.isLetter || $0.isNumber }
      if !word.isEmpty { words.append(String(word)) }
      if words.count == count { break }
    }
    return words
  }
}

extension TagCheck.Score {
  fileprivate mutating func add(_ field: WritableKeyPath<Counts, Int>, _ path: String, _ implicit: Bool) {
    all[keyPath: field] += 1
    byLabel[path, default: Counts()][keyPath: field] += 1
    if implicit { self.implicit[keyPath: field] += 1 } else { explicit[keyPath: field] += 1 }
  }

  /// A table for people: the four lines, then one line a label with kappa.
  public var table: String {
    func rate(_ value: Double) -> String {
      let thousandths = Int((value * 1000).rounded())
      let text = String(abs(thousandths % 1000) + 1000).dropFirst()
      return (thousandths < 0 ? "-" : "") + "\(abs(thousandths / 1000)).\(text)"
    }
    func pad(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    func row(_ name: String, _ counts: Counts) -> String {
      pad(name, 36) + pad("\(counts.right)", 7) + pad("\(counts.wrong)", 7) + pad("\(counts.missed)", 7)
        + pad(rate(counts.precision), 8) + pad(rate(counts.recall), 8) + rate(counts.f1)
    }
    var lines = [pad("", 36) + "right  wrong  missed P       R       F1"]
    lines.append(row("explicit labels", explicit))
    lines.append(row("implicit labels", implicit))
    lines.append(row("all labels", all))
    lines.append(row("entities", actors))
    for label in byLabel.keys.sorted() {
      lines.append(row(label, byLabel[label] ?? Counts()) + "  kappa " + rate(kappa(label)))
    }
    if !unmatched.isEmpty { lines.append("not matched: " + unmatched.joined(separator: " ")) }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// A line of the gold as it is written.
private struct GoldRecord: Decodable {
  struct Label: Decodable {
    var label: String
    var implicit: Bool?
  }
  enum CodingKeys: String, CodingKey {
    case id, line, mechanisms, roles, structure, actors, doubtful
    case lineEnd = "line_end"
    case firstWords = "first_words"
  }
  var id: String
  var line: Int
  var lineEnd: Int
  var firstWords: String
  var mechanisms: [Label]
  var roles: [Label]
  var structure: [Label]
  var actors: [String]
  var doubtful: [String]?

  var sentence: TagCheck.GoldSentence {
    let paths = Dictionary(TagCheck.scheme.map { ($0.value, $0.key) }, uniquingKeysWith: { a, _ in a })
    var labels: [String: Bool] = [:]
    for label in mechanisms + roles + structure {
      labels[paths[label.label] ?? label.label] = label.implicit ?? false
    }
    return TagCheck.GoldSentence(
      id: id, line: line, lineEnd: lineEnd, firstWords: firstWords, labels: labels, actors: Set(actors),
      doubtful: Set((doubtful ?? []).map { paths[$0] ?? $0 }))
  }
}
