import EmendModel

/// Mends what a scanner misread, word by word, through a noisy channel: how likely the reading is here, times
/// how likely it is to be misread as what stands there, against how likely the form is as it stands.
///
/// Confusion rates start from counts over many scans and are sharpened by what the document's own unknown
/// words show. In a document of some length nothing is changed unless several different words are surely
/// misread: clean text is left alone.
struct ChannelStep: Step {
  /// Up to this many words a text is a passage: no gate, a lower threshold.
  private static let passage = 400

  func run(_ draft: inout Draft, _ session: inout Session) {
    var run = ChannelRun(
      draft.words, text: draft.text, vocabulary: draft.vocabulary,
      standings: draft.standings(session.knowledge.english), knowledge: session.knowledge,
      threads: session.threads)
    if run.parts.isEmpty { return }
    // A born-digital text needs three times the proof; one whose ligature signs are misread is a scan.
    let misreadsCodes = session.map?.misreadsCodes == true
    let isDigital = !misreadsCodes && (session.hasLigatureCodes || session.map?.hasFamily == true)
    draft.apply(run.edits(isDigital: isDigital))
  }
}

/// The channel over one document.
struct ChannelRun {
  private struct Place {
    var word: Int
    var part: ScannedWords.Part
  }

  private let words: Words
  private let text: [UInt8]
  private let knowledge: Knowledge
  private let vocabulary: Vocabulary
  private var isOld: Bool
  private let total: Int
  private let readings: ChannelReadings
  /// How many parts of the work may be done side by side.
  private let threads: Int
  private var context: Context
  /// Unknown parts by form id.
  private(set) var parts: [Int: [ScannedWords.Part]] = [:]
  /// Whether a form's last word is unknown: 0 no, 1 yes, -1 not looked at yet.
  private var unknown: [Int8]

  init(
    _ words: Words, text: [UInt8], vocabulary: Vocabulary, standings: [Standing], knowledge: Knowledge,
    threads: Int
  ) {
    self.threads = threads
    self.words = words
    self.text = text
    self.knowledge = knowledge
    self.vocabulary = vocabulary
    isOld = ChannelGuards.isOld(vocabulary)
    total = max(300, vocabulary.total)
    readings = ChannelReadings(knowledge: knowledge, vocabulary: vocabulary)
    context = Context(words, english: knowledge.english)
    unknown = standings.map { $0.isPlain ? 0 : -1 }
    for id in 0..<words.forms.count where !standings[id].isPlain && words.forms.counts[id] > 0 {
      let form = words.forms[id]
      if form.count > 4 * English.longest { continue }
      let found = ScannedWords.parts(of: form, knowledge, vocabulary)
      if !found.isEmpty { parts[id] = found }
    }
  }

  /// A change that the channel proposes.
  private struct Proposal {
    var word: Int
    var part: ScannedWords.Part
    var reading: Form
    var margin: Double
    var threshold: Double
    var evidence: String
    /// A letter more or less, which authors' pens do as well as scanners.
    var mayBeSlip: Bool
    /// A shape that only scanners make.
    var isStroke: Bool
    /// So short that it is read only beside other misreadings.
    var needsCompany: Bool
  }

  mutating func edits(isDigital: Bool) -> [Edit] {
    var types: [Form] = []
    var seen = Set<Form>()
    for id in parts.keys.sorted() {
      for part in parts[id] ?? [] where seen.insert(part.form).inserted { types.append(part.form) }
    }
    let isGated = total > 400
    // A few words of a long clean text always look misread: authors slip.
    let least = total <= ChannelRun.page ? 2.0 : 3.0
    let need = max(least, min(6, 0.0016 * Double(total)), 0.0008 * Double(total)) * (isDigital ? 3 : 1)
    if isGated, types.count > ChannelRun.sample * 2 {
      // A long document: an even sample of the unknown words shows whether it is worth to look at all.
      let step = types.count / ChannelRun.sample
      let some = stride(from: 0, to: types.count, by: step).map { types[$0] }
      readings.learn(some, threads: threads)
      let sure = sureForms(propose(withSecond: false, only: Set(some)))
      if Double(sure * step) < need / 2 { return [] }
    }
    readings.learn(types, threads: threads)
    trustProved()
    if !isOld { isOld = spellsOld(types) }
    var proposals = propose(withSecond: false)
    let sure = sureForms(proposals)
    let isOpen = !isGated || Double(sure) >= need
    if isOpen {
      readings.prepareSecond(types, threads: threads)
      proposals = propose(withSecond: true)
    }
    var result: [Edit] = []
    for proposal in proposals {
      var confidence = Posterior.of(margin: proposal.margin, threshold: proposal.threshold)
      if !isOpen {
        // Not proved to be a scan: shown when it would be sure in one.
        if proposal.margin < proposal.threshold + 3 { continue }
        confidence = 0.9
      } else if proposal.needsCompany, sure == 0 {
        confidence = min(confidence, 0.9)
      }
      result += words.edits(
        proposal.word, proposal.part.range, reading: proposal.reading, in: text, kind: .confusion,
        rule: "channel",
        confidence: confidence, evidence: proposal.evidence)
    }
    if isOpen, sure > 0 {
      let search = RealWordSearch(words: words, text: text, knowledge: knowledge)
      result += search.edits(isPassage: !isGated, &context)
    }
    return result
  }

  private static let sample = 1500
  /// Up to so many words a text is a page or two.
  private static let page = 1000
  /// The boost of an edit that three words of the document show.
  private static let proved = 2.2

  /// Whether many of the unknown words differ from known ones by spelling, not by shape.
  private mutating func spellsOld(_ types: [Form]) -> Bool {
    var spellings = 0
    for form in types where form.count >= 4 && form.isAllLetters && form.startsLower {
      let isSpelling = readings.readings(form).contains {
        $0.sense.logFrequency > -13 && ChannelGuards.isSpelling(form, $0.form, isOld: true)
      }
      if isSpelling { spellings += 1 }
    }
    return spellings >= 3 && spellings * 5 >= types.count
  }

  /// Words that a proved edit explains are no sign of a foreign passage.
  private mutating func trustProved() {
    for (id, parts) in parts where isUnknown(id) {
      let isProved = parts.contains { part in
        readings.readings(part.form).contains { reading in
          reading.sense.logFrequency > -12
            && reading.ways.contains { (readings.boosts[$0.edit] ?? 0) >= Self.proved }
        }
      }
      if isProved { unknown[id] = 0 }
    }
  }

  /// Whether signs are an author's: letters in brackets ("[t]he", "(s)he"), braces of a text that opens them too,
  /// the apostrophe of "tryin'".
  private mutating func isMeant(_ seen: Form, _ whole: Form) -> Bool {
    if seen == [0x27] || seen == Form("’".utf8) { return whole.last == seen.last }
    for (open, close) in [(UInt8(0x5B), UInt8(0x5D)), (0x28, 0x29)]
    where (seen.contains(open) || seen.contains(close)) && whole.contains(open) && whole.contains(close) {
      return true
    }
    return seen.contains(0x7D) && opensBraces
  }
  /// Whether most braces that close in the text open before.
  private lazy var opensBraces: Bool = {
    var (open, close) = (0, 0)
    for byte in text {
      if byte == 0x7B { open += 1 } else if byte == 0x7D { close += 1 }
    }
    return open * 2 > close
  }()

  /// Whether an edit reads a shape that no hand writes and no setter sets: `}'` for y, U for ll.
  private func isStroke(_ edge: (seen: Form, truth: Form), _ form: Form) -> Bool {
    if edge.truth == [0x6C, 0x6C] { return edge.seen == [0x55] }
    return edge.truth == [0x79] && edge.seen.count == 2 && edge.seen[0] != 0x5F && !form.contains(0x7B)
      && (knowledge.damage.isBrokenLetter(edge.seen[0], edge.seen[1]) || edge.seen[0] == 0x7D)
  }
  /// What such a shape takes from the likelihood of a form as it stands, in log probability.
  private static let strange = 5.0

  /// Distinct forms that are surely misread, and not by a slip of the author; those of a scanner's own shapes
  /// count twice.
  private func sureForms(_ proposals: [Proposal]) -> Int {
    let sure = proposals.filter {
      $0.margin > $0.threshold && $0.margin > 6 && !$0.mayBeSlip && !$0.needsCompany
    }
    return Set(sure.map(\.part.form)).count + Set(sure.filter(\.isStroke).map(\.part.form)).count
  }

  private mutating func propose(withSecond: Bool, only: Set<Form>? = nil) -> [Proposal] {
    var result: [Proposal] = []
    context = Context(words, english: knowledge.english)
    var hasParts = [Bool](repeating: false, count: words.forms.count)
    for id in parts.keys { hasParts[id] = true }
    for index in 0..<words.count {
      let form = Int(words.all[index].form)
      guard hasParts[form], let parts = parts[form] else { continue }
      for part in parts {
        if let only, !only.contains(part.form) { continue }
        guard let proposal = judge(index, part, withSecond: withSecond) else { continue }
        result.append(proposal)
        if proposal.margin > proposal.threshold {
          let pieces = Pieces.of(words.forms[Int(words.all[index].form)])
          context.change(
            index, proposal.reading, isFirst: part.range.lowerBound <= pieces.first?.lowerBound ?? 0,
            isLast: part.range.upperBound >= pieces.last?.upperBound ?? part.range.upperBound)
        }
      }
    }
    return result
  }

  private mutating func isUnknown(_ id: Int) -> Bool {
    if unknown[id] < 0 {
      let form = words.forms[id]
      let last = form.count > 4 * English.longest ? [] : Pieces.contextWord(form, last: true)
      unknown[id] = last.count > 1 && knowledge.english.level(last) == .unknown ? 1 : 0
    }
    return unknown[id] == 1
  }

  /// Whether four in ten of the neighbours are unknown: a foreign passage, or one too garbled to judge.
  private mutating func isForeign(_ index: Int) -> Bool {
    let range = max(0, index - 5)..<min(words.count, index + 6)
    guard range.count >= 5 else { return false }
    var strangers = 0
    for other in range where other != index && isUnknown(Int(words.all[other].form)) { strangers += 1 }
    return Double(strangers) >= 0.4 * Double(range.count - 1)
  }

  private mutating func judge(_ index: Int, _ part: ScannedWords.Part, withSecond: Bool) -> Proposal? {
    let english = knowledge.english
    let form = part.form
    var candidates = readings.readings(form)
    if candidates.isEmpty, withSecond { candidates = readings.secondReadings(form) }
    if let doubled = doubled(form, candidates) { candidates = [doubled] }
    if candidates.isEmpty || isForeign(index) { return nil }
    if !part.isPure, !form.startsUpper, !form.startsLower {
      // A sign or digit before a whole word is no misread letter.
      let trimmed = Form(form.drop { !($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) && $0 < 0x80 })
      if english.level(trimmed) >= .plausible { return nil }
    }
    var near = context.neighbours(words, index, in: text)
    let whole = words.forms[Int(words.all[index].form)]
    if whole.contains(0x2D) || whole.contains(0x2F) { near = Neighbours() }

    var best = (score: -Double.infinity, at: -1)
    var second = -99.0
    for (at, reading) in candidates.enumerated() {
      let score =
        readings.rate(reading)
        + english.logScore(
          reading.sense.id, reading.sense.logFrequency, near, own: vocabulary.count(reading.form), of: total)
      if score > best.score
        || score == best.score && reading.form.lexicographicallyPrecedes(candidates[best.at].form)
      {
        second = max(second, best.score)
        best = (score, at)
      } else {
        second = max(second, score)
      }
    }
    guard best.at >= 0 else { return nil }
    let reading = candidates[best.at].form
    let isCapital = form.startsUpper
    let edge = ChannelRun.edge(form, reading)
    let boost = readings.boost(seen: edge.seen, truth: edge.truth)
    if part.isPure, form.isAllLetters, !part.isCamel,
      ChannelGuards.isSpelling(
        form, reading, isOld: isOld,
        showsShape: boost >= Self.proved && !isOld && ChannelGuards.areAlike(edge.seen, edge.truth))
    {
      return nil
    }

    let own = vocabulary.count(form)
    let isNameLike = part.isCamel && ChannelRun.isNameCamel(form)
    let isCamel = part.isCamel && !isNameLike
    var keep = leaving(form, part, near)
    if isCamel && own < 6 { keep = min(keep, form.startsLower ? -18 : -16) }
    if isStroke(edge, form) { keep -= Self.strange }
    if isCapital && !isCamel && isCited(index) { keep += Self.citedName }

    var threshold = total <= 1500 ? 2.3 : 3.0
    // A name that the document has elsewhere is as good as a word.
    let isAttested = isCapital && own == 1 && vocabulary.countAsName(reading) >= 2
    if isCapital && part.isPure && !isCamel { threshold += isAttested ? 0.5 : 2 }
    if form.spelled.scalars.count <= 3 { threshold += 2 }
    // Two or three letters before a stop are as often an abbreviation or a variable.
    if form.count <= 3, part.isPure, part.range.upperBound < whole.count,
      whole[part.range.upperBound] == 0x2E
    {
      threshold += 4
    }
    if form.count <= 3, part.isPure {
      // "qx-curves", "pN": short forms are words, variables or abbreviations unless the shape is a common one.
      if part.range.lowerBound > 0 && whole[part.range.lowerBound - 1] == 0x2D { return nil }
      if part.range.upperBound < whole.count && whole[part.range.upperBound] == 0x2D { return nil }
      if part.isCamel && reading.isUpperCase { return nil }
      if readings.rate(candidates[best.at]) < Self.shortWordShape { return nil }
    }
    // No letter l, and no d, looks like U.
    if edge.seen == [0x55], edge.truth.count == 1, part.isCamel { return nil }
    if total > 1500, form.isAllLetters, edge.seen.isEmpty || edge.truth.isEmpty,
      reading.hasSuffix(form) || form.hasSuffix(reading), boost < 3
    {
      return nil
    }
    if form.isAllLetters, edge.seen.isEmpty || edge.truth.isEmpty, ChannelGuards.isLatin(form) { return nil }
    // A digit behind a whole word is a note number or a name's.
    if edge.truth.isEmpty, !edge.seen.isEmpty, edge.seen.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      return nil
    }
    // Signs at the end of a word or before it are punctuation or markup ("*list*", "search("), never nothing.
    if edge.truth.isEmpty, form.hasPrefix(reading) || form.hasSuffix(reading),
      edge.seen.allSatisfy({ $0 < 0x80 && !($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) })
    {
      return nil
    }
    // A letter of another alphabet or with a mark stands for something, never for nothing.
    if edge.truth.isEmpty, edge.seen.contains(where: { $0 >= 0xC3 && $0 < 0xE2 }) { return nil }
    // A letter left out in mid-word is as often the author's slip, and so is a vowel of another shape.
    var isSlip =
      boost < Self.proved && form.isAllLetters
      && (edge.seen.isEmpty && !reading.hasSuffix(form) || ChannelGuards.isVowelSlip(edge.seen, edge.truth))
    // "printf", "gcloud", "gcc": words of a trade, longer than a word by a letter or as short as few words are.
    var needsCompany = false
    if boost < Self.proved, part.isPure, !isCamel {
      if edge.truth.isEmpty, form.hasPrefix(reading) || form.hasSuffix(reading) { isSlip = true }
      needsCompany =
        form.isAllLetters && form.count <= 3 && !candidates[best.at].sense.flags.contains(.function)
    }
    if isMeant(edge.seen, whole) || reading.folded == form.folded { return nil }
    // Signs that stand for any letter tell of short words next to nothing: "hcrc" is no "hoc".
    if edge.seen.count > 1, readings.ways(candidates[best.at]) <= Self.wildcard,
      reading.count < Self.shortestWild || edge.truth.isEmpty
    {
      return nil
    }
    if reading.startsUpper, form.startsLower { threshold += Self.slip }
    if boost >= Self.proved { threshold -= 2 }
    if isOld && part.isPure && !isCamel && boost < Self.proved { threshold += 3 }
    if second > best.score - 1.5 { threshold += 2 }
    var margin = best.score - keep
    if own >= 2, part.isPure, !(isCamel && own < 6) {
      margin += repetition(own, candidates[best.at], isProved: boost >= Self.proved)
    }
    if margin < threshold - 1.5 { return nil }
    // Offered, not made.
    if isSlip { threshold = max(threshold + Self.slip, margin + 0.5) }
    let support = readings.support(seen: edge.seen, truth: edge.truth)
    var evidence = "“\(reading.text)”: " + ShapeEdit(seen: edge.seen, truth: edge.truth).shown
    if support > 1 { evidence += ", as in \(support) words of the document" }
    return Proposal(
      word: index, part: part, reading: reading, margin: margin, threshold: threshold, evidence: evidence,
      mayBeSlip: edge.seen.isEmpty || edge.truth.isEmpty, isStroke: isStroke(edge, form),
      needsCompany: needsCompany)
  }

  /// In old print a word may end in a doubled letter ("generall"), which scanners take for U: the reading of such
  /// a form, whose word has the letter once. No letter l alone looks like that.
  private func doubled(_ form: Form, _ candidates: [ChannelReadings.Reading]) -> ChannelReadings.Reading? {
    guard let at = form.firstIndex(where: { $0 == 0x55 || $0 == 0x48 }), at > 1, at + 1 == form.count,
      form[at - 1] >= 0x61, form[at - 1] <= 0x7A
    else { return nil }
    let stem = Form(form[..<at])
    if stem.contains(where: { !($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) }) { return nil }
    let (read, single) = (stem + [0x6C, 0x6C], knowledge.english.sense(stem + [0x6C]))
    if let known = candidates.first(where: { $0.form == read }) { return known }
    guard single.level == .trusted, knowledge.english.level(read) < .trusted, stem.count >= 3 else {
      return nil
    }
    var sense = single
    sense.id = -1
    return ChannelReadings.Reading(form: read, sense: sense, ways: [(Self.doubledShape, -1)])
  }

  /// Log probability of a form as it stands, seen for the first time.
  private func leaving(_ form: Form, _ part: ScannedWords.Part, _ near: Neighbours) -> Double {
    let english = knowledge.english
    guard part.isPure else {
      // Signs within a word of several small letters are hardly ever meant.
      let small = form.reduce(0) { $0 + ($1 >= 0x61 && $1 <= 0x7A ? 1 : 0) }
      return -17 - min(4, max(0, Double(small - 2)))
    }
    let isCapital = form.startsUpper
    let sense = english.sense(form)
    var keep = log(isCapital ? 1.5e-2 : 2e-3) + max(english.logLetters(form), isCapital ? -20 : -26)
    if english.isSeen(sense) { keep = max(keep, sense.logFrequency - 0.5) }
    if isCapital, near.left >= 0, !form.isUpperCase { keep += 1 }
    if isOld && !form.dropFirst().contains(where: { $0 >= 0x41 && $0 <= 0x5A }) { keep += 2 }
    return keep
  }

  /// What the further occurrences of a form say for its reading (log odds). A word of the document's own
  /// comes again; so does a misreading, but a word that is always misread, and nowhere read aright, is rare.
  /// Only words of grammar are so common that their misreadings are commoner than any word of one document.
  private func repetition(_ own: Int, _ reading: ChannelReadings.Reading, isProved: Bool) -> Double {
    let rate = readings.rate(reading)
    let right = vocabulary.count(reading.form)
    let share = Double(own) / Double(own + right)
    let asWord = log(0.3 * Double(own) / Double(total))
    var each = -Self.neverRight * share
    if isProved { each = max(each, -0.3) }
    if isProved || rate >= Self.likelyShape {
      each = max(each, reading.sense.logFrequency + log(0.5) - asWord)
    }
    return min(Self.mostRepetition, Double(own - 1) * each)
  }

  /// The cost, in log odds, of each further occurrence of a misreading whose word the document never has right.
  private static let neverRight = 2.5
  /// The log rate of U for ll at the end of a word.
  private static let doubledShape = -6.5
  /// Up to this log rate a sign stands for any letter.
  private static let wildcard = -11.9
  /// Shorter words are not read by signs that stand for any letter.
  private static let shortestWild = 6
  /// What a lost letter in mid-word costs beyond its rate, since authors lose them too; log odds.
  private static let slip = 4.0
  /// A word of three letters or fewer is only read by confusions of this log rate or more.
  private static let shortWordShape = -9.2
  /// From this log rate on a confusion is likely enough to happen again and again.
  private static let likelyShape = -8.7
  /// No number of occurrences says more than this.
  private static let mostRepetition = 3.0
  /// What a year or an initial beside a capital says for a name, in log odds.
  private static let citedName = 2.0

  /// Whether a year follows or an initial stands beside: the word is a name of a reference or citation.
  private func isCited(_ index: Int) -> Bool {
    if index + 1 < words.count {
      let next = words.forms[Int(words.all[index + 1].form)]
      let digits = next.drop { $0 == 0x28 || $0 == 0x5B }.prefix { $0 >= 0x30 && $0 <= 0x39 }
      if digits.count == 4, digits.first == 0x31 || digits.first == 0x32 { return true }
      if isInitial(next) { return true }
    }
    return index > 0 && isInitial(words.forms[Int(words.all[index - 1].form)])
  }

  /// "J.", "H.W."
  private func isInitial(_ form: Form) -> Bool {
    form.count >= 2 && form[0] >= 0x41 && form[0] <= 0x5A && form[1] == 0x2E
  }

  /// McCawley, LeCun, DeVito.
  private static func isNameCamel(_ form: Form) -> Bool {
    ["Mc", "Mac", "De", "Di", "La", "Le", "Van", "O'", "O’"].contains { prefix in
      let prefix = Form(prefix.utf8)
      return form.hasPrefix(prefix) && Form(form[prefix.count...]).startsUpper
    }
  }

  /// What differs between two forms once their shared ends are off.
  static func edge(_ a: Form, _ b: Form) -> (seen: Form, truth: Form) {
    var p = 0
    while p < min(a.count, b.count), a[p] == b[p] { p += 1 }
    var q = 0
    while q < min(a.count, b.count) - p, a[a.count - 1 - q] == b[b.count - 1 - q] { q += 1 }
    return (Form(a[p..<(a.count - q)]), Form(b[p..<(b.count - q)]))
  }
}
