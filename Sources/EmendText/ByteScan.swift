/// Skips over the bytes of a text that do not matter, eight at a time.
///
/// ```swift
/// Array("café au lait".utf8).withUnsafeBufferPointer { ByteScan.beyondASCII($0, from: 0) }  // 3
/// ```
public enum ByteScan {
  @usableFromInline static let highs: UInt64 = 0x8080_8080_8080_8080
  @usableFromInline static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The offset of the first byte from 0x80 on, at or after `start`; the count of the bytes when there is none.
  public static func beyondASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    find(bytes, from: start) {
      $0 & highs
    } matching: {
      $0 >= 0x80
    }
  }

  /// The offset of the first byte at or after `start` that is no printed ASCII sign (0x21 to 0x7E); the count of the
  /// bytes when there is none.
  @inlinable @inline(__always)
  public static func beyondPrint(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let count = bytes.count
    var at = start
    if let base = UnsafeRawPointer(bytes.baseAddress) {
      while at + 8 <= count {
        let eight = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        let low = eight & ~highs
        // The highest bit of a byte of the first sum is set from 0x21 on, of the second one for 0x7F.
        let found = (eight | ~(low &+ ones &* 0x5F) | (low &+ ones)) & highs
        if found != 0 { return at + found.trailingZeroBitCount / 8 }
        at += 8
      }
    }
    while at < count, bytes[at] &- 0x21 < 0x5E { at += 1 }
    return min(at, max(start, count))
  }

  /// The offset of the first occurrence of a byte at or after `start`; the count of the bytes when there is none.
  public static func first(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let pattern = ones &* UInt64(byte)
    // A byte of the difference is 0 where the byte is the one sought (Lamport 1975).
    return find(bytes, from: start) {
      let difference = $0 ^ pattern
      return (difference &- ones) & ~difference & highs
    } matching: {
      $0 == byte
    }
  }

  /// - Parameters:
  ///   - mark: for eight bytes a number that is 0 when none of them matches, and whose lowest bit lies in the
  ///     first one that does.
  @inline(__always)
  private static func find(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ mark: (UInt64) -> UInt64,
    matching isMatch: (UInt8) -> Bool
  ) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    let raw = UnsafeRawPointer(base)
    let count = bytes.count
    var at = start
    while at + 8 <= count {
      let found = mark(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
      if found != 0 { return at + found.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < count, !isMatch(base[at]) { at += 1 }
    return min(at, max(start, count))
  }
}

/// A set of byte values, such as those that a text holds: what does not occur need not be looked for.
///
/// ```swift
/// var set = ByteSet(Array("a-b".utf8))
/// set.contains(0x2D)           // true
/// set.containsAny(0x80...0xFF) // false
/// ```
public struct ByteSet: Sendable, Equatable {
  private var low: SIMD2<UInt64> = .zero
  private var high: SIMD2<UInt64> = .zero

  public init() {}

  public init(_ bytes: some Sequence<UInt8>) { insert(contentsOf: bytes) }

  /// Adds the bytes of a text.
  public mutating func insert(contentsOf bytes: some Sequence<UInt8>) {
    withUnsafeTemporaryAllocation(of: Bool.self, capacity: 256) { seen in
      seen.initialize(repeating: false)
      let isDone: Void? = bytes.withContiguousStorageIfAvailable { for byte in $0 { seen[Int(byte)] = true } }
      if isDone == nil { for byte in bytes { seen[Int(byte)] = true } }
      for value in 0..<256 where seen[value] { insert(UInt8(value)) }
    }
  }

  public mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    if byte < 0x80 { low[Int(byte >> 6)] |= bit } else { high[Int(byte >> 6) - 2] |= bit }
  }

  public func contains(_ byte: UInt8) -> Bool {
    let part = byte < 0x80 ? low[Int(byte >> 6)] : high[Int(byte >> 6) - 2]
    return part & (1 << UInt64(byte & 63)) != 0
  }

  public func containsAny(_ range: ClosedRange<UInt8>) -> Bool { range.contains { contains($0) } }
}
