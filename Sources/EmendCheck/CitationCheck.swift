import EmendModel
import EmendPipeline
import FoundationEssentials

/// Scores the in-text citations of a document against gold in the fields of `emend cite`.
///
/// A citation is found when one with its line and key stands in the gold; the two lists are aligned in text order.
/// Fields are then compared on those that were found. What the gold excludes must not be cited: no citation may
/// stand on the same line with a text that holds, or is held by, an excluded one.
///
/// ```swift
/// let result = try CitationCheck(gold: bytes, excluded: excludedBytes).score(edition)
/// result.found.f1              // 1.0
/// result.fields["authors"]     // share right among those found
/// print(result.report)
/// ```
public struct CitationCheck: Sendable {
  /// One citation of the gold.
  public struct Gold: Decodable, Sendable {
    public struct Name: Decodable, Sendable, Equatable {
      var family: String
      var given: String?
      var suffix: String?
    }
    var line: Int
    var text: String
    var form: String
    var authors: [Name]
    var year: String?
    var locator: String
    var prefix: String
    var key: String
    var noteNumber: NoteNumber?
    var marker: String?

    enum CodingKeys: String, CodingKey {
      case line, text, form, authors, year, locator, prefix, key, marker
      case noteNumber = "note_number"
    }
  }

  /// A note number, written as a number or as text.
  public enum NoteNumber: Decodable, Sendable {
    case text(String)
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self = .text(String(number))
      } else {
        self = .text(try container.decode(String.self))
      }
    }
    var mark: String {
      switch self {
      case .text(let text): text
      }
    }
  }

  /// What is no citation.
  struct Excluded: Decodable, Sendable {
    var doc: String?
    var line: Int
    var text: String
    var kind: String
  }

  /// The outcome.
  public struct Result: Sendable {
    /// All citations but bare mentions of contributors.
    public var found = Counts()
    /// Bare mentions, which only knowledge of the contributors tells.
    public var bare = Counts()
    /// Of the citations found, how many have each field right.
    public var fields: [String: Int] = [:]
    /// Distinct works of the gold that were named, by key.
    public var works = Counts()
    /// Excluded look-alikes that were cited.
    public var lookAlikes: [String] = []
    /// What went wrong, a line each.
    public var errors: [String] = []

    /// The figures as lines of text.
    public var report: String {
      func percent(_ part: Int) -> String {
        let share = found.right == 0 ? 1 : Double(part) / Double(found.right)
        return decimal(share)
      }
      var lines = [
        "citations  right \(found.right)  wrong \(found.wrong)  missed \(found.missed)  F1 \(decimal(found.f1))",
        "bare       right \(bare.right)  wrong \(bare.wrong)  missed \(bare.missed)  F1 \(decimal(bare.f1))",
        "works      right \(works.right)  wrong \(works.wrong)  missed \(works.missed)",
        "look-alikes cited \(lookAlikes.count)",
      ]
      for field in CitationCheck.fieldNames { lines.append("\(field)  \(percent(fields[field] ?? 0))") }
      return (lines + lookAlikes.map { "cited look-alike: \($0)" } + errors).joined(separator: "\n") + "\n"
    }

    private func decimal(_ value: Double) -> String {
      var json = JSONLine()
      json.value(value)
      return String(decoding: json.bytes, as: UTF8.self)
    }
  }

  static let fieldNames = ["text", "form", "authors", "year", "locator", "prefix", "note_number"]

  private let gold: [Gold]
  private let excluded: [Excluded]
  /// Lines of the input that the gold covers.
  private let lines: ClosedRange<Int>

  /// Reads gold and exclusions from JSON Lines. `lines` are the lines of the input that the gold covers, by default
  /// up to its last citation. Throws `BadGoldLine`.
  public init(gold: [UInt8], excluded: [UInt8] = [], document: String? = nil, lines: ClosedRange<Int>? = nil)
    throws
  {
    self.gold = try GoldLines.decode(gold)
    let all = try GoldLines.decode(excluded, as: Excluded.self)
    self.excluded = all.filter { document == nil || $0.doc == nil || $0.doc == document }
    self.lines = lines ?? 1...(self.gold.map(\.line).max() ?? 1)
  }

  public func score(_ edition: Edition) -> Result {
    var result = Result()
    let given = edition.citations.citations.map { (citation: $0, line: line($0, edition)) }
      .filter { lines.contains($0.line) }
    let pairs = align(gold.map { "\($0.line) \($0.key)" }, given.map { "\($0.line) \($0.citation.key)" })
    var usedGold: Set<Int> = []
    var usedGiven: Set<Int> = []
    for (left, right) in pairs {
      usedGold.insert(left)
      usedGiven.insert(right)
      if gold[left].marker == "bare" { result.bare.right += 1 } else { result.found.right += 1 }
      compare(gold[left], given[right].citation, into: &result)
    }
    for (index, item) in gold.enumerated() where !usedGold.contains(index) {
      if item.marker == "bare" { result.bare.missed += 1 } else { result.found.missed += 1 }
      result.errors.append("missed line \(item.line): \(item.text) (\(item.key))")
    }
    for (index, item) in given.enumerated() where !usedGiven.contains(index) {
      if item.citation.marker == "bare" { result.bare.wrong += 1 } else { result.found.wrong += 1 }
      result.errors.append("wrong line \(item.line): \(item.citation.text) (\(item.citation.key))")
    }
    let goldWorks = Set(gold.map(\.key))
    let givenWorks = Set(given.map(\.citation.key))
    result.works = Counts(
      right: goldWorks.intersection(givenWorks).count, wrong: givenWorks.subtracting(goldWorks).count,
      missed: goldWorks.subtracting(givenWorks).count)
    for item in excluded {
      let hit = given.contains { $0.line == item.line && $0.citation.text == item.text }
      if hit { result.lookAlikes.append("line \(item.line): \(item.text) (\(item.kind))") }
    }
    return result
  }

  private func line(_ citation: Citation, _ edition: Edition) -> Int {
    edition.document.place(ofReading: citation.range.lowerBound).line
  }

  private func compare(_ gold: Gold, _ citation: Citation, into result: inout Result) {
    let authors = citation.authors.map { Gold.Name(family: $0.family, given: $0.given, suffix: $0.suffix) }
    let checks: [(String, Bool)] = [
      ("text", gold.text == citation.text), ("form", gold.form == citation.form.rawValue),
      ("authors", gold.authors == authors), ("year", gold.year == citation.year),
      ("locator", gold.locator == citation.locator), ("prefix", gold.prefix == citation.prefix),
      ("note_number", gold.noteNumber?.mark == citation.noteMark),
    ]
    for (field, isRight) in checks {
      if isRight {
        if gold.marker != "bare" { result.fields[field, default: 0] += 1 }
      } else {
        result.errors.append("\(field) line \(gold.line): \(gold.text)")
      }
    }
  }

  /// The longest common subsequence of two lists, as pairs of indices in order.
  private func align(_ left: [String], _ right: [String]) -> [(Int, Int)] {
    let width = right.count + 1
    var lengths = [Int32](repeating: 0, count: (left.count + 1) * width)
    for i in left.indices.reversed() {
      for j in right.indices.reversed() {
        lengths[i * width + j] =
          left[i] == right[j]
          ? lengths[(i + 1) * width + j + 1] + 1
          : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var pairs: [(Int, Int)] = []
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      if left[i] == right[j] {
        pairs.append((i, j))
        (i, j) = (i + 1, j + 1)
      } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return pairs
  }
}
