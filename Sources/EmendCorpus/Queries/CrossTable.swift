import EmendModel
import GRDB

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How often two things meet in the sentences, passages, sections or documents of a corpus.
public struct CrossTable: Sendable {
  /// Where two things must stand together to be counted.
  public enum Within: String, Sendable, CaseIterable { case sentence, passage, section, document }

  public struct Cell: Sendable, Equatable {
    public var row: String
    public var column: String
    /// Units that have both.
    public var count: Int
    /// Share of the units that have the row's value, and of those that have the column's; 0 to 1.
    public var shareOfRow: Double
    public var shareOfColumn: Double
    /// What chance alone would give: row total × column total ÷ all units.
    public var expected: Double
    /// Pointwise mutual information in bits, log₂(count ÷ expected) (Church and Hanks 1990); 0 for no count.
    public var association: Double
    /// Log-likelihood ratio of the fourfold table (Dunning 1993); 3.84 is the 5 per cent point.
    public var logLikelihood: Double
    /// The passages behind the count, when they were asked for.
    public var passages: [Passage]
  }

  public struct Passage: Sendable, Equatable {
    public var document: String
    public var pageLabel: String
    public var line: Int
    public var section: String
    public var text: String
  }

  public let rows: Dimension
  public let columns: Dimension
  public let within: Within
  /// All sentences, passages … that were looked at.
  public let units: Int
  /// In descending order of their totals.
  public let rowTotals: [(value: String, count: Int)]
  public let columnTotals: [(value: String, count: Int)]
  /// Row by row, in the order of the totals; cells with no count included.
  public let cells: [Cell]
}

extension Corpus {
  /// Counts how often the values of two dimensions meet.
  public func crossTable(
    rows: Dimension, columns: Dimension, within: CrossTable.Within = .passage,
    where selection: Selection = Selection(), passages: Bool = false
  ) throws -> CrossTable {
    try read { db in
      try selection.check(db)
      return try CrossTableCounter(db: db, rows: rows, columns: columns, within: within, selection: selection)
        .count(passages: passages)
    }
  }
}

/// One count.
struct CrossTableCounter {
  let db: Database
  let rows: Dimension
  let columns: Dimension
  let within: CrossTable.Within
  let selection: Selection

  private var unit: String { within.unit }
  private var condition: Selection.Condition? { selection.condition(on: .sentence) }
  private var sentences: String {
    condition.map { "(SELECT * FROM sentences WHERE \($0.sql))" } ?? "sentences"
  }

  /// `SELECT DISTINCT document, unit, value`.
  private func values(_ dimension: Dimension) -> (sql: String, arguments: StatementArguments) {
    var (sql, arguments) = dimension.query
    sql = """
      SELECT DISTINCT s.document AS document, \(unit) AS unit, v.value AS value
      FROM (\(sql)) v JOIN \(sentences) s ON s.document = v.document AND s.sentence = v.sentence
      """
    if let condition { arguments += condition.arguments }
    return (sql, arguments)
  }

  /// `limit` is the number of passages that each cell takes at most.
  func count(passages: Bool, limit: Int = Int.max) throws -> CrossTable {
    let total =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM (SELECT DISTINCT s.document, \(unit) FROM \(sentences) s)",
        arguments: condition?.arguments ?? []) ?? 0
    let (row, rowArguments) = values(rows)
    let (column, columnArguments) = values(columns)
    let rowTotals = try totals(row, rowArguments, rows.order)
    let columnTotals = try totals(column, columnArguments, columns.order)
    var counts: [String: [String: Int]] = [:]
    let pairs = try Row.fetchCursor(
      db,
      sql: """
        WITH r AS MATERIALIZED (\(row)), c AS MATERIALIZED (\(column))
        SELECT r.value, c.value, count(*) FROM r JOIN c ON c.document = r.document AND c.unit = r.unit
        GROUP BY 1, 2
        """, arguments: rowArguments + columnArguments)
    while let pair = try pairs.next() { counts[pair[0] as String, default: [:]][pair[1] as String] = pair[2] }
    let quoted = passages ? try quotations(row, rowArguments, column, columnArguments, limit) : [:]
    var cells: [CrossTable.Cell] = []
    for (value, rowCount) in rowTotals {
      for (other, columnCount) in columnTotals {
        cells.append(
          CrossTableCounter.cell(
            value, other, counts[value]?[other] ?? 0, rowCount, columnCount, total,
            quoted[value]?[other] ?? []))
      }
    }
    return CrossTable(
      rows: rows, columns: columns, within: within, units: total, rowTotals: rowTotals,
      columnTotals: columnTotals, cells: cells)
  }

  private func totals(
    _ sql: String, _ arguments: StatementArguments, _ order: String
  ) throws -> [(value: String, count: Int)] {
    try Row.fetchAll(
      db, sql: "SELECT value, count(*) FROM (\(sql)) GROUP BY 1 ORDER BY \(order)", arguments: arguments
    ).map { ($0[0], $0[1]) }
  }

  /// The sentences or passages of each cell, in the order of the corpus.
  private func quotations(
    _ row: String, _ rowArguments: StatementArguments, _ column: String,
    _ columnArguments: StatementArguments, _ limit: Int
  ) throws -> [String: [String: [CrossTable.Passage]]] {
    let source: String
    switch within {
    case .sentence: source = "sentences p ON p.document = m.document AND p.sentence = m.unit"
    case .passage: source = "blocks p ON p.document = m.document AND p.block = m.unit"
    case .section, .document:
      throw CorpusError.badRequest("--passages goes with --within sentence or passage")
    }
    var result: [String: [String: [CrossTable.Passage]]] = [:]
    let found = try Row.fetchCursor(
      db,
      sql: """
        WITH r AS MATERIALIZED (\(row)), c AS MATERIALIZED (\(column)),
          m AS (
            SELECT r.value AS row_value, c.value AS column_value, r.document AS document, r.unit AS unit,
              row_number() OVER (PARTITION BY r.value, c.value ORDER BY r.document, r.unit) AS rank
            FROM r JOIN c ON c.document = r.document AND c.unit = r.unit)
        SELECT m.row_value, m.column_value, p.document, p.page_label, p.line, p.section_title, p.text
        FROM m JOIN \(source) WHERE m.rank <= ? ORDER BY 1, 2, m.document, m.unit
        """, arguments: rowArguments + columnArguments + [limit])
    while let passage = try found.next() {
      result[passage[0] as String, default: [:]][passage[1] as String, default: []].append(
        CrossTable.Passage(
          document: passage[2], pageLabel: passage[3], line: passage[4], section: passage[5], text: passage[6]
        ))
    }
    return result
  }

  private static func cell(
    _ row: String, _ column: String, _ count: Int, _ rowCount: Int, _ columnCount: Int, _ total: Int,
    _ passages: [CrossTable.Passage]
  ) -> CrossTable.Cell {
    let expected = total == 0 ? 0 : Double(rowCount) * Double(columnCount) / Double(total)
    let observed = [count, rowCount - count, columnCount - count, total - rowCount - columnCount + count]
    let chances = [
      expected, Double(rowCount) - expected, Double(columnCount) - expected,
      Double(total - rowCount - columnCount) + expected,
    ]
    var likelihood = 0.0
    for (seen, chance) in zip(observed, chances) where seen > 0 && chance > 0 {
      likelihood += 2 * Double(seen) * log(Double(seen) / chance)
    }
    return CrossTable.Cell(
      row: row, column: column, count: count,
      shareOfRow: rowCount == 0 ? 0 : Double(count) / Double(rowCount),
      shareOfColumn: columnCount == 0 ? 0 : Double(count) / Double(columnCount), expected: expected,
      association: count == 0 || expected == 0 ? 0 : log2(Double(count) / expected),
      logLikelihood: likelihood,
      passages: passages)
  }
}
