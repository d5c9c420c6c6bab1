/// What the channel must not touch.
enum ChannelGuards {
  /// Whether a change is one of spelling, not of shape: an older or other spelling of the same word, or a
  /// mere ending put on, taken off or changed for another ("musica" for "music", "sharo" for "share", but not
  /// "systein" for "system").
  ///
  /// - Parameters:
  ///   - isOld: whether the document spells as before 1700 or may do so: then any ending may be another of its own.
  ///   - showsShape: whether several words of a modern document show that its scanner takes the letters for each
  ///     other; then one ending in the place of another is a misreading.
  static func isSpelling(_ seen: Form, _ reading: Form, isOld: Bool, showsShape: Bool = false) -> Bool {
    let (a, b) = (seen.folded, reading.folded)
    if skeleton(a) == skeleton(b) { return true }
    if b.count > a.count, b.hasPrefix(a), addedEndings.contains(Form(b[a.count...])) { return true }
    if a.hasPrefix(b) { return droppedEndings.contains(Form(a[b.count...])) }
    var shared = 0
    while shared < min(a.count, b.count), a[shared] == b[shared] { shared += 1 }
    if !showsShape, shared + 2 >= a.count, shared + 2 >= b.count, a.isAllLetters {
      let (old, new) = (Form(a[shared...]), Form(b[shared...]))
      return changedEndings.contains(old)
        && (isOld || changedEndings.contains(new) || newEndings.contains(new))
    }
    return false
  }

  /// Whether a vowel stands for another of quite another shape, as pens slip and scanners do not: "pictoresque".
  static func isVowelSlip(_ seen: Form, _ truth: Form) -> Bool {
    guard seen.count == 1, truth.count == 1, let a = seen.first, let b = truth.first else { return false }
    let vowels: [UInt8] = [0x61, 0x65, 0x69, 0x6F, 0x75, 0x79]
    guard vowels.contains(a), vowels.contains(b) else { return false }
    return !areAlike(seen, truth) && !(a == 0x75 && b == 0x61) && !(a == 0x61 && b == 0x75)
  }

  /// Whether one vowel stands for another that is round like it: a, e and o.
  static func areAlike(_ seen: Form, _ truth: Form) -> Bool {
    let round: [UInt8] = [0x61, 0x65, 0x6F]
    return seen.count == 1 && truth.count == 1 && round.contains(seen[0]) && round.contains(truth[0])
  }

  /// Whether a word ends as Latin ones do, whose letters English would add or drop: "sinuatus", "cylindrica".
  static func isLatin(_ form: Form) -> Bool {
    let word = form.folded
    return word.count >= 5 && latinEndings.contains { word.hasSuffix($0) }
  }
  private static let latinEndings: [Form] = [
    "us", "um", "ae", "ii", "is", "ica", "ina", "ata", "orum", "arum", "ensis",
  ]
  .map { Form($0.utf8) }

  private static func endings(_ list: String) -> Set<Form> {
    Set(list.split(separator: " ").map { Form($0.utf8) })
  }
  private static let addedEndings = endings("st est r er s es d ed n en ly ing t m y e")
  private static let droppedEndings = endings("e s d t n l r st es er 'd y m i a o")
  /// Endings that English has where other languages have one of `changedEndings`: "formee" is no "former".
  private static let newEndings = endings("r d n t st es ing ly")
  private static let changedEndings = endings(
    "e es is us um or er our re s a o i as os ee ae y an en on in ed")

  /// A word without what spelling has changed over the centuries: i/j/y, u/v, doubled letters, silent e, ck,
  /// ie, ou, au, k/c, z/s, ph/f, x/ct, t/d.
  private static func skeleton(_ word: Form) -> Form {
    var out = Form()
    for byte in word {
      var letter = byte
      switch byte {
      case 0x6A, 0x79: letter = 0x69
      case 0x76: letter = 0x75
      case 0x27: continue
      default: break
      }
      if out.last == letter { continue }
      out.append(letter)
    }
    out = Form(out.prefix(1)) + out.dropFirst().filter { $0 != 0x65 }
    for (old, new) in [
      ("ck", "k"), ("ie", "i"), ("ou", "o"), ("au", "a"), ("k", "c"), ("z", "s"), ("ph", "f"), ("x", "ct"),
      ("t", "d"),
    ] {
      let (old, new) = (Form(old.utf8), Form(new.utf8))
      var at = 0
      while let found = out.find(old, from: at) {
        out = out.replacing(found..<(found + old.count), with: new)
        at = found + new.count
      }
    }
    return out
  }

  /// Whether a document writes as before 1700, by its hath, doth and thou.
  static func isOld(_ vocabulary: Vocabulary) -> Bool {
    let count = archaic.reduce(0) { $0 + vocabulary.count($1) }
    return count >= 2 && Double(count) > 0.001 * Double(max(300, vocabulary.total))
  }
  private static let archaic: [Form] =
    "hath doth thou thee thy ye shalt unto saith quoth thereof whereof wherein hee shee bee".split(
      separator: " "
    )
    .map { Form($0.utf8) }
}
