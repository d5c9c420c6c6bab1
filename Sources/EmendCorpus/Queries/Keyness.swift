import EmendModel
import EmendText
import GRDB

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is typical of one part of a corpus, measured against another part.
public struct Keyness: Sendable {
  /// What is counted.
  public enum Terms: String, Sendable, CaseIterable {
    /// Words of the reading text, in small letters; their total are all words.
    case words
    /// Labels with their ancestors; their total are all sentences.
    case labels
    /// Entities; their total are all sentences.
    case actors
  }

  public struct Term: Sendable, Equatable {
    public var term: String
    /// Occurrences in the part that is looked at, and in the part it is measured against.
    public var target: Int
    public var reference: Int
    /// The same per thousand of the part's total.
    public var targetRate: Double
    public var referenceRate: Double
    /// Log-likelihood G² of the two counts out of the two totals (Rayson and Garside 2000), negative where the term
    /// is rarer in the target; 6.63 is the one per cent point, 10.83 that of one in a thousand.
    public var logLikelihood: Double
    /// Log ratio of the two rates, in bits (Hardie 2014): 1 is twice as often. No occurrence counts as half a one.
    public var logRatio: Double
  }

  public let terms: Terms
  public let targetTotal: Int
  public let referenceTotal: Int
  /// The strongest first; those typical of the reference last.
  public let rows: [Term]

  /// G² of `a` out of `n` against `b` out of `m`.
  ///
  ///     Keyness.logLikelihood(20, of: 1000, 5, of: 1000)   // 9.64
  public static func logLikelihood(_ a: Int, of n: Int, _ b: Int, of m: Int) -> Double {
    guard n > 0, m > 0, a + b > 0 else { return 0 }
    let share = Double(a + b) / Double(n + m)
    func part(_ observed: Int, _ total: Int) -> Double {
      observed == 0 ? 0 : Double(observed) * log(Double(observed) / (Double(total) * share))
    }
    let value = max(0, 2 * (part(a, n) + part(b, m)))
    return Double(a) * Double(m) < Double(b) * Double(n) ? -value : value
  }

  /// The log ratio in bits, with half an occurrence for none.
  ///
  ///     Keyness.logRatio(8, of: 1000, 1, of: 1000)   // 3
  public static func logRatio(_ a: Int, of n: Int, _ b: Int, of m: Int) -> Double {
    guard n > 0, m > 0 else { return 0 }
    let one = (a == 0 ? 0.5 : Double(a)) / Double(n)
    let other = (b == 0 ? 0.5 : Double(b)) / Double(m)
    return log2(one / other)
  }

  init(
    terms: Terms, target: [String: Int], of targetTotal: Int, reference: [String: Int],
    of referenceTotal: Int, minimum: Int
  ) {
    self.terms = terms
    self.targetTotal = targetTotal
    self.referenceTotal = referenceTotal
    var rows: [Term] = []
    for term in Set(target.keys).union(reference.keys).sorted() {
      let (a, b) = (target[term] ?? 0, reference[term] ?? 0)
      if a + b < minimum { continue }
      rows.append(
        Term(
          term: term, target: a, reference: b,
          targetRate: targetTotal == 0 ? 0 : 1000 * Double(a) / Double(targetTotal),
          referenceRate: referenceTotal == 0 ? 0 : 1000 * Double(b) / Double(referenceTotal),
          logLikelihood: Self.logLikelihood(a, of: targetTotal, b, of: referenceTotal),
          logRatio: Self.logRatio(a, of: targetTotal, b, of: referenceTotal)))
    }
    self.rows = rows.sorted { ($1.logLikelihood, $0.term) < ($0.logLikelihood, $1.term) }
  }
}

extension Corpus {
  /// Compares two parts of the corpus. Without `reference` the target is measured against all other sentences.
  ///
  /// ```swift
  /// var law = Selection()
  /// law.add(.document, "treaties*")
  /// try corpus.keyness(of: law).rows.first?.term   // "ratification"
  /// ```
  public func keyness(
    of target: Selection, against reference: Selection? = nil, terms: Keyness.Terms = .words,
    minimum: Int = 3
  ) throws -> Keyness {
    try read { db in
      for selection in [target, reference].compactMap(\.self) { try selection.check(db) }
      let inside = try TermCounts(target.condition(on: .sentence), terms, db)
      var outside: TermCounts
      if let reference {
        outside = try TermCounts(reference.condition(on: .sentence), terms, db)
      } else {
        outside = try TermCounts(nil, terms, db)
        outside.take(away: inside)
      }
      return Keyness(
        terms: terms, target: inside.counts, of: inside.total, reference: outside.counts, of: outside.total,
        minimum: minimum)
    }
  }
}

/// The terms of some sentences with how often each occurs.
private struct TermCounts {
  private(set) var counts: [String: Int] = [:]
  private(set) var total = 0

  init(_ condition: Selection.Condition?, _ terms: Keyness.Terms, _ db: Database) throws {
    let sentences = condition.map { "(SELECT * FROM sentences WHERE \($0.sql))" } ?? "sentences"
    let arguments = condition?.arguments ?? []
    switch terms {
    case .words:
      let rows = try Row.fetchCursor(db, sql: "SELECT text FROM \(sentences)", arguments: arguments)
      while let row = try rows.next() { add(words: row[0] as String) }
    case .labels, .actors:
      total = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(sentences)", arguments: arguments) ?? 0
      let (table, column) = terms == .labels ? ("tags", "label") : ("actors", "actor")
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT DISTINCT s.document, s.sentence, t.\(column) FROM \(sentences) s
            JOIN \(table) t ON t.document = s.document AND t.sentence = s.sentence ORDER BY 1, 2
          """, arguments: arguments)
      var place = ("", 0)
      var seen: Set<String> = []
      while let row = try rows.next() {
        let here = (row[0] as String, row[1] as Int)
        if here != place { seen = [] }
        place = here
        var name: String = row[2]
        // A label counts for its ancestors too, once a sentence.
        while seen.insert(name).inserted {
          counts[name, default: 0] += 1
          guard terms == .labels, let slash = name.lastIndex(of: "/") else { break }
          name = String(name[..<slash])
        }
      }
    }
  }

  private mutating func add(words text: String) {
    let bytes = Array(text.lowercased().utf8)
    Words.forEach(in: bytes) { range in
      counts[String(decoding: bytes[range], as: UTF8.self), default: 0] += 1
      total += 1
    }
  }

  mutating func take(away other: TermCounts) {
    total -= other.total
    for (term, count) in other.counts {
      let left = (counts[term] ?? 0) - count
      counts[term] = left > 0 ? left : nil
    }
  }
}
