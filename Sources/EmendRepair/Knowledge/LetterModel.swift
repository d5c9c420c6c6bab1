import EmendLexicons
import FoundationEssentials

/// Which letters follow each other in English words: a cheap test that turns most impossible readings away
/// before any look-up, and a probability for a word that no list holds.
///
/// Made from `damage/letter-grams.tsv`, runs of four letters with their number of words.
final class LetterModel: Sendable {
  /// One bit for each run of four letters that some word holds.
  private let known: [UInt64]
  /// Log probability of a letter after two others.
  private let trigrams: [Float]

  /// Letter codes: 0 before a word, 1–26 a–z, 27 apostrophe, 28 anything else, 29 after a word.
  @inline(__always)
  private static func code(_ byte: UInt8) -> Int {
    if byte >= 0x61 && byte <= 0x7A { return Int(byte) - 0x60 }
    switch byte {
    case 0x27: return 27
    case 0x5E: return 0
    case 0x24: return 29
    default: return 28
    }
  }

  init(_ folder: LexiconFolder) throws {
    let table = try Table(folder, "damage/letter-grams.tsv")
    var known = [UInt64](repeating: 0, count: 1 << 14)
    var three = [Float](repeating: 0, count: 1 << 15)
    var two = [Float](repeating: 0, count: 1 << 10)
    var failed = 0
    table.contents.withUnsafeBufferPointer { bytes in
      var at = 0
      var line = 0
      while at < bytes.count {
        line += 1
        var end = at
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        if end > at, bytes[at] != 0x23 {
          guard end - at >= 6, bytes[at + 4] == 0x09 else {
            failed = failed == 0 ? line : failed
            at = end + 1
            continue
          }
          var words = 0
          for k in (at + 5)..<end { words = min(1 << 40, words * 10 + Int(bytes[k] &- 0x30)) }
          var key = 0
          for k in at..<(at + 4) { key = key << 5 | LetterModel.code(bytes[k]) }
          known[key >> 6] |= 1 << UInt64(key & 63)
          three[key & 0x7FFF] += Float(words)
          two[(key >> 5) & 0x3FF] += Float(words)
        }
        at = end + 1
      }
    }
    if failed > 0 { throw table.bad(failed, "expected four letters, a tab and a count") }
    // Additive smoothing as in the prototype: 0.02 over 1.2, for about sixty letters.
    for key in three.indices {
      three[key] = Float(log(Double((three[key] + 0.02) / (two[key >> 5] + 1.2))))
    }
    self.known = known
    trigrams = three
  }

  /// Whether every run of four letters of a folded word occurs in some English word.
  func allows(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    var key = 0
    for byte in word {
      // Letters with accents are not counted; let the word list decide.
      if byte >= 0x80 { return true }
      key = (key << 5 | LetterModel.code(byte)) & 0xFFFFF
      if known[key >> 6] & (1 << UInt64(key & 63)) == 0 { return false }
    }
    key = (key << 5 | 29) & 0xFFFFF
    return known[key >> 6] & (1 << UInt64(key & 63)) != 0
  }

  /// Natural logarithm of the probability of a folded word by its letters.
  func logProbability(_ word: UnsafeBufferPointer<UInt8>) -> Double {
    var key = 0
    var sum = 0.0
    for byte in word {
      if byte & 0xC0 == 0x80 { continue }
      key = (key << 5 | LetterModel.code(byte)) & 0x7FFF
      sum += Double(trigrams[key])
    }
    return sum + Double(trigrams[(key << 5 | 29) & 0x7FFF])
  }
}
