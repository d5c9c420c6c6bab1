/// The rules that set right what the chain cannot know; applied in this order to the decoded runs.
enum FieldRules {
  /// Makes runs of the states of a path.
  static func runs(_ path: [Int]) -> [FieldRun] {
    var runs: [FieldRun] = []
    for (k, state) in path.enumerated() {
      let label = FieldState.label(state)
      if let last = runs.last, last.label == label, label == nil || FieldState.isInner(state) {
        runs[runs.count - 1].last = k
      } else {
        runs.append(FieldRun(label, k, k))
      }
    }
    return runs
  }

  /// `cues` are the classes of the words.
  static func apply(_ runs: [FieldRun], _ tokens: ReferenceTokens, _ cues: [Cue]) -> [FieldRun] {
    var runs = runs
    leadingNumber(&runs, tokens)
    addresses(&runs, tokens, cues)
    pinpoints(&runs)
    people(&runs, cues)
    book(&runs, cues)
    return runs
  }

  /// A number before the first name or title is the citation number: "[12] Weber, M.", "3. Simmel".
  private static func leadingNumber(_ runs: inout [FieldRun], _ tokens: ReferenceTokens) {
    guard let first = runs.first, first.last > first.first, let label = first.label,
      label == .author || label == .editor || label == .title
    else { return }
    switch tokens.number[0] {
    case .digits1, .digits2, .digits3: break
    default: return
    }
    let gap = tokens.gaps[1]
    let closes = gap.marks.contains(.square) || gap.marks.contains(.stop)
    let plain = gap.signs == 0x20 || gap.marks.contains(.close) || gap.marks.contains(.colon)
    guard tokens.startsUpper[1], closes || (plain && label != .title) else { return }
    runs[0] = FieldRun(.citationNumber, 0, 0)
    runs.insert(FieldRun(label, 1, first.last), at: 1)
  }

  /// A URL is a URL wherever it stands.
  private static func addresses(_ runs: inout [FieldRun], _ tokens: ReferenceTokens, _ cues: [Cue]) {
    guard tokens.kind.contains(.url) || tokens.kind.contains(.doi) else { return }
    runs = runs.flatMap { run -> [FieldRun] in
      if run.label == .url || run.label == .doi {
        // Words behind the address ("10.1787/6032 Retrieved 2010-08-07") are no part of it.
        guard
          let last = (run.first...run.last).last(where: { tokens.kind[$0] == .url || tokens.kind[$0] == .doi }
          ),
          (last + 1..<run.last + 1).contains(where: { cues[$0] == .acc && tokens.kind[$0] == .word })
        else { return [run] }
        return [FieldRun(run.label, run.first, last), FieldRun(.note, last + 1, run.last)]
      }
      var parts: [FieldRun] = []
      var from = run.first
      for k in run.first...run.last where tokens.kind[k] == .url {
        if k > from { parts.append(FieldRun(run.label, from, k - 1)) }
        parts.append(FieldRun(.url, k, k))
        from = k + 1
      }
      if from <= run.last { parts.append(FieldRun(run.label, from, run.last)) }
      return parts
    }
  }

  /// "Translated by Robert Hurley and Helen Lane" are translators, "edited by" them editors, wherever they stand.
  private static func people(_ runs: inout [FieldRun], _ cues: [Cue]) {
    for index in runs.indices.dropFirst()
    where runs[index].label == .author && runs[index].last > runs[index].first {
      let (first, second) = (cues[runs[index].first], cues[runs[index].first + 1])
      if first == .tr, second == .by || runs[index].last > runs[index].first + 1 {
        runs[index].label = .translator
      } else if first == .ed, second == .by {
        runs[index].label = .editor
      }
    }
  }

  /// "‘Piece’ in U. Keel and A. Harlow, Book": the title behind the editors of a book is that of the book.
  private static func book(_ runs: inout [FieldRun], _ cues: [Cue]) {
    guard !runs.contains(where: { $0.label == .containerTitle }),
      let title = runs.firstIndex(where: { $0.label == .title }),
      let editor = runs[title...].firstIndex(where: { $0.label == .editor && cues[$0.first] == .in }),
      let second = runs[editor...].firstIndex(where: { $0.label == .title })
    else { return }
    runs[second].label = .containerTitle
  }

  /// A pinpoint in a reference without pages is its pages.
  private static func pinpoints(_ runs: inout [FieldRun]) {
    guard !runs.contains(where: { $0.label == .pages }) else { return }
    for index in runs.indices where runs[index].label == .citedRange { runs[index].label = .pages }
  }

  /// Nothing is dropped: words that belong to no field are left as a run of their own, but for those that only
  /// join fields ("and", "in", "at").
  static func keepLeftovers(_ runs: [FieldRun], _ tokens: ReferenceTokens, _ cues: [Cue]) -> [FieldRun] {
    runs.map { run in
      let words = run.first...run.last
      // "ch. 2": a word, however short, with its number.
      let counts = words.dropFirst().contains { tokens.number[$0].isDigits && tokens.length[$0 - 1] > 1 }
      let says =
        counts
        || words.contains { k in
          switch cues[k] {
          case .and, .in, .by, .part: false
          default: tokens.length[k] > 2 && tokens.number[k] == .none && tokens.kind[k] == .word
          }
        }
      return run.label == nil && says ? FieldRun(.leftover, run.first, run.last) : run
    }
  }
}
