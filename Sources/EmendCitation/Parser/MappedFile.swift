import Glibc

/// A file mapped into memory, read only. Pages are read when they are touched, so that start-up costs
/// what is used and no more.
final class MappedFile: @unchecked Sendable {
  // Immutable after init: the mapping is private and never written.
  let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// Throws `ModelError.unreadable` when the file cannot be opened or mapped.
  init(path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ModelError.unreadable(path) }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_size > 0 else { throw ModelError.unreadable(path) }
    let size = Int(facts.st_size)
    guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
      throw ModelError.unreadable(path)
    }
    bytes = UnsafeRawBufferPointer(start: base, count: size)
    isMapped = true
  }

  /// The same interface over bytes in memory.
  init(copying image: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(16, image.count), alignment: 16)
    copy.copyBytes(from: image)
    bytes = UnsafeRawBufferPointer(rebasing: copy[0..<max(16, image.count)])
    isMapped = false
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      bytes.deallocate()
    }
  }

  /// The little-endian number at an offset; 0 past the end.
  @inline(__always)
  func uint32(_ offset: Int) -> UInt32 {
    offset >= 0 && offset + 4 <= bytes.count
      ? UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) : 0
  }
}

/// What can be wrong with a trained model.
public enum ModelError: Error, Sendable, CustomStringConvertible {
  case unreadable(String)
  case notAModel(String)

  public var description: String {
    switch self {
    case .unreadable(let path): "\(path) cannot be read; make it with `emend train references`"
    case .notAModel(let path): "\(path) is no model of this version; make it with `emend train references`"
    }
  }
}
