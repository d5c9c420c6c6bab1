import GRDB

/// The labels of the tagging lexicon with their definitions: what a reader needs to judge a tag, and what a second
/// annotator codes by.
///
/// ```swift
/// let codebook = Codebook(["mechanism/coercion": "Threats and penalties change what a government does."])
/// codebook.definition(of: "mechanism/coercion")  // "Threats and penalties change what a government does."
/// codebook.labels                                // ["mechanism", "mechanism/coercion"]
/// ```
public struct Codebook: Sendable, Equatable {
  private let definitions: [String: String]
  /// All labels, each after the one above it.
  public let labels: [String]

  /// Takes definitions by the path of their label; the labels above a path are in the codebook too.
  public init(_ definitions: [String: String] = [:]) {
    self.definitions = definitions
    var paths = Set(definitions.keys)
    for label in definitions.keys {
      var path = label
      while let parent = Codebook.parent(of: path), paths.insert(parent).inserted { path = parent }
    }
    labels = paths.sorted()
  }

  /// The definition of a label; empty where there is none.
  public func definition(of label: String) -> String { definitions[label] ?? "" }

  /// `mechanism` for `mechanism/coercion`; nil for a label that stands at the top.
  package static func parent(of label: String) -> String? {
    label.lastIndex(of: "/").map { String(label[..<$0]) }
  }

  /// Writes the table `codebook`, with how often each label was given.
  func write(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM codebook")
    let counts = Dictionary(
      uniqueKeysWithValues: try Row.fetchAll(
        db, sql: "SELECT label, count(*), count(DISTINCT document) FROM tags GROUP BY label"
      ).map { ($0[0] as String, (sentences: $0[1] as Int, documents: $0[2] as Int)) })
    for label in Set(labels).union(counts.keys).sorted() {
      let count = counts[label] ?? (0, 0)
      try db.execute(
        sql: Tables.codebook.insertion,
        arguments: [
          label, Codebook.parent(of: label), definition(of: label), count.sentences, count.documents,
        ])
    }
  }
}
