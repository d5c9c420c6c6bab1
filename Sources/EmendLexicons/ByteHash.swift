/// A 64-bit hash of bytes, eight at a time, by full-width multiplication (the mixing step of wyhash).
///
/// The same on every machine and in every run: images on disk depend on it.
public enum ByteHash {
  @inlinable @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }

  /// The hash of one word or name.
  @inlinable
  public static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return 0x2545_F491_4F6C_DD1D }
    let raw = UnsafeRawPointer(base)
    let count = bytes.count
    var state: UInt64 = 0xA076_1D64_78BD_642F ^ (UInt64(count) &* 0xE703_7ED1_A0B4_28DB)
    var tail: UInt64
    if count >= 8 {
      var at = 0
      while at + 8 < count {
        state = mix(state ^ UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
        at += 8
      }
      // The last eight bytes, overlapping those before where the length is no multiple of eight.
      tail = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
    } else if count >= 4 {
      let low = UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self))
      let high = UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
      tail = UInt64(low) | UInt64(high) << 32
    } else {
      tail = UInt64(bytes[0]) | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1]) << 16
    }
    tail ^= state
    return mix(mix(tail))
  }

  /// A checksum of a long stretch: four lanes, so that it runs at memory speed.
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
    let whole = bytes.count / 32 * 32
    var at = 0
    while at < whole {
      lanes.0 = mix(lanes.0 ^ bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      lanes.1 = mix(lanes.1 ^ bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
      lanes.2 = mix(lanes.2 ^ bytes.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self))
      lanes.3 = mix(lanes.3 ^ bytes.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self))
      at += 32
    }
    var state = mix(lanes.0 ^ UInt64(bytes.count))
    state = mix(state ^ lanes.1)
    state = mix(state ^ lanes.2)
    state = mix(state ^ lanes.3)
    while at < bytes.count {
      state = mix(state ^ UInt64(bytes[at]) ^ 0x100)
      at += 1
    }
    return state
  }
}
