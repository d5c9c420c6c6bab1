import Glibc

/// Decodes one sequence at a time, with buffers that are used again.
///
/// The best path is found by Viterbi's algorithm without pointers back: the inner loop then is a maximum of
/// vectors, and the way back asks once a word where its score came from. Probabilities come from the forward
/// and backward sums (Rabiner 1989), which are made only when they are asked for.
struct ChainDecoder {
  var scorer = ChainScorer()
  private var best: [Float] = []
  private var emissions: [Float] = []
  private var forward: [Float] = []
  private var backward: [Float] = []
  private(set) var path: [Int] = []
  private static let width = LinearChainModel.width
  /// States this far (in logarithms) behind the best one of a place are left out of account: no transition
  /// weighs so much.
  private static let beam: Float = 14
  /// The same for probabilities, and shares of a place that add nothing to four decimals.
  private static let weighingBeam: Float = 12
  private static let least: Float = 1e-6

  /// The best path of a sequence of features.
  /// `hashes[offsets[k]..<offsets[k + 1]]` belong to place k.
  mutating func decode(_ model: LinearChainModel, _ hashes: [UInt64], _ offsets: [Int]) {
    scorer.begin(model)
    for k in 0..<max(0, offsets.count - 1) {
      scorer.beginWord()
      for at in offsets[k]..<offsets[k + 1] { scorer.take(hashes[at]) }
    }
    scorer.end()
    decode(model)
  }

  /// The best path of the sequence that `scorer` holds, into `path`.
  mutating func decode(_ model: LinearChainModel) {
    let n = scorer.words
    let states = model.states
    let width = Self.width
    path.removeAll(keepingCapacity: true)
    guard n > 0 else { return }
    if best.count < n * width {
      best = [Float](repeating: 0, count: max(n, 64) * width)
      emissions = best
    }
    let scale = model.scale
    let sums = scorer.sums
    model.transitions.withUnsafeBufferPointer { moves in
      best.withUnsafeMutableBufferPointer { best in
        emissions.withUnsafeMutableBufferPointer { emissions in
          guard let moves = moves.baseAddress, let best = best.baseAddress else { return }
          for at in 0..<(n * width) { emissions[at] = Float(sums[at]) * scale }
          // The padding shall not be taken for a state.
          for k in 0..<n { for state in states..<width { emissions[k * width + state] = -1e9 } }
          for state in 0..<width { best[state] = moves[states * width + state] + emissions[state] }
          withUnsafeTemporaryAllocation(of: Int32.self, capacity: width) { live in
            for k in 1..<max(n, 1) {
              let row = best + k * width
              let before = row - width
              let least = StateRow.top(before) - Self.beam
              var count = 0
              for from in 0..<states {
                live[count] = Int32(truncatingIfNeeded: from)
                count &+= before[from] >= least ? 1 : 0
              }
              StateRow.greatest(row, before, moves, UnsafeBufferPointer(rebasing: live[..<count]))
              for to in 0..<width { row[to] += emissions[k * width + to] }
            }
          }
        }
      }
    }
    path.append(contentsOf: repeatElement(0, count: n))
    var state = 0
    let end = (n - 1) * width
    for candidate in 1..<max(states, 1) where best[end + candidate] > best[end + state] { state = candidate }
    path[n - 1] = state
    for k in stride(from: n - 1, to: 0, by: -1) {
      let before = (k - 1) * width
      let column = state * width
      var origin = 0
      for from in 1..<max(states, 1)
      where best[before + from] + model.turned[column + from] > best[before + origin]
        + model.turned[column + origin]
      {
        origin = from
      }
      state = origin
      path[k - 1] = state
    }
  }

  /// The best path that enters a state at least once, if it is at most `margin` (in logarithms) worse than the
  /// best path of all; else `path` stays as it is. Follows `decode`, before `weigh`.
  ///
  /// Viterbi's algorithm over two layers: before the state was entered and after.
  mutating func decode(_ model: LinearChainModel, entering wanted: Int, margin: Float) -> Bool {
    let (n, states, width) = (path.count, model.states, Self.width)
    guard n > 0, wanted < states else { return false }
    var without = [Float](repeating: -1e9, count: n * width)
    var with = without
    for state in 0..<states {
      let score = model.transitions[states * width + state] + emissions[state]
      if state == wanted { with[state] = score } else { without[state] = score }
    }
    for k in 1..<max(n, 1) {
      let (row, before) = (k * width, (k - 1) * width)
      for to in 0..<states {
        var (low, high) = (Float(-1e9), Float(-1e9))
        for from in 0..<states {
          let move = model.turned[to * width + from]
          low = max(low, without[before + from] + move)
          high = max(high, with[before + from] + move)
        }
        let emission = emissions[row + to]
        if to == wanted { high = max(high, low) } else { without[row + to] = low + emission }
        with[row + to] = high + emission
      }
    }
    let end = (n - 1) * width
    var state = 0
    for candidate in 1..<max(states, 1) where with[end + candidate] > with[end + state] { state = candidate }
    let top = best[end..<(end + states)].max() ?? 0
    guard with[end + state] >= top - margin else { return false }
    var hasEntered = true
    path[n - 1] = state
    for k in stride(from: n - 1, to: 0, by: -1) {
      let (before, column) = ((k - 1) * width, state * width)
      let canEnter = hasEntered && state == wanted
      var (origin, score) = (0, -Float.infinity)
      var entersHere = false
      for from in 0..<states {
        let move = model.turned[column + from]
        let kept = (hasEntered ? with : without)[before + from] + move
        if kept > score { (origin, score, entersHere) = (from, kept, false) }
        if canEnter, without[before + from] + move > score {
          (origin, score, entersHere) = (from, without[before + from] + move, true)
        }
      }
      if entersHere { hasEntered = false }
      state = origin
      path[k - 1] = state
    }
    return true
  }

  /// Runs forward and backward over the sequence last decoded, so that `probability` can be asked.
  mutating func weigh(_ model: LinearChainModel) {
    let states = model.states
    let width = Self.width
    let n = path.count
    guard n > 0 else { return }
    if forward.count < n * width {
      forward = [Float](repeating: 0, count: max(n, 64) * width)
      backward = forward
    }
    emissions.withUnsafeMutableBufferPointer { emissions in
      guard let emissions = emissions.baseAddress else { return }
      for k in 0..<n {
        let row = emissions + k * width
        let top = StateRow.top(row)
        for state in 0..<width {
          let distance = row[state] - top
          row[state] = distance > -Self.weighingBeam ? expf(distance) : 0
        }
      }
    }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: width) { live in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { shares in
        emissions.withUnsafeBufferPointer { emissions in
          guard let emissions = emissions.baseAddress, let shares = shares.baseAddress else { return }
          func alive(_ shares: UnsafePointer<Float>) -> UnsafeBufferPointer<Int32> {
            var count = 0
            for state in 0..<states {
              live[count] = Int32(truncatingIfNeeded: state)
              count &+= shares[state] >= Self.least ? 1 : 0
            }
            return UnsafeBufferPointer(rebasing: live[..<count])
          }
          model.factors.withUnsafeBufferPointer { factors in
            forward.withUnsafeMutableBufferPointer { forward in
              guard let factors = factors.baseAddress, let forward = forward.baseAddress else { return }
              for state in 0..<width {
                forward[state] = factors[states * width + state] * emissions[state]
              }
              StateRow.normalise(forward)
              for k in 1..<max(n, 1) {
                let row = forward + k * width
                let before = row - width
                StateRow.sum(row, before, factors, alive(before))
                StateRow.multiply(row, by: emissions + k * width)
                StateRow.normalise(row)
              }
            }
          }
          model.turnedFactors.withUnsafeBufferPointer { turned in
            backward.withUnsafeMutableBufferPointer { backward in
              guard let turned = turned.baseAddress, let backward = backward.baseAddress else { return }
              for state in 0..<width { backward[(n - 1) * width + state] = 1 }
              for k in stride(from: n - 2, through: 0, by: -1) {
                let row = backward + k * width
                shares.update(from: row + width, count: width)
                StateRow.multiply(shares, by: emissions + (k + 1) * width)
                StateRow.sum(row, shares, turned, alive(shares))
                StateRow.normalise(row)
              }
            }
          }
        }
      }
    }
  }

  /// The probability that the words `first...last` carry the states of the best path and that the run ends
  /// there: the share of all paths that agree on this run. 0 to 1. `weigh` must have run.
  func probability(_ model: LinearChainModel, first: Int, last: Int) -> Double {
    let width = Self.width
    guard first >= 0, last < path.count, first <= last else { return 0 }
    // Going through the run step by step, each conditional on the last, keeps the numbers in range.
    var probability = Double(share(first, path[first]))
    for k in first..<last {
      let move = path[k] * width
      let next = (k + 1) * width
      var total: Float = 0
      for to in 0..<width { total += model.factors[move + to] * emissions[next + to] * backward[next + to] }
      let to = path[k + 1]
      let taken = model.factors[move + to] * emissions[next + to] * backward[next + to]
      probability *= total > 0 ? Double(taken / total) : 0
    }
    if last + 1 < path.count, path[last] > 0 {
      // Not going on with the inner state of the same field.
      let inner = path[last] % 2 == 0 ? path[last] : path[last] + 1
      let move = path[last] * width
      let next = (last + 1) * width
      var (total, goesOn): (Float, Float) = (0, 0)
      for to in 0..<width {
        let part = model.factors[move + to] * emissions[next + to] * backward[next + to]
        total += part
        if to == inner { goesOn = part }
      }
      probability *= total > 0 ? Double(1 - goesOn / total) : 1
    }
    return min(1, max(0, probability))
  }

  private func share(_ k: Int, _ state: Int) -> Float {
    let row = k * Self.width
    var sum: Float = 0
    for other in 0..<Self.width { sum += forward[row + other] * backward[row + other] }
    return sum > 0 ? forward[row + state] * backward[row + state] / sum : 0
  }
}
