/// Counts letters, words, gaps and signs of one line in one pass over its bytes.
///
/// Small letters make up most of a text: a run of them is counted eight at a time.
struct LineCount {
  private var width = 0
  private var letters = 0
  private var capitals = 0
  private var digits = 0
  private var words = 0
  private var longWords = 0
  private var longCapitalised = 0
  private var functionWords = 0
  private var flags: Line.Flags = []

  /// White space since the last character, in columns; gaps of three and more; dots in a row.
  private var spaces = 0
  private var gaps = 0
  private var dots = 0
  /// The word being read: its letters, whether it began with a capital, its first eight bytes folded.
  private var wordLetters = 0
  private var wordCapital = false
  private var token: UInt64 = 0
  private var tokenLength = 0
  /// The letters in a row, apostrophes and hyphens among them, and whether they began with a capital.
  private var run = 0
  private var runCapital = false
  private var digitRun = 0
  private var yearValue = 0
  private var previousSmall = false

  /// Puts down what was counted.
  func note(in line: inout Line) {
    line.width = width
    line.letters = letters
    line.capitals = capitals
    line.digits = digits
    line.words = words
    line.longWords = longWords
    line.longCapitalised = longCapitalised
    line.functionWords = functionWords
    line.flags = flags
    if gaps >= 1 { line.flags.insert(.wide) }
    if gaps >= 2 { line.flags.insert(.cells) }
  }

  mutating func read(_ text: [UInt8], _ range: Range<Int>, _ knowledge: StructureKnowledge) {
    text.withUnsafeBytes { bytes in
      let end = range.upperBound
      var index = range.lowerBound
      while index < end {
        if tokenLength == 0, spaces < 3 { index = plainWords(bytes, index, end, knowledge) }
        guard index < end else { break }
        let byte = bytes[index]
        if byte &- 0x61 < 26 {
          let from = index
          index = smallLetters(bytes, index, end)
          countSmall(index - from)
        } else if byte == 0x20, spaces == 0 {
          closeWord(knowledge)
          width += 1
          spaces = 1
          previousSmall = false
          index += 1
        } else {
          index = other(text, index, range, knowledge)
        }
      }
      closeWord(knowledge)
    }
  }

  /// Takes words of small letters with a blank after each, as most of a line is; the place after them.
  @inline(__always)
  private mutating func plainWords(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ knowledge: StructureKnowledge
  ) -> Int {
    var index = start
    var (words, long, function) = (0, 0, 0)
    var isPair = false
    while index + 16 <= bytes.count {
      let head = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      var count = Self.leadingSmallLetters(head)
      if count == 8 {
        let tail = bytes.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self)
        count += Self.leadingSmallLetters(tail)
      }
      // Longer words, and the last one of the line, are for the general rule.
      guard count > 0, count < 16, index + count < end, bytes[index + count] == 0x20 else { break }
      words += 1
      isPair = isPair || count > 1
      if count > 3 { long += 1 }
      if count <= 8 {
        let grammar = knowledge.grammar(of: head.bigEndian &>> UInt64(64 - count * 8))
        if grammar == .function { function += 1 }
        if count > 3, grammar != .none { long -= 1 }
      }
      index += count + 1
    }
    guard words > 0 else { return start }
    self.words += words
    width += index - start
    letters += index - start - words
    longWords += long
    functionWords += function
    if isPair { flags.insert(.hasSmallPair) }
    (spaces, dots, previousSmall) = (1, 0, false)
    return index
  }

  /// Takes the small letters from `index` on into the word; the place after them.
  @inline(__always)
  private mutating func smallLetters(_ bytes: UnsafeRawBufferPointer, _ index: Int, _ end: Int) -> Int {
    var index = index
    while index + 8 <= bytes.count {
      let eight = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let found = min(Self.leadingSmallLetters(eight), end - index)
      if found == 8 {
        token = eight.bigEndian
        index += 8
        continue
      }
      if found > 0 {
        token = token &<< UInt64(found * 8) | eight.bigEndian &>> UInt64(64 - found * 8)
        index += found
      }
      return index
    }
    while index < end, bytes[index] &- 0x61 < 26 {
      token = token &<< 8 | UInt64(bytes[index])
      index += 1
    }
    return index
  }

  /// How many bytes from the first one on are letters from a to z.
  @inline(__always)
  private static func leadingSmallLetters(_ eight: UInt64) -> Int {
    let bytes = UInt64(littleEndian: eight)
    let high: UInt64 = 0x8080_8080_8080_8080
    let low = bytes & ~high
    // The highest bit of a byte says that it is "a" or more, and "{" or more.
    let fromA = low &+ 0x1F1F_1F1F_1F1F_1F1F
    let aboveZ = low &+ 0x0505_0505_0505_0505
    let others = ~(fromA & ~aboveZ & ~bytes) & high
    return others.trailingZeroBitCount / 8
  }

  @inline(__always)
  private mutating func countSmall(_ count: Int) {
    if digitRun > 0 { closeDigits() }
    if spaces >= 3 { gaps += 1 }
    spaces = 0
    dots = 0
    width += count
    letters += count
    tokenLength += count
    if wordLetters == 0 { wordCapital = false }
    wordLetters += count
    if run == 0 { runCapital = false }
    run += count
    if previousSmall || count > 1 { flags.insert(.hasSmallPair) }
    previousSmall = true
  }

  /// Takes any one character; the place after it.
  private mutating func other(
    _ text: [UInt8], _ index: Int, _ range: Range<Int>, _ knowledge: StructureKnowledge
  ) -> Int {
    let end = range.upperBound
    var (value, next) = Glyphs.scalar(text, index, end)
    if value == 0x26, let entity = Glyphs.entity(text, index, end) { (value, next) = entity }
    if value == 0x20 || (value >= 0x09 && value <= 0x0D) || value == 0xA0 {
      if spaces == 0 {
        closeWord(knowledge)
        width += 1
      }
      // A no-break space stays what it is; of the others more than one become one.
      if value != 0x20, value != 0xA0 { flags.insert(.hasGaps) }
      if index > range.lowerBound, Glyphs.isSpace(text[index - 1]) { flags.insert(.hasGaps) }
      spaces += value == 0x09 ? 4 : 1
      previousSmall = false
      return next
    }
    if spaces >= 3 { gaps += 1 }
    spaces = 0
    width += 1
    tokenLength += 1
    if Glyphs.isLetter(value) {
      letter(value)
    } else {
      sign(value, followsColon: index > range.lowerBound && text[index - 1] == 0x3A)
    }
    return next
  }

  private mutating func letter(_ value: UInt32) {
    closeDigits()
    letters += 1
    wordLetters += 1
    let upper = Glyphs.isUpper(value)
    if upper { capitals += 1 }
    if wordLetters == 1 { wordCapital = upper }
    if run == 0 { runCapital = upper }
    run += 1
    if !upper, previousSmall { flags.insert(.hasSmallPair) }
    previousSmall = !upper
    token = token << 8 | UInt64(value < 0x80 ? value | 0x20 : 0x7F)
    dots = 0
  }

  private mutating func sign(_ value: UInt32, followsColon: Bool) {
    previousSmall = false
    if value != 0x27 && value != 0x2019 && value != 0x2D { closeRun() }
    if Glyphs.isDigit(value) {
      digits += 1
      digitRun += 1
      yearValue = yearValue &* 10 &+ Int(value - 0x30)
      dots = 0
      if run > 0 { run += 1 }
    } else {
      closeDigits()
      switch value {
      case 0x2E, 0xB7, 0x2022:
        dots += 1
        if value == 0x2E, wordLetters == 1, wordCapital, tokenLength <= 3 { flags.insert(.hasInitial) }
      case 0x2026:
        dots += 3
      case 0x3D, 0x3C, 0x3E, 0x2B, 0xB1, 0x5B, 0x5D, 0x7B, 0x7D, 0x7C, 0x5C, 0x5E, 0x5F, 0x25,
        0x2200...0x22FF:
        flags.insert(.hasFormula)
        dots = 0
      default:
        dots = 0
      }
      if dots >= 4 { flags.insert(.leaders) }
      if value == 0x2F, followsColon { flags.insert(.hasURL) }
    }
    token = token << 8 | UInt64(value & 0x7F)
    wordLetters = value == 0x2E ? 0 : wordLetters
  }

  private mutating func closeRun() {
    if run > 3 {
      longWords += 1
      if runCapital { longCapitalised += 1 }
    }
    run = 0
  }

  private mutating func closeDigits() {
    if digitRun == 4, yearValue >= 1500, yearValue < 2100 { flags.insert(.hasYear) }
    digitRun = 0
    yearValue = 0
  }

  /// Ends the word at white space, and at the line's end.
  @inline(__always)
  private mutating func closeWord(_ knowledge: StructureKnowledge) {
    closeRun()
    if digitRun > 0 { closeDigits() }
    if tokenLength == 0 { return }
    words += 1
    if tokenLength <= 8 {
      let grammar = knowledge.grammar(of: token)
      if grammar == .function { functionWords += 1 }
      // What a title leaves small says nothing of its type.
      if tokenLength > 3, !wordCapital, wordLetters == tokenLength, grammar != .none { longWords -= 1 }
    }
    if dots >= 4 { flags.insert(.leaders) }
    token = 0
    tokenLength = 0
    wordLetters = 0
  }
}
