/// Page numbers and other numerals, also misread ones.
enum Numerals {
  enum Script: UInt8, Sendable { case arabic, roman }

  /// One reading of a token as a number; `quality` 1 as it stands, less after folding of look-alikes.
  struct Reading: Sendable {
    var script: Script
    var value: Int
    var quality: Float
  }

  /// The largest page number that is believed.
  static let largest = 9999
  /// Roman numbers above this are taken for words ("dim", "mix").
  static let largestRoman = 399

  static func isEdge(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2E, 0x2C, 0x3B, 0x3A, 0x2D, 0x5F, 0x5B, 0x5D, 0x28, 0x29, 0x7B, 0x7D, 0x3C, 0x3E, 0x2A, 0x27, 0x22,
      0x5E, 0x7E, 0x3D, 0x2F, 0x5C, 0x20, 0x09:
      true
    // Curly quotes, dashes, bullets and guillemets begin with these bytes; no digit or roman letter does.
    case 0x80...0xFF: true
    default: false
    }
  }

  /// The token without stops, brackets and dashes around it.
  static func stripped(_ text: [UInt8], _ token: Range<Int>) -> Range<Int> {
    var (start, end) = (token.lowerBound, token.upperBound)
    while start < end, isEdge(text[start]) { start += 1 }
    while end > start, isEdge(text[end - 1]) { end -= 1 }
    return start..<end
  }

  /// i, v, x, l, c, d, m of either case.
  static func isRomanLetter(_ byte: UInt8) -> Bool {
    switch byte | 0x20 {
    case 0x69, 0x76, 0x78, 0x6C, 0x63, 0x64, 0x6D: true
    default: false
    }
  }

  /// Roman numeral in small letters to its value; nil when it is not well formed.
  static func roman(_ letters: [UInt8]) -> Int? {
    guard !letters.isEmpty, letters.count <= 15 else { return nil }
    var total = 0
    var previous = 0
    var index = letters.count
    while index > 0 {
      index -= 1
      let value: Int
      switch letters[index] {
      case 0x69: value = 1
      case 0x76: value = 5
      case 0x78: value = 10
      case 0x6C: value = 50
      case 0x63: value = 100
      case 0x64: value = 500
      case 0x6D: value = 1000
      default: return nil
      }
      total += value < previous ? -value : value
      previous = max(previous, value)
    }
    guard total > 0, total < 4000 else { return nil }
    return romanDigits(total) == letters || isLooseRoman(letters, total) ? total : nil
  }

  /// Printers' forms with four like letters ("xxxx", "iiii").
  private static func isLooseRoman(_ letters: [UInt8], _ value: Int) -> Bool {
    var previous: UInt8 = 0xFF
    var run = 0
    let order: [UInt8] = [0x69, 0x76, 0x78, 0x6C, 0x63, 0x64, 0x6D]
    var last = 8
    for letter in letters {
      guard let place = order.firstIndex(of: letter).map({ $0 + 1 }), place <= last else { return false }
      run = letter == previous ? run + 1 : 1
      if run > 4 || (run > 1 && place % 2 == 0) { return false }
      last = place
      previous = letter
    }
    return true
  }

  static func romanDigits(_ value: Int) -> [UInt8] {
    var rest = value
    var out: [UInt8] = []
    let steps: [(Int, StaticString)] = [
      (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
      (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ]
    for (weight, digits) in steps {
      while rest >= weight {
        digits.withUTF8Buffer { out.append(contentsOf: $0) }
        rest -= weight
      }
    }
    return out
  }

  /// The number as it is printed: "xiv", "137".
  static func printed(_ script: Script, _ value: Int) -> String {
    script == .arabic ? String(value) : String(decoding: romanDigits(value), as: UTF8.self)
  }

  private static func digitFold(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte
    case 0x6C, 0x49, 0x69, 0x7C, 0x21: 0x31  // l I i | !
    case 0x6F, 0x4F, 0x51, 0x44: 0x30  // o O Q D
    case 0x53, 0x73: 0x35  // S s
    case 0x42: 0x38  // B
    case 0x7A, 0x5A: 0x32  // z Z
    case 0x67, 0x71: 0x39  // g q
    case 0x62, 0x47: 0x36  // b G
    case 0x41: 0x34  // A
    default: nil
    }
  }

  private static func romanFold(_ byte: UInt8, into out: inout [UInt8]) -> Bool {
    switch byte {
    case 0x69, 0x76, 0x78, 0x6C, 0x63, 0x64: out.append(byte)
    case 0x31, 0x6A, 0x21, 0x7C, 0x74: out.append(0x69)
    case 0x75, 0x6E, 0x68: out += [0x69, 0x69]
    case 0x79: out.append(0x76)
    case 0x6D: out += [0x69, 0x69, 0x69]
    default: return false
    }
    return true
  }

  /// Every way in which a token may be a page number; empty for words.
  static func readings(_ text: [UInt8], _ token: Range<Int>) -> [Reading] {
    let core = stripped(text, token)
    let length = core.count
    guard length > 0, length <= 7 else { return [] }
    var digits = 0
    var folds = 0
    var value = 0
    var foldable = true
    var romanLetters = true
    for index in core {
      let byte = text[index]
      if Glyphs.isDigit(UInt32(byte)) { digits += 1 }
      if let digit = digitFold(byte) {
        value = value * 10 + Int(digit - 0x30)
        folds += 1
      } else {
        foldable = false
      }
      let low = byte | 0x20
      if !(low == 0x69 || low == 0x76 || low == 0x78 || low == 0x6C || low == 0x63 || low == 0x64
        || low == 0x6D)
        || byte < 0x41
      {
        romanLetters = false
      }
    }
    if digits == length { return length <= 4 ? [Reading(script: .arabic, value: value, quality: 1)] : [] }
    var out: [Reading] = []
    var isRoman = false
    if romanLetters, let number = roman(text[core].map { $0 | 0x20 }), number <= largestRoman {
      out.append(Reading(script: .roman, value: number, quality: length > 1 ? 1 : 0.8))
      isRoman = true
    }
    if foldable, length <= 4, digits > 0 || length <= 3 {
      out.append(Reading(script: .arabic, value: value, quality: digits > 0 ? 0.6 : 0.3))
    }
    if !isRoman {
      var folded: [UInt8] = []
      let readable = text[core].allSatisfy {
        romanFold($0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0, into: &folded)
      }
      if readable, let number = roman(folded), number <= largestRoman {
        out.append(Reading(script: .roman, value: number, quality: 0.5))
      }
    }
    return out
  }
}
