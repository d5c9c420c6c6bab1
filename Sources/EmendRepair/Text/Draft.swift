import EmendModel
import EmendText

/// A change that a step asks for, in offsets of the draft's present text.
struct Edit {
  var range: Range<Int>
  var reading: Form
  var kind: Emendation.Kind
  var rule: String
  /// Posterior probability, 0 to 1.
  var confidence: Double
  var evidence: String
}

/// The text on its way through the steps: what the steps before have made of the witness, and how it came
/// about.
///
/// A step reads `text` and `words` and hands in edits; `apply` makes those with a posterior of at least
/// `Draft.sure` and keeps the others as suggestions.
struct Draft {
  /// The posterior from which a change is made (design: applied at 0.99, else suggested).
  static let sure = 0.99
  /// While fewer than one word in so many is changed the counts of words are not made anew.
  private static let fewChanges = 1000

  /// Fewer forms are not worth a thread.
  private static let fewest = 1000

  /// An edit that was made.
  private struct Change {
    var witness: Range<Int>
    var current: Range<Int>
    var kind: Emendation.Kind
    var rule: String
    var confidence: Double
    var evidence: String
  }

  let scan: Scan
  /// How many parts of the text may be worked on side by side.
  private let threads: Int
  private(set) var text: [UInt8]
  /// Room for the next text: the memory of the one before.
  private var spare: [UInt8] = []
  /// Every byte of the text, and perhaps others that it once held.
  private(set) var bytes: ByteSet
  private var made: [Change] = []
  private(set) var suggestions: [Emendation] = []
  private var cut: Words?
  private var counted: Vocabulary?
  private var standings: [Standing] = []
  var profile: [DamagePattern] = []
  var warnings: [Warning] = []

  init(_ scan: Scan, threads: Int) {
    self.scan = scan
    self.threads = threads
    text = scan.text
    bytes = ByteSet(scan.text)
  }

  /// The words of the present text.
  var words: Words {
    mutating get {
      if let cut { return cut }
      let fresh = Words(text, threads: threads)
      cut = fresh
      return fresh
    }
  }

  /// The words in small letters with their counts; of a long text as they were before the last few changes.
  var vocabulary: Vocabulary {
    mutating get {
      if let counted { return counted }
      let fresh = Vocabulary(words)
      counted = fresh
      return fresh
    }
  }

  /// The vocabulary, and what other work makes that needs nothing of it, at once.
  mutating func vocabulary<Made>(beside work: @Sendable () -> Made) -> (Vocabulary, Made) {
    let words = words
    if let counted { return (counted, work()) }
    let (fresh, made) = SideBySide.both(threads: threads, { Vocabulary(words) }, work)
    counted = fresh
    return (fresh, made)
  }

  /// For each form of `words` whether it is plain English.
  mutating func standings(_ english: English) -> [Standing] {
    let words = words
    if standings.count < words.forms.count {
      let (known, forms) = (standings.count, words.forms)
      let fresh = SideBySide.map(forms.count - known, threads: threads, least: Draft.fewest) { some in
        Standing.of(forms, (known + some.lowerBound)..<(known + some.upperBound), english)
      }
      standings.reserveCapacity(forms.count)
      standings += fresh.joined()
    }
    return standings
  }

  /// Whether the text may hold characters beyond ASCII.
  var holdsBeyondASCII: Bool { bytes.containsAny(0x80...0xFF) }

  /// Makes the sure ones of the edits; where two overlap, the surer one wins. Edits that hold a line end are refused.
  mutating func apply(_ edits: [Edit]) {
    if edits.isEmpty { return }
    var sure: [Edit] = []
    for edit in edits where isAllowed(edit) {
      let edit = trimmed(edit)
      if edit.range.isEmpty && edit.reading.isEmpty { continue }
      if edit.confidence >= Draft.sure { sure.append(edit) } else { suggest(edit) }
    }
    func comesFirst(_ a: Edit, _ b: Edit) -> Bool {
      (a.range.lowerBound, a.range.upperBound, b.confidence)
        < (b.range.lowerBound, b.range.upperBound, a.confidence)
    }
    if !zip(sure, sure.dropFirst()).allSatisfy({ !comesFirst($1, $0) }) { sure.sort(by: comesFirst) }
    var chosen: [Edit] = []
    chosen.reserveCapacity(sure.count)
    for edit in sure {
      if let last = chosen.last,
        edit.range.lowerBound < last.range.upperBound || edit.range == last.range
      {
        if edit.confidence > last.confidence { chosen[chosen.count - 1] = edit }
        continue
      }
      chosen.append(edit)
    }
    if !chosen.isEmpty { make(chosen) }
  }

  private func isAllowed(_ edit: Edit) -> Bool {
    edit.range.lowerBound >= 0 && edit.range.upperBound <= text.count && !edit.reading.contains(0x0A)
      && !text[edit.range].contains(0x0A)
  }

  /// Without the bytes that both sides share at their ends, at character boundaries.
  private func trimmed(_ edit: Edit) -> Edit {
    var edit = edit
    var (low, high) = (edit.range.lowerBound, edit.range.upperBound)
    var (from, to) = (0, edit.reading.count)
    while low < high, from < to, text[low] == edit.reading[from] {
      low += 1
      from += 1
    }
    while low > edit.range.lowerBound,
      low < text.count && text[low] & 0xC0 == 0x80
        || from < edit.reading.count && edit.reading[from] & 0xC0 == 0x80
    {
      low -= 1
      from -= 1
    }
    while high > low, to > from, text[high - 1] == edit.reading[to - 1] {
      high -= 1
      to -= 1
    }
    while high < edit.range.upperBound,
      high < text.count && text[high] & 0xC0 == 0x80
        || to < edit.reading.count && edit.reading[to] & 0xC0 == 0x80
    {
      high += 1
      to += 1
    }
    edit.range = low..<high
    if from > 0 || to < edit.reading.count { edit.reading = Form(edit.reading[from..<to]) }
    return edit
  }

  /// The witness range behind a range of the present text.
  func witness(_ range: Range<Int>) -> Range<Int> {
    var low = 0
    var high = made.count
    while low < high {
      let middle = (low + high) / 2
      if made[middle].current.upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    func map(_ at: Int, end: Bool) -> Int {
      var index = low
      var shift = low == 0 ? 0 : made[low - 1].witness.upperBound - made[low - 1].current.upperBound
      while index < made.count, made[index].current.upperBound <= at,
        !(made[index].current.isEmpty && made[index].current.lowerBound == at)
      {
        shift = made[index].witness.upperBound - made[index].current.upperBound
        index += 1
      }
      if index < made.count, made[index].current.lowerBound < at {
        return end ? made[index].witness.upperBound : made[index].witness.lowerBound
      }
      return at + shift
    }
    let start = map(range.lowerBound, end: false)
    return start..<max(start, map(range.upperBound, end: true))
  }

  /// Where an offset of the witness lies in the present text; inside a change, where the change starts.
  func current(_ offset: Int) -> Int {
    var (low, high) = (0, made.count)
    while low < high {
      let middle = (low + high) / 2
      if made[middle].witness.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    let shift = low == 0 ? 0 : made[low - 1].current.upperBound - made[low - 1].witness.upperBound
    if low < made.count, made[low].witness.lowerBound < offset { return made[low].current.lowerBound }
    return offset + shift
  }

  private mutating func suggest(_ edit: Edit) {
    let range = witness(edit.range)
    suggestions.append(
      Emendation(
        range: range, original: Form(scan.text[range]).text, reading: edit.reading.text, kind: edit.kind,
        rule: edit.rule, confidence: edit.confidence, status: .suggested, evidence: edit.evidence))
  }

  private mutating func make(_ edits: [Edit]) {
    var result: [UInt8] = []
    swap(&result, &spare)
    result.removeAll(keepingCapacity: true)
    result.reserveCapacity(text.count + text.count / 64)
    var changes: [Change] = []
    changes.reserveCapacity(made.count + edits.count)
    var spans: [(old: Range<Int>, new: Range<Int>)] = []
    var (old, new) = (0, 0)
    var at = 0
    // What to add to an offset of the present text, outside all changes, to get to the witness.
    var shift = 0

    func comesFirst(_ edit: Edit, _ change: Change) -> Bool {
      edit.range.lowerBound < change.current.lowerBound
        || edit.range.lowerBound == change.current.lowerBound && edit.range.isEmpty && !change.current.isEmpty
    }
    func touches(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
      if a.lowerBound < b.upperBound && b.lowerBound < a.upperBound { return true }
      return a.isEmpty && b.isEmpty && a.lowerBound == b.lowerBound
    }

    while old < made.count || new < edits.count {
      let takeNew = new < edits.count && (old == made.count || comesFirst(edits[new], made[old]))
      var span = takeNew ? edits[new].range : made[old].current
      let (firstOld, firstNew) = (old, new)
      if takeNew { new += 1 } else { old += 1 }
      // Gather everything that overlaps.
      var grew = true
      while grew {
        grew = false
        while old < made.count, touches(span, made[old].current) {
          span =
            min(
              span.lowerBound, made[old].current.lowerBound)..<max(
              span.upperBound, made[old].current.upperBound)
          old += 1
          grew = true
        }
        while new < edits.count, touches(span, edits[new].range) {
          span =
            min(
              span.lowerBound, edits[new].range.lowerBound)..<max(
              span.upperBound, edits[new].range.upperBound)
          new += 1
          grew = true
        }
      }
      // Copy what lies before.
      result.append(contentsOf: text[at..<span.lowerBound])
      let start = result.count
      // Write the span with the new edits made.
      var inside = span.lowerBound
      for edit in edits[firstNew..<new] {
        result.append(contentsOf: text[inside..<edit.range.lowerBound])
        result.append(contentsOf: edit.reading)
        for byte in edit.reading { bytes.insert(byte) }
        inside = edit.range.upperBound
      }
      result.append(contentsOf: text[inside..<span.upperBound])

      // Its witness range.
      var witnessStart = span.lowerBound + shift
      var endShift = shift
      if old > firstOld {
        let first = made[firstOld]
        if first.current.lowerBound == span.lowerBound { witnessStart = first.witness.lowerBound }
        let last = made[old - 1]
        endShift = last.witness.upperBound - last.current.upperBound
      }
      let witness = witnessStart..<(span.upperBound + endShift)
      shift = endShift
      at = span.upperBound

      let sources = edits[firstNew..<new]
      var change: Change
      if let edit = sources.first {
        change = Change(
          witness: witness, current: start..<result.count, kind: edit.kind, rule: edit.rule,
          confidence: edit.confidence, evidence: edit.evidence)
        for earlier in made[firstOld..<old] {
          change.confidence = min(change.confidence, earlier.confidence)
          if !earlier.evidence.isEmpty { change.evidence = earlier.evidence + "; " + change.evidence }
        }
      } else {
        change = made[firstOld]
        change.witness = witness
        change.current = start..<result.count
      }
      if sources.isEmpty {
        changes.append(change)
        continue
      }
      spans.append((span, start..<result.count))
      let same = scan.text[witness].elementsEqual(result[change.current])
      if !same { changes.append(change) }
    }
    result.append(contentsOf: text[at...])
    swap(&text, &result)
    spare = result
    made = changes
    if let words = cut, edits.count * Draft.fewChanges > words.count { counted = nil }
    cut?.update(spans, text)
  }

  /// The finished transcript's emendations.
  var emendations: [Emendation] {
    made.map {
      Emendation(
        range: $0.witness, original: Form(scan.text[$0.witness]).text, reading: Form(text[$0.current]).text,
        kind: $0.kind, rule: $0.rule, confidence: $0.confidence, status: .applied, evidence: $0.evidence)
    } + suggestions
  }
}

extension Words {
  /// The edits that turn a stretch of a word's form into a reading, one for each stretch of characters
  /// that differs, so that "AnanciAl" gives two edits of one letter. Empty when a difference lies across a
  /// line break.
  func edits(
    _ index: Int, _ range: Range<Int>, reading: Form, in text: [UInt8], kind: Emendation.Kind, rule: String,
    confidence: Double, evidence: String
  ) -> [Edit] {
    let form = forms[Int(all[index].form)]
    let positions = positions(of: index, in: text)
    guard range.upperBound < positions.count else { return [] }
    var result: [Edit] = []
    for (old, new) in Alignment.differences(Form(form[range]), reading) {
      let (a, b) = (range.lowerBound + old.lowerBound, range.lowerBound + old.upperBound)
      let start = positions[a]
      let end = b > a ? positions[b - 1] + 1 : start
      if end - start != b - a { return [] }
      result.append(
        Edit(
          range: start..<end, reading: Form(reading[new]), kind: kind, rule: rule, confidence: confidence,
          evidence: evidence))
    }
    return result
  }
}

/// Where two spellings of a word differ.
enum Alignment {
  /// The stretches that differ, as byte ranges of both, in order; by longest common subsequence of the
  /// characters, neighbours taken together.
  static func differences(_ a: Form, _ b: Form) -> [(old: Range<Int>, new: Range<Int>)] {
    let (x, xs) = a.spelled
    let (y, ys) = b.spelled
    var p = 0
    while p < x.count, p < y.count, x[p] == y[p] { p += 1 }
    var q = 0
    while q < x.count - p, q < y.count - p, x[x.count - 1 - q] == y[y.count - 1 - q] { q += 1 }
    let (n, m) = (x.count - p - q, y.count - p - q)
    if n == 0 && m == 0 { return [] }
    if n <= 1 || m <= 1 || n > 64 || m > 64 {
      return [(xs[p]..<xs[p + n], ys[p]..<ys[p + m])]
    }
    // Length of the longest common subsequence of the rests.
    var table = [Int](repeating: 0, count: (n + 1) * (m + 1))
    for i in stride(from: n - 1, through: 0, by: -1) {
      for j in stride(from: m - 1, through: 0, by: -1) {
        table[i * (m + 1) + j] =
          x[p + i] == y[p + j]
          ? table[(i + 1) * (m + 1) + j + 1] + 1
          : max(table[(i + 1) * (m + 1) + j], table[i * (m + 1) + j + 1])
      }
    }
    var result: [(old: Range<Int>, new: Range<Int>)] = []
    var (i, j) = (0, 0)
    var (startI, startJ) = (0, 0)
    func close() {
      if i > startI || j > startJ { result.append((xs[p + startI]..<xs[p + i], ys[p + startJ]..<ys[p + j])) }
    }
    while i < n || j < m {
      if i < n, j < m, x[p + i] == y[p + j] {
        close()
        i += 1
        j += 1
        (startI, startJ) = (i, j)
      } else if j < m, i == n || table[i * (m + 1) + j + 1] > table[(i + 1) * (m + 1) + j] {
        j += 1
      } else {
        i += 1
      }
    }
    close()
    return result
  }
}
