/// Takes the features of the words of one sequence, word by word.
protocol FeatureSink {
  /// A word begins.
  mutating func beginWord()
  /// A block of features that depend on nothing but `key` begins; false when their sum is known, so that they
  /// need not be made. `comesAgain`: the next word will likely open the same block.
  mutating func opensBlock(_ key: UInt64, comesAgain: Bool) -> Bool
  mutating func closesBlock()
  mutating func take(_ hash: UInt64)
}

/// Keeps the hashes of all features: what training wants.
struct FeatureList: FeatureSink {
  private(set) var hashes: [UInt64] = []
  /// `hashes[offsets[k]..<offsets[k + 1]]` belong to word k.
  private(set) var offsets: [Int] = []

  mutating func removeAll() {
    hashes.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
  }
  mutating func beginWord() { offsets.append(hashes.count) }
  mutating func opensBlock(_ key: UInt64, comesAgain: Bool) -> Bool { true }
  mutating func closesBlock() {}
  mutating func take(_ hash: UInt64) { hashes.append(hash) }
  /// After the last word.
  mutating func end() { offsets.append(hashes.count) }
}

/// Adds up the weights of features as they come, and remembers the sums of whole blocks: the same words, gaps
/// and states come again and again in a list, and a sum is one row where its features are ten look-ups.
struct ChainScorer: FeatureSink {
  private static let width = LinearChainModel.width
  /// Remembered sums; a power of two, small enough for the second cache.
  private static let slots = 1 << 13
  private static let most = LinearChainModel.mostFeatures

  /// The memory of a scorer: fixed tables, and a row of sums for each word.
  private final class Tables {
    /// Blocks whose sums stand in `rows`, and blocks that came last.
    let keys: UnsafeMutablePointer<UInt64>
    let seen: UnsafeMutablePointer<UInt64>
    let rows: UnsafeMutablePointer<Int16>
    let pending: UnsafeMutablePointer<LinearChainModel.Candidate>

    init() {
      keys = .allocate(capacity: slots)
      keys.initialize(repeating: 0, count: slots)
      seen = .allocate(capacity: slots)
      seen.initialize(repeating: 0, count: slots)
      rows = .allocate(capacity: slots * width)
      pending = .allocate(capacity: most)
    }

    deinit {
      keys.deallocate()
      seen.deallocate()
      rows.deallocate()
      pending.deallocate()
    }
  }

  private final class Sums {
    let base: UnsafeMutablePointer<Int16>
    let words: Int
    init(words: Int) {
      self.words = words
      base = .allocate(capacity: words * width)
    }
    deinit { base.deallocate() }
  }

  private let tables: Tables
  private let pending: UnsafeMutablePointer<LinearChainModel.Candidate>
  private var buffer = Sums(words: 64)
  private var model: LinearChainModel?
  /// That of `model`; of no use before `begin`.
  private var directory: LinearChainModel.Directory
  private(set) var words = 0
  private var count = 0
  private var blockStart = 0
  private var slot = -1

  init() {
    tables = Tables()
    pending = tables.pending
    directory = LinearChainModel.Directory(base: UnsafeRawPointer(tables.keys), shift: 63)
  }

  /// Sums of word k: `sums[k * width + state]`. They live as long as the scorer takes no further sequence.
  var sums: UnsafePointer<Int16> { UnsafePointer(buffer.base) }

  /// A sequence begins.
  mutating func begin(_ model: LinearChainModel) {
    if self.model !== model {
      self.model = model
      directory = model.directory
      tables.keys.update(repeating: 0, count: Self.slots)
      tables.seen.update(repeating: 0, count: Self.slots)
    }
    words = 0
    count = 0
    slot = -1
  }

  mutating func beginWord() {
    flush()
    if words == buffer.words {
      let larger = Sums(words: 2 * words)
      larger.base.update(from: buffer.base, count: words * Self.width)
      buffer = larger
    }
    (buffer.base + words * Self.width).initialize(repeating: 0, count: Self.width)
    words += 1
  }

  @inline(never)
  mutating func opensBlock(_ key: UInt64, comesAgain: Bool) -> Bool {
    let place = Int(truncatingIfNeeded: key >> 32) & (Self.slots - 1)
    if tables.keys[place] == key {
      addRow(place)
      return false
    }
    // Most blocks of a first list come but once: a sum is made when its block comes again.
    if comesAgain || tables.seen[place] == key {
      tables.keys[place] = key
      slot = place
      blockStart = count
    } else {
      tables.seen[place] = key
    }
    return true
  }

  @inline(never)
  mutating func closesBlock() {
    guard slot >= 0, let model else { return }
    let row = tables.rows + slot * Self.width
    row.initialize(repeating: 0, count: Self.width)
    model.add(UnsafeBufferPointer(start: pending + blockStart, count: count - blockStart), to: row)
    count = blockStart
    addRow(slot)
    slot = -1
  }

  /// The read of the directory is begun here, so that it does not wait for those of other features.
  @inline(__always)
  mutating func take(_ hash: UInt64) {
    if count == Self.most { overflows() }
    let (candidate, isPossible) = directory.look(hash)
    pending[count] = candidate
    count &+= isPossible ? 1 : 0
  }

  /// After the last word.
  mutating func end() { flush() }

  @inline(never)
  private mutating func overflows() {
    if slot >= 0 { closesBlock() }
    flush()
  }

  @inline(never)
  private mutating func flush() {
    if words > 0, count > 0, let model {
      model.add(
        UnsafeBufferPointer(start: pending, count: count), to: buffer.base + (words - 1) * Self.width)
    }
    count = 0
  }

  @inline(__always)
  private func addRow(_ place: Int) {
    let from = UnsafeRawPointer(tables.rows + place * Self.width)
    let to = UnsafeMutableRawPointer(buffer.base + (words - 1) * Self.width)
    for offset in stride(from: 0, to: Self.width * 2, by: 16) {
      let sum =
        to.loadUnaligned(fromByteOffset: offset, as: SIMD8<Int16>.self)
        &+ from.loadUnaligned(fromByteOffset: offset, as: SIMD8<Int16>.self)
      to.storeBytes(of: sum, toByteOffset: offset, as: SIMD8<Int16>.self)
    }
  }
}
