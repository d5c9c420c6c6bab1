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
      let was = ClosedText.flat(Array(text.scalars[place.range]))
      let (bare, right) = (ClosedText.bare(reading), ClosedText.bare(ClosedText.flat(place.reading)))
      if bare == right {
        report.repaired += 1
        continue
      }
      report.missed += 1
      if bare == ClosedText.bare(was) || bare.isEmpty {
        if report.missedExamples.count < RepairReport.examples {
          report.missedExamples.append(ClosedText.string(was))
        }
      } else {
        report.note(wrong: was, reading)
      }
    }
    for word in text.words where !damaged[word].contains(true) {
      report.words += 1
      if partial { continue }
      let (was, reading) = (ClosedText.flat(Array(text.scalars[word])), text.reading(word, transcript))
      let signs = ClosedText.signs(reading)
      // A word that is gone as a whole was page furniture; a space or a hyphen more or less changes no word.
      if !signs.isEmpty, ClosedText.signs(was) != signs { report.note(wrong: was, reading) }
    }
    for place in text.places(of: columns(keep).map { [$0[0], $0[0]] })
    where !damaged[place.range].contains(true) {
      let reading = text.reading(place.range, transcript)
      if partial, ClosedText.signs(reading) != ClosedText.signs(place.reading) {
        report.note(wrong: place.reading, reading)
      }
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
