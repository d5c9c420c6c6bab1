/// Collects the sections of an image. The same sections and stamps give the same bytes.
public struct ImageBuilder {
  private var sections: [(name: String, bytes: [UInt8])] = []

  init() {}

  /// Adds a section of numbers. Names are at most 31 bytes long, each used once.
  public mutating func add<Element: BitwiseCopyable>(_ name: String, _ values: [Element]) {
    precondition(name.utf8.count < MappedImage.nameSize)
    sections.append((name, values.withUnsafeBytes { Array($0) }))
  }

  /// Adds a list of strings, none of which may hold a zero byte.
  public mutating func add(_ name: String, _ values: [String]) {
    var bytes: [UInt8] = []
    for value in values {
      bytes.append(contentsOf: value.utf8)
      bytes.append(0)
    }
    add(name, bytes)
  }

  /// The whole image.
  func image(layout: UInt32, stamps: [FileStamp]) -> [UInt8] {
    let bodyStart =
      MappedImage.headerSize + stamps.count * MappedImage.stampSize + sections.count * MappedImage.recordSize
    var head: [UInt8] = []
    var body: [UInt8] = []
    for stamp in stamps {
      head.append(word: stamp.path)
      head.append(word: UInt64(bitPattern: stamp.size))
      head.append(word: UInt64(bitPattern: stamp.seconds))
      head.append(word: UInt64(bitPattern: stamp.nanoseconds))
    }
    body.reserveCapacity(sections.reduce(0) { $0 + $1.bytes.count + 16 })
    for section in sections {
      while (bodyStart + body.count) % 16 != 0 { body.append(0) }
      head.append(contentsOf: section.name.utf8)
      head.append(contentsOf: repeatElement(0, count: MappedImage.nameSize - section.name.utf8.count))
      head.append(word: UInt64(bodyStart + body.count))
      head.append(word: UInt64(section.bytes.count))
      body.append(contentsOf: section.bytes)
    }
    var image: [UInt8] = []
    image.reserveCapacity(bodyStart + body.count)
    image.append(word: MappedImage.magic)
    image.append(word: UInt64(layout) | UInt64(stamps.count) << 32)
    image.append(word: UInt64(sections.count))
    image.append(word: UInt64(bodyStart + body.count))
    image.append(word: body.withUnsafeBytes { ByteHash.checksum($0) })
    image.append(word: 0)
    image.append(contentsOf: head)
    let checksum = image.withUnsafeBytes { MappedImage.headChecksum($0, bodyStart) }
    image.withUnsafeMutableBytes {
      $0.storeBytes(of: checksum.littleEndian, toByteOffset: MappedImage.headerSize - 8, as: UInt64.self)
    }
    image.append(contentsOf: body)
    return image
  }
}

extension [UInt8] {
  fileprivate mutating func append(word: UInt64) {
    Swift.withUnsafeBytes(of: word.littleEndian) { append(contentsOf: $0) }
  }
}
