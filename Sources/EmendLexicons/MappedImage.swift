#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// How a room keeps its knowledge as an image (see `LexiconImage.open`):
//
//   let image = try LexiconImage.open(
//     "tags", layout: 1, sources: [folder.path("tags/labels.yaml"), …], folder: folder
//   ) { builder in                       // runs only when there is no fresh image
//     builder.add("transitions", [Int32](…))
//     builder.add("names", ["a", "b"])   // a list of strings
//   }
//   let transitions = try image.array("transitions", of: Int32.self)   // a MappedArray: no copy, no parsing
//   let names = try image.strings("names")
//
// Raise `layout` whenever the building code changes what it writes.

/// A file of typed arrays that is mapped into memory, or the same bytes in memory where no file may be kept.
///
/// Layout, little-endian: a header of 48 bytes (magic, layout number, counts, size, checksums), one stamp
/// of 32 bytes for each source file, one record of 48 bytes for each section, then the sections, each
/// beginning at a multiple of 16.
public final class MappedImage: @unchecked Sendable {
  // Never written after `init`, hence safe to share between threads.
  let memory: UnsafeRawBufferPointer
  private let isMapped: Bool
  private let sections: [String: Range<Int>]

  static let magic: UInt64 = 0x3247_4D49_444E_4D45  // "EMNDIMG2"
  static let headerSize = 48
  static let stampSize = 32
  static let recordSize = 48
  static let nameSize = 32

  /// Maps an image file; nil when it is missing, stale, truncated or damaged.
  init?(path: String, layout: UInt32, stamps: [FileStamp]) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size >= Self.headerSize else { return nil }
    let size = Int(status.st_size)
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED
    else { return nil }
    let memory = UnsafeRawBufferPointer(start: address, count: size)
    // The writer gives the image the time of its newest source. Any other time means that the file was
    // touched since, and only then is it worth reading every byte to see whether it is whole.
    let touched = !Self.isSealed(FileStamp(path: 0, status: status), stamps)
    guard let sections = Self.sections(memory, layout: layout, stamps: stamps, verifyAll: touched) else {
      munmap(UnsafeMutableRawPointer(mutating: address), size)
      return nil
    }
    self.memory = memory
    self.isMapped = true
    self.sections = sections
  }

  /// Keeps image bytes in memory; nil when they are no image.
  init?(bytes: [UInt8], layout: UInt32, stamps: [FileStamp]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 64)
    copy.copyBytes(from: bytes)
    let memory = UnsafeRawBufferPointer(rebasing: copy[0..<bytes.count])
    guard let sections = Self.sections(memory, layout: layout, stamps: stamps, verifyAll: true) else {
      copy.deallocate()
      return nil
    }
    self.memory = memory
    self.isMapped = false
    self.sections = sections
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: memory.baseAddress), memory.count)
    } else {
      memory.deallocate()
    }
  }

  /// A section as an array of numbers; it stays in the image.
  ///
  /// Throws `LexiconError.bad` when the image has no such section or its size is no multiple of the
  /// element's, which means that the code that built it and the code that reads it disagree.
  public func array<Element: BitwiseCopyable>(_ name: String, of type: Element.Type) throws
    -> MappedArray<Element>
  {
    guard let range = sections[name], range.count % MemoryLayout<Element>.stride == 0 else {
      throw LexiconError.bad(file: "image", line: 0, message: "no section \(name) of this type")
    }
    let raw = UnsafeRawBufferPointer(rebasing: memory[range])
    return MappedArray(storage: raw.bindMemory(to: Element.self), image: self)
  }

  /// A section written by `ImageBuilder.add(_:_: [String])`.
  public func strings(_ name: String) throws -> [String] {
    let bytes = try array(name, of: UInt8.self).storage
    return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// The checksum of the head but for itself, which is the last word of the header.
  static func headChecksum(_ memory: UnsafeRawBufferPointer, _ bodyStart: Int) -> UInt64 {
    let header = ByteHash.checksum(UnsafeRawBufferPointer(rebasing: memory[..<(headerSize - 8)]))
    return header &+ ByteHash.checksum(UnsafeRawBufferPointer(rebasing: memory[headerSize..<bodyStart]))
  }

  static func isSealed(_ file: FileStamp, _ stamps: [FileStamp]) -> Bool {
    guard let newest = newest(stamps) else { return false }
    return file.seconds == newest.seconds && file.nanoseconds == newest.nanoseconds
  }

  static func newest(_ stamps: [FileStamp]) -> FileStamp? {
    stamps.max { ($0.seconds, $0.nanoseconds) < ($1.seconds, $1.nanoseconds) }
  }

  /// Reads the head of an image; nil when anything in it does not fit.
  private static func sections(
    _ memory: UnsafeRawBufferPointer, layout: UInt32, stamps: [FileStamp], verifyAll: Bool
  ) -> [String: Range<Int>]? {
    guard memory.count >= headerSize else { return nil }
    func word(_ at: Int) -> UInt64 {
      UInt64(littleEndian: memory.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
    let counts = word(8)
    guard word(16) <= UInt64(memory.count / recordSize) else { return nil }
    let sectionCount = Int(word(16))
    let bodyStart = headerSize + stamps.count * stampSize + sectionCount * recordSize
    guard word(0) == magic, UInt32(counts & 0xFFFF_FFFF) == layout, counts >> 32 == UInt64(stamps.count),
      word(24) == UInt64(memory.count), bodyStart <= memory.count,
      headChecksum(memory, bodyStart) == word(40)
    else { return nil }
    for (index, stamp) in stamps.enumerated() {
      let at = headerSize + index * stampSize
      let recorded = FileStamp(
        path: word(at), size: Int64(bitPattern: word(at + 8)), seconds: Int64(bitPattern: word(at + 16)),
        nanoseconds: Int64(bitPattern: word(at + 24)))
      guard recorded == stamp else { return nil }
    }
    if verifyAll {
      let body = UnsafeRawBufferPointer(rebasing: memory[bodyStart...])
      guard ByteHash.checksum(body) == word(32) else { return nil }
    }
    var sections: [String: Range<Int>] = [:]
    for index in 0..<sectionCount {
      let at = headerSize + stamps.count * stampSize + index * recordSize
      let name = memory[at..<(at + nameSize)].prefix { $0 != 0 }
      let start = word(at + nameSize)
      let count = word(at + nameSize + 8)
      guard start <= UInt64(memory.count), count <= UInt64(memory.count) - start else { return nil }
      sections[String(decoding: name, as: UTF8.self)] = Int(start)..<Int(start + count)
    }
    return sections
  }
}

/// An array that lies in an image. Elements are read where they are.
public struct MappedArray<Element: BitwiseCopyable>: RandomAccessCollection, @unchecked Sendable {
  /// For hot loops; valid as long as this array or its image lives.
  public let storage: UnsafeBufferPointer<Element>
  // Keeps the memory alive.
  let image: MappedImage

  public var startIndex: Int { 0 }
  public var endIndex: Int { storage.count }

  /// Bounds are checked, so that a wrong index stops the program instead of reading foreign memory.
  public subscript(position: Int) -> Element {
    precondition(position >= 0 && position < storage.count)
    return storage[position]
  }
}
