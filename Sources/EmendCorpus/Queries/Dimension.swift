import GRDB

/// One side of a table: labels below a path, actors, sections, works …
public struct Dimension: Sendable, Equatable {
  enum Source: Sendable, Equatable {
    /// The labels one step below a path; with an empty path all labels as they are.
    case labels(below: String)
    case actor, section, document, kind, page, year, work, author
  }

  /// As asked for.
  public let name: String
  let source: Source

  private static let fixed: [(String, Source)] = [
    ("label", .labels(below: "")), ("actor", .actor), ("section", .section), ("document", .document),
    ("kind", .kind), ("page", .page), ("year", .year), ("work", .work), ("author", .author),
    ("actor-type", .labels(below: "actor")),
  ]

  /// Finds the dimension of a name: a field (`section`, `actor`, `year` …), a label path (`mechanism`,
  /// `role/initiator`), or the last part of exactly one label path of the corpus (`initiator`).
  ///
  /// Throws `CorpusError.badRequest` naming what there is.
  public init(_ name: String, in corpus: Corpus) throws {
    self = try corpus.read { try Dimension(name, db: $0) }
  }

  init(_ name: String, db: Database) throws {
    self.name = name
    if let (_, source) = Dimension.fixed.first(where: { $0.0 == name }) {
      self.source = source
      return
    }
    let used = try String.fetchAll(db, sql: "SELECT DISTINCT label FROM tags ORDER BY label")
    var paths: Set<String> = []
    for label in used {
      var path = label
      while paths.insert(path).inserted, let slash = path.lastIndex(of: "/") { path = String(path[..<slash]) }
    }
    if paths.contains(name) {
      source = .labels(below: name)
      return
    }
    let ends = paths.filter { $0.hasSuffix("/" + name) }.sorted()
    guard ends.count == 1 else {
      let names = Dimension.fixed.map(\.0)
      let known = names + paths.filter { !$0.contains("/") && !names.contains($0) }.sorted()
      throw CorpusError.badRequest(
        ends.isEmpty
          ? "no field or label is named \(name); there are \(known.joined(separator: ", ")), and label paths"
          : "\(name) could be \(ends.joined(separator: " or "))")
    }
    source = .labels(below: ends[0])
  }

  /// `SELECT document, sentence, value`.
  var query: (sql: String, arguments: StatementArguments) {
    switch source {
    case .labels(let path):
      if path.isEmpty { return ("SELECT document, sentence, label AS value FROM tags", []) }
      // The label itself, or its path up to the first slash after the parent's.
      let rest = "substr(label, \(path.count + 2))"
      return (
        """
        SELECT document, sentence, CASE WHEN instr(\(rest), '/') > 0
          THEN substr(label, 1, \(path.count) + instr(\(rest), '/')) ELSE label END AS value
        FROM tags WHERE label = ? OR (label >= ? AND label < ?)
        """, [path, path + "/", path + "0"]
      )
    case .actor: return ("SELECT document, sentence, actor AS value FROM actors", [])
    case .section:
      return (
        """
        SELECT document, sentence, CASE section_title WHEN '' THEN '(opening)' ELSE section_title END AS value
        FROM sentences
        """, []
      )
    case .document: return ("SELECT document, sentence, document AS value FROM sentences", [])
    case .kind: return ("SELECT document, sentence, kind AS value FROM sentences", [])
    case .page: return ("SELECT document, sentence, page_label AS value FROM sentences", [])
    case .year:
      return (
        "SELECT document, sentence, year AS value FROM citations WHERE year IS NOT NULL AND sentence IS NOT NULL",
        []
      )
    case .work:
      return (
        """
        SELECT document, sentence, coalesce(work, key) AS value FROM citations WHERE sentence IS NOT NULL
        """, []
      )
    case .author:
      return (
        """
        SELECT c.document, c.sentence, json_extract(a.value, '$.family') AS value
        FROM citations c, json_each(c.authors) a WHERE c.sentence IS NOT NULL
        """, []
      )
    }
  }

  /// Years and pages stand in their own order, everything else by how often it occurs.
  var order: String {
    switch source {
    case .year, .page: "CAST(value AS INTEGER), value"
    default: "2 DESC, 1"
    }
  }

  /// The part of a value that tells it from its siblings: "contracting" of "mechanism/contracting".
  public func short(_ value: String) -> String {
    guard case .labels(let path) = source, !path.isEmpty else { return value }
    if value == path { return "(\(path.split(separator: "/").last ?? "") alone)" }
    return value.hasPrefix(path + "/") ? String(value.dropFirst(path.count + 1)) : value
  }
}
