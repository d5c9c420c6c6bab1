/// What can be wrong with a corpus; the command line turns each into one line and an exit code.
public enum CorpusError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No corpus stands there.
  case notFound(String)
  /// A build of it was interrupted or is still going on.
  case unfinished(String)
  /// The file is no database of this program, or damaged.
  case unreadable(String, reason: String)
  /// The folder or file cannot be written.
  case notWritable(String, reason: String)
  /// A query, field or format that makes no sense; the message says what would.
  case badRequest(String)

  public var description: String {
    switch self {
    case .notFound(let path): "no corpus in \(path): it has no corpus.sqlite; make one with emend build"
    case .unfinished(let path): "the corpus in \(path) is not finished; run emend build again to complete it"
    case .unreadable(let path, let reason): "cannot read the corpus in \(path): \(reason)"
    case .notWritable(let path, let reason): "cannot write \(path): \(reason)"
    case .badRequest(let message): message
    }
  }
}
