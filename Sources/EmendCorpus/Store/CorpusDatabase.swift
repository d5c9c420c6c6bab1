import GRDB

/// Opens `corpus.sqlite` and keeps its schema up to date.
enum CorpusDatabase {
  /// Opens for a build: write-ahead log, so that a killed run leaves whole documents only.
  static func forBuilding(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      // Larger pages suit rows that hold paragraphs. The page size is fixed once the first table is made.
      try db.execute(sql: "PRAGMA page_size = 8192")
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      try db.execute(sql: "PRAGMA synchronous = NORMAL")
      try db.execute(sql: "PRAGMA cache_size = -32768")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try migrator.migrate(queue)
    return queue
  }

  static func forReading(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    // A concordance touches thousands of pages once and the upper ones of its trees again and again: a small cache keeps
    // those, and takes its memory from the system but once. (A large one, and mapping the file, cost more in page faults
    // than they saved.)
    configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA cache_size = -4096") }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Whether a database was made by this version. One of another version, or one that is damaged, is made anew:
  /// everything in it comes from the sources.
  static func isCurrent(_ path: String) throws -> Bool {
    do {
      let queue = try forReading(path)
      defer { try? queue.close() }
      return try queue.read { try migrator.hasCompletedMigrations($0) }
    } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) {
      return false
    }
  }

  /// Each entry is one state of the schema that was released; none is ever changed afterwards.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: documents, passages, citations, works, tags, emendations") { db in
      for table in Tables.first {
        for statement in table.statements { try db.execute(sql: statement) }
      }
      try db.execute(sql: Views.firstPassages)
      for view in Views.all { try db.execute(sql: "CREATE VIEW \"\(view.name)\" AS\n\(view.query)") }
      try db.execute(sql: Views.search)
    }
    migrator.registerMigration("2: the codebook") { db in
      for statement in Tables.second.flatMap(\.statements) { try db.execute(sql: statement) }
    }
    migrator.registerMigration("3: the passages of all documents in one table") { db in
      for statement in ["DROP TABLE passage_search", "DROP VIEW passages", "DROP TABLE passage_numbers"] {
        try db.execute(sql: statement)
      }
      for statement in Tables.third.flatMap(\.statements) { try db.execute(sql: statement) }
      try db.execute(sql: Views.search)
    }
    return migrator
  }
}
