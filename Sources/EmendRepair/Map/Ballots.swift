import EmendText

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

    /// Adds a vote unless the form has cast it.
    ///
    /// - Parameter mayComeAgain: whether the form may have cast it some time ago, not only just now.
    fileprivate mutating func add(_ ligature: Int, _ vote: Vote, mayComeAgain: Bool) {
      if votes[ligature].last?.voter == vote.voter { return }
      if mayComeAgain, votes[ligature].contains(where: { $0.voter == vote.voter }) { return }
      votes[ligature].append(vote)
    }

    fileprivate mutating func addControl(_ control: Int, _ voter: Int32, mayComeAgain: Bool) {
      if controls[control].last == voter { return }
      if mayComeAgain, controls[control].contains(voter) { return }
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

  private static let mostVoters = 3000

  /// - Parameter threads: how many forms may be asked side by side.
  init(_ words: Words, text: [UInt8], standings: [Standing], knowledge: Knowledge, threads: Int) {
    let poll = Poll(knowledge)
    let pieces = VotingPieces(words, text: text, standings: standings, knowledge.english)
    let some = Ballots.sample(pieces.forms.count)
    cast(
      some.numbers, threads, knowledge.damage
    ) { id in
      let times = pieces.forms.counts[id] * some.step
      return poll.ballot(pieces.forms[id], times: times, isWide: pieces.isWide(id)).map { [$0] } ?? []
    }
    let gaps = VotingGaps(words, text: text, standings: standings, pieces).keys
    let others = Ballots.sample(gaps.count)
    cast(others.numbers, threads, knowledge.damage) { id in
      poll.ballots(gap: gaps[id], times: gaps.counts[id] * others.step)
    }
  }

  /// Of a long document's unknown forms an even sample votes, each for so many.
  private static func sample(_ count: Int) -> (numbers: [Int], step: Int32) {
    let step = max(1, count / mostVoters)
    return (Array(stride(from: 0, to: count, by: step)), Int32(step))
  }

  /// Asks the forms of some numbers for their ballots, many side by side, and puts them into the boxes in order.
  private mutating func cast(
    _ numbers: [Int], _ threads: Int, _ damage: DamageLexicon, _ ask: @Sendable (Int) -> [Ballot]
  ) {
    let ballots = SideBySide.map(numbers.count, threads: threads, least: Ballots.fewest) { some in
      some.flatMap { ask(numbers[$0]) }
    }
    for ballot in ballots.joined() { cast(ballot, damage) }
  }

  /// Fewer forms are not worth a thread.
  private static let fewest = 32

  private mutating func cast(_ ballot: Ballot, _ damage: DamageLexicon) {
    let voter = Int32(voters.intern(ballot.voter, times: ballot.times))
    for (standIn, votes) in ballot.papers {
      let box = box(standIn, damage)
      for vote in votes {
        switch vote {
        case .ligature(let number, let reading):
          boxes[box].add(number, Vote(voter: voter, reading: reading), mayComeAgain: ballot.mayComeAgain)
        case .control(let number):
          boxes[box].addControl(number, voter, mayComeAgain: ballot.mayComeAgain)
        }
      }
    }
  }

  private mutating func box(_ standIn: StandIn, _ damage: DamageLexicon) -> Int {
    if let known = index[standIn] { return known }
    boxes.append(Box(standIn, ligatures: damage.ligatures.count, controls: damage.controls.count))
    index[standIn] = boxes.count - 1
    return boxes.count - 1
  }
}

/// The pieces of a document's words that may vote, and how well the ends of each form are known.
struct VotingPieces: Sendable {
  private(set) var forms = FormTable(capacity: 1024)
  /// For each form of the document the level of its last and of its first word.
  private(set) var lastLevel: [English.Level]
  private(set) var firstLevel: [English.Level]
  private var wide: [(before: Int32, after: Int32)] = []

  init(_ words: Words, text: [UInt8], standings: [Standing], _ english: English) {
    lastLevel = Array(repeating: .trusted, count: words.forms.count)
    firstLevel = lastLevel
    let beside = WideGaps.count(words, text)
    for id in 0..<words.forms.count where !standings[id].isPlain && words.forms.counts[id] > 0 {
      let form = words.forms[id]
      if form.count > 4 * English.longest { continue }
      for range in Pieces.variants(form) {
        let piece = forms.intern(Form(form[range]), times: words.forms.counts[id])
        while wide.count <= piece { wide.append((0, 0)) }
        if range.lowerBound == 0 { wide[piece].before += beside[id].before }
        if range.upperBound == form.count { wide[piece].after += beside[id].after }
      }
      lastLevel[id] = english.level(Pieces.contextWord(form, last: true))
      firstLevel[id] = english.level(Pieces.contextWord(form, last: false))
    }
  }

  /// Whether a piece stands after wide gaps, and before them, in half of its uses.
  func isWide(_ id: Int) -> (before: Bool, after: Bool) {
    (wide[id].before * 2 >= forms.counts[id], wide[id].after * 2 >= forms.counts[id])
  }
}

/// The pairs of neighbours that a lost ligature may have parted.
struct VotingGaps {
  /// The last part of the one, the spaces, the first part of the other, parted by U+0001.
  private(set) var keys = FormTable(capacity: 256)

  /// Longer runs take no part, bytes.
  private static let longest = 60

  init(_ words: Words, text: [UInt8], standings: [Standing], _ pieces: VotingPieces) {
    var parts = Parts(words.forms.count)
    var key = Form()
    words.all.withUnsafeBufferPointer { all in
      for index in 0..<max(0, all.count - 1) {
        let (one, two) = (all[index], all[index + 1])
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
        let (left, right) = (words.forms.length(a), words.forms.length(b))
        if gap == 1, pieces.lastLevel[a] == .trusted, pieces.firstLevel[b] == .trusted, left > 3, right > 3 {
          continue
        }
        if left > VotingGaps.longest || right > VotingGaps.longest { continue }
        if !text[Int(one.end)..<Int(two.start)].allSatisfy({ $0 == 0x20 }) { continue }
        key.removeAll(keepingCapacity: true)
        let start = parts.startOfLast(a, words.forms)
        words.forms.withBytes(a) { key.append(contentsOf: $0[start...]) }
        key.append(1)
        for _ in 0..<gap { key.append(0x20) }
        key.append(1)
        let end = parts.endOfFirst(b, words.forms)
        words.forms.withBytes(b) { key.append(contentsOf: $0[..<end]) }
        _ = keys.intern(key)
      }
    }
  }

  /// Where the last piece of a form starts and its first one ends, looked for once.
  private struct Parts {
    private var starts: [Int8]
    private var ends: [Int8]

    init(_ count: Int) {
      starts = Array(repeating: -1, count: count)
      ends = starts
    }

    mutating func startOfLast(_ id: Int, _ forms: FormTable) -> Int {
      if starts[id] < 0 { find(id, forms[id]) }
      return Int(starts[id])
    }

    mutating func endOfFirst(_ id: Int, _ forms: FormTable) -> Int {
      if starts[id] < 0 { find(id, forms[id]) }
      return Int(ends[id])
    }

    private mutating func find(_ id: Int, _ form: Form) {
      let pieces = Pieces.of(form)
      starts[id] = Int8(pieces.last?.lowerBound ?? 0)
      ends[id] = Int8(pieces.first?.upperBound ?? form.count)
    }
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
