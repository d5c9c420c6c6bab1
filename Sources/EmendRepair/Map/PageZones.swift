import EmendText

/// The leaves of a document, over which damage may differ: its pages, or, where it has no pages, stretches of
/// some four hundred words.
struct Leaves {
  /// Offsets of the draft's present text at which the leaves start, in order.
  let starts: [Int]
  let isPaged: Bool

  var count: Int { starts.count }

  /// Bytes of a stretch in a text without pages.
  private static let stretch = 2400

  init(_ draft: Draft) {
    let scan = draft.scan
    var starts: [Int] = []
    if scan.pages.count > 1 {
      isPaged = true
      for page in scan.pages {
        let line = page.lines.lowerBound
        let start = line < scan.lines.count ? scan.lines[line].range.lowerBound : scan.text.count
        starts.append(starts.isEmpty ? 0 : draft.current(start))
      }
    } else {
      isPaged = false
      starts = [0]
      draft.text.withUnsafeBufferPointer { text in
        var at = Leaves.stretch - 1
        while at < text.count {
          at = ByteScan.first(0x0A, in: text, from: at)
          if at == text.count { break }
          starts.append(at + 1)
          at += Leaves.stretch
        }
      }
    }
    self.starts = starts
  }

  /// The leaf that holds an offset.
  func leaf(at offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

/// Where each pair of a damage map holds: runs of leaves that have it beside runs that do not.
///
/// A book set in several fonts, or put together from several scans, has a map of its own for each. Two rates
/// are fitted to the damaged and the whole occurrences of every leaf, with a price for each change between them
/// (a hidden Markov model of two states, decoded by Viterbi's algorithm and fitted again); they are kept only
/// where they explain the document clearly better than one rate does.
struct PageZones {
  /// One for each pair.
  private(set) var rates: [Rates]
  /// The zone of each leaf: leaves of one zone have the same pairs.
  private(set) var zoneOfLeaf: [Int]
  /// For each zone the rate of each pair, nil where it does not hold.
  private(set) var zones: [[Double?]]

  struct Rates {
    /// For each leaf whether the pair holds there.
    var holds: [Bool]
    /// Rate in the leaves where it holds, and in the others.
    var high: Double
    var low: Double
  }

  /// Damaged and whole occurrences of a ligature on each leaf.
  typealias Counts = [(damaged: Double, whole: Double)]

  /// Price of a change between the states, in log probability.
  private static let change = 6.0
  /// What two rates must explain better than one, beside the price of their changes.
  private static let lead = 8.0
  /// Up to this rate a pair does not hold.
  private static let absent = 0.05
  /// More zones than this are no runs of pages.
  private static let mostZones = 24

  init(_ evidence: [Counts], _ even: [Double], mayLinger: [Bool]) {
    let leaves = evidence.first?.count ?? 0
    rates = zip(evidence, even).map { PageZones.fit($0, even: $1) }
    zoneOfLeaf = Array(repeating: 0, count: leaves)
    zones = []
    var found: [[Bool]] = []
    for leaf in 0..<leaves {
      let key = rates.map { $0.holds[leaf] }
      if let zone = found.firstIndex(of: key) {
        zoneOfLeaf[leaf] = zone
      } else if found.count < PageZones.mostZones {
        zoneOfLeaf[leaf] = found.count
        found.append(key)
      } else {
        rates = even.map { Rates(holds: Array(repeating: true, count: leaves), high: $0, low: $0) }
        zoneOfLeaf = Array(repeating: 0, count: leaves)
        found = [Array(repeating: true, count: even.count)]
        break
      }
    }
    zones = found.map { key in
      key.enumerated().map { pair, holds in
        holds ? rates[pair].high : mayLinger[pair] ? max(rates[pair].low, 0.002) : nil
      }
    }
  }

  /// The runs of leaves over which a pair holds.
  func runs(of pair: Int) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for (leaf, holds) in rates[pair].holds.enumerated() where holds {
      if let last = result.last, last.upperBound == leaf {
        result[result.count - 1] = last.lowerBound..<(leaf + 1)
      } else {
        result.append(leaf..<(leaf + 1))
      }
    }
    return result
  }

  static func fit(_ counts: Counts, even: Double) -> Rates {
    let one = Rates(holds: Array(repeating: true, count: counts.count), high: even, low: even)
    let damaged = counts.reduce(0) { $0 + $1.damaged }
    let whole = counts.reduce(0) { $0 + $1.whole }
    guard damaged > 0, whole > 0, counts.count > 1 else { return one }
    let single = damaged / (damaged + whole)
    var (high, low) = (0.5 + single / 2, single / 4)
    var path: [Bool] = []
    for _ in 0..<6 {
      let next = decode(counts, high: high, low: low)
      if next == path { break }
      path = next
      func rate(_ state: Bool) -> Double {
        var (d, w) = (0.2, 0.2)
        for (leaf, count) in counts.enumerated() where path[leaf] == state {
          d += count.damaged
          w += count.whole
        }
        return d / (d + w)
      }
      (high, low) = (rate(true), rate(false))
      if high <= low { return one }
    }
    guard path.contains(true), path.contains(false), low <= absent else { return one }
    var gain = 0.0
    var changes = 0
    for (leaf, count) in counts.enumerated() {
      gain += fit(count, path[leaf] ? high : low) - fit(count, single)
      if leaf > 0, path[leaf] != path[leaf - 1] { changes += 1 }
    }
    if gain - Double(changes) * change < lead { return one }
    return Rates(holds: path, high: high, low: low)
  }

  private static func fit(_ count: (damaged: Double, whole: Double), _ rate: Double) -> Double {
    count.damaged * log(max(rate, 1e-4)) + count.whole * log(max(1 - rate, 1e-4))
  }

  /// The likeliest states; where both are as likely, the one before lasts.
  private static func decode(_ counts: Counts, high: Double, low: Double) -> [Bool] {
    var (holds, not) = (0.0, 0.0)
    var back: [(holds: Bool, not: Bool)] = []
    for count in counts {
      let (fromHolds, fromNot) = (holds >= not - change, not >= holds - change)
      let (a, b) = (fromHolds ? holds : not - change, fromNot ? not : holds - change)
      back.append((fromHolds, !fromNot))
      holds = a + fit(count, high)
      not = b + fit(count, low)
    }
    var state = holds >= not
    var path = [Bool](repeating: false, count: counts.count)
    for leaf in counts.indices.reversed() {
      path[leaf] = state
      state = state ? back[leaf].holds : back[leaf].not
    }
    return path
  }
}
