import EmendReading

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that a command reads as it is: gold, decisions, dictionaries, lists of references. A missing one is reported
/// in the words in which a missing scan is.
enum InputFile {
  /// All bytes of a file, of standard input for "-". Throws `ReadingError`, which is exit code 66.
  static func bytes(_ path: String) throws -> [UInt8] {
    let descriptor = path == "-" ? 0 : FileDescriptor.openToRead(path)
    if descriptor < 0 { throw failure(path) }
    defer { if path != "-" { close(descriptor) } }
    var bytes: [UInt8] = []
    while true {
      guard let more = FileDescriptor.read(descriptor, atMost: 1 << 20) else { throw failure(path) }
      if more.isEmpty { return bytes }
      bytes += more
    }
  }

  /// Why a file cannot be read; nil when it can.
  static func fault(_ path: String) -> (any Error)? {
    do {
      _ = try bytes(path)
      return nil
    } catch { return error }
  }

  /// Whether something stands at a path, be it readable or not.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func failure(_ path: String) -> ReadingError {
    switch errno {
    case ENOENT, ENOTDIR:
      ReadingError(.notFound, file: path, message: "no such file or folder", remedy: "check the path")
    case EISDIR: ReadingError(.unreadable, file: path, message: "is a folder", remedy: "name a file")
    case EACCES:
      ReadingError(
        .unreadable, file: path, message: "cannot be read: permission denied", remedy: "check its permissions"
      )
    default:
      ReadingError(
        .unreadable, file: path, message: "cannot be read: \(FileDescriptor.reason.lowercased())")
    }
  }
}
