import EmendLexicons
import EmendModel

/// Tagging: a document with its citations in; labels and actors per sentence out.
///
/// ```swift
/// let tagger = try Tagger(lexicons: try LexiconFolder.locate())
/// let tags = tagger.tag(document, citations: citations)
/// tags.sentences[0].labels   // [mechanism/coercion/sanctions, implicit, 0.6, evidence "economic sanctions"]
/// ```
///
/// The order of the work: tokens; names (acronyms first, for the whole document); cues, all in one pass over the
/// tokens; evidence, from cues to labels; context, from sentence to sentence; flags. Citations are opaque: nothing
/// inside them is a cue or a name.
public struct Tagger: Sendable {
  package let image: TagImage
  let field: Field
  let words: RuleWords
  let heads: HeadTable

  /// Loads the lexicon `tags/`. Throws `LexiconError.bad` with file and line when it is faulty.
  public init(lexicons: LexiconFolder) throws {
    self.init(image: try TagImageStore.load(lexicons))
  }

  package init(image: TagImage) {
    self.image = image
    field = Field(image: image)
    words = RuleWords(image: image)
    heads = HeadTable(image: image)
  }

  /// Names of the rules over the names of a sentence, in their order.
  private var nameRules: [any NameRule] {
    [SwallowedStates(), Seats(), ComposedInstitutions(), GenericOrganizations()]
  }

  /// What each label of the lexicon means, by its path.
  public var definitions: [String: String] {
    Dictionary((0..<image.labelCount).map { (image.labelPath($0), image.labelDefinition($0)) }) { first, _ in
      first
    }
  }

  /// Tags a document. The result has one record for each of its sentences; sentences of blocks that are no prose
  /// (mastheads, contents, references, indexes, tables) have empty records.
  ///
  /// - Parameter threads: how many parts of the document may be worked on side by side; the result is the same for
  ///   any number.
  public func tag(_ document: Document, citations: CitationLayer, threads: Int = 1) -> TagLayer {
    document.reading.withUnsafeBufferPointer { text in
      var work = TaggingWork(
        tagger: self, document: document, citations: citations, text: text, threads: threads)
      return work.run()
    }
  }

  /// Tags a document without reference lists, of whose citations nothing is known but where they stand: ranges of the
  /// reading text, in any order.
  public func tag(_ document: Document, citationsAt places: [Range<Int>], threads: Int = 1) -> TagLayer {
    document.reading.withUnsafeBufferPointer { text in
      var work = TaggingWork(
        tagger: self, document: document, citations: CitationLayer(), places: places, text: text,
        threads: threads)
      return work.run()
    }
  }

  /// The labels of one sentence that stands alone, for tests and for the examples of the lexicon.
  package func tag(sentence: String) -> SentenceTags {
    let bytes = Array(sentence.utf8)
    let document = PlainDocument.make(paragraphs: [[bytes]])
    return tag(document, citations: CitationLayer()).sentences.first ?? SentenceTags(sentence: 0)
  }

  /// Ids of the entries found in one sentence, weighed or not; for lint.
  package func entries(in sentence: String) -> [String] {
    let bytes = Array(sentence.utf8)
    let document = PlainDocument.make(paragraphs: [[bytes]])
    return document.reading.withUnsafeBufferPointer { text in
      var work = TaggingWork(tagger: self, document: document, citations: CitationLayer(), text: text)
      return work.entries()
    }
  }

  /// The hits of one label in one sentence, those that a stronger one covers included; for lint.
  func hits(in sentence: String, label: String) -> [(entry: String, range: Range<Int>, weight: Double)] {
    let bytes = Array(sentence.utf8)
    let document = PlainDocument.make(paragraphs: [[bytes]])
    return document.reading.withUnsafeBufferPointer { text in
      var work = TaggingWork(tagger: self, document: document, citations: CitationLayer(), text: text)
      return work.everyHit().filter { image.labelPath($0.label) == label }
        .map { (image.entryID($0.entry), $0.range, $0.weight) }
    }
  }

  func nameRules(heads: HeadsOfGovernment) -> [any NameRule] { nameRules + [heads] }
}
