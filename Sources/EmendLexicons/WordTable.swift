#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Words and their ids: open addressing over bytes, in an image.
///
/// A slot holds the id in its lower bits and as much of the word's hash as fits above it, so that nearly
/// every failed comparison is settled without touching the word. An empty slot has all bits set.
///
/// Most strings that repair asks for are no words. A blocked Bloom filter (Putze, Sanders and Singler 2007) of
/// one 64-bit block a string turns all but some three in a hundred of them away with one look into a table
/// that fits the second-level cache.
public struct WordTable: Sendable {
  let filter: MappedArray<UInt64>
  let slots: MappedArray<UInt32>
  let starts: MappedArray<UInt32>
  let pool: MappedArray<UInt8>
  let idBits: UInt32

  /// Opens the table that `add(to:name:words:)` wrote under this name.
  public init(_ image: MappedImage, name: String) throws {
    filter = try image.array(name + ".filter", of: UInt64.self)
    slots = try image.array(name + ".slots", of: UInt32.self)
    starts = try image.array(name + ".starts", of: UInt32.self)
    pool = try image.array(name + ".pool", of: UInt8.self)
    guard !slots.isEmpty, !filter.isEmpty, let last = starts.last, Int(last) == pool.count else {
      throw LexiconError.bad(file: "image", line: 0, message: "word table \(name) does not fit together")
    }
    idBits = Self.idBits(starts.count - 1)
  }

  /// The number of words; ids run from 0.
  public var count: Int { starts.count - 1 }

  /// The id of a word, -1 when it is not here.
  public func id(_ word: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = ByteHash.hash(word)
    let (block, bits) = Self.filterBits(hash, filter.storage.count)
    if filter.storage[block] & bits != bits { return -1 }
    let slots = self.slots.storage
    let mask = (1 << idBits) as UInt32 &- 1
    let tag = UInt32(truncatingIfNeeded: hash) & ~mask
    var at = Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(slots.count)).high)
    // A sound table always has an empty slot; the bound keeps an unsound one from looping for ever.
    for _ in 0..<slots.count {
      let slot = slots[at]
      if slot == UInt32.max { return -1 }
      if slot & ~mask == tag, equals(Int(slot & mask), word) { return Int32(slot & mask) }
      at += 1
      if at == slots.count { at = 0 }
    }
    return -1
  }

  /// Gives `body` the place of each of many words with its id, -1 when it is not here.
  ///
  /// Words are looked up in groups: what one of them waits for in memory, all wait for together.
  ///
  /// - Parameters:
  ///   - pool: the words side by side.
  ///   - bounds: where each word starts in the pool, the end of the last one behind.
  public func eachId(
    _ pool: UnsafeBufferPointer<UInt8>, _ bounds: [Int32], _ body: (_ index: Int, _ id: Int32) -> Void
  ) {
    let mask = (1 << idBits) as UInt32 &- 1
    let (filter, slots) = (self.filter.storage, self.slots.storage)
    withUnsafeTemporaryAllocation(of: Look.self, capacity: Self.group) { looks in
      var first = 0
      while first < bounds.count - 1 {
        let count = min(Self.group, bounds.count - 1 - first)
        func word(_ index: Int) -> UnsafeBufferPointer<UInt8> {
          UnsafeBufferPointer(rebasing: pool[Int(bounds[first + index])..<Int(bounds[first + index + 1])])
        }
        for index in 0..<count {
          let hash = ByteHash.hash(word(index))
          let (block, bits) = Self.filterBits(hash, filter.count)
          looks[index] = Look(hash: hash, mayBeHere: filter[block] & bits == bits)
        }
        for index in 0..<count where looks[index].mayBeHere {
          let hash = looks[index].hash
          let tag = UInt32(truncatingIfNeeded: hash) & ~mask
          var at = Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(slots.count)).high)
          // The first slot with the same tag is nearly always the word's.
          for _ in 0..<slots.count {
            if slots[at] == UInt32.max || slots[at] & ~mask == tag { break }
            at = at + 1 == slots.count ? 0 : at + 1
          }
          looks[index].slot = slots[at]
        }
        for index in 0..<count {
          let look = looks[index]
          if !look.mayBeHere || look.slot == UInt32.max {
            body(first + index, -1)
          } else if equals(Int(look.slot & mask), word(index)) {
            body(first + index, Int32(look.slot & mask))
          } else {
            body(first + index, id(word(index)))
          }
        }
        first += count
      }
    }
  }

  /// A word on its way through a group.
  private struct Look: BitwiseCopyable {
    var hash: UInt64
    var mayBeHere: Bool
    var slot = UInt32.max
  }
  /// Words that are looked up together.
  private static let group = 64

  /// The bytes of a word, in the image; empty when there is no such id.
  public func word(_ id: Int32) -> UnsafeBufferPointer<UInt8> {
    guard id >= 0, Int(id) < count else { return UnsafeBufferPointer(start: nil, count: 0) }
    let start = Int(starts.storage[Int(id)])
    let end = Int(starts.storage[Int(id) + 1])
    guard start <= end, end <= pool.count else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(rebasing: pool.storage[start..<end])
  }

  @inline(__always)
  private func equals(_ id: Int, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    let candidate = self.word(Int32(id))
    guard candidate.count == word.count, let left = candidate.baseAddress, let right = word.baseAddress
    else { return candidate.count == word.count }
    return memcmp(left, right, word.count) == 0
  }

  /// The block of a hash in a filter of so many blocks, and its four bits there.
  @inline(__always)
  private static func filterBits(_ hash: UInt64, _ blocks: Int) -> (block: Int, bits: UInt64) {
    // Other bits of the hash than those that choose the slot.
    let turned = hash &* 0x9E37_79B9_7F4A_7C15
    let block = Int(truncatingIfNeeded: turned.multipliedFullWidth(by: UInt64(blocks)).high)
    let bits =
      1 << (hash & 63) | 1 << (hash >> 6 & 63) | 1 << (hash >> 12 & 63) | (1 as UInt64) << (hash >> 18 & 63)
    return (block, bits)
  }
  /// Words that share a block: 64 / 5, or some thirteen bits a word.
  private static let wordsPerBlock = 5

  static func idBits(_ count: Int) -> UInt32 {
    UInt32(max(1, Int.bitWidth - count.leadingZeroBitCount))
  }

  /// Writes a table whose ids are the places of the words in the list, each of which stands there once.
  public static func add(to builder: inout ImageBuilder, name: String, words: WordList) {
    let count = words.count
    let bits = idBits(count)
    let mask = (1 << bits) as UInt32 &- 1
    let size = count + count / 3 + 8
    var slots = [UInt32](repeating: UInt32.max, count: size)
    var filter = [UInt64](repeating: 0, count: count / wordsPerBlock + 1)
    for id in 0..<count {
      let hash = words.withWord(id) { ByteHash.hash($0) }
      let (block, bits) = filterBits(hash, filter.count)
      filter[block] |= bits
      var at = Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(size)).high)
      while slots[at] != UInt32.max { at = at + 1 == size ? 0 : at + 1 }
      slots[at] = UInt32(truncatingIfNeeded: hash) & ~mask | UInt32(id)
    }
    builder.add(name + ".filter", filter)
    builder.add(name + ".slots", slots)
    builder.add(name + ".starts", words.starts)
    builder.add(name + ".pool", words.pool)
  }
}

/// A growing list of distinct words, as it is needed while an image is built.
public struct WordList {
  private(set) var pool: [UInt8] = []
  private(set) var starts: [UInt32] = [0]
  private var slots: [Int32]

  public init(capacity: Int = 1024) {
    slots = [Int32](repeating: -1, count: max(16, capacity * 2))
    pool.reserveCapacity(capacity * 10)
    starts.reserveCapacity(capacity + 1)
  }

  public var count: Int { starts.count - 1 }

  /// The place of the word in the list; it is added when it is new.
  public mutating func insert(_ word: UnsafeBufferPointer<UInt8>) -> Int {
    if (count + 1) * 3 > slots.count * 2 { grow() }
    let at = slot(word)
    if slots[at] >= 0 { return Int(slots[at]) }
    slots[at] = Int32(count)
    pool.append(contentsOf: word)
    starts.append(UInt32(pool.count))
    return count - 1
  }

  /// The place of the word, nil when it is not in the list.
  public func find(_ word: UnsafeBufferPointer<UInt8>) -> Int? {
    let found = slots[slot(word)]
    return found >= 0 ? Int(found) : nil
  }

  public func withWord<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    pool.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[Int(starts[index])..<Int(starts[index + 1])]))
    }
  }

  private func slot(_ word: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = ByteHash.hash(word)
    var at = Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(slots.count)).high)
    while slots[at] >= 0 {
      let same = withWord(Int(slots[at])) { $0.elementsEqual(word) }
      if same { return at }
      at = at + 1 == slots.count ? 0 : at + 1
    }
    return at
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for index in 0..<count {
      let at = withWord(index) { slot($0) }
      slots[at] = Int32(index)
    }
  }
}
