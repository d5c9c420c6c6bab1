/// Rules that set right single fields by the words in them, as the conventions of lists have it: who is a translator,
/// what numbers a document, where a field ends that two labels share.
struct FieldDetails {
  private(set) var runs: [FieldRun]
  private let tokens: ReferenceTokens
  private let cues: [Cue]
  private let text: [UInt8]

  /// The decoded runs of a reference with every rule applied to them in turn.
  static func apply(_ runs: [FieldRun], _ tokens: ReferenceTokens, _ cues: [Cue], _ text: [UInt8])
    -> [FieldRun]
  {
    var details = FieldDetails(runs: runs, tokens: tokens, cues: cues, text: text)
    details.wordsAsDates()
    details.undated()
    details.roleBehindYear()
    details.editorsInFront()
    details.roles()
    details.namesBehindTitle()
    details.titleBeforeEditors()
    details.documentNumbers()
    details.reportNumbers()
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
  private func gap(_ k: Int) -> ArraySlice<UInt8> {
    guard k > 0, k < tokens.count else { return [] }
    return text[tokens.end[k - 1]..<tokens.start[k]]
  }

  /// What stands behind the last word of a run, at most three bytes.
  private func behind(_ k: Int) -> ArraySlice<UInt8> {
    text[tokens.end[k]..<min(text.count, tokens.end[k] + 3)]
  }

  private func says(_ k: Int, _ words: [String]) -> Bool {
    guard tokens.kind[k] == .word else { return false }
    let bytes = text[tokens.start[k]..<tokens.end[k]]
    return words.contains { word in
      word.utf8.count == bytes.count && zip(word.utf8, bytes).allSatisfy { $0 == $1 | ($1 < 0x80 ? 0x20 : 0) }
    }
  }

  /// Two to six capitals and nothing else.
  private func isAcronym(_ k: Int) -> Bool {
    let bytes = text[tokens.start[k]..<tokens.end[k]]
    return (1...6).contains(bytes.count) && bytes.allSatisfy { (0x41...0x5A).contains($0) }
  }

  private func hasDate(outside words: ClosedRange<Int>) -> Bool {
    runs.contains { $0.label == .date && !words.overlaps($0.first...$0.last) }
  }

  /// Whether the words are names: capitals, particles, "and".
  private func areNames(_ words: ClosedRange<Int>) -> Bool {
    words.count <= 12
      && words.allSatisfy { k in
        tokens.kind[k] == .word && tokens.number[k] != .year
          && (tokens.startsUpper[k] || cues[k] == .part || cues[k] == .and || cues[k] == .etal)
      } && words.contains { tokens.startsUpper[$0] && tokens.length[$0] > 1 }
  }

  /// Whether a sentence ends before word k: a stop that is none of an initial.
  private func endsSentence(before k: Int) -> Bool {
    tokens.gaps[k].marks.contains(.stop) && tokens.length[k - 1] > 2 && tokens.number[k - 1] != .romanUpper
  }

  // MARK: - Changing runs

  /// Gives words a label of their own, whatever labels they had.
  private mutating func carve(_ words: ClosedRange<Int>, _ label: FieldLabel) {
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

  // MARK: - The rules

  /// A date has a figure, a month or a word for its absence.
  private mutating func wordsAsDates() {
    for index in runs.indices where runs[index].label == .date {
      let isOne = (runs[index].first...runs[index].last).contains {
        tokens.number[$0] != .none || cues[$0] == .mon || cues[$0] == .nd || tokens.length[$0] < 3
          || says($0, ["press", "inpress", "submitted", "undated", "today"])
      }
      if !isOne { runs[index].label = nil }
    }
  }

  /// "Ostrow, Helen. N.d. Title": no date.
  private mutating func undated() {
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

  /// "Ada Keel, ed. and trans." has its roles with the names; "W. D. Keel, trans." are translators.
  private mutating func roles() {
    var index = 0
    while index < runs.count {
      let label = runs[index].label
      guard label == .editor || label == .translator else {
        index += 1
        continue
      }
      if index + 1 < runs.count, runs[index + 1].label == .note || runs[index + 1].label == nil {
        let next = runs[index + 1].first...runs[index + 1].last
        let areRoles =
          next.allSatisfy { [.ed, .tr, .and].contains(cues[$0]) }
          && next.contains { cues[$0] != .and } && !tokens.gaps[next.lowerBound].marks.contains(.stop)
        if areRoles {
          runs[index].last = next.upperBound
          runs.remove(at: index + 1)
        }
      }
      let words = runs[index].first...runs[index].last
      if label == .editor, words.contains(where: { cues[$0] == .tr }),
        !words.contains(where: { cues[$0] == .ed })
      {
        runs[index].label = .translator
      }
      index += 1
    }
  }

  /// "The Quiet Tariff. Ada Keel, trans." and "…. Ada Keel and Olu Ostrow, eds.": names and their role at the end of a title
  /// are none of it.
  private mutating func namesBehindTitle() {
    for run in runs where run.label == .title || run.label == .containerTitle {
      var role = run.last
      while role > run.first + 2, [.ed, .tr, .and].contains(cues[role - 1]), cues[role] != .and { role -= 1 }
      guard role > run.first + 2, cues[run.last] == .tr || cues[run.last] == .ed, cues[role] != .and,
        tokens.gaps[role].marks.contains(.comma), behind(run.last).first == 0x2E
      else { continue }
      guard
        let start = ((run.first + 1)...(role - 2)).last(where: { endsSentence(before: $0) }),
        areNames(start...(role - 1))
      else { continue }
      let translates = (role...run.last).contains { cues[$0] == .tr }
      let edits = (role...run.last).contains { cues[$0] == .ed }
      carve(start...run.last, translates && !edits ? .translator : .editor)
      return
    }
  }

  /// "In Barter and Value. Ada Keel and Olu Ostrow, eds.": the book stands before its editors.
  private mutating func titleBeforeEditors() {
    guard !runs.contains(where: { $0.label == .containerTitle }),
      let run = runs.first(where: { $0.label == .editor && cues[$0.first] == .in && $0.last - $0.first > 3 }),
      cues[run.last] == .ed,
      let start = ((run.first + 2)...(run.last - 1)).first(where: { endsSentence(before: $0) }),
      areNames(start...(run.last - 1))
    else { return }
    carve(run.first...(start - 1), .containerTitle)
  }

  /// "SEC (2001) 1747", "A/RES/3201 (S-VI)": the numbers of documents, which are no dates, volumes or publishers.
  private mutating func documentNumbers() {
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
    guard tokens.length[k] > 1, gap(k + 1).contains(0x28), gap(k + 1).count <= 2,
      tokens.number[k + 1] == .year,
      gap(k + 2).first == 0x29, gap(k + 2).count <= 2, tokens.number[k + 2].isDigits,
      hasDate(outside: k...(k + 2)),
      runs.contains(where: { $0.label == .date && $0.first <= k + 1 && $0.last >= k + 2 })
    else { return nil }
    return k + 2
  }

  /// "A/RES/3201 (S-VI)", "E/CN.4/1998/53": the last word of such a number.
  private func slashedNumber(_ k: Int) -> Int? {
    guard let run = runs.first(where: { $0.first <= k && k <= $0.last }) else { return nil }
    switch run.label {
    case .publisher, .location, .note, .genre, .issue, .volume, .containerTitle, nil: break
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

  /// "Tech. Rep. 17, 1997": the number of a report before the year.
  private mutating func reportNumbers() {
    guard
      let run = runs.first(where: { run in
        run.label == .date && run.first > 0 && run.last > run.first && tokens.number[run.first].isDigits
          && tokens.number[run.last] == .year && cues[run.first + 1] != .mon
          && gap(run.first + 1).first == 0x2C
      }), cues[run.first - 1] == .rep || cues[run.first - 1] == .no || says(run.first - 1, ["rep", "memo"])
    else { return }
    carve(run.first...run.first, .issue)
  }

  /// "Keel, Ada (1989) (eds.)": the role stands behind the year, and the names before it are editors.
  private mutating func roleBehindYear() {
    guard let index = runs.firstIndex(where: { $0.label == .date }), index > 0,
      runs[index - 1].label == .author,
      runs[index].last > runs[index].first, cues[runs[index].last] == .ed,
      tokens.number[runs[index].last - 1] == .year
    else { return }
    runs[index - 1].label = .editor
    let role = runs[index].last
    carve(role...role, .editor)
  }

  /// "Keel, A., Ostrow, O., …, and Harlow, D. (eds.)": names that one role closes have it all.
  private mutating func editorsInFront() {
    let first = runs.first?.label == .citationNumber ? 1 : 0
    guard first + 1 < runs.count, runs[first].label == .author, runs[first + 1].label == .editor else {
      return
    }
    let second = runs[first + 1]
    guard second.last > second.first, cues[second.last] == .ed,
      ![.in, .ed, .by, .tr].contains(cues[second.first])
    else { return }
    runs[first + 1] = FieldRun(.editor, runs[first].first, second.last)
    runs.remove(at: first)
  }

  /// "The Quiet Tariff (Studies in Trade, 12; Leiden: …": a bracket that opens in a title and closes beyond it holds the
  /// series, and so does one that closes with the title behind a number.
  private mutating func seriesInBrackets() {
    guard let run = runs.first(where: { $0.label == .title && $0.last > $0.first + 1 }),
      !runs.contains(where: { $0.label == .collectionTitle })
    else { return }
    var open: Int?
    for k in (run.first + 1)...run.last {
      if gap(k).contains(0x29) { open = nil }
      if gap(k).last == 0x28 || gap(k).last == 0x7B { open = k }
    }
    guard let open, tokens.startsUpper[open] else { return }
    let isNumbered = run.last > open && tokens.number[run.last].isDigits && tokens.number[run.last] != .year
    let closes = [0x29, 0x7D].contains(behind(run.last).first)
    let last = isNumbered ? run.last - 1 : run.last
    guard !closes || isNumbered, last > open else { return }
    if isNumbered { carve(run.last...run.last, .volume) }
    carve(open...last, .collectionTitle)
  }

  /// "‘Opera Seria’, The Grove Dictionary": what stands behind the closing quotation mark is no part of the title.
  private mutating func containerBehindQuotes() {
    guard !runs.contains(where: { $0.label == .containerTitle }),
      let run = runs.first(where: { $0.label == .title && $0.last > $0.first + 1 }),
      isQuote(gap(run.first))
    else { return }
    let start = ((run.first + 1)...run.last).first { k in
      tokens.gaps[k].marks.contains(.comma) && tokens.startsUpper[k] && isQuote(gap(k))
    }
    if let start { carve(start...run.last, .containerTitle) }
  }

  private func isQuote(_ gap: ArraySlice<UInt8>) -> Bool {
    gap.contains { $0 == 0x22 || $0 == 0x27 || (0x98...0x9F).contains($0) }
  }

  /// "61 Quill Law Review 11, 12 (1983)": where the volume leads the journal, or a year in square brackets does, the bare
  /// number behind it is the first page, and the next one a pinpoint.
  private mutating func pageBehindJournal() {
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
      if index + 2 < runs.count, runs[index + 2].label == .pages { runs[index + 2].label = .citedRange }
      guard !runs.contains(where: { $0.label == .pages }) else { return }
      runs[index + 1].label = .pages
      return
    }
  }

  /// "ch. 3" is no issue.
  private mutating func chapters() {
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
  private mutating func addressCues() {
    guard let index = runs.firstIndex(where: { $0.label == .doi }), index > 0,
      runs[index - 1].first == runs[index - 1].last, says(runs[index - 1].first, ["doi"])
    else { return }
    runs[index].first = runs[index - 1].first
    runs.remove(at: index - 1)
  }

  /// "Quill Rev. [Online]": the medium is none of the title.
  private mutating func medium() {
    for run in runs where run.label == .containerTitle || run.label == .title {
      guard run.last > run.first, cues[run.last] == .acc, gap(run.last).last == 0x5B,
        behind(run.last).first == 0x5D
      else { continue }
      carve(run.last...run.last, .note)
      return
    }
  }
}
