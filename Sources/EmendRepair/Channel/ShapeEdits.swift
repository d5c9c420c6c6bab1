/// One misreading: what was seen, what stood in print.
struct ShapeEdit: Hashable, Comparable {
  var seen: Form
  var truth: Form

  static func < (a: ShapeEdit, b: ShapeEdit) -> Bool {
    a.seen.lexicographicallyPrecedes(b.seen) || a.seen == b.seen && a.truth.lexicographicallyPrecedes(b.truth)
  }

  var shown: String { (truth.isEmpty ? "∅" : truth.text) + " read as " + (seen.isEmpty ? "∅" : seen.text) }
}

/// The edits that may turn a seen form back into a word: shape confusions with their rates, and any letter in
/// the place of a sign that has no business inside a word.
struct ShapeEdits {
  let knowledge: Knowledge

  /// Log rate of a sign inside a word standing for any letter, and for two.
  private static let anyLetter = -12.0
  private static let anyPair = -14.5
  /// Longer groups of letters are not put in where nothing was seen; bytes.
  private static let longestInsertion = 2
  /// Letter groups that a sign often stands for.
  private static let pairs = groups([
    "ll", "li", "fi", "ff", "th", "ri", "in", "ni", "il", "ti", "ly", "ffi", "fl",
  ])
  private static let alphabet = groups("abcdefghijklmnopqrstuvwxyz".map(String.init))
  private static func groups(_ letters: [String]) -> [LetterGroup] {
    letters.compactMap { LetterGroup(Form($0.utf8)) }
  }

  /// Calls `body` with each form that one edit makes of a seen one, its log rate, and the edit's seen range
  /// and truth. `reading` is a buffer that the next call overwrites. With `onlyPossible` those are left out
  /// whose letters no English word has side by side.
  func forEach(
    _ form: Form, onlyPossible: Bool,
    _ body: (
      _ reading: UnsafeBufferPointer<UInt8>, _ rate: Double, _ seen: Range<Int>, _ truth: LetterGroup
    ) -> Void
  ) {
    let (scalars, starts) = form.spelled
    let count = scalars.count
    let letters = knowledge.english.letters.grams
    LetterModel.codes(scalars).withUnsafeBufferPointer { codes in
      Replacer.with(form) { replacer in
        let confusions = knowledge.damage.confusions.view
        // Letters beyond ASCII are not counted by the model.
        let flaws = onlyPossible && form.isASCII ? letters.flaws(codes) : LetterModel.Flaws()
        func make(_ range: Range<Int>, _ truth: LetterGroup, _ rate: Double) {
          if onlyPossible {
            if truth.isASCII && !flaws.areMended(byReplacing: range) { return }
            if !letters.allows(codes, replacing: range, by: truth) { return }
          }
          let seen = starts[range.lowerBound]..<starts[range.upperBound]
          body(replacer.replacing(seen, by: truth), rate, seen, truth)
        }
        for i in 0...count {
          var key: UInt64 = 0
          for width in 0...3 where i + width <= count {
            if width > 0 { key = key << 21 | UInt64(scalars[i + width - 1]) }
            for place in confusions.places(key) {
              let confusion = confusions.all[place]
              if width == 0 && confusion.truth.count > ShapeEdits.longestInsertion { continue }
              make(i..<(i + width), confusion.truth, confusion.weight)
            }
          }
          guard i < count else { continue }
          let isOdd =
            !Glyph.isLetter(scalars[i])
            || Glyph.isUpper(scalars[i]) && i > 0 && Glyph.isLower(scalars[i - 1])
          guard isOdd else { continue }
          for width in 1...3 where i + width <= count {
            let small = scalars[i..<(i + width)].reduce(0) { $0 + (Glyph.isLower($1) ? 1 : 0) }
            if small > 1 { continue }
            for letter in ShapeEdits.alphabet { make(i..<(i + width), letter, ShapeEdits.anyLetter) }
            for pair in ShapeEdits.pairs { make(i..<(i + width), pair, ShapeEdits.anyPair) }
          }
          if i > 0, Glyph.isLetter(scalars[i - 1]) {
            for width in 1...2 where i + width <= count {
              for letter in ShapeEdits.alphabet { make((i - 1)..<(i + width), letter, ShapeEdits.anyPair) }
            }
          }
        }
      }
    }
  }
}
