/// A cue that was found.
struct Hit {
  /// Index of the entry in the image.
  var entry: Int
  var label: Int
  var tier: Tier
  var weight: Double
  /// Token indices.
  var range: Range<Int>
}

/// A class that was found, by token indices.
struct ClassSpan {
  var cueClass: Int
  var range: Range<Int>
}

/// A program to be run at a token.
private struct Start {
  var program: Int32
  var position: Int32
  /// The next one of its bucket, -1 at the end.
  var next: Int32
}

/// Matches all cues of an image on one sentence after the other, in one pass over its tokens.
///
/// Each token starts only the programs that are hung on it (see `TagImageBuilder`). A program is run outward from
/// its anchor; the sets of token positions that its left and right side can reach are bit masks of 64 positions,
/// so no cue reaches further than 63 tokens, and a sentence costs time in proportion to its length. Programs run
/// in the order of their buckets: classes before what names them, then blocks, then the entries.
struct Matcher {
  let image: TagImage
  let tokens: TokenTable

  /// What the last sentence gave.
  private(set) var hits: [Hit] = []
  private(set) var spans: [ClassSpan] = []
  private(set) var blocks: [(label: Int, entry: Int, range: Range<Int>)] = []

  private var next: [Int32] = []
  private var heads: [Int32]
  /// Programs to run: for each bucket a chain through the queue, first in, first out.
  private var queue: [Start] = []
  private var firstStart: [Int32]
  private var lastStart: [Int32]
  private var names: [Range<Int>] = []
  private var low = 0
  private var high = 0
  private var scope: Scope = .all

  init(image: TagImage, tokens: TokenTable) {
    self.image = image
    self.tokens = tokens
    heads = Array(repeating: -1, count: image.classCount)
    var top: Int32 = 0
    for program in 0..<image.programCount { top = max(top, image.programs[program * ImageRow.program + 5]) }
    firstStart = Array(repeating: -1, count: Int(top) + 1)
    lastStart = firstStart
  }

  /// Matches one sentence. `fed` are class spans known beforehand (names); `names` are the names of several
  /// words, inside which no cue counts; cues out of `scope` do not count either.
  mutating func match(_ sentence: Range<Int>, scope: Scope, fed: [ClassSpan], names: [Range<Int>]) {
    for span in spans { heads[span.cueClass] = -1 }
    spans.removeAll(keepingCapacity: true)
    next.removeAll(keepingCapacity: true)
    hits.removeAll(keepingCapacity: true)
    blocks.removeAll(keepingCapacity: true)
    (low, high) = (sentence.lowerBound, sentence.upperBound)
    self.names = names
    self.scope = scope
    for span in fed { add(span) }
    for position in sentence {
      let word = Int(tokens.word[position])
      if word != 0 { start(image.wordTriggerStarts, image.wordTriggers, word, position) }
      let exact = Int(tokens.exact[position])
      if exact != 0 { start(image.exactTriggerStarts, image.exactTriggers, exact, position) }
      var prefix = Int(tokens.prefix[position])
      while prefix != 0 {
        start(image.prefixTriggerStarts, image.prefixTriggers, prefix, position)
        prefix = Int(image.prefixParent[prefix])
      }
    }
    for bucket in firstStart.indices {
      var index = firstStart[bucket]
      while index >= 0 {
        let start = queue[Int(index)]
        run(Int(start.program), Int(start.position))
        index = queue[Int(index)].next
      }
      firstStart[bucket] = -1
      lastStart[bucket] = -1
    }
    queue.removeAll(keepingCapacity: true)
  }

  /// Whether a class was found anywhere in the sentence.
  func has(_ cueClass: Int) -> Bool { cueClass >= 0 && heads[cueClass] >= 0 }

  @inline(__always)
  private mutating func start(
    _ starts: UnsafeBufferPointer<Int32>, _ rows: UnsafeBufferPointer<Int32>, _ key: Int, _ position: Int
  ) {
    var row = Int(starts[key])
    let end = Int(starts[key + 1])
    while row < end {
      let program = rows[row]
      let bucket = Int(image.programs[Int(program) * ImageRow.program + 5])
      let index = Int32(truncatingIfNeeded: queue.count)
      queue.append(Start(program: program, position: Int32(truncatingIfNeeded: position), next: -1))
      let last = lastStart[bucket]
      if last < 0 { firstStart[bucket] = index } else { queue[Int(last)].next = index }
      lastStart[bucket] = index
      row += 1
    }
  }

  private mutating func add(_ span: ClassSpan) {
    guard span.cueClass >= 0, !span.range.isEmpty else { return }
    var other = heads[span.cueClass]
    while other >= 0 {
      if spans[Int(other)].range == span.range { return }
      other = next[Int(other)]
    }
    next.append(heads[span.cueClass])
    heads[span.cueClass] = Int32(spans.count)
    spans.append(span)
    start(image.classTriggerStarts, image.classTriggers, span.cueClass, span.range.lowerBound)
  }

  private mutating func run(_ program: Int, _ position: Int) {
    let row = program * ImageRow.program
    let programs = image.programs
    let lists = image.lists
    for index in 0..<Int(programs[row + 7]) {
      guard heads[Int(lists[Int(programs[row + 6]) + index])] >= 0 else { return }
    }
    let items = Int(programs[row + 2])
    let count = Int(programs[row + 3])
    let anchor = Int(programs[row + 4])
    var ends: UInt64 = 1
    var item = anchor
    while item < count {
      ends = forward(Int(lists[items + item]), ends, position)
      if ends == 0 { return }
      item += 1
    }
    var starts: UInt64 = 1
    item = anchor - 1
    while item >= 0 {
      starts = backward(Int(lists[items + item]), starts, position)
      if starts == 0 { return }
      item -= 1
    }
    let target = Int(programs[row + 1])
    if programs[row] == 0 {
      addSpans(target, starts, ends, position)
    } else {
      addHit(target, starts, ends, position)
    }
  }

  private mutating func addSpans(_ target: Int, _ starts: UInt64, _ ends: UInt64, _ position: Int) {
    var left = starts
    while left != 0 {
      let from = position - left.trailingZeroBitCount
      left &= left - 1
      var right = ends
      while right != 0 {
        let to = position + right.trailingZeroBitCount
        right &= right - 1
        if from < to { add(ClassSpan(cueClass: target, range: from..<to)) }
      }
    }
  }

  /// Records the longest match that touches no block of its label and lies in no name.
  private mutating func addHit(_ entry: Int, _ starts: UInt64, _ ends: UInt64, _ position: Int) {
    let tier = image.entryTier(entry)
    let label = image.entryLabel(entry)
    guard !image.entryScope(entry).isDisjoint(with: scope) else { return }
    var left = starts
    while left != 0 {
      let farthest = 63 - left.leadingZeroBitCount
      left &= ~(1 << UInt64(farthest))
      var right = ends
      while right != 0 {
        let reach = 63 - right.leadingZeroBitCount
        right &= ~(1 << UInt64(reach))
        let (from, to) = (position - farthest, position + reach)
        guard from < to else { continue }
        let range = from..<to
        if tier == .block {
          blocks.append((label, entry, range))
          return
        }
        if isBlocked(label, range) || isInsideName(range) { continue }
        hits.append(
          Hit(entry: entry, label: label, tier: tier, weight: image.entryWeight(entry), range: range))
        return
      }
    }
  }

  private func isBlocked(_ label: Int, _ range: Range<Int>) -> Bool {
    for block in blocks where block.label == label && block.range.overlaps(range) { return true }
    return false
  }

  private func isInsideName(_ range: Range<Int>) -> Bool {
    for name in names
    where name.lowerBound <= range.lowerBound && range.upperBound <= name.upperBound && name != range {
      return true
    }
    return false
  }

  // MARK: Nodes

  /// From a set of positions (bit k is `origin + k`) to the positions after a match of a node.
  private func forward(_ node: Int, _ mask: UInt64, _ origin: Int) -> UInt64 {
    let row = node * ImageRow.node
    let nodes = image.nodes
    let (a, b) = (Int(nodes[row + 1]), Int(nodes[row + 2]))
    var out: UInt64 = 0
    switch nodes[row] {
    case NodeKind.token.rawValue:
      var rest = mask
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        rest &= rest - 1
        let position = origin + bit
        if bit < 63, position < high, position >= low, isIn(position, a, b) { out |= 1 << UInt64(bit + 1) }
      }
    case NodeKind.sequence.rawValue:
      out = mask
      for index in 0..<b {
        out = forward(Int(image.lists[a + index]), out, origin)
        if out == 0 { break }
      }
    case NodeKind.choice.rawValue:
      for index in 0..<b { out |= forward(Int(image.lists[a + index]), mask, origin) }
    case NodeKind.optional.rawValue:
      out = mask | forward(a, mask, origin)
    case NodeKind.gap.rawValue:
      var rest = mask
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        rest &= rest - 1
        var reach = bit
        var words = 0
        out |= 1 << UInt64(bit)
        while words < a, reach < 63, origin + reach < high {
          if tokens.word[origin + reach] == TokenMark.semicolon.rawValue { break }
          if tokens.flags[origin + reach].contains(.word) { words += 1 }
          reach += 1
          out |= 1 << UInt64(reach)
        }
      }
    case NodeKind.coordination.rawValue:
      var rest = mask
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        rest &= rest - 1
        out |= coordination(from: origin + bit, origin: origin)
      }
    case NodeKind.start.rawValue:
      let bit = low - origin
      if bit >= 0, bit < 64 { out = mask & (1 << UInt64(bit)) }
    default:
      var span = heads[a]
      while span >= 0 {
        let range = spans[Int(span)].range
        let (from, to) = (range.lowerBound - origin, range.upperBound - origin)
        if from >= 0, to < 64, mask >> UInt64(from) & 1 != 0 { out |= 1 << UInt64(to) }
        span = next[Int(span)]
      }
    }
    return out
  }

  /// From a set of positions (bit k is `origin - k`) to the positions at which a match of a node that ends there
  /// begins.
  private func backward(_ node: Int, _ mask: UInt64, _ origin: Int) -> UInt64 {
    let row = node * ImageRow.node
    let nodes = image.nodes
    let (a, b) = (Int(nodes[row + 1]), Int(nodes[row + 2]))
    var out: UInt64 = 0
    switch nodes[row] {
    case NodeKind.token.rawValue:
      var rest = mask
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        rest &= rest - 1
        let position = origin - bit - 1
        if bit < 63, position >= low, position < high, isIn(position, a, b) { out |= 1 << UInt64(bit + 1) }
      }
    case NodeKind.sequence.rawValue:
      out = mask
      var index = b - 1
      while index >= 0, out != 0 {
        out = backward(Int(image.lists[a + index]), out, origin)
        index -= 1
      }
    case NodeKind.choice.rawValue:
      for index in 0..<b { out |= backward(Int(image.lists[a + index]), mask, origin) }
    case NodeKind.optional.rawValue:
      out = mask | backward(a, mask, origin)
    case NodeKind.gap.rawValue:
      var rest = mask
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        rest &= rest - 1
        var reach = bit
        var words = 0
        out |= 1 << UInt64(bit)
        while words < a, reach < 63, origin - reach - 1 >= low {
          let position = origin - reach - 1
          if tokens.word[position] == TokenMark.semicolon.rawValue { break }
          if tokens.flags[position].contains(.word) { words += 1 }
          reach += 1
          out |= 1 << UInt64(reach)
        }
      }
    case NodeKind.coordination.rawValue:
      var rest = mask
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        rest &= rest - 1
        // Which positions up to twelve tokens back can reach this one over a coordination?
        let target = origin - bit
        for back in 0...12 where bit + back < 64 && target - back >= low {
          if coordination(from: target - back, origin: target - back) >> UInt64(back) & 1 != 0 {
            out |= 1 << UInt64(bit + back)
          }
        }
      }
    case NodeKind.start.rawValue:
      let bit = origin - low
      if bit >= 0, bit < 64 { out = mask & (1 << UInt64(bit)) }
    default:
      var span = heads[a]
      while span >= 0 {
        let range = spans[Int(span)].range
        let (from, to) = (origin - range.upperBound, origin - range.lowerBound)
        if from >= 0, to < 64, mask >> UInt64(from) & 1 != 0 { out |= 1 << UInt64(to) }
        span = next[Int(span)]
      }
    }
    return out
  }

  /// Where a head may stand for a modifier that ends at `position`: right there, or after "and", "or", … and one
  /// or two further words, over a list if need be ("economic, social, and political institutions").
  private func coordination(from position: Int, origin: Int) -> UInt64 {
    var out: UInt64 = 0
    func mark(_ place: Int) {
      let bit = place - origin
      if bit >= 0, bit < 64, place <= high { out |= 1 << UInt64(bit) }
    }
    mark(position)
    var at = position
    for _ in 0..<8 {
      guard at < high, at >= low else { break }
      if isCoordinator(at) {
        mark(at + 2)
        mark(at + 3)
        break
      }
      let word = tokens.word[at]
      if word == TokenMark.comma.rawValue || word == TokenMark.slash.rawValue {
        at += 1
        continue
      }
      if at + 1 < high,
        tokens.word[at + 1] == TokenMark.comma.rawValue || (at > position && isCoordinator(at + 1))
      {
        at += 1
        continue
      }
      break
    }
    return out
  }

  private func isCoordinator(_ position: Int) -> Bool {
    coordinators.contains(tokens.hash[position])
  }

  /// Hashes of the words that coordinate. Words of grammar, not of the field, so they stand here.
  private let coordinators: [UInt64] = ["and", "or", "nor", "versus", "but"].map {
    ByteHash.of(Array($0.utf8))
  }

  @inline(__always)
  private func isIn(_ position: Int, _ start: Int, _ count: Int) -> Bool {
    let word = tokens.word[position] << 2
    let exact = tokens.exact[position] << 2 | 1
    let sets = image.sets
    if count <= 8 {
      for index in start..<(start + count) {
        let symbol = sets[index]
        if symbol == word || symbol == exact && symbol != 1 { return true }
      }
    } else if contains(word, start, count) || exact != 1 && contains(exact, start, count) {
      return true
    }
    var prefix = Int(tokens.prefix[position])
    while prefix != 0 {
      if contains(Int32(prefix) << 2 | 2, start, count) { return true }
      prefix = Int(image.prefixParent[prefix])
    }
    return false
  }

  private func contains(_ symbol: Int32, _ start: Int, _ count: Int) -> Bool {
    var low = start
    var high = start + count
    while low < high {
      let middle = (low + high) / 2
      if image.sets[middle] < symbol { low = middle + 1 } else { high = middle }
    }
    return low < start + count && image.sets[low] == symbol
  }
}
