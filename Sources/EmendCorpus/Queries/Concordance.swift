import EmendModel
import GRDB

/// What a concordance is asked for.
public struct ConcordanceQuery: Sendable {
  /// The order of the hits.
  public enum Sort: String, Sendable, CaseIterable {
    /// As they stand in the corpus.
    case position
    /// By the words after the match.
    case right
    /// By the words before the match, the nearest first.
    case left
  }

  /// Words in the query language of FTS5; nil for all sentences that the selection picks.
  public var query: String?
  /// Labels, actors, sections, documents …
  public var selection: Selection
  /// Characters of context on each side.
  public var width: Int
  public var sort: Sort
  /// At most so many hits, in the order of the corpus; nil for all.
  public var limit: Int?
  /// Whether hits carry their sentence with its labels and actors: three look-ups each.
  public var details: Bool

  public init(
    query: String? = nil, selection: Selection = Selection(), width: Int = 40, sort: Sort = .position,
    limit: Int? = nil, details: Bool = true
  ) {
    self.query = query
    self.selection = selection
    self.width = width
    self.sort = sort
    self.limit = limit
    self.details = details
  }
}

/// A key word in its context, with its place.
public struct ConcordanceHit: Sendable, Equatable {
  public var document: String
  /// Page of the file, from 1.
  public var page: Int
  /// Page to quote.
  public var pageLabel: String
  /// Line of the source.
  public var line: Int
  public var section: String
  /// Kind of the passage.
  public var kind: String
  public var left: String
  public var match: String
  public var right: String
  /// Name of the sentence; empty where the passage has none.
  public var id: String
  /// The whole sentence; empty without `details`, as labels and actors are.
  public var sentence: String
  public var labels: [String]
  public var actors: [String]
}

extension Corpus {
  /// Key words in context.
  ///
  /// ```swift
  /// try corpus.concordance(.init(query: "\"landing sites\""))  // left "…to close its ", match "landing sites"
  /// ```
  ///
  /// Throws `CorpusError.badRequest` for a query that FTS5 cannot read.
  public func concordance(_ query: ConcordanceQuery) throws -> [ConcordanceHit] {
    if let words = query.query { try FullText.check(words) }
    // Several connections side by side were tried: they wait for each other, and are slower than one.
    var hits = try read { db in
      try query.selection.check(db)
      var search = ConcordanceSearch(db: db, query: query)
      return try query.query == nil ? search.byEvidence() : search.byWords()
    }
    switch query.sort {
    case .position: break
    case .right: hits = ConcordanceOrder.sorted(hits) { ConcordanceOrder.words($0.right) }
    case .left: hits = ConcordanceOrder.sorted(hits) { ConcordanceOrder.words($0.left).reversed() }
    }
    return hits
  }
}

/// Orders hits by the words beside the match, in lower case and without punctuation.
enum ConcordanceOrder {
  static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Hits whose words are the same stay in the order of the corpus.
  static func sorted(_ hits: [ConcordanceHit], by key: (ConcordanceHit) -> [String]) -> [ConcordanceHit] {
    hits.enumerated().map { (rank: $0.offset, words: key($0.element), hit: $0.element) }
      .sorted {
        $0.words == $1.words ? $0.rank < $1.rank : $0.words.lexicographicallyPrecedes($1.words)
      }.map(\.hit)
  }
}
