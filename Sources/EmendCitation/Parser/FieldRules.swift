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

  static func apply(_ runs: [FieldRun], _ tokens: ReferenceTokens) -> [FieldRun] {
    var runs = runs
    leadingNumber(&runs, tokens)
    addresses(&runs, tokens)
    pinpoints(&runs)
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
  private static func addresses(_ runs: inout [FieldRun], _ tokens: ReferenceTokens) {
    guard tokens.kind.contains(.url) else { return }
    runs = runs.flatMap { run -> [FieldRun] in
      if run.label == .url || run.label == .doi { return [run] }
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

  /// A pinpoint in a reference without pages is its pages.
  private static func pinpoints(_ runs: inout [FieldRun]) {
    guard !runs.contains(where: { $0.label == .pages }) else { return }
    for index in runs.indices where runs[index].label == .citedRange { runs[index].label = .pages }
  }

  /// Nothing is dropped: words that belong to no field are left as a run of their own, but for those that only
  /// join fields ("and", "in", "at").
  static func keepLeftovers(_ runs: [FieldRun], _ tokens: ReferenceTokens, _ cues: [Cue]) -> [FieldRun] {
    runs.map { run in
      let says = (run.first...run.last).contains { k in
        switch cues[k] {
        case .and, .in, .by, .part: false
        default: tokens.length[k] > 2 && tokens.number[k] == .none && tokens.kind[k] == .word
        }
      }
      return run.label == nil && says ? FieldRun(.leftover, run.first, run.last) : run
    }
  }
}
