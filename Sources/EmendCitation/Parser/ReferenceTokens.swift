/// What kind of number a word is.
enum NumberClass: UInt8, Sendable {
  case none, year
  case digits1, digits2, digits3, digits4, digits5, digits6
  /// Digits and letters mixed ("12a", "A4").
  case mixed
  case romanUpper, romanLower

  var isDigits: Bool { rawValue >= Self.digits1.rawValue && rawValue <= Self.digits6.rawValue }
  /// A number that a field may be made of; small roman letters may be words.
  var counts: Bool { self != .none && self != .romanLower }
}

/// The string between two words, normalised to at most six signs: double quotes to Q, single ones to q,
/// dashes to -, white space to one space, unknown signs to ~; runs merged.
struct Gap: Sendable, Equatable {
  /// The signs, first in the lowest byte.
  var signs: UInt64
  var marks: Marks

  /// Whether it is a closing bracket, a full stop and white space.
  var closesSentence: Bool { signs & 0xFF_FFFF == 0x20_2E29 }

  struct Marks: OptionSet, Sendable {
    let rawValue: UInt16
    static let quote = Marks(rawValue: 1)
    static let open = Marks(rawValue: 2)
    static let close = Marks(rawValue: 4)
    static let square = Marks(rawValue: 8)
    static let colon = Marks(rawValue: 16)
    static let semicolon = Marks(rawValue: 32)
    /// Begins with a question or exclamation mark.
    static let query = Marks(rawValue: 64)
    /// Begins with a full stop.
    static let stop = Marks(rawValue: 128)
    static let comma = Marks(rawValue: 256)
    /// Begins with a hyphen or space.
    static let hyphenOrSpace = Marks(rawValue: 512)
    /// Holds a dash and nothing but spaces beside it.
    static let dashOnly = Marks(rawValue: 1024)
    /// Is exactly a full stop and a space.
    static let stopSpace = Marks(rawValue: 2048)
  }
}

/// The words of one reference with the gaps between them, as plain numbers.
///
/// One value is used again for reference after reference, so that nothing is allocated in a long list.
struct ReferenceTokens {
  var count = 0
  /// Bytes of each word.
  var start: [Int] = []
  var end: [Int] = []
  /// Hash of the word as features see it: lower case, numbers by class.
  var word: [UInt64] = []
  /// Hash of the word in lower case.
  var lower: [UInt64] = []
  /// Hash of the word in lower case without accents: the key of the gazetteers.
  var fold: [UInt64] = []
  /// Signs of the word's shape in base 5 (X, x, 9, apostrophe), runs capped at two.
  var shape: [UInt32] = []
  /// Hashes of the first three and four and of the last two, three and four letters.
  var affixes: [(p3: UInt64, p4: UInt64, s2: UInt64, s3: UInt64, s4: UInt64)] = []
  /// The first three letters without accents, for comparing by alphabet.
  var sortKey: [UInt64] = []
  /// Hash of the word with letters that scanners take for one another as one sign: "Prcss" has that of "Press".
  var skeleton: [UInt64] = []
  /// Letters of the word.
  var length: [Int] = []
  var number: [NumberClass] = []
  var startsUpper: [Bool] = []
  var kind: [Kind] = []
  /// `gaps[k]` stands before word k, the last one after the last word.
  var gaps: [Gap] = []

  enum Kind: UInt8 { case word, url, doi, dash }

  static let shapeX: UInt32 = 1
  static let shapeXX: UInt32 = 6

  mutating func removeAll() {
    count = 0
    start.removeAll(keepingCapacity: true)
    end.removeAll(keepingCapacity: true)
    word.removeAll(keepingCapacity: true)
    lower.removeAll(keepingCapacity: true)
    fold.removeAll(keepingCapacity: true)
    shape.removeAll(keepingCapacity: true)
    affixes.removeAll(keepingCapacity: true)
    sortKey.removeAll(keepingCapacity: true)
    skeleton.removeAll(keepingCapacity: true)
    length.removeAll(keepingCapacity: true)
    number.removeAll(keepingCapacity: true)
    startsUpper.removeAll(keepingCapacity: true)
    kind.removeAll(keepingCapacity: true)
    gaps.removeAll(keepingCapacity: true)
  }

  /// Cuts a reference into words and gaps.
  mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
    removeAll()
    let letters = LetterTable.shared
    var at = 0
    var gapStart = 0
    var previousIsWord = false
    while at < text.count {
      let byte = text[at]
      if let end = Self.addressEnd(text, at, afterWord: previousIsWord) {
        add(text, gapStart, at, end, byte == 0x31 ? .doi : .url, letters)
        at = end
        gapStart = at
        previousIsWord = true
        continue
      }
      if byte == 0x3C, let end = Self.tagEnd(text, at) {
        at = end
        previousIsWord = false
        continue
      }
      if byte == 0x2D || byte == 0x5F || byte == 0xE2 {
        let end = Self.dashEnd(text, at)
        if end > at {
          add(text, gapStart, at, end, .dash, letters)
          at = end
          gapStart = at
          previousIsWord = false
          continue
        }
      }
      let end = Self.wordEnd(text, at, letters)
      if end > at {
        add(text, gapStart, at, end, .word, letters)
        at = end
        gapStart = at
        previousIsWord = true
      } else {
        at += decodeScalar(text, at).length
        previousIsWord = false
      }
    }
    gaps.append(Self.gap(text, gapStart, text.count))
    joinYears(text)
    if count > 0 { gaps[0].signs = gaps[0].signs << 8 | 0x5E }
    gaps[count].signs = gaps[count].signs << 8 | 0x24
  }

  /// The end of a URL or DOI that starts here.
  private static func addressEnd(_ text: UnsafeBufferPointer<UInt8>, _ at: Int, afterWord: Bool) -> Int? {
    func matches(_ pattern: StaticString, _ from: Int) -> Bool {
      guard from + pattern.utf8CodeUnitCount <= text.count else { return false }
      for offset in 0..<pattern.utf8CodeUnitCount
      where text[from + offset] | 0x20 != pattern.utf8Start[offset] {
        return false
      }
      return true
    }
    func skipSpace(_ from: Int) -> Int { from < text.count && text[from] == 0x20 ? from + 1 : from }
    var from = at
    switch text[at] {
    case 0x68, 0x48, 0x66, 0x46:
      if afterWord { return nil }
      if matches("https", at) {
        from = at + 5
      } else if matches("http", at) {
        from = at + 4
      } else if matches("ftp", at) {
        from = at + 3
      } else {
        return nil
      }
      from = skipSpace(from)
      guard from < text.count, text[from] == 0x3A else { return nil }
      from = skipSpace(from + 1)
      guard from + 1 < text.count, text[from] == 0x2F, text[from + 1] == 0x2F else { return nil }
      from += 2
    case 0x77, 0x57:
      if afterWord { return nil }
      guard at + 4 < text.count, matches("www", at), text[at + 3] == 0x2E else { return nil }
      from = at + 4
    case 0x31:
      // A DOI: "10.", at least four digits, a slash.
      if afterWord || (at > 0 && text[at - 1] == 0x2E) { return nil }
      guard at + 7 < text.count, text[at + 1] == 0x30, text[at + 2] == 0x2E else { return nil }
      from = at + 3
      while from < text.count, text[from] >= 0x30, text[from] <= 0x39 { from += 1 }
      guard from - at >= 7, from < text.count, text[from] == 0x2F else { return nil }
      from += 1
    default: return nil
    }
    let body = from
    while from < text.count, text[from] > 0x20 { from += 1 }
    if from == body { return nil }
    while from > at + 1 {
      switch text[from - 1] {
      case 0x2E, 0x2C, 0x3B, 0x29, 0x5D, 0x3E, 0x22, 0x27: from -= 1
      case 0x9D, 0x99:
        // ” and ’
        if from > at + 3, text[from - 2] == 0x80, text[from - 3] == 0xE2 { from -= 3 } else { return from }
      case 0xBB:
        if from > at + 2, text[from - 2] == 0xC2 { from -= 2 } else { return from }
      default: return from
      }
    }
    return from
  }

  /// The end of a tag of markup that starts here: "<italic>", "</i>", "<sub>". Tags are passed over.
  private static func tagEnd(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
    var end = at + 1
    if end < text.count, text[end] == 0x2F { end += 1 }
    let name = end
    while end < text.count, end - name < 12, (0x61...0x7A).contains(text[end] | 0x20) { end += 1 }
    guard end > name, end < text.count, text[end] == 0x3E else { return nil }
    return end + 1
  }

  /// The end of a run of dashes that stands for the author of the entry before.
  private static func dashEnd(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    var index = at
    var wide = 0
    var narrow = 0
    while index < text.count {
      let (scalar, length) = decodeScalar(text, index)
      switch scalar {
      case 0x2014, 0x2015: wide += 1
      case 0x2D, 0x5F, 0x2013, 0x2212: narrow += 1
      default: return wide >= 2 || wide + narrow >= 3 ? index : at
      }
      index += length
    }
    return wide >= 2 || wide + narrow >= 3 ? index : at
  }

  /// Whether a bracket within a word is half of a letter: "l)ages", "t)y", "Oxfor(1", "recommen(lation".
  private static func isHalfLetter(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    func isSmall(_ index: Int) -> Bool { index < text.count && text[index] >= 0x61 && text[index] <= 0x7A }
    guard at > 0, at + 1 < text.count else { return false }
    if text[at] == 0x29 {
      return (text[at - 1] == 0x6C || text[at - 1] == 0x74 || text[at - 1] == 0x31) && isSmall(at + 1)
    }
    guard text[at] == 0x28, isSmall(at - 1), text[at + 1] == 0x31 || text[at + 1] == 0x6C else {
      return false
    }
    return at + 2 == text.count || text[at + 2] == 0x20 || isSmall(at + 2)
  }

  /// The end of a run of letters and digits, with apostrophes inside.
  private static func wordEnd(_ text: UnsafeBufferPointer<UInt8>, _ at: Int, _ letters: LetterTable) -> Int {
    var index = at
    while index < text.count {
      let (scalar, length) = decodeScalar(text, index)
      if letters.kind(scalar) != .other {
        if index - at >= Self.shortestGlued, scalar >= 0x30, scalar <= 0x39, isGlued(text, at, index) {
          break
        }
        index += length
        continue
      }
      if scalar == 0x28 || scalar == 0x29, index > at, isHalfLetter(text, index) {
        index += 1
        continue
      }
      guard index > at, scalar == 0x27 || scalar == 0x2019, index + length < text.count else { break }
      let next = decodeScalar(text, index + length)
      guard letters.kind(next.scalar) != .other else { break }
      index += length + next.length
    }
    return index
  }

  private static let shortestGlued = 4

  /// Whether the number that begins at `index` is a word of its own, and the space before it is lost: "Princeton1950",
  /// "Review2(3)". A single digit that ends a word is a misread letter more often ("Genera1").
  private static func isGlued(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ index: Int) -> Bool {
    guard text[start..<index].allSatisfy({ (0x61...0x7A).contains($0 | 0x20) }) else { return false }
    var end = index
    while end < text.count, text[end] >= 0x30, text[end] <= 0x39 { end += 1 }
    if end < text.count, (0x61...0x7A).contains(text[end] | 0x20) || text[end] >= 0x80 { return false }
    return end - index >= 2 || (end < text.count && text[end] == 0x28)
  }

  private mutating func add(
    _ text: UnsafeBufferPointer<UInt8>, _ gapStart: Int, _ first: Int, _ last: Int, _ kind: Kind,
    _ letters: LetterTable
  ) {
    gaps.append(Self.gap(text, gapStart, first))
    start.append(first)
    end.append(last)
    self.kind.append(kind)
    count += 1
    if kind != .word {
      let code = UInt64(kind.rawValue) + 1
      word.append(code)
      lower.append(code)
      fold.append(code)
      shape.append(UInt32(code) + 0x4000_0000)
      affixes.append((0, 0, 0, 0, 0))
      sortKey.append(0)
      skeleton.append(0)
      length.append(1)
      number.append(.none)
      startsUpper.append(false)
      return
    }
    var lowerHash = Self.lowerSeed
    var foldHash = Self.foldSeed
    var skeletonHash = Self.skeletonSeed
    var (p3, p4): (UInt64, UInt64) = (0, 0)
    var (l1, l2, l3, l4): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var (shape, shapeSigns, place): (UInt32, Int, UInt32) = (0, 0, 1)
    var (lastSign, secondLastSign): (UInt32, UInt32) = (0, 0)
    var (letterCount, digits): (Int, Int) = (0, 0)
    var value = 0
    var key: UInt64 = 0
    var roman = RomanCheck()
    var upper = false
    var index = first
    while index < last {
      let (scalar, width) = decodeScalar(text, index)
      index += width
      let kind = letters.kind(scalar)
      if kind == .mark { continue }
      var sign: UInt32
      switch kind {
      case .upper: sign = 1
      case .lower: sign = 2
      case .digit: sign = 3
      default: sign = 4
      }
      if scalar == 0x27 || scalar == 0x2019 { sign = 4 }
      if letterCount == 0 { upper = kind == .upper }
      if letterCount < 12, !(lastSign == sign && secondLastSign == sign) {
        shape &+= sign &* place
        place = place &* 5
        shapeSigns += 1
        (secondLastSign, lastSign) = (lastSign, sign)
      }
      letterCount += 1
      if kind == .digit, scalar < 0x80 {
        digits += 1
        if digits <= 6 { value = value * 10 + Int(scalar - 0x30) }
      }
      let small = UInt64(scalar == 0x2019 ? 0x27 : letters.lower(scalar))
      roman.take(small)
      lowerHash = mixed(lowerHash, small)
      switch scalar {
      case 0xDF:
        foldHash = mixed(mixed(foldHash, 0x73), 0x73)
      case 0xFB01:
        foldHash = mixed(mixed(foldHash, 0x66), 0x69)
      case 0xFB02:
        foldHash = mixed(mixed(foldHash, 0x66), 0x6C)
      default:
        foldHash = mixed(foldHash, UInt64(scalar == 0x2019 ? 0x27 : letters.fold(scalar)))
      }
      skeletonHash = letters.skeleton(skeletonHash, scalar)
      if letterCount <= 3 {
        key |= UInt64(min(letters.fold(scalar), 0x3FF)) << UInt64(10 * (3 - letterCount))
      }
      if letterCount == 3 { p3 = lowerHash }
      if letterCount == 4 { p4 = lowerHash }
      (l4, l3, l2, l1) = (l3, l2, l1, small)
    }
    let s2 = mixed(mixed(2, l2), l1)
    let s3 = mixed(s2, l3)
    affixes.append((p3, p4, s2, s3, mixed(s3, l4)))
    sortKey.append(key)
    skeleton.append(skeletonHash)
    length.append(letterCount)
    startsUpper.append(upper)
    lower.append(lowerHash)
    fold.append(foldHash)
    self.shape.append(shape)

    var number = NumberClass.none
    var seen = lowerHash
    let startsWithDigit = text[first] >= 0x30 && text[first] <= 0x39
    if digits > 0, digits < letterCount, let figures = Self.figures(text, first..<last) {
      number = figures
      seen = figures == .year ? 0x59 : 0x4E00 + UInt64(last - first)
    } else if startsWithDigit {
      // 1400 to 2039, as titles and dates have them, with a letter for works of one year.
      let year = digits == 4 && (1400...2039).contains(value)
      if year, letterCount == 4 {
        number = .year
        seen = 0x59
      } else if year, letterCount == 5, l1 >= 0x61, l1 <= 0x7A {
        number = .year
        seen = mixed(0x59, l1)
      } else if digits == letterCount {
        number = NumberClass(rawValue: NumberClass.digits1.rawValue + UInt8(min(digits, 6) - 1)) ?? .digits6
        seen = 0x4E00 + UInt64(min(digits, 6))
      } else {
        number = .mixed
        seen = mixed(0x4D, UInt64(shape))
      }
    } else if letterCount <= 7, roman.isNumeral {
      number = upper ? .romanUpper : .romanLower
    }
    self.number.append(number)
    word.append(seen)
  }

  /// Years that a space has torn apart: "(19 91)", "199 0.".
  private mutating func joinYears(_ text: UnsafeBufferPointer<UInt8>) {
    guard count > 1 else { return }
    for k in 1..<count
    where number[k].isDigits && number[k - 1].isDigits && gaps[k].signs == 0x20
      && end[k] - start[k - 1] == 5 && !gaps[k + 1].marks.contains(.dashOnly)
    {
      let isEven = end[k] - start[k] == 2
      guard gaps[k - 1].marks.contains(.open) || (!isEven && !gaps[k - 1].marks.contains(.dashOnly)) else {
        continue
      }
      var value = 0
      for at in start[k - 1]..<end[k] where text[at] != 0x20 { value = value * 10 + Int(text[at] & 15) }
      guard (1700...2039).contains(value) else { continue }
      for part in (k - 1)...k {
        number[part] = .year
        word[part] = 0x59
      }
    }
  }

  static let lowerSeed: UInt64 = 0x5EED
  static let foldSeed: UInt64 = 0xF01D
  static let skeletonSeed: UInt64 = 0x5CE1

  /// The digit that a byte is or looks like: l, I and i are 1, O and o are 0, S is 5, B is 8, Z and z are 2.
  static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte & 15)
    case 0x6C, 0x49, 0x69: 1
    case 0x4F, 0x6F: 0
    case 0x53: 5
    case 0x42: 8
    case 0x5A, 0x7A: 2
    default: nil
    }
  }

  /// What a word of digits and of letters that look like digits stands for: "l999" and "19S4" are years, "1O3" is a
  /// number; nil where a letter may be meant ("1990s", "12B", "B12", "1999a").
  private static func figures(_ text: UnsafeBufferPointer<UInt8>, _ word: Range<Int>) -> NumberClass? {
    guard (2...4).contains(word.count) else { return nil }
    var (value, digits) = (0, 0)
    var endsInLetter = false
    for at in word {
      guard let digit = digit(text[at]) else { return nil }
      if text[at] <= 0x39 { digits += 1 }
      endsInLetter = [0x53, 0x42, 0x5A, 0x7A].contains(text[at])
      if at == word.lowerBound, digit == 0 || endsInLetter { return nil }
      value = value * 10 + digit
    }
    guard 2 * digits >= word.count else { return nil }
    if word.count == 4, (1400...2039).contains(value) { return .year }
    if endsInLetter || (word.count == 4 && digits < 3) { return nil }
    return NumberClass(rawValue: NumberClass.digits1.rawValue + UInt8(word.count - 1))
  }

  /// Reads words that no list knows as the cue or common word of references that they look like to a scanner: "Prcss"
  /// as "Press", "lbid" as "Ibid". Their shape, their letters at both ends and their place stay.
  mutating func mend(_ gazetteers: Gazetteers) {
    for k in 0..<count where length[k] >= 3 && kind[k] == .word {
      guard number[k] == .none || number[k] == .mixed, gazetteers.word(fold[k]) == 0,
        gazetteers.cue(lower[k]) == .none, let reading = gazetteers.reading(skeleton[k]),
        !gazetteers.isKnownPhrase(fold[k])
      else { continue }
      word[k] = reading.lower
      lower[k] = reading.lower
      fold[k] = reading.fold
      if number[k] == .mixed {
        number[k] = .none
        startsUpper[k] = true
      }
    }
  }

  static func gap(_ text: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> Gap {
    var signs: UInt64 = 0
    var count: UInt64 = 0
    var last: UInt8 = 0
    var marks: Gap.Marks = []
    var dashes = 0
    var others = 0
    var index = from
    while index < to {
      if text[index] == 0x3C, let end = tagEnd(text, index), end <= to {
        index = end
        continue
      }
      let (scalar, length) = decodeScalar(text, index)
      index += length
      var sign: UInt8
      switch scalar {
      case 0x22, 0x201C, 0x201D, 0x201E, 0x201F, 0xAB, 0xBB: sign = 0x51
      case 0x27, 0x2018, 0x2019, 0x201A, 0x60, 0xB4, 0x2039, 0x203A: sign = 0x71
      case 0x2D, 0x2010...0x2015, 0x2212: sign = 0x2D
      case 0x09...0x0D, 0x20, 0xA0, 0x2000...0x200A, 0x202F: sign = 0x20
      case 0x2E, 0x2C, 0x3B, 0x3A, 0x28, 0x29, 0x5B, 0x5D, 0x2F, 0x26, 0x3F, 0x21, 0x3C, 0x3E, 0x3D, 0x23,
        0x2A,
        0x7C, 0x2B:
        sign = UInt8(scalar)
      // Scanners read round brackets as braces; references have none of their own.
      case 0x7B: sign = 0x28
      case 0x7D: sign = 0x29
      default: sign = 0x7E
      }
      if sign == last,
        sign == 0x20 || sign == 0x2E || sign == 0x2D || sign == 0x51 || sign == 0x7E || sign == 0x71
      {
        continue
      }
      switch sign {
      case 0x51: marks.insert(.quote)
      case 0x28: marks.insert(.open)
      case 0x29: marks.insert(.close)
      case 0x5B, 0x5D: marks.insert(.square)
      case 0x3A: marks.insert(.colon)
      case 0x3B: marks.insert(.semicolon)
      case 0x2C: marks.insert(.comma)
      default: break
      }
      if sign == 0x2D { dashes += 1 } else if sign != 0x20 { others += 1 }
      if count == 0 {
        switch sign {
        case 0x3F, 0x21: marks.insert(.query)
        case 0x2E: marks.insert(.stop)
        case 0x2D, 0x20: marks.insert(.hyphenOrSpace)
        default: break
        }
      }
      last = sign
      if count < 6 { signs |= UInt64(sign) << (8 * count) }
      count += 1
    }
    if count == 0 { signs = 0x5F }
    if dashes == 1 && others == 0 { marks.insert(.dashOnly) }
    if count == 2 && signs == 0x202E { marks.insert(.stopSpace) }
    return Gap(signs: signs, marks: marks)
  }
}

/// Reads letters one by one and tells whether they make a roman numeral.
struct RomanCheck {
  private var valid = true
  private var letters: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0, 0, 0, 0)
  private var count = 0

  mutating func take(_ letter: UInt64) {
    let value: UInt8
    switch letter {
    case 0x69: value = 1  // i
    case 0x76: value = 2  // v
    case 0x78: value = 3  // x
    case 0x6C: value = 4  // l
    case 0x63: value = 5  // c
    case 0x64: value = 6  // d
    case 0x6D: value = 7  // m
    default:
      valid = false
      return
    }
    switch count {
    case 0: letters.0 = value
    case 1: letters.1 = value
    case 2: letters.2 = value
    case 3: letters.3 = value
    case 4: letters.4 = value
    case 5: letters.5 = value
    case 6: letters.6 = value
    default: valid = false
    }
    count += 1
  }

  /// Thousands, hundreds, tens and units in order, each in its canonical form.
  var isNumeral: Bool {
    guard valid, count > 0 else { return false }
    let all = [letters.0, letters.1, letters.2, letters.3, letters.4, letters.5, letters.6]
    var at = 0
    func next(_ value: UInt8, _ distance: Int = 0) -> Bool {
      at + distance < count && all[at + distance] == value
    }
    var thousands = 0
    while next(7), thousands < 3 {
      at += 1
      thousands += 1
    }
    for (one, five, ten) in [(UInt8(5), UInt8(6), UInt8(7)), (3, 4, 5), (1, 2, 3)] {
      if next(one), next(ten, 1) || next(five, 1) {
        at += 2
        continue
      }
      if next(five) { at += 1 }
      var ones = 0
      while next(one), ones < 3 {
        at += 1
        ones += 1
      }
    }
    return at == count
  }
}
