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
/// its anchor (see `CueWalk.swift`); the token positions that either side can reach are bit masks of 64 positions,
/// so no cue reaches further than 63 tokens, and a sentence costs time in proportion to its length. Programs run
/// in the order of their buckets: classes before what names them, then blocks, then the entries.
struct Matcher {
  let image: TagImage
  let tokens: TokenTable

  /// What the last sentence gave.
  private(set) var hits: [Hit] = []
  private(set) var spans: [ClassSpan] = []
  private(set) var blocks: [(label: Int, entry: Int, range: Range<Int>)] = []

  /// Class spans of the sentence as chains: by class the last span, by span the one before it; -1 for none.
  private(set) var next: [Int32] = []
  private(set) var heads: [Int32]
  /// Programs to run: for each bucket a chain through the queue, first in, first out.
  private var queue: [Start] = []
  private var firstStart: [Int32]
  private var lastStart: [Int32]
  private var names: [Range<Int>] = []
  /// The tokens of the sentence.
  private(set) var low = 0
  private(set) var high = 0
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
        let link = patternLink(prefix)
        start(image.prefixTriggerStarts, image.prefixTriggers, Int(link.key), position)
        prefix = Int(link.parent)
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
      ends = reach(Ahead.self, Int(lists[items + item]), ends, position)
      if ends == 0 { return }
      item += 1
    }
    var starts: UInt64 = 1
    item = anchor - 1
    while item >= 0 {
      starts = reach(Back.self, Int(lists[items + item]), starts, position)
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

  /// Whether a stretch holds a part of a name only: lies within it, or begins or ends inside it.
  private func isInsideName(_ range: Range<Int>) -> Bool {
    for name in names where name.overlaps(range) {
      if range.lowerBound > name.lowerBound || range.upperBound < name.upperBound { return true }
    }
    return false
  }
}
