/// Rules that end a title where its brackets and quotation marks say so.
extension FieldDetails {
  /// "Keel, E. W. Barter, New York": behind the initials of a name that is turned round no further name follows without a
  /// sign between, unless it is a given one ("Keel, J. Calvin").
  mutating func titleBehindInitials() {
    guard let index = runs.firstIndex(where: { $0.label == .author }), index < 2, index + 1 < runs.count,
      runs[index].last > runs[index].first + 1, runs[index + 1].label != .date
    else { return }
    let (first, last) = (runs[index].first, runs[index].last)
    // A list that begins with a name turned round has no other kind but at its end behind "and".
    guard !isInitial(first), gap(first + 1).first == 0x2C else { return }
    guard tokens.length[last] > 2, tokens.startsUpper[last], tokens.shape[last] != ReferenceTokens.shapeXX,
      cues[last] == .none, isInitial(last - 1), gap(last).elementsEqual([0x2E, 0x20])
    else { return }
    var family = last - 1
    while family > runs[index].first, isInitial(family) { family -= 1 }
    let hasTitle = runs.contains { $0.label == .title }
    let followed = behind(last).first == 0x2C
    // A name may follow an initial ("Phillips, U. Bonnell"), so that a word must be known for none where a title stands
    // behind it; where none does, two initials are enough.
    let names = NameClass(rawValue: gazetteers.word(tokens.fold[last]))
    let mayBeName = hasTitle ? !names.isDisjoint(with: .names) : names.contains(.given) && last - family < 3
    guard !isInitial(family), gap(family + 1).first == 0x2C, followed || !hasTitle, !mayBeName else { return }
    let next = runs[index + 1]
    if next.label == .title, followed {
      carve(last...next.last, .title)
    } else if !hasTitle {
      carve(last...last, .title)
    }
  }

  private func isInitial(_ k: Int) -> Bool { tokens.length[k] == 1 && tokens.startsUpper[k] }

  /// "A. Keel and O. Ostrow (eds.), Barter and Value (London: Sage, 1990)": a book by editors that is cited whole is no
  /// container.
  mutating func bookOfEditors() {
    let labels = Set(runs.compactMap(\.label))
    guard !labels.contains(.title), !labels.contains(.author), !labels.contains(.issue),
      labels.contains(.publisher) || labels.contains(.location),
      let book = runs.firstIndex(where: { $0.label == .containerTitle }),
      let editor = runs.firstIndex(where: { $0.label == .editor }), editor < book,
      cues[runs[editor].first] != .in, cues[runs[book].first] != .in
    else { return }
    runs[book].label = .title
  }

  /// "The Quiet Tariff (Studies in Trade, 12; Leiden: …": a bracket that opens in a title and closes beyond it holds the
  /// series, and so does one that closes with the title behind a number.
  mutating func seriesInBrackets() {
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
    let beyond =
      run.last + 1 < tokens.count ? gap(run.last + 1) : text[tokens.end[run.last]..<text.count]
    let closes = beyond.contains(0x29) || beyond.contains(0x7D)
    let goesOn = !closes && (beyond.first == 0x2C || beyond.first == 0x3B)
    // "Series C No. 75": the word for the number goes with it.
    let hasCue = isNumbered && (cues[run.last - 1] == .no || cues[run.last - 1] == .vol)
    let number = hasCue ? run.last - 1 : run.last
    let last = isNumbered ? number - 1 : run.last
    guard goesOn || isNumbered, last > open else { return }
    if isNumbered { carve(number...run.last, .volume) }
    carve(open...last, .collectionTitle)
  }

  /// "‘Opera Seria’, The Grove Dictionary": what stands behind the closing quotation mark is no part of the title.
  mutating func containerBehindQuotes() {
    guard !runs.contains(where: { $0.label == .containerTitle }),
      let run = runs.first(where: { $0.label == .title && $0.last > $0.first + 1 }),
      isQuote(gap(run.first))
    else { return }
    let start = ((run.first + 1)...run.last).first { k in
      tokens.gaps[k].marks.contains(.comma) && tokens.startsUpper[k] && isQuote(gap(k))
    }
    // "‘Race’, Writing and Difference" is a title; a piece has pages, and its book an edition or editors.
    let isPiece = runs.contains { [.pages, .edition, .editor, .volume].contains($0.label) }
    if let start, start > run.first + 1, isPiece { carve(start...run.last, .containerTitle) }
  }

  private func isQuote(_ gap: ArraySlice<UInt8>) -> Bool {
    gap.contains { $0 == 0x22 || $0 == 0x27 || (0x98...0x9F).contains($0) }
  }

  /// "Quill Rev. [Online]": the medium is none of the title.
  mutating func medium() {
    for run in runs where run.label == .containerTitle || run.label == .title {
      guard run.last > run.first, cues[run.last] == .acc, gap(run.last).last == 0x5B,
        behind(run.last).first == 0x5D
      else { continue }
      carve(run.last...run.last, .note)
      return
    }
  }
}
