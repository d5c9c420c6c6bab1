import FoundationEssentials

/// Reads a file of the corpus.
enum InputFile {
  static func bytes(_ path: String) throws -> [UInt8] {
    do { return [UInt8](try Data(contentsOf: URL(filePath: path))) } catch {
      throw CorpusError.unreadable(path, reason: Platform.lastError)
    }
  }
}
