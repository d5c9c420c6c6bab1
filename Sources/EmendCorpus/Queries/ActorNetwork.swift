import GRDB

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Which entities are named together, how often, and how much more often than chance would have it.
public struct ActorNetwork: Sendable {
  public struct Node: Sendable, Equatable {
    public var id: String
    public var name: String
    /// Label path of its kind; empty when none is known.
    public var kind: String
    /// Units that name it.
    public var count: Int
  }

  /// An undirected tie; `first` stands before `second` in the order of the ids.
  public struct Edge: Sendable, Equatable {
    public var first: String
    public var second: String
    /// Units that name both.
    public var count: Int
    /// Share of the units with either that have both (Jaccard).
    public var jaccard: Double
    /// Pointwise mutual information in bits (Church and Hanks 1990).
    public var association: Double
  }

  public let within: CrossTable.Within
  /// Sentences, passages … that were looked at.
  public let units: Int
  /// In the order of the ids; an entity without ties is a node too.
  public let nodes: [Node]
  public let edges: [Edge]

  init(
    within: CrossTable.Within, units: Int, nodes: [Node], pairs: [(first: String, second: String, count: Int)]
  ) {
    self.within = within
    self.units = units
    self.nodes = nodes
    let counts = Dictionary(nodes.map { ($0.id, $0.count) }, uniquingKeysWith: max)
    edges = pairs.map { pair in
      let (a, b) = (counts[pair.first] ?? 0, counts[pair.second] ?? 0)
      let either = a + b - pair.count
      let expected = units == 0 ? 0 : Double(a) * Double(b) / Double(units)
      return Edge(
        first: pair.first, second: pair.second, count: pair.count,
        jaccard: either == 0 ? 0 : Double(pair.count) / Double(either),
        association: expected == 0 ? 0 : log2(Double(pair.count) / expected))
    }
  }
}

extension Corpus {
  /// The network of the entities that stand together in a sentence, passage, section or document.
  ///
  /// `minimum` is the number of units from which on a tie counts.
  public func actorNetwork(
    within: CrossTable.Within = .sentence, where selection: Selection = Selection(), minimum: Int = 1
  ) throws -> ActorNetwork {
    try read { db in
      try selection.check(db)
      let condition = selection.condition(on: .sentence)
      let sentences = condition.map { "(SELECT * FROM sentences WHERE \($0.sql))" } ?? "sentences"
      let arguments = condition?.arguments ?? []
      let unit = within.unit
      let named = """
        SELECT DISTINCT s.document AS document, \(unit) AS unit, a.actor AS actor
        FROM \(sentences) s JOIN actors a ON a.document = s.document AND a.sentence = s.sentence
        """
      let units =
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM (SELECT DISTINCT s.document, \(unit) FROM \(sentences) s)",
          arguments: arguments) ?? 0
      let nodes = try Row.fetchAll(
        db,
        sql: """
          SELECT n.actor, count(*),
            (SELECT e.name FROM entities e WHERE e.entity = n.actor ORDER BY e.document LIMIT 1),
            (SELECT e.kind FROM entities e WHERE e.entity = n.actor ORDER BY e.document LIMIT 1)
          FROM (\(named)) n GROUP BY 1 ORDER BY 1
          """, arguments: arguments
      ).map { row in
        ActorNetwork.Node(
          id: row[0], name: (row[2] as String?) ?? row[0], kind: (row[3] as String?) ?? "", count: row[1])
      }
      let pairs = try Row.fetchAll(
        db,
        sql: """
          WITH n AS MATERIALIZED (\(named))
          SELECT a.actor, b.actor, count(*) FROM n a
            JOIN n b ON b.document = a.document AND b.unit = a.unit AND b.actor > a.actor
          GROUP BY 1, 2 HAVING count(*) >= ? ORDER BY 1, 2
          """, arguments: arguments + [minimum]
      ).map { (first: $0[0] as String, second: $0[1] as String, count: $0[2] as Int) }
      return ActorNetwork(within: within, units: units, nodes: nodes, pairs: pairs)
    }
  }
}

extension CrossTable.Within {
  /// The number of the unit in its document, for a row `s` of `sentences`.
  var unit: String {
    switch self {
    case .sentence: "s.sentence"
    case .passage: "s.block"
    case .section: "(SELECT b.section FROM blocks b WHERE b.document = s.document AND b.block = s.block)"
    case .document: "0"
    }
  }
}
