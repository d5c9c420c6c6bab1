import EmendModel
import EmendText

/// One document of a batch, not yet read: its name and where its bytes are. Reading happens in `scan()`, so
/// that a batch holds only the documents in work.
public struct InputDocument: Sendable {
  /// The name of the document in its corpus: the file's stem, with a number where two would be the same.
  public internal(set) var id: String
  /// `id` as a name for files: see `FileName.safe`.
  public var fileName: String { FileName.safe(id) }
  /// The path as given or found.
  public let name: String
  /// Bytes of its files, when they can be told without reading: for an order of work or a progress bar.
  public let byteCount: Int?

  let content: Content
  let options: Reading.Options

  enum Content: Sendable {
    /// A file, or the standard input as "-".
    case file(String)
    /// Page files of a folder, in order.
    case pages(folder: String, PageFiles)
    /// One member of an archive that holds several documents.
    case member(archive: String, String)
    /// What stands there cannot be read; `scan()` says why.
    case failed(ReadingError)
  }

  init(id: String, name: String, content: Content, byteCount: Int? = nil, options: Reading.Options) {
    (self.id, self.name, self.content, self.byteCount, self.options) = (id, name, content, byteCount, options)
  }

  /// Reads the document.
  ///
  /// - Throws: `ReadingError`.
  public func scan() throws -> Scan {
    var scan: Scan
    switch content {
    case .file(let path):
      let bytes = try Files.read(path, limit: options.limits.documentBytes)
      scan = try FormatReader(options: options, path: path).scan(bytes, id: id, name: name)
    case .pages(let folder, let files):
      scan = try files.scan(id: id, name: name, folder: folder, options: options)
    case .member(let archive, let member):
      scan = try ArchiveReader(options: options).scan(member: member, of: archive, id: id, name: name)
    case .failed(let error):
      throw error
    }
    scan.id = id
    return scan
  }
}
