import Glibc

/// A trained linear-chain conditional random field (Lafferty, McCallum and Pereira 2001), mapped from a
/// file: weights of hashed features in eight bits, transitions between states in single precision.
///
/// File, little-endian: `EMNDCRF3`, number of states, bits of the scale (Float), offset of the
/// transitions (states × states, then start), of the features, of the gazetteers (0 if none).
/// An entry of the feature table: fingerprint (2 bytes), number of weights, then state and weight of each.
final class LinearChainModel: Sendable {
  static let magic: [UInt8] = Array("EMNDCRF3".utf8)
  /// States are padded to this many, so that rows are whole vectors and a damaged file cannot lead past them.
  static let width = 64

  let states: Int
  let gazetteers: Gazetteers?
  /// The scale that turns the sums of eight-bit weights into scores.
  let scale: Float
  /// `transitions[from * width + to]`, -1e4 where the move is forbidden; the last row is the start.
  let transitions: [Float]
  /// The same as factors.
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
    guard (1...Self.width).contains(states), scale.isFinite,
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
    self.transitions = transitions
    let factors = transitions.map { $0 <= -1e3 ? 0 : expf($0) }
    var turned = [Float](repeating: 0, count: Self.width * Self.width)
    for from in 0..<states {
      for to in 0..<states { turned[to * Self.width + from] = factors[from * Self.width + to] }
    }
    self.factors = factors
    turnedFactors = turned
  }

  /// A bucket that may hold a feature.
  private struct Candidate {
    var start: Int32
    var end: Int32
    var fingerprint: UInt16
  }

  /// Adds up the weights of one word's features.
  ///
  /// Three passes over the features, so that the reads of the directory, and then those of the buckets, do
  /// not wait for one another: the table does not fit the near caches.
  @inline(__always)
  private func score(
    _ hashes: UnsafeBufferPointer<UInt64>, _ ranges: UnsafeMutablePointer<Candidate>,
    _ row: UnsafeMutablePointer<Int32>
  ) {
    let bytes = features.entries
    var found = 0
    for hash in hashes {
      let range = features.bucket(hash)
      ranges[found] = Candidate(
        start: Int32(truncatingIfNeeded: range.lowerBound), end: Int32(truncatingIfNeeded: range.upperBound),
        fingerprint: UInt16(truncatingIfNeeded: hash))
      found &+= range.isEmpty ? 0 : 1
    }
    var touched: UInt8 = 0
    for index in 0..<found {
      touched |= bytes.load(fromByteOffset: Int(ranges[index].start), as: UInt8.self)
    }
    // The touched bytes are used, so that the reads are made.
    row[Self.width - 1] = Int32(touched)
    for index in 0..<found {
      let wanted = ranges[index].fingerprint
      var at = Int(ranges[index].start)
      let end = Int(ranges[index].end)
      while at &+ 3 <= end {
        let count = Int(bytes.load(fromByteOffset: at &+ 2, as: UInt8.self))
        if bytes.loadUnaligned(fromByteOffset: at, as: UInt16.self) == wanted {
          var pair = at &+ 3
          let last = min(pair &+ 2 &* count, end &- 1)
          while pair < last {
            let state = Int(bytes.load(fromByteOffset: pair, as: UInt8.self)) & (Self.width - 1)
            row[state] &+= Int32(bytes.load(fromByteOffset: pair &+ 1, as: Int8.self))
            pair &+= 2
          }
          break
        }
        at &+= 3 &+ 2 &* count
      }
    }
  }

  /// Scores of all states at all places, `scores[k * width + state]`.
  func scores(_ hashes: [UInt64], _ offsets: [Int], into scores: inout [Float]) {
    let count = max(0, offsets.count - 1)
    scores.removeAll(keepingCapacity: true)
    scores.append(contentsOf: repeatElement(0, count: count * Self.width))
    var longest = 1
    for k in 0..<count { longest = max(longest, offsets[k + 1] - offsets[k]) }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.width) { row in
      withUnsafeTemporaryAllocation(of: Candidate.self, capacity: longest) { ranges in
        guard let row = row.baseAddress, let ranges = ranges.baseAddress else { return }
        hashes.withUnsafeBufferPointer { hashes in
          scores.withUnsafeMutableBufferPointer { scores in
            for k in 0..<count {
              row.initialize(repeating: 0, count: Self.width)
              score(UnsafeBufferPointer(rebasing: hashes[offsets[k]..<offsets[k + 1]]), ranges, row)
              for state in 0..<states { scores[k * Self.width + state] = Float(row[state]) * scale }
            }
          }
        }
      }
    }
  }
}

/// Decodes one sequence at a time, with buffers that are used again.
struct ChainDecoder {
  private var scores: [Float] = []
  private var best: [Float] = []
  private var back: [UInt8] = []
  private var forward: [Float] = []
  private var backward: [Float] = []
  private var emissions: [Float] = []
  private(set) var path: [Int] = []
  /// States this far (in logarithms) behind the best one of a place are left out of account: no transition
  /// weighs so much.
  private static let beam: Float = 18

  /// The best path by Viterbi's algorithm, into `path`.
  mutating func decode(_ model: LinearChainModel, _ hashes: [UInt64], _ offsets: [Int]) {
    model.scores(hashes, offsets, into: &scores)
    let n = max(0, offsets.count - 1)
    let states = model.states
    let width = LinearChainModel.width
    path.removeAll(keepingCapacity: true)
    guard n > 0 else { return }
    best.removeAll(keepingCapacity: true)
    best.append(contentsOf: repeatElement(-1e9, count: n * width))
    back.removeAll(keepingCapacity: true)
    back.append(contentsOf: repeatElement(0, count: n * width))
    model.transitions.withUnsafeBufferPointer { moves in
      best.withUnsafeMutableBufferPointer { best in
        back.withUnsafeMutableBufferPointer { back in
          for state in 0..<states { best[state] = moves[states * width + state] + scores[state] }
          for k in 1..<max(n, 1) {
            let row = k * width
            let before = row - width
            // Row by row of the matrix, so that the inner loop runs over neighbours in memory.
            var top = best[before]
            for state in 1..<states { top = max(top, best[before + state]) }
            for from in 0..<states {
              let base = best[before + from]
              if base < top - Self.beam { continue }
              let move = from * width
              for to in 0..<states {
                let value = base + moves[move + to]
                if value > best[row + to] {
                  best[row + to] = value
                  back[row + to] = UInt8(truncatingIfNeeded: from)
                }
              }
            }
            for state in 0..<states { best[row + state] += scores[row + state] }
          }
        }
      }
    }
    var state = 0
    let row = (n - 1) * width
    for candidate in 1..<states where best[row + candidate] > best[row + state] { state = candidate }
    path.append(contentsOf: repeatElement(0, count: n))
    for k in stride(from: n - 1, through: 0, by: -1) {
      path[k] = state
      state = Int(back[k * width + state])
    }
  }

  /// Runs forward and backward over the sequence last decoded, so that `probability` can be asked.
  mutating func weigh(_ model: LinearChainModel) {
    let states = model.states
    let width = LinearChainModel.width
    let n = path.count
    for keyPath in [\ChainDecoder.forward, \.backward, \.emissions] {
      self[keyPath: keyPath].removeAll(keepingCapacity: true)
      self[keyPath: keyPath].append(contentsOf: repeatElement(0, count: n * width))
    }
    guard n > 0 else { return }
    for k in 0..<n {
      var top = scores[k * width]
      for state in 1..<states { top = max(top, scores[k * width + state]) }
      for state in 0..<states {
        let distance = scores[k * width + state] - top
        emissions[k * width + state] = distance > -Self.beam ? expf(distance) : 0
      }
    }
    model.factors.withUnsafeBufferPointer { factors in
      model.turnedFactors.withUnsafeBufferPointer { turned in
        forward.withUnsafeMutableBufferPointer { forward in
          for state in 0..<states { forward[state] = factors[states * width + state] * emissions[state] }
          Self.normalise(forward, 0, states)
          for k in 1..<max(n, 1) {
            let row = k * width
            for from in 0..<states {
              let share = forward[row - width + from]
              if share < 1e-8 { continue }
              let move = from * width
              for to in 0..<states { forward[row + to] += share * factors[move + to] }
            }
            for state in 0..<states { forward[row + state] *= emissions[row + state] }
            Self.normalise(forward, row, states)
          }
        }
        backward.withUnsafeMutableBufferPointer { backward in
          for state in 0..<states { backward[(n - 1) * width + state] = 1 }
          for k in stride(from: n - 2, through: 0, by: -1) {
            let row = k * width
            for to in 0..<states {
              let share = backward[row + width + to] * emissions[row + width + to]
              if share < 1e-8 { continue }
              let move = to * width
              for from in 0..<states { backward[row + from] += share * turned[move + from] }
            }
            Self.normalise(backward, row, states)
          }
        }
      }
    }
  }

  private static func normalise(_ values: UnsafeMutableBufferPointer<Float>, _ row: Int, _ states: Int) {
    var sum: Float = 0
    for state in 0..<states { sum += values[row + state] }
    let factor = 1 / max(sum, 1e-30)
    for state in 0..<states { values[row + state] *= factor }
  }

  /// The probability that the words `first...last` carry the states of the best path and that the run ends
  /// there: the share of all paths that agree on this run. 0 to 1.
  func probability(_ model: LinearChainModel, first: Int, last: Int) -> Double {
    let width = LinearChainModel.width
    let states = model.states
    guard first >= 0, last < path.count, first <= last else { return 0 }
    // Going through the run step by step, each conditional on the last, keeps the numbers in range.
    var probability = Double(share(first, path[first], states))
    var k = first
    while k < last {
      let move = path[k] * width
      var total: Float = 0
      for to in 0..<states {
        total += model.factors[move + to] * emissions[(k + 1) * width + to] * backward[(k + 1) * width + to]
      }
      let next = path[k + 1]
      let taken =
        model.factors[move + next] * emissions[(k + 1) * width + next] * backward[(k + 1) * width + next]
      probability *= total > 0 ? Double(taken / total) : 0
      k += 1
    }
    if last + 1 < path.count, path[last] > 0 {
      // Not going on with the inner state of the same field.
      let inner = path[last] % 2 == 0 ? path[last] : path[last] + 1
      let move = path[last] * width
      var (total, goesOn): (Float, Float) = (0, 0)
      for to in 0..<states {
        let part = model.factors[move + to] * emissions[(k + 1) * width + to] * backward[(k + 1) * width + to]
        total += part
        if to == inner { goesOn = part }
      }
      probability *= total > 0 ? Double(1 - goesOn / total) : 1
    }
    return min(1, max(0, probability))
  }

  private func share(_ k: Int, _ state: Int, _ states: Int) -> Float {
    let row = k * LinearChainModel.width
    var sum: Float = 0
    for other in 0..<states { sum += forward[row + other] * backward[row + other] }
    return sum > 0 ? forward[row + state] * backward[row + state] / sum : 0
  }
}
