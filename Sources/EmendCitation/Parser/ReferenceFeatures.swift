/// The feature templates of the parser, in order: words and gaps, numbers, cues, running
/// state, style of the whole string, segments, names, gazetteers.
private enum Template: UInt64 {
  case bias, word, shape, gapLeft, gapRight, gaps
  case wordBack1, wordNext1, wordBack2, wordNext2, shapeBack1, shapeNext1, shapeBack2, shapeNext2
  case gapBack1, gapNext1
  case pairBack, pairNext, gapLeftWord, gapRightWord, gapLeftBack, gapRightNext
  case shapeGapShape, shapeGapNext, shapesAround, gapsBack, gapsNext, shapesBack2, shapesNext2
  case prefix3, prefix4, suffix2, suffix3, suffix4
  case number, numberGaps, numberContext, numberCue, rangeFirst, rangeSecond
  case cue, cueGaps, cueBack1, cueBack1Gap, cueNext1, cueBack2, cueNext2
  case bracket, position, fromEnd, tenth, initials
  case state, stateGap, stops, stopsSinceYear, stateQuote
  case style, styleStops, stylePosition, nextNumber, yearAhead, nextCue, lastCue, cuesAround
  case segment, segmentFirst, segmentLast, segmentShape, nextFirst, nextShape, lastBefore, shapeBefore
  case segmentCues, segmentCuesEnds, nextCues
  case nameRun
  case phrase, phraseGaps, phraseNext, phraseBack, names, namesAround, journalWord, publisherWord,
    segmentPhrases
  case english
}

/// Features that depend on the same few numbers.
private enum Block: UInt64 {
  case word = 1
  case back1, next1, back2, next2, gaps, shapes, place, state, segment
}

/// Turns the words of one reference into hashed features.
///
/// No feature is ever a string: template and values are mixed into 64 bits. The features of a word come in
/// blocks, each of which depends on a few small numbers only, so that a scorer may remember its sum.
struct ReferenceFeatures {
  /// The class of each word.
  private(set) var cue: [Cue] = []
  private var wordClass: [UInt8] = []
  private var initial: [Bool] = []
  private var strong: [UInt8] = []
  private var segmentStart: [Int] = []
  private var segmentEnd: [Int] = []
  private var nextNumber: [Int] = []
  private var nextCue: [(cue: Cue, at: Int)] = []
  private var lastCue: [(cue: Cue, at: Int)] = []
  private var phrases: [[Gazetteers.PhrasePlace]] = [[], [], []]
  private var segmentCues: [UInt64] = []
  private var segmentPhrases: [UInt64] = []
  private var wordKey: [UInt64] = []

  private static let caret: UInt64 = 0x5E5E
  private static let dollar: UInt64 = 0x2424

  /// Strong gaps cut a reference into segments; these are their codes.
  private enum Strong {
    static let none: UInt8 = 0
    static let quote: UInt8 = 1
    static let open: UInt8 = 2
    static let close: UInt8 = 3
    static let square: UInt8 = 4
    static let colon: UInt8 = 5
    static let semicolon: UInt8 = 6
    static let stop: UInt8 = 7
    static let comma: UInt8 = 8
    static let start: UInt8 = 9
    static let end: UInt8 = 10
  }

  private static func bucket(_ value: Int, _ cuts: StaticString) -> UInt64 {
    for index in 0..<cuts.utf8CodeUnitCount where value <= Int(cuts.utf8Start[index]) - 0x30 {
      return UInt64(index)
    }
    return UInt64(cuts.utf8CodeUnitCount)
  }
  /// Steps 0, 1, 2, 3, 4, 6, 9, 14, 20 for positions (characters count from "0").
  private static let wide: StaticString = "0123469>D"
  private static let distance: StaticString = "12358="

  /// Gives the features of a tokenised reference to a sink, word by word.
  mutating func extract<Sink: FeatureSink>(
    _ tokens: ReferenceTokens, _ gazetteers: Gazetteers, into sink: inout Sink
  ) {
    guard tokens.count > 0 else { return }
    look(tokens, gazetteers)
    segments(tokens)
    neighbours(tokens)
    emit(tokens, into: &sink)
  }

  /// Gazetteers, cue words and initials.
  private mutating func look(_ tokens: ReferenceTokens, _ gazetteers: Gazetteers) {
    let n = tokens.count
    cue.removeAll(keepingCapacity: true)
    wordClass.removeAll(keepingCapacity: true)
    initial.removeAll(keepingCapacity: true)
    wordKey.removeAll(keepingCapacity: true)
    for k in 0..<n {
      cue.append(
        tokens.kind[k] == .word ? gazetteers.cue(tokens.lower[k]) : tokens.kind[k] == .dash ? .none : .acc)
      wordClass.append(gazetteers.word(tokens.fold[k]))
      let classes = UInt64(wordClass[k]) << 40 | UInt64(cue[k].rawValue) << 32
      // Each is mixed in by itself: the codes of addresses and dashes stand in both.
      wordKey.append(mixed(mixed(0, tokens.word[k]), UInt64(tokens.shape[k]) | classes))
      let shape = tokens.shape[k]
      let isShort = tokens.startsUpper[k] && tokens.length[k] <= 2
      let next = tokens.gaps[k + 1]
      initial.append(
        isShort && (shape == ReferenceTokens.shapeX || shape == ReferenceTokens.shapeXX)
          && (tokens.length[k] == 1 || next.marks.contains(.stop) || next.marks.contains(.hyphenOrSpace)
            || next.signs & 0xFF == 0x2C)
      )
    }
    gazetteers.matchPhrases(tokens.fold, count: n, into: &phrases)
  }

  /// Strong gaps and the segments between them.
  private mutating func segments(_ tokens: ReferenceTokens) {
    let n = tokens.count
    strong.removeAll(keepingCapacity: true)
    strong.append(Strong.start)
    for k in 1..<max(n, 1) {
      let gap = tokens.gaps[k]
      let marks = gap.marks
      var code = Strong.none
      if marks.contains(.quote) {
        code = Strong.quote
      } else if marks.contains(.open) {
        code = Strong.open
      } else if marks.contains(.close) {
        code = Strong.close
      } else if marks.contains(.square) {
        code = Strong.square
      } else if marks.contains(.colon) {
        code = Strong.colon
      } else if marks.contains(.semicolon) {
        code = Strong.semicolon
      } else if marks.contains(.query) {
        code = Strong.stop
      } else if marks.contains(.stop), !initial[k - 1], !isAbbreviation(k - 1, tokens) {
        code = Strong.stop
      } else if marks.contains(.comma) {
        code = Strong.comma
      }
      strong.append(code)
    }
    segmentStart.removeAll(keepingCapacity: true)
    var current = 0
    for k in 0..<n {
      if strong[k] != Strong.none { current = k }
      segmentStart.append(current)
    }
    segmentEnd.removeAll(keepingCapacity: true)
    segmentEnd.append(contentsOf: repeatElement(n - 1, count: n))
    current = n - 1
    for k in stride(from: n - 1, through: 0, by: -1) {
      segmentEnd[k] = current
      if strong[k] != Strong.none { current = k - 1 }
    }
    // What a segment holds: its three first cue classes in the order of the classes, and its phrases.
    segmentCues.removeAll(keepingCapacity: true)
    segmentPhrases.removeAll(keepingCapacity: true)
    segmentCues.append(contentsOf: repeatElement(0, count: n))
    segmentPhrases.append(contentsOf: repeatElement(0, count: n))
    var k = 0
    while k < n {
      let end = segmentEnd[k]
      var classes: UInt32 = 0
      var found: UInt64 = 0
      for j in k...end {
        let c = cue[j]
        if c != .none, c != .by, c != .and, c != .part { classes |= 1 << UInt32(c.rawValue) }
        for kind in 0..<3 where phrases[kind][j] != 0 {
          let size = UInt64(phrases[kind][j] & 3)
          found |= 1 << (UInt64(kind) * 4 + size)
        }
      }
      var kept: UInt64 = 0
      var number = 0
      for bit in 0..<UInt32(Cue.allCases.count) where classes & (1 << bit) != 0 && number < 3 {
        kept |= 1 << UInt64(bit)
        number += 1
      }
      for j in k...end {
        segmentCues[j] = kept
        segmentPhrases[j] = found
      }
      k = end + 1
    }
  }

  /// "ed.", "vol.", "no.": their full stop ends nothing.
  private func isAbbreviation(_ k: Int, _ tokens: ReferenceTokens) -> Bool {
    guard tokens.length[k] <= 4, tokens.startsUpper[k], tokens.gaps[k + 1].marks.contains(.stopSpace) else {
      return false
    }
    switch cue[k] {
    case .ed, .vol, .no, .pp, .tr: return true
    default: return false
    }
  }

  /// For each word the next number and the nearest cues of weight.
  private mutating func neighbours(_ tokens: ReferenceTokens) {
    let n = tokens.count
    nextNumber.removeAll(keepingCapacity: true)
    nextCue.removeAll(keepingCapacity: true)
    lastCue.removeAll(keepingCapacity: true)
    nextNumber.append(contentsOf: repeatElement(-1, count: n))
    nextCue.append(contentsOf: repeatElement((.none, 0), count: n))
    var number = -1
    var ahead: (cue: Cue, at: Int) = (.none, n + 99)
    for k in stride(from: n - 1, through: 0, by: -1) {
      nextNumber[k] = number
      nextCue[k] = ahead
      if tokens.number[k].counts { number = k }
      if cue[k].weighs { ahead = (cue[k], k) }
    }
    var behind: (cue: Cue, at: Int) = (.none, -99)
    for k in 0..<n {
      lastCue.append(behind)
      if cue[k].weighs || cue[k] == .tr { behind = (cue[k], k) }
    }
  }

  /// Where the name list at the start of the string ends, and whether it holds initials.
  private func nameRun(_ tokens: ReferenceTokens) -> (end: Int, initials: Bool) {
    var k = 0
    var initials = false
    while k < tokens.count {
      if k > 0 {
        switch strong[k] {
        case Strong.quote, Strong.open, Strong.colon, Strong.square: return (k, initials)
        case Strong.stop where !initial[k - 1]: return (k, initials)
        default: break
        }
      }
      let c = cue[k]
      guard
        initial[k] || tokens.startsUpper[k] || c == .and || c == .part || c == .etal || c == .ed
          || tokens.kind[k] == .dash
      else { break }
      if initial[k] { initials = true }
      k += 1
    }
    return (k, initials)
  }

  private func emit<Sink: FeatureSink>(_ tokens: ReferenceTokens, into sink: inout Sink) {
    let n = tokens.count
    let gaps = tokens.gaps
    let word = tokens.word
    let shape = tokens.shape

    @inline(__always)
    func add(_ template: Template, _ a: UInt64 = 0, _ b: UInt64 = 0, _ c: UInt64 = 0) {
      let seed = (template.rawValue &+ 1) &* 0xD6E8_FEB8_6659_FD93
      sink.take(finished(mixed(mixed(mixed(seed, a), b), c)))
    }
    /// Opens a block under the numbers that all of its features are made of. Each is mixed in by itself:
    /// `mixed` cannot tell its two arguments apart.
    @inline(__always)
    func opens(
      _ block: Block, _ a: UInt64, _ b: UInt64 = 0, _ c: UInt64 = 0, _ d: UInt64 = 0, _ e: UInt64 = 0
    ) -> Bool {
      let seed = block.rawValue &* 0xD6E8_FEB8_6659_FD93
      let key = mixed(mixed(mixed(mixed(mixed(seed, a), b), c), d), e)
      return sink.opensBlock(finished(key), comesAgain: block == .segment)
    }

    // The style of the whole string: where the year stands, in brackets or not, quotes or none.
    var firstYear = -1
    var lastYear = -1
    var hasQuote = false
    for k in 0..<n {
      if tokens.number[k] == .year {
        if firstYear < 0 { firstYear = k }
        lastYear = k
      }
      if gaps[k].marks.contains(.quote) { hasQuote = true }
    }
    var yearPlace: UInt64 = 0
    if firstYear >= 0 {
      yearPlace = firstYear * 10 < 4 * n && firstYear < 14 && n > 6 ? 1 : firstYear >= n - 3 ? 2 : 3
      if gaps[firstYear].marks.contains(.open) { yearPlace += 4 }
    }
    let style = yearPlace * 2 + (hasQuote ? 1 : 0)
    let run = nameRun(tokens)

    var (quoted, depth): (UInt64, Int) = (0, 0)
    var (sawYear, sawQuote, sawIn, sawPages, sawColon): (UInt64, UInt64, UInt64, UInt64, UInt64) = (
      0, 0, 0, 0, 0
    )
    var stops = 0
    var stopsSinceYear = -1

    for k in 0..<n {
      sink.beginWord()
      let left = gaps[k].signs
      let right = gaps[k + 1].signs
      // Running state.
      var signs = left
      while signs != 0 {
        switch signs & 0xFF {
        case 0x51:
          quoted ^= 1
          sawQuote = quoted == 1 ? 1 : 2
        case 0x28, 0x5B: depth = min(depth + 1, 2)
        case 0x29, 0x5D: depth = max(depth - 1, 0)
        case 0x3A: sawColon = 1
        default: break
        }
        signs >>= 8
      }
      if strong[k] == Strong.stop {
        stops += 1
        if stopsSinceYear >= 0 { stopsSinceYear += 1 }
      }

      let w = word[k]
      let s = UInt64(shape[k])
      let w1 = k > 0 ? word[k - 1] : Self.caret
      let v1 = k + 1 < n ? word[k + 1] : Self.dollar
      let s1 = k > 0 ? UInt64(shape[k - 1]) : Self.caret << 32
      let s2 = k > 1 ? UInt64(shape[k - 2]) : Self.caret << 32
      let t1 = k + 1 < n ? UInt64(shape[k + 1]) : Self.dollar << 32
      let t2 = k + 2 < n ? UInt64(shape[k + 2]) : Self.dollar << 32
      let left1 = k > 0 ? gaps[k - 1].signs : Self.caret
      let right1 = k + 1 < n ? gaps[k + 2].signs : Self.dollar
      let sg = UInt64(strong[k])
      let number = tokens.number[k]
      let c = cue[k]
      let names = nameClass(k, tokens)

      if opens(.word, wordKey[k]) {
        add(.bias)
        add(.word, w)
        add(.shape, s)
        if number == .none, tokens.length[k] > 2 {
          let affixes = tokens.affixes[k]
          add(.prefix3, affixes.p3)
          add(.suffix3, affixes.s3)
          if tokens.length[k] > 4 {
            add(.prefix4, affixes.p4)
            add(.suffix4, affixes.s4)
          }
          add(.suffix2, affixes.s2)
        }
        if number != .none { add(.number, UInt64(number.rawValue)) }
        if c != .none { add(.cue, UInt64(c.rawValue)) }
        if names != 0 { add(.names, names) }
        let journalLevel = (wordClass[k] >> Gazetteers.journalWordShift) & 3
        let upper: UInt64 = tokens.startsUpper[k] ? 1 : 0
        if journalLevel != 0 { add(.journalWord, UInt64(journalLevel), upper) }
        if wordClass[k] & Gazetteers.publisherWord != 0 { add(.publisherWord, upper) }
        add(.english, wordClass[k] & Gazetteers.english != 0 ? 1 : 0, upper, names)
        sink.closesBlock()
      }
      if opens(.back1, k > 0 ? wordKey[k - 1] : Self.caret, left) {
        add(.wordBack1, w1)
        add(.shapeBack1, s1)
        add(.gapLeftBack, left, w1)
        let c1 = k > 0 ? cue[k - 1] : .none
        if c1 != .none {
          add(.cueBack1, UInt64(c1.rawValue))
          add(.cueBack1Gap, UInt64(c1.rawValue), left)
        }
        sink.closesBlock()
      }
      if opens(.next1, k + 1 < n ? wordKey[k + 1] : Self.dollar, right) {
        add(.wordNext1, v1)
        add(.shapeNext1, t1)
        add(.gapRightNext, right, v1)
        if k + 1 < n, cue[k + 1] != .none { add(.cueNext1, UInt64(cue[k + 1].rawValue)) }
        sink.closesBlock()
      }
      if opens(.back2, k > 1 ? wordKey[k - 2] : Self.caret) {
        add(.wordBack2, k > 1 ? word[k - 2] : Self.caret + 1)
        add(.shapeBack2, s2)
        if k > 1, cue[k - 2] != .none { add(.cueBack2, UInt64(cue[k - 2].rawValue)) }
        sink.closesBlock()
      }
      if opens(.next2, k + 2 < n ? wordKey[k + 2] : Self.dollar) {
        add(.wordNext2, k + 2 < n ? word[k + 2] : Self.dollar + 1)
        add(.shapeNext2, t2)
        if k + 2 < n, cue[k + 2] != .none { add(.cueNext2, UInt64(cue[k + 2].rawValue)) }
        sink.closesBlock()
      }
      if opens(.gaps, left1, left, right, right1) {
        add(.gapLeft, left)
        add(.gapRight, right)
        add(.gaps, left, right)
        add(.gapBack1, left1)
        add(.gapNext1, right1)
        add(.gapsBack, left1, left, right)
        add(.gapsNext, left, right, right1)
        sink.closesBlock()
      }
      if opens(.shapes, s1, left, s, right, t1) {
        add(.shapeGapShape, s1, left, s)
        add(.shapeGapNext, s, right, t1)
        add(.shapesAround, mixed(s1, left), mixed(s, right), t1)
        sink.closesBlock()
      }
      if k > 1 { add(.shapesBack2, mixed(s2, left1), s1, left) }
      if k + 2 < n { add(.shapesNext2, right, mixed(t1, right1), t2) }
      add(.pairBack, w1, w)
      add(.pairNext, w, v1)
      add(.gapLeftWord, left, w)
      add(.gapRightWord, right, w)

      if number != .none {
        let value = UInt64(number.rawValue)
        let before = k > 0 ? UInt64(tokens.number[k - 1].rawValue) : 99
        let after = k + 1 < n ? UInt64(tokens.number[k + 1].rawValue) : 99
        add(.numberGaps, value, left, right)
        add(.numberContext, mixed(before, left), value, mixed(right, after))
        let cueBefore = k > 0 ? UInt64(cue[k - 1].rawValue) : 99
        add(.numberCue, mixed(cueBefore, left), mixed(value, right), mixed(after, right1))
        if number.isDigits {
          if k + 1 < n, tokens.number[k + 1].isDigits, gaps[k + 1].marks.contains(.dashOnly) {
            add(.rangeFirst)
          }
          if k > 0, tokens.number[k - 1].isDigits, gaps[k].marks.contains(.dashOnly) { add(.rangeSecond) }
        }
      }
      if c != .none { add(.cueGaps, UInt64(c.rawValue), left, right) }

      let position = Self.bucket(k, Self.wide)
      let fromEnd = Self.bucket(n - 1 - k, Self.wide)
      let tenth = UInt64(10 * k / n)
      if opens(.place, position << 8 | fromEnd << 4 | tenth) {
        add(.position, position)
        add(.fromEnd, fromEnd)
        add(.tenth, tenth)
        sink.closesBlock()
      }
      add(.stylePosition, style, position, sg)

      let initials = UInt64(
        (initial[k] ? 1 : 0) + (k > 0 && initial[k - 1] ? 2 : 0) + (k + 1 < n && initial[k + 1] ? 4 : 0))
      let since = UInt64(min(stopsSinceYear, 4) + 1)
      let seen = sawYear | sawQuote << 1 | sawIn << 3
      let state = seen | sawPages << 4 | sawColon << 5 | quoted << 6 | UInt64(depth) << 7
      let yearAhead: UInt64 = lastYear > k ? 1 : 0
      let counts = since | UInt64(min(stops, 4)) << 3 | sg << 6 | style << 10 | yearAhead << 16
      if opens(.state, state | initials << 9, counts, left) {
        add(.bracket, quoted, UInt64(depth))
        add(.initials, initials)
        add(.state, seen | sawPages << 4 | sawColon << 5)
        add(.stateGap, seen, left)
        add(.stops, UInt64(min(stops, 4)), sawYear)
        add(.stopsSinceYear, since, sg)
        add(.stateQuote, sawYear | quoted << 1 | UInt64(depth) << 2 | sawIn << 4)
        add(.style, style, sg, UInt64(min(stopsSinceYear, 3) + 1))
        add(.styleStops, style, UInt64(min(stops, 3)), sawYear << 2 | sawQuote)
        add(.yearAhead, yearAhead, sawYear, yearPlace)
        sink.closesBlock()
      }

      let following = nextNumber[k]
      let (ahead, behind) = (nextCue[k], lastCue[k])
      if following >= 0 {
        add(
          .nextNumber, UInt64(tokens.number[following].rawValue), Self.bucket(following - k, Self.wide),
          UInt64(strong[following]))
      } else {
        add(.nextNumber, 99)
      }
      add(.nextCue, UInt64(ahead.cue.rawValue), Self.bucket(ahead.at - k, Self.distance))
      add(.lastCue, UInt64(behind.cue.rawValue), Self.bucket(k - behind.at, Self.distance))
      add(.cuesAround, UInt64(ahead.cue.rawValue), UInt64(behind.cue.rawValue), left)

      // What the words of a segment have in common.
      let (first, last) = (segmentStart[k], segmentEnd[k])
      let segmentLeft = UInt64(strong[first])
      let segmentRight = UInt64(last + 1 < n ? strong[last + 1] : Strong.end)
      let size = Self.bucket(last - first, "01247<")
      let nextKey = last + 1 < n ? mixed(wordKey[last + 1], segmentCues[last + 1]) : Self.dollar
      let beforeKey = first > 0 ? wordKey[first - 1] : Self.caret
      if opens(
        .segment, segmentLeft << 16 | segmentRight << 8 | size, UInt64(shape[first]), nextKey, beforeKey,
        segmentCues[k])
      {
        add(.segment, segmentLeft, segmentRight, size)
        add(.segmentShape, segmentLeft, UInt64(shape[first]), segmentRight)
        if last + 1 < n {
          add(.nextFirst, word[last + 1])
          add(.nextShape, segmentRight, UInt64(shape[last + 1]), UInt64(tokens.number[last + 1].rawValue))
          add(.nextCues, segmentCues[last + 1], segmentRight)
        } else {
          add(.nextFirst, Self.dollar)
          add(.nextShape, segmentRight)
        }
        add(.lastBefore, first > 0 ? word[first - 1] : Self.caret, segmentLeft)
        add(.shapeBefore, first > 0 ? UInt64(shape[first - 1]) : Self.caret, segmentLeft)
        if segmentCues[k] != 0 {
          add(.segmentCues, segmentCues[k])
          add(.segmentCuesEnds, segmentCues[k], segmentLeft, segmentRight)
        }
        sink.closesBlock()
      }
      add(.segmentFirst, word[first], first == k ? 1 : 0)
      add(.segmentLast, word[last], last == k ? 1 : 0)
      add(.segmentPhrases, segmentPhrases[k], sg)

      let place = k < run.end ? 0 : k == run.end ? 1 : 2 + Self.bucket(k - run.end, "138")
      add(.nameRun, place, run.initials ? 1 : 0)
      for kind in 0..<3 {
        let code = UInt64(kind)
        let here = phrases[kind][k]
        if here != 0 {
          add(.phrase, code, UInt64(here))
          add(.phraseGaps, code << 8 | UInt64(here), left, right)
        }
        if k + 1 < n, phrases[kind][k + 1] >> 2 == 1 {
          add(.phraseNext, code, UInt64(phrases[kind][k + 1]), right)
        }
        if k > 0, phrases[kind][k - 1] != 0 { add(.phraseBack, code, UInt64(phrases[kind][k - 1]), left) }
      }
      let namesBefore = k > 0 ? nameClass(k - 1, tokens) : 99
      let namesAfter = k + 1 < n ? nameClass(k + 1, tokens) : 99
      add(.namesAround, mixed(namesBefore, left), names, mixed(right, namesAfter))

      // Then the state after this word.
      if number == .year {
        sawYear = 1
        if stopsSinceYear < 0 { stopsSinceYear = 0 }
      }
      if c == .in, strong[k] != Strong.none || tokens.startsUpper[k] {
        sawIn = 1
      } else if c == .pp, k + 1 < n, tokens.number[k + 1] != .none {
        sawPages = 1
      }
    }
  }

  /// Given name, family name, rare family name of a capitalised word.
  @inline(__always)
  private func nameClass(_ k: Int, _ tokens: ReferenceTokens) -> UInt64 {
    tokens.startsUpper[k] ? UInt64(wordClass[k] & NameClass.names.rawValue) : 0
  }
}
