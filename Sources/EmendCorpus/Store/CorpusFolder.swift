import FoundationEssentials

/// Where the files of a corpus stand.
package struct CorpusFolder: Sendable {
  package let path: String
  package init(_ path: String) { self.path = path }

  package var database: String { path + "/corpus.sqlite" }
  /// The database while a build is going on: a corpus is whole or not there at all.
  package var unfinishedDatabase: String { path + "/corpus.sqlite.part" }
  package var tei: String { path + "/tei" }
  package func tei(_ file: String) -> String { "\(tei)/\(file).xml" }
  package func file(_ name: String) -> String { path + "/" + name }

  /// The files that a build writes, those in the TEI folder left out.
  package var written: [String] { [database, unfinishedDatabase] + CorpusFiles.names.map(file) }
  /// Whether a path within a corpus folder, such as "tei/essay.xml", is the corpus's own: its database with the journals
  /// of that, its lists, its report, its TEI folder.
  package static func owns(_ name: String) -> Bool {
    name.hasPrefix("corpus.sqlite") || name == "tei" || name.hasPrefix("tei/")
      || CorpusFiles.names.contains(name)
  }

  package static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  static func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw CorpusError.notWritable(path, reason: reason(error))
    }
  }

  static func rename(_ old: String, to new: String) throws {
    guard Platform.rename(old, new) else { throw CorpusError.notWritable(new, reason: Platform.lastError) }
  }

  static func remove(_ path: String) throws {
    guard exists(path) else { return }
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw CorpusError.notWritable(path, reason: reason(error))
    }
  }

  static func reason(_ error: any Error) -> String {
    (error as? CocoaError)?.code == .fileWriteNoPermission ? "permission denied" : Platform.lastError
  }
}
