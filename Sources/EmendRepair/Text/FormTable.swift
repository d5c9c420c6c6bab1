/// Distinct byte strings with an id each, in the order of their first appearance, and a count.
///
/// Open addressing over one byte arena: no object per string. A slot holds what its string is known by, so that a look
/// for a string of up to sixteen bytes, as nearly all words are, touches nothing but the slot.
struct FormTable: Sendable {
  private(set) var arena: [UInt8] = []
  private(set) var bounds: [Int32] = [0]
  private(set) var counts: [Int32] = []
  private var slots: [Slot]
  private var mask: Int

  /// What a string is known by: its length and itself up to sixteen bytes, the first one lowest, else a hash.
  struct Key: BitwiseCopyable, Equatable {
    var low: UInt64
    var high: UInt64
    var length: Int32

    /// Whether strings with this key are the same.
    @inline(__always)
    var isString: Bool { length <= 16 }

    /// A number that tells keys apart, in all its bits.
    @inline(__always)
    var mixed: UInt64 {
      let other = high ^ 0xA076_1D64_78BD_642F ^ UInt64(truncatingIfNeeded: length)
      let product = (low ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: other)
      return product.high ^ product.low
    }
  }

  private struct Slot: BitwiseCopyable {
    var key: Key
    /// -1 in an empty slot.
    var id: Int32
  }

  /// A string within a buffer that waits to be entered.
  struct Token: BitwiseCopyable {
    var key: Key
    var start: Int32
    var times: Int32
  }

  init(capacity: Int = 256) {
    var size = 512
    while size * FormTable.mostFilled < capacity * 4 { size *= 2 }
    slots = FormTable.empty(size)
    mask = size - 1
  }

  /// Quarters of the slots that may be filled.
  private static let mostFilled = 3

  private static func empty(_ size: Int) -> [Slot] {
    [Slot](repeating: Slot(key: Key(low: 0, high: 0, length: 0), id: -1), count: size)
  }

  var count: Int { counts.count }

  subscript(id: Int) -> Form { Form(arena[Int(bounds[id])..<Int(bounds[id + 1])]) }

  func length(_ id: Int) -> Int { Int(bounds[id + 1] - bounds[id]) }

  @inline(__always)
  static func key(of bytes: UnsafeBufferPointer<UInt8>) -> Key { key(of: 0..<bytes.count, in: bytes) }

  /// The key of a stretch of a buffer.
  @inline(__always)
  static func key(of range: Range<Int>, in buffer: UnsafeBufferPointer<UInt8>) -> Key {
    let count = range.count
    guard count > 0, let base = UnsafeRawPointer(buffer.baseAddress) else {
      return Key(low: 0, high: 0, length: 0)
    }
    let length = Int32(truncatingIfNeeded: count)
    let from = range.lowerBound
    @inline(__always)
    func eight(_ at: Int) -> UInt64 {
      UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
    if count > 16 { return hashed(base + from, length) }
    if from + 16 <= buffer.count {
      let low = eight(from) & UInt64.max &>> UInt64(64 - 8 * min(count, 8))
      let rest = eight(from + 8) & UInt64.max &>> UInt64(128 - 8 * max(count, 9))
      return Key(low: low, high: count > 8 ? rest : 0, length: length)
    }
    var (low, high) = (UInt64(0), UInt64(0))
    for at in 0..<min(count, 8) { low |= UInt64(buffer[from + at]) << UInt64(8 * at) }
    for at in 8..<max(count, 8) { high |= UInt64(buffer[from + at]) << UInt64(8 * (at - 8)) }
    return Key(low: low, high: high, length: length)
  }

  private static func hashed(_ base: UnsafeRawPointer, _ length: Int32) -> Key {
    var h: UInt64 = 0x9E37_79B9_7F4A_7C15
    var at = 0
    let last = Int(length) - 8
    while true {
      // The last eight bytes may overlap those before.
      h = (h ^ base.loadUnaligned(fromByteOffset: min(at, last), as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
      h ^= h >> 32
      if at >= last { break }
      at += 8
    }
    return Key(low: h, high: 0, length: length)
  }

  /// The slot of a string, or the empty one that it would take.
  @inline(__always)
  private func slot(_ bytes: UnsafeBufferPointer<UInt8>, _ key: Key) -> Int {
    var at = Int(truncatingIfNeeded: key.mixed) & mask
    while true {
      let slot = slots[at]
      if slot.id < 0 { return at }
      if slot.key == key, key.isString || equal(Int(slot.id), bytes) { return at }
      at = (at + 1) & mask
    }
  }

  /// The id of a string, which is entered when it is new; counts `times` occurrences.
  mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>, times: Int32 = 1) -> Int {
    intern(bytes, FormTable.key(of: bytes), times)
  }

  @inline(__always)
  private mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>, _ key: Key, _ times: Int32) -> Int {
    let at = slot(bytes, key)
    if slots[at].id >= 0 {
      let id = Int(slots[at].id)
      counts[id] += times
      return id
    }
    let id = counts.count
    slots[at] = Slot(key: key, id: Int32(id))
    arena.append(contentsOf: bytes)
    bounds.append(Int32(arena.count))
    counts.append(times)
    if counts.count * 4 > slots.count * FormTable.mostFilled { grow() }
    return id
  }

  mutating func intern(_ form: Form, times: Int32 = 1) -> Int {
    form.withUnsafeBufferPointer { intern($0, times: times) }
  }

  /// Enters many strings in their order and gives the place of each among them with its id to `body`.
  ///
  /// All first looks are taken before any of them is judged, so that those that wait for memory wait together.
  @inline(__always)
  mutating func intern(
    _ tokens: [Token], in buffer: UnsafeBufferPointer<UInt8>, _ body: (_ place: Int, _ id: Int32) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: tokens.count) { guesses in
      slots.withUnsafeBufferPointer { slots in
        for (index, token) in tokens.enumerated() {
          let slot = slots[Int(truncatingIfNeeded: token.key.mixed) & mask]
          // All bits that differ, so that nothing is foretold of a slot that is still to come.
          let differs =
            slot.key.low ^ token.key.low | slot.key.high ^ token.key.high
            | UInt64(truncatingIfNeeded: slot.key.length ^ token.key.length)
          guesses[index] = differs == 0 ? slot.id : -1
        }
      }
      for (index, token) in tokens.enumerated() {
        let guess = guesses[index]
        let start = Int(token.start)
        let bytes = UnsafeBufferPointer(rebasing: buffer[start..<(start + Int(token.key.length))])
        if guess >= 0, token.key.isString || equal(Int(guess), bytes) {
          counts[Int(guess)] += token.times
          body(index, guess)
        } else {
          body(index, Int32(intern(bytes, token.key, token.times)))
        }
      }
    }
  }

  /// Enters all strings of another table with their counts and gives for each of its ids the one here.
  mutating func add(_ other: FormTable) -> [Int32] {
    var ids = [Int32](repeating: -1, count: other.count)
    var waiting: [Token] = []
    waiting.reserveCapacity(FormTable.group)
    other.arena.withUnsafeBufferPointer { arena in
      var first = 0
      while first < other.count {
        let last = min(other.count, first + FormTable.group)
        waiting.removeAll(keepingCapacity: true)
        for id in first..<last {
          let range = Int(other.bounds[id])..<Int(other.bounds[id + 1])
          waiting.append(
            Token(key: FormTable.key(of: range, in: arena), start: other.bounds[id], times: other.counts[id]))
        }
        intern(waiting, in: arena) { place, id in ids[first + place] = id }
        first = last
      }
    }
    return ids
  }
  private static let group = 256

  func id(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let id = slots[slot(bytes, FormTable.key(of: bytes))].id
    return id < 0 ? nil : Int(id)
  }

  func id(_ form: Form) -> Int? { form.withUnsafeBufferPointer { id($0) } }

  /// How often a string was counted.
  func count(of form: Form) -> Int { id(form).map { Int(counts[$0]) } ?? 0 }

  /// Takes one occurrence back.
  mutating func forget(_ id: Int) { counts[id] -= 1 }

  /// Gives `body` the bytes of a string without a copy.
  @inline(__always)
  func withBytes<R>(_ id: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    let range = Int(bounds[id])..<Int(bounds[id + 1])
    return arena.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Whether a string is one of more than sixteen bytes.
  @inline(__always)
  private func equal(_ id: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = Int(bounds[id])
    let count = bytes.count
    return arena.withUnsafeBytes { arena in
      guard let known = arena.baseAddress, let sought = UnsafeRawPointer(bytes.baseAddress) else {
        return true
      }
      // Eight bytes at a time; the last ones overlap those before.
      var at = 0
      while true {
        let place = min(at, count - 8)
        let one = known.loadUnaligned(fromByteOffset: start + place, as: UInt64.self)
        if one != sought.loadUnaligned(fromByteOffset: place, as: UInt64.self) { return false }
        at += 8
        if at >= count { return true }
      }
    }
  }

  private mutating func grow() {
    let old = slots
    let mask = (self.mask + 1) * 2 - 1
    slots = FormTable.empty(mask + 1)
    slots.withUnsafeMutableBufferPointer { slots in
      for slot in old where slot.id >= 0 {
        var at = Int(truncatingIfNeeded: slot.key.mixed) & mask
        while slots[at].id >= 0 { at = (at + 1) & mask }
        slots[at] = slot
      }
    }
    self.mask = mask
  }
}
