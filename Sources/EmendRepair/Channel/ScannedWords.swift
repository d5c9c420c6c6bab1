/// Which parts of a run a scanner may have misread: unknown words, and words with signs inside.
enum ScannedWords {
  struct Part {
    var range: Range<Int>
    var form: Form
    /// Letters only, but for a possessive or contracted ending.
    var isPure: Bool
    /// A capital stands after a small letter.
    var isCamel: Bool
  }

  static func parts(of form: Form, _ knowledge: Knowledge, _ vocabulary: Vocabulary) -> [Part] {
    let english = knowledge.english
    guard form.count <= 60, !form.contains(0x40), form.find(Form("http".utf8)) == nil,
      form.find(Form("www".utf8)) == nil
    else { return [] }
    let core = core(form, knowledge)
    var result: [Part] = []
    var start = core.lowerBound
    var at = start
    while at <= core.upperBound {
      let isEnd = at == core.upperBound
      if isEnd || Pieces.isDash(Glyph.scalar(form, at)) && !isStroke(form, start, at, knowledge) {
        // Stops before a dash in mid-run close a word as well: "wife;--and", "“yes!”--that".
        let piece = at > start ? inner(form, start..<at, isLast: isEnd, knowledge) : start..<start
        if !piece.isEmpty, let part = part(form, piece, english, vocabulary) { result.append(part) }
        if isEnd { break }
        start = min(core.upperBound, at + Glyph.width(form[at]))
        at = start
      } else {
        at = min(core.upperBound, at + Glyph.width(form[at]))
      }
    }
    return result
  }

  /// As `Pieces.core`, with a closing brace kept, since scanners read letters as braces, and with a mark that
  /// makes one letter with the sign before it ("ver}'", "certainlj'").
  private static func core(_ form: Form, _ knowledge: Knowledge) -> Range<Int> {
    var a = 0
    while a < form.count, Pieces.isOpening(Glyph.scalar(form, a)) { a += Glyph.width(form[a]) }
    var b = form.count
    while b > a {
      let start = Glyph.start(form, before: b)
      let u = Glyph.scalar(form, start)
      if u == 0x7D || u == 0x5E || !Pieces.isClosing(u) && !Pieces.isDash(u) { break }
      if isStroke(form, a, start, knowledge) { break }
      b = start
    }
    return a..<max(a, b)
  }

  /// A stretch between dashes without the quotes and stops at its ends; those of a whole run are off already.
  private static func inner(_ form: Form, _ range: Range<Int>, isLast: Bool, _ knowledge: Knowledge) -> Range<
    Int
  > {
    let piece = Form(form[range])
    let core = core(piece, knowledge)
    return range.lowerBound
      + core.lowerBound..<(isLast ? range.upperBound : range.lowerBound + core.upperBound)
  }

  /// Whether the mark at an index is a stroke of a letter: with the sign before it a scanner's shape for one
  /// ("}-" for y), where the signs about it make no word.
  private static func isStroke(_ form: Form, _ start: Int, _ at: Int, _ knowledge: Knowledge) -> Bool {
    guard at > start, form[at] == 0x2D || form[at] == 0x27 || form[at] == 0x22,
      knowledge.damage.isBrokenLetter(form[at - 1], form[at])
    else { return false }
    let english = knowledge.english
    if at - start >= 2 { return english.level(Form(form[start..<at])) == .unknown }
    // At the start of a word: "j-oke", but "3-year".
    guard form[at] != 0x22, at + 2 < form.count else { return false }
    let rest = Form(form[(at + 1)...])
    let tail = Form(rest[..<(rest.firstIndex { !isLetter($0) } ?? rest.count)])
    return tail.count >= 2 && tail.startsLower
      && (form[at - 1] | 0x20 >= 0x61 || english.level(tail) == .unknown)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  private static func part(
    _ whole: Form, _ range: Range<Int>, _ english: English, _ vocabulary: Vocabulary
  ) -> Part? {
    let form = Form(whole[range])
    let (scalars, _) = form.spelled
    let letters = scalars.reduce(0) { $0 + (Glyph.isLetter($1) ? 1 : 0) }
    // "b}'" has one letter only beside the shape of another.
    guard letters >= 1, scalars.count <= 24,
      letters * 2 >= scalars.count || scalars.count <= 4 && form[0] | 0x20 >= 0x61
    else { return nil }
    let allLetters = letters == scalars.count
    if allLetters && form.isUpperCase { return nil }
    if scalars.allSatisfy({ Glyph.isDigit($0) || $0 == 0x2E || $0 == 0x2C || isNumeral($0) }) { return nil }
    if endsInContraction(form) && form[0] != 0x27 { return nil }
    if scalars.contains(where: Glyph.isDigit), !mayHoldDigit(scalars) { return nil }
    if isInitials(scalars) || form.contains(0x3D) || form.contains(0x5F) && scalars.count < 5 { return nil }
    if form.contains(0x2E) {
      let parts = form.split(separator: 0x2E, omittingEmptySubsequences: false).map(Form.init)
      if let first = parts.first, let last = parts.last, english.level(first) >= .plausible,
        english.level(last) >= .plausible
      {
        return nil
      }
    }
    if english.sense(form).flags.contains(.abbreviation) { return nil }
    let isPure = Pieces.isWord(form) || isContracted(form)
    let isCamel = form.hasInnerCapital
    var level = isPure ? english.level(form) : .unknown
    if isPure && level == .unknown && scalars.count == 1 { return nil }
    if isCamel {
      if isPure && vocabulary.count(form) >= 3 { return nil }
      level = .unknown
    }
    if level == .unknown, isPure, scalars.count > 2, scalars.last == 0x73,
      scalars.dropLast().allSatisfy({ $0 >= 0x41 && $0 <= 0x5A })
    {
      return nil
    }
    return level == .unknown ? Part(range: range, form: form, isPure: isPure, isCamel: isCamel) : nil
  }

  private static func isNumeral(_ u: UInt32) -> Bool {
    switch u | 0x20 {
    case 0x69, 0x76, 0x78, 0x6C, 0x63, 0x6D: true
    case 0x64: u == 0x44
    default: false
    }
  }

  private static func endsInContraction(_ form: Form) -> Bool {
    guard let mark = form.lastIndex(where: { $0 == 0x27 || $0 == 0x99 }) else { return false }
    let tail = Form(form[(mark + 1)...]).text
    return ["d", "re", "er", "st", "t", "r", "n", "em", "tis", "twas"].contains(tail)
  }

  private static func isContracted(_ form: Form) -> Bool {
    let folded = form.folded
    guard let mark = folded.firstIndex(of: 0x27), mark > 0, Form(folded[..<mark]).isAllLetters else {
      return false
    }
    return ["s", "t", "re", "ve", "ll", "d", "m"].contains(Form(folded[(mark + 1)...]).text)
  }

  /// "H.J", "e.g.".
  private static func isInitials(_ scalars: [UInt32]) -> Bool {
    guard scalars.count >= 2 else { return false }
    for (at, u) in scalars.enumerated() where at % 2 == 0 ? !Glyph.isLetter(u) : u != 0x2E { return false }
    return true
  }

  /// Digits that scanners give for letters, inside or at the end of a word: "wh1ch", "tha4", "bo3’".
  private static func mayHoldDigit(_ scalars: [UInt32]) -> Bool {
    let digits = scalars.indices.filter { Glyph.isDigit(scalars[$0]) }
    guard digits.count == 1, let at = digits.first else { return false }
    func isLetter(_ u: UInt32) -> Bool { u | 0x20 >= 0x61 && u | 0x20 <= 0x7A }
    func isMark(_ u: UInt32) -> Bool { u == 0x27 || u == 0x2019 }
    let (before, after) = (scalars[..<at], scalars[(at + 1)...])
    let lettersBefore = before.filter(isLetter).count
    guard lettersBefore + before.filter(isMark).count == before.count, before.filter(isMark).count <= 1 else {
      return false
    }
    let likeLetter = [0x30, 0x31, 0x33, 0x34, 0x35, 0x38].contains(scalars[at])
    if likeLetter, after.contains(where: { $0 >= 0x61 && $0 <= 0x7A }),
      after.allSatisfy({ isLetter($0) || isMark($0) || $0 == 0x5E || $0 == 0x7D || $0 == 0x2D })
    {
      return true
    }
    if lettersBefore >= 2, before.allSatisfy(isLetter), after.allSatisfy({ isLetter($0) || isMark($0) }) {
      return true
    }
    return scalars[at] == 0x33 && lettersBefore == before.count && after.count == 1
      && after.allSatisfy { isMark($0) || $0 == 0x2D || $0 == 0x5E }
  }
}
