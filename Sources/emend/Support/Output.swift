import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Buffered standard output. A reader that closes the pipe (`| head`) ends the process quietly.
final class Output: Sendable {
  static let standard = Output(descriptor: 1)

  private let descriptor: Int32
  private let buffer = Mutex<[UInt8]>([])

  init(descriptor: Int32) { self.descriptor = descriptor }

  func write(_ bytes: some Sequence<UInt8>) throws {
    try buffer.withLock { buffer in
      buffer.append(contentsOf: bytes)
      if buffer.count >= 1 << 16 { try drain(&buffer) }
    }
  }

  /// What is long goes out as it stands.
  func write(_ bytes: [UInt8]) throws {
    try buffer.withLock { buffer in
      guard bytes.count >= 1 << 16 else {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 16 { try drain(&buffer) }
        return
      }
      try drain(&buffer)
      try send(bytes)
    }
  }

  func write(_ text: String) throws { try write(text.utf8) }

  func flush() throws { try buffer.withLock { try drain(&$0) } }

  var isTerminal: Bool { FileDescriptor.isTerminal(descriptor) }

  private func drain(_ buffer: inout [UInt8]) throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    try send(buffer)
  }

  private func send(_ bytes: [UInt8]) throws {
    if bytes.isEmpty || FileDescriptor.write(descriptor, bytes) { return }
    if errno == EPIPE { exit(0) }
    throw Failure(.readWrite, "cannot write to standard output: \(FileDescriptor.reason)")
  }
}
