import Glibc

/// A generator of random numbers with a fixed seed (SplitMix64, Steele, Lea and Flood 2014).
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64
  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 to `bound` - 1.
  package mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int(next() % UInt64(bound)) }
  /// A number from 0 up to 1.
  package mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
  package mutating func chance(_ probability: Double) -> Bool { unit() < probability }
  package mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[below(elements.count)]
  }
  package mutating func pick<Element>(_ elements: [Element], weight: (Element) -> Double) -> Element? {
    var lot = unit() * elements.reduce(0) { $0 + weight($1) }
    for element in elements {
      lot -= weight(element)
      if lot < 0 { return element }
    }
    return elements.last
  }
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    for index in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(index, below(index + 1)) }
  }
}

/// Trains a linear-chain conditional random field by AdaGrad, one sequence a step, with feature dropout and
/// averaged weights.
///
/// Dropout of half of the features is what lets the model generalise from one source's habits to another's
/// (measured by source); averaging replaces regularisation.
package struct LinearChainTrainer {
  package struct Options: Sendable {
    package var rate: Float = 0.04
    package var dropout = 0.5
    package var passes = 7
    package var seed: UInt64 = 1
    /// Weights smaller than this are dropped at the end.
    package var pruning: Float = 0.05
    /// A feature must occur this often.
    package var minimumCount = 2
    /// So many trainings with orders and dropouts of their own; the model is their mean.
    package var runs = 1
    package init() {}
  }

  /// One training sequence.
  package struct Sequence: Sendable {
    var features: [Int32]
    var offsets: [Int32]
    var states: [UInt8]
    var weight: Float
  }

  let states: Int
  /// `allowed[from * states + to]`; the last row is the start.
  let allowed: [Bool]
  package private(set) var sequences: [Sequence] = []
  private var index = FeatureIndex()
  private let width: Int

  package init(states: Int, allowed: (_ from: Int?, _ to: Int) -> Bool) {
    self.states = states
    width = (states + 15) / 16 * 16
    var table: [Bool] = []
    for from in 0..<states { for to in 0..<states { table.append(allowed(from, to)) } }
    for to in 0..<states { table.append(allowed(nil, to)) }
    self.allowed = table
  }

  /// Takes a sequence in: hashed features of each place and the right states.
  package mutating func add(_ hashes: [UInt64], _ offsets: [Int], states: [UInt8], weight: Float = 1) {
    sequences.append(
      Sequence(
        features: hashes.map { index.id($0) }, offsets: offsets.map(Int32.init), states: states,
        weight: weight))
  }

  /// Squares of gradients below this are passed over.
  private static let negligible: Float = 1e-6

  @inline(__always)
  private static func vector(_ pointer: UnsafeMutablePointer<Float>) -> SIMD8<Float> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self)
  }

  @inline(__always)
  private static func store(_ value: SIMD8<Float>, _ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: SIMD8<Float>.self)
  }

  /// A trained model, before it is written.
  package struct Trained {
    package let states: Int
    /// Hash and weights of each feature that kept any.
    package var features: [(hash: UInt64, weights: [(state: UInt8, weight: Float)])]
    package var transitions: [Float]
  }

  /// Trains. `report` is told after each pass.
  package func train(_ options: Options, report: (String) -> Void) -> Trained {
    // Features that occur too seldom get no row.
    var rows = [Int32](repeating: -1, count: index.count)
    var rowCount = 0
    for id in 0..<index.count where index.counts[id] >= options.minimumCount {
      rows[id] = Int32(rowCount)
      rowCount += 1
    }
    let width = self.width
    let size = max(1, rowCount) * width
    let weights = UnsafeMutablePointer<Float>.allocate(capacity: size)
    let squares = UnsafeMutablePointer<Float>.allocate(capacity: size)
    let sums = UnsafeMutablePointer<Float>.allocate(capacity: size)
    defer {
      weights.deallocate()
      squares.deallocate()
      sums.deallocate()
    }
    let mean = UnsafeMutablePointer<Float>.allocate(capacity: size)
    defer { mean.deallocate() }
    mean.initialize(repeating: 0, count: size)
    let moves = (states + 1) * width
    var moveMean = [Float](repeating: 0, count: moves)
    report("\(sequences.count) sequences, \(index.count) features, \(rowCount) of them seen often enough")

    let chain = Chain(states: states, width: width, allowed: allowed)
    let threshold = UInt32(options.dropout * 4_294_967_295)
    var kept: [Int32] = []
    var keptOffsets: [Int] = []
    var lanes: [(at: Int, gradient: SIMD8<Float>)] = []
    for run in 0..<max(1, options.runs) {
      for row in [weights, squares, sums] { row.initialize(repeating: 0, count: size) }
      var move = [Float](repeating: 0, count: moves)
      var moveSquare = move
      var moveSum = move
      var random = SeededRandom(seed: options.seed &+ UInt64(run))
      var order = Array(sequences.indices)
      var step: Float = 0
      for pass in 0..<options.passes {
        random.shuffle(&order)
        let rate = options.rate * (1 - 0.9 * Float(pass) / Float(options.passes))
        var likelihood = 0.0
        var places = 0
        for number in order {
          let sequence = sequences[number]
          let n = sequence.states.count
          if n == 0 { continue }
          step += 1
          kept.removeAll(keepingCapacity: true)
          keptOffsets.removeAll(keepingCapacity: true)
          sequence.features.withUnsafeBufferPointer { features in
            var bits: UInt64 = 0
            var half = false
            for k in 0..<n {
              keptOffsets.append(kept.count)
              for at in Int(sequence.offsets[k])..<Int(sequence.offsets[k + 1]) {
                if half { bits >>= 32 } else { bits = random.next() }
                half.toggle()
                if UInt32(truncatingIfNeeded: bits) < threshold { continue }
                let row = rows[Int(features[at])]
                if row >= 0 { kept.append(row) }
              }
            }
          }
          keptOffsets.append(kept.count)
          chain.prepare(n)
          kept.withUnsafeBufferPointer { kept in
            for k in 0..<n {
              let score = chain.row(k)
              for at in keptOffsets[k]..<keptOffsets[k + 1] {
                let weight = weights + Int(kept[at]) * width
                for state in 0..<width { score[state] += weight[state] }
              }
            }
          }
          likelihood += chain.expect(move, sequence.states)
          places += n
          let scale = sequence.weight
          kept.withUnsafeBufferPointer { kept in
            for k in 0..<n {
              let gradient = chain.gradient(k)
              // Of a word that the model is sure of there is nothing to learn, nor of states that are out of
              // question: most of the work is saved, and the models differ by less than two seeds do.
              lanes.removeAll(keepingCapacity: true)
              for lane in stride(from: 0, to: width, by: 8) {
                let part = Self.vector(gradient + lane)
                if (part * part).max() > Self.negligible { lanes.append((lane, part * scale)) }
              }
              if lanes.isEmpty { continue }
              for at in keptOffsets[k]..<keptOffsets[k + 1] {
                let row = Int(kept[at]) * width
                for (lane, g) in lanes {
                  let place = row + lane
                  let total = Self.vector(squares + place) + g * g
                  Self.store(total, squares + place)
                  let change = g * rate / (total + 0.01).squareRoot()
                  Self.store(Self.vector(weights + place) - change, weights + place)
                  Self.store(Self.vector(sums + place) - change * step, sums + place)
                }
              }
            }
          }
          for at in 0..<moves {
            let g = chain.moveGradient[at] * scale
            if abs(g) < 1e-6 { continue }
            moveSquare[at] += g * g
            let change = rate * g / (moveSquare[at] + 0.01).squareRoot()
            move[at] -= change
            moveSum[at] -= step * change
          }
        }
        report(
          "pass \(pass + 1): mean log-likelihood \(Double(Int(likelihood / Double(max(1, places)) * 10_000)) / 10_000)"
        )
      }

      // The average over all steps: the weight less the step-weighted changes.
      let steps = max(1, step)
      let share = 1 / Float(max(1, options.runs))
      for at in 0..<size { mean[at] += (weights[at] - sums[at] / steps) * share }
      for at in 0..<moves { moveMean[at] += (move[at] - moveSum[at] / steps) * share }
    }

    var features: [(hash: UInt64, weights: [(state: UInt8, weight: Float)])] = []
    for id in 0..<index.count where rows[id] >= 0 {
      let row = Int(rows[id]) * width
      var list: [(state: UInt8, weight: Float)] = []
      for state in 0..<states {
        let average = mean[row + state]
        if abs(average) >= options.pruning { list.append((UInt8(state), average)) }
      }
      if !list.isEmpty { features.append((index.hashes[id], list)) }
    }
    var transitions: [Float] = []
    for from in 0...states {
      for to in 0..<states {
        let at = from * width + to
        transitions.append(allowed[from * states + to] ? moveMean[at] : -1e4)
      }
    }
    return Trained(states: states, features: features, transitions: transitions)
  }
}

extension LinearChainTrainer.Trained {
  /// The bytes of a model file, with a gazetteer table if given.
  package func image(gazetteers: [UInt8]?) -> [UInt8] {
    var top: Float = 0
    for feature in features { for (_, weight) in feature.weights { top = max(top, abs(weight)) } }
    let scale = max(top, 0.01) / 127
    let entries = features.compactMap { feature -> (hash: UInt64, payload: [UInt8])? in
      var weights: [(state: UInt8, weight: UInt8)] = []
      for (state, weight) in feature.weights {
        let value = (weight / scale).rounded()
        if value == 0 { continue }
        weights.append((state, UInt8(bitPattern: Int8(max(-127, min(127, value))))))
      }
      if weights.isEmpty { return nil }
      let isFull = weights.count >= LinearChainModel.fullFrom
      return (
        feature.hash,
        isFull
          ? [LinearChainModel.full] + LinearChainModel.fullRow(weights)
          : [UInt8(weights.count)] + weights.flatMap { [$0.state, $0.weight] }
      )
    }
    var bits = 4
    while bits < 17, entries.count > 3 << bits { bits += 1 }
    let table = BucketTable.image(entries, bits: bits)
    var image = LinearChainModel.magic
    func append(_ number: UInt32) {
      withUnsafeBytes(of: number.littleEndian) { image.append(contentsOf: $0) }
    }
    let transitionsAt = 32
    let featuresAt = transitionsAt + transitions.count * 4
    append(UInt32(states))
    append(scale.bitPattern)
    append(UInt32(transitionsAt))
    append(UInt32(featuresAt))
    append(gazetteers == nil ? 0 : UInt32(featuresAt + table.count))
    append(0)
    for value in transitions { append(value.bitPattern) }
    image.append(contentsOf: table)
    if let gazetteers { image.append(contentsOf: gazetteers) }
    return image
  }
}

/// Numbers features as they come, and counts them.
struct FeatureIndex {
  private(set) var hashes: [UInt64] = []
  private(set) var counts: [Int32] = []
  private var slots = [Int32](repeating: -1, count: 1 << 16)

  var count: Int { hashes.count }

  mutating func id(_ hash: UInt64) -> Int32 {
    if hashes.count * 2 > slots.count { grow() }
    let mask = slots.count - 1
    var slot = Int(hash >> 20) & mask
    while true {
      let id = slots[slot]
      if id < 0 {
        slots[slot] = Int32(hashes.count)
        hashes.append(hash)
        counts.append(1)
        return Int32(hashes.count - 1)
      }
      if hashes[Int(id)] == hash {
        counts[Int(id)] += 1
        return id
      }
      slot = (slot + 1) & mask
    }
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    let mask = slots.count - 1
    for (id, hash) in hashes.enumerated() {
      var slot = Int(hash >> 20) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(id)
    }
  }
}

/// Forward and backward over one sequence, in single precision with scaling.
private final class Chain {
  private let states: Int
  private let width: Int
  private let allowed: [Bool]
  private var capacity = 0
  private var scores = UnsafeMutablePointer<Float>.allocate(capacity: 1)
  private var forward = UnsafeMutablePointer<Float>.allocate(capacity: 1)
  private var backward = UnsafeMutablePointer<Float>.allocate(capacity: 1)
  private var sums: [Float] = []
  private var n = 0
  private let factors: UnsafeMutablePointer<Float>
  private(set) var moveGradient: [Float]

  init(states: Int, width: Int, allowed: [Bool]) {
    (self.states, self.width, self.allowed) = (states, width, allowed)
    moveGradient = [Float](repeating: 0, count: (states + 1) * width)
    factors = .allocate(capacity: (states + 1) * width)
    factors.initialize(repeating: 0, count: (states + 1) * width)
  }

  deinit {
    scores.deallocate()
    forward.deallocate()
    backward.deallocate()
    factors.deallocate()
  }

  func prepare(_ n: Int) {
    self.n = n
    if n * width > capacity {
      capacity = n * width * 2
      for pointer in [scores, forward, backward] { pointer.deallocate() }
      scores = .allocate(capacity: capacity)
      forward = .allocate(capacity: capacity)
      backward = .allocate(capacity: capacity)
    }
    for row in [scores, forward, backward] { row.initialize(repeating: 0, count: n * width) }
    sums = [Float](repeating: 0, count: n)
  }

  func row(_ k: Int) -> UnsafeMutablePointer<Float> { scores + k * width }
  /// After `expect`: probability less truth.
  func gradient(_ k: Int) -> UnsafeMutablePointer<Float> { forward + k * width }

  /// Computes the gradients and returns the log-likelihood of the truth.
  func expect(_ move: [Float], _ truth: [UInt8]) -> Double {
    var likelihood = 0.0
    for k in 0..<n {
      likelihood += Double(scores[k * width + Int(truth[k])])
      likelihood += Double(move[(k == 0 ? states : Int(truth[k - 1])) * width + Int(truth[k])])
    }
    for from in 0...states {
      for to in 0..<states {
        factors[from * width + to] = allowed[from * states + to] ? expf(move[from * width + to]) : 0
      }
    }
    for at in moveGradient.indices { moveGradient[at] = 0 }
    // Scores become factors, each row by its greatest.
    for k in 0..<n {
      let row = scores + k * width
      var top = row[0]
      for state in 1..<states { top = max(top, row[state]) }
      likelihood -= Double(top)
      for state in 0..<states { row[state] = expf(row[state] - top) }
      for state in states..<width { row[state] = 0 }
    }
    for k in 0..<n {
      let here = forward + k * width
      let emission = scores + k * width
      if k == 0 {
        let start = factors + states * width
        for state in 0..<width { here[state] = start[state] * emission[state] }
      } else {
        let before = here - width
        for from in 0..<states {
          let share = before[from]
          if share <= 0 { continue }
          let row = factors + from * width
          for to in 0..<width { here[to] += share * row[to] }
        }
        for state in 0..<width { here[state] *= emission[state] }
      }
      var sum: Float = 0
      for state in 0..<states { sum += here[state] }
      sum = max(sum, 1e-30)
      sums[k] = sum
      likelihood -= Double(logf(sum))
      let factor = 1 / sum
      for state in 0..<width { here[state] *= factor }
    }
    for state in 0..<states { backward[(n - 1) * width + state] = 1 }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { buffer in
      guard let ahead = buffer.baseAddress else { return }
      for k in stride(from: n - 1, to: 0, by: -1) {
        let emission = scores + k * width
        let after = backward + k * width
        let here = after - width
        let factor = 1 / sums[k]
        for state in 0..<width { ahead[state] = after[state] * emission[state] * factor }
        let before = forward + (k - 1) * width
        for from in 0..<states {
          let row = factors + from * width
          // Eight sums side by side, for the vector unit.
          var sum = SIMD8<Float>(repeating: 0)
          for to in stride(from: 0, to: width, by: 8) {
            let left = UnsafeRawPointer(row + to).loadUnaligned(as: SIMD8<Float>.self)
            let right = UnsafeRawPointer(ahead + to).loadUnaligned(as: SIMD8<Float>.self)
            sum += left * right
          }
          here[from] = sum.sum()
          let share = before[from]
          if share > 1e-6 {
            moveGradient.withUnsafeMutableBufferPointer { gradient in
              for to in 0..<width { gradient[from * width + to] += share * row[to] * ahead[to] }
            }
          }
        }
        moveGradient[Int(truth[k - 1]) * width + Int(truth[k])] -= 1
      }
    }
    for k in 0..<n {
      let here = forward + k * width
      let after = backward + k * width
      var sum: Float = 0
      for state in 0..<states {
        here[state] *= after[state]
        sum += here[state]
      }
      let factor = 1 / max(sum, 1e-30)
      for state in 0..<states { here[state] *= factor }
      if k == 0 { for state in 0..<states { moveGradient[states * width + state] = here[state] } }
      here[Int(truth[k])] -= 1
    }
    moveGradient[states * width + Int(truth[0])] -= 1
    return likelihood
  }
}
