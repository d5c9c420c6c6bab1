/// A read-only hash table in a mapped file: a directory of buckets, and in each bucket short entries one
/// after the other, so that a look-up touches one line of the directory and one of the bucket.
///
/// An entry of the directory holds where its bucket starts (24 bits) and, in its high byte, one bit for the
/// low three bits of each fingerprint there: most keys that are absent are known so without a look at the
/// bucket. The high bits of a hash choose the bucket, its low sixteen are kept as fingerprint; with three entries
/// a bucket, an absent key is taken for a present one in 1 of 20,000 cases, which a linear model does not feel.
struct BucketTable {
  let directory: UnsafeRawPointer
  let entries: UnsafeRawPointer
  let length: Int
  let shift: UInt64

  /// `offset` is where the table starts in the file; nil when it does not fit there.
  init?(_ file: MappedFile, at offset: Int) {
    let bits = Int(file.uint32(offset))
    let length = Int(file.uint32(offset + 4))
    guard let base = file.bytes.baseAddress, (1...24).contains(bits) else { return nil }
    let directorySize = ((1 << bits) + 1) * 4
    guard offset >= 0, offset % 4 == 0, offset + 8 + directorySize + length <= file.bytes.count else {
      return nil
    }
    directory = base + offset + 8
    entries = base + offset + 8 + directorySize
    self.length = length
    shift = UInt64(64 - bits)
  }

  /// The bytes of the bucket that a hash belongs to.
  @inline(__always)
  func bucket(_ hash: UInt64) -> Range<Int> {
    let index = Int(hash >> shift) * 4
    let first = directory.load(fromByteOffset: index, as: UInt32.self)
    let next = directory.load(fromByteOffset: index &+ 4, as: UInt32.self)
    let start = Int(first & 0xFF_FFFF)
    let end = Int(next & 0xFF_FFFF)
    let isPossible = first & (0x100_0000 << UInt32(truncatingIfNeeded: hash & 7)) != 0
    return isPossible && end <= length && start <= end ? start..<end : 0..<0
  }

  /// The one-byte value of a hash in a table of such; 0 when absent.
  @inline(__always)
  func value(_ hash: UInt64) -> UInt8 {
    let range = bucket(hash)
    let wanted = UInt16(truncatingIfNeeded: hash)
    var at = range.lowerBound
    while at + 3 <= range.upperBound {
      if entries.loadUnaligned(fromByteOffset: at, as: UInt16.self) == wanted {
        return entries.load(fromByteOffset: at + 2, as: UInt8.self)
      }
      at += 3
    }
    return 0
  }

  /// The bytes of a table. Entries: hash and what stands after its fingerprint.
  static func image(_ entries: [(hash: UInt64, payload: [UInt8])], bits: Int) -> [UInt8] {
    let sorted = entries.sorted { $0.hash < $1.hash }
    var starts = [UInt32](repeating: 0, count: (1 << bits) + 1)
    var body: [UInt8] = []
    var next = 0
    for bucket in 0..<(1 << bits) {
      var marks: UInt32 = 0
      let start = UInt32(body.count)
      while next < sorted.count, Int(sorted[next].hash >> UInt64(64 - bits)) == bucket {
        let mark = UInt16(truncatingIfNeeded: sorted[next].hash)
        marks |= 0x100_0000 << UInt32(mark & 7)
        body.append(UInt8(mark & 0xFF))
        body.append(UInt8(mark >> 8))
        body.append(contentsOf: sorted[next].payload)
        next += 1
      }
      starts[bucket] = start | marks
    }
    precondition(body.count < 1 << 24, "a table holds at most 16 MB")
    starts[1 << bits] = UInt32(body.count)
    var image: [UInt8] = []
    func append(_ number: UInt32) {
      withUnsafeBytes(of: number.littleEndian) { image.append(contentsOf: $0) }
    }
    append(UInt32(bits))
    append(UInt32(body.count))
    for start in starts { append(start) }
    image.append(contentsOf: body)
    while image.count % 4 != 0 { image.append(0) }
    return image
  }
}
