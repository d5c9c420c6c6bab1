import EmendModel

/// Labels rolled up from sentences to paragraphs, sections and the document.
///
/// ```swift
/// let rolled = RollUp(document: document, tags: tags)
/// rolled.document["mechanism/coercion"]?.share   // 0.18: share of the sentences that bear it
/// rolled.dominantTopic(ofBlock: 12)              // "mechanism/persuasion"
/// ```
///
/// A label counts for its ancestors too. Sentences in which it is flagged as part of an enumeration are counted
/// apart and stay out of counts and shares, unless `enumerations` is true.
public struct RollUp: Sendable {
  /// A label within one unit.
  public struct Cell: Sendable, Equatable {
    public var label: String
    /// Sentences that bear the label, enumerations left out.
    public var sentences = 0
    /// Of these, the ones in which it is implicit.
    public var implicit = 0
    /// Sentences that bear it in an enumeration only.
    public var enumerated = 0
    /// Share of the unit's sentences.
    public var share = 0.0
    /// 1 − Π(1 − score) over the sentences, times the share.
    public var score = 0.0
    /// Indices into `Document.sentences` of the first and last sentence that counts.
    public var first: Int?
    public var last: Int?
  }

  /// By label path; for the document as a whole.
  public let document: [String: Cell]
  /// By index of the section.
  public let sections: [[String: Cell]]
  /// By index of the block.
  public let blocks: [[String: Cell]]
  /// By block: sentences that bear exactly one mechanism, by mechanism.
  private let single: [[String: Int]]

  public init(document: Document, tags: TagLayer, enumerations: Bool = false) {
    var whole = Unit()
    var sections = Array(repeating: Unit(), count: document.sections.count)
    var blocks = Array(repeating: Unit(), count: document.blocks.count)
    var single = Array(repeating: [String: Int](), count: document.blocks.count)
    for sentence in tags.sentences where document.sentences.indices.contains(sentence.sentence) {
      let block = document.sentences[sentence.sentence].block
      guard document.blocks.indices.contains(block) else { continue }
      let hits = Self.withAncestors(sentence.labels)
      whole.add(sentence.sentence, hits, enumerations)
      blocks[block].add(sentence.sentence, hits, enumerations)
      let section = document.blocks[block].section
      if sections.indices.contains(section) { sections[section].add(sentence.sentence, hits, enumerations) }
      let mechanisms = hits.keys.filter { $0.hasPrefix("mechanism/") && $0.count(where: { $0 == "/" }) == 1 }
      if mechanisms.count == 1, let only = mechanisms.first { single[block][only, default: 0] += 1 }
    }
    self.document = whole.finished
    self.sections = sections.map(\.finished)
    self.blocks = blocks.map(\.finished)
    self.single = single
  }

  /// The mechanism that most sentences of a block bear alone; nil when none does or two tie.
  public func dominantTopic(ofBlock block: Int) -> String? {
    guard single.indices.contains(block) else { return nil }
    let ranked = single[block].sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard let best = ranked.first else { return nil }
    return ranked.count > 1 && ranked[1].value == best.value ? nil : best.key
  }

  /// Every label with its ancestors; an ancestor takes the best of what is below it.
  private static func withAncestors(_ labels: [LabelHit]) -> [String: LabelHit] {
    var all: [String: LabelHit] = [:]
    for hit in labels {
      var path = Substring(hit.label)
      while true {
        let key = String(path)
        if var known = all[key] {
          known.implicit = known.implicit && hit.implicit
          known.score = max(known.score, hit.score)
          known.flags.removeAll { !hit.flags.contains($0) }
          all[key] = known
        } else {
          all[key] = hit
        }
        guard let slash = path.lastIndex(of: "/"), path[..<slash].contains("/") else { break }
        path = path[..<slash]
      }
    }
    return all
  }

  private struct Unit {
    var count = 0
    var cells: [String: Cell] = [:]
    var missing: [String: Double] = [:]

    mutating func add(_ sentence: Int, _ hits: [String: LabelHit], _ enumerations: Bool) {
      count += 1
      for (path, hit) in hits {
        var cell = cells[path] ?? Cell(label: path)
        if hit.flags.contains(.enumeration), !enumerations {
          cell.enumerated += 1
        } else {
          cell.sentences += 1
          if hit.implicit { cell.implicit += 1 }
          cell.first = cell.first ?? sentence
          cell.last = sentence
          missing[path] = (missing[path] ?? 1) * (1 - hit.score)
        }
        cells[path] = cell
      }
    }

    var finished: [String: Cell] {
      cells.mapValues { cell in
        var cell = cell
        cell.share = count == 0 ? 0 : Double(cell.sentences) / Double(count)
        cell.score = (1 - (missing[cell.label] ?? 1)) * cell.share
        return cell
      }
    }
  }
}
