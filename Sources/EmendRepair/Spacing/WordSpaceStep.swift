import EmendModel
import EmendText
import FoundationEssentials

/// Parts words that run together ("ofthe") and joins words that are broken ("w ord", "s t r u c t i o n").
///
/// Stretches about an unknown run are read anew by a beam search over all ways to set their spaces; the best
/// way must beat the text as it stands by a margin.
struct WordSpaceStep: Step {
  func run(_ draft: inout Draft, _ session: inout Session) {
    let words = draft.words
    let english = session.knowledge.english
    let search = SpaceSearch(
      words: words, text: draft.text, english: english, vocabulary: draft.vocabulary,
      standings: draft.standings(english), threads: session.threads)
    draft.apply(search.edits())
  }
}

/// The beam search of one document.
struct SpaceSearch {
  let words: Words
  let text: [UInt8]
  let english: English
  let vocabulary: Vocabulary
  let standings: [Standing]
  /// How many stretches may be read side by side.
  let threads: Int

  /// Longest stretch that is read anew, bytes.
  private static let longestStretch = 160
  /// Longest run that may be one word, bytes.
  private static let longestRun = 26
  private static let beamWidth = 4
  /// Known words from this length on are not cut, bytes.
  private static let shortestWhole = 4
  /// Log cost of the first space dropped inside a word, of each further one, and of a space put in.
  private static let firstDrop = -4.0
  private static let nextDrop = -1.2
  private static let insertion = -6.0

  private struct Look {
    /// Unknown, or so short and rare that it may be a splinter.
    var isSuspicious = false
    /// Short or suspicious: may belong to a broken word.
    var isLoose = false
    /// Parts at a place where both sides are words.
    var mayPart = false
  }

  func edits() -> [Edit] {
    var looks = [Look?](repeating: nil, count: words.forms.count)
    func look(_ index: Int) -> Look {
      let form = Int(words.all[index].form)
      // Where a line end parts a word is for the joining of lines to judge.
      if words.isBroken(index) { return Look() }
      if let known = looks[form] { return known }
      let fresh =
        standings[form].isPlain
        ? Look(isSuspicious: false, isLoose: words.forms.length(form) <= 3) : inspect(words.forms[form])
      looks[form] = fresh
      return fresh
    }
    var result: [Edit] = []
    // Of each edit whether it parts words of grammar only.
    var areGrammar: [Bool] = []
    var places = 0
    var stretches: [Range<Int>] = []
    var index = 0
    while index < words.count {
      guard !standings[Int(words.all[index].form)].isPlain, look(index).isSuspicious else {
        index += 1
        continue
      }
      var first = index
      while first > 0, sameLine(first - 1), look(first - 1).isLoose, index - first < 12 { first -= 1 }
      if first > 0, sameLine(first - 1) { first -= 1 }
      var last = index + 1
      while last < words.count, sameLine(last - 1), look(last).isLoose, last - index < 30 { last += 1 }
      if last < words.count, sameLine(last - 1) { last += 1 }
      if !isForeign(index, look), isWorthwhile(first..<last, look) { stretches.append(first..<last) }
      index = max(index + 1, last)
    }
    let chosen = stretches
    let readings = SideBySide.map(chosen.count, threads: threads, least: SpaceSearch.fewestStretches) {
      some in
      some.map { read(chosen[$0]) }
    }
    for found in readings.joined() {
      if found.isEvidence, found.edits.contains(where: { $0.confidence >= Draft.sure }) { places += 1 }
      areGrammar += Array(repeating: found.areGrammar, count: found.edits.count)
      result += found.edits
    }
    if places >= SpaceSearch.provedBreaks {
      let taken = Set(result.map(\.range))
      let broken = SideBySide.map(
        max(0, words.count - 1), threads: threads, least: SpaceSearch.fewestPairs
      ) { brokenWords($0, besides: taken) }
      result += broken.joined()
    }
    // Where spaces are hardly ever wrong, variables and names look like splinters, and what does run together
    // is as often the author's: only what parts words of grammar ("ofthe") is made.
    if words.count > SpaceSearch.passage, Double(places) < max(3, 0.0005 * Double(words.count)) {
      for at in result.indices where at >= areGrammar.count || !areGrammar[at] {
        if words.count > SpaceSearch.page {
          result[at].confidence = min(result[at].confidence, SpaceSearch.unproved)
        } else {
          let odds =
            result[at].confidence / max(1e-9, 1 - result[at].confidence) * exp(-SpaceSearch.cleanMargin)
          result[at].confidence = odds / (1 + odds)
        }
      }
    }
    return result
  }

  /// From so many places on a document's own spaces are known to be wrong.
  private static let provedBreaks = 2
  /// What a word must be likelier than its two halves, both of them words ("car pet"), in log probability.
  private static let halvesMargin = 8.0

  /// Fewer stretches, and fewer pairs of words, are not worth a thread.
  private static let fewestStretches = 32
  private static let fewestPairs = 4096

  /// Words whose halves are words too, in a document that is known to break words.
  ///
  /// - Parameters:
  ///   - indices: the words that may be first halves.
  ///   - taken: the gaps that are closed already.
  private func brokenWords(_ indices: Range<Int>, besides taken: Set<Range<Int>>) -> [Edit] {
    var result: [Edit] = []
    var joined = Form()
    for index in indices {
      let (a, b) = (Int(words.all[index].form), Int(words.all[index + 1].form))
      guard standings[a].isWord, standings[b].isWord,
        standings[a] != .commonWord || standings[b] != .commonWord
      else { continue }
      guard words.forms.length(a) >= 2, words.forms.length(b) >= 2,
        words.forms.withBytes(b, { $0[0] >= 0x61 && $0[0] <= 0x7A }),
        words.forms.withBytes(a, { $0.allSatisfy { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A } }),
        sameLine(index)
      else { continue }
      let right = words.forms[b]
      let core = coreRange(right)
      joined.removeAll(keepingCapacity: true)
      words.forms.withBytes(a) { joined.append(contentsOf: $0) }
      joined.append(contentsOf: right[core])
      // A derived word is not trusted.
      let whole = joined.withUnsafeBufferPointer { english.sense($0, derives: false) }
      guard whole.level == .trusted, whole.logFrequency > Self.commonWhole else { continue }
      let (first, second) = (english.sense(words.forms[a]), english.sense(Form(right[core])))
      let gain =
        whole.logFrequency + SpaceSearch.firstDrop - first.logFrequency
        - english.logProbability(second.id, after: first.id)
      let gap = Int(words.all[index].end)..<Int(words.all[index + 1].start)
      guard gain > Self.halvesMargin, !taken.contains(gap) else { continue }
      result.append(
        Edit(
          range: gap, reading: [], kind: .extraSpace, rule: "word-space",
          confidence: Posterior.of(margin: gain, threshold: Self.halvesMargin),
          evidence: "“\(joined.text)”, in a document that breaks words"))
    }
    return result
  }

  /// Rarer words are not put together from words.
  private static let commonWhole = -12.5

  /// Up to so many words a text is a passage, which says too little of its own spaces.
  private static let passage = 400
  /// Up to so many words a text is a page or two, which may hold only one place.
  private static let page = 1000
  /// What a change needs beyond its threshold in a page whose spaces are right, in log probability.
  private static let cleanMargin = 3.0
  /// The posterior of a change in a document whose spaces are right.
  private static let unproved = 0.9

  /// Whether half of the words about a place are unknown and not to be parted, and splinters are few: another
  /// language, or a text too garbled to judge.
  private func isForeign(_ index: Int, _ look: (Int) -> Look) -> Bool {
    let range = max(0, index - 6)..<min(words.count, index + 7)
    guard range.count >= 7 else { return false }
    var (strange, splinters) = (0, 0)
    for other in range {
      let own = look(other)
      guard own.isSuspicious else { continue }
      if words.forms.length(Int(words.all[other].form)) <= 3 {
        splinters += 1
      } else if !own.mayPart {
        strange += 1
      }
    }
    return strange * 2 >= range.count && splinters * 5 <= range.count
  }

  private func inspect(_ form: Form) -> Look {
    var look = Look()
    look.isSuspicious = isSuspicious(form)
    look.isLoose = look.isSuspicious || form.spelled.scalars.count <= 3
    if look.isSuspicious { look.mayPart = mayPart(Form(form[coreRange(form)])) }
    return look
  }

  /// What neighbours can add to the parts of a word at best.
  private static let bestContext = 9.0

  /// Whether a run can be parted into words that are likely enough to win.
  private func mayPart(_ word: Form) -> Bool {
    if word.count < 3 || word.count > SpaceSearch.longestRun { return word.count > 2 }
    let keep = score(word, isOriginal: true, after: -1) ?? -9
    var best = -Double.infinity
    var head = -Double.infinity
    word.withUnsafeBufferPointer { bytes in
      for cut in 1..<word.count where bytes[cut] & 0xC0 != 0x80 {
        let left = english.sense(UnsafeBufferPointer(rebasing: bytes[..<cut]), derives: false)
        let isWord = left.level == .trusted
        if isWord { head = max(head, left.logFrequency) }
        if head == -Double.infinity || word.count - cut < 2 { continue }
        let right = english.sense(UnsafeBufferPointer(rebasing: bytes[cut...]), derives: false)
        guard right.level >= .plausible else { continue }
        if isWord { best = max(best, left.logFrequency + right.logFrequency + SpaceSearch.insertion) }
        // With a word between, which costs another space.
        best = max(best, head + right.logFrequency + 2 * SpaceSearch.insertion - 3)
      }
    }
    return best + SpaceSearch.bestContext > keep + 3
  }

  /// Whether any way of setting the spaces could make words of a stretch: a run that may be parted, two
  /// splinters side by side, or a splinter that makes a word with its neighbours.
  private func isWorthwhile(_ range: Range<Int>, _ look: (Int) -> Look) -> Bool {
    for index in range where look(index).isSuspicious {
      if look(index).mayPart { return true }
      // Two splinters, one of them short, may be parts of a longer chain of splinters.
      if index + 1 < range.upperBound, look(index + 1).isSuspicious,
        min(
          words.forms.length(Int(words.all[index].form)), words.forms.length(Int(words.all[index + 1].form)))
          <= 3
      {
        return true
      }
      for first in max(range.lowerBound, index - 2)...index {
        for last in max(first + 1, index)...min(index + 2, first + 3)
        where last < range.upperBound && last - first <= 2 && isWord(first...last) {
          return true
        }
      }
    }
    return false
  }

  private func isWord(_ range: ClosedRange<Int>) -> Bool {
    var joined = Form()
    for index in range { joined += words.forms[Int(words.all[index].form)] }
    return joined.count <= SpaceSearch.longestRun
      && english.level(Form(joined[coreRange(joined)])) >= .plausible
  }

  /// Whether the run after an index stands on the same line.
  private func sameLine(_ index: Int) -> Bool {
    guard index + 1 < words.count else { return false }
    return !text[Int(words.all[index].end)..<Int(words.all[index + 1].start)].contains(0x0A)
      && !words.isBroken(index)
  }

  private func coreRange(_ form: Form) -> Range<Int> {
    let range = Pieces.core(form)
    return range
  }

  private func isSuspicious(_ form: Form) -> Bool {
    if form.count > 4 * English.longest { return false }
    let word = Form(form[coreRange(form)])
    guard word.isAllLetters else { return false }
    let (scalars, _) = word.spelled
    if scalars.count == 1 { return Glyph.isLower(scalars[0]) && scalars[0] != 0x61 }
    if word.isUpperCase && scalars.count <= 5 { return false }
    let sense = english.sense(word)
    if sense.flags.contains(.abbreviation) { return false }
    if sense.level == .unknown { return !isOldForm(word) }
    return scalars.count <= 3 && sense.level == .plausible && word.startsLower && !word.hasInnerCapital
      && sense.logFrequency < -10.5
  }

  /// Old spellings of known words: -e, -ll, -ie.
  private func isOldForm(_ word: Form) -> Bool {
    let form = word.folded
    if form.last == 0x65, english.level(Form(form.dropLast())) >= .plausible { return true }
    if form.hasSuffix(Form("ll".utf8)), english.level(Form(form.dropLast())) >= .plausible { return true }
    return form.hasSuffix(Form("ie".utf8)) && english.level(Form(form.dropLast(2)) + [0x79]) >= .plausible
  }

  /// Log probability of a run as a word with its outer punctuation; nil where it can be none.
  private func score(_ run: Form, isOriginal: Bool, after left: Int32) -> Double? {
    let range = coreRangeStrict(run)
    // Dots of a leader are not put together.
    guard let range else { return isOriginal ? -4 : nil }
    let word = Form(run[range])
    if word.isAllLetters {
      let (scalars, _) = word.spelled
      let isSmall = !word.dropFirst().contains { $0 >= 0x41 && $0 <= 0x5A }
      if isSmall || word.isUpperCase || scalars.count == 1 {
        // A word that is only derived is no reason to move a space.
        let sense = word.withUnsafeBufferPointer { english.sense($0, derives: isOriginal) }
        if sense.level == .trusted,
          scalars.count > 1 || scalars[0] == 0x61 || scalars[0] == 0x41 || scalars[0] == 0x49
        {
          var value = english.logProbability(sense.id, after: left)
          if word.isUpperCase && scalars.count > 1 { value -= 2 }
          if scalars.count == 2, word.startsLower, sense.logFrequency < -9 { value -= 4 }
          return value
        }
        if sense.level == .plausible, scalars.count >= 4 {
          let value = sense.id >= 0 ? english.logProbability(sense.id, after: left) : sense.logFrequency
          return min(value, -12) - (isOriginal ? 0 : 1.5)
        }
      }
      guard isOriginal else { return nil }
      if scalars.count == 1 { return Glyph.isLower(scalars[0]) ? -8 : -6 }
      var value = log(word.startsLower ? 2e-3 : 1e-2) + english.logLetters(word)
      let own = vocabulary.count(word)
      if own >= 2, scalars.count > 3 {
        // The mean over all occurrences: a word that is broken twice leaves the same splinters twice.
        let again = log(0.3 * Double(own) / Double(max(300, vocabulary.total)))
        value = max(value, (value + Double(own - 1) * again) / Double(own))
      }
      return value
    }
    if word.count > 2, word.dropFirst().dropLast().contains(0x2D) {
      var sum = -2.0
      var allKnown = true
      for part in word.split(separator: 0x2D, omittingEmptySubsequences: false) {
        let part = Form(part)
        let sense = english.sense(part)
        guard part.count > 1, part.isAllLetters, sense.level >= .plausible else {
          allKnown = false
          break
        }
        sum += max(sense.logFrequency, -13)
      }
      if allKnown { return sum }
    }
    return isOriginal ? -9 : nil
  }

  /// As `Pieces.core`, nil when a run is punctuation only.
  private func coreRangeStrict(_ run: Form) -> Range<Int>? {
    let range = Pieces.core(run)
    if range.count < run.count { return range }
    var at = 0
    while at < run.count {
      let u = Glyph.scalar(run, at)
      if !Pieces.isOpening(u) && !Pieces.isClosing(u) { return range }
      at += Glyph.width(run[at])
    }
    return nil
  }

  private struct Node {
    var score: Double
    var left: Int32
    var from: Int
    var rank: Int
  }

  /// A stretch read anew.
  private struct Reading {
    var edits: [Edit] = []
    /// Whether it only parts what ran together into words of grammar.
    var areGrammar = false
    /// Whether it speaks for the document's spaces being wrong: names of programs and compounds do not.
    var isEvidence = false
  }

  /// Reads one stretch anew.
  private func read(_ range: Range<Int>) -> Reading {
    var bytes = Form()
    var places: [Int] = []
    var bounds = Set<Int>()
    var runs: [Form] = []
    // Where a run starts, its end.
    var originals: [Int: Int] = [:]
    // Inside a word that a line end breaks, and inside words that are known, no space is put in.
    var closed = [Bool](repeating: false, count: SpaceSearch.longestStretch + 1)
    for index in range {
      let id = Int(words.all[index].form)
      let form = words.forms[id]
      if bytes.count + form.count > SpaceSearch.longestStretch { return Reading() }
      if words.isBroken(index) || standings[id].isWord && form.count >= SpaceSearch.shortestWhole {
        for at in (bytes.count + 1)..<(bytes.count + form.count) where form.count > 1 { closed[at] = true }
      }
      originals[bytes.count] = bytes.count + form.count
      bytes += form
      places += words.positions(of: index, in: text).dropLast()
      bounds.insert(bytes.count)
      runs.append(form)
    }
    if bytes.contains(0x40) || bytes.find(Form("http".utf8)) != nil || bytes.find(Form("www".utf8)) != nil {
      return Reading()
    }
    let count = bytes.count
    for at in 1..<max(1, count) where bytes[at] & 0xC0 == 0x80 { closed[at] = true }
    for bound in bounds { closed[bound] = false }
    var start: Int32 = -1
    if range.lowerBound > 0, !Pieces.endsClause(words.forms[Int(words.all[range.lowerBound - 1].form)]) {
      start =
        english.sense(
          Pieces.contextWord(words.forms[Int(words.all[range.lowerBound - 1].form)], last: true)
        ).id
    }
    var beams = [[Node]](repeating: [], count: count + 1)
    beams[0] = [Node(score: 0, left: start, from: -1, rank: 0)]
    // How many runs of nothing but dots begin before each place.
    var leaders = [Int](repeating: 0, count: count + 1)
    for at in 0..<count {
      leaders[at + 1] = leaders[at]
      // A dot alone is a full stop.
      if let end = originals[at], bytes[at..<end].allSatisfy({ $0 == 0x2E }),
        at > 0 && bytes[at - 1] == 0x2E || end < count && bytes[end] == 0x2E
      {
        leaders[at + 1] += 1
      }
    }
    var inner = [Int](repeating: 0, count: count + 1)
    for at in 1...count { inner[at] = inner[at - 1] + (bounds.contains(at) ? 1 : 0) }
    for from in 0..<count where !beams[from].isEmpty {
      beams[from].sort { ($1.score, $0.from, $0.rank) < ($0.score, $1.from, $1.rank) }
      if beams[from].count > SpaceSearch.beamWidth {
        beams[from].removeLast(beams[from].count - SpaceSearch.beamWidth)
      }
      let original = originals[from] ?? -1
      var possible = LetterModel.Walk()
      for to in (from + 1)...min(count, from + SpaceSearch.longestRun) {
        english.letters.step(&possible, bytes[to - 1])
        let isOriginal = original == to
        // No word goes on like this: only what stands there is still to come.
        if possible.isDead, !isOriginal {
          if to > original { break }
          continue
        }
        if to < count, closed[to] { continue }
        let dropped = inner[to - 1] - inner[from]
        let run = Form(bytes[from..<to])
        if dropped > 0, touchesHyphen(run, from, bounds) || leaders[to] > leaders[from] { continue }
        if dropped == 1, let end = originals[from],
          SpaceSearch.particles.contains(Form(bytes[from..<end]).folded)
        {
          continue
        }
        var cost = dropped > 0 ? SpaceSearch.firstDrop + SpaceSearch.nextDrop * Double(dropped - 1) : 0
        if to < count, !bounds.contains(to) { cost += SpaceSearch.insertion }
        var nodes: [Node] = []
        for (rank, node) in beams[from].enumerated() {
          guard let value = score(run, isOriginal: isOriginal, after: node.left) else { break }
          nodes.append(Node(score: node.score + value + cost, left: -1, from: from, rank: rank))
        }
        if nodes.isEmpty { continue }
        let left: Int32 =
          Pieces.endsClause(run) ? -1 : english.sense(Pieces.contextWord(run, last: true)).id
        for var node in nodes {
          node.left = left
          beams[to].append(node)
        }
      }
    }
    guard let best = beams[count].enumerated().max(by: { $0.element.score < $1.element.score }) else {
      return Reading()
    }
    var asItStands = 0.0
    var left = start
    for run in runs {
      asItStands += score(run, isOriginal: true, after: left) ?? -9
      left = Pieces.endsClause(run) ? -1 : english.sense(Pieces.contextWord(run, last: true)).id
    }
    let gain = best.element.score - asItStands
    if gain <= 3 { return Reading() }
    var ends: [Int] = [count]
    var (from, rank) = (best.element.from, best.element.rank)
    while from > 0 {
      ends.append(from)
      let node = beams[from][rank]
      (from, rank) = (node.from, node.rank)
    }
    ends.reverse()
    if Set(ends) == bounds { return Reading() }
    var read: [Form] = []
    var at = 0
    for end in ends {
      let piece = Form(bytes[at..<end])
      // "He met Theodor": within a sentence such a capital is a name's.
      if let whole = originals[at], whole > end, piece.startsUpper,
        english.sense(piece).flags.contains(.function)
      {
        let index = range.lowerBound + bounds.reduce(0) { $0 + ($1 <= at ? 1 : 0) }
        if index > 0, !Pieces.endsClause(words.forms[Int(words.all[index - 1].form)]) { return Reading() }
      }
      read.append(piece)
      at = end
    }
    let isPart = bounds.isSubset(of: ends)
    let new = read.filter { !runs.contains($0) }
    let grammar = new.filter { english.sense(Form($0[coreRange($0)])).flags.contains(.function) }
    let isCamel = runs.contains { $0.hasInnerCapital && !read.contains($0) }
    return Reading(
      edits: edits(range, places, bounds, ends, runs, read, gain),
      areGrammar: isPart && grammar.count == new.count,
      isEvidence: !isCamel && (!isPart || !grammar.isEmpty))
  }

  /// Whether a space next to a hyphen would be dropped.
  private func touchesHyphen(_ run: Form, _ from: Int, _ bounds: Set<Int>) -> Bool {
    guard run.contains(0x2D) else { return false }
    for at in 1..<run.count where bounds.contains(from + at) {
      if run[at - 1] == 0x2D || run[at] == 0x2D { return true }
    }
    return false
  }

  private func edits(
    _ range: Range<Int>, _ places: [Int], _ bounds: Set<Int>, _ ends: [Int], _ runs: [Form], _ read: [Form],
    _ gain: Double
  ) -> [Edit] {
    let chosen = Set(ends)
    let last = bounds.max() ?? 0
    let dropped = bounds.filter { !chosen.contains($0) && $0 < last }.sorted()
    let inserted = ends.dropLast().filter { !bounds.contains($0) }
    let threshold = threshold(dropped.count, inserted.count, runs, read)
    if gain < threshold - 2 { return [] }
    let confidence = Posterior.of(margin: gain, threshold: threshold)
    let evidence = "“" + read.map(\.text).joined(separator: " ") + "”"
    var result: [Edit] = []
    for place in dropped {
      result.append(
        Edit(
          range: (places[place - 1] + 1)..<places[place], reading: [], kind: .extraSpace, rule: "word-space",
          confidence: confidence, evidence: evidence))
    }
    for place in inserted {
      result.append(
        Edit(
          range: places[place]..<places[place], reading: [0x20], kind: .missingSpace, rule: "word-space",
          confidence: confidence, evidence: evidence))
    }
    return result
  }

  /// The gain in log probability that a change needs.
  private func threshold(_ dropped: Int, _ inserted: Int, _ runs: [Form], _ read: [Form]) -> Double {
    var threshold = 5.0
    if dropped > 0, inserted > 0, dropped + inserted < 5 { threshold = 9 }
    // "the variable s refers": a letter between known words is no splinter of theirs.
    if words.count > SpaceSearch.passage, dropped > 0, !runs.contains(where: { isSplinter($0) }) {
      threshold = max(threshold, 9)
    }
    guard inserted > 0, dropped == 0 else { return threshold }
    let new = read.filter { !runs.contains($0) }.map { Form($0[coreRange($0)]).folded }
    let senses = new.map { english.sense($0) }
    if !senses.contains(where: { $0.flags.contains(.function) }) {
      let length = new.reduce(0) { $0 + $1.count }
      threshold = length < 13 || (new.map(\.count).min() ?? 0) < 4 ? 99 : 9
    }
    if new.reduce(0, { $0 + $1.count }) < 5 { threshold = max(threshold, 12) }
    if zip(new, senses).contains(where: { $0.isAllLetters && $1.level < .trusted }) {
      threshold = max(threshold, 9)
    }
    if new.count == 2, SpaceSearch.endings.contains(new[1]) {
      threshold = max(threshold, senses[0].logFrequency > -12 ? 9 : 99)
    }
    // "SpreadsheetCell", "MacArthur": a capital inside is as often meant.
    if runs.contains(where: { $0.hasInnerCapital && !read.contains($0) }) {
      threshold = max(threshold, 12)
    }
    let total = max(300, vocabulary.total)
    for run in runs where !read.contains(run) {
      let own = vocabulary.count(Form(run[coreRange(run)]))
      if own >= 2, Double(own) >= 0.0005 * Double(total) { threshold = max(threshold, 12) }
    }
    return threshold
  }

  /// Particles of other languages, whose phrases stay as they are: "de facto", "al fresco".
  static let particles: Set<Form> = Set(
    ["de", "del", "al", "el", "la", "le", "les", "du", "di", "van", "von", "der", "ad", "ex"].map {
      Form($0.utf8)
    })

  /// Whether a run is an unknown word of two letters or more.
  private func isSplinter(_ run: Form) -> Bool {
    let word = Form(run[coreRange(run)])
    return word.count > 1 && english.level(word) < .trusted
  }

  /// Words that unknown words often seem to end in.
  private static let endings: Set<Form> = Set(
    ["is", "it", "a", "an", "as", "on", "or", "at", "be", "no", "me", "all", "in", "to"].map { Form($0.utf8) }
  )
}
