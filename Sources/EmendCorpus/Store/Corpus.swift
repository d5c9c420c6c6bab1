import EmendModel
import GRDB

/// A finished corpus, open for reading.
///
/// ```swift
/// let corpus = try Corpus(folder: "corpus")
/// for hit in try corpus.concordance(.init(query: "coerc*")) { print(hit.pageLabel, hit.left, hit.match) }
/// ```
public struct Corpus: Sendable {
  let queue: DatabaseQueue
  /// The folder.
  public let path: String

  init(queue: DatabaseQueue, path: String) {
    self.queue = queue
    self.path = path
  }

  /// Opens a corpus folder, or the `corpus.sqlite` inside it.
  ///
  /// Throws `CorpusError.notFound`, `.unfinished` or `.unreadable`.
  public init(folder: String) throws {
    var path = folder
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    if path == "corpus.sqlite" { path = "." }
    if path.hasSuffix("/corpus.sqlite") { path.removeLast("/corpus.sqlite".count) }
    let files = CorpusFolder(path)
    guard CorpusFolder.exists(files.database) else {
      throw CorpusFolder.exists(files.unfinishedDatabase)
        ? CorpusError.unfinished(path) : CorpusError.notFound(folder)
    }
    do {
      let queue = try CorpusDatabase.forReading(files.database)
      let known = try queue.read { try CorpusDatabase.migrator.hasCompletedMigrations($0) }
      guard known else {
        throw CorpusError.unreadable(path, reason: "it was made by another version; build it again")
      }
      self.init(queue: queue, path: path)
    } catch let error as DatabaseError {
      throw CorpusError.unreadable(path, reason: error.message ?? "\(error.resultCode)")
    }
  }

  /// Reads, with SQLite's errors as ours; a query that cannot be read is a bad request.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    do { return try queue.read(body) } catch let error as DatabaseError {
      if let request = FullText.request(for: error) { throw CorpusError.badRequest(request) }
      throw CorpusError.unreadable(path, reason: error.message ?? "\(error.resultCode)")
    }
  }

  /// The names of the documents, in order.
  public func documents() throws -> [String] {
    try read { try String.fetchAll($0, sql: "SELECT document FROM documents ORDER BY document") }
  }
}
