/// How much a cue proves.
package enum Tier: Int32, Sendable, CaseIterable {
  /// The label's own word: the label is there, and not implicitly.
  case explicit = 0
  /// Enough alone, but the word itself is missing.
  case implicit = 1
  /// Counts only together with others or with the paragraph's topic.
  case weak = 2
  /// Matches of the same label that touch it do not count.
  case block = 3

  package var name: String { ["explicit", "implicit", "weak", "block"][Int(rawValue)] }
}

/// Where something of the lexicon was written.
package struct SourceLine: Sendable, Equatable {
  package var file: String
  /// From 1.
  package var line: Int
  package init(file: String, line: Int) { (self.file, self.line) = (file, line) }
}

/// One cue of a label.
package struct LexiconEntry: Sendable {
  /// "mechanism/coercion#force.3".
  package var id: String
  package var cue: String
  package var tier: Tier
  /// Nil for the weight of its tier.
  package var weight: Double?
  /// Bits of `Scope`.
  package var scope: Scope
  package var place: SourceLine
}

/// Parts of a document in which an entry counts.
package struct Scope: OptionSet, Sendable {
  package let rawValue: Int32
  package init(rawValue: Int32) { self.rawValue = rawValue }
  package static let body = Scope(rawValue: 1)
  package static let notes = Scope(rawValue: 2)
  package static let headings = Scope(rawValue: 4)
  package static let quotations = Scope(rawValue: 8)
  package static let all: Scope = [.body, .notes, .headings, .quotations]
}

/// A sentence that must, or must not, bring the entry group or label it stands with.
package struct LexiconExample: Sendable {
  package var text: String
  /// Whether the label (or the group) must be found.
  package var expected: Bool
  package var label: String
  /// Ids of the group's entries; empty when the label as a whole is meant.
  package var entries: [String]
  package var place: SourceLine
}

/// A label with its entries.
package struct LexiconLabel: Sendable {
  package var path: String
  package var definition: String
  /// Paths of labels of which this one is a kind, beside the path's own parent.
  package var parents: [String]
  package var refines: Refinement
  package var entries: [LexiconEntry]
  package var place: SourceLine
}

/// Whether a label is a kind of its parent, so that what speaks for it speaks for the parent too, and how loudly.
package enum Refinement: Int32, Sendable {
  case none, implicit, weak
}

/// A named set of cues.
package struct CueClass: Sendable {
  package var name: String
  package var cues: [(cue: String, place: SourceLine)]
  package var place: SourceLine
}

/// A kind of entity: which class its names feed and which label they stand for.
package struct EntityKind: Sendable {
  package var name: String
  /// The class that matches its names.
  package var feeds: String
  /// "actor/international-organization"; empty when its names give no label of themselves.
  package var label: String
}

/// One entity of the lexicon.
package struct LexiconEntity: Sendable {
  package var id: String
  package var kind: String
  package var name: String
  package var forms: [String]
  /// Capitals: names that stand for the government only where it acts.
  package var seats: [String]
  /// Nouns by which it may be taken up again ("the Fund").
  package var aliases: [String]
  package var dates: String
  /// The years of `dates`: 1947 to 1994 of "1947-1994", 1945 to 9999 of "1945-", nil of what is no date.
  package var years: ClosedRange<Int>? {
    let parts = dates.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first.flatMap({ Int(String($0)) }), parts.count <= 2 else { return nil }
    let last: Int? = parts.count == 1 ? first : parts[1].isEmpty ? 9999 : Int(String(parts[1]))
    return last.flatMap { first <= $0 ? first...$0 : nil }
  }
  package var identifiers: String
  package var place: SourceLine
}

/// The lexicon as a scholar wrote it: everything under `Lexicons/tags/`.
package struct TagLexicon: Sendable {
  package var labels: [LexiconLabel] = []
  package var classes: [CueClass] = []
  package var kinds: [EntityKind] = []
  package var entities: [LexiconEntity] = []
  package var examples: [LexiconExample] = []
  package var forms = WordForms()
  package var settings = TagSettings()
  /// Lists of words that rules of the code ask for by name.
  package var wordLists: [String: [String]] = [:]

  package init() {}
}

/// Scores and distances; the values were measured on labelled sentences (see the folder's README).
package struct TagSettings: Sendable, Equatable {
  /// A label is given from this score on.
  package var threshold = 0.5
  package var implicitWeight = 0.6
  package var weakWeight = 0.28
  /// Tokens after a negator that it reaches.
  package var negationReach = 8
  package init() {}

  /// What a cue of a tier weighs when its group says nothing else.
  package func weight(_ tier: Tier) -> Double {
    switch tier {
    case .explicit, .block: 1
    case .implicit: implicitWeight
    case .weak: weakWeight
    }
  }
}
