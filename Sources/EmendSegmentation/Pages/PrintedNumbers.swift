/// Fits the sequence of page numbers over the whole document.
///
/// A hypothesis is a script and the difference between printed value and place in the file. A Viterbi
/// walk over the pages picks one hypothesis for each page: staying with one is free, changing costs, so a
/// misread number is carried by its neighbours, while roman front matter and restarted counts need no
/// special rule. Weights were set on the documents named in `Lexicons/structure/README.md`.
struct PrintedNumbers: SegmentationStep {
  static let switchCost: Float = 1.5
  /// Below this total support a hypothesis is dropped.
  static let leastSupport: Float = 0.95
  static let mostHypotheses = 300

  struct Hypothesis: Hashable {
    var script: Numerals.Script
    var offset: Int
  }
  /// What a token of a page says.
  struct Observation {
    var token: Range<Int>
    var weight: Float
    var readings: [Numerals.Reading]
    var edge: Int
  }

  func apply(to galley: inout Galley) {
    var observations = galley.pages.indices.map { observe(galley, $0) }
    leaveChapterNumber(galley, &observations)
    let hypotheses = hypotheses(observations)
    guard !hypotheses.isEmpty else { return takeLabels(&galley) }
    let path = Path(galley: galley, observations: observations, hypotheses: hypotheses)
    var numbers = path.read(galley)
    infer(&numbers, hypotheses, galley)
    for page in galley.pages.indices { galley.pages[page].number = numbers[page]?.number }
    takeLabels(&galley)
  }

  /// Where the page itself shows no number, what the format says of it (METS's `ORDERLABEL`).
  private func takeLabels(_ galley: inout Galley) {
    for (page, source) in galley.transcript.scan.pages.enumerated() where page < galley.pages.count {
      guard let label = source.label else { continue }
      if let number = galley.pages[page].number, number.source != .inferred { continue }
      let bytes = Array(label.utf8)
      guard
        let reading = Numerals.readings(bytes, 0..<bytes.count).first(where: { $0.quality >= 0.8 }),
        reading.value >= 1
      else { continue }
      galley.pages[page].number = PageNumber(
        script: reading.script, value: reading.value, source: .inferred, confidence: 0.95, edge: nil)
    }
  }

  private func observe(_ galley: Galley, _ page: Int) -> [Observation] {
    var out: [Observation] = []
    for (index, edge) in galley.edges[page].enumerated() {
      let width = galley.lines[edge.line].width
      var found: [(Range<Int>, Float)] = []
      if let bare = edge.bare {
        found.append((bare, edge.rank == 0 ? 1 : edge.rank == 1 ? 0.7 : 0.5))
      } else if !isText(galley, edge) {
        let clustered = edge.matches.count >= 2 || (edge.matches.count == 1 && edge.rank == 0)
        for slot in [edge.left, edge.right] {
          guard let slot else { continue }
          let weight: Float =
            clustered ? (edge.rank == 0 ? 2 : 1.2) : edge.rank == 0 && width < 70 ? 0.5 : 0.2
          found.append((slot, weight))
        }
      }
      for (token, weight) in found where !out.contains(where: { $0.token == token }) {
        let core = Numerals.stripped(galley.text, token)
        out.append(
          Observation(
            token: core, weight: weight, readings: Numerals.readings(galley.text, token), edge: index))
      }
    }
    return out
  }

  /// A note or the end of one at the foot of a page: its numbers are not the page's.
  private func isText(_ galley: Galley, _ edge: EdgeLine) -> Bool {
    guard !edge.isTop, edge.matches.isEmpty else { return false }
    let line = galley.lines[edge.line]
    if RunningHeads.isNote(galley, line) { return true }
    return !line.looksLikeTitle && !line.isWide && line.words >= 4
      && (line.endsSentence || line.functionWords >= 2)
  }

  /// A number alone above a title, on the first page of a document: the number of a chapter.
  private func isChapterNumber(_ galley: Galley, _ page: Int, _ edge: EdgeLine) -> Bool {
    guard edge.isTop, edge.rank == 0, edge.line + 1 < galley.lines.count,
      galley.pages[..<page].allSatisfy(\.lines.isEmpty)
    else { return false }
    let (number, title) = (galley.lines[edge.line], galley.lines[edge.line + 1])
    return number.digits <= 2 && title.page == number.page && number.gapAfter >= 1 && title.letters >= 4
      && title.looksLikeTitle && !title.endsSentence && title.gapAfter != Line.edge
      && (title.gapAfter >= 1 || title.indent > galley.measure / 16)
  }

  /// Takes back the number of a chapter that no other page bears out as the page's.
  private func leaveChapterNumber(_ galley: Galley, _ observations: inout [[Observation]]) {
    guard let page = observations.indices.first(where: { !observations[$0].isEmpty }) else { return }
    for (place, observation) in observations[page].enumerated().reversed() {
      let edge = galley.edges[page][observation.edge]
      guard edge.bare != nil, isChapterNumber(galley, page, edge) else { continue }
      let isBorneOut = observations.enumerated().contains { other, seen in
        other != page
          && seen.contains { found in
            found.weight >= 0.7
              && found.readings.contains { reading in
                observation.readings.contains {
                  $0.script == reading.script && $0.value - page == reading.value - other
                }
              }
          }
      }
      if !isBorneOut { observations[page].remove(at: place) }
    }
  }

  private func hypotheses(_ observations: [[Observation]]) -> [Hypothesis] {
    var support: [Hypothesis: Float] = [:]
    for (page, seen) in observations.enumerated() {
      var best: [Hypothesis: Float] = [:]
      for observation in seen {
        for reading in observation.readings where reading.value < 3000 {
          let key = Hypothesis(script: reading.script, offset: reading.value - page)
          best[key] = max(best[key] ?? 0, observation.weight * reading.quality)
        }
      }
      for (key, value) in best { support[key, default: 0] += value }
    }
    return Array(
      support.filter { $0.value >= Self.leastSupport }
        .sorted {
          ($0.value, $1.key.script.rawValue, $1.key.offset) > (
            $1.value, $0.key.script.rawValue, $0.key.offset
          )
        }
        .prefix(Self.mostHypotheses).map(\.key))
  }

  /// How far a number before the first one that is printed is believed.
  private static let outsideConfidence = 0.6
  /// Full lines by which a page of text is known.
  private static let leastTextLines = 6

  private func isText(_ galley: Galley, _ page: Int) -> Bool {
    let lines = galley.lines[galley.pages[page].lines]
    return lines.count { Double($0.width) > 0.8 * Double(galley.measure) && $0.functionWords >= 2 }
      >= Self.leastTextLines
  }

  /// A page's number with the hypothesis it came from.
  struct Fitted {
    var number: PageNumber
    var hypothesis: Int
  }

  /// Fills the pages between, before and after the numbers that were read.
  ///
  /// Before the first number the count goes back to 1, as that of a book does. One that would not come down to 1 at the
  /// first page is a journal's or a chapter's: there the cover and the contents are no pages of it, as far as anybody can
  /// tell: only pages of text are counted, and the one page before the first number.
  private func infer(_ numbers: inout [Fitted?], _ hypotheses: [Hypothesis], _ galley: Galley) {
    let read = numbers.indices.compactMap { page in
      numbers[page].map { (page: page, hypothesis: $0.hypothesis) }
    }
    guard !read.isEmpty else { return }
    func put(_ page: Int, _ index: Int, confidence: Double = 0.8) -> Bool {
      let value = page + hypotheses[index].offset
      guard value >= 1, numbers[page] == nil else { return false }
      numbers[page] = Fitted(
        number: PageNumber(
          script: hypotheses[index].script, value: value, source: .inferred, confidence: confidence, edge: nil
        ),
        hypothesis: index)
      return true
    }
    for (a, b) in zip(read, read.dropFirst()) where a.hypothesis == b.hypothesis {
      for page in (a.page + 1)..<max(a.page + 1, b.page) { _ = put(page, a.hypothesis) }
    }
    let edges: [(page: Int, hypothesis: Int?)] =
      [(-1, nil)] + read.map { ($0.page, Optional($0.hypothesis)) } + [(numbers.count, nil)]
    for (a, b) in zip(edges, edges.dropFirst()) where a.hypothesis != b.hypothesis && b.page - a.page >= 2 {
      if let i = a.hypothesis, let j = b.hypothesis, hypotheses[i].script == hypotheses[j].script,
        hypotheses[j].offset + b.page > hypotheses[i].offset + a.page
      {
        continue  // Leaves that were left out, or plates that were not counted: nobody can say.
      }
      var stop = b.page
      if let j = b.hypothesis {
        var page = b.page - 1
        let isBook = a.hypothesis != nil || hypotheses[j].offset <= 1
        while page > a.page, isBook || page == b.page - 1 || isText(galley, page),
          put(page, j, confidence: isBook ? 0.8 : Self.outsideConfidence)
        {
          page -= 1
        }
        stop = page + 1
      }
      if let i = a.hypothesis {
        for page in (a.page + 1)..<max(a.page + 1, stop) { _ = put(page, i) }
      }
    }
  }
}

extension PrintedNumbers {
  /// The best walk through the hypotheses.
  struct Path {
    let hypotheses: [Hypothesis]
    /// For each page the hypothesis chosen; `hypotheses.count` for "no numbering".
    var chosen: [Int] = []
    /// For each page how much speaks for the chosen one, and which observation.
    var evidence: [(weight: Float, observation: Observation?)] = []

    init(galley: Galley, observations: [[Observation]], hypotheses: [Hypothesis]) {
      self.hypotheses = hypotheses
      let none = hypotheses.count
      let rank = Dictionary(uniqueKeysWithValues: hypotheses.enumerated().map { ($1, $0) })
      let pages = observations.count
      // For each page and state: whether the walk stayed; else it came from the page's best state.
      var stayed = [Bool](repeating: false, count: pages * (none + 1))
      var bestBefore = [Int](repeating: none, count: pages)
      var score = [Float](repeating: 0, count: none + 1)
      for page in 0..<pages {
        let emission = Self.emission(galley, observations[page], page, hypotheses, rank)
        if page == 0 {
          for state in 0...none { score[state] = emission.values[state] - 0.5 }
          continue
        }
        var best = 0
        for state in 1...none where score[state] > score[best] { best = state }
        bestBefore[page] = best
        let top = score[best]
        for state in 0...none {
          let entered =
            top - (state != none && best != none ? PrintedNumbers.switchCost : PrintedNumbers.switchCost / 2)
          if score[state] >= entered {
            stayed[page * (none + 1) + state] = true
            score[state] += emission.values[state]
          } else {
            score[state] = entered + emission.values[state]
          }
        }
      }
      var state = 0
      for other in 1...none where score[other] > score[state] { state = other }
      chosen = [Int](repeating: none, count: pages)
      for page in stride(from: pages - 1, through: 0, by: -1) {
        chosen[page] = state
        if page > 0, !stayed[page * (none + 1) + state] { state = bestBefore[page] }
      }
      evidence = (0..<pages).map { page in
        guard chosen[page] < none else { return (0, nil) }
        return Self.evidence(galley, observations[page], page, hypotheses[chosen[page]])
      }
    }

    private static func emission(
      _ galley: Galley, _ seen: [Observation], _ page: Int, _ hypotheses: [Hypothesis],
      _ rank: [Hypothesis: Int]
    ) -> (values: [Float], strong: Float) {
      let none = hypotheses.count
      var strong: Float = 0
      for observation in seen {
        for reading in observation.readings { strong = max(strong, observation.weight * reading.quality) }
      }
      var values = [Float](repeating: strong >= 0.9 ? -0.3 : 0, count: none + 1)
      for state in 0..<none where page + hypotheses[state].offset < 1 { values[state] = -3 }
      values[none] = -0.1
      for observation in seen {
        for reading in observation.readings {
          let key = Hypothesis(script: reading.script, offset: reading.value - page)
          guard reading.value >= 1, let state = rank[key] else { continue }
          let weight = observation.weight * reading.quality
          if values[state] <= 0 || weight > values[state] { values[state] = weight }
        }
        guard observation.weight >= 0.7 else { continue }
        for state in 0..<none where values[state] <= 0 && page + hypotheses[state].offset >= 1 {
          if nearMiss(galley, observation, page, hypotheses[state]) {
            values[state] = observation.weight * 0.35
          }
        }
      }
      return (values, strong)
    }

    /// One edit away from the number that is expected, where the token is no sound number itself.
    private static func nearMiss(
      _ galley: Galley, _ observation: Observation, _ page: Int, _ hypothesis: Hypothesis
    ) -> Bool {
      if observation.readings.contains(where: { $0.script == hypothesis.script && $0.quality >= 0.8 }) {
        return false
      }
      let literal = Numerals.printed(hypothesis.script, page + hypothesis.offset)
      guard literal.utf8.count >= 2, abs(literal.utf8.count - observation.token.count) <= 1 else {
        return false
      }
      let token = galley.text[observation.token].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
      return EditDistance.distance(token[...], Array(literal.utf8)[...], limit: 1) == 1
    }

    private static func evidence(
      _ galley: Galley, _ seen: [Observation], _ page: Int, _ hypothesis: Hypothesis
    ) -> (weight: Float, observation: Observation?) {
      let value = page + hypothesis.offset
      guard value >= 1 else { return (0, nil) }
      var best: (weight: Float, observation: Observation?) = (0, nil)
      for observation in seen {
        var weight: Float = 0
        for reading in observation.readings
        where reading.script == hypothesis.script && reading.value == value {
          weight = max(weight, observation.weight * reading.quality)
        }
        if weight == 0, observation.weight >= 0.7, nearMiss(galley, observation, page, hypothesis) {
          weight = observation.weight * 0.35
        }
        if weight > best.weight { best = (weight, observation) }
      }
      return best
    }

    /// The numbers that were read: on the walk, and with a line of the page to show for it.
    func read(_ galley: Galley) -> [Fitted?] {
      var out = [Fitted?](repeating: nil, count: chosen.count)
      var supporters: [Int: [Int]] = [:]
      for page in chosen.indices where chosen[page] < hypotheses.count {
        guard evidence[page].weight >= 0.35, let observation = evidence[page].observation else { continue }
        let hypothesis = hypotheses[chosen[page]]
        let value = page + hypothesis.offset
        let exact = observation.readings.contains {
          $0.script == hypothesis.script && $0.value == value && $0.quality >= 0.8
        }
        out[page] = Fitted(
          number: PageNumber(
            script: hypothesis.script, value: value, source: exact ? .printed : .corrected,
            confidence: exact ? 0.99 : 0.9, edge: observation.edge),
          hypothesis: chosen[page])
        supporters[chosen[page], default: []].append(page)
      }
      // One page alone is no sequence, unless its number stands in a running head.
      for pages in supporters.values where pages.count == 1 && chosen.count > 3 {
        let page = pages[0]
        guard let edge = out[page]?.number.edge else { continue }
        let line = galley.edges[page][edge]
        if line.matches.isEmpty || line.core.isEmpty { out[page] = nil }
      }
      return out
    }
  }
}
