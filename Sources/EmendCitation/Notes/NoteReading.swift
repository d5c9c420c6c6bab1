/// Reads the works that a note cites without author and year: full references, short titles, "ibid.",
/// "op. cit.", "above, n. 12". Signal phrases and the prose around them are kept apart.
struct NoteReader {
  let reader: PassageReader
  private var cues: CitationCues { reader.cues }

  /// The entries of the note in text order.
  func entries() -> [NoteEntry] {
    segments().compactMap { entry($0) ?? unknown($0) }
  }

  /// A stretch that names a source in a form of its own ("Public Record Office, London, …", "Interview with an official,
  /// 4 May 1989"): many capitals, a number, few words of grammar. What follows it does not refer to the work before it.
  private func unknown(_ segment: Range<Int>) -> NoteEntry? {
    let (start, prefix) = afterSignals(segment.lowerBound, segment.upperBound)
    guard start < segment.upperBound, reader.kind(start) == .initial || reader.tokens[start].has(.capital),
      reader.classes(start).isDisjoint(with: [.stop, .connective]) || reader.kind(start) == .initial
    else { return nil }
    var (words, grammar, numbers, capitals) = (0, 0, 0, 0)
    for index in start..<segment.upperBound {
      switch reader.kind(index) {
      case .word, .initial:
        words += 1
        if reader.kind(index) == .initial || reader.tokens[index].has(.capital) { capitals += 1 }
        if !reader.tokens[index].has(.capital),
          !reader.classes(index).isDisjoint(with: [.stop, .connective, .verb, .particle])
        {
          grammar += 1
        }
      case .number, .year: numbers += 1
      default: break
      }
    }
    guard words > 1, numbers > 0, 3 * grammar <= words, 3 * capitals >= words else { return nil }
    return NoteEntry(
      kind: .unknown, range: reader.tokens[start].start..<reader.tokens[segment.upperBound - 1].end,
      names: [],
      prefix: prefix, block: reader.block)
  }

  // MARK: - Cutting the note

  /// Stretches of tokens between semicolons and sentence ends, quotations and brackets kept whole.
  func segments() -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = markEnd()
    var depth = 0
    var quoted = false
    var index = start
    // Whether the stretch holds a year in brackets already: then a further work may follow a comma.
    var isFull = false
    while index < reader.tokens.count {
      let token = reader.tokens[index]
      switch token.kind {
      case .open, .squareOpen: depth += 1
      case .close, .squareClose:
        depth = max(0, depth - 1)
        if depth == 0, reader.kind(index - 1) == .year { isFull = true }
      case .comma where depth == 0 && !quoted && isFull && startsFurtherWork(index + 1):
        result.append(start..<index)
        start = afterJoiners(index + 1)
        isFull = false
      case .quoteOpen: quoted = true
      case .quoteClose:
        // A straight quotation mark opens and closes.
        quoted = reader.bytes[token.start] == 0x22 ? !quoted : false
      case .semicolon where depth == 0 && !quoted:
        result.append(start..<index)
        start = index + 1
        isFull = false
      case .stop where depth == 0 && !quoted && endsSentence(index):
        result.append(start..<index)
        start = index + 1
        isFull = false
      default: break
      }
      index += 1
      // A bracket or quotation that never closes must not swallow the note.
      if index - start > 200 { (depth, quoted) = (0, false) }
    }
    if start < reader.tokens.count { result.append(start..<reader.tokens.count) }
    return result.filter { !$0.isEmpty }
  }

  /// ", and, for an exception, Steven Ozment, …", ", with Christopher Haigh, ‘…’": behind a full reference.
  private func startsFurtherWork(_ index: Int) -> Bool {
    let end = reader.tokens.count
    let at = afterJoiners(index)
    // "and idem, “The Rates of the Port,” …".
    if at > index, let next = reader.phrase(cues.idem, startingAt: at, limit: end),
      reader.kind(next) == .comma
    {
      return true
    }
    var (next, _) = afterSignals(at, end)
    if next == at, at > index, let name = afterLeadIn(at, end) { next = name }
    guard next > index, let list = nameList(at: next, end), list.names.first?.given != nil else {
      return false
    }
    return reader.kind(list.firstEnd) == .comma || reader.kind(list.firstEnd) == .quoteOpen
      || reader.kind(list.end) == .comma
  }

  /// The index behind "and,", "with", "or".
  private func afterJoiners(_ index: Int) -> Int {
    var at = index
    while reader.classes(at).contains(.connective) || Self.joiners.contains(reader.hash(at))
      || reader.kind(at) == .comma
    {
      at += 1
    }
    return at
  }

  /// The name behind a lead-in of a few small words ("for an exception, Steven Ozment"); nil without one.
  private func afterLeadIn(_ start: Int, _ end: Int) -> Int? {
    var at = start
    while at < end, at - start < 8 {
      let token = reader.tokens[at]
      if token.kind == .initial || (token.kind == .word && token.has(.capital)) {
        return at > start ? at : nil
      }
      guard token.kind == .word || token.kind == .comma else { return nil }
      at += 1
    }
    return nil
  }

  private static let joiners: Set<UInt64> = Set(["with", "or"].map { Letters.foldedHash($0) })

  /// The index behind the note's own number.
  private func markEnd() -> Int {
    guard let kind = reader.kind(0), kind == .number || kind == .superscript || kind == .other else {
      return 0
    }
    return reader.kind(1) == .stop || reader.kind(1) == .close ? 2 : 1
  }

  private func endsSentence(_ index: Int) -> Bool {
    guard index + 1 < reader.tokens.count else { return true }
    let next = reader.tokens[index + 1]
    let startsNew =
      next.kind == .initial || next.kind == .quoteOpen || (next.kind == .word && next.has(.capital))
      || next.kind == .quoteClose
    guard startsNew, !next.has(.glued), index > 0 else { return false }
    let before = reader.tokens[index - 1]
    if before.kind != .word { return before.kind != .initial }
    if before.range.count == 1 || Self.leadIns.contains(reader.hash(index - 1)) { return false }
    // "vol.", "ed.", "St." go on; "ibid." ends a citation when a new sentence follows.
    let classes = reader.classes(index - 1)
    if !classes.isDisjoint(with: [.locator, .suffix, .title, .imprint, .container, .date]) { return false }
    return !(before.has(.capital) && before.range.count <= 3)
  }

  /// Abbreviations before the names of editors and translators.
  private static let leadIns: Set<UInt64> = Set(
    ["ed", "eds", "trans", "transl", "tr", "trad", "rev", "repr", "comp", "hg", "hrsg", "übers"].map {
      Letters.foldedHash($0)
    })

  // MARK: - Reading one stretch

  private func entry(_ segment: Range<Int>) -> NoteEntry? {
    var (start, prefix) = afterSignals(segment.lowerBound, segment.upperBound)
    if let found = read(start, segment.upperBound, prefix) { return found }
    // "For an exception, see Smith, Power, 45": the last strong signal inside the stretch.
    var index = segment.lowerBound
    var signal: Int?
    while index < segment.upperBound, index - segment.lowerBound < 60 {
      if reader.kind(index) == .word, isStrongSignal(index) { signal = index }
      index += 1
    }
    if let signal {
      (start, prefix) = afterSignals(signal, segment.upperBound)
      return read(start, segment.upperBound, prefix)
    }
    guard let name = afterLeadIn(segment.lowerBound, segment.upperBound) else { return nil }
    prefix = reader.text(
      reader.tokens[segment.lowerBound]
        .start..<reader.tokens[name - (reader.kind(name - 1) == .comma ? 2 : 1)].end)
    guard let found = read(name, segment.upperBound, prefix), found.kind == .full else { return nil }
    return found
  }

  private static let strongSignals: Set<UInt64> = Set(
    ["see", "cf", "compare", "contrast", "vgl", "siehe", "voir", "cfr", "vedi", "véase", "quoted", "cited"]
      .map {
        Letters.foldedHash($0)
      })

  private func isStrongSignal(_ index: Int) -> Bool { Self.strongSignals.contains(reader.hash(index)) }

  /// Steps over signal phrases and the commas between them; gives their text.
  private func afterSignals(_ start: Int, _ end: Int) -> (Int, String) {
    var at = start
    var last = start
    while at < end {
      if let next = reader.phrase(cues.prefixes, startingAt: at, limit: end) {
        at = next
        last = next
        if reader.kind(at) == .stop, at < end {
          at += 1
          last = at
        }
      } else if reader.kind(at) == .comma || (at > start && reader.classes(at).contains(.connective)) {
        at += 1
      } else {
        break
      }
    }
    guard last > start else { return (start, "") }
    return (at, reader.text(reader.tokens[start].start..<reader.tokens[last - 1].end))
  }

  private func read(_ start: Int, _ end: Int, _ prefix: String) -> NoteEntry? {
    guard start < end else { return nil }
    if let next = reader.phrase(cues.ibid, startingAt: start, limit: end) {
      return back(.ibid, start, after: next, end, prefix)
    }
    if let next = reader.phrase(cues.idem, startingAt: start, limit: end),
      reader.kind(next) == .comma
        || reader.kind(next) == .stop
    {
      return work(start, names: [], etAl: false, after: next, end, prefix, isIdem: true)
    }
    if reader.kind(start) == .dash, isDashes(start) {
      var next = start
      while next < end, reader.kind(next) == .dash { next += 1 }
      return work(start, names: [], etAl: false, after: next, end, prefix, isIdem: true)
    }
    if let note = aboveNote(at: start, end) {
      var entry = back(.above, start, after: note.end, end, prefix)
      entry?.target = note.mark
      return entry
    }
    guard let list = nameList(at: start, end) else { return nil }
    if let found = work(
      start, names: list.names, etAl: list.etAl, after: list.end, end, prefix, isIdem: false)
    {
      return found
    }
    // "Dickens, English Reformation, 60": what looked like a further author is the title.
    guard list.names.count > 1 else { return nil }
    return work(start, names: [list.names[0]], etAl: false, after: list.firstEnd, end, prefix, isIdem: false)
  }

  /// "———": an em dash, or three hyphens.
  private func isDashes(_ index: Int) -> Bool {
    let token = reader.tokens[index]
    if token.range.count == 3 { return reader.kind(index + 1) == .dash || reader.kind(index + 1) == .comma }
    return reader.kind(index + 1) == .dash && reader.kind(index + 2) == .dash
  }

  private func back(_ kind: NoteEntry.Kind, _ start: Int, after: Int, _ end: Int, _ prefix: String)
    -> NoteEntry?
  {
    var at = after
    while at < end, [.stop, .comma, .colon].contains(reader.kind(at)) { at += 1 }
    var last = after
    if reader.kind(after) == .stop, after < end { last = after + 1 }
    var locator = ""
    if at < end, let body = reader.locatorBody(at: skippingAt(at, end), limit: end, separated: true) {
      locator = reader.locatorText(skippingAt(at, end)..<body)
      last = body
    }
    return NoteEntry(
      kind: kind, range: reader.tokens[start].start..<reader.tokens[last - 1].end, names: [],
      locator: locator,
      prefix: prefix, block: reader.block)
  }

  /// "at 45": steps over "at".
  private func skippingAt(_ index: Int, _ end: Int) -> Int {
    index + 1 < end && reader.hash(index) == Self.at ? index + 1 : index
  }
  private static let at = Letters.foldedHash("at")

  /// "above, n. 12", "supra note 12", "(n. 12)", "Anm. 12".
  private func aboveNote(at index: Int, _ end: Int) -> (mark: String, end: Int)? {
    var at = index
    var steps = 0
    while at < end, steps < 4 {
      if reader.kind(at) == .open || reader.kind(at) == .comma || reader.kind(at) == .stop {
        at += 1
      } else if let next = reader.phrase(cues.above, startingAt: at, limit: end) {
        at = next
        steps += 1
      } else {
        break
      }
    }
    guard steps > 0, at < end, reader.kind(at) == .number else { return nil }
    let mark = reader.text(reader.tokens[at].range)
    at += 1
    if reader.kind(at) == .close, at < end { at += 1 }
    return (mark, at)
  }

  // MARK: - Authors, read forward

  /// "John A. Smith and Jane Doe", "Smith", "Smith et al."; each name after the first has a given name.
  private func nameList(at start: Int, _ end: Int)
    -> (names: [NameSpan], etAl: Bool, end: Int, firstEnd: Int)?
  {
    var names: [NameSpan] = []
    var at = start
    var firstEnd = start
    var etAl = false
    while at < end, names.count < 8 {
      guard let (name, next, isFull) = oneName(at: at, end), isFull || names.isEmpty else { break }
      names.append(name)
      at = next
      if names.count == 1 { firstEnd = at }
      if let after = reader.phrase(cues.etAl, startingAt: reader.kind(at) == .comma ? at + 1 : at, limit: end)
      {
        etAl = true
        at = after
        if reader.kind(at) == .stop, at < end { at += 1 }
        break
      }
      var following = at
      if reader.kind(following) == .comma { following += 1 }
      if reader.kind(following) == .ampersand || reader.classes(following).contains(.connective) {
        following += 1
      } else if following == at {
        break
      }
      guard following < end, let further = oneName(at: following, end), further.isFull,
        reader.kind(further.end) == .comma || reader.classes(further.end).contains(.connective)
          || reader.kind(further.end) == .ampersand
      else { break }
      at = following
    }
    guard !names.isEmpty else { return nil }
    // "(ed.)", ", eds."
    var after = at
    if reader.kind(after) == .comma { after += 1 }
    let bracket = reader.kind(after) == .open
    if bracket { after += 1 }
    if after < end, Self.editorMarks.contains(reader.hash(after)) {
      after += 1
      if reader.kind(after) == .stop { after += 1 }
      if bracket, reader.kind(after) == .close { after += 1 }
      at = min(after, end)
    }
    return (names, etAl, at, firstEnd)
  }

  private static let editorMarks: Set<UInt64> = Set(
    ["ed", "eds", "hg", "hrsg"].map { Letters.foldedHash($0) })

  /// A run of capitalised words, initials and particles up to a sign. `isFull` when a given name or initial is
  /// in it.
  private func oneName(at start: Int, _ end: Int) -> (name: NameSpan, end: Int, isFull: Bool)? {
    var at = start
    scan: while at < end, at - start < 6 {
      let token = reader.tokens[at]
      switch token.kind {
      case .initial: break
      case .word:
        let classes = reader.classes(at)
        if token.has(.capital) {
          if token.has(.possessive) { return nil }
          if at == start, !classes.isDisjoint(with: [.stop, .date]), !classes.contains(.given) { return nil }
        } else if !classes.contains(.particle) || (classes.contains(.connective) && at > start) {
          break scan
        }
      default: break scan
      }
      at += 1
    }
    guard at > start, let found = reader.name(endingAt: at - 1, floor: start, bracketed: false),
      found.first == start,
      found.facts.isDisjoint(with: [.institution])
    else { return nil }
    return (found.span, at, found.span.given != nil)
  }

  // MARK: - What follows the authors

  private func work(
    _ start: Int, names: [NameSpan], etAl: Bool, after: Int, _ end: Int, _ prefix: String, isIdem: Bool
  ) -> NoteEntry? {
    var rest = after
    while rest < end, [.comma, .colon, .stop].contains(reader.kind(rest)) { rest += 1 }
    guard rest < end, rest > after || reader.kind(rest) == .open || reader.kind(rest) == .quoteOpen else {
      return nil
    }
    var last = end
    while last > rest, reader.kind(last - 1) == .stop || reader.kind(last - 1) == .comma { last -= 1 }
    var entry = NoteEntry(
      kind: isIdem ? .idem : .short, range: reader.tokens[start].start..<reader.tokens[last - 1].end,
      names: names,
      etAl: etAl, prefix: prefix, block: reader.block)
    if !isIdem, let next = opCit(rest, end) {
      entry.kind = .opCit
      if next.first > rest { entry.title = titleRange(rest, next.first) }
      return withLocator(&entry, after: next.end, last)
    }
    if !isIdem, let (mark, next) = firstAbove(rest, end) {
      entry.kind = .above
      entry.target = mark
      return withLocator(&entry, after: next, last)
    }
    guard let title = titleRange(rest, last) else { return nil }
    entry.title = title
    let body = reader.tokens.firstIndex(where: { $0.start >= title.upperBound }, from: rest) ?? last
    let evidence = fullness(body, last)
    if evidence.year != nil, evidence.weight + (isQuoted(rest) ? 1 : 0) >= 2 {
      if !isIdem { entry.kind = .full }
      entry.year = evidence.year
    } else if evidence.year != nil {
      return nil
    }
    return withLocator(&entry, after: body, last)
  }

  private func isQuoted(_ index: Int) -> Bool {
    reader.kind(index) == .quoteOpen || reader.kind(index) == .quoteClose || isSingleQuote(index)
  }

  /// "‘" or "'" that stands for itself before a word.
  private func isSingleQuote(_ index: Int) -> Bool {
    guard reader.kind(index) == .other, index + 1 < reader.tokens.count, reader.tokens[index + 1].has(.glued)
    else {
      return false
    }
    let range = reader.tokens[index].range
    return range.count == 1 ? reader.bytes[range.lowerBound] == 0x27 : isQuoteMark(range.lowerBound, 0x98)
  }

  /// U+2018 (last byte 0x98) or U+2019 (0x99) at an offset.
  private func isQuoteMark(_ at: Int, _ last: UInt8) -> Bool {
    at + 2 < reader.bytes.count && reader.bytes[at] == 0xE2 && reader.bytes[at + 1] == 0x80
      && reader.bytes[at + 2] == last
  }

  /// Where the single quotation that opens at a token closes: a mark behind a word and before a sign, a bracket, a
  /// number or "in". An apostrophe ("states’ rights") stands before another word.
  private func singleQuoteEnd(_ index: Int, _ end: Int) -> Int? {
    let start = reader.tokens[index].end
    let limit = reader.tokens[end - 1].outerEnd
    var at = start
    while at < limit {
      let length = reader.bytes[at] == 0x27 ? 1 : isQuoteMark(at, 0x99) ? 3 : 0
      guard length > 0, at > start, reader.bytes[at - 1] > 0x20 else {
        at += 1
        continue
      }
      func byte(_ offset: Int) -> UInt8 {
        at + length + offset < reader.bytes.count ? reader.bytes[at + length + offset] : 0x2C
      }
      switch byte(0) {
      case 0x2C, 0x2E, 0x3B, 0x3A, 0x29: return at
      case 0x20, 0x0A:
        switch byte(1) {
        case 0x28, 0x5B, 0x30...0x39: return at
        case 0x69 where byte(2) == 0x6E && byte(3) == 0x20: return at
        default: break
        }
      default: break
      }
      at += length
    }
    return nil
  }

  /// "op. cit." within the first dozen tokens.
  private func opCit(_ start: Int, _ end: Int) -> (first: Int, end: Int)? {
    for index in start..<min(end, start + 16) {
      if let next = reader.phrase(cues.opCit, startingAt: index, limit: end) {
        return (index, reader.kind(next) == .stop ? min(next + 1, end) : next)
      }
    }
    return nil
  }

  private func firstAbove(_ start: Int, _ end: Int) -> (mark: String, end: Int)? {
    for index in start..<min(end, start + 16) {
      if let found = aboveNote(at: index, end) { return found }
    }
    return nil
  }

  /// The title that begins at a token: what is quoted, else up to a bracket or a comma before numbers.
  private func titleRange(_ start: Int, _ end: Int) -> Range<Int>? {
    if isSingleQuote(start) {
      guard var close = singleQuoteEnd(start, end), close > reader.tokens[start].end else { return nil }
      while close > reader.tokens[start].end,
        reader.bytes[close - 1] == 0x2C || reader.bytes[close - 1] == 0x2E
      {
        close -= 1
      }
      return reader.tokens[start].end..<close
    }
    if isQuoted(start) {
      let straight = reader.bytes[reader.tokens[start].start] == 0x22
      var close = start + 1
      while close < end, reader.kind(close) != .quoteClose || (!straight && reader.kind(close) == .quoteOpen)
      { close += 1 }
      guard close < end, close > start + 1 else { return nil }
      var last = close - 1
      while last > start + 1, reader.kind(last) == .comma || reader.kind(last) == .stop { last -= 1 }
      return reader.tokens[start + 1].start..<reader.tokens[last].outerEnd
    }
    guard reader.kind(start) == .word, reader.tokens[start].has(.capital) else { return nil }
    var at = start
    while at < end {
      let kind = reader.kind(at)
      if kind == .open || kind == .squareOpen || kind == .quoteOpen { break }
      if kind == .comma {
        let next = reader.kind(at + 1)
        // "at Strasbourg, 1520–1555 (Leiden, 1978)": years that the work is about.
        let isSpan = next == .year && reader.kind(at + 2) == .dash && hasBracket(at + 3, end)
        if !isSpan, next == .number || next == .year || next == .quoteOpen || next == .section { break }
        if !reader.classes(at + 1).isDisjoint(with: [.locator, .imprint]) { break }
        if reader.isRoman(at + 1) { break }
      }
      at += 1
    }
    guard at > start else { return nil }
    return reader.tokens[start].start..<reader.tokens[at - 1].outerEnd
  }

  private func hasBracket(_ start: Int, _ end: Int) -> Bool {
    start < end && (start..<min(end, start + 12)).contains { reader.kind($0) == .open }
  }

  /// Signs of a full reference behind the title, and its year: that of the imprint before any other.
  private func fullness(_ start: Int, _ end: Int) -> (weight: Int, year: String?) {
    var weight = 0
    var (year, imprintYear): (String?, String?) = (nil, nil)
    var index = start
    while index < end {
      switch reader.kind(index) {
      case .open:
        var close = index + 1
        var hasSign = false
        var bracketYear: String?
        while close < end, reader.kind(close) != .close {
          if reader.kind(close) == .colon || reader.kind(close) == .comma { hasSign = true }
          if !reader.classes(close).isDisjoint(with: [.imprint, .place]) { hasSign = true }
          if reader.kind(close) == .year {
            bracketYear = reader.text(reader.tokens[close].range)
          }
          close += 1
        }
        if let bracketYear {
          weight += hasSign || reader.kind(index - 1) == .number ? 2 : 1
          if hasSign || reader.kind(index - 1) == .number {
            imprintYear = imprintYear ?? bracketYear
          } else {
            year = year ?? bracketYear
          }
        }
        index = close
      case .year:
        if year == nil { year = reader.text(reader.tokens[index].range) }
      case .word:
        if !reader.classes(index).isDisjoint(with: [.imprint, .place]) { weight += 1 }
      default: break
      }
      index += 1
    }
    return (weight, imprintYear ?? year)
  }

  /// Takes the pages at the end of the entry as its locator.
  private func withLocator(_ entry: inout NoteEntry, after start: Int, _ end: Int) -> NoteEntry {
    // "5–49, at 7": what stands behind "at" is the place meant.
    for index in stride(from: end - 2, to: start, by: -1) where reader.hash(index) == Self.at {
      if let body = reader.locatorBody(at: index + 1, limit: end, separated: true), body >= end - 1 {
        entry.locator = reader.locatorText((index + 1)..<body)
        return entry
      }
    }
    var index = start
    while index < end {
      let kind = reader.kind(index)
      if kind == .comma || kind == .colon || index == start {
        var first = kind == .comma || kind == .colon ? index + 1 : index
        first = skippingAt(first, end)
        if first < end, let body = reader.locatorBody(at: first, limit: end, separated: true), body >= end - 1
        {
          entry.locator = reader.locatorText(first..<body)
          break
        }
      }
      index += 1
    }
    return entry
  }
}
