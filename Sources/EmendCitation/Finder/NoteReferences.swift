import EmendLexicons

/// Takes notes apart into references, signal phrases and running text.
///
/// ```swift
/// let notes = try NoteReferences(lexicons: .locate())
/// notes.split("See M. Weber, Economy and Society (Tübingen, 1922), 12; for an exception see Simmel 1908.")
/// // reference "M. Weber, …, 12" after "See", reference "Simmel 1908" after "for an exception see"
/// ```
public struct NoteReferences: Sendable {
  public struct Part: Sendable, Equatable {
    /// Bytes of the note: the reference without its signal, or the running text.
    public var range: Range<Int>
    public var isReference: Bool
    /// Bytes of the words that introduce it ("but see"); nil for none.
    public var signal: Range<Int>?
  }

  private let model: LinearChainModel
  private let gazetteers: Gazetteers
  private let sends: Set<UInt64>
  private let follows: Set<UInt64>
  private let quotes: Set<UInt64>
  private let links: Set<UInt64>

  /// Reads `references/signals.tsv`, and the gazetteers of `references/model.crf`.
  public init(lexicons: LexiconFolder) throws {
    let path = lexicons.path("references/model.crf")
    model = try LinearChainModel(path: path)
    guard let gazetteers = model.gazetteers else { throw ModelError.notAModel(path) }
    self.gazetteers = gazetteers
    var tokens = ReferenceTokens()
    var (sends, follows): (Set<UInt64>, Set<UInt64>) = ([], [])
    var (quotes, links): (Set<UInt64>, Set<UInt64>) = ([], [])
    for row in try LexiconTable.rows("references/signals.tsv", lexicons) where row.fields.count >= 2 {
      Array(row.fields[0].utf8).withUnsafeBufferPointer { tokens.read($0) }
      guard let word = tokens.lower.first else { continue }
      switch row.fields[1] {
      case "send": sends.insert(word)
      case "quote": quotes.insert(word)
      case "link": links.insert(word)
      default: follows.insert(word)
      }
    }
    (self.sends, self.follows, self.quotes, self.links) = (sends, follows, quotes, links)
  }

  /// The parts of a note's text (without its number), in order. Offsets are UTF-8 bytes of `text`.
  public func split(_ text: String) -> [Part] { split(Array(text.utf8)) }

  /// Whether a note says "ibid.", "op. cit.", "above, n. 12".
  func refersBack(_ text: [UInt8]) -> Bool {
    var tokens = ReferenceTokens()
    text.withUnsafeBufferPointer { tokens.read($0) }
    tokens.mend(gazetteers)
    return (0..<tokens.count).contains { tokens.length[$0] > 2 && gazetteers.cue(tokens.lower[$0]) == .ibid }
  }

  public func split(_ text: [UInt8]) -> [Part] {
    var tokens = ReferenceTokens()
    text.withUnsafeBufferPointer { tokens.read($0) }
    tokens.mend(gazetteers)
    guard tokens.count > 0 else { return [] }
    let view = NoteView(text: text, tokens: tokens, gazetteers: gazetteers)
    var parts: [Part] = []
    var first = 0
    for boundary in boundaries(view) + [tokens.count] where boundary > first {
      parts.append(part(view, first..<boundary))
      first = boundary
    }
    return parts
  }

  // MARK: Where parts end

  /// Indices of words that begin a new part.
  private func boundaries(_ view: NoteView) -> [Int] {
    let tokens = view.tokens
    var found: [Int] = []
    var start = 0
    var depth = 0
    var isQuoted = false
    for k in 1..<max(1, tokens.count) {
      let marks = tokens.gaps[k].marks
      if marks.contains(.quote) { isQuoted.toggle() }
      if marks.contains(.open) { depth = min(depth + 1, 2) }
      if marks.contains(.close) { depth = max(depth - 1, 0) }
      if depth > 0 { continue }
      if marks.contains(.comma), !isQuoted,
        view.startsFurtherWork(k, after: start)
          || quotedWork(view, k).map({ view.evidence($0..<view.nextStop($0)).isWork }) ?? false
      {
        found.append(k)
        start = k
        continue
      }
      let isSemicolon = marks.contains(.semicolon)
      let isStop =
        (marks.contains(.stop) || tokens.gaps[k].closesSentence) && !isQuoted && tokens.gaps[k].signs != 0x2E
        && view.endsSentence(k)
      guard isSemicolon || isStop else { continue }
      let before = view.evidence(start..<k)
      let ahead = view.nextStop(k)
      let after = view.evidence(k..<ahead)
      let signals = signalEnd(view, k..<ahead) != nil
      if isSemicolon {
        // "…; pp. 30–4", "…; repr. 1980" go on with the same work.
        let goesOn =
          view.goesOn(k) || (tokens.number[k] != .none && !after.isWork)
        if !goesOn, signals || after.isReference || before.isReference { found.append(k) } else { continue }
      } else {
        let beginsWork = view.beginsWork(k)
        let split =
          signals || (before.isReference && (beginsWork && after.isReference || after.isProse))
          || (before.isProse && (beginsWork || after.isProse))
        if !split { continue }
        found.append(k)
      }
      start = k
      isQuoted = false
    }
    return found
  }

  // MARK: What a part is

  private func part(_ view: NoteView, _ words: Range<Int>) -> Part {
    let tokens = view.tokens
    var first = words.lowerBound
    var signal: Range<Int>?
    if let end = signalEnd(view, words), end < words.upperBound {
      signal = tokens.start[first]..<tokens.end[end - 1]
      first = end
    } else if let end = view.leadIn(first), end < words.upperBound {
      // "and Eamon Duffy", "and, for an exception, Steven Ozment".
      if end > first + 1 { signal = tokens.start[first]..<tokens.end[end - 1] }
      first = end
    } else if let start = view.introduced(words), view.describesWork(start..<words.upperBound) {
      signal = tokens.start[first]..<tokens.end[start - 1]
      first = start
    }
    let rest = first..<words.upperBound
    let evidence = view.evidence(rest)
    let isReference = evidence.isReference && (!evidence.isProse || signal != nil)
    let start = isReference ? view.opening(first) : tokens.start[words.lowerBound]
    return Part(
      range: start..<view.closing(words.upperBound), isReference: isReference,
      signal: isReference ? signal : nil)
  }

  /// The word behind "quoted in", "as cited in", where these stand at word k and a work follows.
  private func quotedWork(_ view: NoteView, _ k: Int) -> Int? {
    let tokens = view.tokens
    for word in k...(k + 1) where word + 2 < tokens.count && quotes.contains(tokens.lower[word]) {
      // Before them nothing stands but a small word ("as").
      guard word == k || (!tokens.startsUpper[k] && tokens.length[k] < 4) else { return nil }
      guard links.contains(tokens.lower[word + 1]), tokens.startsUpper[word + 2] else { return nil }
      return word + 2
    }
    return nil
  }

  /// The index of the first word after a signal phrase that stands before a work; nil without one.
  ///
  /// What comes before the word that sends may be any lead-in without a year ("for a full discussion see").
  private func signalEnd(_ view: NoteView, _ words: Range<Int>) -> Int? {
    let tokens = view.tokens
    var end: Int?
    if let work = quotedWork(view, words.lowerBound), work < words.upperBound { return work }
    for k in words.prefix(40) {
      if tokens.number[k] == .year { break }
      guard sends.contains(tokens.lower[k]) else { continue }
      var next = k + 1
      while next < words.upperBound,
        follows.contains(tokens.lower[next]) || sends.contains(tokens.lower[next])
      { next += 1 }
      guard next < words.upperBound else { continue }
      if tokens.startsUpper[next] || tokens.kind[next] == .dash || view.cue(next) == .ibid
        || view.cue(next) == .part
      {
        end = next
        break
      }
    }
    return end
  }
}

/// The words of a note and what they speak for.
private struct NoteView {
  let text: [UInt8]
  let tokens: ReferenceTokens
  private let cues: [Cue]
  private let grammar: [Bool]

  init(text: [UInt8], tokens: ReferenceTokens, gazetteers: Gazetteers) {
    (self.text, self.tokens) = (text, tokens)
    cues = tokens.lower.map { gazetteers.cue($0) }
    grammar = tokens.lower.map { gazetteers.isGrammar($0) }
  }

  func cue(_ k: Int) -> Cue { k < cues.count ? cues[k] : .none }

  struct Evidence {
    /// A year, pages, a back-reference.
    var isReference = false
    /// More than a place in a work: a year or a back-reference with a name.
    var isWork = false
    /// Running text: many words of grammar, few capitals.
    var isProse = false
  }

  func evidence(_ words: Range<Int>) -> Evidence {
    var (years, pages, back, names, function, capitals, quotes) = (0, 0, 0, 0, 0, 0, 0)
    for k in words {
      if tokens.number[k] == .year { years += 1 }
      if cues[k] == .pp, k + 1 < words.upperBound, tokens.number[k + 1] != .none { pages += 1 }
      if cues[k] == .ibid, tokens.length[k] > 1 { back += 1 }
      if tokens.kind[k] == .url || tokens.kind[k] == .doi { pages += 1 }
      if tokens.startsUpper[k] { capitals += 1 }
      if tokens.startsUpper[k], tokens.length[k] > 1 { names += 1 }
      if grammar[k] { function += 1 }
      if tokens.gaps[k].marks.contains(.quote) { quotes += 1 }
      if tokens.number[k].isDigits, k > words.lowerBound, tokens.gaps[k].marks.contains(.comma) { pages += 1 }
    }
    let count = Double(max(1, words.count))
    var evidence = Evidence()
    let dense = Double(capitals) / count > 0.25
    evidence.isReference =
      (years > 0 && names > 0) || (back > 0 && (pages > 0 || words.count <= 12))
      || (pages > 0 && names > 0 && dense)
      || (quotes > 1 && pages > 0)
    evidence.isWork = years > 0 || back > 0
    // Running text has one word of grammar in three and few capitals.
    evidence.isProse = Double(function) / count > 0.3 && Double(capitals) / count < 0.3
    if !evidence.isReference, Double(function) / count > 0.2, Double(capitals) / count < 0.4 {
      evidence.isProse = true
    }
    return evidence
  }

  /// Whether the stop before word k ends a sentence: it does not after an initial or an abbreviation.
  func endsSentence(_ k: Int) -> Bool {
    guard k > 0, tokens.startsUpper[k] || tokens.kind[k] == .dash || tokens.gaps[k].marks.contains(.quote)
    else {
      return false
    }
    let before = k - 1
    if tokens.length[before] <= 1, tokens.number[before] == .none { return false }
    switch cues[before] {
    case .vol, .no, .pp, .ed, .tr, .edn: return false
    case .ibid: return tokens.length[before] > 2
    default: return tokens.length[before] > 3 || tokens.number[before] != .none || !tokens.startsUpper[before]
    }
  }

  /// Whether word k begins like a work: a name, a dash, a back-reference.
  func beginsWork(_ k: Int) -> Bool {
    guard k < tokens.count else { return false }
    if tokens.kind[k] == .dash || cues[k] == .ibid { return true }
    // "In B. Weber (ed.), …" goes on with the work before it.
    guard tokens.startsUpper[k], cues[k] != .in else { return false }
    // "M. Weber," "Weber, M." "Max Weber,"
    for j in (k + 1)..<min(k + 8, max(k + 1, tokens.count)) {
      if tokens.gaps[j].marks.contains(.comma) || tokens.gaps[j].marks.contains(.open) { return true }
      if !tokens.startsUpper[j], cues[j] != .and, cues[j] != .part { return false }
    }
    return false
  }

  /// Whether word k goes on with the work before it: "pp. 30–4", "vol. 2", "repr. 1980"; "P. Weber" does not.
  func goesOn(_ k: Int) -> Bool {
    switch cue(k) {
    case .pp, .vol: k + 1 < tokens.count && tokens.number[k + 1] != .none
    case .edn, .tr: !beginsWork(k)
    default: false
    }
  }

  /// Whether words are surely a work and no sentence: a year closes a bracket, or a title is quoted, and grammar is scarce.
  func describesWork(_ words: Range<Int>) -> Bool {
    let evidence = evidence(words)
    guard evidence.isReference, evidence.isWork, !evidence.isProse else { return false }
    return words.contains { k in
      (tokens.number[k] == .year && closesBracket(k, words))
        || (k > words.lowerBound && tokens.gaps[k].marks.contains(.quote))
    }
  }

  /// Whether a bracket closes behind the year or span of years at word k: "1875)", "1875-91)".
  private func closesBracket(_ k: Int, _ words: Range<Int>) -> Bool {
    if tokens.gaps[k + 1].marks.contains(.close) { return true }
    return k + 1 < words.upperBound && tokens.number[k + 1] != .none
      && tokens.gaps[k + 1].marks.contains(.dashOnly) && tokens.gaps[k + 2].marks.contains(.close)
  }

  /// Where the work begins in a part that leads to it in words: "The point is made most clearly by Edith Marsh, …";
  /// nil where no such words stand before it.
  func introduced(_ words: Range<Int>) -> Int? {
    var grammatical = 0
    for k in words.prefix(24) {
      if k > words.lowerBound, tokens.startsUpper[k] || tokens.number[k] != .none { return nil }
      if k > words.lowerBound, tokens.gaps[k].marks.contains(.quote) { return nil }
      if grammar[k] { grammatical += 1 }
      guard k > words.lowerBound + 1, cues[k] == .by || cues[k] == .in, grammatical > 1,
        k + 2 < words.upperBound, beginsWork(k + 1)
      else { continue }
      return k + 1
    }
    return nil
  }

  /// Where the work begins behind "and", "with", "and, for an exception,"; nil where none stands before it.
  func leadIn(_ first: Int) -> Int? {
    guard first < tokens.count, cues[first] == .and || cues[first] == .by, !tokens.startsUpper[first] else {
      return nil
    }
    for k in (first + 1)..<min(first + 8, max(first + 1, tokens.count)) {
      if beginsWork(k) { return k }
      if tokens.startsUpper[k] || tokens.number[k] != .none { return nil }
    }
    return nil
  }

  /// Whether after a full reference (a year in brackets since `start`) another work follows the comma before word k.
  func startsFurtherWork(_ k: Int, after start: Int) -> Bool {
    guard let work = leadIn(k), work + 2 < tokens.count, tokens.startsUpper[work + 1] else { return false }
    return (start..<k).contains { tokens.number[$0] == .year && tokens.gaps[$0 + 1].marks.contains(.close) }
  }

  /// The next place where a part may end.
  func nextStop(_ k: Int) -> Int {
    var depth = 0
    for j in (k + 1)..<max(k + 1, tokens.count) {
      let marks = tokens.gaps[j].marks
      if marks.contains(.open) { depth += 1 }
      if marks.contains(.close) { depth = max(0, depth - 1) }
      if depth == 0, marks.contains(.semicolon) || (marks.contains(.stop) && endsSentence(j)) { return j }
    }
    return tokens.count
  }

  /// Where word k begins, with a quotation mark or bracket that opens before it.
  func opening(_ k: Int) -> Int {
    let low = k > 0 ? tokens.end[k - 1] : 0
    let start = tokens.start[k]
    var at = start
    while at > low, text[at - 1] > 0x20 { at -= 1 }
    // Of the signs before the word only opening ones belong to it.
    while at < start {
      switch text[at] {
      case 0x28, 0x5B, 0x22, 0x27, 0xE2, 0xC2: return at
      default: at += 1
      }
    }
    return start
  }

  /// Where the part before word k ends, with its full stop or closing bracket.
  func closing(_ k: Int) -> Int {
    var end = tokens.end[k - 1]
    let high = k < tokens.count ? tokens.start[k] : text.count
    while end < high {
      let byte = text[end]
      if byte == 0x3B || byte <= 0x20 { break }
      end += 1
      if byte == 0x2E { break }
    }
    return end
  }
}
