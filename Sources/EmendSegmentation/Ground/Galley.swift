import EmendLexicons
import EmendModel

/// A page while it is worked on.
struct GalleyPage: Sendable {
  /// Indices into `Galley.lines`.
  var lines: Range<Int> = 0..<0
  /// Blank lines that stand between two lines of one paragraph: 0 single, 1 double spaced.
  var normalGap = 0
  /// The commonest indent of full lines.
  var margin = 0
  /// Width below which a line counts as short, before the factor: the page's 60th percentile.
  var fullWidth = 0
  var number: PageNumber?
  var head: String?
  var foot: String?
}

/// The number of a page, as printed or as it must be.
struct PageNumber: Sendable, Equatable {
  var script: Numerals.Script
  var value: Int
  var source: PageRecord.Source
  var confidence: Double
  /// Index into `Galley.edges[page]` of the line that prints it.
  var edge: Int?
}

/// A note while it is worked on.
struct NoteDraft: Sendable {
  /// The mark as printed, and its number when it is one.
  var mark: String
  var value: Int?
  /// Indices into `Galley.lines`.
  var lines: [Int]
  /// Bytes of the emended text that hold the mark, with the stop or bracket after it.
  var markRange: Range<Int>
  var isEndnote: Bool
  /// Bytes of the mark in the running text.
  var anchor: Range<Int>?
}

/// The working copy of a document: lines and pages as the steps leave them. Named for the printer's
/// galley, type set but not yet made up into pages.
struct Galley: Sendable {
  let transcript: Transcript
  /// The emended text.
  let text: [UInt8]
  let knowledge: StructureKnowledge
  /// The words and names of the language, where the caller has them.
  let lexicon: EnglishLexicon?
  /// How many parts of the document may be worked on side by side.
  let threads: Int
  var lines: [Line] = []
  var pages: [GalleyPage] = []
  /// Paragraphs stand in one line each, blocks are parted by blank lines.
  var isReflowed = false
  /// The format names the headings (Markdown): then nothing else is one.
  var hasFormatLevels = false
  /// 80th percentile of the widths of lines over 20 characters; all lengths are shares of it.
  var measure = 60
  /// Lines at the edges of each page, with their number slots.
  var edges: [[EdgeLine]] = []
  /// The letters of the running heads: a title that comes again at the head of the next pages is a heading.
  var headTitles: Set<[UInt8]> = []
  var contents: [ContentsEntry] = []
  /// Letter hashes of the titles in the contents, whole.
  var contentsTitles: Set<UInt64> = []
  /// The same for their beginnings and ends of eight letters and more: headings over several lines.
  var contentsParts: Set<UInt64> = []
  var notes: [NoteDraft] = []
  /// Where the running text begins: pages before it may be title pages.
  var firstBodyPage = 0
  var blocks: [BlockDraft] = []
  var frontMatter: FrontMatterDraft?
  /// What a person should look at.
  var warnings: [Warning] = []

  init(
    transcript: Transcript, knowledge: StructureKnowledge, lexicon: EnglishLexicon? = nil, threads: Int = 1
  ) {
    self.threads = threads
    self.lexicon = lexicon
    self.transcript = transcript
    self.text = transcript.text
    self.knowledge = knowledge
  }

  /// Blank lines before a line beyond those that every line of its page has.
  func extraGap(before line: Line) -> Int {
    line.gapBefore == Line.edge ? Line.edge : max(0, line.gapBefore - pages[line.page].normalGap)
  }
  func extraGap(after line: Line) -> Int {
    line.gapAfter == Line.edge ? Line.edge : max(0, line.gapAfter - pages[line.page].normalGap)
  }
  /// The lines of a page that are running text as far as is known.
  func bodyLines(_ page: Int) -> [Int] {
    var out: [Int] = []
    out.reserveCapacity(pages[page].lines.count)
    for index in pages[page].lines where lines[index].kind == .body { out.append(index) }
    return out
  }
  func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
}

/// One step of the segmentation. Steps run in the order of `Segmenter.steps`.
protocol SegmentationStep: Sendable {
  /// Whether the reading text may be another one without the step; a step that only says something of it does not.
  var shapesText: Bool { get }
  func apply(to galley: inout Galley)
}

extension SegmentationStep {
  var shapesText: Bool { true }
}
