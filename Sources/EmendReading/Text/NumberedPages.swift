import EmendModel

/// Page starts in a text without form feeds, by the page numbers that stand between its lines: the texts of the
/// Internet Archive have running heads and blank lines where a page ends, and nothing else.
///
/// A line that is set off by a blank line and is a number ("12", "- 12 -"), or a short title with a number at
/// one end ("12 THE HISTORY OF PRICES"), may be a head or foot. Of all series of such lines in which the number
/// grows with the distance in lines the longest is taken; six lines at least must bear it out.
enum NumberedPages {
  static let leastMembers = 6
  /// Lines of a page.
  static let pageLength = 15...150
  /// By how much pages may differ in length from the median.
  static let tolerance = 0.55...1.6
  /// Pages that may follow one another without a number.
  static let mostMissing = 10
  static let longestHead = 90
  /// Lines before a candidate that are tried as its predecessors: bounds the work on hostile input.
  static let mostTried = 160

  private struct Candidate {
    var line: Int
    var value: Int
    var isBare: Bool
  }

  /// The first line of a page, and how many pages it is after the first that is known.
  private struct Boundary {
    var line: Int
    var page: Int
  }

  /// The lines (from 0) on which the second and later pages start; empty when the text shows no such series.
  static func starts(in text: [UInt8], lines: [Scan.Line]) -> [LeadingSpacePages.Start] {
    guard lines.count >= leastMembers * pageLength.lowerBound else { return [] }
    let isBlank = lines.map { line in !text[line.range].contains { $0 > 0x20 } }
    let candidates = candidates(text, lines, isBlank)
    guard let length = length(candidates) else { return [] }
    let series = series(candidates, length)
    guard series.count >= leastMembers else { return [] }
    let known = boundaries(series, isBlank)
    var starts: [LeadingSpacePages.Start] = []
    guard let first = known.first, let end = known.last else { return [] }
    // Before the first number and after the last one pages are as long as elsewhere.
    var last = Boundary(line: 0, page: first.page - max(1, rounded(first.line, length)))
    let close = Boundary(
      line: lines.count, page: end.page + max(1, rounded(lines.count - end.line, length)))
    for boundary in known + [close] {
      for line in between(last, boundary, isBlank) {
        starts.append(LeadingSpacePages.Start(line: line, evidence: .inferred))
      }
      if boundary.line > 0, boundary.line < lines.count {
        starts.append(LeadingSpacePages.Start(line: boundary.line, evidence: .inferred))
      }
      last = boundary
    }
    return starts
  }

  private static func rounded(_ distance: Int, _ length: Int) -> Int {
    (distance * 2 + length) / (length * 2)
  }

  // MARK: Candidates

  private static func candidates(_ text: [UInt8], _ lines: [Scan.Line], _ isBlank: [Bool]) -> [Candidate] {
    var out: [Candidate] = []
    for (index, line) in lines.enumerated() where !isBlank[index] && line.range.count <= longestHead {
      let isSetOff =
        index == 0 || isBlank[index - 1] || index + 1 == lines.count || isBlank[index + 1]
      guard isSetOff, text[line.range].contains(where: { (0x30...0x39).contains($0) }) else { continue }
      let words = text[line.range].split { $0 <= 0x20 }
      if words.allSatisfy({ isOrnament($0) || number($0) != nil }) {
        let numbers = words.compactMap(number)
        if numbers.count == 1 { out.append(Candidate(line: index, value: numbers[0], isBare: true)) }
        continue
      }
      guard words.count >= 2, let first = words.first, let last = words.last else { continue }
      for (word, rest) in [(first, words.dropFirst()), (last, words.dropLast())] where isTitle(rest) {
        if let value = number(word) { out.append(Candidate(line: index, value: value, isBare: false)) }
      }
    }
    return out
  }

  /// "-", "[", "Page".
  private static func isOrnament(_ word: ArraySlice<UInt8>) -> Bool {
    word.allSatisfy { $0 < 0x30 || $0 == 0x5B || $0 == 0x5D || $0 == 0x5F }
      || word.elementsEqual("Page".utf8) || word.elementsEqual("PAGE".utf8)
  }

  /// The value of "12", "[12]", "l2.": one digit at least must be one.
  private static func number(_ word: ArraySlice<UInt8>) -> Int? {
    let core = word.drop { $0 == 0x5B || $0 == 0x28 || $0 == 0x2D }.reversed()
      .drop { [0x5D, 0x29, 0x2D, 0x2E, 0x2C].contains($0) }.reversed()
    guard (1...4).contains(core.count) else { return nil }
    var value = 0
    var digits = 0
    for byte in core {
      switch byte {
      case 0x30...0x39:
        value = value * 10 + Int(byte - 0x30)
        digits += 1
      case 0x6C, 0x49: value = value * 10 + 1
      case 0x4F, 0x6F: value *= 10
      default: return nil
      }
    }
    return digits > 0 && digits * 2 >= core.count && value > 0 ? value : nil
  }

  /// Capitals, or words that begin with them save the small ones.
  private static func isTitle(_ words: ArraySlice<ArraySlice<UInt8>>) -> Bool {
    var letters = 0
    for word in words where word.count > 3 {
      guard let first = word.first(where: { $0 >= 0x41 && $0 != 0x5B && $0 != 0x5D }) else { continue }
      if (0x61...0x7A).contains(first) { return false }
      letters += 1
    }
    return letters > 0 || words.contains { $0.contains { (0x41...0x5A).contains($0) } }
  }

  // MARK: The series

  /// The median distance in lines of numbers that follow one another.
  private static func length(_ candidates: [Candidate]) -> Int? {
    var distances: [Int] = []
    for (index, candidate) in candidates.enumerated() {
      for next in candidates[(index + 1)...].prefix(mostTried) {
        let distance = next.line - candidate.line
        if distance > pageLength.upperBound { break }
        if next.value == candidate.value + 1, pageLength.contains(distance) {
          distances.append(distance)
          break
        }
      }
    }
    guard distances.count >= leastMembers / 2 else { return nil }
    distances.sort()
    return distances[distances.count / 2]
  }

  private static func series(_ candidates: [Candidate], _ length: Int) -> [Candidate] {
    var score = [Double](repeating: 1, count: candidates.count)
    var before = [Int](repeating: -1, count: candidates.count)
    var best = 0
    for index in candidates.indices {
      let candidate = candidates[index]
      for other in stride(from: index - 1, through: max(0, index - mostTried), by: -1) {
        let pages = candidate.value - candidates[other].value
        guard (1...mostMissing).contains(pages) else { continue }
        let distance = Double(candidate.line - candidates[other].line) / Double(pages * length)
        guard tolerance.contains(distance) else { continue }
        let reached = score[other] + 1 - 0.1 * Double(pages - 1)
        if reached > score[index] { (score[index], before[index]) = (reached, other) }
      }
      if score[index] > score[best] { best = index }
    }
    guard !candidates.isEmpty else { return [] }
    var series: [Candidate] = []
    var at = best
    while at >= 0 {
      series.append(candidates[at])
      at = before[at]
    }
    return series.reversed()
  }

  // MARK: Boundaries

  /// A head starts its page, a foot ends it: more blank lines stand on the side where the page ends.
  private static func boundaries(_ series: [Candidate], _ isBlank: [Bool]) -> [Boundary] {
    let sides = series.map { member -> Int in
      if !member.isBare { return 1 }
      let (above, below) = (blanks(isBlank, member.line, -1), blanks(isBlank, member.line, 1))
      return above > below ? 1 : above < below ? -1 : 0
    }
    let usual = sides.reduce(0, +) >= 0
    var out: [Boundary] = []
    for (member, side) in zip(series, sides) {
      var boundary = Boundary(line: member.line, page: member.value)
      if side > 0 || (side == 0 && usual) {
        // A head that was read in two lines.
        while boundary.line > 0, member.line - boundary.line < 2, !isBlank[boundary.line - 1] {
          boundary.line -= 1
        }
      } else {
        boundary.line += 1
        while boundary.line < isBlank.count, isBlank[boundary.line] { boundary.line += 1 }
        boundary.page += 1
        if boundary.line == isBlank.count { continue }
      }
      if let last = out.last, boundary.page <= last.page || boundary.line <= last.line { continue }
      out.append(boundary)
    }
    return out
  }

  private static func blanks(_ isBlank: [Bool], _ line: Int, _ step: Int) -> Int {
    var at = line + step
    while isBlank.indices.contains(at), isBlank[at] { at += step }
    return abs(at - line) - 1
  }

  /// Starts of the pages that show no number: the widest gaps near the places where they are due.
  private static func between(_ a: Boundary, _ b: Boundary, _ isBlank: [Bool]) -> [Int] {
    let pages = b.page - a.page
    guard pages >= 2 else { return [] }
    let length = Double(b.line - a.line) / Double(pages)
    guard length >= Double(pageLength.lowerBound) / 2 else { return [] }
    var out: [Int] = []
    for page in 1..<pages {
      let due = a.line + Int(length * Double(page))
      let reach = Int(length * 0.35)
      var best: (score: Double, line: Int)?
      let (from, to) = (max((out.last ?? a.line) + 2, due - reach), min(b.line - 1, due + reach))
      guard from < to else { continue }
      for line in from..<to where !isBlank[line] && isBlank[line - 1] {
        let score =
          Double(min(6, blanks(isBlank, line, -1))) - 2 * Double(abs(line - due)) / Double(max(1, reach))
        if score > best?.score ?? -.infinity { best = (score, line) }
      }
      if let best { out.append(best.line) }
    }
    return out
  }
}
