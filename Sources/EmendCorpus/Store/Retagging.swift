import EmendModel
import GRDB

/// Puts other tags into a corpus that stands already. Nothing is read or repaired anew: the documents are tagged from
/// the text that the corpus holds.
///
/// ```swift
/// let retagging = try Retagging(folder: "corpus")
/// if let text = try retagging.text(of: "essay") {
///   try retagging.replaceTags(of: text, by: tagger.tag(text.document, citations: text.citations), stamp: stamp)
/// }
/// try retagging.close()
/// try CorpusWriter(folder: "corpus", settings: settings).finish()   // the other files, the index, the report
/// ```
///
/// While this is open the database has its name of a build, so that a run that is cut off is taken up by the next one.
public struct Retagging: Sendable {
  private let folder: CorpusFolder
  private let queue: DatabaseQueue

  /// Opens a corpus for new tags. Throws `CorpusError.notFound` or `.unreadable`.
  public init(folder path: String) throws {
    folder = CorpusFolder(path)
    if CorpusFolder.exists(folder.database) {
      try CorpusFolder.rename(folder.database, to: folder.unfinishedDatabase)
    }
    guard CorpusFolder.exists(folder.unfinishedDatabase) else { throw CorpusError.notFound(path) }
    let database = folder.unfinishedDatabase
    queue = try Self.wrap(path) { try CorpusDatabase.forBuilding(database) }
  }

  /// Lets the database go; `CorpusWriter.finish` then completes the corpus.
  public func close() throws { try Self.wrap(folder.path) { try queue.close() } }

  /// What tagging needs of a stored document; nil when it is not in the corpus.
  public func text(of document: String) throws -> StoredText? {
    try Self.wrap(folder.path) { try queue.read { try StoredText.read(document, $0) } }
  }

  /// Puts other tags in the place of those that a document has, under a new stamp: its labels, actors and entities,
  /// the lists of its passages, and its TEI file. Everything else stays as it is.
  public func replaceTags(
    of text: StoredText, by tags: TagLayer, stamp: String, codebook: Codebook = Codebook()
  ) throws {
    let edition = Edition(document: text.document, citations: text.citations, tags: tags)
    var builder = RowBuilder(edition)
    let tables = [Tables.entities, Tables.labels, Tables.actors].map(\.name)
    let rows = builder.build(file: "").filter { tables.contains($0.table.name) }
    let file = try Self.wrap(folder.path) {
      try queue.read {
        try String.fetchOne($0, sql: "SELECT file FROM documents WHERE document = ?", arguments: [edition.id])
      }
    }
    guard let file else { return }
    let path = folder.tei(file)
    try OutputFile.write(
      TEITags.replaced(in: try InputFile.bytes(path), by: edition, codebook: codebook), to: path)
    try Self.wrap(folder.path) {
      try queue.write { db in
        for table in tables {
          try db.execute(sql: "DELETE FROM \"\(table)\" WHERE document = ?", arguments: [edition.id])
        }
        for each in rows { try Self.insert(each, db) }
        try Self.updatePassages(edition, db)
        try db.execute(
          sql: "UPDATE documents SET labels = ?, lexicon = ?, stamp = ? WHERE document = ?",
          arguments: [tags.sentences.reduce(0) { $0 + $1.labels.count }, tags.lexicon, stamp, edition.id])
      }
    }
  }

  private static func insert(_ rows: CorpusDocument.Rows, _ db: Database) throws {
    let statement = try db.cachedStatement(sql: rows.table.insertion)
    let width = rows.table.columns.count
    for start in stride(from: 0, to: rows.values.count, by: width) {
      statement.setUncheckedArguments(StatementArguments(rows.values[start..<(start + width)]))
      try statement.execute()
    }
  }

  private static func updatePassages(_ edition: Edition, _ db: Database) throws {
    var labels = [Set<String>](repeating: [], count: edition.document.blocks.count)
    var actors = labels
    for (index, tags) in edition.tagsBySentence.enumerated() {
      let block = edition.document.sentences[index].block
      guard let tags, labels.indices.contains(block) else { continue }
      labels[block].formUnion(tags.labels.map(\.label))
      actors[block].formUnion(tags.actors.map(\.id))
    }
    let update = try db.cachedStatement(
      sql: "UPDATE blocks SET labels = ?, actors = ? WHERE document = ? AND block = ?")
    for block in labels.indices {
      try update.execute(arguments: [
        JSONText.list(labels[block].sorted()), JSONText.list(actors[block].sorted()), edition.id, block + 1,
      ])
    }
  }

  private static func wrap<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError {
      throw CorpusError.unreadable(path, reason: error.message ?? "\(error.resultCode)")
    }
  }
}

extension Retagging {
  /// Goes through the documents of a finished corpus whose tags were made by another version of the lexicon, and
  /// completes it. `tag` makes the tags of each. Gives back how many were tagged anew.
  ///
  /// `matching` judges which works of several documents are one, as in the build. A stamp is the hash of the source, that of the settings, and the version of the tags' lexicon.
  public static func run(
    on path: String, version: String, codebook: Codebook = Codebook(), works matching: WorkMatching = .byKey,
    tag: (StoredText) throws -> TagLayer
  ) throws -> Int {
    let corpus = try Corpus(folder: path)
    let (known, settings, failures) = try corpus.read { db in
      (
        try Row.fetchAll(db, sql: "SELECT document, stamp FROM documents ORDER BY document").map {
          (name: $0[0] as String, stamp: $0[1] as String)
        },
        try Row.fetchAll(db, sql: "SELECT key, value FROM settings").map {
          ($0[0] as String, $0[1] as String)
        },
        try Row.fetchAll(
          db,
          sql: "SELECT document, source, code, stage, message, source_start FROM failures ORDER BY document"
        ).map { row in
          CorpusWriter.Failure(
            document: row[0], source: row[1], code: row[2], stage: row[3], message: row[4], offset: row[5])
        }
      )
    }
    try corpus.queue.close()
    let old = known.filter { $0.stamp != Self.stamp($0.stamp, version: version, parts: 3) }
    if old.isEmpty { return 0 }
    let retagging = try Retagging(folder: path)
    for (name, stamp) in old {
      guard let text = try retagging.text(of: name) else { continue }
      try retagging.replaceTags(
        of: text, by: try tag(text), stamp: Self.stamp(stamp, version: version, parts: 3),
        codebook: codebook)
    }
    try retagging.close()
    var kept = Dictionary(settings, uniquingKeysWith: { first, _ in first })
    kept["settings"] = kept["settings"].map { Self.stamp($0, version: version, parts: 2) }
    let writer = try CorpusWriter(folder: path, settings: kept, codebook: codebook, works: matching)
    for failure in failures { try writer.fail(failure) }
    try writer.finish()
    return old.count
  }

  /// A stamp with another version of the lexicon in its last part; one of an older form gets that part.
  private static func stamp(_ stamp: String, version: String, parts: Int) -> String {
    let own = stamp.split(separator: ":")
    return (own.prefix(parts - 1) + [Substring(version)]).joined(separator: ":")
  }
}
