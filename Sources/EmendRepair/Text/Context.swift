import FoundationEssentials

/// The neighbours of a word as the language model sees them, -1 where there are none.
struct Neighbours {
  var left: Int32 = -1
  var right: Int32 = -1
}

/// Neighbour words by position, each form looked up once; repairs made on the way are seen by those who come after.
struct Context {
  private let english: English
  private var lastIds: [Int32]
  private var firstIds: [Int32]
  private var ends: [Int8]
  private var changedLast: [Int: Int32] = [:]
  private var changedFirst: [Int: Int32] = [:]
  /// Not looked up yet.
  private static let open: Int32 = -2

  init(_ words: Words, english: English) {
    self.english = english
    lastIds = Array(repeating: Context.open, count: words.forms.count)
    firstIds = lastIds
    ends = Array(repeating: -1, count: words.forms.count)
  }

  /// Id of the last word within the run at an index.
  mutating func last(_ words: Words, _ index: Int) -> Int32 {
    if let changed = changedLast[index] { return changed }
    let form = Int(words.all[index].form)
    if lastIds[form] == Context.open { lastIds[form] = id(words.forms[form], last: true) }
    return lastIds[form]
  }

  mutating func first(_ words: Words, _ index: Int) -> Int32 {
    if let changed = changedFirst[index] { return changed }
    let form = Int(words.all[index].form)
    if firstIds[form] == Context.open { firstIds[form] = id(words.forms[form], last: false) }
    return firstIds[form]
  }

  mutating func ends(_ words: Words, _ index: Int) -> Bool {
    let form = Int(words.all[index].form)
    if ends[form] < 0 { ends[form] = Pieces.endsClause(words.forms[form]) ? 1 : 0 }
    return ends[form] == 1
  }

  private func id(_ form: Form, last: Bool) -> Int32 {
    if form.count > 4 * English.longest { return -1 }
    return english.sense(Pieces.contextWord(form, last: last)).id
  }

  /// Notes that a word was mended.
  mutating func change(_ index: Int, _ reading: Form, isFirst: Bool, isLast: Bool) {
    let id = english.sense(reading).id
    if isLast { changedLast[index] = id }
    if isFirst { changedFirst[index] = id }
  }

  /// Neighbours of the run at an index; none across the end of a clause or a blank line.
  mutating func neighbours(_ words: Words, _ index: Int, in text: [UInt8]) -> Neighbours {
    var result = Neighbours()
    if index > 0, !ends(words, index - 1), !isParted(words, index - 1, in: text) {
      result.left = last(words, index - 1)
    }
    if index + 1 < words.count, !ends(words, index), !isParted(words, index, in: text) {
      let tail = text[Int(words.all[index].end) - 1]
      if tail != 0x2C && tail != 0x3B && tail != 0x3A { result.right = first(words, index + 1) }
    }
    return result
  }

  /// Whether a blank line stands after the run at an index.
  func isParted(_ words: Words, _ index: Int, in text: [UInt8]) -> Bool {
    guard index + 1 < words.count else { return true }
    var breaks = 0
    for at in Int(words.all[index].end)..<Int(words.all[index + 1].start) where text[at] == 0x0A {
      breaks += 1
      if breaks == 2 { return true }
    }
    return false
  }
}

extension English {
  /// Log probability of a word among its neighbours, the document's own frequency mixed in with a weight of 0.1.
  func logScore(_ id: Int32, _ frequency: Double, _ near: Neighbours, own count: Int, of total: Int) -> Double
  {
    var score = near.left >= 0 && id >= 0 ? logProbability(id, after: near.left) : frequency
    if count > 0 { score = log(exp(score) * 0.9 + 0.1 * Double(count) / Double(total)) }
    if near.right >= 0, id >= 0 {
      score += logProbability(near.right, after: id) - logFrequency(near.right)
    }
    return score
  }
}

/// The step from a margin in log probability to a posterior: at the threshold it is 0.99.
enum Posterior {
  static func of(margin: Double, threshold: Double) -> Double {
    1 / (1 + exp(-(4.6 + margin - threshold)))
  }
}
