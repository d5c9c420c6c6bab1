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
  /// Letter groups that a sign often stands for.
  private static let pairs = [
    "ll", "li", "fi", "ff", "th", "ri", "in", "ni", "il", "ti", "ly", "ffi", "fl",
  ].map { (form: Form($0.utf8), codes: DamageLexicon.codes(Form($0.utf8))) }
  private static let alphabet = (UInt8(0x61)...0x7A).map { (form: [$0], codes: DamageLexicon.codes([$0])) }

  /// Calls `body` with each form that one edit makes of a seen one, its log rate, and the edit's seen range
  /// and truth. `reading` is a buffer that the next call overwrites. With `onlyPossible` those are left out
  /// whose letters no English word has side by side.
  func forEach(
    _ form: Form, onlyPossible: Bool,
    _ body: (_ reading: UnsafeBufferPointer<UInt8>, _ rate: Double, _ seen: Range<Int>, _ truth: Form) -> Void
  ) {
    let (scalars, starts) = form.spelled
    let count = scalars.count
    let codes = LetterModel.codes(scalars)
    let letters = knowledge.english.letters
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: form.count + 8) { buffer in
      form.withUnsafeBufferPointer { bytes in
        func make(_ range: Range<Int>, _ truth: Form, _ truthCodes: [UInt8], _ rate: Double) {
          if onlyPossible && !letters.allows(codes, replacing: range, by: truthCodes) { return }
          let seen = starts[range.lowerBound]..<starts[range.upperBound]
          var at = 0
          for k in 0..<seen.lowerBound {
            buffer[at] = bytes[k]
            at += 1
          }
          for byte in truth {
            buffer[at] = byte
            at += 1
          }
          for k in seen.upperBound..<bytes.count {
            buffer[at] = bytes[k]
            at += 1
          }
          body(UnsafeBufferPointer(rebasing: buffer[0..<at]), rate, seen, truth)
        }
        for i in 0...count {
          var key: UInt64 = 0
          for width in 0...3 where i + width <= count {
            if width > 0 { key = key << 21 | UInt64(scalars[i + width - 1]) }
            guard let confusions = knowledge.damage.confusions[key] else { continue }
            for confusion in confusions
            where confusion.truth.count <= 6 && (width > 0 || confusion.truth.count <= 2) {
              make(i..<(i + width), confusion.truth, confusion.codes, confusion.weight)
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
            for letter in ShapeEdits.alphabet {
              make(i..<(i + width), letter.form, letter.codes, ShapeEdits.anyLetter)
            }
            for pair in ShapeEdits.pairs { make(i..<(i + width), pair.form, pair.codes, ShapeEdits.anyPair) }
          }
          if i > 0, Glyph.isLetter(scalars[i - 1]) {
            for width in 1...2 where i + width <= count {
              for letter in ShapeEdits.alphabet {
                make((i - 1)..<(i + width), letter.form, letter.codes, ShapeEdits.anyPair)
              }
            }
          }
        }
      }
    }
  }
}
