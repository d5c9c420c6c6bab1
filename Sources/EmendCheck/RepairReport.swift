import EmendModel

/// What repair did to texts whose truth is known.
public struct RepairReport: Sendable, Equatable, CustomStringConvertible {
  /// Name of the set or document.
  public var name: String
  public var passages = 0
  /// Words and characters of the truth, and edit distances to it before and after.
  public var words = 0
  public var characters = 0
  public var wordErrorsBefore = 0
  public var wordErrorsAfter = 0
  public var characterErrorsBefore = 0
  public var characterErrorsAfter = 0
  /// Passages with fewer word errors than before, and with more.
  public var improved = 0
  public var worsened = 0
  /// Damaged words mended, left or mended wrongly, and good words changed.
  public var repaired = 0
  public var missed = 0
  public var wronglyChanged = 0
  /// Examples of the last, as they stood and as they were changed.
  public var wrongExamples: [String] = []
  /// Examples of damaged words that were not mended.
  public var missedExamples: [String] = []

  public init(name: String) { self.name = name }

  /// Word error rate of all passages together, before repair: edits over words of the truth.
  public var wordErrorRateBefore: Double { rate(wordErrorsBefore, words) }
  public var wordErrorRateAfter: Double { rate(wordErrorsAfter, words) }
  public var characterErrorRateBefore: Double { rate(characterErrorsBefore, characters) }
  public var characterErrorRateAfter: Double { rate(characterErrorsAfter, characters) }
  /// Words as counts: right = repaired, wrong = changed wrongly, missed = still damaged.
  public var counts: Counts { Counts(right: repaired, wrong: wronglyChanged, missed: missed) }

  private func rate(_ errors: Int, _ all: Int) -> Double { all == 0 ? 0 : Double(errors) / Double(all) }

  public mutating func add(_ other: RepairReport) {
    passages += other.passages
    words += other.words
    characters += other.characters
    wordErrorsBefore += other.wordErrorsBefore
    wordErrorsAfter += other.wordErrorsAfter
    characterErrorsBefore += other.characterErrorsBefore
    characterErrorsAfter += other.characterErrorsAfter
    improved += other.improved
    worsened += other.worsened
    repaired += other.repaired
    missed += other.missed
    wronglyChanged += other.wronglyChanged
    let room = max(0, RepairReport.examples - wrongExamples.count)
    wrongExamples += other.wrongExamples.prefix(room)
    missedExamples += other.missedExamples.prefix(max(0, RepairReport.examples - missedExamples.count))
  }

  static let examples = 20

  /// A table of a few lines.
  public var description: String {
    func percent(_ value: Double) -> String {
      let hundredths = Int((value * 10_000).rounded())
      let rest = hundredths % 100
      return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) %"
    }
    func change(_ before: Int, _ after: Int) -> String {
      if before == 0 { return after == 0 ? "" : "  (\(after) new)" }
      let value = Double(after - before) / Double(before)
      return "  (\(value <= 0 ? "−" : "+")\(percent(abs(value))))"
    }
    var lines = ["\(name): \(counted(passages, "passage")), \(counted(words, "word"))"]
    if words > 0 {
      lines.append(
        "  word errors       \(percent(wordErrorRateBefore)) → \(percent(wordErrorRateAfter))\(change(wordErrorsBefore, wordErrorsAfter))"
      )
      lines.append(
        "  character errors  \(percent(characterErrorRateBefore)) → \(percent(characterErrorRateAfter))\(change(characterErrorsBefore, characterErrorsAfter))"
      )
      lines.append("  passages          \(improved) improved, \(worsened) made worse")
    }
    lines.append("  damaged words     \(repaired) repaired, \(missed) missed")
    lines.append("  good words        \(wronglyChanged) changed")
    lines.append("  precision \(percent(counts.precision)), recall \(percent(counts.recall))")
    if !wrongExamples.isEmpty { lines.append("  changed: " + wrongExamples.joined(separator: "; ")) }
    if !missedExamples.isEmpty { lines.append("  missed: " + missedExamples.joined(separator: "; ")) }
    return lines.joined(separator: "\n")
  }
}
