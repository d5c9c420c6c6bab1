import FoundationEssentials

/// A file that appears under its name whole or not at all: bytes go to a temporary neighbour that is
/// renamed at the end.
final class OutputFile {
  private let path: String
  private let temporary: String
  private var handle: Int32
  private var buffer: [UInt8] = []

  init(_ path: String) throws {
    self.path = path
    temporary = path + ".partial"
    handle = FileDescriptor.create(temporary)
    if handle < 0 { throw Failure(.cannotCreate, "cannot write \(path): \(FileDescriptor.reason)") }
  }

  func write(_ bytes: [UInt8]) throws {
    buffer += bytes
    if buffer.count >= 1 << 16 { try drain() }
  }

  func close() throws {
    try drain()
    FileDescriptor.close(handle)
    handle = -1
    guard FileDescriptor.rename(temporary, path) else {
      throw Failure(.cannotCreate, "cannot write \(path): \(FileDescriptor.reason)")
    }
  }

  deinit {
    if handle >= 0 {
      FileDescriptor.close(handle)
      FileDescriptor.remove(temporary)
    }
  }

  private func drain() throws {
    guard FileDescriptor.write(handle, buffer) else {
      throw Failure(.readWrite, "cannot write \(path): \(FileDescriptor.reason)")
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// The folder of `-o`, made when it is missing, refused when it lies within an input.
struct OutputFolder {
  let path: String

  init(_ path: String, besides inputs: [String]) throws {
    self.path = path
    try Self.refuse(path, within: inputs)
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "cannot make the folder \(path)")
    }
  }

  /// Throws exit code 64 when an output folder is an input or lies within one.
  static func refuse(_ path: String, within inputs: [String]) throws {
    let target = absolute(path)
    for input in inputs where input != "-" {
      let source = absolute(input)
      if target == source || target.hasPrefix(source + "/") {
        throw Failure(
          .usage, "the output folder \(path) lies within the input \(input); name another with -o")
      }
    }
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = try OutputFile(path + "/" + name)
    try file.write(bytes)
    try file.close()
  }

  /// The path without links, "." and "..", whether or not its last parts exist yet.
  static func absolute(_ path: String) -> String {
    var missing: [String] = []
    var url = URL(filePath: path).standardizedFileURL
    while !FileManager.default.fileExists(atPath: url.path), url.path.count > 1 {
      missing.insert(url.lastPathComponent, at: 0)
      url.deleteLastPathComponent()
    }
    var found = url.resolvingSymlinksInPath().path
    while found.count > 1, found.hasSuffix("/") { found.removeLast() }
    return ([found == "/" ? "" : found] + missing).joined(separator: "/")
  }
}
