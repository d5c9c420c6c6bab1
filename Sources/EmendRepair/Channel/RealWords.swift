import EmendLexicons
import EmendModel

/// Words for which scanners take commoner ones: "tile" for the, "arc" for are. The rates are of
/// `damage/real-words.tsv`.
struct RealWords: Sendable {
  /// What stood in print, and the log rate of its being misread so.
  struct Truth: Sendable {
    var form: Form
    var rate: Double
  }

  private let table: [Form: Truth]
  /// The longest of the words seen, bytes.
  let longest: Int

  init(_ folder: LexiconFolder) throws {
    var table: [Form: Truth] = [:]
    let file = try Table(folder, "damage/real-words.tsv")
    try file.rows { line, fields in
      guard fields.count >= 3, let rate = fields[2].number else {
        throw file.bad(line, "expected a word, the word that it is taken for and a log rate")
      }
      table[Form(fields[0])] = Truth(form: Form(fields[1]), rate: rate)
    }
    self.table = table
    longest = table.keys.reduce(0) { max($0, $1.count) }
  }

  func truth(_ form: Form) -> Truth? { table[form] }
}

/// Words that are misread for other words, in a document that is known to be misread. Only its neighbours on
/// both sides tell such a word.
struct RealWordSearch {
  let words: Words
  let text: [UInt8]
  let knowledge: Knowledge

  /// What a reading must be likelier than the word as it stands, in log probability: in a document of some
  /// length, and in a passage.
  private static let threshold = (document: 4.0, passage: 4.0)
  /// Signs that may stand about a word, bytes.
  private static let outer = 4

  func edits(isPassage: Bool, _ context: inout Context) -> [Edit] {
    var entries: [Int32: (core: Range<Int>, truth: RealWords.Truth)] = [:]
    for id in 0..<words.forms.count
    where words.forms.counts[id] > 0 && words.forms.length(id) <= knowledge.realWords.longest + Self.outer {
      let form = words.forms[id]
      let core = Pieces.core(form)
      let word = Form(form[core])
      if word.isUpperCase { continue }
      if let truth = knowledge.realWords.truth(word.folded) { entries[Int32(id)] = (core, truth) }
    }
    if entries.isEmpty { return [] }
    var result: [Edit] = []
    for index in 0..<words.count {
      guard let entry = entries[words.all[index].form], !words.isBroken(index) else { continue }
      let near = context.neighbours(words, index, in: text)
      guard near.left >= 0, near.right >= 0 else { continue }
      let seen = Form(words.forms[Int(words.all[index].form)][entry.core])
      let margin = entry.truth.rate + score(entry.truth.form, near) - score(seen, near)
      let threshold = isPassage ? Self.threshold.passage : Self.threshold.document
      if margin < threshold - 1.5 { continue }
      var reading = entry.truth.form
      if seen.startsUpper { reading[0] &-= 0x20 }
      result += words.edits(
        index, entry.core, reading: reading, in: text, kind: .confusion, rule: "real-word",
        confidence: Posterior.of(margin: margin, threshold: threshold),
        evidence: "“\(reading.text)” fits its neighbours, in a text that is misread")
    }
    return result
  }

  private func score(_ form: Form, _ near: Neighbours) -> Double {
    let sense = knowledge.english.sense(form)
    return knowledge.english.logScore(sense.id, sense.logFrequency, near, own: 0, of: 1)
  }
}
