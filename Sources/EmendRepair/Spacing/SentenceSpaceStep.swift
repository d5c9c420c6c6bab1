import EmendModel

/// Puts back the space that is lost between sentences: "the law.What follows".
///
/// A word, year or bracket, then . ; ? or !, then a capital and a known word. Never in addresses or
/// formulas, never after an abbreviation, never where the same run occurs more than twice (a name).
struct SentenceSpaceStep: Step {
  func run(_ draft: inout Draft, _ session: inout Session) {
    let words = draft.words
    let english = session.knowledge.english
    let standings = draft.standings(english)
    // For each form the index of its list of places, -1 before it is judged.
    var lists = [Int32](repeating: -1, count: words.forms.count)
    var places: [[Int]] = [[]]
    var edits: [Edit] = []
    for (index, word) in words.all.enumerated() {
      let form = Int(word.form)
      if standings[form].isPlain || lists[form] == 0 { continue }
      if lists[form] < 0 {
        let known = words.forms.length(form) <= 4 * English.longest && words.forms.counts[form] <= 2
        let found = known ? SentenceSpaceStep.places(in: words.forms[form], english) : []
        lists[form] = found.isEmpty ? 0 : Int32(places.count)
        if found.isEmpty { continue }
        places.append(found)
      }
      let positions = words.positions(of: index, in: draft.text)
      for place in places[Int(lists[form])] {
        edits.append(
          Edit(
            range: positions[place]..<positions[place], reading: [0x20], kind: .missingSpace,
            rule: "sentence-space", confidence: 0.995, evidence: "a new sentence or clause begins"))
      }
    }
    draft.apply(edits)
  }

  /// Offsets in a form where a space belongs.
  static func places(in form: Form, _ english: English) -> [Int] {
    guard form.count >= 4,
      form.contains(where: { $0 == 0x2E || $0 == 0x3B || $0 == 0x3F || $0 == 0x21 || $0 == 0x3A })
    else { return [] }
    if form.contains(where: { $0 == 0x40 || $0 == 0x2F || $0 == 0x5C || $0 == 0x3D || $0 == 0x5F }) {
      return []
    }
    if form.find(Form("www".utf8)) != nil { return [] }
    let (scalars, starts) = form.spelled
    var result: [Int] = []
    for at in 1..<scalars.count {
      let stop = scalars[at]
      guard stop == 0x2E || stop == 0x3B || stop == 0x3A || stop == 0x3F || stop == 0x21 else { continue }
      var next = at + 1
      var quoted = false
      if next < scalars.count, [0x201D, 0x22, 0x29, 0x2019].contains(scalars[next]) {
        quoted = true
        next += 1
      }
      guard next < scalars.count else { continue }
      // A straight mark behind a colon opens: print:"Hello".
      if stop == 0x3A && (!quoted || scalars[at + 1] == 0x22) { continue }
      guard let right = rightWord(scalars, next), let left = leftWord(scalars, at) else { continue }
      if right.count == 1,
        right.end != scalars.count || scalars[right.start] != 0x41 && scalars[right.start] != 0x49
      {
        continue
      }
      let rightForm = Form(form[starts[right.start]..<starts[right.end]])
      if right.count > 1, english.level(rightForm) == .unknown, !(stop == 0x3B && left.isNumber) { continue }
      let leftForm = Form(form[starts[left.start]..<starts[left.end]])
      if !left.isNumber && !leftForm.isEmpty {
        let sense = english.sense(leftForm.folded)
        if sense.flags.contains(.abbreviation) && stop == 0x2E && !isPlainWord(sense, leftForm) { continue }
        if sense.level == .unknown, english.level(leftForm) == .unknown,
          !leftForm.contains(where: { $0 >= 0x41 && $0 <= 0x5A })
        {
          continue
        }
      }
      // "README.Debian", "Boost.Thread": a capital before the stop makes a name, unless a word of grammar follows.
      if stop == 0x2E, !left.isNumber, leftForm.startsUpper,
        !english.sense(rightForm).flags.contains(.function)
      {
        continue
      }
      result.append(starts[next])
    }
    return result
  }

  /// Abbreviations that are everyday words as well ("law", "sun") do not guard against a new sentence.
  private static func isPlainWord(_ sense: English.Sense, _ form: Form) -> Bool {
    sense.level == .trusted && form.count >= 3 && sense.logFrequency > -11
  }

  /// Three letters or more, two small letters, or a year; then perhaps a quote or bracket.
  private static func leftWord(_ scalars: [UInt32], _ stop: Int) -> (start: Int, end: Int, isNumber: Bool)? {
    var end = stop
    if end > 0, [0x201D, 0x22, 0x29, 0x2019].contains(scalars[end - 1]) { end -= 1 }
    var start = end
    while start > 0, Glyph.isLetter(scalars[start - 1]) { start -= 1 }
    let letters = end - start
    if letters <= 1 {
      // A year, with or without a letter, a bracket after it allowed.
      var digits = start
      while digits > 0, Glyph.isDigit(scalars[digits - 1]) { digits -= 1 }
      return start - digits == 4 ? (digits, end, true) : nil
    }
    if letters >= 3 { return (start, end, false) }
    let small = scalars[start..<end].allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
    return small ? (start, end, false) : nil
  }

  /// Perhaps an opening quote, a capital, small letters, and no letter, stop or & after it.
  private static func rightWord(_ scalars: [UInt32], _ at: Int) -> (start: Int, end: Int, count: Int)? {
    var start = at
    if [0x201C, 0x2018, 0x28].contains(scalars[start]) { start += 1 }
    guard start < scalars.count, scalars[start] >= 0x41, scalars[start] <= 0x5A else { return nil }
    var end = start + 1
    while end < scalars.count, scalars[end] >= 0x61, scalars[end] <= 0x7A { end += 1 }
    if end < scalars.count {
      let after = scalars[end]
      if Glyph.isLetter(after) && after < 0x80 || after == 0x2E || after == 0x26 { return nil }
    }
    return (start, end, end - start)
  }
}
