/// How a run of text is parted into words: outer punctuation off, then at dashes and slashes.
enum Pieces {
  /// Quotes and brackets that may open a word.
  static func isOpening(_ u: UInt32) -> Bool {
    switch u {
    case 0x22, 0x27, 0x201C, 0x2018, 0x60, 0x28, 0x5B, 0x7B, 0x3C, 0xAB, 0xBB: true
    default: false
    }
  }

  /// Signs that may close a word.
  static func isClosing(_ u: UInt32) -> Bool {
    switch u {
    case 0x29, 0x5D, 0x7D, 0x3E, 0x22, 0x201D, 0x2019, 0x27, 0x2E, 0x2C, 0x3A, 0x3B, 0x3F, 0x21, 0xAB, 0xBB:
      true
    default: false
    }
  }

  static func isDash(_ u: UInt32) -> Bool { u == 0x2D || u == 0x2013 || u == 0x2014 || u == 0x2F }

  /// The stretch between outer punctuation; the whole form when nothing is left.
  static func core(_ form: Form) -> Range<Int> {
    var (a, b) = (0, form.count)
    while a < b {
      let u = Glyph.scalar(form, a)
      if !isOpening(u) { break }
      a += Glyph.width(form[a])
    }
    while b > a {
      let at = Glyph.start(form, before: b)
      if at < a || !isClosing(Glyph.scalar(form, at)) { break }
      b = at
    }
    return a < b ? a..<b : 0..<form.count
  }

  /// The words of a form: "(agenda-setting)," gives "agenda" and "setting".
  static func of(_ form: Form) -> [Range<Int>] {
    let core = core(form)
    var result: [Range<Int>] = []
    var start = core.lowerBound
    var at = start
    while at < core.upperBound {
      let next = min(core.upperBound, at + Glyph.width(form[at]))
      if isDash(Glyph.scalar(form, at)) {
        if at > start { result.append(start..<at) }
        start = next
      }
      at = next
    }
    if core.upperBound > start { result.append(start..<core.upperBound) }
    return result
  }

  /// The pieces, and wider ones where a sign touches a letter and may be part of the word (`"rst`, `cuto¤`).
  static func variants(_ form: Form) -> [Range<Int>] {
    var result = of(form)
    if result.isEmpty { result = [0..<form.count] }
    let (first, last) = (result[0], result[result.count - 1])
    if first.lowerBound > 0, first.lowerBound < form.count,
      Glyph.isLetter(Glyph.scalar(form, first.lowerBound))
    {
      let before = Glyph.start(form, before: first.lowerBound)
      if Glyph.scalar(form, before) != 0x28 { result.append(before..<first.upperBound) }
    }
    if last.upperBound < form.count {
      switch Glyph.scalar(form, last.upperBound) {
      case 0x2E, 0x2C, 0x3B, 0x3A, 0x29, 0x3F, 0x21: break
      default:
        if Glyph.isLetter(Glyph.scalar(form, Glyph.start(form, before: last.upperBound))) {
          let end = min(form.count, last.upperBound + Glyph.width(form[last.upperBound]))
          result.append(last.lowerBound..<end)
        }
      }
    }
    return result
  }

  /// Whether a form is letters with at most an apostrophe or a possessive ending ("actor", "actor's", "actors'").
  static func isWord(_ form: Form) -> Bool {
    var at = 0
    var letters = 0
    while at < form.count {
      let u = Glyph.scalar(form, at)
      let next = at + Glyph.width(form[at])
      if Glyph.isLetter(u) {
        letters += 1
      } else if u == 0x27 || u == 0x2019 {
        return letters > 0 && (next >= form.count || next == form.count - 1 && form[next] == 0x73)
      } else {
        return false
      }
      at = next
    }
    return letters > 0
  }

  /// Small letters and apostrophes of the first or last piece: the word as its neighbours see it.
  static func contextWord(_ form: Form, last: Bool) -> Form {
    let pieces = of(form)
    guard let piece = last ? pieces.last : pieces.first else { return [] }
    return Form(form[piece]).folded.filter { $0 >= 0x61 && $0 <= 0x7A || $0 == 0x27 }
  }

  /// Whether a form ends a sentence or clause: . ? ! : and closing quotes, brackets or note numbers after it.
  static func endsClause(_ form: Form) -> Bool {
    var at = form.count
    while at > 0 {
      let start = Glyph.start(form, before: at)
      let u = Glyph.scalar(form, start)
      switch u {
      case 0x2E, 0x3F, 0x21, 0x3A: return true
      case 0x22, 0x201D, 0x2019, 0x27, 0x29, 0x5D, 0x30...0x39: at = start
      default: return false
      }
    }
    return false
  }
}
