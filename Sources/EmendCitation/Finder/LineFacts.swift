/// What one line shows of itself: the patterns that entries of reference lists begin with, the signs that
/// they hold, and how much of it is running text.
struct LineFacts {
  /// Ways in which entries begin; a set.
  struct Starts: OptionSet {
    let rawValue: UInt16
    /// "Weber, M." "Weber, Max"
    static let inverted = Starts(rawValue: 1)
    /// "M. Weber"
    static let initials = Starts(rawValue: 2)
    /// "van der Veen,"
    static let particle = Starts(rawValue: 4)
    /// "———"
    static let dash = Starts(rawValue: 8)
    /// "[12]" "(12)"
    static let bracketed = Starts(rawValue: 16)
    /// "12. Weber"
    static let numbered = Starts(rawValue: 32)
    /// "Mill JS,"
    static let vancouver = Starts(rawValue: 64)
    /// "World Bank (1999)"
    static let dated = Starts(rawValue: 128)

    /// The pattern that stands first in the list above, 1 to 8; 0 for none.
    var first: UInt64 { rawValue == 0 ? 0 : UInt64(rawValue.trailingZeroBitCount) + 1 }
  }

  /// Signs of a reference anywhere in the line; a set.
  struct Signs: OptionSet {
    let rawValue: UInt16
    static let bracketedYear = Signs(rawValue: 1)
    static let year = Signs(rawValue: 2)
    static let range = Signs(rawValue: 4)
    static let pages = Signs(rawValue: 8)
    static let volume = Signs(rawValue: 16)
    static let publisher = Signs(rawValue: 32)
    static let journal = Signs(rawValue: 64)
    static let inBook = Signs(rawValue: 128)
    static let editor = Signs(rawValue: 256)
    static let address = Signs(rawValue: 512)
    /// "(Weber 1922)": a citation, so running text.
    static let citation = Signs(rawValue: 1024)
    /// "Tübingen: Mohr"
    static let place = Signs(rawValue: 2048)
  }

  var starts: Starts = []
  var signs: Signs = []
  var heading = HeadingClass.none
  /// Shares of the words.
  var grammar = 0.0
  var capitals = 0.0
  /// Share of the characters.
  var punctuation = 0.0
  var initials = 0
  /// Columns before the text; characters of the text.
  var indent = 0
  var length = 0
  /// Class of the last sign, of the first.
  var lastSign: UInt8 = 0
  var firstClass: UInt8 = 0
  /// The number that it begins with; -1 without.
  var number = -1
  /// First three letters of the first word without a number, accents folded, as one number; 0 without.
  var alphabet: UInt32 = 0
  /// Name classes of the first two words.
  var names: UInt8 = 0
  /// "forthcoming", "n.d." instead of a year.
  var undated = false
  /// Gaps of three spaces and more between words: columns of a table. Numbers with a decimal point.
  var columns = 0
  var decimals = 0
  /// All in capitals, as running heads often are, and a number at its beginning or end.
  var isShouted = false
  var hasEdgeNumber = false
  /// A hash of its words without numbers, by which lines that come again are known; 0 without a word.
  var words: UInt64 = 0
  /// How much it looks like part of a reference.
  var score = 0.0
  /// Nothing but a number of up to three digits.
  var isPageNumber = false

  init() {}

  /// Reads a line (white space at both ends is the layout's).
  init(_ line: UnsafeBufferPointer<UInt8>, _ tokens: inout ReferenceTokens, _ gazetteers: Gazetteers) {
    var start = 0
    while start < line.count, line[start] == 0x20 || line[start] == 0x09 || line[start] == 0x0C {
      if line[start] != 0x0C { indent += line[start] == 0x09 ? 8 : 1 }
      start += 1
    }
    var end = line.count
    while end > start, line[end - 1] <= 0x20 { end -= 1 }
    // A line of many kilobytes is no line of a list; its head says enough.
    let text = UnsafeBufferPointer(rebasing: line[start..<min(end, start + 2000)])
    length = end - start
    guard !text.isEmpty else { return }
    tokens.read(text)
    tokens.mend(gazetteers)
    ends(text)
    let n = tokens.count
    guard n > 0 else { return }
    shares(text, tokens, gazetteers)
    for k in 0..<n where tokens.number[k] == .none { words = mixed(words, tokens.lower[k]) }
    isPageNumber =
      n == 1 && length == tokens.end[0] && [.digits1, .digits2, .digits3].contains(tokens.number[0])
    var first = 0
    switch tokens.number[0] {
    case .digits1 where n > 1, .digits2 where n > 1, .digits3 where n > 1:
      let gap = tokens.gaps[1].marks
      let bracket = text[0] == 0x5B || text[0] == 0x28
      if bracket, gap.contains(.square) || gap.contains(.close) { starts.insert(.bracketed) }
      if tokens.startsUpper[1], tokens.end[0] < text.count,
        text[tokens.end[0]] == 0x2E || text[tokens.end[0]] == 0x20
      {
        starts.insert(.numbered)
      }
      var value = 0
      for byte in text[tokens.start[0]..<tokens.end[0]] { value = value * 10 + Int(byte & 15) }
      number = value
      first = 1
    default: break
    }
    if first < n { beginning(tokens, gazetteers, first) }
    inside(tokens, gazetteers)
    headings(text, tokens, gazetteers, first)
    weigh()
  }

  private mutating func ends(_ text: UnsafeBufferPointer<UInt8>) {
    let last = text[text.count - 1]
    switch last {
    case 0x30...0x39: lastSign = 1
    case 0x61...0x7A: lastSign = 2
    case 0x41...0x5A: lastSign = 3
    case 0x80...: lastSign = 4
    default: lastSign = last
    }
    switch text[0] {
    case 0x61...0x7A: firstClass = 1
    case 0x41...0x5A: firstClass = 2
    case 0x30...0x39: firstClass = 3
    case 0x80...: firstClass = 2
    default: firstClass = text[0]
    }
    if text[0] >= 0x80 {
      let kind = LetterTable.shared.kind(decodeScalar(text, 0).scalar)
      firstClass = kind == .lower ? 1 : kind == .upper ? 2 : 4
    }
    var marks = 0
    for byte in text {
      switch byte {
      case 0x2E, 0x2C, 0x3A, 0x3B, 0x28, 0x29, 0x26, 0x22: marks += 1
      default: break
      }
    }
    punctuation = Double(marks) / Double(text.count)
    var (large, small) = (0, 0)
    for byte in text {
      if byte >= 0x41, byte <= 0x5A { large += 1 }
      if byte >= 0x61, byte <= 0x7A { small += 1 }
    }
    isShouted = large >= 4 && large > 5 * small
    hasEdgeNumber = lastSign == 1 || firstClass == 3
    columns(text)
  }

  private mutating func columns(_ text: UnsafeBufferPointer<UInt8>) {
    var spaces = 0
    func isDigit(_ at: Int) -> Bool { at < text.count && text[at] >= 0x30 && text[at] <= 0x39 }
    for (at, byte) in text.enumerated() {
      if byte == 0x20 {
        spaces += 1
        if spaces == 3 { columns += 1 }
      } else if byte == 0x09 {
        if spaces < 3 { columns += 1 }
        spaces = 3
      } else {
        spaces = 0
      }
      if byte == 0x2E, at > 0, isDigit(at - 1), isDigit(at + 1) { decimals += 1 }
    }
  }

  private mutating func shares(
    _ text: UnsafeBufferPointer<UInt8>, _ tokens: ReferenceTokens, _ gazetteers: Gazetteers
  ) {
    var (words, function, upper) = (0, 0, 0)
    for k in 0..<tokens.count where tokens.kind[k] == .word && tokens.number[k].isDigits == false {
      if tokens.number[k] == .year || tokens.number[k] == .mixed { continue }
      words += 1
      if tokens.startsUpper[k] { upper += 1 }
      if gazetteers.isGrammar(tokens.lower[k]) { function += 1 }
      if tokens.length[k] == 1, tokens.startsUpper[k], tokens.gaps[k + 1].marks.contains(.stop) {
        initials += 1
      }
    }
    grammar = Double(function) / Double(max(1, words))
    capitals = Double(upper) / Double(max(1, words))
  }

  private mutating func beginning(_ tokens: ReferenceTokens, _ gazetteers: Gazetteers, _ first: Int) {
    let n = tokens.count
    func isInitial(_ k: Int) -> Bool { k < n && tokens.length[k] == 1 && tokens.startsUpper[k] }
    func comma(_ k: Int) -> Bool { k < n && tokens.gaps[k].signs & 0xFF == 0x2C }
    let upper = tokens.startsUpper[first] && tokens.length[first] > 1
    if upper {
      if comma(first + 1), first + 1 < n, tokens.startsUpper[first + 1] { starts.insert(.inverted) }
      if first + 2 < n, tokens.startsUpper[first + 1], tokens.gaps[first + 1].signs == 0x20, comma(first + 2),
        tokens.startsUpper[first + 2]
      {
        starts.insert(.inverted)
      }
      if first + 1 < n, tokens.gaps[first + 1].signs == 0x20, tokens.startsUpper[first + 1],
        tokens.shape[first + 1] == ReferenceTokens.shapeX
          || tokens.shape[first + 1] == ReferenceTokens.shapeXX,
        tokens.length[first + 1] <= 3
      {
        let next = tokens.gaps[first + 2].signs & 0xFF
        if next == 0x2C || next == 0x2E || tokens.gaps[first + 2].marks.contains(.open) {
          starts.insert(.vancouver)
        }
      }
      for k in (first + 1)..<min(first + 11, max(first + 1, n)) where tokens.number[k] == .year {
        starts.insert(.dated)
        break
      }
    }
    if isInitial(first), tokens.gaps[first + 1].marks.contains(.stop) {
      var k = first + 1
      while isInitial(k), k < first + 4 { k += 1 }
      if k < n, gazetteers.cue(tokens.lower[k]) == .part { k += 1 }
      if k < n, tokens.startsUpper[k], tokens.length[k] > 1 { starts.insert(.initials) }
    }
    if gazetteers.cue(tokens.lower[first]) == .part {
      for k in (first + 1)..<min(first + 4, max(first + 1, n)) where tokens.startsUpper[k] && comma(k + 1) {
        starts.insert(.particle)
      }
    }
    if tokens.kind[first] == .dash { starts.insert(.dash) }
    alphabet = UInt32(truncatingIfNeeded: tokens.sortKey[first])
    for k in first..<min(first + 2, n) where tokens.startsUpper[k] {
      names |= (gazetteers.word(tokens.fold[k]) & NameClass.names.rawValue) << UInt8(3 * (k - first))
    }
  }

  private mutating func inside(_ tokens: ReferenceTokens, _ gazetteers: Gazetteers) {
    let n = tokens.count
    var open = -1
    for k in 0..<n {
      let gap = tokens.gaps[k].marks
      if gap.contains(.open) { open = k }
      if gap.contains(.close) { open = -1 }
      let cue = tokens.kind[k] == .word ? gazetteers.cue(tokens.lower[k]) : .none
      let next = k + 1 < n ? tokens.number[k + 1] : .none
      if tokens.number[k] == .year {
        signs.insert(.year)
        if gap.contains(.open) { signs.insert(.bracketedYear) }
        if open >= 0, k > open, k - open <= 6, tokens.startsUpper[open],
          tokens.gaps[k + 1].marks.contains(.close) || tokens.gaps[k + 1].marks.contains(.semicolon)
        {
          signs.insert(.citation)
        }
      }
      if tokens.number[k].isDigits, next.isDigits {
        if tokens.gaps[k + 1].marks.contains(.dashOnly) { signs.insert(.range) }
        if tokens.gaps[k + 1].marks.contains(.open) { signs.insert(.volume) }
      }
      if tokens.kind[k] == .url || tokens.kind[k] == .doi { signs.insert(.address) }
      switch cue {
      case .pp where next != .none: signs.insert(.pages)
      case .vol where next != .none, .no where next.isDigits: signs.insert(.volume)
      case .press where tokens.startsUpper[k], .uni where tokens.startsUpper[k]: signs.insert(.publisher)
      case .jour where tokens.startsUpper[k], .daily where tokens.startsUpper[k],
        .proc where tokens.startsUpper[k]:
        signs.insert(.journal)
      case .rep where tokens.startsUpper[k] && k > 0 && tokens.startsUpper[k - 1]: signs.insert(.journal)
      case .in where k + 1 < n && tokens.startsUpper[k + 1]:
        if tokens.startsUpper[k] || k == 0 || gap.contains(.comma) || gap.contains(.stop)
          || gap.contains(.quote)
        {
          signs.insert(.inBook)
        }
      case .ed where gap.contains(.open) || tokens.gaps[k + 1].marks.contains(.stop): signs.insert(.editor)
      case .acc: signs.insert(.address)
      case .nd: undated = true
      default: break
      }
      if cue == .press || cue == .uni || gazetteers.word(tokens.fold[k]) & Gazetteers.publisherWord != 0,
        tokens.startsUpper[k], tokens.length[k] > 4, gap.contains(.colon)
      {
        signs.insert(.publisher)
      }
      if k > 0, gap.contains(.colon), tokens.startsUpper[k], tokens.startsUpper[k - 1],
        !signs.contains(.place)
      {
        // "Place: Publisher" or "Place, XX: Publisher"; a name that GeoNames knows is surer.
        if gazetteers.table.value(Gazetteers.key(Gazetteers.Salt.phrase, tokens.fold[k - 1]))
          & Gazetteers.bit(.place) != 0
          || (tokens.length[k - 1] == 2 && k > 1 && tokens.gaps[k - 1].marks.contains(.comma))
        {
          signs.insert(.place)
        }
      }
    }
  }

  private mutating func headings(
    _ text: UnsafeBufferPointer<UInt8>, _ tokens: ReferenceTokens, _ gazetteers: Gazetteers, _ first: Int
  ) {
    guard length <= 80 else { return }
    var from = first
    // "VI. References"
    if from + 1 < tokens.count, tokens.number[from] == .romanUpper,
      tokens.gaps[from + 1].marks.contains(.stop)
    {
      from += 1
    }
    guard from < tokens.count else { return }
    let head = tokens.fold[from]
    var hash = head
    for k in (from + 1)..<max(from + 1, tokens.count) { hash = mixed(hash, tokens.fold[k]) }
    heading = gazetteers.heading(hash)
    if heading == .none, tokens.startsUpper[from], gazetteers.heading(head) == .otherPrefix {
      heading = .other
    }
    if heading == .none, length <= 48 { heading = damagedHeading(text, tokens, gazetteers, from) }
  }

  /// Letters of a heading that may be damaged.
  private static let headingLetters = 8...24

  /// A heading of a list whose letters stand apart ("R E F E R E N C E S", "REFER ENCES"), or with one letter misread
  /// ("REFERENCFS").
  private func damagedHeading(
    _ text: UnsafeBufferPointer<UInt8>, _ tokens: ReferenceTokens, _ gazetteers: Gazetteers, _ from: Int
  ) -> HeadingClass {
    var letters: [UInt32] = []
    for k in from..<tokens.count where tokens.number[k] == .none || tokens.length[k] == 1 {
      var at = tokens.start[k]
      while at < tokens.end[k] {
        let (scalar, width) = decodeScalar(text, at)
        letters.append(LetterTable.shared.fold(scalar))
        at += width
      }
    }
    guard Self.headingLetters.contains(letters.count), firstClass == 2 || firstClass == 3 else {
      return .none
    }
    func hash(_ hash: UInt64, _ rest: ArraySlice<UInt32>) -> UInt64 {
      rest.reduce(hash) { mixed($0, UInt64($1)) }
    }
    if tokens.count > from + 1 {
      let found = gazetteers.heading(joined: hash(ReferenceTokens.foldSeed, letters[...]))
      if found != .none { return found }
    }
    guard tokens.count - from <= 3 else { return .none }
    var head = ReferenceTokens.foldSeed
    for place in letters.indices {
      for other in UInt32(0x61)...0x7A where other != letters[place] {
        let found = gazetteers.heading(joined: hash(mixed(head, UInt64(other)), letters[(place + 1)...]))
        if found != .none { return found }
      }
      head = mixed(head, UInt64(letters[place]))
    }
    return .none
  }

  /// The weights were set on labelled dissertations (see `Lexicons/references/README.md`).
  private mutating func weigh() {
    var sum = 0.0
    func add(_ sign: Signs, _ weight: Double) { if signs.contains(sign) { sum += weight } }
    add(.bracketedYear, 2)
    add(.year, 0.7)
    add(.range, 1)
    add(.pages, 1)
    add(.volume, 1.2)
    add(.publisher, 1)
    add(.journal, 0.8)
    add(.inBook, 0.7)
    add(.editor, 0.8)
    add(.place, 1.2)
    add(.citation, -1.5)
    sum += Double(min(initials, 4)) * 0.4
    if !starts.isEmpty { sum += 0.7 }
    score = sum - grammar * 5 + capitals * 1.5
  }
}
