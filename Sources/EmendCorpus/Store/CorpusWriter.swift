import EmendModel
import GRDB
import Synchronization

/// Builds a corpus folder, document by document.
///
/// ```swift
/// let writer = try CorpusWriter(folder: "corpus", settings: ["lexicon": "0f3a…"])
/// try writer.retain(["essay", "letters"])          // documents that left the inputs leave the corpus
/// if writer.stamp(of: "essay") != stamp {          // unchanged documents are skipped
///   try writer.add(CorpusDocument(edition), stamp: stamp)
/// }
/// let summary = try writer.finish()
/// ```
///
/// Each document is one transaction. While the build is going on the database is named
/// `corpus.sqlite.part`; a build that was killed is taken up by the next one, which sees the stamps of the
/// documents that are done. `finish` fills the full-text index, writes the other files and gives the
/// database its name. Calls may come from any thread, one at a time.
public final class CorpusWriter: Sendable {
  /// What a build did.
  public struct Summary: Sendable, Equatable {
    public var documents = 0
    public var added = 0
    public var removed = 0
    public var failed = 0
    /// Warnings about all documents of the corpus.
    public var warnings = 0
    /// Whether any file had to be written.
    public var changed = false
  }

  private struct State {
    var queue: DatabaseQueue?
    var stamps: [String: String] = [:]
    /// Names of all documents in the corpus, also of those whose stamp does not count.
    var known: Set<String> = []
    var failures: [Failure] = []
    var summary = Summary()
    var dirty = false
  }

  /// A source that could not be read.
  public struct Failure: Sendable, Equatable {
    public var document: String
    public var source: String
    public var code: String
    public var stage: String
    public var message: String
    public var offset: Int?
    public init(
      document: String, source: String, code: String, stage: String, message: String, offset: Int? = nil
    ) {
      self.document = document
      self.source = source
      self.code = code
      self.stage = stage
      self.message = message
      self.offset = offset
    }
  }

  private let folder: CorpusFolder
  private let settings: [String: String]
  private let codebook: Codebook
  private let matching: WorkMatching
  private let state: Mutex<State>

  /// Opens a corpus folder, which is made when absent. `settings` are written into the database and the
  /// manifest, beside the version of the program; `codebook` defines the labels; `works` judges which works of several documents are one.
  ///
  /// Throws `CorpusError.notWritable` or `.unreadable`.
  public init(
    folder path: String, settings: [String: String] = [:], codebook: Codebook = Codebook(),
    works matching: WorkMatching = .byKey
  ) throws {
    let folder = CorpusFolder(path)
    let settings = settings.merging(["version": Version.current]) { _, version in version }
    try CorpusFolder.makeFolder(folder.tei)
    try Self.removeOlder(folder)
    var state = State()
    // A finished database keeps its name until something changes.
    if CorpusFolder.exists(folder.unfinishedDatabase) {
      state.queue = try Self.open(folder)
      state.dirty = true
      (state.stamps, state.known) = try Self.stamps(state.queue, folder)
    } else if CorpusFolder.exists(folder.database) {
      let finished = try Self.reading(folder)
      (state.stamps, state.known) = try Self.stamps(finished, folder)
      let old = try Self.wrap(folder) { try finished.read { try Self.settings($0) } }
      try? finished.close()
      state.dirty = old != settings || CorpusFiles.names.contains { !CorpusFolder.exists(folder.file($0)) }
    } else {
      state.dirty = true
    }
    self.folder = folder
    self.settings = settings
    self.codebook = codebook
    self.matching = matching
    self.state = Mutex(state)
  }

  /// The stamp under which a document stands in the corpus; nil when it does not, or its TEI file is gone.
  public func stamp(of document: String) -> String? { state.withLock { $0.stamps[document] } }

  /// Stores a document under a stamp, in the place of an older one of that name.
  public func add(_ document: CorpusDocument, stamp: String) throws {
    try state.withLock { state in
      let queue = try database(&state)
      try OutputFile.write(document.tei, to: folder.tei(document.fileName))
      try Self.wrap(folder) {
        try queue.write { db in
          try Self.delete(document.id, db)
          for rows in document.rows { try Self.insert(rows, stamp: stamp, db) }
        }
      }
      state.stamps[document.id] = stamp
      state.known.insert(document.id)
      state.summary.added += 1
    }
  }

  /// Stores an edition: `add(CorpusDocument(edition, codebook:), stamp:)`.
  public func add(edition: Edition, stamp: String) throws {
    try add(CorpusDocument(edition, codebook: codebook), stamp: stamp)
  }

  /// Records a source that could not be read; an older edition of it leaves the corpus.
  public func fail(_ failure: Failure) throws {
    try state.withLock { state in
      state.failures.append(failure)
      state.summary.failed += 1
      if state.known.contains(failure.document) { try remove(failure.document, &state) }
    }
  }

  /// Removes all documents but these. Gives back how many left.
  @discardableResult
  public func retain(_ documents: Set<String>) throws -> Int {
    try state.withLock { state in
      let leaving = state.known.subtracting(documents).sorted()
      for document in leaving { try remove(document, &state) }
      state.summary.removed += leaving.count
      return leaving.count
    }
  }

  /// Completes the corpus: works, full-text index, all other files, the report, the manifest.
  ///
  /// When nothing has changed since the last build nothing is written.
  @discardableResult
  public func finish() throws -> Summary {
    try state.withLock { state in
      if !state.dirty, state.queue == nil {
        state.dirty = try Self.failuresDiffer(state.failures, folder)
      }
      guard state.dirty || state.queue != nil else {
        state.summary.documents = state.known.count
        let finished = try Self.reading(folder)
        state.summary.warnings = try Self.wrap(folder) { try finished.read(Self.warnings) }
        try? finished.close()
        return state.summary
      }
      let queue = try database(&state)
      try Self.wrap(folder) {
        try queue.write { db in
          try Completion.run(
            db, settings: settings, failures: state.failures, codebook: codebook, matching: matching)
        }
      }
      let corpus = Corpus(queue: queue, path: folder.path)
      try CorpusFiles.write(corpus, to: folder)
      try Self.wrap(folder) {
        try queue.writeWithoutTransaction { db in
          try db.execute(sql: "PRAGMA optimize")
          try db.checkpoint(.truncate)
          try db.execute(sql: "PRAGMA journal_mode = DELETE")
        }
        state.summary.documents = try queue.read {
          try Int.fetchOne($0, sql: "SELECT count(*) FROM documents") ?? 0
        }
        state.summary.warnings = try queue.read(Self.warnings)
        try queue.close()
      }
      state.queue = nil
      state.dirty = false
      try CorpusFolder.rename(folder.unfinishedDatabase, to: folder.database)
      state.summary.changed = true
      return state.summary
    }
  }

  // MARK: Steps

  /// The database open for writing; a finished one is taken back under its name of a build first.
  private func database(_ state: inout State) throws -> DatabaseQueue {
    if let queue = state.queue { return queue }
    if CorpusFolder.exists(folder.database) {
      try CorpusFolder.rename(folder.database, to: folder.unfinishedDatabase)
    }
    let queue = try Self.open(folder)
    state.queue = queue
    return queue
  }

  private func remove(_ document: String, _ state: inout State) throws {
    let queue = try database(&state)
    let file = try Self.wrap(folder) {
      try queue.write { db in
        let file = try String.fetchOne(
          db, sql: "SELECT file FROM documents WHERE document = ?", arguments: [document])
        try Self.delete(document, db)
        return file
      }
    }
    if let file { try CorpusFolder.remove(folder.tei(file)) }
    state.stamps[document] = nil
    state.known.remove(document)
  }

  private static func delete(_ document: String, _ db: Database) throws {
    for table in Tables.ofDocuments.reversed() {
      let statement = try db.cachedStatement(sql: "DELETE FROM \"\(table.name)\" WHERE document = ?")
      try statement.execute(arguments: [document])
    }
  }

  private static func insert(_ rows: CorpusDocument.Rows, stamp: String, _ db: Database) throws {
    let statement = try db.cachedStatement(sql: rows.table.insertion)
    let width = rows.table.columns.count
    let stampColumn = rows.table.columns.firstIndex { $0.name == "stamp" }
    var start = 0
    while start < rows.values.count {
      var row = Array(rows.values[start..<(start + width)])
      if let stampColumn { row[stampColumn] = stamp.databaseValue }
      statement.setUncheckedArguments(StatementArguments(row))
      try statement.execute()
      start += width
    }
  }

  private static func warnings(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM warnings") ?? 0
  }

  private static func settings(_ db: Database) throws -> [String: String] {
    var settings: [String: String] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT key, value FROM settings") {
      settings[row[0] as String] = row[1] as String
    }
    return settings
  }

  /// The stamps of the documents whose TEI file is there, and the names of all.
  private static func stamps(
    _ queue: DatabaseQueue?, _ folder: CorpusFolder
  ) throws -> ([String: String], Set<String>) {
    guard let queue else { return ([:], []) }
    return try wrap(folder) {
      try queue.read { db in
        var stamps: [String: String] = [:]
        var known: Set<String> = []
        for row in try Row.fetchAll(db, sql: "SELECT document, stamp, file FROM documents") {
          let document: String = row[0]
          known.insert(document)
          if CorpusFolder.exists(folder.tei(row[2])) { stamps[document] = row[1] as String }
        }
        return (stamps, known)
      }
    }
  }

  private static func failuresDiffer(_ failures: [Failure], _ folder: CorpusFolder) throws -> Bool {
    let queue = try reading(folder)
    let old = try wrap(folder) {
      try queue.read {
        try String.fetchAll($0, sql: "SELECT document || ' ' || code FROM failures ORDER BY 1")
      }
    }
    return old != failures.map { "\($0.document) \($0.code)" }.sorted()
  }

  /// Removes databases that another version has made, and damaged ones.
  private static func removeOlder(_ folder: CorpusFolder) throws {
    for path in [folder.database, folder.unfinishedDatabase] where CorpusFolder.exists(path) {
      if try wrap(folder, { try CorpusDatabase.isCurrent(path) }) { continue }
      for ending in ["", "-wal", "-shm"] { try CorpusFolder.remove(path + ending) }
    }
  }

  private static func open(_ folder: CorpusFolder) throws -> DatabaseQueue {
    try wrap(folder) { try CorpusDatabase.forBuilding(folder.unfinishedDatabase) }
  }

  private static func reading(_ folder: CorpusFolder) throws -> DatabaseQueue {
    try wrap(folder) { try CorpusDatabase.forReading(folder.database) }
  }

  private static func wrap<Result>(_ folder: CorpusFolder, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
        throw CorpusError.notWritable(folder.path, reason: error.message ?? "\(error.resultCode)")
      default:
        throw CorpusError.unreadable(folder.path, reason: error.message ?? "\(error.resultCode)")
      }
    }
  }
}
