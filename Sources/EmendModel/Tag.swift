/// A stretch of the reading text that speaks for a label or an entity, and the lexicon entry that says so.
public struct Evidence: Sendable, Equatable {
  /// Bytes of the reading text.
  public var range: Range<Int>
  /// Stable id of the lexicon entry ("mechanism/coercion#12"), or of the context rule ("rule:topic").
  public var entry: String
  public init(range: Range<Int>, entry: String) { (self.range, self.entry) = (range, entry) }
}

/// One label of a sentence.
public struct LabelHit: Sendable, Equatable {
  /// Circumstances under which a label may be left out of a count.
  public enum Flag: String, Sendable, CaseIterable {
    case negated, hypothetical, enumeration, definition, example, preview
    case inNote = "in-note"
    case quoted, attributed
  }
  /// Path: "mechanism/contracting/credible-commitment". A path implies its ancestors.
  public var label: String
  /// Whether the word itself is missing and the reading rests on content or context.
  public var implicit: Bool
  /// 0 to 1.
  public var score: Double
  /// What speaks for it, in text order.
  public var evidence: [Evidence]
  /// Circumstances of the whole sentence or of the words.
  public var flags: [Flag]
  public init(label: String, implicit: Bool, score: Double, evidence: [Evidence], flags: [Flag] = []) {
    self.label = label
    self.implicit = implicit
    self.score = score
    self.evidence = evidence
    self.flags = flags
  }
}

/// An entity that a sentence names.
public struct ActorHit: Sendable, Equatable {
  /// Entity id: "imf", "un-security-council", "us".
  public var id: String
  /// The role label that this entity plays here, when one is tied to it.
  public var role: String?
  /// Where it is named, in text order.
  public var evidence: [Evidence]
  public init(id: String, role: String? = nil, evidence: [Evidence]) {
    (self.id, self.role, self.evidence) = (id, role, evidence)
  }
}

/// The labels and entities of one sentence.
public struct SentenceTags: Sendable, Equatable {
  /// Index into `Document.sentences`.
  public var sentence: Int
  /// In the order of their paths.
  public var labels: [LabelHit]
  /// In the order of their ids.
  public var actors: [ActorHit]
  public init(sentence: Int, labels: [LabelHit] = [], actors: [ActorHit] = []) {
    (self.sentence, self.labels, self.actors) = (sentence, labels, actors)
  }
}

/// "International Monetary Fund (IMF)".
public struct AcronymDefinition: Sendable, Equatable {
  /// "IMF".
  public var short: String
  /// "International Monetary Fund".
  public var long: String
  /// Bytes of the reading text from the long form to the closing bracket.
  public var range: Range<Int>
  /// The entity it names, if it is one.
  public var entity: String?
  public init(short: String, long: String, range: Range<Int>, entity: String? = nil) {
    (self.short, self.long, self.range, self.entity) = (short, long, range, entity)
  }
}

/// An entity of the document: from the lexicon, or made from a name in the text.
public struct Entity: Sendable, Equatable {
  /// "imf".
  public var id: String
  /// Its full name, as the lexicon or the document has it.
  public var name: String
  /// Label path of its kind: "actor/international-organization".
  public var kind: String
  /// False when the document alone attests it.
  public var inLexicon: Bool
  public init(id: String, name: String, kind: String, inLexicon: Bool) {
    (self.id, self.name, self.kind, self.inLexicon) = (id, name, kind, inLexicon)
  }
}

/// Everything that the tagging stage found in one document.
public struct TagLayer: Sendable, Equatable {
  /// One record a sentence, in the order of `Document.sentences`.
  public var sentences: [SentenceTags]
  /// In text order.
  public var acronyms: [AcronymDefinition]
  /// Each once, in the order of their ids.
  public var entities: [Entity]
  /// Version of the lexicon: a hash of its files.
  public var lexicon: String
  /// What the tagging could not settle.
  public var warnings: [Warning]
  public init(
    sentences: [SentenceTags] = [], acronyms: [AcronymDefinition] = [], entities: [Entity] = [],
    lexicon: String = "", warnings: [Warning] = []
  ) {
    self.sentences = sentences
    self.acronyms = acronyms
    self.entities = entities
    self.lexicon = lexicon
    self.warnings = warnings
  }
}
