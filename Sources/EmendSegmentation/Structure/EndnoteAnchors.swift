/// Ties endnotes to their calls in the text by a weighted longest increasing chain.
///
/// Calls and notes stand in the same order; of all chains that respect both orders the heaviest is taken.
/// Counts that restart with each chapter come out right by themselves. A Fenwick tree over the notes
/// keeps the work near linear.
struct EndnoteAnchors: SegmentationStep {
  var shapesText: Bool { false }

  /// Notes with one number that a call is tried against: bounds the work on hostile input.
  static let mostCandidates = 120

  func apply(to galley: inout Galley) {
    let endnotes = galley.notes.indices.filter { galley.notes[$0].isEndnote }
    guard !endnotes.isEmpty else { return }
    var byValue: [Int: [Int]] = [:]
    for (rank, note) in endnotes.enumerated() {
      guard let value = galley.notes[note].value, byValue[value, default: []].count < Self.mostCandidates
      else { continue }
      byValue[value, default: []].append(rank)
    }
    struct Node {
      var rank: Int
      var before: Int
      var range: Range<Int>
    }
    var nodes: [Node] = []
    var tree = [(weight: Float, node: Int)](repeating: (0, -1), count: endnotes.count + 2)
    func best(below rank: Int) -> (weight: Float, node: Int) {
      var found: (weight: Float, node: Int) = (0, -1)
      var at = rank
      while at > 0 {
        if tree[at].weight > found.weight { found = tree[at] }
        at -= at & -at
      }
      return found
    }
    for index in galley.lines.indices {
      let kind = galley.lines[index].kind
      guard [.body, .heading, .list, .table, .verse].contains(kind) else { continue }
      for call in NoteCalls.find(galley.text, galley.lines[index], index: index) {
        guard let value = call.value, let ranks = byValue[value] else { continue }
        var updates: [(rank: Int, weight: Float, before: Int)] = []
        for rank in ranks where galley.notes[endnotes[rank]].lines[0] > index {
          let before = best(below: rank)
          updates.append((rank, before.weight + call.weight, before.node))
        }
        for update in updates {
          nodes.append(Node(rank: update.rank, before: update.before, range: call.range))
          var at = update.rank + 1
          while at <= endnotes.count {
            if update.weight > tree[at].weight { tree[at] = (update.weight, nodes.count - 1) }
            at += at & -at
          }
        }
      }
    }
    var node = best(below: endnotes.count).node
    while node >= 0 {
      galley.notes[endnotes[nodes[node].rank]].anchor = nodes[node].range
      node = nodes[node].before
    }
  }
}
