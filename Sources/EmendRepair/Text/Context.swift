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
  /// Words that were mended, in the order of the text.
  private var changed: [Mended] = []
  /// Not looked up yet, or not changed.
  static let open: Int32 = -2

  private struct Mended: BitwiseCopyable {
    var index: Int32
    /// The words that those before and those after it see; `open` where they see what stood there.
    var first = Context.open
    var last = Context.open
  }

  init(_ words: Words, english: English) {
    self.english = english
    lastIds = Array(repeating: Context.open, count: words.forms.count)
    firstIds = lastIds
    ends = Array(repeating: -1, count: words.forms.count)
  }

  /// Id of the last word within the run at an index.
  mutating func last(_ words: Words, _ index: Int) -> Int32 {
    let changed = mended(index).last
    if changed != Context.open { return changed }
    let form = Int(words.all[index].form)
    if lastIds[form] == Context.open { lastIds[form] = id(words.forms[form], last: true) }
    return lastIds[form]
  }

  mutating func first(_ words: Words, _ index: Int) -> Int32 {
    let changed = mended(index).first
    if changed != Context.open { return changed }
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
    change(index, first: isFirst ? id : Context.open, last: isLast ? id : Context.open)
  }

  /// Notes that a word was mended: the ids that its neighbours see of it, `open` for what has not changed.
  mutating func change(_ index: Int, first: Int32, last: Int32) {
    if first == Context.open && last == Context.open { return }
    let place = place(index)
    if place == changed.count || Int(changed[place].index) != index {
      changed.insert(Mended(index: Int32(index)), at: place)
    }
    if first != Context.open { changed[place].first = first }
    if last != Context.open { changed[place].last = last }
  }

  private func mended(_ index: Int) -> Mended {
    let place = place(index)
    return place < changed.count && Int(changed[place].index) == index
      ? changed[place] : Mended(index: Int32(index))
  }

  /// The place of the first mended word at an index or behind it: mostly the end, since a text is read from its start.
  private func place(_ index: Int) -> Int {
    guard let last = changed.last, Int(last.index) >= index else { return changed.count }
    var (low, high) = (0, changed.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(changed[middle].index) < index { low = middle + 1 } else { high = middle }
    }
    return low
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
