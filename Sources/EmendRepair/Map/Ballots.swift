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
    /// Tells which box comes first in the text.
    private(set) var place: Int
    /// Whether the controls of all forms are in it.
    fileprivate(set) var isComplete = false

    init(_ standIn: StandIn, ligatures: Int, controls: Int, place: Int) {
      self.standIn = standIn
      self.place = place
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

    /// Adds the controls of a form that were tried later than its votes.
    fileprivate mutating func addControls(_ numbers: [Int], _ voter: Int32, place: Int) {
      for number in numbers { addControl(number, voter, mayComeAgain: false) }
      self.place = min(self.place, place)
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
  private let poll: Poll
  private let threads: Int
  /// Voters of letters on which the control pairs are tried when the chance of a box is asked for.
  private var open: [(voter: Int32, form: Form, isWide: Poll.Ends, ballot: Int)] = []
  /// Ballots that were cast.
  private var ballots = 0

  private static let mostVoters = 3000

  /// - Parameter threads: how many forms may be asked side by side.
  init(_ words: Words, text: [UInt8], standings: [Standing], knowledge: Knowledge, threads: Int) {
    let poll = Poll(knowledge)
    (self.poll, self.threads) = (poll, threads)
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
    for (standIn, place, votes) in ballot.papers {
      let box = box(standIn, damage, place: self.place(place))
      for vote in votes {
        switch vote {
        case .ligature(let number, let reading):
          boxes[box].add(number, Vote(voter: voter, reading: reading), mayComeAgain: ballot.mayComeAgain)
        case .control(let number):
          boxes[box].addControl(number, voter, mayComeAgain: ballot.mayComeAgain)
        }
      }
    }
    if let isWide = ballot.openControls { open.append((voter, ballot.voter, isWide, ballots)) }
    ballots += 1
  }

  /// A place within the ballot in hand among those of all ballots.
  private func place(_ place: Int) -> Int { ballots << 16 | place }

  private mutating func box(_ standIn: StandIn, _ damage: DamageLexicon, place: Int) -> Int {
    if let known = index[standIn] { return known }
    boxes.append(
      Box(standIn, ligatures: damage.ligatures.count, controls: damage.controls.count, place: place))
    index[standIn] = boxes.count - 1
    return boxes.count - 1
  }

  /// A box with the controls of all forms. Few boxes are ever asked for the chance of their votes, and to try the
  /// control pairs on all letters of all forms would cost more than all votes.
  func completed(_ box: Box) -> Box {
    var box = box
    box.isComplete = true
    let standIn = box.standIn
    guard standIn.edge == .none,
      standIn.signs.isEmpty || Glyph.width(standIn.signs[0]) == standIn.signs.count
    else { return box }
    let found = SideBySide.map(open.count, threads: threads, least: Ballots.fewest) { some in
      some.compactMap { number in
        let (_, form, isWide, _) = open[number]
        return poll.controls(of: form, standIn.signs, isWide: isWide).map { (number, $0.numbers, $0.place) }
      }
    }
    for (number, controls, place) in found.joined() {
      box.addControls(controls, open[number].voter, place: open[number].ballot << 16 | place)
    }
    return box
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
    let traits = VotingGaps.traits(words.forms, standings, pieces)
    words.all.withUnsafeBufferPointer { all in
      guard var one = all.first else { return }
      var left = traits[Int(one.form)]
      for index in 1..<max(1, all.count) {
        let two = all[index]
        let right = traits[Int(two.form)]
        let (before, first) = (one, left)
        (one, left) = (two, right)
        let gap = Int(two.start - before.end)
        guard gap >= 1, gap <= 3, !right.contains(.noLetters) else { continue }
        if gap == 1 {
          let both = first.intersection(right)
          if both.contains(.word), first.union(right).contains(.common) { continue }
          if first.contains(.endsKnown), right.contains(.startsKnown), both.contains(.long) { continue }
        }
        if first.union(right).contains(.tooLong) { continue }
        if !text[Int(before.end)..<Int(two.start)].allSatisfy({ $0 == 0x20 }) { continue }
        let (a, b) = (Int(before.form), Int(two.form))
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

  /// What decides about most pairs, by form.
  private struct Traits: OptionSet {
    var rawValue: UInt8
    static let noLetters = Traits(rawValue: 1)
    static let word = Traits(rawValue: 2)
    static let common = Traits(rawValue: 4)
    /// Its last word is trusted, its first one.
    static let endsKnown = Traits(rawValue: 8)
    static let startsKnown = Traits(rawValue: 16)
    /// More than three bytes.
    static let long = Traits(rawValue: 32)
    static let tooLong = Traits(rawValue: 64)
  }

  private static func traits(_ forms: FormTable, _ standings: [Standing], _ pieces: VotingPieces) -> [Traits]
  {
    (0..<forms.count).map { id in
      var traits: Traits = []
      switch standings[id] {
      case .noLetters: traits = .noLetters
      case .word: traits = .word
      case .commonWord: traits = [.word, .common]
      case .open: break
      }
      if pieces.lastLevel[id] == .trusted { traits.insert(.endsKnown) }
      if pieces.firstLevel[id] == .trusted { traits.insert(.startsKnown) }
      if forms.length(id) > 3 { traits.insert(.long) }
      if forms.length(id) > longest { traits.insert(.tooLong) }
      return traits
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
