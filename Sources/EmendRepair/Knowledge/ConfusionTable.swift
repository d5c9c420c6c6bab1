import EmendLexicons

/// The misreadings of scanners by what was seen: every place of every unknown word asks for them.
///
/// Flat arrays in an image of `damage/confusions.tsv`.
struct ConfusionTable: Sendable {
  /// A misreading: what stood in print.
  struct Confusion: BitwiseCopyable, Sendable {
    var truth: LetterGroup
    /// Natural logarithm of the rate per character of the truth.
    var weight: Double
  }

  /// Open addressing: keys, 0 where a slot is empty, where the confusions of each key start, and how many they are.
  /// The first slot is that of key 0, what may be put in where nothing was seen.
  private let keys: MappedArray<UInt64>
  private let starts: MappedArray<Int32>
  private let counts: MappedArray<Int32>
  private let confusions: MappedArray<Confusion>
  /// Pairs of a sign and a mark after it that scanners see for one letter, as `first << 8 | second`.
  let brokenLetters: Set<UInt16>

  /// Of the image's form; raise it when that changes.
  private static let layout: UInt32 = 1
  /// Longer ones are never tried; bytes.
  private static let longestTruth = 6
  /// From this log rate on a shape counts as one letter in two strokes.
  private static let brokenLetterRate = -8.0

  /// Opens the image, building it from the file when there is none. Throws `LexiconError.bad` with file and line.
  init(_ folder: LexiconFolder) throws {
    let source = folder.path("damage/confusions.tsv")
    let image = try LexiconImage.open("confusions", layout: Self.layout, sources: [source], folder: folder) {
      try Self.build(&$0, folder)
    }
    keys = try image.array("confusions.keys", of: UInt64.self)
    starts = try image.array("confusions.starts", of: Int32.self)
    counts = try image.array("confusions.counts", of: Int32.self)
    confusions = try image.array("confusions.readings", of: Confusion.self)
    brokenLetters = Set(try image.array("confusions.broken", of: UInt16.self))
    guard keys.dropFirst().contains(0), starts.count == keys.count, counts.count == keys.count,
      zip(starts, counts).allSatisfy({ $0 >= 0 && $1 >= 0 && Int($0) + Int($1) <= confusions.count })
    else { throw LexiconError.bad(file: source, line: 0, message: "its image does not fit together") }
  }

  private static func build(_ builder: inout ImageBuilder, _ folder: LexiconFolder) throws {
    var rows: [UInt64: [Confusion]] = [:]
    var broken: Set<UInt16> = []
    let table = try Table(folder, "damage/confusions.tsv")
    try table.rows { line, fields in
      guard fields.count >= 3, let weight = fields[2].number, let key = key(of: Form(fields[1])) else {
        throw table.bad(line, "expected truth, what is seen and a log rate")
      }
      let (first, second) = (key >> 21, key & 0x1F_FFFF)
      if second == 0x2D || second == 0x27 || second == 0x22, first < 0x80, first > 0x2F,
        weight >= brokenLetterRate
      {
        broken.insert(UInt16(first << 8 | second))
      }
      guard fields[0].count <= longestTruth, let truth = LetterGroup(Form(fields[0])) else { return }
      rows[key, default: []].append(Confusion(truth: truth, weight: weight))
    }
    var keys = [UInt64](repeating: 0, count: rows.count * 2 + 8)
    var starts = [Int32](repeating: 0, count: keys.count)
    var counts = starts
    var confusions: [Confusion] = []
    for (key, found) in rows.sorted(by: { $0.key < $1.key }) {
      var at = key == 0 ? 0 : slot(key, keys.count)
      while keys[at] != 0 { at = next(at, keys.count) }
      keys[at] = key
      (starts[at], counts[at]) = (Int32(confusions.count), Int32(found.count))
      confusions += found
    }
    builder.add("confusions.keys", keys)
    builder.add("confusions.starts", starts)
    builder.add("confusions.counts", counts)
    builder.add("confusions.readings", confusions)
    builder.add("confusions.broken", broken.sorted())
  }

  /// Up to three characters as one number, 0 for none; nil for more.
  static func key(of form: Form) -> UInt64? {
    let scalars = form.spelled.scalars
    return scalars.count > 3 ? nil : scalars.reduce(0) { $0 << 21 | UInt64($1) }
  }

  /// Any slot but the first.
  @inline(__always)
  private static func slot(_ key: UInt64, _ size: Int) -> Int {
    1 + Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: UInt64(size - 1)).high)
  }

  @inline(__always)
  private static func next(_ slot: Int, _ size: Int) -> Int { slot + 1 == size ? 1 : slot + 1 }

  /// The table by itself, without counts of references, for loops that ask it millions of times; valid while the
  /// table lives.
  var view: View {
    View(keys: keys.storage, starts: starts.storage, counts: counts.storage, all: confusions.storage)
  }

  struct View {
    fileprivate let keys: UnsafeBufferPointer<UInt64>
    fileprivate let starts: UnsafeBufferPointer<Int32>
    fileprivate let counts: UnsafeBufferPointer<Int32>
    let all: UnsafeBufferPointer<Confusion>

    /// The places in `all` of the confusions of what was seen, packed by `key(of:)`, in the order of the file.
    @inline(__always)
    func places(_ key: UInt64) -> Range<Int> {
      var at = 0
      if key != 0 {
        at = slot(key, keys.count)
        while keys[at] != key {
          if keys[at] == 0 { return 0..<0 }
          at = next(at, keys.count)
        }
      }
      return Int(starts[at])..<Int(starts[at] + counts[at])
    }
  }
}
