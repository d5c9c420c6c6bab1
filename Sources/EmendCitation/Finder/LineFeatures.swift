/// What a line is in the search for reference lists.
public enum LineLabel: UInt8, Sendable, CaseIterable {
  /// No part of a list.
  case outside
  /// An entry begins here.
  case begins
  /// The entry goes on.
  case continues
  /// The heading of a list.
  case heading
}

private enum Template: UInt64 {
  case bias = 1000
  case starts, signs, last, first, heading, grammar, capitals, initials, length, score, punctuation
  case sign, start, window, headingDistance, position, gap
  case lastAndFirst, startsPair, lengthBefore, lengthBeforeEnd, signsBefore, headingBefore, indent,
    indentStart, yearsPair
  case startsNext, signsNext, firstNext, indentNext, lastAndNext, yearsNext
  case alphabet, alphabetStart, alphabetWord, sequence, names, scorePair, scoreNext, startGap, listState
  case layoutBlank, layoutIndent
  case unwrapped, unwrappedPair, unwrappedGrammar
  case columns, columnsAround, decimals
  case repeated, repeatedGap, gapNext, gapNextStart
  case shouted, shoutedGap
}

/// Features of the non-blank lines of a document.
struct LineFeatures {
  struct Line {
    var facts: LineFacts
    /// Blank lines before, and whether a page begins.
    var blanks: Int
    var pageStarts: Bool
    /// Whether the line is of a note that the text calls.
    var isNote = false

    /// Whether it looks like the head or foot of a page: set apart, in capitals, or with a number at its edge and few
    /// words of grammar.
    var isFurniture: Bool {
      facts.isShouted || blanks > 0 || pageStarts || (facts.hasEdgeNumber && facts.grammar < 0.3)
    }
  }

  private(set) var hashes: [UInt64] = []
  private(set) var offsets: [Int] = [0]

  private mutating func add(_ template: Template, _ a: UInt64 = 0, _ b: UInt64 = 0, _ c: UInt64 = 0) {
    let seed = template.rawValue &* 0xD6E8_FEB8_6659_FD93
    hashes.append(finished(mixed(mixed(mixed(seed, a), b), c)))
  }

  private static func step(_ value: Double, _ cuts: [Double]) -> UInt64 {
    UInt64(cuts.firstIndex { value < $0 } ?? cuts.count)
  }
  private static let shareSteps = [0.02, 0.1, 0.2, 0.3, 0.4]
  private static let capitalSteps = [0.1, 0.25, 0.4, 0.6, 0.8]
  private static let lengthSteps = [0.2, 0.45, 0.7, 0.85, 0.95, 1.05, 1.3]
  private static let roughLengthSteps = [0.45, 0.7, 0.85, 0.95, 1.05]
  private static let scoreSteps = [-2.0, -1, 0, 1, 2, 3, 4, 6]
  private static let windowSteps = [-1.5, -0.8, -0.3, 0.2, 0.7, 1.2, 1.8, 2.5, 3.5]
  private static let columnSteps = [0.05, 0.3, 0.7, 1.2, 2.0]
  private static let punctuationSteps = [0.02, 0.05, 0.08, 0.12, 0.2]
  /// Printed lines are shorter than this many bytes.
  private static let longestPageLine = 130.0
  /// Lines before and after that the mean score is taken of.
  private static let windows: [(Int, Int)] = [(-3, 4), (-8, 9), (1, 7), (-6, 0), (-25, 26)]

  init(_ lines: [Line]) {
    let n = lines.count
    guard n > 0 else { return }
    let lengths = lines.map(\.facts.length).filter { $0 > 20 }.sorted()
    let median = Double(lengths.isEmpty ? 60 : lengths[lengths.count / 2])
    var sums = [0.0]
    for line in lines { sums.append(sums[sums.count - 1] + line.facts.score) }
    func mean(_ from: Int, _ to: Int) -> Double {
      let (low, high) = (max(0, min(n, from)), max(0, min(n, to)))
      return (sums[high] - sums[low]) / Double(max(1, high - low))
    }
    var times: [UInt64: Int] = [:]
    for line in lines where line.facts.words != 0 { times[line.facts.words, default: 0] += 1 }
    func columns(_ from: Int, _ to: Int) -> Double {
      let window = lines[max(0, from)..<min(n, to)]
      return Double(window.reduce(0) { $0 + min($1.facts.columns, 3) }) / Double(max(1, window.count))
    }
    func relation(_ difference: Int) -> UInt64 { abs(difference) < 2 ? 0 : difference > 0 ? 1 : 2 }
    func isCandidate(_ k: Int) -> Bool { !lines[k].facts.starts.isEmpty && lines[k].facts.firstClass == 2 }

    // A line for each paragraph, or lines of a page: where entries begin is told by other signs.
    let unwrapped: UInt64 = median > Self.longestPageLine ? 1 : 0
    let layout = Self.layout(lines)
    var headingKind: UInt64 = 0
    var sinceHeading = 999
    for k in 0..<n {
      let line = lines[k]
      let facts = line.facts
      switch facts.heading {
      case .list: (headingKind, sinceHeading) = (1, 0)
      case .other, .otherPrefix: (headingKind, sinceHeading) = (2, 0)
      case .none: sinceHeading += 1
      }
      let starts = UInt64(facts.starts.rawValue)
      let start = facts.starts.first
      let signs = UInt64(facts.signs.rawValue)
      let (last, first) = (UInt64(facts.lastSign), UInt64(facts.firstClass))
      let relative = Double(facts.length) / median
      add(.bias)
      add(.starts, starts)
      add(.signs, signs)
      add(.last, last)
      add(.first, first)
      add(.heading, UInt64(facts.heading.rawValue))
      add(.grammar, Self.step(facts.grammar, Self.shareSteps))
      add(.capitals, Self.step(facts.capitals, Self.capitalSteps))
      add(.initials, UInt64(min(facts.initials, 5)))
      add(.length, Self.step(relative, Self.lengthSteps))
      let score = Self.step(facts.score, Self.scoreSteps)
      add(.score, score)
      add(.punctuation, Self.step(facts.punctuation, Self.punctuationSteps))
      for bit in 0..<UInt64(12) where signs & (1 << bit) != 0 { add(.sign, bit) }
      for bit in 0..<UInt64(8) where starts & (1 << bit) != 0 { add(.start, bit) }
      for (number, window) in Self.windows.enumerated() {
        add(.window, UInt64(number), Self.step(mean(k + window.0, k + window.1), Self.windowSteps))
      }
      add(.headingDistance, headingKind, Self.step(Double(sinceHeading), [2, 5, 20, 80, 300]))
      add(.listState, headingKind, Self.step(mean(k - 3, k + 4), Self.windowSteps))
      add(.position, Self.step(Double(k) / Double(n), [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95]))
      let gap = UInt64(min(line.blanks, 3)) << 1 | (line.pageStarts ? 1 : 0)
      add(.gap, gap)
      add(.startGap, gap, start)
      if k > 0 {
        let before = lines[k - 1].facts
        let lengthBefore = Double(before.length) / median
        add(.lastAndFirst, UInt64(before.lastSign), first)
        add(.startsPair, UInt64(before.starts.rawValue), starts)
        add(.lengthBefore, Self.step(lengthBefore, Self.roughLengthSteps))
        add(
          .lengthBeforeEnd, Self.step(lengthBefore, Self.roughLengthSteps), UInt64(before.lastSign),
          mixed(first, start))
        add(.signsBefore, UInt64(before.signs.rawValue))
        add(.headingBefore, UInt64(before.heading.rawValue))
        let shift = relation(facts.indent - before.indent)
        add(.indent, shift, facts.indent > 0 ? 1 : 0)
        add(.indentStart, shift, start, UInt64(before.lastSign))
        add(
          .yearsPair, before.signs.contains(.bracketedYear) ? 1 : 0,
          facts.signs.contains(.bracketedYear) ? 1 : 0)
        add(.scorePair, Self.step(before.score, Self.scoreSteps), score)
      }
      if k + 1 < n {
        let after = lines[k + 1].facts
        // What stands last on a page is a page number more often than not.
        let gapNext = UInt64(min(lines[k + 1].blanks, 3)) << 1 | (lines[k + 1].pageStarts ? 1 : 0)
        add(.gapNext, gapNext, gap, Self.step(relative, Self.roughLengthSteps))
        add(.gapNextStart, gapNext, start, last << 8 | first)
        add(.startsNext, UInt64(after.starts.rawValue))
        add(.signsNext, UInt64(after.signs.rawValue))
        add(.firstNext, UInt64(after.firstClass))
        add(.indentNext, relation(after.indent - facts.indent))
        add(.lastAndNext, last, UInt64(after.firstClass))
        add(
          .yearsNext, facts.signs.contains(.bracketedYear) ? 1 : 0,
          after.signs.contains(.bracketedYear) ? 1 : 0, start)
        add(.scoreNext, score, Self.step(after.score, Self.scoreSteps))
      }
      // Does the first word fit between those of the candidate starts within eight lines?
      var (previous, next): (UInt32, UInt32) = (0, 0)
      for j in stride(from: k - 1, through: max(0, k - 8), by: -1) where isCandidate(j) {
        previous = lines[j].facts.alphabet
        break
      }
      for j in (k + 1)..<max(k + 1, min(n, k + 9)) where isCandidate(j) {
        next = lines[j].facts.alphabet
        break
      }
      let here = facts.alphabet
      func order(_ low: UInt32, _ high: UInt32) -> UInt64 {
        let (a, b) = (Int(low >> 20), Int(high >> 20))
        return b < a ? 1 : b == a ? 2 : b - a <= 3 ? 3 : 4
      }
      let fit = (previous == 0 ? 0 : order(previous, here)) * 5 + (next == 0 ? 0 : order(here, next))
      add(.alphabet, fit)
      add(.alphabetStart, fit, start, k > 0 ? UInt64(lines[k - 1].facts.lastSign) : 0)
      add(
        .alphabetWord, previous != 0 && here >= previous ? 1 : 0, next != 0 && here <= next ? 1 : 0,
        start << 8 | first)
      if facts.number >= 0 {
        var lastNumber = -9
        for j in stride(from: k - 1, through: max(0, k - 8), by: -1) where lines[j].facts.number >= 0 {
          lastNumber = lines[j].facts.number
          break
        }
        add(.sequence, facts.number == lastNumber + 1 ? 1 : 0)
      }
      add(.unwrapped, unwrapped, start, k > 0 ? UInt64(lines[k - 1].facts.lastSign) : 0)
      add(.unwrappedPair, unwrapped, first, score)
      add(.unwrappedGrammar, unwrapped, Self.step(facts.grammar, Self.shareSteps), first)
      add(.columns, UInt64(min(facts.columns, 3)), start)
      add(.columnsAround, Self.step(columns(k - 4, k + 5), Self.columnSteps), score)
      add(.decimals, UInt64(min(facts.decimals, 3)), start)
      // Heads and feet of pages come again and again.
      let again = Self.step(Double(times[facts.words] ?? 0), [2, 4, 8])
      add(.repeated, again, start)
      add(.repeatedGap, again, gap, first)
      add(.names, UInt64(facts.names), start)
      let shout: UInt64 = (facts.isShouted ? 1 : 0) | (facts.hasEdgeNumber ? 2 : 0)
      let isShort = Self.step(relative, Self.roughLengthSteps)
      add(.shouted, shout, start, isShort)
      add(.shoutedGap, shout, gap, signs)
      let own: UInt64 = line.blanks > 0 ? 1 : 0
      add(.layoutBlank, layout[k].blanks, own, mixed(start, k > 0 ? UInt64(lines[k - 1].facts.lastSign) : 0))
      add(.layoutBlank, layout[k].blanks, own)
      add(.layoutIndent, layout[k].indents, layout[k].isLeftmost, start)
      add(.layoutIndent, layout[k].indents, layout[k].isLeftmost)
      offsets.append(hashes.count)
    }
  }

  /// How the lines around each one are laid out: how many have blank lines before them, how many are
  /// indented, and whether this one stands leftmost. Entries of one list are all set apart the same way.
  private static func layout(_ lines: [Line]) -> [(blanks: UInt64, indents: UInt64, isLeftmost: UInt64)] {
    let reach = 20
    return lines.indices.map { k in
      let window = lines[max(0, k - reach)..<min(lines.count, k + reach + 1)]
      var left = Int.max
      for line in window { left = min(left, line.facts.indent) }
      var (blanks, indented) = (0, 0)
      for line in window {
        if line.blanks > 0 { blanks += 1 }
        if line.facts.indent > left + 1 { indented += 1 }
      }
      let count = Double(window.count)
      return (
        step(Double(blanks) / count, [0.03, 0.12, 0.2, 0.3, 0.45, 0.7]),
        step(Double(indented) / count, [0.05, 0.25, 0.45, 0.6, 0.8]),
        lines[k].facts.indent <= left + 1 ? 1 : 0
      )
    }
  }
}
