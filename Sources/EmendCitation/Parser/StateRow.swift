/// Arithmetic on rows of `LinearChainModel.width` numbers, one for each state, in the registers of the processor.
///
/// Half a row is worked on at a time: six registers of four numbers, which leaves room for the operands.
enum StateRow {
  private typealias Eight = SIMD8<Float>
  private static let half = LinearChainModel.width / 2 * MemoryLayout<Float>.size
  private static let whole = 2 * half

  @inline(__always)
  private static func load(_ row: UnsafeRawPointer, _ offset: Int) -> Eight {
    row.loadUnaligned(fromByteOffset: offset, as: Eight.self)
  }

  @inline(__always)
  private static func store(_ value: Eight, _ row: UnsafeMutableRawPointer, _ offset: Int) {
    row.storeBytes(of: value, toByteOffset: offset, as: Eight.self)
  }

  /// `row[to]` becomes the greatest of `before[from] + moves[from][to]` over the states in `live`.
  static func greatest(
    _ row: UnsafeMutablePointer<Float>, _ before: UnsafePointer<Float>, _ moves: UnsafePointer<Float>,
    _ live: UnsafeBufferPointer<Int32>
  ) {
    let (out, table) = (UnsafeMutableRawPointer(row), UnsafeRawPointer(moves))
    for offset in [0, half] {
      var (a, b, c) = (
        Eight(repeating: -1e9), Eight(repeating: -1e9), Eight(repeating: -1e9)
      )
      for from in live {
        let base = Eight(repeating: before[Int(from)])
        let move = table + (Int(from) &* whole &+ offset)
        let (x, y, z) = (base + load(move, 0), base + load(move, 32), base + load(move, 64))
        a.replace(with: x, where: x .> a)
        b.replace(with: y, where: y .> b)
        c.replace(with: z, where: z .> c)
      }
      store(a, out, offset)
      store(b, out, offset + 32)
      store(c, out, offset + 64)
    }
  }

  /// `row[to]` becomes the sum of `shares[from] * factors[from][to]` over the states in `live`.
  static func sum(
    _ row: UnsafeMutablePointer<Float>, _ shares: UnsafePointer<Float>, _ factors: UnsafePointer<Float>,
    _ live: UnsafeBufferPointer<Int32>
  ) {
    let (out, table) = (UnsafeMutableRawPointer(row), UnsafeRawPointer(factors))
    for offset in [0, half] {
      var (a, b, c) = (Eight(), Eight(), Eight())
      for from in live {
        let share = Eight(repeating: shares[Int(from)])
        let factor = table + (Int(from) &* whole &+ offset)
        a += share * load(factor, 0)
        b += share * load(factor, 32)
        c += share * load(factor, 64)
      }
      store(a, out, offset)
      store(b, out, offset + 32)
      store(c, out, offset + 64)
    }
  }

  /// The greatest number of a row whose padding is not greater.
  @inline(__always)
  static func top(_ row: UnsafePointer<Float>) -> Float {
    let base = UnsafeRawPointer(row)
    var best = load(base, 0)
    for offset in stride(from: 32, to: whole, by: 32) {
      let next = load(base, offset)
      best.replace(with: next, where: next .> best)
    }
    return best.max()
  }

  /// Multiplies a row by another.
  @inline(__always)
  static func multiply(_ row: UnsafeMutablePointer<Float>, by other: UnsafePointer<Float>) {
    let (out, base) = (UnsafeMutableRawPointer(row), UnsafeRawPointer(other))
    for offset in stride(from: 0, to: whole, by: 32) {
      store(load(out, offset) * load(base, offset), out, offset)
    }
  }

  /// Divides a row by its sum.
  @inline(__always)
  static func normalise(_ row: UnsafeMutablePointer<Float>) {
    let out = UnsafeMutableRawPointer(row)
    var sum = Eight()
    for offset in stride(from: 0, to: whole, by: 32) { sum += load(out, offset) }
    let factor = Eight(repeating: 1 / max(sum.sum(), 1e-30))
    for offset in stride(from: 0, to: whole, by: 32) { store(load(out, offset) * factor, out, offset) }
  }
}
