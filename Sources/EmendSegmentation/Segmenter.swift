import EmendLexicons
import EmendModel

/// Segmentation: a transcript in, a structured document out.
///
/// ```swift
/// let segmenter = try Segmenter(lexicons: .locate())
/// let document = segmenter.segment(transcript)
/// document.blocks.filter { $0.kind == .heading }.map { document.text($0.range) }  // ["The Literature", …]
/// ```
///
/// The work is the list `steps`, in order; each step stands in a file of its own. Nothing is thrown away:
/// every line that is not blank is in exactly one block or is furniture.
public struct Segmenter: Sendable {
  let knowledge: StructureKnowledge
  let lexicon: EnglishLexicon

  /// Throws `LexiconError.bad` when a file of `Lexicons/structure/` or the word list is missing or malformed.
  ///
  /// - Parameter english: the word list of the same folder, where the caller has it.
  public init(lexicons: LexiconFolder, english: EnglishLexicon? = nil) throws {
    try self.init(
      knowledge: StructureKnowledge(lexicons: lexicons), lexicon: english ?? .load(lexicons))
  }

  package init(knowledge: StructureKnowledge, lexicon: EnglishLexicon) {
    self.knowledge = knowledge
    self.lexicon = lexicon
  }

  /// What happens to a document, in order.
  static let steps: [any SegmentationStep] = pageSteps + structureSteps

  /// Lines, page furniture and printed numbers.
  static let pageSteps: [any SegmentationStep] = [
    LineTable(),
    LineGeometry(),
    Columns(),
    ReflowedText(),
    LostPages(),
    EdgeLines(),
    RunningHeads(),
    PrintedNumbers(),
    FurnitureDecision(),
    MarkedParts(),
  ]

  /// What the lines are, then the blocks they make.
  static let structureSteps: [any SegmentationStep] = [
    Lists(),
    ContentsPages(),
    TitlePages(),
    Tables(),
    PageSetting(),
    ArticleOpening(),
    Verse(),
    RuleLines(),
    Footnotes(),
    LooseNotes(),
    Captions(),
    Headings(),
    Plates(),
    EndnoteAnchors(),
    NoteReport(),
    Paragraphs(),
    BlockQuotes(),
    RunInHeads(),
    HeadingLevels(),
    FrontMatterReader(),
  ]

  /// Segments a document.
  ///
  /// - Parameters:
  ///   - threads: how many parts of it may be worked on side by side; the result is the same for any number.
  ///   - sentences: whether to cut sentences; who wants the reading text alone can do without.
  public func segment(_ transcript: Transcript, threads: Int = 1, sentences: Bool = true) -> Document {
    var galley = Galley(
      transcript: transcript, knowledge: knowledge, lexicon: lexicon, threads: threads)
    for step in Self.steps { step.apply(to: &galley) }
    var maker = DocumentMaker(galley, lexicon: lexicon)
    return maker.make(sentences: sentences)
  }

  /// The reading text alone: the same bytes as in the document, without what is known of them.
  ///
  /// - Parameter threads: how many parts of it may be worked on side by side; the result is the same for any number.
  public func readingText(of transcript: Transcript, threads: Int = 1) -> [UInt8] {
    var galley = Galley(transcript: transcript, knowledge: knowledge, threads: threads)
    for step in Self.steps where step.shapesText { step.apply(to: &galley) }
    return ReadingText(galley, lexicon: lexicon, isMapped: false).bytes
  }
}
