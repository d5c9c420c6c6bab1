import EmendText

/// Which single-byte encoding some text is in, by how well its bytes beyond ASCII fit their neighbours.
///
/// ICU's detector knows neither MacRoman nor the code pages of DOS, and judges by letters only, while in
/// English text most such bytes are quotes and dashes. Here each byte is decoded by every candidate and
/// gets a mark: a closing quote after a word is likely, a capital Õ inside a small word is not.
struct SingleByteGuess {
  let charset: Charset
  /// 0 to 1: by how much the best candidate leads, per byte.
  let confidence: Double

  /// Candidates in the order in which a tie is decided, with what they start from.
  private static let candidates: [(name: String, prior: Double)] = [
    ("windows-1252", 0.5), ("macintosh", 0),
  ]
  /// The code page of DOS, believed only where several different bytes speak for it: one odd byte that comes
  /// again and again is a ligature of the scan's font, and fits an accented letter by chance.
  private static let dos: (name: String, prior: Double) = ("IBM850", -0.5)
  private static let leastKindsForDOS = 3

  /// Nil when ICU lacks the converters.
  init?(sample: [UInt8], others: [String] = []) {
    var best: (charset: Charset, score: Double)?
    var second = -Double.infinity
    let kinds = Set(sample.lazy.filter { $0 >= 0x80 }).count
    let known = kinds >= Self.leastKindsForDOS ? Self.candidates + [Self.dos] : Self.candidates
    for (name, prior) in known + others.map({ ($0, 0) }) {
      guard let charset = Charset(name) else { continue }
      let isDOS = name == "IBM850"
      let score = prior + Self.score(sample, by: charset.upperHalf(), isDOS: isDOS)
      if let leader = best, score <= leader.score {
        second = max(second, score)
      } else {
        second = max(second, best?.score ?? second)
        best = (charset, score)
      }
    }
    // Where nothing fits, the commonest encoding is as good a reading as any.
    if let found = best, found.score <= 0, let plain = Charset(Self.candidates[0].name) {
      best = (plain, found.score)
    }
    guard let best else { return nil }
    charset = best.charset
    let count = sample.reduce(0) { $0 + ($1 >= 0x80 ? 1 : 0) }
    let lead = second.isFinite && count > 0 ? (best.score - second) / Double(count) : 1
    // Bytes that fit no better than badly name no encoding for sure, whatever the lead.
    confidence = best.score <= 0 ? 0.3 : min(0.99, max(0.3, 0.5 + lead / 3))
  }

  private static func score(_ sample: [UInt8], by table: [UInt32], isDOS: Bool) -> Double {
    var total = 0.0
    for at in sample.indices where sample[at] >= 0x80 {
      let before = at > 0 ? sample[at - 1] : 0x20
      let after = at + 1 < sample.count ? sample[at + 1] : 0x20
      let value = table[Int(sample[at] - 0x80)]
      total += isDOS && isRareInDOS(sample[at], value) ? -1.5 : mark(value, before: before, after: after)
    }
    return total
  }

  /// Letters of code page 850 among the frames and signs from 0xA6 on, but for ß. English texts hardly have them,
  /// and a sign of a broken font inside a word ("coeÆcient", 0xC6) must not make a text of DOS.
  private static func isRareInDOS(_ byte: UInt8, _ value: UInt32) -> Bool {
    byte >= 0xA6 && byte != 0xE1 && (0xC0...0xFF).contains(value)
  }

  /// How well a character fits between two bytes; bytes beyond ASCII count as letters. What is odd inside a word is
  /// as odd in every encoding: a sign of a broken font must not choose among them.
  private static func mark(_ value: UInt32, before: UInt8, after: UInt8) -> Double {
    func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 }
    func isSmall(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
    let touchesBoth = isLetter(before) && isLetter(after)
    let touches = isLetter(before) || isLetter(after)
    switch value {
    case 0x80..<0xA0, 0xFFFD: return -2
    case 0x2018, 0x201C, 0xAB: return touchesBoth ? -1.5 : !isLetter(before) && after > 0x20 ? 1 : -0.5
    case 0x2019: return isLetter(before) || before > 0x20 ? 1 : -0.2
    case 0x201D, 0xBB: return touchesBoth ? -1.5 : before > 0x20 && !isLetter(after) ? 1 : -0.5
    case 0x2013, 0x2014: return 0.8
    case 0xFB01, 0xFB02: return touches ? 1 : -0.5
    case 0xA0, 0xAD, 0x2022, 0x2026, 0xA7, 0xB0, 0xA3, 0xA9: return touchesBoth ? -1.5 : 0.3
    case 0xDF...0xFF where value != 0xF7: return touches ? (isCommon(value) ? 1 : 0.2) : -0.3
    case 0xC0...0xDE where value != 0xD7:
      if isSmall(before) { return -1.5 }
      return isLetter(after) ? (isCommon(value + 0x20) ? 0.7 : 0.1) : -0.3
    case 0x100..<0x180: return touches ? 0.4 : -0.3
    default: return touchesBoth ? -1.5 : -0.1
    }
  }

  /// Small accented letters of French, German, Spanish, Portuguese, Italian and Scandinavian names.
  private static func isCommon(_ value: UInt32) -> Bool {
    switch value {
    case 0xDF, 0xE0...0xEF, 0xF1...0xF6, 0xF8...0xFC: true
    default: false
    }
  }
}
