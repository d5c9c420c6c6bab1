/// Lines that belong to the page and not to the list on it, by what the lines themselves show: numbers by themselves, and
/// what recurs where pages turn ("A. Keel, PhD dissertation").
struct PageFurniture {
  private let isFurniture: [Bool]

  /// As often a line recurs that runs along the pages; so many bytes it has at most.
  private static let times = 4
  private static let longest = 100
  /// So many lines before and behind a page turn may be its head and foot.
  private static let reach = 2
  /// Beyond this share of lines below a blank one a list is spaced, and its blank lines tell nothing.
  private static let spacedShare = 0.3

  init(_ lines: [ReferenceFinder.FinderLine], _ facts: [LineFeatures.Line]) {
    var isNearTurn = [Bool](repeating: false, count: lines.count)
    for k in lines.indices where lines[k].pageStarts {
      for near in max(0, k - Self.reach)..<min(lines.count, k + Self.reach) { isNearTurn[near] = true }
    }
    let spaced = facts.count { $0.blanks > 0 }
    let isSpaced = Double(spaced) > Self.spacedShare * Double(facts.count)
    func key(_ k: Int) -> ArraySlice<UInt8> {
      let text = lines[k].text.drop { $0 <= 0x20 }
      return text.prefix((text.lastIndex { $0 > 0x20 } ?? text.startIndex - 1) - text.startIndex + 1)
    }
    let edges = lines.indices.filter {
      (isNearTurn[$0] || (!isSpaced && facts[$0].blanks > 0)) && lines[$0].text.count <= Self.longest
    }
    var recurrences: [ArraySlice<UInt8>: Int] = [:]
    for k in edges { recurrences[key(k), default: 0] += 1 }
    recurrences = recurrences.filter { $0.value >= Self.times }
    // What recurs within the pages too ("Oxford University Press.") belongs to what stands there.
    var inner: [ArraySlice<UInt8>: Int] = [:]
    if !recurrences.isEmpty {
      for k in lines.indices where lines[k].text.count <= Self.longest && recurrences[key(k)] != nil {
        inner[key(k), default: 0] += 1
      }
    }
    var found = [Bool](repeating: false, count: lines.count)
    for k in edges {
      if let times = recurrences[key(k)], inner[key(k), default: 0] <= times + times / 8 { found[k] = true }
    }
    for k in lines.indices where facts[k].facts.isPageNumber && (facts[k].blanks > 0 || isNearTurn[k]) {
      // "201-⏎204" are pages of a work.
      let isRest = k > 0 && [0x2D, 0x93, 0x94].contains(lines[k - 1].text.last { $0 > 0x20 } ?? 0)
      if !isRest { found[k] = true }
    }
    isFurniture = found
  }

  /// Takes furniture out of the entries that it was counted to.
  func drop(_ labels: inout [LineLabel]) {
    for k in labels.indices where labels[k] == .continues && isFurniture[k] { labels[k] = .outside }
  }
}
