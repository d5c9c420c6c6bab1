import EmendModel
import FoundationEssentials

/// Agreement of two annotators on the labels of the same sentences, label by label.
///
/// ```swift
/// let agreement = TagAgreement(first, second)
/// agreement.labels["mechanism/coercion"]?.kappa   // 0.87
/// ```
///
/// A label counts for its ancestors too. The measure is Cohen's kappa (1960) over the sentences that both have: each
/// sentence bears the label or does not.
public struct TagAgreement: Sendable {
  /// The labels that one annotator gave to one sentence.
  public struct Sentence: Sendable, Equatable {
    public var id: String
    /// Its line and first words, by which sentences are paired where both files have them; empty when unknown.
    public var place: String
    public var labels: Set<String>
    /// Labels that the annotator leaves open.
    public var doubtful: Set<String>
    public init(id: String, place: String = "", labels: Set<String>, doubtful: Set<String> = []) {
      self.id = id
      self.place = place
      self.labels = labels
      self.doubtful = doubtful
    }
  }

  /// The fourfold table of one label.
  public struct Fourfold: Sendable, Equatable {
    public var both = 0
    public var onlyFirst = 0
    public var onlySecond = 0
    public var neither = 0

    public init(both: Int = 0, onlyFirst: Int = 0, onlySecond: Int = 0, neither: Int = 0) {
      self.both = both
      self.onlyFirst = onlyFirst
      self.onlySecond = onlySecond
      self.neither = neither
    }

    /// The second annotator scored by the first.
    public var counts: Counts { Counts(right: both, wrong: onlySecond, missed: onlyFirst) }

    /// Cohen's kappa: agreement beyond chance; 1 where chance alone leaves no room.
    ///
    ///     Fourfold(both: 20, onlyFirst: 5, onlySecond: 10, neither: 15).kappa   // 0.4
    public var kappa: Double {
      let n = Double(both + onlyFirst + onlySecond + neither)
      guard n > 0 else { return 1 }
      let first = Double(both + onlyFirst) / n
      let second = Double(both + onlySecond) / n
      let chance = first * second + (1 - first) * (1 - second)
      return chance >= 1 ? 1 : (Double(both + neither) / n - chance) / (1 - chance)
    }
  }

  /// A line that is no sentence with labels; lines from 1.
  public struct BadLine: Error, Sendable, Equatable {
    public let line: Int
  }

  /// Sentences that both annotators have.
  public private(set) var sentences = 0
  /// Sentences that one of them has alone.
  public let unpaired: Int
  /// By label path.
  public private(set) var labels: [String: Fourfold] = [:]
  /// Every difference: the sentence, the label, and whether the first annotator gave it.
  public private(set) var differences: [(id: String, label: String, isFirst: Bool)] = []

  public init(_ first: [Sentence], _ second: [Sentence]) {
    let havePlaces = (first + second).allSatisfy { !$0.place.isEmpty }
    func key(_ sentence: Sentence) -> String { havePlaces ? sentence.place : sentence.id }
    let other = Dictionary(second.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
    let pairs = first.compactMap { one in other[key(one)].map { (one, $0) } }
    sentences = pairs.count
    unpaired = first.count + second.count - 2 * pairs.count
    let paired = pairs.map { ($0.0, Self.closed($0.0.labels), Self.closed($0.1.labels), $0.1) }
    let paths = Set(paired.flatMap { $0.1.union($0.2) }).sorted()
    for path in paths {
      var table = Fourfold()
      for (one, a, b, two) in paired where !one.doubtful.contains(path) && !two.doubtful.contains(path) {
        switch (a.contains(path), b.contains(path)) {
        case (true, true): table.both += 1
        case (true, false):
          table.onlyFirst += 1
          differences.append((one.id, path, true))
        case (false, true):
          table.onlySecond += 1
          differences.append((one.id, path, false))
        case (false, false): table.neither += 1
        }
      }
      labels[path] = table
    }
  }

  /// All decisions together.
  public var total: Fourfold {
    labels.values.reduce(into: Fourfold()) { sum, table in
      sum.both += table.both
      sum.onlyFirst += table.onlyFirst
      sum.onlySecond += table.onlySecond
      sum.neither += table.neither
    }
  }

  /// The labels with their ancestors below the layer: "mechanism/coercion" for "mechanism/coercion/sanctions".
  private static func closed(_ labels: Set<String>) -> Set<String> {
    var all = labels
    for label in labels {
      var path = Substring(label)
      while let slash = path.lastIndex(of: "/"), path[..<slash].contains("/") {
        path = path[..<slash]
        all.insert(String(path))
      }
    }
    return all
  }

  // MARK: Reading

  /// Reads sentences, one JSON object a line, as `emend tag` writes them or in the form of the gold. Throws `BadLine`.
  public static func sentences(jsonl: [UInt8]) throws -> [Sentence] {
    let decoder = JSONDecoder()
    var sentences: [Sentence] = []
    for (index, line) in jsonl.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where line.contains(where: { $0 > 0x20 }) {
      guard let record = try? decoder.decode(Record.self, from: Data(line)) else {
        throw BadLine(line: index + 1)
      }
      sentences.append(record.sentence)
    }
    return sentences
  }

  private struct Record: Decodable {
    struct Label: Decodable { var label: String }
    var id: String
    var line: Int?
    /// The sentence, or its first words.
    var text: String?
    var labels, mechanisms, roles, structure: [Label]?
    var doubtful: [String]?

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      id = try container.decode(String.self, forKey: .id)
      line = try container.decodeIfPresent(Int.self, forKey: .line)
      text = try container.decodeIfPresent(String.self, forKey: .text)
      text = try text ?? container.decodeIfPresent(String.self, forKey: .firstWords)
      func list(_ key: Keys) throws -> [Label]? { try container.decodeIfPresent([Label].self, forKey: key) }
      (labels, mechanisms) = (try list(.labels), try list(.mechanisms))
      (roles, structure) = (try list(.roles), try list(.structure))
      doubtful = try container.decodeIfPresent([String].self, forKey: .doubtful)
      if labels == nil, mechanisms == nil, roles == nil, structure == nil {
        throw DecodingError.keyNotFound(
          Keys.labels, DecodingError.Context(codingPath: [], debugDescription: "no labels"))
      }
    }

    private enum Keys: String, CodingKey {
      case id, line, text, labels, mechanisms, roles, structure, doubtful
      case firstWords = "first_words"
    }

    private var place: String {
      guard let line, let text else { return "" }
      return "\(line) " + TagCheck.words(text, 6).joined(separator: " ")
    }

    var sentence: Sentence {
      let paths = Dictionary(TagCheck.scheme.map { ($0.value, $0.key) }, uniquingKeysWith: { a, _ in a })
      let all = [labels, mechanisms, roles, structure].compactMap(\.self).flatMap(\.self)
      return Sentence(
        id: id, place: place, labels: Set(all.map { paths[$0.label] ?? $0.label }),
        doubtful: Set((doubtful ?? []).map { paths[$0] ?? $0 }))
    }
  }
}

extension TagAgreement {
  /// A table for people: one line a label, then all together.
  public func text(faults: Bool) -> String {
    let width = max(14, labels.keys.map(\.count).max() ?? 0) + 2
    func pad(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    func row(_ name: String, _ table: Fourfold) -> String {
      let counts = table.counts
      return pad(name, width) + pad("\(table.both)", 7) + pad("\(table.onlyFirst)", 7)
        + pad("\(table.onlySecond)", 8)
        + [counts.precision, counts.recall, counts.f1, table.kappa].map { pad(Self.rate($0), 8) }.joined()
    }
    var lines = [pad("", width) + "both   first  second  P       R       F1      kappa"]
    for label in labels.keys.sorted() { lines.append(row(label, labels[label] ?? Fourfold())) }
    lines.append(row("all labels", total))
    lines.append(counted(sentences, "sentence"))
    if faults {
      for each in differences {
        lines.append("\(each.id) \(each.label): only the \(each.isFirst ? "first" : "second")")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  public var csv: String {
    var text = "label,both,only_first,only_second,neither,precision,recall,f1,kappa\n"
    for (label, table) in labels.sorted(by: { $0.key < $1.key }) + [("all", total)] {
      let counts = table.counts
      text += "\(label),\(table.both),\(table.onlyFirst),\(table.onlySecond),\(table.neither),"
      text += [counts.precision, counts.recall, counts.f1, table.kappa].map(Self.rate).joined(separator: ",")
      text += "\n"
    }
    return text
  }

  public func json() -> [UInt8] {
    var json = JSONLine()
    json.object {
      $0.field("sentences", sentences)
      $0.field("unpaired", unpaired)
      $0.array("labels") {
        for (label, table) in labels.sorted(by: { $0.key < $1.key }) + [("all", total)] {
          $0.object {
            $0.field("label", label)
            $0.field("both", table.both)
            $0.field("only_first", table.onlyFirst)
            $0.field("only_second", table.onlySecond)
            $0.field("neither", table.neither)
            $0.field("precision", table.counts.precision)
            $0.field("recall", table.counts.recall)
            $0.field("f1", table.counts.f1)
            $0.field("kappa", table.kappa)
          }
        }
      }
    }
    json.endLine()
    return json.bytes
  }

  /// Three decimals.
  private static func rate(_ value: Double) -> String {
    let thousandths = Int((abs(value) * 1000).rounded())
    let text = String(thousandths % 1000 + 1000).dropFirst()
    return (value < 0 && thousandths > 0 ? "-" : "") + "\(thousandths / 1000).\(text)"
  }
}
