import FoundationEssentials

/// Readings of words by the damage map.
struct MapReader {
  /// A stretch of a form that may be a damaged word, with its readings.
  struct Variant {
    var range: Range<Int>
    var form: Form
    var sense: English.Sense
    /// Its level, with words that hold a stand-in capital between small letters counted as unknown.
    var level: English.Level
    /// Whether one of the stand-ins stands in it.
    var holdsSign: Bool
    /// Where signs stand that cannot be natural: no letters, or capitals after small letters.
    var odd: [Range<Int>]
    /// Good readings with the log rate of their substitutions, and what the language knows of them.
    var readings: [(form: Form, logRate: Double, sense: English.Sense)]
    /// A rare short word that dropping may have left of a longer one.
    var isSplinter = false
  }

  private(set) var map: DamageMap {
    didSet { signsByLength = MapReader.byLength(map) }
  }
  /// The signs of the map, the longest first.
  private var signsByLength: [Form]
  let knowledge: Knowledge
  let vocabulary: Vocabulary
  /// For words garbled around a ligature code point; nil when the map has none.
  let nearest: NearestWords?
  /// Signs of the map that have a life of their own.
  var natural = NaturalSigns()

  init(map: DamageMap, knowledge: Knowledge, vocabulary: Vocabulary) {
    self.map = map
    signsByLength = MapReader.byLength(map)
    self.knowledge = knowledge
    self.vocabulary = vocabulary
    let hasCodes = map.signs.contains { Glyph.isLigature(Glyph.scalar($0.signs, 0)) }
    nearest = hasCodes ? NearestWords(map, vocabulary, knowledge) : nil
  }

  private static func byLength(_ map: DamageMap) -> [Form] {
    map.signs.map(\.signs).sorted { $0.count > $1.count }
  }

  /// The same reader with another map.
  func with(_ map: DamageMap) -> MapReader {
    var reader = self
    reader.map = map
    return reader
  }

  /// Words of up to so many letters that are rarer than this (log frequency) may be splinters of commoner
  /// ones where ligatures are dropped: "sh" of fish, "nite" of finite.
  private static let shortest = 4
  private static let rare = -12.0

  private func mayBeSplinter(_ form: Form, _ sense: English.Sense) -> Bool {
    !map.dropped.isEmpty && form.count <= MapReader.shortest && form.startsLower
      && sense.logFrequency < MapReader.rare
  }

  /// Widest search for readings of one word.
  private static let widest = 400

  /// Whether a form can be touched by the map at all.
  func concerns(_ form: Form) -> Bool {
    if form.count > 4 * English.longest { return false }
    if map.signs.contains(where: { form.find($0.signs) != nil }) { return true }
    return !map.dropped.isEmpty
      && Pieces.of(form).contains { range in
        let piece = Form(form[range])
        let sense = knowledge.english.sense(piece)
        return sense.level < .trusted || mayBeSplinter(piece, sense) || piece == [0x6F]
      }
  }

  /// The variants of a form that have readings or odd signs, widest first.
  func variants(of form: Form) -> [Variant] {
    var ranges = Pieces.variants(form)
    if let wide = withTrailingSign(form) { ranges.append(wide) }
    ranges.sort { ($1.count, $0.lowerBound) < ($0.count, $1.lowerBound) }
    return ranges.compactMap { variant(form, $0) }
  }

  /// The last piece with the stop after it, where the stop is a stand-in and the piece alone is no word: "cuto.",
  /// "o!" for off.
  private func withTrailingSign(_ form: Form) -> Range<Int>? {
    guard let last = Pieces.of(form).last, last.upperBound < form.count else { return nil }
    let end = min(form.count, last.upperBound + Glyph.width(form[last.upperBound]))
    let sign = Form(form[last.upperBound..<end])
    guard StandIn(signs: sign).isOrdinaryMark, !map.readings(of: sign).isEmpty else { return nil }
    let piece = Form(form[last])
    let sense = knowledge.english.sense(piece)
    guard piece.isAllLetters, piece.startsLower, !sense.flags.contains(.abbreviation),
      sense.level == .unknown || piece == [0x6F] && last.lowerBound == 0
    else { return nil }
    return last.lowerBound..<end
  }

  private func variant(_ whole: Form, _ range: Range<Int>) -> Variant? {
    let form = Form(whole[range])
    let english = knowledge.english
    let signs = map.signs.filter { form.find($0.signs) != nil }
    if form.count < 2 && signs.isEmpty && !(form == [0x6F] && !map.dropped.isEmpty) { return nil }
    if form.count > 1, form.isAllLetters, form.isUpperCase { return nil }
    let isWord = isWordShaped(form)
    if !isWord && signs.isEmpty { return nil }
    let sense = english.sense(form)
    var level = isWord ? sense.level : .unknown
    // "eds." is as good as a word.
    if isWord, level == .unknown, sense.flags.contains(.abbreviation) {
      level = range.upperBound < whole.count && whole[range.upperBound] == 0x2E ? .trusted : .plausible
    }
    // "o" alone is what dropping leaves of "off".
    if form == [0x6F], !map.dropped.isEmpty { level = .unknown }
    if level > .unknown, signs.contains(where: { $0.signs.startsUpper && standsBetweenSmall($0.signs, form) })
    {
      level = .unknown
    }
    let isSplinter = level == .trusted && mayBeSplinter(form, sense)
    if signs.isEmpty && (map.dropped.isEmpty || level == .trusted && !isSplinter) { return nil }
    // A short piece of a compound is an ending or a prefix, not a word that lost a ligature, unless the document
    // has the same piece again and it is no word: "sux-tree", "sux".
    let isShortPart =
      form.count < 4 && signs.allSatisfy { StandIn(signs: $0.signs).isSmallLetters }
      && isCompoundPart(whole, range)
    if isShortPart, form.count < 3 || level > .unknown || vocabulary.count(form) < 2 { return nil }

    var readings: [(form: Form, logRate: Double, sense: English.Sense)] = []
    let holdsCode = LigatureCode.count(form) > 0
    func consider(_ reading: UnsafeBufferPointer<UInt8>, _ rate: Double) {
      guard let (known, own) = worth(of: reading) else { return }
      if isShortPart, known.level < .trusted || reading.count < 5 { return }
      if signs.isEmpty, known.level < .trusted, reading.count < 6 && own == 0 || isSplinter { return }
      let form = Form(reading)
      if !isLetters(form) { return }
      // Where ligature signs are misread, a short rare word ("fir", "eff") is as likely a splinter.
      if reading.count <= 3, known.logFrequency < -11.5, holdsCode, map.misreadsCodes { return }
      if let at = readings.firstIndex(where: { $0.form == form }) {
        readings[at].logRate = max(readings[at].logRate, rate)
      } else {
        readings.append((form, rate, known))
      }
    }
    if signs.isEmpty, !map.insertionsMakeSigns {
      forEachInsertion(form, consider)
    } else {
      for (reading, rate) in substitutions(form) { reading.withUnsafeBufferPointer { consider($0, rate) } }
    }
    readings.sort { ($1.logRate, $0.form.text) < ($0.logRate, $1.form.text) }
    let odd = oddSigns(form)
    let mayBeName = signs.isEmpty && level == .unknown && lostEnding(form) != nil
    if readings.isEmpty && odd.isEmpty && !mayBeName { return nil }
    return Variant(
      range: range, form: form, sense: sense, level: level, holdsSign: !signs.isEmpty, odd: odd,
      readings: readings, isSplinter: isSplinter || form == [0x6F])
  }

  /// What is known of a reading and how often the document has it, if it may stand: a word that is good enough, or
  /// one that may pass and that the document has twice. The document is asked only where its answer counts.
  private func worth(of reading: UnsafeBufferPointer<UInt8>) -> (known: English.Sense, own: Int)? {
    if reading.count <= 2 || reading.count > English.longest { return nil }
    if reading[reading.count - 2] == 0x66 && reading[reading.count - 1] == 0x6C { return nil }
    for byte in reading where !(byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x80 || byte == 0x27) {
      return nil
    }
    let english = knowledge.english
    let simple = english.possibleSense(reading)
    if let simple, simple.level == .trusted { return (simple, 0) }
    let own = english.withFolded(reading) { vocabulary.count(folded: $0) }
    let isPromising =
      simple.map {
        $0.level == .plausible || reading.count >= 7 && ($0.logFrequency > -16 || reading.count >= 10)
      }
      ?? false
    guard isPromising || own >= 2 else { return nil }
    let known = english.sense(reading)
    guard english.isGood(reading) || own >= 2 && known.level >= .plausible else { return nil }
    return (known, own)
  }

  /// A name with the ligature that it lost at its end, where the document loses most of them: "Leydesdor".
  func lostEnding(_ form: Form) -> Form? {
    guard form.startsUpper, form.isAllLetters, form.count >= 5,
      let letters = knowledge.nameEndings.lost(behind: form),
      map.dropped.contains(where: { $0.letters == letters && $0.logRate > MapReader.mostly })
    else { return nil }
    return form + letters
  }
  /// Log of the share of a ligature's occurrences that is mostly.
  private static let mostly = -0.36

  private func isLetters(_ form: Form) -> Bool {
    var at = 0
    while at < form.count {
      let u = Glyph.scalar(form, at)
      if !Glyph.isLetter(u) && u != 0x27 && u != 0x2019 { return false }
      at += Glyph.width(form[at])
    }
    return true
  }

  /// Letters, and after an apostrophe more letters.
  private func isWordShaped(_ form: Form) -> Bool {
    var at = 0
    var apostrophes = 0
    var letters = 0
    while at < form.count {
      let u = Glyph.scalar(form, at)
      if Glyph.isLetter(u) {
        letters += 1
      } else if (u == 0x27 || u == 0x2019) && letters > 0 && apostrophes == 0 {
        apostrophes = 1
      } else {
        return false
      }
      at += Glyph.width(form[at])
    }
    return letters > 0
  }

  private func isCompoundPart(_ whole: Form, _ range: Range<Int>) -> Bool {
    if range.lowerBound > 0, Pieces.isDash(Glyph.scalar(whole, Glyph.start(whole, before: range.lowerBound)))
    {
      return true
    }
    return range.upperBound < whole.count && Pieces.isDash(Glyph.scalar(whole, range.upperBound))
  }

  private func standsBetweenSmall(_ signs: Form, _ form: Form) -> Bool {
    var from = 0
    while let at = form.find(signs, from: from) {
      let after = at + signs.count
      if at > 0, after < form.count, Glyph.isLower(Glyph.scalar(form, Glyph.start(form, before: at))),
        Glyph.isLower(Glyph.scalar(form, after))
      {
        return true
      }
      from = after
    }
    return false
  }

  /// Where signs of the map stand that are no natural part of a word, longest signs first.
  private func oddSigns(_ form: Form) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for sign in signsByLength {
      let first = Glyph.scalar(sign, 0)
      var from = 0
      while let at = form.find(sign, from: from) {
        let range = at..<(at + sign.count)
        from = range.upperBound
        let isOdd =
          !sign.isAllLetters || Glyph.isLigature(first) || first >= 0x80 && !natural.isNatural(sign)
          || Glyph.isUpper(first) && at > 0
            && Glyph.isLower(Glyph.scalar(form, Glyph.start(form, before: at)))
        if isOdd, !result.contains(where: { $0.overlaps(range) }) { result.append(range) }
      }
    }
    return result.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// A dropped ligature leaves no trace to hold on to: a little less likely.
  private static let traceless = -0.3

  /// Calls `body` with all readings of a form without signs by one dropped ligature, and the log rate of each.
  private func forEachInsertion(
    _ form: Form, _ body: (_ reading: UnsafeBufferPointer<UInt8>, _ rate: Double) -> Void
  ) {
    Replacer.with(form) { replacer in
      for reading in map.dropped {
        var at = 0
        while at <= form.count {
          body(replacer.replacing(at..<at, by: reading.group), reading.logRate + MapReader.traceless)
          at += at < form.count ? Glyph.width(form[at]) : 1
        }
      }
    }
  }

  /// All readings by up to two substitutions, each with its log rate.
  private func substitutions(_ form: Form) -> [Form: Double] {
    var result: [Form: Double] = [:]
    var frontier: [Form: Double] = [form: 0]
    for depth in 0..<2 {
      var next: [Form: Double] = [:]
      for (word, rate) in frontier {
        for (signs, readings) in map.signs {
          var from = 0
          while let at = word.find(signs, from: from) {
            for reading in readings where !(reading.letters[0] == 0x54 && at > 0) {
              keep(
                &next, word.replacing(at..<(at + signs.count), with: reading.letters), rate + reading.logRate)
            }
            from = at + signs.count
          }
        }
        if depth == 0 {
          for reading in map.dropped {
            var at = 0
            while at <= word.count {
              keep(
                &next, word.replacing(at..<at, with: reading.letters),
                rate + reading.logRate + MapReader.traceless)
              at += at < word.count ? Glyph.width(word[at]) : 1
            }
          }
        }
      }
      for (word, rate) in next { keep(&result, word, rate) }
      if next.count > MapReader.widest { break }
      frontier = next.filter { word, _ in
        map.signs.contains { DamageMap.isConspicuous($0.signs) && word.find($0.signs) != nil }
      }
    }
    return result
  }

  private func keep(_ forms: inout [Form: Double], _ form: Form, _ rate: Double) {
    if let old = forms[form], old >= rate { return }
    forms[form] = rate
  }
}
