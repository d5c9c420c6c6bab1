import EmendLexicons
import FoundationEssentials

/// Which letters follow each other in English words: a cheap test that turns most impossible readings away
/// before any look-up.
///
/// Made from `damage/letter-grams.tsv`, runs of four letters of English words.
final class LetterModel: Sendable {
  /// One bit for each run of four letters that some word holds.
  private let known: MappedArray<UInt64>

  /// Codes of letters: 0 before a word, 1–26 a–z, 27 apostrophe, 28 another ASCII character, 29 after a word,
  /// 30 a letter beyond ASCII, which is not counted and never turned away.
  enum Code {
    static let start: UInt8 = 0
    static let end: UInt8 = 29
    static let beyond: UInt8 = 30

    /// The code of a character, capitals as small letters.
    @inline(__always)
    static func of(_ u: UInt32) -> UInt8 {
      if u >= 0x80 { return u == 0x2019 ? 27 : beyond }
      let small = u | 0x20
      if small >= 0x61 && small <= 0x7A { return UInt8(small - 0x60) }
      return u == 0x27 ? 27 : 28
    }
  }

  /// Of the image's form; raise it when that changes.
  private static let layout: UInt32 = 1

  init(_ folder: LexiconFolder) throws {
    let source = folder.path("damage/letter-grams.tsv")
    let image = try LexiconImage.open("letters", layout: Self.layout, sources: [source], folder: folder) {
      builder in
      builder.add("letters.known", try LetterModel.known(folder))
    }
    known = try image.array("letters.known", of: UInt64.self)
    guard known.count == Self.size else {
      throw LexiconError.bad(file: source, line: 0, message: "its image does not fit")
    }
  }

  private static let size = 1 << 14

  private static func known(_ folder: LexiconFolder) throws -> [UInt64] {
    let table = try Table(folder, "damage/letter-grams.tsv")
    var known = [UInt64](repeating: 0, count: size)
    try table.rows { line, fields in
      guard fields.count >= 2, fields[0].count == 4 else {
        throw table.bad(line, "expected four letters and a count")
      }
      let key = fields[0].reduce(0) { $0 << 5 | Int(fileCode($1)) }
      known[key >> 6] |= 1 << UInt64(key & 63)
    }
    return known
  }

  private static func fileCode(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x5E: Code.start
    case 0x24: Code.end
    default: Code.of(UInt32(byte))
    }
  }

  /// The bits by themselves, without a count of references; valid while the model lives.
  var grams: Grams { Grams(known: known.storage) }
  typealias Walk = Grams.Walk
  typealias Flaws = Grams.Flaws

  /// Adds a byte to a string; a sign that is no letter begins it anew.
  @inline(__always)
  func step(_ walk: inout Walk, _ byte: UInt8) { grams.step(&walk, byte) }

  /// The letters of a word in codes, three starts before and one end after.
  static func codes(_ scalars: [UInt32]) -> [UInt8] {
    [Code.start, Code.start, Code.start] + scalars.map(Code.of) + [Code.end]
  }

  /// Which runs of four letters some English word holds.
  struct Grams: @unchecked Sendable {
    // Never written.
    fileprivate let known: UnsafeBufferPointer<UInt64>

    @inline(__always)
    private func isKnown(_ key: Int) -> Bool { known[key >> 6] & (1 << UInt64(key & 63)) != 0 }

    /// Whether every run of four letters of a folded word occurs in some English word.
    func allows(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
      var key = 0
      for byte in word {
        // Letters with accents are not counted; let the word list decide.
        if byte >= 0x80 { return true }
        key = (key << 5 | Int(Code.of(UInt32(byte)))) & 0xFFFFF
        if !isKnown(key) { return false }
      }
      return isKnown((key << 5 | Int(Code.end)) & 0xFFFFF)
    }

    /// A string that grows letter by letter, up to the first run of four letters that no English word holds.
    struct Walk {
      fileprivate var key = 0
      fileprivate var isBeyond = false
      fileprivate(set) var isDead = false
    }

    /// Adds a byte to a string; a sign that is no letter begins it anew.
    @inline(__always)
    func step(_ walk: inout Walk, _ byte: UInt8) {
      let code = byte >= 0x80 ? Code.beyond : Code.of(UInt32(byte))
      // Letters with accents are not counted: from there on nothing is turned away.
      if code == Code.beyond { walk.isBeyond = true }
      if walk.isBeyond || walk.isDead { return }
      if code == 28 {
        walk.key = 0
        return
      }
      walk.key = (walk.key << 5 | Int(code)) & 0xFFFFF
      if !isKnown(walk.key) { walk.isDead = true }
    }

    /// Whether the runs of letters about a replacement occur in English: `codes` of a word, the characters
    /// `range` of it replaced by `target`.
    @inline(__always)
    func allows(_ codes: UnsafeBufferPointer<UInt8>, replacing range: Range<Int>, by target: LetterGroup)
      -> Bool
    {
      let at = range.lowerBound
      var key = Int(codes[at]) << 10 | Int(codes[at + 1]) << 5 | Int(codes[at + 2])
      // How many codes back the last letter beyond ASCII lies.
      var clear = 0
      for k in at..<(at + 3) { clear = codes[k] == Code.beyond ? 0 : clear + 1 }
      var rest = target.codes
      for _ in 0..<target.codeCount {
        let code = UInt8(truncatingIfNeeded: rest)
        rest >>= 8
        key = (key << 5 | Int(code)) & 0xFFFFF
        clear = code == Code.beyond ? 0 : clear + 1
        if clear >= 4 && !isKnown(key) { return false }
      }
      var next = range.upperBound + 3
      let stop = min(codes.count, next + 3)
      while next < stop {
        let code = codes[next]
        key = (key << 5 | Int(code)) & 0xFFFFF
        clear = code == Code.beyond ? 0 : clear + 1
        if clear >= 4 && !isKnown(key) { return false }
        next += 1
      }
      return true
    }

    /// Where the runs of four letters lie that occur in no English word.
    struct Flaws {
      /// Ends of the first and of the last one, as indices of the codes; the last one is -1 when there are none.
      fileprivate var first = Int.max
      fileprivate var last = -1

      /// Whether a replacement of some characters takes all of them away.
      @inline(__always)
      func areMended(byReplacing range: Range<Int>) -> Bool {
        first >= range.lowerBound + 3 && last <= range.upperBound + 5
      }
    }

    /// The flaws of a word, given in codes.
    func flaws(_ codes: UnsafeBufferPointer<UInt8>) -> Flaws {
      var flaws = Flaws()
      var key = 0
      for (at, code) in codes.enumerated() {
        key = (key << 5 | Int(code)) & 0xFFFFF
        if at < 3 || isKnown(key) { continue }
        flaws.first = min(flaws.first, at)
        flaws.last = at
      }
      return flaws
    }
  }
}
