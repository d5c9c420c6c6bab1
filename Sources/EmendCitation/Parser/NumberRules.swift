/// Rules that tell by what stands beside a number whether it dates, counts or places.
extension FieldDetails {
  /// No article of a journal that leads with its volume is longer, pages.
  private static let longestArticle = 100

  /// The value of a number of up to six figures, else -1.
  private func value(_ k: Int) -> Int {
    guard tokens.number[k].isDigits || tokens.number[k] == .year, tokens.length[k] <= 6 else { return -1 }
    return text[tokens.start[k]..<tokens.end[k]].reduce(0) { $0 * 10 + Int($1 & 15) }
  }

  /// A date has a figure, a month or a word for its absence.
  mutating func wordsAsDates() {
    for index in runs.indices where runs[index].label == .date {
      let isOne = (runs[index].first...runs[index].last).contains {
        tokens.number[$0] != .none || cues[$0] == .mon || cues[$0] == .nd || tokens.length[$0] < 3
          || says($0, ["press", "inpress", "submitted", "undated", "today"])
      }
      if !isOne { runs[index].label = nil }
    }
  }

  /// "Ostrow, Helen. N.d. Title": no date.
  mutating func undated() {
    guard !runs.contains(where: { $0.label == .date }) else { return }
    for run in runs where run.label != .note && run.last > run.first {
      for k in run.first..<run.last where says(k, ["n"]) && says(k + 1, ["d"]) && !tokens.startsUpper[k + 1] {
        guard k == run.first || k + 1 == run.last, gap(k + 1).first == 0x2E, behind(k + 1).first == 0x2E
        else {
          continue
        }
        carve(k...(k + 1), .date)
        return
      }
    }
  }

  /// "Mexico City, February": the month of a meeting is none of its place.
  mutating func monthBehindPlace() {
    for run in runs where run.label == .location && run.last > run.first {
      guard cues[run.last] == .mon, gap(run.last).contains(0x2C), hasDate(outside: run.last...run.last) else {
        continue
      }
      carve(run.last...run.last, .date)
      return
    }
  }

  /// "SEC (2001) 1747", "A/RES/3201 (S-VI)": the numbers of documents, which are no dates, volumes or publishers.
  mutating func documentNumbers() {
    var k = 0
    while k + 2 < tokens.count {
      defer { k += 1 }
      guard isAcronym(k) else { continue }
      if let last = yearNumber(k) ?? slashedNumber(k) {
        carve(k...last, .identifier)
        if last + 2 < tokens.count, tokens.number[last + 1].isDigits, cues[last + 2] == .mon,
          let rest = runs.first(where: { $0.first == last + 1 }), rest.last == last + 2, rest.label != .date
        {
          carve((last + 1)...(last + 2), .date)
        }
        k = last
      }
    }
  }

  /// "SEC (2001) 1747": the last word of such a number, where the work has another date.
  private func yearNumber(_ k: Int) -> Int? {
    if says(k, ["com", "sec", "swd", "join"]), gap(k + 1).elementsEqual([0x20, 0x28]),
      tokens.number[k + 1] == .year,
      gap(k + 2).elementsEqual([0x29, 0x20]), value(k + 2) > 0, hasDate(outside: k...(k + 2))
    {
      return k + 3 < tokens.count && says(k + 3, ["final"]) ? k + 3 : k + 2
    }
    guard tokens.length[k] > 1, gap(k + 1).contains(0x28), gap(k + 1).count <= 2,
      tokens.number[k + 1] == .year,
      gap(k + 2).first == 0x29, gap(k + 2).count <= 2,
      tokens.number[k + 2].isDigits || tokens.number[k + 2] == .year,
      hasDate(outside: k...(k + 2)),
      runs.contains(where: { $0.label == .date && $0.first <= k + 1 && $0.last >= k + 2 })
    else { return nil }
    return k + 2
  }

  /// "A/RES/3201 (S-VI)", "E/CN.4/1998/53": the last word of such a number.
  private func slashedNumber(_ k: Int) -> Int? {
    guard let run = runs.first(where: { $0.first <= k && k <= $0.last }) else { return nil }
    switch run.label {
    case .publisher, .location, .note, .genre, .issue, .volume, .containerTitle, .title, .author, nil: break
    default: return nil
    }
    guard k == run.first || tokens.gaps[k].marks.contains(.stop) || tokens.gaps[k].marks.contains(.comma)
    else {
      return nil
    }
    var (last, slashes) = (k, 0)
    while last + 1 < tokens.count, gap(last + 1).count == 1,
      let sign = gap(last + 1).first,
      sign == 0x2F || (sign == 0x2E && slashes > 0) || (sign == 0x2D && slashes > 0),
      isAcronym(last + 1) || tokens.number[last + 1] != .none || slashes > 0
    {
      if sign == 0x2F { slashes += 1 }
      last += 1
    }
    guard slashes > 1,
      (k...last).contains(where: { tokens.number[$0].isDigits || tokens.number[$0] == .year })
    else {
      return nil
    }
    // "(S-VI)"
    if last + 1 < tokens.count, gap(last + 1).elementsEqual([0x20, 0x28]) {
      var close = last + 1
      while close + 1 < tokens.count, !gap(close + 1).contains(0x29), close - last < 3 { close += 1 }
      if (last + 1...close).allSatisfy({ isAcronym($0) || tokens.number[$0] != .none }),
        close + 1 < tokens.count ? gap(close + 1).first == 0x29 : behind(close).first == 0x29
      {
        last = close
      }
    }
    return last
  }

  /// "Toll Bridges, Cm 5387, London": the number of a command paper ends the title before it.
  mutating func commandNumbers() {
    for run in runs where run.label == .title && run.last > run.first + 2 {
      guard tokens.number[run.last].isDigits || tokens.number[run.last] == .year,
        says(run.last - 1, ["cm", "cmnd", "cmd", "cd"]), !gap(run.last - 1).elementsEqual([0x20])
      else { continue }
      carve((run.last - 1)...run.last, .identifier)
      return
    }
  }

  /// "Tech. Rep. 17, 1997": the number of a report before the year.
  mutating func reportNumbers() {
    guard
      let run = runs.first(where: { run in
        run.label == .date && run.first > 0 && run.last > run.first && tokens.number[run.first].isDigits
          && tokens.number[run.last] == .year && cues[run.first + 1] != .mon
          && gap(run.first + 1).first == 0x2C
      }), cues[run.first - 1] == .rep || cues[run.first - 1] == .no || says(run.first - 1, ["rep", "memo"])
    else { return }
    carve(run.first...run.first, .issue)
  }

  /// "61 Quill Law Review 11, 12 (1983)": where the volume leads the journal, or a year in square brackets does, the bare
  /// number behind it is the first page, and the next one a pinpoint.
  mutating func pageBehindJournal() {
    for index in runs.indices
    where runs[index].label == .containerTitle && index > 0 && index + 1 < runs.count {
      let (before, after) = (runs[index - 1], runs[index + 1])
      let leads =
        before.label == .volume && tokens.number[before.last].isDigits
        || before.label == .date && gap(runs[index].first).first == 0x5D
      guard leads, after.label == .volume || after.label == .date, after.first == after.last,
        tokens.number[after.first].isDigits || tokens.number[after.first] == .year,
        gap(after.first).elementsEqual([0x20]) || gap(after.first).elementsEqual([0x2E, 0x20]),
        after.label == .volume || hasDate(outside: after.first...after.first)
      else { continue }
      if index + 2 < runs.count, runs[index + 2].label == .pages {
        // "[1998] Quill Law Journal 57, 345–67": too far off for a pinpoint, so that the first is a volume.
        let distance = value(runs[index + 2].first) - value(after.first)
        guard (0..<Self.longestArticle).contains(distance) else { return }
        runs[index + 2].label = .citedRange
      }
      guard !runs.contains(where: { $0.label == .pages }) else { return }
      runs[index + 1].label = .pages
      return
    }
  }

  /// "ch. 3" is no issue.
  mutating func chapters() {
    let words = ["ch", "chap", "chapter", "chaps", "kap", "kapitel"]
    for run in runs where run.label == .issue || run.label == .volume {
      let inside = run.last > run.first && says(run.first, words)
      guard inside || (run.first > 0 && says(run.first - 1, words)) else { continue }
      let label: FieldLabel = runs.contains { $0.label == .pages } ? .citedRange : .pages
      carve((inside ? run.first : run.first - 1)...run.last, label)
      return
    }
  }

  /// "doi:10.1017/…": the word belongs to the number.
  mutating func addressCues() {
    guard let index = runs.firstIndex(where: { $0.label == .doi }), index > 0,
      runs[index - 1].first == runs[index - 1].last, says(runs[index - 1].first, ["doi"])
    else { return }
    runs[index].first = runs[index - 1].first
    runs.remove(at: index - 1)
  }
}
