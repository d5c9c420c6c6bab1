/// From the hits of a sentence to the labels that it bears by itself.
struct EvidenceRules {
  let image: TagImage
  let field: Field

  /// Labels in order, each with its score by noisy-or: 1 − Π(1 − weight). Per label a cue counts once, and one that
  /// lies within a stronger or longer one not at all. Topics named only under a negation do not count, except by
  /// their own word, which stands there as the other side of a contrast: those cues are added to the denied ones.
  func labels(_ hits: [Hit], negated: [Range<Int>], denied: inout [Hit]) -> [LabelState] {
    var grouped: [(label: Int, hits: [Hit])] = []
    func add(_ hit: Hit) {
      if hit.tier == .block { return }
      if hit.tier != .explicit, isTopical(hit.label),
        negated.contains(where: { $0.contains(hit.range.lowerBound) })
      {
        denied.append(hit)
        return
      }
      if let known = grouped.firstIndex(where: { $0.label == hit.label }) {
        grouped[known].hits.append(hit)
      } else {
        grouped.append((hit.label, [hit]))
      }
    }
    for hit in hits {
      add(hit)
      var below = hit
      while image.labelRefines(below.label), image.labelParent(below.label) >= 0 {
        below = raised(below)
        add(below)
      }
    }
    return grouped.map { state($0.label, $0.hits) }.sorted { $0.label < $1.label }
  }

  /// What speaks for a kind speaks for the thing, implicitly ("sanctions" for coercion) or weakly.
  private func raised(_ hit: Hit) -> Hit {
    var raised = hit
    raised.label = image.labelParent(hit.label)
    if image.refinement(hit.label) == .weak {
      raised.tier = .weak
      raised.weight = min(hit.weight, image.settings.weakWeight)
    } else if hit.tier == .explicit {
      raised.tier = .implicit
      raised.weight = image.settings.implicitWeight
    }
    return raised
  }

  private func isTopical(_ label: Int) -> Bool {
    var label = label
    while label >= 0 {
      if field.topics.contains(label) { return true }
      label = image.labelRefines(label) ? image.labelParent(label) : -1
    }
    return false
  }

  private func state(_ label: Int, _ hits: [Hit]) -> LabelState {
    let sorted = hits.sorted { a, b in
      if a.weight != b.weight { return a.weight > b.weight }
      if a.range.count != b.range.count { return a.range.count > b.range.count }
      return (a.range.lowerBound, a.entry) < (b.range.lowerBound, b.entry)
    }
    var kept: [Hit] = []
    var missing = 1.0
    for hit in sorted {
      let isCovered = kept.contains {
        $0.entry == hit.entry
          || $0.range.lowerBound <= hit.range.lowerBound && hit.range.upperBound <= $0.range.upperBound
      }
      if isCovered { continue }
      kept.append(hit)
      missing *= 1 - min(hit.weight, 0.999)
    }
    return LabelState(
      label: label, score: 1 - missing, isExplicit: kept.contains { $0.tier == .explicit }, hits: kept)
  }
}
