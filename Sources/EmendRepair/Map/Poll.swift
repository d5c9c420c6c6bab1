/// What a form votes for.
struct Ballot {
  /// The voting form; for a word broken by a gap its parts and the gap, parted by U+0001.
  var voter: Form
  var times: Int32
  /// The stand-ins that it holds, in the order in which they were found, with the votes for each.
  private(set) var papers: [(standIn: StandIn, place: Int, votes: [Vote])] = []
  /// Whether the form may vote again later, for what it has voted for already.
  var mayComeAgain = false
  /// Set where the control pairs have still to be tried on the letters of the form.
  var openControls: Poll.Ends?

  enum Vote {
    case ligature(Int, reading: Form)
    case control(Int)
  }

  init(_ voter: Form, times: Int32) { (self.voter, self.times) = (voter, times) }

  /// A stand-in that has no vote yet.
  static let none = -1

  /// Adds a vote to the paper at an index, or to a new one.
  ///
  /// - Parameter place: tells which of the papers of a form comes first; nil where they are found in order.
  mutating func add(
    _ vote: Vote, _ standIn: @autoclosure () -> StandIn, _ paper: inout Int, place: Int? = nil
  ) {
    if paper == Ballot.none {
      paper = papers.count
      papers.append((standIn(), place ?? paper, []))
    }
    papers[paper].votes.append(vote)
  }
}

/// Asks single forms what their stand-ins may stand for. Nothing is remembered from one to the next, so that many
/// may be asked side by side.
struct Poll: Sendable {
  private let english: English
  private let targets: [Target]
  private let controls: [LetterGroup]

  /// A ligature of the knowledge with its number.
  private struct Target: Sendable {
    var number: Int
    var letters: LetterGroup
    var isFamily: Bool
    /// "Th"
    var isCapital: Bool { letters[0] == 0x54 }
  }

  /// A form longer than this casts no votes, in characters.
  private static let longestVoter = 30
  /// Up to this length a dropped ligature is looked for too.
  private static let longestOpenVoter = 18

  init(_ knowledge: Knowledge) {
    english = knowledge.english
    targets = knowledge.damage.ligatures.enumerated().map { number, ligature in
      Target(number: number, letters: ligature.group, isFamily: ligature.isFamily)
    }
    controls = knowledge.damage.controls
  }

  /// The votes of one piece of a word; nil when it has none to cast.
  ///
  /// - Parameter isWide: whether it stands after wide gaps, and before them, mostly: what is lost at that end is
  ///   the gap's to tell.
  func ballot(_ form: Form, times: Int32, isWide: Ends) -> Ballot? {
    let (scalars, starts) = form.spelled
    guard scalars.count >= 2, scalars.count <= Poll.longestVoter else { return nil }
    let letters = scalars.reduce(0) { $0 + (Glyph.isLetter($1) ? 1 : 0) }
    if letters < 1 || letters == scalars.count && form.isUpperCase { return nil }
    if Pieces.isWord(form) {
      let level = english.level(form)
      if level == .trusted || level == .plausible && !form.hasInnerCapital { return nil }
      return lettersBallot(form, scalars, starts, letters: letters, times: times, isWide)
    }
    return signsBallot(form, scalars, starts, letters: letters, times: times)
  }

  // MARK: Letters

  /// Whether something holds before a form, and after it.
  typealias Ends = (before: Bool, after: Bool)

  /// Fewer letters say nothing by chance.
  private static let fewestLetters = 4

  /// Calls `body` with each stretch of no character or one in which a ligature may be lost, in characters.
  @inline(__always)
  private func forEachStretch(_ count: Int, _ isWide: Ends, _ body: (_ i: Int, _ width: Int) -> Void) {
    for i in 0...count {
      for width in 0...(count <= Poll.longestOpenVoter ? 1 : 0) where i + width <= count {
        if width == 0 && (count < 3 || i == 0 && isWide.before || i == count && isWide.after) { continue }
        body(i, width)
      }
    }
  }

  /// Tells which stretch of a form comes first.
  @inline(__always)
  private func place(_ i: Int, _ width: Int) -> Int { i * 4 + width * 2 }

  /// The control pairs that make a word of a form in the place of a stand-in, one character or nothing, and the
  /// first place where one does.
  func controls(of form: Form, _ standIn: Form, isWide: Ends) -> (numbers: [Int], place: Int)? {
    if form.find(standIn) == nil && !standIn.isEmpty { return nil }
    let (scalars, starts) = form.spelled
    var numbers: [Int] = []
    var first: Int?
    LetterModel.codes(scalars).withUnsafeBufferPointer { codes in
      Replacer.with(form) { replacer in
        let trial = Trial(english, codes, replacer, isASCII: form.isASCII)
        forEachStretch(scalars.count, isWide) { i, width in
          let range = starts[i]..<starts[i + width]
          guard (width == 0) == standIn.isEmpty, form[range].elementsEqual(standIn) else { return }
          for (number, pair) in controls.enumerated() where trial.isGood(i..<(i + width), range, pair) {
            numbers.append(number)
            first = first ?? place(i, width)
          }
        }
      }
    }
    return first.map { (numbers, $0) }
  }

  private func lettersBallot(
    _ form: Form, _ scalars: [UInt32], _ starts: [Int], letters: Int, times: Int32, _ isWide: Ends
  ) -> Ballot {
    var ballot = Ballot(form, times: times)
    if letters >= Poll.fewestLetters { ballot.openControls = isWide }
    let count = scalars.count
    let repeats = scalars.map { scalar in scalars.reduce(0) { $0 + ($1 == scalar ? 1 : 0) } > 1 }
    LetterModel.codes(scalars).withUnsafeBufferPointer { codes in
      Replacer.with(form) { replacer in
        let trial = Trial(english, codes, replacer, isASCII: form.isASCII)
        forEachStretch(count, isWide) { i, width in
          let range = starts[i]..<starts[i + width]
          var paper = Ballot.none
          for target in targets {
            let letters = target.letters
            if target.isCapital && i > 0 || letters.count == range.count && trial.stands(letters, range) {
              continue
            }
            if width == 0 && !target.isFamily && (i == 0 || i == count) { continue }
            // "traffc" holds its f already: the span would be a piece of the ligature itself.
            if width == 1, i > 0, range.count == 1, trial.stands(letters, range) { continue }
            if let reading = trial.reading(i..<(i + width), range, letters)
              ?? (width == 1 && repeats[i] ? trial.readingOfAll(range, letters) : nil)
            {
              ballot.add(
                .ligature(target.number, reading: reading), StandIn(signs: Form(form[range])), &paper,
                place: place(i, width))
            }
          }
          // A wrong ligature sign may have swallowed a part of what follows: "oﬂice", "suﬁiciency"; and a font may
          // have given the first part of a ligature alone another code: "ϐirst".
          if width == 1, Glyph.isLigature(scalars[i]) || Glyph.isForeignLetter(scalars[i]), i + 1 < count,
            scalars[i + 1] == 0x69 || scalars[i + 1] == 0x6C
          {
            let wide = starts[i]..<starts[i + 2]
            var paper = Ballot.none
            for target in targets where target.isFamily {
              let reading = replacer.replacing(wide, by: target.letters)
              if english.isGood(reading) {
                ballot.add(
                  .ligature(target.number, reading: Form(reading)), StandIn(signs: Form(form[wide])), &paper,
                  place: place(i, width) + 1)
              }
            }
          }
        }
      }
    }
    return ballot
  }

  /// Tries letters in the place of stretches of one form.
  private struct Trial {
    private let english: English
    private let codes: UnsafeBufferPointer<UInt8>
    private let replacer: Replacer
    /// Letters beyond ASCII are not counted by the letter model.
    private let isASCII: Bool
    private let grams: LetterModel.Grams
    private let flaws: LetterModel.Flaws

    init(_ english: English, _ codes: UnsafeBufferPointer<UInt8>, _ replacer: Replacer, isASCII: Bool) {
      (self.english, self.codes, self.replacer, self.isASCII) = (english, codes, replacer, isASCII)
      grams = english.letters.grams
      flaws = isASCII ? grams.flaws(codes) : LetterModel.Flaws()
    }

    /// Whether some letters stand at the start of a stretch already.
    @inline(__always)
    func stands(_ target: LetterGroup, _ range: Range<Int>) -> Bool {
      target.stands(in: replacer.form, at: range.lowerBound)
    }

    /// Whether the form with a stretch replaced is a word, the stretch given in characters and in bytes.
    @inline(__always)
    func isGood(_ stretch: Range<Int>, _ range: Range<Int>, _ target: LetterGroup) -> Bool {
      isPossible(stretch, target)
        && english.isGood(
          replacer.replacing(range, by: target), isPossible: isASCII && target.isASCII)
    }

    /// The same, with the word.
    @inline(__always)
    func reading(_ stretch: Range<Int>, _ range: Range<Int>, _ target: LetterGroup) -> Form? {
      guard isPossible(stretch, target) else { return nil }
      let reading = replacer.replacing(range, by: target)
      return english.isGood(reading, isPossible: isASCII && target.isASCII) ? Form(reading) : nil
    }

    /// The form with all occurrences of what stands in a range replaced, if that is a word.
    func readingOfAll(_ range: Range<Int>, _ target: LetterGroup) -> Form? {
      let reading = replacer.replacingAll(of: range, by: target)
      return english.isGood(reading) ? Form(reading) : nil
    }

    @inline(__always)
    private func isPossible(_ stretch: Range<Int>, _ target: LetterGroup) -> Bool {
      if isASCII && target.isASCII && !flaws.areMended(byReplacing: stretch) { return false }
      return grams.allows(codes, replacing: stretch, by: target)
    }
  }

  // MARK: Signs

  private func signsBallot(
    _ form: Form, _ scalars: [UInt32], _ starts: [Int], letters: Int, times: Int32
  ) -> Ballot? {
    // The clusters of signs and digits, a possessive ending left out.
    var end = scalars.count
    if end >= 2, scalars[end - 1] == 0x73, scalars[end - 2] == 0x27 || scalars[end - 2] == 0x2019 {
      end -= 2
    } else if scalars[end - 1] == 0x27 || scalars[end - 1] == 0x2019 {
      end -= 1
    }
    var clusters: [Range<Int>] = []
    var i = 0
    while i < end {
      if Glyph.isLetter(scalars[i]) {
        i += 1
        continue
      }
      let from = i
      while i < end, !Glyph.isLetter(scalars[i]) { i += 1 }
      clusters.append(from..<i)
    }
    guard let first = clusters.first, clusters.count <= 2, first.count <= 3 else { return nil }
    let bytes = starts[first.lowerBound]..<starts[first.upperBound]
    let signs = Form(form[bytes])
    for other in clusters.dropFirst()
    where Form(form[starts[other.lowerBound]..<starts[other.upperBound]]) != signs {
      return nil
    }
    let standIn = StandIn(signs: signs)
    let left = Form(form[..<bytes.lowerBound])
    let right = Form(form[bytes.upperBound...])
    if left.isEmpty && !right.startsLower { return nil }
    if standIn.isOrdinaryMark {
      if left.isEmpty, english.level(right) >= .plausible { return nil }
      if left.count > 1, right.count > 1, english.level(left) >= .plausible,
        english.level(right) >= .plausible,
        english.level(left + Form("fi".utf8) + right) == .unknown
      {
        return nil
      }
    }
    var ballot = Ballot(form, times: times)
    var paper = Ballot.none
    Replacer.with(form) { replacer in
      for target in targets {
        if target.isCapital && !left.isEmpty || letters < 2 && !target.isCapital { continue }
        let reading = replacer.replacingAll(of: bytes, by: target.letters)
        if english.isGood(reading) {
          ballot.add(.ligature(target.number, reading: Form(reading)), standIn, &paper)
        }
      }
      for (number, pair) in controls.enumerated()
      where english.isGood(replacer.replacingAll(of: bytes, by: pair)) {
        ballot.add(.control(number), standIn, &paper)
      }
    }
    return ballot
  }

  // MARK: Gaps

  /// The votes of two neighbours that a gap parts: "signi cant", "af rmed", "the  rst".
  ///
  /// - Parameter key: the two and the gap, parted by U+0001.
  func ballots(gap key: Form, times: Int32) -> [Ballot] {
    let parts = key.split(separator: 1, omittingEmptySubsequences: false).map(Form.init)
    guard parts.count == 3, parts[0].count + parts[2].count >= 3, parts[0].count <= 40, parts[2].count <= 40,
      let right = BrokenWord.right(parts[2]), right.word.startsLower
    else { return [] }
    let gap = parts[1]
    var ballot = Ballot(key, times: times)
    let rightSense = english.sense(right.word)
    var isInside = false
    if let left = BrokenWord.left(parts[0]) {
      let leftSense = english.sense(left.word)
      if leftSense.level == .trusted, rightSense.level == .trusted,
        left.word.count > 2 && right.word.count > 2
          || max(leftSense.logFrequency, rightSense.logFrequency) > -8.5
      {
        return [ballot]
      }
      if !right.sign.isEmpty, english.isGood(Form("fi".utf8) + right.word) { return [ballot] }
      if right.sign.isEmpty || left.sign.isEmpty {
        isInside = voteInside(&ballot, left.word, StandIn(signs: left.sign + gap + right.sign), right.word)
        if left.sign.isEmpty && right.sign.isEmpty { voteHalf(&ballot, left.word, gap, right.word) }
      }
    }
    var ballots = [ballot]
    if gap.count > 1, !isInside {
      // A ligature lost at the start or the end of a word, where the gap grew: "the  rst", "cuto  for".
      if right.sign.isEmpty { ballots += edgeBallot(right.word, gap, .start, times) }
      if let left = BrokenWord.left(parts[0]), left.sign.isEmpty {
        ballots += edgeBallot(left.word, gap, .end, times)
      }
    }
    return ballots
  }

  private static let ti = LetterGroup(Form("ti".utf8))

  /// Votes for a ligature in the gap; whether there was one.
  private func voteInside(_ ballot: inout Ballot, _ left: Form, _ standIn: StandIn, _ right: Form) -> Bool {
    var paper = Ballot.none
    var isInside = false
    Replacer.with(left + right) { replacer in
      let gap = left.count..<left.count
      for target in targets where target.isFamily || target.letters == Poll.ti {
        let reading = replacer.replacing(gap, by: target.letters)
        if reading.count >= 5, english.isGood(reading) {
          isInside = true
          ballot.add(.ligature(target.number, reading: Form(reading)), standIn, &paper)
        }
      }
      for (number, pair) in controls.enumerated() where english.isGood(replacer.replacing(gap, by: pair)) {
        ballot.add(.control(number), standIn, &paper)
      }
    }
    return isInside
  }

  /// Votes for a ligature of which a part is kept before the gap: "af rmed", "signifi cant".
  private func voteHalf(_ ballot: inout Ballot, _ left: Form, _ gap: Form, _ right: Form) {
    for (kept, wholes) in BrokenWord.halves where left.hasSuffix(kept) {
      var paper = Ballot.none
      for target in targets where wholes.contains(target.letters.form) {
        let reading = Form(left.dropLast(kept.count)) + target.letters.form + right
        if reading.count >= 5, english.isGood(reading) {
          ballot.add(.ligature(target.number, reading: reading), StandIn(signs: kept + gap), &paper)
        }
      }
    }
  }

  private func edgeBallot(_ word: Form, _ gap: Form, _ edge: StandIn.Edge, _ times: Int32) -> [Ballot] {
    // "o" is what is left of "off".
    guard english.level(word) < .trusted || edge == .end && word == [0x6F] else { return [] }
    var ballot = Ballot(edge == .start ? [1] + gap + [1] + word : word + [1] + gap + [1], times: times)
    ballot.mayComeAgain = true
    let standIn = StandIn(signs: gap, edge: edge)
    var paper = Ballot.none
    Replacer.with(word) { replacer in
      let place = edge == .start ? 0..<0 : word.count..<word.count
      for target in targets where target.isFamily || edge == .start && target.isCapital {
        let reading = replacer.replacing(place, by: target.letters)
        if reading.count >= 3, english.isGood(reading) {
          ballot.add(.ligature(target.number, reading: Form(reading)), standIn, &paper)
        }
      }
      for (number, pair) in controls.enumerated() where english.isGood(replacer.replacing(place, by: pair)) {
        ballot.add(.control(number), standIn, &paper)
      }
    }
    return [ballot]
  }
}
