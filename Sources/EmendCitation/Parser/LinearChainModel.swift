import Glibc

/// A trained linear-chain conditional random field (Lafferty, McCallum and Pereira 2001), mapped from a
/// file: weights of hashed features in eight bits, transitions between states in single precision.
///
/// File, little-endian: `EMNDCRF4`, number of states, bits of the scale (Float), offset of the
/// transitions (states × states, then start), of the features, of the gazetteers (0 if none).
/// An entry of the feature table: fingerprint (2 bytes), number of weights, then state and weight of each; or,
/// for a feature with many weights, `full` instead of their number and then the weights of all states in an
/// order that vectors read well (`fullRow`).
final class LinearChainModel: Sendable {
  static let magic: [UInt8] = Array("EMNDCRF4".utf8)
  /// States are padded to this many, by one at least, so that rows are whole vectors.
  static let width = 48
  /// Weights of one word and state are added up in 16 bits: so many features a word cannot overflow them.
  static let mostFeatures = 256

  let states: Int
  let gazetteers: Gazetteers?
  /// The scale that turns the sums of eight-bit weights into scores.
  let scale: Float
  /// `transitions[from * width + to]`, -1e4 where the move is forbidden; the last row is the start.
  let transitions: [Float]
  /// `turned[to * width + from]`, without the start.
  let turned: [Float]
  /// Transitions as factors.
  let factors: [Float]
  /// `turnedFactors[to * width + from]`, without the start.
  let turnedFactors: [Float]
  private let file: MappedFile
  nonisolated(unsafe) private let features: BucketTable

  /// Maps a model. Throws `ModelError`.
  convenience init(path: String) throws { try self.init(MappedFile(path: path), name: path) }

  init(_ file: MappedFile, name path: String) throws {
    self.file = file
    guard file.bytes.count > 32, file.bytes.prefix(8).elementsEqual(Self.magic) else {
      throw ModelError.notAModel(path)
    }
    states = Int(file.uint32(8))
    scale = Float(bitPattern: file.uint32(12))
    let offset = Int(file.uint32(16))
    guard (1..<Self.width).contains(states), scale.isFinite,
      offset + (states + 1) * states * 4 <= file.bytes.count,
      let features = BucketTable(file, at: Int(file.uint32(20)))
    else { throw ModelError.notAModel(path) }
    self.features = features
    let gazetteerOffset = Int(file.uint32(24))
    gazetteers =
      gazetteerOffset > 0 ? BucketTable(file, at: gazetteerOffset).map(Gazetteers.init(table:)) : nil
    var transitions = [Float](repeating: -1e4, count: (states + 1) * Self.width)
    for row in 0...states {
      for column in 0..<states {
        transitions[row * Self.width + column] = Float(
          bitPattern: file.uint32(offset + (row * states + column) * 4))
      }
    }
    let factors = transitions.map { $0 <= -1e3 ? 0 : expf($0) }
    self.transitions = transitions
    self.factors = factors
    turned = Self.turned(transitions, states, otherwise: -1e4)
    turnedFactors = Self.turned(factors, states, otherwise: 0)
  }

  private static func turned(_ table: [Float], _ states: Int, otherwise: Float) -> [Float] {
    var turned = [Float](repeating: otherwise, count: width * width)
    for from in 0..<states {
      for to in 0..<states { turned[to * width + from] = table[from * width + to] }
    }
    return turned
  }

  /// Where a feature may stand: its bucket, not yet looked at.
  struct Candidate {
    /// Places in the entries; the high byte is the directory's.
    var start: UInt32
    var end: UInt32
    var fingerprint: UInt16
  }

  /// The bucket that may hold a feature, and whether it may at all. Nothing is checked yet.
  struct Directory {
    let base: UnsafeRawPointer
    let shift: UInt64

    @inline(__always)
    func look(_ hash: UInt64) -> (candidate: Candidate, isPossible: Bool) {
      let at = Int(truncatingIfNeeded: hash &>> shift) &* 4
      let first = base.load(fromByteOffset: at, as: UInt32.self)
      let next = base.load(fromByteOffset: at &+ 4, as: UInt32.self)
      return (
        Candidate(
          start: first & 0xFF_FFFF, end: next & 0xFF_FFFF, fingerprint: UInt16(truncatingIfNeeded: hash)),
        first & (0x100_0000 &<< UInt32(truncatingIfNeeded: hash & 7)) != 0
      )
    }
  }

  var directory: Directory { Directory(base: features.directory, shift: features.shift) }

  /// Stands for the number of weights of a feature that has one for every state.
  static let full: UInt8 = 255
  /// Features with this many weights are kept so.
  static let fullFrom = 8

  /// The weights of all states as a vector reads them: states i and i + 8 of each sixteen side by side.
  static func fullRow(_ weights: [(state: UInt8, weight: UInt8)]) -> [UInt8] {
    var row = [UInt8](repeating: 0, count: width)
    for (state, weight) in weights {
      let (sixteen, place) = (Int(state) / 16 * 16, Int(state) % 16)
      row[sixteen + (place < 8 ? 2 * place : 2 * (place - 8) + 1)] = weight
    }
    return row
  }

  /// Adds the weights of features to a row of `width` sums.
  ///
  /// Two passes over the features, so that the reads of the buckets do not wait for one another: the table
  /// does not fit the near caches.
  func add(_ candidates: UnsafeBufferPointer<Candidate>, to row: UnsafeMutablePointer<Int16>) {
    let bytes = features.entries
    let length = features.length
    var touched: UInt8 = 0
    for candidate in candidates {
      // Both ends: a bucket may lie across two lines of the cache.
      let last = min(Int(candidate.end), length) &- 1
      guard Int(candidate.start) <= last else { continue }
      touched |= bytes.load(fromByteOffset: Int(candidate.start), as: UInt8.self)
      touched |= bytes.load(fromByteOffset: last, as: UInt8.self)
    }
    // What was touched is used, in the place of a state that does not exist, so that the reads are made.
    row[Self.width &- 1] = Int16(touched)
    var sums = (
      SIMD8<Int16>(), SIMD8<Int16>(), SIMD8<Int16>(), SIMD8<Int16>(), SIMD8<Int16>(), SIMD8<Int16>()
    )
    for candidate in candidates {
      let wanted = candidate.fingerprint
      var at = Int(candidate.start)
      let end = min(Int(candidate.end), length)
      while at &+ 3 <= end {
        let count = bytes.load(fromByteOffset: at &+ 2, as: UInt8.self)
        let size = count == Self.full ? Self.width : 2 &* Int(count)
        guard bytes.loadUnaligned(fromByteOffset: at, as: UInt16.self) == wanted else {
          at &+= 3 &+ size
          continue
        }
        if count == Self.full {
          guard at &+ 3 &+ size <= end else { break }
          @inline(__always)
          func pair(_ offset: Int) -> (SIMD8<Int16>, SIMD8<Int16>) {
            let both = bytes.loadUnaligned(fromByteOffset: at &+ 3 &+ offset, as: SIMD8<Int16>.self)
            return ((both &<< 8) &>> 8, both &>> 8)
          }
          let (first, second, third) = (pair(0), pair(16), pair(32))
          sums.0 &+= first.0
          sums.1 &+= first.1
          sums.2 &+= second.0
          sums.3 &+= second.1
          sums.4 &+= third.0
          sums.5 &+= third.1
          break
        }
        var pair = at &+ 3
        let last = min(pair &+ size, end &- 1)
        while pair < last {
          // A damaged file must not lead past the row.
          let state = min(Int(bytes.load(fromByteOffset: pair, as: UInt8.self)), Self.width &- 1)
          row[state] &+= Int16(bytes.load(fromByteOffset: pair &+ 1, as: Int8.self))
          pair &+= 2
        }
        break
      }
    }
    let out = UnsafeMutableRawPointer(row)
    @inline(__always)
    func store(_ sum: SIMD8<Int16>, _ offset: Int) {
      let value = out.loadUnaligned(fromByteOffset: offset, as: SIMD8<Int16>.self) &+ sum
      out.storeBytes(of: value, toByteOffset: offset, as: SIMD8<Int16>.self)
    }
    store(sums.0, 0)
    store(sums.1, 16)
    store(sums.2, 32)
    store(sums.3, 48)
    store(sums.4, 64)
    store(sums.5, 80)
  }
}
