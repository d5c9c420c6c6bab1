import Glibc

/// A trained linear-chain conditional random field (Lafferty, McCallum and Pereira 2001), mapped from a
/// file: weights of hashed features in eight bits, transitions between states in single precision.
///
/// File, little-endian: `EMNDCRF3`, number of states, bits of the scale (Float), offset of the
/// transitions (states × states, then start), of the features, of the gazetteers (0 if none).
/// An entry of the feature table: fingerprint (2 bytes), number of weights, then state and weight of each.
final class LinearChainModel: Sendable {
  static let magic: [UInt8] = Array("EMNDCRF3".utf8)
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

  /// A bucket that may hold a feature.
  struct Candidate {
    var start: Int32
    var end: Int32
    var fingerprint: UInt16
  }

  /// Adds the weights of features to a row of `width` sums. `room` has place for all of the hashes.
  ///
  /// Three passes over the features, so that the reads of the directory, and then those of the buckets, do
  /// not wait for one another: the table does not fit the near caches.
  @inline(__always)
  func add(
    _ hashes: UnsafeBufferPointer<UInt64>, to row: UnsafeMutablePointer<Int16>,
    _ room: UnsafeMutablePointer<Candidate>
  ) {
    let bytes = features.entries
    var found = 0
    for hash in hashes {
      let range = features.bucket(hash)
      room[found] = Candidate(
        start: Int32(truncatingIfNeeded: range.lowerBound), end: Int32(truncatingIfNeeded: range.upperBound),
        fingerprint: UInt16(truncatingIfNeeded: hash))
      found &+= range.isEmpty ? 0 : 1
    }
    var touched: UInt8 = 0
    for index in 0..<found {
      touched |= bytes.load(fromByteOffset: Int(room[index].start), as: UInt8.self)
    }
    // What was touched is used, in the place of a state that does not exist, so that the reads are made.
    row[Self.width &- 1] = Int16(touched)
    for index in 0..<found {
      let wanted = room[index].fingerprint
      var at = Int(room[index].start)
      let end = Int(room[index].end)
      while at &+ 3 <= end {
        let count = Int(bytes.load(fromByteOffset: at &+ 2, as: UInt8.self))
        if bytes.loadUnaligned(fromByteOffset: at, as: UInt16.self) == wanted {
          var pair = at &+ 3
          let last = min(pair &+ 2 &* count, end &- 1)
          while pair < last {
            // A damaged file must not lead past the row.
            let state = min(Int(bytes.load(fromByteOffset: pair, as: UInt8.self)), Self.width &- 1)
            row[state] &+= Int16(bytes.load(fromByteOffset: pair &+ 1, as: Int8.self))
            pair &+= 2
          }
          break
        }
        at &+= 3 &+ 2 &* count
      }
    }
  }
}
