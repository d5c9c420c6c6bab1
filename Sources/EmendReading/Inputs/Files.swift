#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The few calls to the file system that reading needs, with the system's word for what went wrong.
enum Files {
  enum Kind { case file, folder, other }

  /// What stands at a path; nil when nothing does.
  static func kind(_ path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  static func isSymbolicLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  static func size(_ path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Device and file number: the same file has the same one, whatever its path.
  static func identity(_ path: String) -> String? {
    var status = stat()
    return stat(path, &status) == 0 ? "\(status.st_dev):\(status.st_ino)" : nil
  }

  /// All bytes of a file or, for "-", of the standard input.
  static func read(_ path: String, limit: Int) throws -> [UInt8] {
    let isStandardInput = path == "-"
    let descriptor = isStandardInput ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { if !isStandardInput { close(descriptor) } }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw ReadingError(.unreadable, file: path, message: "is a folder")
    }
    let expected = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
    if expected > limit { throw tooLarge(path, limit) }

    // One byte more than a file has tells its end; what has no length is read in pieces.
    var room = max(expected + 1, 1 << 16)
    var bytes: [UInt8] = []
    while true {
      let piece = try read(descriptor, room: room, path)
      if bytes.isEmpty { bytes = piece } else { bytes.append(contentsOf: piece) }
      if bytes.count > limit { throw tooLarge(path, limit) }
      if piece.count < room { return bytes }
      room = bytes.count
    }
  }

  /// Bytes up to the end, or until the room is filled.
  private static func read(_ descriptor: Int32, room: Int, _ path: String) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      while count < room {
        let got = Glibc.read(descriptor, base + count, room - count)
        if got == 0 { return }
        if got > 0 {
          count += got
        } else if errno != EINTR {
          throw failure(path)
        }
      }
    }
  }

  /// The first bytes of a file; nothing when it cannot be read.
  static func head(_ path: String, count: Int = 4096) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = bytes.withUnsafeMutableBytes { buffer in
      buffer.baseAddress.map { Glibc.read(descriptor, $0, count) } ?? 0
    }
    return got > 0 ? Array(bytes[..<got]) : []
  }

  /// The names in a folder, without "." and "..", in no order.
  static func names(in folder: String) throws -> [String] {
    guard let handle = opendir(folder) else { throw failure(folder) }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  private static func tooLarge(_ path: String, _ limit: Int) -> ReadingError {
    ReadingError(
      .tooLarge, file: path, message: "is larger than the limit of \(limit) bytes for one document",
      remedy: "split it into volumes")
  }

  private static func failure(_ path: String) -> ReadingError {
    let number = errno
    if number == ENOENT || number == ENOTDIR {
      return ReadingError(.notFound, file: path, message: "no such file or folder")
    }
    let reason = String(cString: strerror(number)).lowercased()
    return ReadingError(
      .unreadable, file: path, message: "cannot be read: \(reason)",
      remedy: number == EACCES ? "check its permissions" : nil)
  }
}

/// Parts of paths, taken as text.
enum Path {
  /// "a/b/c.txt" gives "c.txt"; "a/b/" gives "b".
  static func last(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// "a/b/c.txt" gives "a/b"; "c.txt" gives ".".
  static func folder(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func joined(_ folder: String, _ name: String) -> String {
    folder == "." ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The extension in small letters without its full stop; empty when there is none.
  static func fileExtension(_ path: String) -> String {
    let name = last(path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The name without its extension, and without the endings that say only what kind of file it is.
  static func stem(_ path: String) -> String {
    var name = last(path)
    func drop(_ endings: [String]) {
      for ending in endings where name.lowercased().hasSuffix(ending) && name.utf8.count > ending.utf8.count {
        name.removeLast(ending.count)
        return
      }
    }
    drop([".gz"])
    let ending = fileExtension(name)
    if !ending.isEmpty, ending.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
      name.removeLast(ending.count + 1)
    }
    drop([".tar", "_djvu", ".mets", "_mets", "-mets", "_hocr", "_chocr", ".hocr", ".alto"])
    return name
  }
}
