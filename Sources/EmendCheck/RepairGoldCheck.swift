import EmendModel

extension RepairCheck {
  /// Scores a transcript against a list of damaged forms and one of forms that must stay.
  ///
  /// `gold` has the columns damaged form, right reading, count; `keep` has a form and its count. Forms may hold
  /// a space or `\n` for any white space. Each place of a damaged form in the witness, line-end hyphens closed,
  /// is followed through the transcript's map: its reading is right, as it was (missed), or something else
  /// (wrong). Words outside those places whose letters or digits changed count as wrong too, unless the list
  /// is `partial`.
  public static func gold(
    _ transcript: Transcript, gold: [UInt8], keep: [UInt8] = [], partial: Bool = false
  ) -> RepairReport {
    var report = RepairReport(name: transcript.scan.id)
    report.passages = 1
    let text = ClosedText(transcript.scan.text)
    let places = text.places(of: columns(gold).filter { $0.first != $0.last })
    var damaged = [Bool](repeating: false, count: text.scalars.count + 1)
    for place in places {
      for index in place.range { damaged[index] = true }
      let reading = text.reading(place.range, transcript)
      let was = ClosedText.flat(text.scalars[place.range].map { $0 })
      if reading == ClosedText.flat(place.reading) {
        report.repaired += 1
      } else if reading == was {
        report.missed += 1
        if report.missedExamples.count < RepairReport.examples {
          report.missedExamples.append(ClosedText.string(was))
        }
      } else {
        report.missed += 1
        report.note(wrong: was, reading)
      }
    }
    for word in text.words where !damaged[word].contains(true) {
      report.words += 1
      if partial { continue }
      let (was, reading) = (ClosedText.flat(Array(text.scalars[word])), text.reading(word, transcript))
      if ClosedText.signs(was) != ClosedText.signs(reading) { report.note(wrong: was, reading) }
    }
    for place in text.places(of: columns(keep).map { [$0[0], $0[0]] })
    where !damaged[place.range].contains(true) {
      let reading = text.reading(place.range, transcript)
      if partial, reading != ClosedText.flat(place.reading) { report.note(wrong: place.reading, reading) }
    }
    return report
  }

  /// The first two columns, `\n` and `\r` read as those characters.
  private static func columns(_ table: [UInt8]) -> [[[UInt32]]] {
    table.split(separator: 0x0A).compactMap { line in
      let fields = line.split(separator: 0x09, omittingEmptySubsequences: false).map { field in
        String(decoding: field, as: UTF8.self).replacing("\\n", with: "\n").replacing("\\r", with: "\r")
          .unicodeScalars.map(\.value)
      }
      guard let first = fields.first, !first.isEmpty else { return nil }
      return [first, fields.count > 1 ? fields[1] : first]
    }
  }
}

extension RepairReport {
  fileprivate mutating func note(wrong was: [UInt32], _ reading: [UInt32]) {
    wronglyChanged += 1
    if wrongExamples.count < RepairReport.examples {
      wrongExamples.append(ClosedText.string(was) + " → " + ClosedText.string(reading))
    }
  }
}

/// A text with its line-end hyphens closed, each character with its place in the witness.
private struct ClosedText {
  private(set) var scalars: [UInt32] = []
  private var offsets: [Int] = []
  private(set) var words: [Range<Int>] = []

  struct Place {
    var range: Range<Int>
    var reading: [UInt32]
  }

  init(_ witness: [UInt8]) {
    var at = 0
    for scalar in String(decoding: witness, as: UTF8.self).unicodeScalars {
      scalars.append(scalar.value)
      offsets.append(at)
      at += UTF8.width(scalar)
    }
    offsets.append(at)
    close()
    var start: Int?
    for index in 0...scalars.count {
      let isSpace = index == scalars.count || Self.isSpace(scalars[index])
      if isSpace, let from = start { words.append(from..<index) }
      if isSpace { start = nil } else { start = start ?? index }
    }
  }

  private mutating func close() {
    var (kept, places): ([UInt32], [Int]) = ([], [])
    var index = 0
    while index < scalars.count {
      if Self.isHyphen(scalars[index]), let last = kept.last, Self.isLetter(last) {
        var next = index + 1
        while next < scalars.count, scalars[next] == 0x20 { next += 1 }
        if next < scalars.count, scalars[next] == 0x0A {
          next += 1
          while next < scalars.count, scalars[next] == 0x20 { next += 1 }
          if next < scalars.count, !Self.isSpace(scalars[next]),
            !(scalars[next] < 0x80 && !Self.isSmall(scalars[next]))
          {
            index = next
            continue
          }
        }
      }
      kept.append(scalars[index])
      places.append(offsets[index])
      index += 1
    }
    places.append(offsets[scalars.count])
    (scalars, offsets) = (kept, places)
  }

  /// What the transcript reads for a stretch, white space as one blank and line-end hyphens closed.
  func reading(_ range: Range<Int>, _ transcript: Transcript) -> [UInt32] {
    guard let last = range.last else { return [] }
    // From the first character's place to the end of the last one's, so that what was put in at the ends counts.
    let end = offsets[last] + max(1, UTF8.width(scalars[last]))
    let target = transcript.map.target(ofSource: offsets[range.lowerBound]..<end)
    let bytes = transcript.text[target]
    return Self.flat(String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value))
  }

  /// Occurrences of some forms, the longest first, none overlapping, bounded by what is no letter.
  func places(of forms: [[[UInt32]]]) -> [Place] {
    var taken = [Bool](repeating: false, count: scalars.count)
    var result: [Place] = []
    let byFirst = Dictionary(grouping: scalars.indices, by: { scalars[$0] })
    for form in forms.sorted(by: {
      ($1[0].count, $0[0].map(String.init).joined()) < ($0[0].count, $1[0].map(String.init).joined())
    }) {
      guard let first = form[0].first else { continue }
      for start in byFirst[first] ?? [] {
        guard let end = match(form[0], at: start), isBounded(start..<end), !taken[start..<end].contains(true)
        else { continue }
        for index in start..<end { taken[index] = true }
        result.append(Place(range: start..<end, reading: form[1]))
      }
    }
    return result.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func match(_ form: [UInt32], at start: Int) -> Int? {
    var at = start
    var index = 0
    while index < form.count {
      guard at < scalars.count else { return nil }
      if form[index] == 0x20 || form[index] == 0x0A {
        guard Self.isSpace(scalars[at]) else { return nil }
        while at < scalars.count, Self.isSpace(scalars[at]) { at += 1 }
        while index < form.count, form[index] == 0x20 || form[index] == 0x0A { index += 1 }
      } else {
        guard scalars[at] == form[index] else { return nil }
        at += 1
        index += 1
      }
    }
    return at
  }

  private func isBounded(_ range: Range<Int>) -> Bool {
    let first = scalars[range.lowerBound]
    if range.lowerBound > 0 {
      let before = scalars[range.lowerBound - 1]
      if Self.isLetter(before) || before == first && !Self.isSpace(first) { return false }
      if Self.isDigit(before), Self.isLetter(first) || Self.isDigit(first) { return false }
    }
    return range.upperBound == scalars.count || !Self.isLetter(scalars[range.upperBound])
  }

  static func flat(_ scalars: [UInt32]) -> [UInt32] {
    var out: [UInt32] = []
    for scalar in scalars where !isHyphen(scalar) || scalar == 0xAD {
      if isSpace(scalar) {
        if let last = out.last, last != 0x20 { out.append(0x20) }
      } else {
        out.append(scalar)
      }
    }
    while out.last == 0x20 { out.removeLast() }
    return out
  }

  /// Letters and digits only.
  static func signs(_ scalars: [UInt32]) -> [UInt32] { scalars.filter { isLetter($0) || isDigit($0) } }
  static func string(_ scalars: [UInt32]) -> String {
    var text = ""
    for scalar in scalars { if let scalar = Unicode.Scalar(scalar) { text.unicodeScalars.append(scalar) } }
    return text
  }

  private static func isSpace(_ u: UInt32) -> Bool { u == 0x20 || u == 0x0A || u == 0x09 || u == 0xA0 }
  private static func isHyphen(_ u: UInt32) -> Bool { u == 0x2D || u == 0xAD || u == 0x2010 || u == 0xAC }
  private static func isDigit(_ u: UInt32) -> Bool { u >= 0x30 && u <= 0x39 }
  private static func isSmall(_ u: UInt32) -> Bool { u >= 0x61 && u <= 0x7A }
  private static func isLetter(_ u: UInt32) -> Bool {
    if u < 0x80 { return u | 0x20 >= 0x61 && u | 0x20 <= 0x7A }
    return Unicode.Scalar(u)?.properties.isAlphabetic ?? false
  }
}

extension UTF8 {
  /// Bytes of a scalar value.
  fileprivate static func width(_ scalar: UInt32) -> Int {
    scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
  }
}
