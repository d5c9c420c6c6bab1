import GRDB

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How the sentences that a selection picks are spread over each document.
public struct Dispersion: Sendable {
  public struct Document: Sendable, Equatable {
    public var document: String
    /// All sentences, and those picked.
    public var sentences: Int
    public var hits: Int
    /// Where each stands, from 0 at the beginning of the document to 1 at its end, in the order of the text.
    public var positions: [Double]
    /// Pages to quote, one for each position.
    public var pages: [String]
    /// Hits in each of the equal parts.
    public var parts: [Int]
    /// Deviation of proportions (Gries 2008), 0 for perfectly even, towards 1 for all in one place.
    public var deviation: Double
    /// Juilland's D (Juilland and Chang-Rodríguez 1964), 1 for perfectly even, 0 for all in one part.
    public var juilland: Double
  }

  public let documents: [Document]

  /// DP of counts in parts whose shares of the text are given: half the sum of the differences between the share of
  /// the hits and the share of the text.
  ///
  ///     Dispersion.deviation([2, 0], shares: [0.5, 0.5])   // 0.5
  public static func deviation(_ counts: [Int], shares: [Double]) -> Double {
    let total = counts.reduce(0, +)
    guard total > 0 else { return 0 }
    return zip(counts, shares).reduce(0) { $0 + abs(Double($1.0) / Double(total) - $1.1) } / 2
  }

  /// D of counts in equal parts: 1 − V ÷ √(n − 1), where V is the coefficient of variation.
  ///
  ///     Dispersion.juilland([1, 1, 1, 1])   // 1
  public static func juilland(_ counts: [Int]) -> Double {
    guard counts.count > 1 else { return 1 }
    let n = Double(counts.count)
    let mean = Double(counts.reduce(0, +)) / n
    guard mean > 0 else { return 0 }
    let variance = counts.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / n
    return max(0, 1 - variance.squareRoot() / mean / (n - 1).squareRoot())
  }
}

extension Corpus {
  /// The spread of the picked sentences over every document that has one, over `parts` parts of equal length.
  public func dispersion(of selection: Selection, parts: Int = 20) throws -> Dispersion {
    try read { db in
      try selection.check(db)
      let parts = max(1, min(parts, 1000))
      guard let condition = selection.condition(on: .sentence) else {
        throw CorpusError.badRequest("name what is to be looked for: --label, --actor or --where")
      }
      var documents: [Dispersion.Document] = []
      let ends = try Row.fetchAll(
        db, sql: "SELECT document, count(*), max(end) FROM sentences GROUP BY 1 ORDER BY 1")
      for row in ends {
        let name: String = row[0]
        let length = max(1, row[2] as Int)
        let hits = try Row.fetchAll(
          db,
          sql: """
            SELECT start, page_label FROM (SELECT * FROM sentences WHERE \(condition.sql)) s
            WHERE s.document = ? ORDER BY start
            """, arguments: condition.arguments + [name])
        if hits.isEmpty { continue }
        let positions = hits.map { Double($0[0] as Int) / Double(length) }
        var counts = [Int](repeating: 0, count: parts)
        for position in positions { counts[min(parts - 1, Int(position * Double(parts)))] += 1 }
        documents.append(
          Dispersion.Document(
            document: name, sentences: row[1], hits: hits.count, positions: positions,
            pages: hits.map { $0[1] as String }, parts: counts,
            deviation: Dispersion.deviation(
              counts, shares: [Double](repeating: 1 / Double(parts), count: parts)),
            juilland: Dispersion.juilland(counts)))
      }
      return Dispersion(documents: documents)
    }
  }
}
