/// Likeness of short letter strings: running heads, misread numerals.
enum EditDistance {
  /// Edit distance by Myers' bit-parallel method (J. ACM 46, 1999) for a pattern of up to 64 bytes;
  /// `limit + 1` when the bag distance already exceeds `limit`.
  static func distance(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>, limit: Int = .max - 1) -> Int {
    let pattern = a.prefix(64)
    guard !pattern.isEmpty else { return b.count }
    if bagDistance(a, b) > limit { return limit + 1 }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 256) { masks in
      // Only the letters that occur are looked up.
      for byte in pattern { masks[Int(byte)] = 0 }
      for byte in b { masks[Int(byte)] = 0 }
      for (offset, byte) in pattern.enumerated() { masks[Int(byte)] |= 1 << UInt64(offset) }
      let top: UInt64 = 1 << UInt64(pattern.count - 1)
      var positive: UInt64 = .max
      var negative: UInt64 = 0
      var distance = pattern.count
      for byte in b {
        let equal = masks[Int(byte)]
        let vertical = equal | negative
        let horizontal = (((equal & positive) &+ positive) ^ positive) | equal
        var up = negative | ~(horizontal | positive)
        var down = positive & horizontal
        if up & top != 0 { distance += 1 }
        if down & top != 0 { distance -= 1 }
        up = up << 1 | 1
        down <<= 1
        positive = down | ~(vertical | up)
        negative = up & vertical
      }
      return distance
    }
  }

  /// Larger of the surplus and the lack of letters: never more than the edit distance, and cheap.
  static func bagDistance(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
    withUnsafeTemporaryAllocation(of: Int16.self, capacity: 32) { counts in
      counts.initialize(repeating: 0)
      for byte in a { counts[Int(byte & 31)] += 1 }
      for byte in b { counts[Int(byte & 31)] -= 1 }
      var surplus = 0
      var lack = 0
      for count in counts { if count > 0 { surplus += Int(count) } else { lack -= Int(count) } }
      return max(surplus, lack)
    }
  }

  /// 1 for equal strings, 0 for unlike ones: one minus distance over the longer length.
  static func similarity(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>, atLeast floor: Double) -> Double {
    let longer = max(a.count, b.count)
    let shorter = min(a.count, b.count)
    guard longer > 0, Double(shorter) >= floor * Double(longer) else { return 0 }
    let limit = Int((1 - floor) * Double(longer) + 0.0001)
    let distance = distance(a, b, limit: limit)
    return distance > limit ? 0 : 1 - Double(distance) / Double(longer)
  }
}
