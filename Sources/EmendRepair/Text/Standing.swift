import EmendLexicons

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

  /// The standings of the forms of some ids.
  static func of(_ forms: FormTable, _ ids: Range<Int>, _ english: English) -> [Standing] {
    var standings = [Standing](repeating: .open, count: ids.count)
    var words = FoldedWords()
    // The forms whose words are looked up.
    var asked: [Int32] = []
    for (index, id) in ids.enumerated() {
      forms.withBytes(id) { form in
        switch Shape(form) {
        case .noLetters: standings[index] = .noLetters
        case .word(let range):
          if range.count > English.longest { break }
          words.add(form, range)
          asked.append(Int32(index))
        case .other: break
        }
      }
    }
    words.eachSense(english) { place, sense in
      guard sense.flags.contains(.trusted) else { return }
      standings[Int(asked[place])] = Double(sense.logFrequency) > common ? .commonWord : .word
    }
    return standings
  }

  /// What a form looks like.
  enum Shape {
    case noLetters
    /// Letters of ASCII with ordinary punctuation about them, of which only the first may be a capital.
    case word(Range<Int>)
    case other

    init(_ form: UnsafeBufferPointer<UInt8>) {
      self = .other
      var (a, b) = (0, form.count)
      var letters = 0
      for byte in form {
        // A closing brace may be a stroke of the word's last letter ("the}'").
        if byte >= 0x80 || byte < 0x20 || byte == 0x7D { return }
        if byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A { letters += 1 }
      }
      if letters == 0 {
        self = .noLetters
        return
      }
      while a < b, Pieces.isOpening(UInt32(form[a])) { a += 1 }
      while b > a, Pieces.isClosing(UInt32(form[b - 1])) { b -= 1 }
      // Single letters are looked at, but for "a" and "I"; capitals inside a word too.
      guard b - a == letters, letters > 1 || form[a] | 0x20 == 0x61 || form[a] == 0x49 else { return }
      for k in (a + 1)..<max(a + 1, b) where form[k] <= 0x5A { return }
      self = .word(a..<b)
    }
  }
}

/// Words of ASCII letters in small letters, to be looked up together.
struct FoldedWords {
  private var pool: [UInt8] = []
  private var bounds: [Int32] = [0]

  /// Adds a stretch of a form, which holds letters of ASCII only.
  mutating func add(_ form: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    for at in range { pool.append(form[at] | 0x20) }
    bounds.append(Int32(pool.count))
  }

  /// Gives `body` what the word list knows of each word that is in it, with the word's place among those added.
  func eachSense(_ english: English, _ body: (_ place: Int, _ facts: WordFacts) -> Void) {
    pool.withUnsafeBufferPointer { pool in
      english.lexicon.words.eachId(pool, bounds) { place, id in
        if id >= 0 { body(place, english.lexicon.facts(id)) }
      }
    }
  }
}
