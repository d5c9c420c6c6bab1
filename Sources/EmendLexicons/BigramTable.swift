/// Log probabilities of word pairs in an image: open addressing over the pair's two 16-bit ids.
struct BigramTable: Sendable {
  private let keys: MappedArray<UInt32>
  private let weights: MappedArray<UInt8>
  private let backoffs: MappedArray<Float>

  /// Tenths of a natural logarithm, which is as fine as the file is.
  static let unitsPerNat: Float = 10

  init(_ image: MappedImage) throws {
    keys = try image.array("bigrams.keys", of: UInt32.self)
    weights = try image.array("bigrams.weights", of: UInt8.self)
    backoffs = try image.array("bigrams.backoffs", of: Float.self)
    guard keys.count == weights.count, !keys.isEmpty, backoffs.count <= 0x10000 else {
      throw LexiconError.bad(file: "image", line: 0, message: "bigram table does not fit together")
    }
  }

  /// Words with smaller ids are those of the language model.
  var vocabulary: Int { backoffs.count }

  /// What is added to the frequency of a follower that was not seen after this word.
  func backoff(_ first: Int32) -> Float { backoffs[Int(first)] }

  /// Natural logarithm of P(second | first), nil when the pair was not seen. Both ids are below `vocabulary`.
  func logProbability(_ first: Int32, _ second: Int32) -> Float? {
    let key = UInt32(first) << 16 | UInt32(second)
    let keys = self.keys.storage
    var at = Self.place(key, keys.count)
    for _ in 0..<keys.count {
      let found = keys[at]
      if found == key { return -Float(weights.storage[at]) / Self.unitsPerNat }
      if found == UInt32.max { return nil }
      at += 1
      if at == keys.count { at = 0 }
    }
    return nil
  }

  private static func place(_ key: UInt32, _ size: Int) -> Int {
    Int(truncatingIfNeeded: ByteHash.mix(UInt64(key) | 1 << 40).multipliedFullWidth(by: UInt64(size)).high)
  }

  /// Writes the pairs; a pair that comes twice keeps its last weight.
  static func add(
    to builder: inout ImageBuilder, pairs: [(first: Int, second: Int, weight: Float)], backoffs: [Float]
  ) {
    let size = pairs.count + pairs.count / 3 + 8
    var keys = [UInt32](repeating: UInt32.max, count: size)
    var weights = [UInt8](repeating: 0, count: size)
    for pair in pairs {
      let key = UInt32(pair.first) << 16 | UInt32(pair.second)
      var at = place(key, size)
      while keys[at] != UInt32.max, keys[at] != key { at = at + 1 == size ? 0 : at + 1 }
      keys[at] = key
      weights[at] = UInt8(max(0, min(255, (-pair.weight * unitsPerNat).rounded())))
    }
    builder.add("bigrams.keys", keys)
    builder.add("bigrams.weights", weights)
    builder.add("bigrams.backoffs", backoffs)
  }
}
