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
      if buffer.count >= 1 << 16 { try Self.drain(&buffer, to: descriptor) }
    }
  }

  func write(_ text: String) throws { try write(text.utf8) }

  func flush() throws { try buffer.withLock { try Self.drain(&$0, to: descriptor) } }

  var isTerminal: Bool { isatty(descriptor) == 1 }

  private static func drain(_ buffer: inout [UInt8], to descriptor: Int32) throws {
    var sent = 0
    while sent < buffer.count {
      let count = buffer[sent...].withUnsafeBytes { write_(descriptor, $0) }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { exit(0) }
        buffer.removeAll()
        throw Failure(.readWrite, "cannot write to standard output: \(String(cString: strerror(errno)))")
      }
      sent += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func write_(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
