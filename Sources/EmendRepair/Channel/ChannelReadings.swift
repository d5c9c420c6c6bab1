import EmendText

/// The readings that shape confusions give each unknown form of a document, and the rates of the document's
/// own confusions.
///
/// A class, since it is one growing memory of a run.
final class ChannelReadings {
  struct Reading {
    var form: Form
    var sense: English.Sense
    /// Log rate before the document's own rates, with the edit (index into `edits`), for each way to get there.
    var ways: [(rate: Double, edit: Int32)]
  }

  let knowledge: Knowledge
  let vocabulary: Vocabulary
  private let shapes: ShapeEdits
  private(set) var edits: [ShapeEdit] = []
  private var editIds: [ShapeEdit: Int32] = [:]
  /// What the document adds to the log rate of an edit, by the number of words that it explains.
  private(set) var boosts: [Int32: Double] = [:]
  /// Distinct words behind each boost.
  private(set) var support: [Int32: Int] = [:]
  private var known: [Form: [Reading]] = [:]
  private var twice: [Form: [Reading]] = [:]

  /// No confusion is likelier than this, whatever the document says.
  private static let ceiling = -1.5

  init(knowledge: Knowledge, vocabulary: Vocabulary) {
    self.knowledge = knowledge
    self.vocabulary = vocabulary
    shapes = ShapeEdits(knowledge: knowledge)
  }

  func rate(_ reading: Reading) -> Double {
    reading.ways.reduce(-99) { max($0, min($1.rate + (boosts[$1.edit] ?? 0), ChannelReadings.ceiling)) }
  }

  /// The likeliest way to a reading before the document's own rates, log rate.
  func ways(_ reading: Reading) -> Double { reading.ways.reduce(-99) { max($0, $1.rate) } }

  func boost(seen: Form, truth: Form) -> Double {
    editIds[ShapeEdit(seen: seen, truth: truth)].flatMap { boosts[$0] } ?? 0
  }

  func support(seen: Form, truth: Form) -> Int {
    editIds[ShapeEdit(seen: seen, truth: truth)].flatMap { support[$0] } ?? 0
  }

  /// Readings by one edit.
  func readings(_ form: Form) -> [Reading] {
    if let found = known[form] { return found }
    let found = readings(of: search(form))
    known[form] = found
    return found
  }

  /// A word that one edit makes of a form.
  private struct Hit {
    var form: Form
    var sense: English.Sense
    var rate: Double
    var edit: ShapeEdit
  }

  /// Fewer forms are not worth a thread.
  private static let fewest = 64

  /// Finds the readings of forms by one edit before they are asked for, side by side.
  private func prepare(_ forms: [Form], threads: Int) {
    if threads <= 1 { return }
    let fresh = forms.filter { known[$0] == nil }
    // While they search, the threads only read.
    nonisolated(unsafe) let reader = self
    let found = SideBySide.map(fresh.count, threads: threads, least: ChannelReadings.fewest) { some in
      some.map { reader.search(fresh[$0]) }
    }
    for (form, hits) in zip(fresh, found.joined()) { known[form] = readings(of: hits) }
  }

  /// Finds the readings by two edits of those forms that have none by one, as `prepare` does.
  func prepareSecond(_ forms: [Form], threads: Int) {
    if threads <= 1 { return }
    let fresh = forms.filter { $0.count >= 6 && twice[$0] == nil && known[$0]?.isEmpty == true }
    nonisolated(unsafe) let reader = self
    let found = SideBySide.map(fresh.count, threads: threads, least: ChannelReadings.fewest) { some in
      some.map { reader.searchTwice(fresh[$0]) }
    }
    for (form, readings) in zip(fresh, found.joined()) { twice[form] = readings }
  }

  private func search(_ form: Form) -> [Hit] {
    var hits: [Hit] = []
    let english = knowledge.english
    shapes.forEach(form, onlyPossible: true) { reading, rate, seen, truth in
      guard reading.count >= 2, let sense = english.possibleSense(reading), isWord(reading, sense) else {
        return
      }
      let edit = ShapeEdit(seen: Form(form[seen]), truth: truth.form)
      hits.append(Hit(form: Form(reading), sense: sense, rate: rate, edit: edit))
    }
    hits.removeAll { $0.form == form }
    for index in hits.indices {
      let same = hits[..<index].first { $0.form == hits[index].form }
      hits[index].sense = same?.sense ?? english.sense(hits[index].form)
    }
    return hits
  }

  private func readings(of hits: [Hit]) -> [Reading] {
    var result: [Reading] = []
    for hit in hits {
      let way = (rate: hit.rate, edit: id(hit.edit))
      if let at = result.firstIndex(where: { $0.form == hit.form }) {
        result[at].ways.append(way)
      } else {
        result.append(Reading(form: hit.form, sense: hit.sense, ways: [way]))
      }
    }
    return result
  }

  /// Readings by two edits of words of six letters or more, through the likeliest first edits.
  func secondReadings(_ form: Form) -> [Reading] {
    if form.count < 6 { return [] }
    if let found = twice[form] { return found }
    let found = searchTwice(form)
    twice[form] = found
    return found
  }

  private func searchTwice(_ form: Form) -> [Reading] {
    var first: [(rate: Double, form: Form, seen: Form, truth: Form)] = []
    shapes.forEach(form, onlyPossible: false) { reading, rate, seen, truth in
      if rate > -8.5, reading.count >= 4 { first.append((rate, Form(reading), Form(form[seen]), truth.form)) }
    }
    for index in first.indices {
      first[index].rate = min(
        first[index].rate + boost(seen: first[index].seen, truth: first[index].truth), ChannelReadings.ceiling
      )
    }
    first.sort { $0.rate > $1.rate || $0.rate == $1.rate && $0.form.lexicographicallyPrecedes($1.form) }
    var result: [Reading] = []
    var seen = Set<Form>()
    for way in first {
      if !seen.insert(way.form).inserted { continue }
      if seen.count > 14 { break }
      for hit in search(way.form) {
        let own = min(hit.rate + boost(seen: hit.edit.seen, truth: hit.edit.truth), ChannelReadings.ceiling)
        if own <= -8.5 { continue }
        if let at = result.firstIndex(where: { $0.form == hit.form }) {
          result[at].ways[0].rate = max(result[at].ways[0].rate, way.rate + own)
        } else {
          result.append(Reading(form: hit.form, sense: hit.sense, ways: [(way.rate + own, -1)]))
        }
      }
    }
    return result
  }

  /// Whether a reading may be offered: trusted, or plausible and twice in the document; capitals only where a
  /// word has them.
  private func isWord(_ reading: UnsafeBufferPointer<UInt8>, _ sense: English.Sense) -> Bool {
    if sense.level < .trusted {
      // A derived word counts when the document has it twice.
      guard sense.level == .plausible, reading.count >= 4, vocabulary.count(Form(reading)) >= 2 else {
        return false
      }
    }
    var upper = 0
    var lower = 0
    for (at, byte) in reading.enumerated() {
      switch byte {
      case 0x41...0x5A: upper += at == 0 ? 0 : 1
      case 0x61...0x7A: lower += 1
      case 0x27: break
      case 0x80...: break
      default: return false
      }
    }
    return upper == 0 || lower == 0
  }

  private func id(_ edit: ShapeEdit) -> Int32 {
    if let id = editIds[edit] { return id }
    let id = Int32(edits.count)
    edits.append(edit)
    editIds[edit] = id
    return id
  }

  /// Whether a form may speak for an edit: four letters or more, or a short one that can only be a word of grammar.
  private func mayTestify(_ form: Form, _ reading: Reading) -> Bool {
    form.count >= 4 || form.count >= 2 && form.isAllLetters && reading.sense.flags.contains(.function)
  }

  /// Learns the document's own rates in two rounds: an edit that explains k ≥ 2 different words gets
  /// 0.5 + 1.6 ln k, at most 5.5.
  func learn(_ forms: [Form], threads: Int) {
    prepare(forms.filter { $0.count >= 2 }, threads: threads)
    let total = Double(max(300, vocabulary.total))
    let english = knowledge.english
    for _ in 0..<2 {
      var explained: [Int32: Set<Form>] = [:]
      for form in forms where form.count >= 2 {
        let readings = readings(form)
        if readings.isEmpty { continue }
        let letters = form.isAllLetters
        let keep = letters ? max(log(2e-3) + english.logLetters(form), -30) : -19
        var best = (score: -Double.infinity, at: -1)
        var scores: [Double] = []
        for (at, reading) in readings.enumerated() {
          let own = vocabulary.count(reading.form)
          let score = max(reading.sense.logFrequency, log(0.3 * Double(own) / total + 1e-12)) + rate(reading)
          scores.append(score)
          if score > best.score
            || score == best.score && reading.form.lexicographicallyPrecedes(readings[best.at].form)
          {
            best = (score, at)
          }
        }
        let mass = scores.reduce(0) { $0 + exp($1 - best.score) }
        guard 1 / mass > 0.6, best.score > keep else { continue }
        let reading = readings[best.at]
        guard mayTestify(form, reading) else { continue }
        let way = reading.ways.max {
          let (a, b) = ($0.rate + (boosts[$0.edit] ?? 0), $1.rate + (boosts[$1.edit] ?? 0))
          return a < b || a == b && $0.edit > $1.edit
        }
        if let way { explained[way.edit, default: []].insert(reading.form.folded) }
      }
      boosts = [:]
      support = [:]
      for (edit, words) in explained where words.count >= 2 {
        boosts[edit] = min(5.5, 0.5 + 1.6 * log(Double(words.count)))
        support[edit] = words.count
      }
    }
  }
}
