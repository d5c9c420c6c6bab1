/// The sections of an image, in the order in which they are stored.
enum ImageSection: Int, CaseIterable {
  case wordSlots, wordIDs, wordOffsets, wordBytes
  case exactSlots, exactIDs, exactOffsets, exactBytes
  case prefixSlots, prefixIDs, prefixOffsets, prefixBytes
  case wordPrefix, prefixParent, prefixFilter, globs
  case nodes, lists, sets, programs
  case wordTriggerStarts, wordTriggers
  case exactTriggerStarts, exactTriggers
  case prefixTriggerStarts, prefixTriggers
  case classTriggerStarts, classTriggers
  case classes, entries, labels
  case trieRoots, trieNodes, trieEdges, forms, formCases, entities, kinds, aliasWords
  case settings, wordLists
  case stringOffsets, stringBytes
}

/// Numbers of 32-bit words a row, by table.
enum ImageRow {
  static let node = 3
  static let program = 8
  static let entry = 6
  static let label = 4
  static let form = 5
  static let entity = 8
  static let kind = 4
}

/// What a node of a compiled cue matches.
enum NodeKind: Int32 {
  /// One token of a set: start and count in `sets`. A symbol is an id shifted by two, with 0 for a folded
  /// word, 1 for an exact one, 2 for a prefix.
  case token = 0
  /// Start and count in `lists`.
  case sequence, choice
  /// Its node.
  case optional
  /// Words that may stand in between.
  case gap
  case coordination, start
  /// The token before has a possessive 's.
  case possessive
  /// Its class.
  case cueClass
}

/// Marks that are tokens of their own, with the ids that they have in every image.
enum TokenMark: Int32, CaseIterable {
  case comma = 1
  case semicolon, colon, stop, open, close, slash, dash, other

  var text: String { ["", ",", ";", ":", ".", "(", ")", "/", "—", "·"][Int(rawValue)] }
}

/// Classes that the code fills itself.
enum EntityClass: String, CaseIterable {
  /// A seat of government standing for its state.
  case capital
  /// "the Montreal Protocol".
  case treaty
  /// A head of government named with the office: "President Lincoln".
  case titledHead = "titled-head"
}

/// Which pairs of first bytes begin a prefix of the lexicon.
enum PrefixFilter {
  static let words = 64

  @inline(__always)
  static func bit(_ first: UInt8, _ second: UInt8) -> Int {
    (Int(first) &* 61 &+ Int(second)) & (words * 32 - 1)
  }
}

/// Lays sections out one after the other: a header with magic, format, stamp and length, a directory, the data.
struct ImageWriter {
  static let magic: Int32 = 0x454D_5447
  /// Raise it whenever the layout or the meaning of a section changes, or other rows are written for the same sources.
  static let format: Int32 = 4
  static let headerCount = 6

  private let stamp: UInt64
  private var sections: [[Int32]]
  private var byteCounts: [Int32]

  init(stamp: UInt64) {
    self.stamp = stamp
    sections = Array(repeating: [], count: ImageSection.allCases.count)
    byteCounts = Array(repeating: 0, count: ImageSection.allCases.count)
  }

  mutating func add(_ section: ImageSection, _ values: [Int32]) {
    sections[section.rawValue] = values
    byteCounts[section.rawValue] = Int32(values.count * 4)
  }

  mutating func add(_ section: ImageSection, _ bytes: [UInt8]) {
    var values = [Int32](repeating: 0, count: (bytes.count + 3) / 4)
    values.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
    sections[section.rawValue] = values
    byteCounts[section.rawValue] = Int32(bytes.count)
  }

  func finish() -> [Int32] {
    var image: [Int32] = [
      Self.magic, Self.format, Int32(truncatingIfNeeded: stamp), Int32(truncatingIfNeeded: stamp >> 32), 0, 0,
    ]
    var at = Int32(Self.headerCount + sections.count * 2)
    for (section, bytes) in zip(sections, byteCounts) {
      image += [at, bytes]
      at += Int32(section.count)
    }
    image[4] = at
    for section in sections { image += section }
    return image
  }
}
