/// The misreadings of scanners by what was seen, in flat arrays: every place of every unknown word asks for them.
struct ConfusionTable: Sendable {
  /// A misreading: what stood in print.
  struct Confusion: Sendable {
    var truth: LetterGroup
    /// Natural logarithm of the rate per character of the truth.
    var weight: Double
  }

  /// Open addressing: keys, 0 where a slot is empty, and where the confusions of each key stand.
  private var keys: [UInt64]
  private var ranges: [Range<Int32>]
  private var confusions: [Confusion] = []
  /// What may be put in where nothing was seen.
  private var inserted: Range<Int32> = 0..<0

  /// Longer ones are never tried; bytes.
  private static let longestTruth = 6

  /// Up to three characters as one number, 0 for none; nil for more.
  static func key(of form: Form) -> UInt64? {
    let scalars = form.spelled.scalars
    return scalars.count > 3 ? nil : scalars.reduce(0) { $0 << 21 | UInt64($1) }
  }

  private static func slot(_ key: UInt64, _ size: Int) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: UInt64(size)).high)
  }

  /// The table as memory that does not move, for loops that ask it millions of times.
  struct View {
    fileprivate let keys: UnsafeBufferPointer<UInt64>
    fileprivate let ranges: UnsafeBufferPointer<Range<Int32>>
    fileprivate let inserted: Range<Int32>
    let all: UnsafeBufferPointer<Confusion>

    /// The places in `all` of the confusions of what was seen, packed by `key(of:)`, in the order of the file.
    @inline(__always)
    func places(_ key: UInt64) -> Range<Int> {
      var range = inserted
      if key != 0 {
        var at = slot(key, keys.count)
        while keys[at] != key {
          if keys[at] == 0 { return 0..<0 }
          at = at + 1 == keys.count ? 0 : at + 1
        }
        range = ranges[at]
      }
      return Int(range.lowerBound)..<Int(range.upperBound)
    }
  }

  func withView<R>(_ body: (View) -> R) -> R {
    keys.withUnsafeBufferPointer { keys in
      ranges.withUnsafeBufferPointer { ranges in
        confusions.withUnsafeBufferPointer {
          body(View(keys: keys, ranges: ranges, inserted: inserted, all: $0))
        }
      }
    }
  }

  /// Collects confusions by key.
  struct Builder {
    private var rows: [UInt64: [Confusion]] = [:]

    mutating func add(_ key: UInt64, truth: Form, weight: Double) {
      guard truth.count <= longestTruth, let truth = LetterGroup(truth) else { return }
      rows[key, default: []].append(Confusion(truth: truth, weight: weight))
    }

    var table: ConfusionTable { ConfusionTable(rows) }
  }

  private init(_ rows: [UInt64: [Confusion]]) {
    keys = Array(repeating: 0, count: rows.count * 2 + 8)
    ranges = Array(repeating: 0..<0, count: keys.count)
    for (key, found) in rows.sorted(by: { $0.key < $1.key }) {
      let range = Int32(confusions.count)..<Int32(confusions.count + found.count)
      confusions += found
      if key == 0 {
        inserted = range
        continue
      }
      var at = Self.slot(key, keys.count)
      while keys[at] != 0 { at = at + 1 == keys.count ? 0 : at + 1 }
      (keys[at], ranges[at]) = (key, range)
    }
  }
}
