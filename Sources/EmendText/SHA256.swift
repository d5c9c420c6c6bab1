/// SHA-256 (FIPS 180-4), for naming sources by their content.
///
/// Our own because nothing we link against offers it: swift-crypto would bring BoringSSL, libcrypto a
/// system dependency, for these sixty lines. Not meant for secrets.
///
/// ```swift
/// SHA256.hex(Array("abc".utf8))  // "ba7816bf…15ad"
/// ```
public struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  public init() {}

  /// The digest of some bytes in lower-case hexadecimal.
  public static func hex(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.hex()
  }

  /// Takes in more bytes.
  public mutating func update(_ bytes: [UInt8]) {
    length &+= UInt64(bytes.count)
    var at = 0
    if !pending.isEmpty {
      at = min(64 - pending.count, bytes.count)
      pending.append(contentsOf: bytes[..<at])
      if pending.count < 64 { return }
      compress(pending, blocks: 0..<1)
      pending.removeAll()
    }
    let blocks = (bytes.count - at) / 64
    compress(bytes, from: at, blocks: 0..<blocks)
    pending.append(contentsOf: bytes[(at + blocks * 64)...])
  }

  /// The digest of all bytes so far in lower-case hexadecimal.
  public func hex() -> String {
    var last = self
    var tail = pending + [0x80]
    while tail.count % 64 != 56 { tail.append(0) }
    let bits = length &* 8
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    last.compress(tail, blocks: 0..<(tail.count / 64))
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for word in last.state {
      for shift in stride(from: UInt32(28), through: 0, by: -4) {
        text.append(digits[Int(word >> shift & 15)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func compress(_ bytes: [UInt8], from start: Int = 0, blocks: Range<Int>) {
    bytes.withUnsafeBufferPointer { input in
      Self.constants.withUnsafeBufferPointer { constants in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { w in
          for block in blocks { Self.round(input, at: start + block * 64, constants, w, &state) }
        }
      }
    }
  }

  @inline(__always) private static func round(
    _ input: UnsafeBufferPointer<UInt8>, at start: Int, _ k: UnsafeBufferPointer<UInt32>,
    _ w: UnsafeMutableBufferPointer<UInt32>, _ state: inout [UInt32]
  ) {
    @inline(__always) func right(_ x: UInt32, _ n: UInt32) -> UInt32 { x &>> n | x &<< (32 &- n) }
    for t in 0..<16 {
      let at = start &+ t &* 4
      w[t] =
        UInt32(input[at]) << 24 | UInt32(input[at &+ 1]) << 16 | UInt32(input[at &+ 2]) << 8
        | UInt32(input[at &+ 3])
    }
    for t in 16..<64 {
      let (x, y) = (w[t &- 15], w[t &- 2])
      let s0 = right(x, 7) ^ right(x, 18) ^ x &>> 3
      let s1 = right(y, 17) ^ right(y, 19) ^ y &>> 10
      w[t] = w[t &- 16] &+ s0 &+ w[t &- 7] &+ s1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let s1 = right(e, 6) ^ right(e, 11) ^ right(e, 25)
      let choice = (e & f) ^ (~e & g)
      let t1 = h &+ s1 &+ choice &+ k[t] &+ w[t]
      let s0 = right(a, 2) ^ right(a, 13) ^ right(a, 22)
      let t2 = s0 &+ ((a & b) ^ (a & c) ^ (b & c))
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ t1, c, b, a, t1 &+ t2)
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
