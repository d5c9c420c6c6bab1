/// The votes of a document's unknown words for what each stand-in stands for.
///
/// A vote is cast by a distinct form: some stretch of it, put in the place of a ligature, makes it a word.
/// The same stretch filled with pairs that no font joins (re, in, er …) tells how often that happens by
/// chance: the shuffle test.
struct Ballots {
  struct Vote {
    /// The voting form.
    var voter: Int32
    var reading: Form
  }

  /// One stand-in with its votes for each ligature of the knowledge.
  struct Box {
    var standIn: StandIn
    var votes: [[Vote]]
    /// For each control pair the distinct forms that it would make words.
    private var controls: [[Int32]]

    init(_ standIn: StandIn, ligatures: Int, controls: Int) {
      self.standIn = standIn
      votes = Array(repeating: [], count: ligatures)
      self.controls = Array(repeating: [], count: controls)
    }

    mutating func add(_ ligature: Int, _ vote: Vote) {
      if votes[ligature].last?.voter == vote.voter { return }
      votes[ligature].append(vote)
    }

    /// The same where a form may come again later.
    mutating func addOnce(_ ligature: Int, _ vote: Vote) {
      if !votes[ligature].contains(where: { $0.voter == vote.voter }) { votes[ligature].append(vote) }
    }

    mutating func addControlOnce(_ control: Int, _ voter: Int32) {
      if !controls[control].contains(voter) { controls[control].append(voter) }
    }

    mutating func addControl(_ control: Int, _ voter: Int32) {
      if controls[control].last == voter { return }
      controls[control].append(voter)
    }

    /// What the control pairs reach among the forms that nothing explains yet.
    func chance(_ isExplained: [Bool]) -> Chance {
      var counts: [Int] = []
      var rivals: [Int32: Int] = [:]
      for voters in controls {
        var count = 0
        for voter in voters where !isExplained[Int(voter)] {
          count += 1
          rivals[voter, default: 0] += 1
        }
        counts.append(count)
      }
      if counts.isEmpty { return Chance() }
      counts.sort(by: >)
      return Chance(
        mean: Double(counts.reduce(0, +)) / Double(counts.count),
        high: Double(counts.count > 1 ? counts[1] : counts[0]),
        meanWeight: Double(rivals.count) / Double(counts.count), rivals: rivals)
    }
  }

  /// What a pair of letters reaches by chance.
  struct Chance {
    /// Forms of which a control pair makes words: the mean of the controls, and the second best of them.
    var mean = 0.0
    var high = 0.0
    /// The mean of the controls when each form counts once, shared by the controls that make it a word.
    var meanWeight = 0.0
    /// The forms that controls make words, with the number of controls that do.
    var rivals: [Int32: Int] = [:]

    /// What a form's vote is worth: 1 if no control makes it a word, else its share among them.
    func weight(_ voter: Int32) -> Double { 1 / Double(1 + (rivals[voter] ?? 0)) }
  }

  /// Voting forms; for a word broken by a gap its parts and the gap, parted by U+0001.
  private(set) var voters = FormTable(capacity: 1024)
  private(set) var boxes: [Box] = []
  private var index: [StandIn: Int] = [:]
  private let knowledge: Knowledge
  private var scratch = Form()

  private static let mostVoters = 3000
  /// A form longer than this casts no votes, in characters.
  private static let longestVoter = 30
  /// Up to this length a dropped ligature is looked for too.
  private static let longestOpenVoter = 18

  init(_ words: Words, text: [UInt8], standings: [Standing], knowledge: Knowledge) {
    self.knowledge = knowledge
    var pieces = FormTable(capacity: 1024)
    let beside = WideGaps.count(words, text)
    var wide: [(before: Int32, after: Int32)] = []
    var lastLevel = [Int8](repeating: 2, count: words.forms.count)
    var firstLevel = lastLevel
    for id in 0..<words.forms.count where !standings[id].isPlain && words.forms.counts[id] > 0 {
      let form = words.forms[id]
      if form.count > 4 * English.longest { continue }
      for range in Pieces.variants(form) {
        let piece = pieces.intern(Form(form[range]), times: words.forms.counts[id])
        while wide.count <= piece { wide.append((0, 0)) }
        if range.lowerBound == 0 { wide[piece].before += beside[id].before }
        if range.upperBound == form.count { wide[piece].after += beside[id].after }
      }
      lastLevel[id] = knowledge.english.level(Pieces.contextWord(form, last: true)).rawValue
      firstLevel[id] = knowledge.english.level(Pieces.contextWord(form, last: false)).rawValue
    }
    // Of a long document's unknown forms an even sample votes.
    let step = max(1, pieces.count / Ballots.mostVoters)
    for id in stride(from: 0, to: pieces.count, by: step) {
      let count = pieces.counts[id]
      let isWide = (wide[id].before * 2 >= count, wide[id].after * 2 >= count)
      poll(pieces[id], times: count * Int32(step), isWide: isWide)
    }
    pollGaps(words, text, standings, lastLevel, firstLevel)
  }

  private mutating func box(_ standIn: StandIn) -> Int {
    if let known = index[standIn] { return known }
    boxes.append(
      Box(standIn, ligatures: knowledge.damage.ligatures.count, controls: knowledge.damage.controls.count))
    index[standIn] = boxes.count - 1
    return boxes.count - 1
  }

  /// The votes of one piece of a word.
  ///
  /// - Parameter isWide: whether it stands after wide gaps, and before them, mostly: what is lost at that end is
  ///   the gap's to tell.
  private mutating func poll(_ form: Form, times: Int32, isWide: (before: Bool, after: Bool)) {
    let (scalars, starts) = form.spelled
    guard scalars.count >= 2, scalars.count <= Ballots.longestVoter else { return }
    let letters = scalars.reduce(0) { $0 + (Glyph.isLetter($1) ? 1 : 0) }
    if letters < 1 || letters == scalars.count && form.isUpperCase { return }
    if Pieces.isWord(form) {
      let level = knowledge.english.level(form)
      if level == .trusted || level == .plausible && !form.hasInnerCapital { return }
      pollLetters(form, scalars, starts, letters: letters, times: times, isWide)
    } else {
      pollSigns(form, scalars, starts, letters: letters, times: times)
    }
  }

  private mutating func pollLetters(
    _ form: Form, _ scalars: [UInt32], _ starts: [Int], letters: Int, times: Int32,
    _ isWide: (before: Bool, after: Bool)
  ) {
    let count = scalars.count
    let voter = Int32(voters.intern(form, times: times))
    let codes = LetterModel.codes(scalars)
    let letterModel = knowledge.english.letters
    let repeats = scalars.map { scalar in scalars.reduce(0) { $0 + ($1 == scalar ? 1 : 0) } > 1 }
    for i in 0...count {
      for width in 0...(count <= Ballots.longestOpenVoter ? 1 : 0) where i + width <= count {
        if width == 0 && (count < 3 || i == 0 && isWide.before || i == count && isWide.after) { continue }
        let range = starts[i]..<starts[i + width]
        let signs = Form(form[range])
        let standIn = StandIn(signs: signs)
        var own = -1
        for (number, ligature) in knowledge.damage.ligatures.enumerated() {
          let target = ligature.letters
          if target[0] == 0x54 && i > 0 || target == signs { continue }
          if width == 0 && !ligature.isFamily && (i == 0 || i == count) { continue }
          // "traffc" holds its f already: the span would be a piece of the ligature itself.
          if width == 1, i > 0, signs.count == 1, target[0] == signs[0],
            form[range.lowerBound...].starts(with: target)
          {
            continue
          }
          if letterModel.allows(codes, replacing: i..<(i + width), by: ligature.codes),
            let reading = good(form, range, target)
          {
            if own < 0 { own = box(standIn) }
            boxes[own].add(number, Vote(voter: voter, reading: reading))
          } else if width == 1, repeats[i],
            let reading = goodEverywhere(form, signs, target)
          {
            if own < 0 { own = box(standIn) }
            boxes[own].add(number, Vote(voter: voter, reading: reading))
          }
        }
        if letters >= 4 {
          for (number, pair) in knowledge.damage.controls.enumerated()
          where letterModel.allows(
            codes, replacing: i..<(i + width), by: knowledge.damage.controlCodes[number])
            && good(form, range, pair) != nil
          {
            if own < 0 { own = box(standIn) }
            boxes[own].addControl(number, voter)
          }
        }
        // A wrong ligature sign may have swallowed a part of what follows: "oﬂice", "suﬁiciency".
        if width == 1, Glyph.isLigature(scalars[i]), i + 1 < count,
          scalars[i + 1] == 0x69 || scalars[i + 1] == 0x6C
        {
          let wide = starts[i]..<starts[i + 2]
          for (number, ligature) in knowledge.damage.ligatures.enumerated() where ligature.isFamily {
            if let reading = good(form, wide, ligature.letters) {
              let at = box(StandIn(signs: Form(form[wide])))
              boxes[at].add(number, Vote(voter: voter, reading: reading))
            }
          }
        }
      }
    }
  }

  private mutating func pollSigns(
    _ form: Form, _ scalars: [UInt32], _ starts: [Int], letters: Int, times: Int32
  ) {
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
    guard let first = clusters.first, clusters.count <= 2, first.count <= 3 else { return }
    let bytes = starts[first.lowerBound]..<starts[first.upperBound]
    let signs = Form(form[bytes])
    for other in clusters.dropFirst()
    where Form(form[starts[other.lowerBound]..<starts[other.upperBound]]) != signs {
      return
    }
    let standIn = StandIn(signs: signs)
    let left = Form(form[..<bytes.lowerBound])
    let right = Form(form[bytes.upperBound...])
    let english = knowledge.english
    if left.isEmpty && !right.startsLower { return }
    if standIn.isOrdinaryMark {
      if left.isEmpty, english.level(right) >= .plausible { return }
      if left.count > 1, right.count > 1, english.level(left) >= .plausible,
        english.level(right) >= .plausible,
        english.level(left + Form("fi".utf8) + right) == .unknown
      {
        return
      }
    }
    let voter = Int32(voters.intern(form, times: times))
    var own = -1
    for (number, ligature) in knowledge.damage.ligatures.enumerated() {
      let isTh = ligature.letters[0] == 0x54
      if isTh && !left.isEmpty || letters < 2 && !isTh { continue }
      if let reading = goodEverywhere(form, signs, ligature.letters) {
        if own < 0 { own = box(standIn) }
        boxes[own].add(number, Vote(voter: voter, reading: reading))
      }
    }
    for (number, pair) in knowledge.damage.controls.enumerated()
    where goodEverywhere(form, signs, pair) != nil {
      if own < 0 { own = box(standIn) }
      boxes[own].addControl(number, voter)
    }
  }

  /// Votes of two neighbours that a gap parts: "signi cant", "af rmed", "the  rst".
  private mutating func pollGaps(
    _ words: Words, _ text: [UInt8], _ standings: [Standing], _ lastLevel: [Int8], _ firstLevel: [Int8]
  ) {
    let english = knowledge.english
    var gaps = FormTable(capacity: 256)
    for index in 0..<max(0, words.count - 1) {
      let (one, two) = (words.all[index], words.all[index + 1])
      let gap = Int(two.start - one.end)
      guard gap >= 1, gap <= 3 else { continue }
      let (a, b) = (Int(one.form), Int(two.form))
      if standings[b] == .noLetters { continue }
      if gap == 1,
        standings[a] == .commonWord && standings[b].isWord
          || standings[a].isWord && standings[b] == .commonWord
      {
        continue
      }
      if gap == 1, lastLevel[a] == 2, firstLevel[b] == 2, words.forms.length(a) > 3, words.forms.length(b) > 3
      {
        continue
      }
      if words.forms.length(a) > 60 || words.forms.length(b) > 60 { continue }
      if !text[Int(one.end)..<Int(two.start)].allSatisfy({ $0 == 0x20 }) { continue }
      let (left, right) = (words.forms[a], words.forms[b])
      let leftPart = Form(left[(Pieces.of(left).last?.lowerBound ?? 0)...])
      let rightPart = Form(right[..<(Pieces.of(right).first?.upperBound ?? right.count)])
      var key = leftPart
      key.append(1)
      key.append(contentsOf: [UInt8](repeating: 0x20, count: gap))
      key.append(1)
      key.append(contentsOf: rightPart)
      _ = gaps.intern(key)
    }
    let step = max(1, gaps.count / Ballots.mostVoters)
    for id in stride(from: 0, to: gaps.count, by: step) {
      let key = gaps[id]
      let parts = key.split(separator: 1, omittingEmptySubsequences: false).map(Form.init)
      guard parts.count == 3, parts[0].count + parts[2].count >= 3, parts[0].count <= 40, parts[2].count <= 40
      else { continue }
      guard let right = BrokenWord.right(parts[2]) else { continue }
      if !right.word.startsLower { continue }
      let gap = parts[1]
      let voter = Int32(voters.intern(key, times: gaps.counts[id] * Int32(step)))
      let rightSense = english.sense(right.word)
      var isInside = false
      if let left = BrokenWord.left(parts[0]) {
        let leftSense = english.sense(left.word)
        if leftSense.level == .trusted, rightSense.level == .trusted,
          left.word.count > 2 && right.word.count > 2
            || max(leftSense.logFrequency, rightSense.logFrequency) > -8.5
        {
          continue
        }
        if !right.sign.isEmpty, english.isGood(Form("fi".utf8) + right.word) { continue }
        if right.sign.isEmpty || left.sign.isEmpty {
          let standIn = StandIn(signs: left.sign + gap + right.sign)
          var own = -1
          for (number, ligature) in knowledge.damage.ligatures.enumerated()
          where ligature.isFamily || ligature.letters == Form("ti".utf8) {
            let reading = left.word + ligature.letters + right.word
            if reading.count >= 5, english.isGood(reading) {
              isInside = true
              if own < 0 { own = box(standIn) }
              boxes[own].add(number, Vote(voter: voter, reading: reading))
            }
          }
          for (number, pair) in knowledge.damage.controls.enumerated()
          where english.isGood(left.word + pair + right.word) {
            if own < 0 { own = box(standIn) }
            boxes[own].addControl(number, voter)
          }
          if left.sign.isEmpty && right.sign.isEmpty {
            pollHalfLigature(left.word, gap, right.word, voter)
          }
        }
      }
      if gap.count > 1, !isInside { pollEdges(parts[0], gap, right, times: gaps.counts[id] * Int32(step)) }
    }
  }

  /// A ligature lost at the start or the end of a word, where the gap grew: "the  rst", "cuto  for".
  private mutating func pollEdges(
    _ leftForm: Form, _ gap: Form, _ right: (word: Form, sign: Form, end: Int), times: Int32
  ) {
    if right.sign.isEmpty { pollEdge(right.word, gap, .start, times) }
    if let left = BrokenWord.left(leftForm), left.sign.isEmpty { pollEdge(left.word, gap, .end, times) }
  }

  private mutating func pollEdge(_ word: Form, _ gap: Form, _ edge: StandIn.Edge, _ times: Int32) {
    let english = knowledge.english
    // "o" is what is left of "off".
    guard english.level(word) < .trusted || edge == .end && word == [0x6F] else { return }
    let voter = Int32(
      voters.intern(edge == .start ? [1] + gap + [1] + word : word + [1] + gap + [1], times: times))
    func joined(_ letters: Form) -> Form { edge == .start ? letters + word : word + letters }
    for (number, ligature) in knowledge.damage.ligatures.enumerated()
    where ligature.isFamily || edge == .start && ligature.letters[0] == 0x54 {
      let reading = joined(ligature.letters)
      if reading.count >= 3, english.isGood(reading) {
        let at = box(StandIn(signs: gap, edge: edge))
        boxes[at].addOnce(number, Vote(voter: voter, reading: reading))
      }
    }
    for (number, pair) in knowledge.damage.controls.enumerated() where english.isGood(joined(pair)) {
      let at = box(StandIn(signs: gap, edge: edge))
      boxes[at].addControlOnce(number, voter)
    }
  }

  /// A ligature of which a part is kept before the gap: "af rmed", "signifi cant".
  private mutating func pollHalfLigature(_ left: Form, _ gap: Form, _ right: Form, _ voter: Int32) {
    for (kept, targets) in BrokenWord.halves where left.hasSuffix(kept) {
      for (number, ligature) in knowledge.damage.ligatures.enumerated()
      where targets.contains(ligature.letters) {
        let reading = Form(left.dropLast(kept.count)) + ligature.letters + right
        if reading.count >= 5, knowledge.english.isGood(reading) {
          let at = box(StandIn(signs: kept + gap))
          boxes[at].add(number, Vote(voter: voter, reading: reading))
        }
      }
    }
  }

  /// The form with a stretch replaced, if that is a word.
  private mutating func good(_ form: Form, _ range: Range<Int>, _ target: Form) -> Form? {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: form[..<range.lowerBound])
    scratch.append(contentsOf: target)
    scratch.append(contentsOf: form[range.upperBound...])
    return scratch.withUnsafeBufferPointer { knowledge.english.isGood($0) } ? Form(scratch) : nil
  }

  /// The form with all occurrences of some signs replaced, if that is a word.
  private func goodEverywhere(_ form: Form, _ signs: Form, _ target: Form) -> Form? {
    var reading = Form()
    var at = 0
    while let found = form.find(signs, from: at) {
      reading.append(contentsOf: form[at..<found])
      reading.append(contentsOf: target)
      at = found + signs.count
    }
    reading.append(contentsOf: form[at...])
    return knowledge.english.isGood(reading) ? reading : nil
  }
}

/// How often each form stands beside a gap of two spaces or three within a line.
enum WideGaps {
  /// All noughts where a fifth of the gaps is wide: there they are the setter's.
  static func count(_ words: Words, _ text: [UInt8]) -> [(before: Int32, after: Int32)] {
    let none = [(before: Int32, after: Int32)](repeating: (0, 0), count: words.forms.count)
    var result = none
    var wide = 0
    for index in 1..<max(1, words.count) {
      let (one, two) = (words.all[index - 1], words.all[index])
      guard two.start - one.end >= 2, two.start - one.end <= 3,
        text[Int(one.end)..<Int(two.start)].allSatisfy({ $0 == 0x20 })
      else { continue }
      wide += 1
      result[Int(one.form)].after += 1
      result[Int(two.form)].before += 1
    }
    return wide * 5 > words.count ? none : result
  }
}

/// The two parts of a word that a gap breaks, punctuation told from stand-ins.
enum BrokenWord {
  /// What may be left of a ligature before a gap, and which ligatures it may come from.
  static let halves: [(kept: Form, targets: [Form])] = [
    ("f", ["ff", "ffi", "ffl", "fi", "fl"]), ("fi", ["fi"]), ("fl", ["fl"]), ("ff", ["ff", "ffi", "ffl"]),
    ("ffi", ["ffi"]), ("ffl", ["ffl"]),
  ].map { (Form($0.0.utf8), $0.1.map { Form($0.utf8) }) }

  /// Opening quotes, letters, at most one sign.
  static func left(_ form: Form) -> (word: Form, sign: Form, start: Int)? {
    let (scalars, starts) = form.spelled
    var i = 0
    while i < scalars.count, Pieces.isOpening(scalars[i]), scalars[i] != 0x27, scalars[i] != 0x60 { i += 1 }
    let from = i
    while i < scalars.count, Glyph.isLetter(scalars[i]) { i += 1 }
    if i == from { return nil }
    let end = i
    if i < scalars.count {
      if Glyph.isDigit(scalars[i]) || scalars[i] == 0x5F { return nil }
      i += 1
    }
    if i != scalars.count { return nil }
    return (Form(form[starts[from]..<starts[end]]), Form(form[starts[end]...]), starts[from])
  }

  /// At most one sign, letters, closing punctuation.
  static func right(_ form: Form) -> (word: Form, sign: Form, end: Int)? {
    let (scalars, starts) = form.spelled
    var i = 0
    if let first = scalars.first, !Glyph.isLetter(first) {
      if Glyph.isDigit(first) || first == 0x5F { return nil }
      i = 1
    }
    let from = i
    while i < scalars.count, Glyph.isLetter(scalars[i]) { i += 1 }
    if i == from { return nil }
    let end = i
    while i < scalars.count, Pieces.isClosing(scalars[i]) { i += 1 }
    if i != scalars.count { return nil }
    return (Form(form[starts[from]..<starts[end]]), Form(form[..<starts[from]]), starts[end])
  }
}
