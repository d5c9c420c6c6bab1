/// Whether a form is plain English, which most steps may pass over.
enum Standing: UInt8 {
  /// To be looked at.
  case open
  /// Digits and punctuation of ASCII only.
  case noLetters
  /// A trusted word with ordinary punctuation about it.
  case word
  /// The same, and common.
  case commonWord

  var isPlain: Bool { self != .open }
  var isWord: Bool { self == .word || self == .commonWord }

  /// Log frequency of a common word.
  private static let common = -8.5

  static func of(_ form: UnsafeBufferPointer<UInt8>, _ english: English) -> Standing {
    var (a, b) = (0, form.count)
    var letters = 0
    for byte in form {
      // A closing brace may be a stroke of the word's last letter ("the}'").
      if byte >= 0x80 || byte < 0x20 || byte == 0x7D { return .open }
      if byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A { letters += 1 }
    }
    if letters == 0 { return .noLetters }
    while a < b, Pieces.isOpening(UInt32(form[a])) { a += 1 }
    while b > a, Pieces.isClosing(UInt32(form[b - 1])) { b -= 1 }
    // Single letters are looked at, but for "a" and "I"; capitals inside a word too.
    guard b - a == letters, letters > 1 || form[a] | 0x20 == 0x61 || form[a] == 0x49 else { return .open }
    for k in (a + 1)..<max(a + 1, b) where form[k] <= 0x5A { return .open }
    let sense = english.sense(UnsafeBufferPointer(rebasing: form[a..<b]))
    guard sense.level == .trusted else { return .open }
    return sense.logFrequency > common ? .commonWord : .word
  }
}
