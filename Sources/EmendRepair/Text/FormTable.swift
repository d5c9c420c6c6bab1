/// Distinct byte strings with an id each, in the order of their first appearance, and a count.
///
/// Open addressing over one byte arena: no object per string.
struct FormTable: Sendable {
  private(set) var arena: [UInt8] = []
  private(set) var bounds: [Int32] = [0]
  private(set) var counts: [Int32] = []
  private var slots: [Int32]
  private var mask: Int

  init(capacity: Int = 256) {
    var size = 512
    while size < capacity * 2 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
  }

  var count: Int { counts.count }

  subscript(id: Int) -> Form { Form(arena[Int(bounds[id])..<Int(bounds[id + 1])]) }

  func length(_ id: Int) -> Int { Int(bounds[id + 1] - bounds[id]) }

  @inline(__always)
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var h: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: bytes.count)
    var at = 0
    let count = bytes.count
    if let base = UnsafeRawPointer(bytes.baseAddress) {
      while at + 8 <= count {
        h = (h ^ base.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
        h ^= h >> 32
        at += 8
      }
      var rest: UInt64 = 0
      while at < count {
        rest = rest << 8 | UInt64(bytes[at])
        at += 1
      }
      h = (h ^ rest) &* 0xC4CE_B9FE_1A85_EC53
    }
    return h ^ h >> 29
  }

  /// The id of a string, which is entered when it is new; counts `times` occurrences.
  @inline(__always)
  mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>, times: Int32 = 1) -> Int {
    var at = Int(truncatingIfNeeded: FormTable.hash(bytes)) & mask
    while true {
      let id = Int(slots[at])
      if id < 0 { break }
      if equal(id, bytes) {
        counts[id] += times
        return id
      }
      at = (at + 1) & mask
    }
    let id = counts.count
    slots[at] = Int32(id)
    arena.append(contentsOf: bytes)
    bounds.append(Int32(arena.count))
    counts.append(times)
    if counts.count * 2 > mask { grow() }
    return id
  }

  mutating func intern(_ form: Form, times: Int32 = 1) -> Int {
    form.withUnsafeBufferPointer { intern($0, times: times) }
  }

  func id(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var at = Int(truncatingIfNeeded: FormTable.hash(bytes)) & mask
    while true {
      let id = Int(slots[at])
      if id < 0 { return nil }
      if equal(id, bytes) { return id }
      at = (at + 1) & mask
    }
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

  @inline(__always)
  private func equal(_ id: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = Int(bounds[id])
    if Int(bounds[id + 1]) - start != bytes.count { return false }
    return arena.withUnsafeBytes { arena in
      guard let known = arena.baseAddress, let sought = UnsafeRawPointer(bytes.baseAddress) else {
        return true
      }
      // Eight bytes at a time; the last ones overlap those before.
      let count = bytes.count
      if count < 8 {
        for k in 0..<count where arena[start + k] != bytes[k] { return false }
        return true
      }
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
    let size = (mask + 1) * 2
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
    arena.withUnsafeBufferPointer { all in
      for id in 0..<counts.count {
        let range = Int(bounds[id])..<Int(bounds[id + 1])
        var at = Int(truncatingIfNeeded: FormTable.hash(UnsafeBufferPointer(rebasing: all[range]))) & mask
        while slots[at] >= 0 { at = (at + 1) & mask }
        slots[at] = Int32(id)
      }
    }
  }
}
