#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The few system calls that standard input, output and error need.
enum FileDescriptor {
  /// Writes all bytes; false on an error, whose text is `reason`.
  static func write(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
          Musl.write(descriptor, buffer.baseAddress, buffer.count)
        #else
          Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      sent += count
    }
    return true
  }

  /// A descriptor of a file to be read; negative on an error.
  static func openToRead(_ path: String) -> Int32 { open(path, O_RDONLY | O_CLOEXEC) }

  static var reason: String { String(cString: strerror(errno)) }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Reads some bytes; empty at the end, nil on an error.
  static func read(_ descriptor: Int32, atMost count: Int) -> [UInt8]? {
    while true {
      var got = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        #if canImport(Glibc)
          got = Glibc.read(descriptor, buffer.baseAddress, count)
        #elseif canImport(Musl)
          got = Musl.read(descriptor, buffer.baseAddress, count)
        #else
          got = Darwin.read(descriptor, buffer.baseAddress, count)
        #endif
        initialized = max(0, got)
      }
      if got >= 0 { return bytes }
      if errno != EINTR { return nil }
    }
  }
}
