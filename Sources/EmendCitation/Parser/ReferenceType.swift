import EmendModel

/// The CSL type of a reference, from the fields that it has and the cue words in them.
struct ReferenceType {
  private let runs: [FieldRun]
  private let tokens: ReferenceTokens
  private let cues: [Cue]
  private let labels: Set<FieldLabel>

  /// "book", "article-journal", "chapter", …; "document" when nothing is known.
  static func infer(_ runs: [FieldRun], _ tokens: ReferenceTokens, _ cues: [Cue]) -> String {
    let labels = Set(runs.compactMap(\.label))
    return ReferenceType(runs: runs, tokens: tokens, cues: cues, labels: labels).name
  }

  /// Whether a field of the label has a word of the class.
  private func has(_ cue: Cue, in label: FieldLabel) -> Bool {
    runs.contains { run in run.label == label && (run.first...run.last).contains { cues[$0] == cue } }
  }

  /// "Unpublished" by itself makes no thesis of a manuscript.
  private var isThesis: Bool {
    runs.contains { run in
      (run.label == .genre || run.label == .note)
        && (run.first...run.last).contains { cues[$0] == .thes && tokens.lower[$0] != Self.unpublished }
    }
  }

  private static let unpublished = "unpublished".unicodeScalars.reduce(ReferenceTokens.lowerSeed) {
    mixed($0, UInt64($1.value))
  }

  /// "In Festschrift": the container is a book.
  private var startsWithIn: Bool {
    runs.contains { $0.label == .containerTitle && cues[$0.first] == .in }
  }

  /// "Working Paper", "Discussion Papers in Economics", "Technical Report Series".
  private var isReportSeries: Bool {
    runs.contains { run in
      run.label == .containerTitle && (run.first...run.last).count { cues[$0] == .rep } > 1
    }
  }

  private var name: String {
    if labels.contains(.archival) { return "manuscript" }
    if isThesis { return "thesis" }
    if has(.thes, in: .genre) || has(.thes, in: .note) { return "manuscript" }
    if has(.held, in: .containerTitle) { return "paper-conference" }
    if has(.proc, in: .containerTitle), !labels.contains(.volume) { return "paper-conference" }
    if labels.contains(.genre), has(.rep, in: .genre) { return "report" }
    if has(.rep, in: .containerTitle), isReportSeries { return "report" }
    if labels.contains(.containerTitle) {
      if has(.daily, in: .containerTitle), !labels.contains(.volume), !labels.contains(.publisher) {
        return "article-newspaper"
      }
      let inBook = labels.contains(.editor) || labels.contains(.publisher) || labels.contains(.location)
      if startsWithIn || (inBook && !labels.contains(.issue)) {
        return labels.contains(.title) ? "chapter" : "book"
      }
      return "article-journal"
    }
    if labels.contains(.publisher) || labels.contains(.location) || labels.contains(.edition)
      || labels.contains(.isbn)
    {
      return "book"
    }
    if labels.contains(.url), !labels.contains(.volume) { return "webpage" }
    if labels.contains(.title), labels.contains(.volume) { return "article-journal" }
    return labels.contains(.title) ? "book" : "document"
  }
}
