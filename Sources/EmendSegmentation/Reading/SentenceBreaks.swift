import CICU
import EmendModel
import EmendText

/// Cuts prose into sentences: ICU's rules (UAX #29) with the abbreviations, initials, note marks and
/// ellipses of scholarly English on top.
struct SentenceBreaks {
  private let text: [UInt8]
  private let knowledge: StructureKnowledge
  /// Ends of the note marks in the reading text, by their starts.
  private let marks: [Int: Int]

  init(text: [UInt8], knowledge: StructureKnowledge, marks: [Int: Int]) {
    self.text = text
    self.knowledge = knowledge
    self.marks = marks
  }

  /// The sentences of the given stretches, which stand in order and do not overlap.
  func sentences(in stretches: [(range: Range<Int>, block: Int)]) -> [Sentence] {
    var out: [Sentence] = []
    var ends = proposals(stretches)[...]
    for stretch in stretches {
      var start = stretch.range.lowerBound
      while let proposal = ends.first, proposal < stretch.range.upperBound {
        ends = ends.dropFirst()
        guard proposal > start, let place = confirmed(proposal, stretch.range), place > start else {
          continue
        }
        append(start..<place, stretch.block, &out)
        start = place
      }
      append(start..<stretch.range.upperBound, stretch.block, &out)
    }
    return out
  }

  private func append(_ range: Range<Int>, _ block: Int, _ out: inout [Sentence]) {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, Glyphs.isSpace(text[start]) { start += 1 }
    while end > start, Glyphs.isSpace(text[end - 1]) { end -= 1 }
    if start < end { out.append(Sentence(range: start..<end, block: block)) }
  }

  /// ICU's boundaries and the places behind note marks that follow a stop, in order.
  private func proposals(_ stretches: [(range: Range<Int>, block: Int)]) -> [Int] {
    guard let first = stretches.first, let last = stretches.last else { return [] }
    var out: [Int] = []
    let base = first.range.lowerBound
    text.withUnsafeBufferPointer { bytes in
      guard let address = bytes.baseAddress,
        let iterator = emend_sentences_open(address + base, Int64(last.range.upperBound - base))
      else { return }
      while true {
        let next = emend_sentences_next(iterator)
        if next < 0 { break }
        out.append(base + Int(next))
      }
      emend_sentences_close(iterator)
    }
    let glued = stretches.flatMap { gluedMarks($0.range) }
    return glued.isEmpty ? out : (out + glued).sorted()
  }

  /// Starts of what follows "word.12 ", which ICU takes for a number with a point.
  private func gluedMarks(_ range: Range<Int>) -> [Int] {
    var out: [Int] = []
    var index = range.lowerBound
    while let stop = firstStop(index, range.upperBound - 2) {
      index = stop + 1
      var at = skipClosers(index, range.upperBound)
      let markStart = at
      while at < range.upperBound, at - markStart < 3, Glyphs.isDigit(UInt32(text[at])) { at += 1 }
      guard at > markStart else { continue }
      at = skipClosers(at, range.upperBound)
      guard at < range.upperBound, text[at] == 0x20 else { continue }
      // "3.14 The": only a linked mark may follow a digit's point.
      let afterDigit =
        stop > range.lowerBound && Glyphs.isDigit(UInt32(text[stop - 1])) && markStart == stop + 1
      if afterDigit, marks[markStart] == nil { continue }
      out.append(at + 1)
    }
    return out
  }

  /// The first full stop, question or exclamation mark from a place on.
  private func firstStop(_ from: Int, _ end: Int) -> Int? {
    text.withUnsafeBufferPointer { bytes in
      var at = from
      while at < end {
        let byte = bytes[at]
        if byte == 0x2E || byte == 0x3F || byte == 0x21 { return at }
        at += 1
      }
      return nil
    }
  }

  private func skipClosers(_ from: Int, _ end: Int) -> Int {
    var at = from
    while at < end {
      let (scalar, next) = Glyphs.scalar(text, at, end)
      guard Glyphs.isCloser(scalar) else { break }
      at = next
    }
    return at
  }

  /// The place where the next sentence starts, nil when the proposal is none.
  private func confirmed(_ proposal: Int, _ range: Range<Int>) -> Int? {
    var next = proposal
    // A detached mark belongs to the sentence before it.
    if let end = marks[next] {
      next = end
      while next < range.upperBound, Glyphs.isSpace(text[next]) { next += 1 }
      if next >= range.upperBound { return nil }
    }
    var end = proposal
    while end > range.lowerBound, Glyphs.isSpace(text[end - 1]) { end -= 1 }
    if end < proposal, text[end..<proposal].contains(0x0A) { return next }
    guard end < proposal, let stop = stopBefore(end, range.lowerBound) else { return nil }
    let following = Glyphs.firstLetterLike(text, next..<range.upperBound)
    let capital = Glyphs.isUpper(following)
    guard
      capital || (Glyphs.isDigit(following) && wordBefore(stop, range.lowerBound).count > 2)
        || (!Glyphs.isLower(following) && !Glyphs.isDigit(following) && following > 0x2E
          && !Glyphs.isNoteSign(following))
    else { return nil }
    guard text[stop] == 0x2E else { return next }
    if isEllipsis(stop, range.lowerBound) { return dots(stop, range.lowerBound) >= 4 ? next : nil }
    return endsAfter(stop, next, range) ? next : nil
  }

  /// The stop that ends the text before `end`, over closing quotes, brackets and a note mark.
  private func stopBefore(_ end: Int, _ start: Int) -> Int? {
    var at = end
    var digits = 0
    while at > start {
      let (scalar, before) = Glyphs.scalarBefore(text, at, start)
      if scalar == 0x2E || scalar == 0x3F || scalar == 0x21 || scalar == 0x2026 { return before }
      if Glyphs.isCloser(scalar) || Glyphs.isNoteSign(scalar) || Glyphs.superscript(scalar) != nil {
        at = before
      } else if Glyphs.isDigit(scalar), digits < 3 {
        digits += 1
        at = before
      } else {
        return nil
      }
    }
    return nil
  }

  /// ". . ." or "..." that ends at `stop`.
  private func isEllipsis(_ stop: Int, _ start: Int) -> Bool { dots(stop, start) >= 2 }

  private func dots(_ stop: Int, _ start: Int) -> Int {
    var count = 0
    var at = stop
    while at >= start, count < 6 {
      if text[at] == 0x2E { count += 1 } else if text[at] != 0x20 { break }
      at -= 1
    }
    return count
  }

  /// The letters, digits and inner stops before a stop ("U.S", "et al", "1998").
  private func wordBefore(_ stop: Int, _ start: Int) -> Range<Int> {
    var at = stop
    while at > start {
      let (scalar, before) = Glyphs.scalarBefore(text, at, start)
      guard Glyphs.isLetter(scalar) || Glyphs.isDigit(scalar) || scalar == 0x2E else { break }
      at = before
    }
    return at..<stop
  }

  /// Whether a full stop ends a sentence here, and not an abbreviation or an initial.
  private func endsAfter(_ stop: Int, _ next: Int, _ range: Range<Int>) -> Bool {
    let word = wordBefore(stop, range.lowerBound)
    guard let last = word.last else { return true }
    if word.count == 1, Glyphs.isUpper(UInt32(text[last])) {
      // An initial, unless what follows is no name ("World War I. The").
      return opensSentence(next, range.upperBound)
    }
    let key = String(decoding: text[word], as: UTF8.self).lowercased()
    switch knowledge.abbreviations[key] {
    case .joins:
      // "joins" words that are also plain ones ("rep", "sir", "ed") end a sentence when nothing names.
      return false
    case .number:
      let (scalar, _) = Glyphs.scalar(text, next, range.upperBound)
      if Glyphs.isDigit(scalar) { return false }
      let token = Glyphs.firstToken(text, next..<range.upperBound) ?? next..<next
      return Numerals.roman(text[Numerals.stripped(text, token)].map { $0 | 0x20 }) == nil
    case .maybe:
      return opensSentence(next, range.upperBound)
    case nil:
      // "J.R", "U.N.C": initials in a row.
      if word.count >= 3, text[last - 1] == 0x2E, Glyphs.isUpper(UInt32(text[last])) {
        return opensSentence(next, range.upperBound)
      }
      return true
    }
  }

  /// Whether the next word is one by which sentences open: a word of grammar with a capital.
  private func opensSentence(_ next: Int, _ end: Int) -> Bool {
    var start = next
    while start < end {
      let (scalar, after) = Glyphs.scalar(text, start, end)
      guard Glyphs.isOpener(scalar) else { break }
      start = after
    }
    guard let token = Glyphs.firstToken(text, start..<end), token.count <= 8 else { return false }
    if token.count == 2, text[token.upperBound - 1] == 0x2E { return false }
    return knowledge.isFunctionWord(StructureKnowledge.packed(Glyphs.key(text, token)))
  }
}
