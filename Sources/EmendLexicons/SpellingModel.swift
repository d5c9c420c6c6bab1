#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How English a string of letters looks: a model of three letters in a row, counted over the trusted list and the
/// names, each word once.
///
/// It answers for words that no list holds: "kutten" costs less than "ktuten".
public struct SpellingModel: Sendable {
  private let logs: MappedArray<Float>

  /// Letters a to z, apostrophe, hyphen, anything else, start, end.
  static let symbols = 31
  private static let start = 29
  private static let end = 30

  init(_ image: MappedImage) throws {
    logs = try image.array("spelling.logs", of: Float.self)
    guard logs.count == Self.symbols * Self.symbols * Self.symbols else {
      throw LexiconError.bad(file: "image", line: 0, message: "spelling model does not fit together")
    }
  }

  /// Natural logarithm of the probability of the word, its end included; capitals count as small letters,
  /// a letter outside ASCII as one odd symbol.
  public func logProbability(_ word: UnsafeBufferPointer<UInt8>) -> Float {
    var sum: Float = 0
    Self.forEachTriple(word) { sum += logs.storage[$0] }
    return sum
  }

  private static func symbol(_ byte: UInt8) -> Int {
    switch byte {
    case 0x61...0x7A: Int(byte) - 0x61
    case 0x41...0x5A: Int(byte) - 0x41
    case 0x27: 26
    case 0x2D: 27
    default: 28
    }
  }

  private static func forEachTriple(_ word: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Void) {
    var before = start
    var last = start
    for byte in word where byte & 0xC0 != 0x80 {
      let next = symbol(byte)
      body((before * symbols + last) * symbols + next)
      (before, last) = (last, next)
    }
    body((before * symbols + last) * symbols + end)
  }

  /// Counts triples while an image is built.
  struct Counter {
    private var counts = [Float](repeating: 0, count: symbols * symbols * symbols)

    mutating func add(_ word: UnsafeBufferPointer<UInt8>) {
      forEachTriple(word) { counts[$0] += 1 }
    }

    /// Smoothing constants; the thresholds of repair were set with them.
    func write(to builder: inout ImageBuilder) {
      var logs = counts
      for pair in 0..<(symbols * symbols) {
        let row = (pair * symbols)..<((pair + 1) * symbols)
        let total = counts[row].reduce(0, +)
        for index in row { logs[index] = log((counts[index] + 0.02) / (total + 1.2)) }
      }
      builder.add("spelling.logs", logs)
    }
  }
}
