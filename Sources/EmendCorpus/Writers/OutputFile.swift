#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the file writers need of the system.
enum Platform {
  static var lastError: String { String(cString: strerror(errno)) }
  static func rename(_ old: String, _ new: String) -> Bool {
    #if canImport(Glibc)
      Glibc.rename(old, new) == 0
    #elseif canImport(Musl)
      Musl.rename(old, new) == 0
    #else
      Darwin.rename(old, new) == 0
    #endif
  }
}

/// Takes bytes in pieces: a file, standard output, a buffer.
public protocol ByteSink: AnyObject {
  func write(_ bytes: [UInt8]) throws
}

extension ByteSink {
  public func write(_ text: String) throws { try write(Array(text.utf8)) }
}

/// A file that is written whole or not at all: bytes go to a temporary file beside it, which takes its
/// name at `commit()`. Given up without that, the temporary file is removed.
///
/// A link is followed: the file that it names is replaced, not the link. A device or a pipe (`/dev/stdout`) is
/// written to as it is. What goes to a name that ends in `.gz` is packed.
public final class OutputFile: ByteSink {
  private let path: String
  /// Empty for a device or a pipe.
  private let temporary: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var gzip: GzipStream?

  public init(_ path: String) throws {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT != S_IFREG, status.st_mode & S_IFMT != S_IFDIR {
      self.path = path
      temporary = ""
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      let target = exists ? OutputFile.resolved(path) : path
      self.path = target
      let (folder, name) = OutputFile.split(target)
      temporary = folder + "." + name + ".part"
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    }
    guard descriptor >= 0 else { throw CorpusError.notWritable(path, reason: Platform.lastError) }
    if path.hasSuffix(".gz") {
      gzip = GzipStream(descriptor: descriptor)
      if gzip == nil { throw CorpusError.notWritable(path, reason: "it cannot be packed") }
    }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if !temporary.isEmpty { unlink(temporary) }
  }

  public func write(_ bytes: [UInt8]) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 17 { try drain() }
  }

  /// Gives the file its name.
  public func commit() throws {
    try drain()
    if let gzip, !gzip.finish() { throw CorpusError.notWritable(path, reason: gzip.reason) }
    gzip = nil
    close(descriptor)
    descriptor = -1
    if temporary.isEmpty { return }
    guard Platform.rename(temporary, path) else {
      let reason = Platform.lastError
      unlink(temporary)
      throw CorpusError.notWritable(path, reason: reason)
    }
  }

  private func drain() throws {
    if let gzip {
      guard buffer.withUnsafeBytes(gzip.write) else {
        throw CorpusError.notWritable(path, reason: gzip.reason)
      }
      buffer.removeAll(keepingCapacity: true)
      return
    }
    var sent = 0
    while sent < buffer.count {
      let count = buffer[sent...].withUnsafeBytes { OutputFile.put(descriptor, $0) }
      if count < 0 {
        if errno == EINTR { continue }
        throw CorpusError.notWritable(path, reason: Platform.lastError)
      }
      sent += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func put(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  /// The path of an existing file with its links followed.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
  }

  /// Writes a whole file.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try OutputFile(path)
    try file.write(bytes)
    try file.commit()
  }
}

/// Collects bytes in memory.
public final class ByteBuffer: ByteSink {
  public private(set) var bytes: [UInt8] = []
  public init() {}
  public func write(_ bytes: [UInt8]) { self.bytes.append(contentsOf: bytes) }
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
