/// Hashing of byte strings for the tables of the image: FNV-1a, 64 bits, with a final mix.
enum ByteHash {
  static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always)
  static func add(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

  /// FNV's low bits are weak; a multiply and shift spreads them before they choose a slot.
  @inline(__always)
  static func slot(_ hash: UInt64, mask: Int) -> Int {
    Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
  }

  static func of(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(seed) { add($0, $1) } }
}

/// Builds an open-addressing table from byte strings to ids, as sections of an image.
struct ByteTableBuilder {
  private(set) var keys: [[UInt8]] = []
  private(set) var ids: [Int32] = []
  private var known: [[UInt8]: Int32] = [:]

  /// The id of a key, nil when it is not there.
  func id(of key: [UInt8]) -> Int32? { known[key] }

  /// Adds a key for an id; the first id of a key stays.
  mutating func add(_ key: [UInt8], id: Int32) {
    if known.updateValue(known[key] ?? id, forKey: key) != nil { return }
    keys.append(key)
    ids.append(id)
  }

  /// Slots hold the index of a key plus one; `offsets` lead into `bytes`.
  func sections() -> (slots: [Int32], ids: [Int32], offsets: [Int32], bytes: [UInt8]) {
    var size = 16
    while size < keys.count * 2 { size *= 2 }
    var slots = [Int32](repeating: 0, count: size)
    var offsets: [Int32] = [0]
    var bytes: [UInt8] = []
    for (index, key) in keys.enumerated() {
      bytes += key
      offsets.append(Int32(bytes.count))
      var slot = ByteHash.slot(ByteHash.of(key), mask: size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(index + 1)
    }
    return (slots, ids, offsets, bytes)
  }
}

/// A table of the image, read in place.
struct ByteTable: @unchecked Sendable {
  let slots: UnsafeBufferPointer<Int32>
  let ids: UnsafeBufferPointer<Int32>
  let offsets: UnsafeBufferPointer<Int32>
  let bytes: UnsafeBufferPointer<UInt8>

  /// The id of a key given with its hash, 0 when it is not there.
  @inline(__always)
  func id(_ hash: UInt64, _ key: UnsafeBufferPointer<UInt8>) -> Int32 {
    let mask = slots.count - 1
    var slot = ByteHash.slot(hash, mask: mask)
    while true {
      let index = Int(slots[slot])
      if index == 0 { return 0 }
      let start = Int(offsets[index - 1])
      if Int(offsets[index]) - start == key.count {
        var same = true
        for at in 0..<key.count where bytes[start + at] != key[at] {
          same = false
          break
        }
        if same { return ids[index - 1] }
      }
      slot = (slot + 1) & mask
    }
  }

  func id(of key: [UInt8]) -> Int32 { key.withUnsafeBufferPointer { id(ByteHash.of(key), $0) } }
}
