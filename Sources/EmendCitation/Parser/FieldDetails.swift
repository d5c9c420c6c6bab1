/// Rules that set right single fields by the words in them, as the conventions of lists have it: who is a translator,
/// what numbers a document, where a field ends that two labels share.
struct FieldDetails {
  var runs: [FieldRun]
  let tokens: ReferenceTokens
  let cues: [Cue]
  let text: [UInt8]
  let gazetteers: Gazetteers

  /// The decoded runs of a reference with every rule applied to them in turn.
  static func apply(
    _ runs: [FieldRun], _ tokens: ReferenceTokens, _ cues: [Cue], _ text: [UInt8], _ gazetteers: Gazetteers
  ) -> [FieldRun] {
    var details = FieldDetails(runs: runs, tokens: tokens, cues: cues, text: text, gazetteers: gazetteers)
    details.wordsAsDates()
    details.undated()
    details.roleBehindYear()
    details.editorsInFront()
    details.roles()
    details.titleBehindInitials()
    details.bookOfEditors()
    details.namesBehindTitle()
    details.titleBeforeEditors()
    details.editorsInTitle()
    details.monthBehindPlace()
    details.documentNumbers()
    details.reportNumbers()
    details.commandNumbers()
    details.seriesInBrackets()
    details.containerBehindQuotes()
    details.pageBehindJournal()
    details.chapters()
    details.addressCues()
    details.medium()
    return details.runs
  }

  // MARK: - Looking at words

  /// What stands between word k and the one before it.
  func gap(_ k: Int) -> ArraySlice<UInt8> {
    guard k > 0, k < tokens.count else { return [] }
    return text[tokens.end[k - 1]..<tokens.start[k]]
  }

  /// What stands behind the last word of a run, at most three bytes.
  func behind(_ k: Int) -> ArraySlice<UInt8> {
    text[tokens.end[k]..<min(text.count, tokens.end[k] + 3)]
  }

  func says(_ k: Int, _ words: [String]) -> Bool {
    guard tokens.kind[k] == .word else { return false }
    let bytes = text[tokens.start[k]..<tokens.end[k]]
    return words.contains { word in
      word.utf8.count == bytes.count && zip(word.utf8, bytes).allSatisfy { $0 == $1 | ($1 < 0x80 ? 0x20 : 0) }
    }
  }

  /// One to six capitals and nothing else.
  func isAcronym(_ k: Int) -> Bool {
    let bytes = text[tokens.start[k]..<tokens.end[k]]
    return (1...6).contains(bytes.count) && bytes.allSatisfy { (0x41...0x5A).contains($0) }
  }

  func hasDate(outside words: ClosedRange<Int>) -> Bool {
    runs.contains { $0.label == .date && !words.overlaps($0.first...$0.last) }
  }

  /// Whether the words are names: capitals, particles, "and".
  func areNames(_ words: ClosedRange<Int>) -> Bool {
    words.count <= 12
      && words.allSatisfy { k in
        tokens.kind[k] == .word && tokens.number[k] != .year
          && (tokens.startsUpper[k] || cues[k] == .part || cues[k] == .and || cues[k] == .etal)
      } && words.contains { tokens.startsUpper[$0] && tokens.length[$0] > 1 }
  }

  /// Whether a sentence ends before word k: a stop that is none of an initial.
  func endsSentence(before k: Int) -> Bool {
    tokens.gaps[k].marks.contains(.stop) && tokens.length[k - 1] > 2 && tokens.number[k - 1] != .romanUpper
  }

  // MARK: - Changing runs

  /// Gives words a label of their own, whatever labels they had.
  mutating func carve(_ words: ClosedRange<Int>, _ label: FieldLabel) {
    var found: [FieldRun] = []
    var isPlaced = false
    func place() {
      if !isPlaced { found.append(FieldRun(label, words.lowerBound, words.upperBound)) }
      isPlaced = true
    }
    for run in runs {
      guard words.overlaps(run.first...run.last) else {
        if run.first > words.upperBound { place() }
        found.append(run)
        continue
      }
      if run.first < words.lowerBound { found.append(FieldRun(run.label, run.first, words.lowerBound - 1)) }
      if run.last > words.upperBound {
        place()
        found.append(FieldRun(run.label, words.upperBound + 1, run.last))
      }
    }
    place()
    runs = found
  }
}
