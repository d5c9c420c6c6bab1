import EmendModel

/// Decides line by line, from top to bottom, what is a heading, and reads the zones that certain headings
/// open: lists of endnotes and lists of references.
struct Headings: SegmentationStep {
  func apply(to galley: inout Galley) {
    var sequence: [Int] = []
    sequence.reserveCapacity(galley.lines.count)
    for index in galley.lines.indices {
      let line = galley.lines[index]
      if line.kind == .body || line.kind == .table || (line.kind == .heading && line.headingScore > 0) {
        sequence.append(index)
      }
    }
    var pass = HeadingPass(evidence: HeadingEvidence(galley, sequence: sequence))
    pass.run(&galley)
    HeadingStyles().apply(to: &galley)
    EnumeratedHeadings().apply(to: &galley)
    HeadingContinuations().apply(to: &galley)
    Authors().apply(to: &galley)
    HeadingLists().apply(to: &galley)
    bareNumbers(&galley, sequence)
    ReferenceZones().apply(to: &galley)
  }

  /// A number alone above a heading is its label.
  private func bareNumbers(_ galley: inout Galley, _ sequence: [Int]) {
    for (a, b) in zip(sequence, sequence.dropFirst())
    where galley.lines[a].kind == .heading || galley.lines[b].kind == .heading {
      let (number, heading) = (galley.lines[a], galley.lines[b])
      if number.kind == .body || number.kind == .table, heading.kind == .heading, number.page == heading.page,
        number.gapBefore >= 1, SectionNumber.isBare(galley.text, number)
      {
        galley.lines[a].kind = .heading
        galley.lines[a].headingScore = 1
      } else if number.kind == .heading, heading.kind == .body, number.page == heading.page,
        SectionNumber.isBare(galley.text, number), isTitle(galley, heading)
      {
        galley.lines[b].kind = .heading
        galley.lines[b].headingScore = 0.1
      }
    }
  }

  /// A short line in title case with a gap below it: the title of the number above.
  private func isTitle(_ galley: Galley, _ line: Line) -> Bool {
    line.looksLikeTitle && !line.endsSentence && line.gapAfter != Line.edge
      && galley.extraGap(after: line) >= 1 && line.gapBefore <= 4
      && Double(line.width) < 0.8 * Double(galley.measure)
  }
}

/// The greedy walk over the lines.
struct HeadingPass {
  enum Zone { case none, references, notes }

  let evidence: HeadingEvidence
  private var zone = Zone.none
  private var expectedNote = 1
  private var currentNote: Int?
  /// How many lines below a chapter label may still be its title.
  private var pendingTitle = 0
  private var articleTitles: Set<Int> = []
  /// Titles that the contents name at the head of a page: they end a list of references too.
  private var namedTitles: Set<Int> = []
  /// The section numbers of the headings so far, with those of the sections above them.
  private var numbers: Set<UInt64> = []

  init(evidence: HeadingEvidence) { self.evidence = evidence }

  mutating func run(_ galley: inout Galley) {
    // Where the format names the headings (Markdown), nothing else is one.
    let formatKnows = galley.hasFormatLevels
    if !formatKnows {
      articleTitles = ArticleTitles.find(galley, evidence.sequence)
      namedTitles = ArticleTitles.inContents(galley, evidence.sequence)
    }
    for place in evidence.sequence.indices {
      if !formatKnows, goesOn(galley, place) {
        pendingTitle = 0
        continue
      }
      let index = evidence.sequence[place]
      let line = galley.lines[index]
      let previous = place > 0 ? galley.lines[evidence.sequence[place - 1]] : nil
      if line.kind == .heading {
        close(&galley, place, HeadingKey(galley, line)?.role)
        continue
      }
      if zone == .notes, openNote(&galley, index) { continue }
      let key = line.width < galley.measure * 6 / 10 ? HeadingKey(galley, line) : nil
      if !formatKnows, repeatsZone(galley, place, line, previous, key?.role) {
        galley.lines[index].kind = .head
        galley.pages[line.page].head = galley.pages[line.page].head ?? galley.string(line.range)
        continue
      }
      var score: Float
      if formatKnows {
        score = line.formatLevel > 0 ? 9 : -9
      } else {
        let next = place + 1 < evidence.sequence.count ? galley.lines[evidence.sequence[place + 1]] : nil
        score =
          namedTitles.contains(place)
          ? 4
          : articleTitles.contains(place)
            ? 2
            : HeadingVetoes.refuses(galley, line, previous: previous, next: next)
              ? -9 : self.score(galley, place, line)
        galley.lines[index].modelScore = score
        score = raised(galley, score, line, previous, key?.role)
        if score <= 0,
          isCentredTitle(galley, line, previous, next) || isOpeningTitle(galley, line, previous, next)
            || isNextInNumber(galley, line, previous, next)
            || score > Self.hesitation && isFlushTitle(galley, line, previous, next)
        {
          score = 0.1
        }
      }
      if !formatKnows, isByline(galley, line, previous) {
        galley.lines[index].kind = .byline
        continue
      }
      // In a list of references a heading stands apart; capitals inside an entry are a title's.
      if zone == .references, line.kind != .heading, galley.extraGap(before: line) == 0, key == nil,
        let previous, previous.page == line.page, previous.kind == .reference
      {
        score = -9
      }
      if zone == .references, line.endsSentence, line.position == 0, key == nil,
        previous?.kind == .reference
      {
        score = -9
      }
      let inNote = zone == .notes && currentNote != nil
      if score > threshold(galley, line), !(inNote && line.gapBefore == 0 && key?.role != .references) {
        galley.lines[index].kind = .heading
        galley.lines[index].headingScore = max(score, 0.1)
        if let number = SectionNumber.decimal(galley.text, line.range) {
          numbers.insert(number.packed)
          numbers.insert(number.parent)
        }
        if !(zone == .references && key == nil && listGoesOn(galley, place)) {
          close(&galley, place, key?.role)
        }
        continue
      }
      galley.lines[index].headingScore = 0
      if zone == .notes, let note = currentNote, !galley.isReflowed {
        galley.lines[index].kind = .note
        galley.lines[index].note = note
        galley.notes[note].lines.append(index)
      } else if zone == .references {
        galley.lines[index].kind = .reference
      }
    }
  }

  /// A long line in small letters below another one of the text: what every rule below leaves where it is.
  private func goesOn(_ galley: Galley, _ place: Int) -> Bool {
    let index = evidence.sequence[place]
    guard zone == .none, galley.lines[index].kind == .body, galley.lines[index].startsSmall,
      Double(galley.lines[index].width) > HeadingVetoes.longSmallLine * Double(galley.measure),
      !galley.lines[index].isOpening, galley.lines[index].headingScore == 0,
      place == 0 || galley.lines[evidence.sequence[place - 1]].headingScore <= 0
    else { return false }
    return (galley.headTitles.isEmpty || !galley.lines[index].looksLikeTitle)
      && (namedTitles.isEmpty || !namedTitles.contains(place))
      && (articleTitles.isEmpty || !articleTitles.contains(place))
  }

  /// "NOTES" at the head of a page on which the notes go on with their count: a running head that came but once.
  private func repeatsZone(
    _ galley: Galley, _ place: Int, _ line: Line, _ previous: Line?, _ role: Section.Role?
  ) -> Bool {
    guard zone == .notes, role == .notes, let previous, previous.page != line.page, line.words <= 3,
      place + 1 < evidence.sequence.count
    else { return false }
    let next = galley.lines[evidence.sequence[place + 1]]
    guard let value = NoteMark.number(galley.text, next)?.value else { return next.startsSmall }
    return value > 1 && value >= expectedNote && value <= expectedNote + 1
  }

  private func score(_ galley: Galley, _ place: Int, _ line: Line) -> Float {
    galley.knowledge.model.score(evidence.features(at: place, lines: galley.lines))
  }

  private func threshold(_ galley: Galley, _ line: Line) -> Float {
    switch zone {
    case .references: return line.kind == .table ? 2.5 : ReferenceSigns.count(galley.text, line) >= 2 ? 3 : 1
    case .notes where currentNote != nil: return 2
    default: return line.kind == .table ? 2.5 : 0
    }
  }

  /// Known phrases and the titles below a chapter label are lifted over the threshold.
  private mutating func raised(
    _ galley: Galley, _ score: Float, _ line: Line, _ previous: Line?, _ role: Section.Role?
  ) -> Float {
    var score = score
    if isDisplayed(galley, line) || isHeadTitle(galley, line) { score = max(score, 0.1) }
    if role == .references || role == .notes || role == .contents {
      let setOff = galley.extraGap(before: line) >= 1 || line.gapAfter > 0
      let freeBefore =
        previous.map {
          $0.endsSentence || Double($0.width) < 0.8 * Double(galley.measure) || $0.page != line.page
        } ?? true
      if setOff, freeBefore { score = max(score, 1 + threshold(galley, line)) }
    } else if role != nil, zone != .references, line.kind == .body, isSetApart(galley, line) {
      score = max(score, 0.1 + threshold(galley, line))
    }
    if zone == .notes, isSetApart(galley, line), restartsNotes(galley, line) {
      score = max(score, 0.1 + threshold(galley, line))
    }
    guard let previous, previous.headingScore > 0, previous.page == line.page else {
      pendingTitle = 0
      return score
    }
    let label = isLabelAlone(galley, previous)
    if label, pendingTitle == 0 { pendingTitle = 5 }
    guard pendingTitle > 0 else { return score }
    pendingTitle -= 1
    let close = line.gapBefore <= galley.pages[line.page].normalGap
    let measure = Double(galley.measure)
    if Double(line.width) < 0.9 * measure, !line.endsSentence, label || close, !line.startsSmall {
      return max(score, 0.1)
    }
    if !label, close, Double(line.width) < 0.8 * measure, line.startsSmall { return max(score, 0.1) }
    pendingTitle = 0
    return score
  }

  /// "OFFICERS 1918", "JANUARY 3rd, 1918.", "Part 2.—RULES FOR …": a capital word with a year between blank
  /// lines, or a label with a title in capitals.
  private func isDisplayed(_ galley: Galley, _ line: Line) -> Bool {
    guard zone == .none, Double(line.width) < 0.9 * Double(galley.measure), Glyphs.isUpper(line.first) else {
      return false
    }
    if let end = SectionNumber.label(galley.text, line.range, galley.knowledge.divisions) {
      return end < line.range.upperBound && line.capitalShare > 0.6 && line.letters > 12
    }
    guard line.flags.contains(.hasYear), line.words >= 2, line.words <= 5, line.functionWords == 0,
      Double(line.width) < 0.5 * Double(galley.measure), line.gapAfter != Line.edge,
      galley.extraGap(before: line) >= 1, galley.extraGap(after: line) >= 1,
      let word = Glyphs.firstToken(galley.text, line.range), word.count >= 3
    else { return false }
    return galley.text[word].allSatisfy { Glyphs.isUpper(UInt32($0)) || $0 >= 0x80 }
  }

  /// The title of a running head, set apart at the top of a page: a person's name is a head too, and no title.
  private func isHeadTitle(_ galley: Galley, _ line: Line) -> Bool {
    guard !galley.headTitles.isEmpty, zone == .none, line.position < 8, line.words >= 3, line.letters <= 64,
      line.looksLikeTitle, !line.endsSentence, !line.flags.contains(.hasInitial), line.kind == .body,
      galley.extraGap(before: line) >= 1
    else { return false }
    return galley.headTitles.contains(EdgeLines.letters(galley.text, line.range))
  }

  /// A title in the middle of the measure, between the end of a paragraph and the beginning of the next: the
  /// typescripts that the model learnt from have few, printed books many.
  private func isCentredTitle(_ galley: Galley, _ line: Line, _ previous: Line?, _ next: Line?) -> Bool {
    guard zone == .none, line.kind == .body, line.looksLikeTitle, line.words <= 12,
      line.letters >= 4, !line.endsSentence, !line.startsSmall, line.last != 0x2C, line.last != 0x3A,
      evidence.isCentred(line),
      galley.extraGap(before: line) >= 1 || previous?.page != line.page
        || isFarIn(galley, line, previous),
      !SectionNumber.isCaption(galley.text, line.range, galley.knowledge),
      let next, next.page == line.page, next.kind == .body, next.functionWords > 0,
      Double(next.width) > 0.75 * Double(galley.measure), !next.startsSmall
    else { return false }
    if let previous, previous.page == line.page, previous.kind == .body, !previous.endsSentence,
      galley.extraGap(before: line) <= 1 || Double(previous.width) > 0.7 * Double(galley.measure)
    {
      return false
    }
    // One word alone may be a piece of a table or a formula.
    if line.words == 1 {
      return line.longWords == 1 && line.digits == 0 && galley.extraGap(after: line) >= 1
    }
    return galley.extraGap(after: line) >= 1 || next.indent >= galley.pages[line.page].margin + 2
  }

  /// Above this score the model hesitates.
  private static let hesitation: Float = -4

  /// A line in title case at the margin between blank lines, below the end of a paragraph and above full lines.
  private func isFlushTitle(_ galley: Galley, _ line: Line, _ previous: Line?, _ next: Line?) -> Bool {
    guard zone == .none, line.kind == .body, line.titleShare >= 0.75, line.longWords >= 2,
      (3...12).contains(line.words), line.digits == 0, !line.endsSentence, !line.startsSmall, !line.isWide,
      !line.endsHyphen, !line.flags.contains(.hasInitial), ![0x2C, 0x3A, 0x3B].contains(line.last),
      line.indent <= galley.pages[line.page].margin + 1,
      line.gapBefore != Line.edge, galley.extraGap(before: line) >= 1,
      line.gapAfter != Line.edge, galley.extraGap(after: line) >= 1
    else { return false }
    guard let previous, previous.page == line.page,
      previous.kind == .body && previous.endsSentence || previous.kind == .table,
      let next, next.page == line.page, next.kind == .body
    else { return false }
    return Double(next.width) > 0.75 * Double(galley.measure) && Glyphs.isUpper(next.firstLetter)
  }

  /// The first line of a document that opens with its text: a title above a gap, and prose below it.
  private func isOpeningTitle(_ galley: Galley, _ line: Line, _ previous: Line?, _ next: Line?) -> Bool {
    guard previous == nil, zone == .none, line.kind == .body, line.page == galley.firstBodyPage,
      line.looksLikeTitle, line.words >= 2, line.words <= 14, line.letters >= 8, line.digits == 0,
      !line.endsSentence, !line.startsSmall, !line.isWide, line.last != 0x2C,
      !line.flags.contains(.hasInitial), line.gapAfter != Line.edge, galley.extraGap(after: line) >= 1,
      let next, next.page == line.page
    else { return false }
    return next.kind == .body && Glyphs.isUpper(next.firstLetter)
  }

  /// A double-spaced typescript leaves no more space above its titles than between its lines: there the title stands
  /// far in from the margin, below the end of a paragraph.
  private func isFarIn(_ galley: Galley, _ line: Line, _ previous: Line?) -> Bool {
    guard let previous, previous.kind == .body, previous.endsSentence || previous.headingScore > 0 else {
      return false
    }
    return line.indent - galley.pages[line.page].margin >= galley.measure / 8 && line.titleShare >= 0.75
      && !line.flags.contains(.hasYear) && line.digits <= 3
  }

  /// Sections that may be missing between two that are numbered.
  private static let mostMissing: UInt64 = 2

  /// "5 Experimental Method" after "4 Experimental Data", without a blank line but between two sentences.
  private func isNextInNumber(_ galley: Galley, _ line: Line, _ previous: Line?, _ next: Line?) -> Bool {
    guard zone == .none, line.kind == .body, Glyphs.isDigit(line.first), line.looksLikeTitle,
      line.longWords >= 1, line.words <= 10, !line.endsSentence, !line.isWide,
      Double(line.width) < 0.8 * Double(galley.measure),
      let number = SectionNumber.decimal(galley.text, line.range),
      Glyphs.isUpper(Glyphs.scalar(galley.text, number.title, line.range.upperBound).value),
      previous.map({ $0.endsSentence || $0.headingScore > 0 || $0.page != line.page }) ?? false,
      let next, !next.startsSmall, next.functionWords > 0
    else { return false }
    if number.lastPart <= 1 { return number.depth > 1 && isOpen(number.parent) }
    let least = number.packed - min(Self.mostMissing + 1, UInt64(number.lastPart - 1))
    return (least..<number.packed).contains { numbers.contains($0) }
  }

  /// Whether a section or the one before it has been seen: chapters may be counted in words.
  private func isOpen(_ section: UInt64) -> Bool {
    numbers.contains(section) || (section & 127 > 1 && numbers.contains(section - 1))
  }

  /// Alone between blank lines, or at the head of the page above one: "Preface".
  private func isSetApart(_ galley: Galley, _ line: Line) -> Bool {
    line.gapAfter != Line.edge && galley.extraGap(after: line) >= 1
      && (line.position == 0 || galley.extraGap(before: line) >= 1) && !line.endsSentence
      && !line.startsSmall
      && Double(line.width) < 0.6 * Double(galley.measure)
  }

  /// "Chapter 2", "XII", "Three" with nothing after it.
  private func isLabelAlone(_ galley: Galley, _ line: Line) -> Bool {
    if SectionNumber.isBare(galley.text, line) { return true }
    guard line.words <= 3, let end = SectionNumber.label(galley.text, line.range, galley.knowledge.divisions)
    else {
      return false
    }
    return galley.text[end..<line.range.upperBound].allSatisfy { Numerals.isEdge($0) }
  }

  private func isByline(_ galley: Galley, _ line: Line, _ previous: Line?) -> Bool {
    guard line.words >= 2, Double(line.width) < 0.6 * Double(galley.measure), line.range.count > 4,
      galley.text[line.range.lowerBound] | 0x20 == 0x62,
      galley.text[line.range.lowerBound + 1] | 0x20 == 0x79,
      Glyphs.isSpace(galley.text[line.range.lowerBound + 2])
    else { return false }
    let named = line.capitalShare > 0.6 || line.titleShare > 0.7
    let free =
      previous.map {
        $0.headingScore > 0 || $0.page != line.page || (line.gapBefore >= 1 && line.gapAfter >= 1)
      }
      ?? true
    let apart = line.gapBefore >= 1 && line.gapAfter >= 1 && line.words <= 5 && line.functionWords <= 1
    return free && (named || apart || (line.gapAfter >= 1 && !line.endsSentence))
  }

  /// Opens or closes zones at a heading.
  private mutating func close(_ galley: inout Galley, _ place: Int, _ role: Section.Role?) {
    let line = galley.lines[evidence.sequence[place]]
    if role == .references {
      // "Literature" and "Sources" open chapters too.
      zone = opensList(galley, place) ? .references : .none
    } else if role == .notes {
      zone = .notes
      expectedNote = 1
      currentNote = nil
    } else if zone == .references, isSubheadingOfList(galley, line) {
      // Letters, years, "Primary sources": the list goes on.
    } else if zone == .notes, restartsNotes(galley, line) {
      expectedNote = 1
      currentNote = nil
    } else if zone != .none {
      zone = .none
      currentNote = nil
    }
  }

  /// The lines below look like references still.
  private func listGoesOn(_ galley: Galley, _ place: Int) -> Bool {
    let next = evidence.sequence[(place + 1)..<min(place + 13, evidence.sequence.count)]
    guard next.count >= 6 else { return false }
    let signs = next.reduce(0) { $0 + ReferenceSigns.count(galley.text, galley.lines[$1]) }
    return Double(signs) >= 0.9 * Double(next.count)
  }

  /// Lines below a heading that are asked whether they are references, and the signs a line they must show.
  private static let openingLines = 30
  private static let leastOpeningSigns = 0.25

  private func opensList(_ galley: Galley, _ place: Int) -> Bool {
    let next = evidence.sequence[(place + 1)..<min(place + 1 + Self.openingLines, evidence.sequence.count)]
    guard next.count >= 6 else { return true }
    let signs = next.reduce(0) { $0 + ReferenceSigns.count(galley.text, galley.lines[$1]) }
    return Double(signs) >= Self.leastOpeningSigns * Double(next.count)
  }

  private static let listWords: Set<String> = [
    "primary", "secondary", "archival", "unpublished", "published", "manuscript", "manuscripts", "printed",
    "other",
    "books", "articles", "newspapers", "interviews", "government", "official", "journals", "periodicals",
    "theses",
    "dissertations", "reports",
  ]

  private func isSubheadingOfList(_ galley: Galley, _ line: Line) -> Bool {
    if line.width < 3 || (line.width == 4 && line.digits == 4) { return true }
    guard let token = Glyphs.firstToken(galley.text, line.range) else { return false }
    return Self.listWords.contains(Glyphs.key(galley.text, token))
  }

  private func restartsNotes(_ galley: Galley, _ line: Line) -> Bool {
    if SectionNumber.label(galley.text, line.range, galley.knowledge.divisions) != nil { return true }
    if Glyphs.isDigit(line.first) || SectionNumber.roman(galley.text, line.range) != nil { return true }
    let key = Glyphs.key(galley.text, line.range)
    return ["introduction", "conclusion", "preface", "epilogue", "prologue", "foreword"].contains {
      key.hasPrefix($0)
    }
  }

  /// A number that continues the count opens a note.
  private mutating func openNote(_ galley: inout Galley, _ index: Int) -> Bool {
    let line = galley.lines[index]
    guard let mark = NoteMark.number(galley.text, line), let value = mark.value else { return false }
    let continues = value >= expectedNote && value <= expectedNote + (line.gapBefore > 0 ? 2 : 1)
    let restarts = value == 1 && expectedNote > 3
    guard continues || restarts else { return false }
    currentNote = galley.notes.count
    galley.notes.append(
      NoteDraft(
        mark: mark.mark, value: value, lines: [index], markRange: mark.range, isEndnote: true, anchor: nil))
    galley.lines[index].kind = .note
    galley.lines[index].note = galley.notes.count - 1
    expectedNote = value + 1
    return true
  }
}

/// Five and more headings in a row without text between them are a list, save numbered, capital and
/// known ones.
struct HeadingLists: SegmentationStep {
  /// Headings of a list, each set off or over several lines.
  static let leastHeadings = 5
  static let leastLines = 6

  func apply(to galley: inout Galley) {
    guard !galley.hasFormatLevels,
      galley.lines.count(where: { $0.kind == .heading }) >= Self.leastHeadings
    else { return }
    let body = galley.lines.indices.filter {
      !galley.lines[$0].kind.isFurniture && galley.lines[$0].kind != .title
    }
    var at = 0
    while at < body.count {
      var end = at
      while end < body.count, galley.lines[body[end]].kind == .heading { end += 1 }
      let run = body[at..<end]
      var entries = 0
      for index in run {
        let line = galley.lines[index]
        if index == run.first || line.gapBefore > galley.pages[line.page].normalGap { entries += 1 }
      }
      if run.count >= Self.leastLines || entries >= Self.leastHeadings {
        // At the document's start its title stands above names, places and dates that look like it.
        let title = at <= 3 ? run.first : nil
        for index in run where index != title && !isSure(galley, galley.lines[index]) {
          galley.lines[index].kind = .list
          galley.lines[index].headingScore = 0
        }
      }
      at = max(end, at + 1)
    }
  }

  private func isSure(_ galley: Galley, _ line: Line) -> Bool {
    (line.isCapitals && line.width > 5) || HeadingKey(galley, line) != nil
      || SectionNumber.decimal(galley.text, line.range) != nil
      || SectionNumber.label(galley.text, line.range, galley.knowledge.divisions) != nil
  }
}
