/// Brings the labels of the training sets, each with habits of its own, to one convention.
///
/// Without this the model learns contradictions (worth two points of whole references).
/// Cue words go inside the field that they introduce or close, so that fields touch and the chain
/// remembers what came before.
struct LabelCleanup {
  private struct Run {
    var name: String
    var first: Int
    var last: Int
  }

  private let gazetteers: Gazetteers
  init(gazetteers: Gazetteers) { self.gazetteers = gazetteers }

  /// The state of each word of a gold reference.
  func states(_ reference: GoldReference, _ tokens: ReferenceTokens) -> [UInt8] {
    var states = [UInt8](repeating: 0, count: tokens.count)
    for run in runs(reference, tokens) {
      guard let label = run.label else { continue }
      for k in run.first...run.last {
        states[k] = UInt8(k == run.first ? FieldState.first(label) : FieldState.inner(label))
      }
    }
    return states
  }

  /// The labelled runs of words, unlabelled ones included, neighbours of one label merged.
  func runs(_ reference: GoldReference, _ tokens: ReferenceTokens) -> [FieldRun] {
    let cues = tokens.lower.map { gazetteers.cue($0) }
    var runs = labelled(reference, tokens)
    if reference.source.hasPrefix("linkedbooks") { runs = linkedBooks(runs, tokens, cues) }
    if reference.source.hasPrefix("anystyle") {
      containerWithoutTitle(&runs)
      runs = parted(runs, tokens)
    }
    rename(&runs, tokens, cues)
    runs = runs.flatMap { splitVolume($0, tokens, cues) }
    runs = attachCues(runs, tokens, cues)
    var merged: [FieldRun] = []
    for run in runs {
      let label = FieldLabel(name: run.name)
      if let last = merged.last, last.label == label, last.last == run.first - 1 {
        merged[merged.count - 1].last = run.last
      } else {
        merged.append(FieldRun(label, run.first, run.last))
      }
    }
    return merged.map { relabelled($0, tokens, cues) }
  }

  /// "Weber, Max, ed." is an editor and "Trans. Julia Kirk" a translator, whoever leads the entry; the day of access
  /// is a note.
  private func relabelled(_ run: FieldRun, _ tokens: ReferenceTokens, _ cues: [Cue]) -> FieldRun {
    var run = run
    if run.label == .author, run.last > run.first {
      if cues[run.first] == .tr, !tokens.gaps[run.first].marks.contains(.open) { run.label = .translator }
      // "Sverdlov ED" is initials.
      if cues[run.last] == .ed, tokens.shape[run.last] != ReferenceTokens.shapeXX { run.label = .editor }
    } else if run.label == nil || run.label == .date {
      let from = run.label == nil ? run.first : max(0, run.first - 2)
      let isAccess =
        (from..<run.last).contains { cues[$0] == .acc && tokens.kind[$0] == .word }
        && !(from..<run.first).contains { tokens.kind[$0] != .word }
      if isAccess, (run.first...run.last).contains(where: { tokens.number[$0] == .year }) {
        run.label = .note
      }
    }
    return run
  }

  /// Each word takes the label of the field that covers at least half of it.
  private func labelled(_ reference: GoldReference, _ tokens: ReferenceTokens) -> [Run] {
    var names = [String](repeating: "", count: tokens.count)
    var field = [Int](repeating: -1, count: tokens.count)
    for (number, gold) in reference.fields.enumerated() {
      for k in 0..<tokens.count {
        let overlap = min(tokens.end[k], gold.range.upperBound) - max(tokens.start[k], gold.range.lowerBound)
        if overlap > 0, 2 * overlap >= tokens.end[k] - tokens.start[k] {
          names[k] = gold.label
          field[k] = number
        }
      }
    }
    return grouped(names, field)
  }

  private func grouped(_ names: [String], _ field: [Int]) -> [Run] {
    var runs: [Run] = []
    for k in names.indices {
      if k > 0, names[k] == names[k - 1], field[k] == field[k - 1] {
        runs[runs.count - 1].last = k
      } else {
        runs.append(Run(name: names[k], first: k, last: k))
      }
    }
    return runs
  }

  /// LinkedBooks: a second title is the container; volume and date are one field; editors are authors.
  private func linkedBooks(_ runs: [Run], _ tokens: ReferenceTokens, _ cues: [Cue]) -> [Run] {
    var result: [Run] = []
    var titles = 0
    for (index, run) in runs.enumerated() {
      var run = run
      switch run.name {
      case "title":
        titles += 1
        if titles > 1 {
          run.name = "container-title"
        } else if let container = quotedBoundary(run, tokens) {
          // "Title, «Journal»" and "«Title», Journal" are one field there.
          result.append(Run(name: "title", first: run.first, last: container - 1))
          run = Run(name: "container-title", first: container, last: run.last)
          titles += 1
        }
      case "author":
        let first = cues[run.first]
        let aCuraDi = first == .by && run.last > run.first && tokens.length[run.first] == 1
        if index > 0, first == .ed || first == .in || aCuraDi { run.name = "editor" }
      case "archive": run.name = "archival"
      case "volume-date":
        for k in run.first...run.last {
          result.append(Run(name: tokens.number[k] == .year ? "date" : "volume", first: k, last: k))
        }
        continue
      default: break
      }
      result.append(run)
    }
    return result
  }

  /// Where a title that is quoted ends and goes on unquoted, or the other way round, with a comma between.
  private func quotedBoundary(_ run: Run, _ tokens: ReferenceTokens) -> Int? {
    guard run.last > run.first else { return nil }
    for k in (run.first + 1)...run.last {
      let marks = tokens.gaps[k].marks
      if marks.contains(.quote), marks.contains(.comma), tokens.startsUpper[k] { return k }
    }
    return nil
  }

  /// AnyStyle: a container without a title or volume, with an imprint, is the title.
  private func containerWithoutTitle(_ runs: inout [Run]) {
    let names = Set(runs.map(\.name))
    guard !names.contains("title"), !names.contains("volume"),
      names.contains("publisher") || names.contains("location"),
      let index = runs.firstIndex(where: { $0.name == "container-title" })
    else { return }
    runs[index].name = "title"
  }

  /// AnyStyle labels what no space divides as one: "2013;122(2):179" is a volume, "290:152-157" pages. Where the
  /// reference has no date, the year is cut off; where it has no pages, what follows the colon; where it has no
  /// volume, what stands before it.
  private func parted(_ runs: [Run], _ tokens: ReferenceTokens) -> [Run] {
    let names = Set(runs.map(\.name))
    var result: [Run] = []
    for run in runs {
      var run = run
      if run.name == "volume", !names.contains("date"), run.last > run.first,
        let year = (run.first...run.last).first(where: { tokens.number[$0] == .year })
      {
        // "18(1979)1" has its year between volume and issue, "Jun 2011;29(17)" before both.
        let isBetween = year > run.first && tokens.gaps[year].marks.contains(.open)
        if isBetween { result.append(Run(name: "volume", first: run.first, last: year - 1)) }
        result.append(Run(name: "date", first: isBetween ? year : run.first, last: year))
        if year == run.last { continue }
        run = Run(name: isBetween ? "issue" : "volume", first: year + 1, last: run.last)
      }
      let holdsBoth =
        run.name == "volume" ? !names.contains("pages") : run.name == "pages" && !names.contains("volume")
      if holdsBoth, run.name == "volume" || isNumber(tokens, run.first), let pages = colon(run, tokens) {
        result.append(Run(name: "volume", first: run.first, last: pages - 1))
        run = Run(name: "pages", first: pages, last: run.last)
      }
      result.append(run)
    }
    return result
  }

  /// The number behind the first colon between two numbers.
  private func colon(_ run: Run, _ tokens: ReferenceTokens) -> Int? {
    (run.first..<run.last).map { $0 + 1 }.first {
      tokens.gaps[$0].marks.contains(.colon) && isNumber(tokens, $0) && isNumber(tokens, $0 - 1)
    }
  }

  private func rename(_ runs: inout [Run], _ tokens: ReferenceTokens, _ cues: [Cue]) {
    for index in runs.indices {
      let run = runs[index]
      let words = run.first...run.last
      switch run.name {
      case "note":
        if words.allSatisfy({ cues[$0] == .acc || cues[$0] == .in || isLink(tokens, $0) }) {
          runs[index].name = ""
        } else if words.count <= 4, words.contains(where: { cues[$0] == .edn }),
          !words.contains(where: { tokens.number[$0] == .year })
        {
          runs[index].name = "edition"
        }
      case "translator":
        if !words.contains(where: { tokens.startsUpper[$0] }) { runs[index].name = "note" }
      case "signal", "comment": runs[index].name = ""
      default: break
      }
    }
  }

  /// Words of one to four small letters ("from", "at", "on", "the"), as in "Retrieved from".
  private func isLink(_ tokens: ReferenceTokens, _ k: Int) -> Bool {
    tokens.length[k] <= 4 && !tokens.startsUpper[k] && tokens.number[k] == .none && tokens.kind[k] == .word
  }

  private func isNumber(_ tokens: ReferenceTokens, _ k: Int) -> Bool { tokens.number[k] != .none }

  /// "45(3)", "Vol. 43, No. 2", "12, 4": a volume with two numbers is cut into volume and issue.
  private func splitVolume(_ run: Run, _ tokens: ReferenceTokens, _ cues: [Cue]) -> [Run] {
    guard run.name == "volume", run.last > run.first else { return [run] }
    let first = (run.first...run.last).first { isNumber(tokens, $0) } ?? run.last
    for k in (run.first + 1)..<(run.last + 1) where k > first {
      guard (k...run.last).contains(where: { isNumber(tokens, $0) }) else { break }
      let gap = tokens.gaps[k]
      let bracket = gap.marks.contains(.open)
      let separates = !gap.marks.contains(.dashOnly)
      if bracket || cues[k] == .no || (separates && isNumber(tokens, k)) {
        return [
          Run(name: "volume", first: run.first, last: k - 1), Run(name: "issue", first: k, last: run.last),
        ]
      }
    }
    return [run]
  }

  /// Cue words that stand bare join the field that they introduce, or the one that they close.
  private func attachCues(_ runs: [Run], _ tokens: ReferenceTokens, _ cues: [Cue]) -> [Run] {
    let n = tokens.count
    var names = [String](repeating: "", count: n)
    var field = [Int](repeating: -1, count: n)
    for (number, run) in runs.enumerated() {
      for k in run.first...run.last {
        names[k] = run.name
        field[k] = number
      }
    }
    for k in stride(from: n - 2, through: 0, by: -1) where names[k].isEmpty {
      let next = names[k + 1]
      let joins =
        switch cues[k] {
        case .in: k > 0 && ["editor", "container-title", "title", "author"].contains(next)
        case .pp: next == "pages" || next == "cited-range"
        case .vol: next == "volume"
        case .no: next == "issue" || next == "volume"
        case .tr:
          next == "translator"
            || (next == "editor"
              && (k + 2 < n && cues[k + 1] == .by || isOneOfTwoRoles(k, cues)))
        case .and:
          next == "editor" && k > 0 && (cues[k - 1] == .ed || cues[k - 1] == .tr) && names[k - 1].isEmpty
        case .ed: next == "editor"
        case .by, .part: next == "translator" || next == "editor"
        default: false
        }
      if joins { (names[k], field[k]) = (next, field[k + 1]) }
    }
    for k in 1..<max(n, 1) where names[k].isEmpty {
      let previous = names[k - 1]
      let isName = previous == "editor" || previous == "author"
      let etAl = cues[k] == .etal || (cues[k] == .and && k + 1 < n && cues[k + 1] == .etal)
      if (isName && (cues[k] == .ed || etAl)) || (previous == "edition" && cues[k] == .edn)
        || (previous == "volume" && cues[k] == .vol)
      {
        (names[k], field[k]) = (previous, field[k - 1])
      }
    }
    return grouped(names, field)
  }

  /// "ed. and trans." and "trans. and ed.": whether the word for translating stands in such a pair.
  private func isOneOfTwoRoles(_ k: Int, _ cues: [Cue]) -> Bool {
    (k > 1 && cues[k - 1] == .and && cues[k - 2] == .ed)
      || (k + 2 < cues.count && cues[k + 1] == .and && cues[k + 2] == .ed)
  }
}
