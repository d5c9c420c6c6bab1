import EmendCitation
import EmendLexicons
import EmendModel
import EmendReading
import EmendRepair
import EmendSegmentation
import EmendTagging
import EmendText

/// The first half of the flow: bytes in, a structured reading text out. It loads only what that needs, so
/// that commands which stop there start sooner.
public struct TextEmender: Sendable {
  public let repairer: Repairer
  public let segmenter: Segmenter
  /// What a person has decided about emendations.
  public let decisions: Decisions

  /// Loads the knowledge. Throws `LexiconError` when a file of it cannot be read.
  public init(lexicons: LexiconFolder, decisions: Decisions = Decisions()) throws {
    self.decisions = decisions
    let english = try EnglishLexicon.load(lexicons)
    repairer = try Repairer(lexicons: lexicons, english: english)
    segmenter = try Segmenter(lexicons: lexicons, english: english)
  }

  /// Repairs a scan: the same lines, emended.
  ///
  /// - Parameter threads: how many parts of the document may be worked on side by side; the result is the same for
  ///   any number.
  public func transcript(of scan: Scan, threads: Int = 1) -> Transcript {
    repairer.emend(scan, decisions: decisions.of(document: scan.id), threads: threads)
  }

  /// Repairs and segments a scan: as far as the reading text.
  public func document(of scan: Scan, threads: Int = 1) -> Document {
    segmenter.segment(transcript(of: scan, threads: threads), threads: threads)
  }
}

/// The whole flow, composed: bytes in, an edition out.
///
/// Loading the knowledge costs a few milliseconds; one emender serves any number of documents, from any
/// number of threads.
public struct Emender: Sendable {
  /// The stages up to the reading text.
  public let text: TextEmender
  public let citationReader: CitationReader
  public let tagger: Tagger

  /// Loads the knowledge. Throws `LexiconError` when a file of it cannot be read.
  public init(lexicons: LexiconFolder, decisions: Decisions = Decisions()) throws {
    text = try TextEmender(lexicons: lexicons, decisions: decisions)
    citationReader = try CitationReader(lexicons: lexicons)
    tagger = try Tagger(lexicons: lexicons)
  }

  public var repairer: Repairer { text.repairer }
  public var segmenter: Segmenter { text.segmenter }

  /// Repairs and segments a scan: as far as the reading text.
  public func document(of scan: Scan, threads: Int = 1) -> Document {
    text.document(of: scan, threads: threads)
  }

  /// Takes a scan as far as its citations and references; no tags.
  public func cited(_ scan: Scan, threads: Int = 1) -> Edition {
    let document = document(of: scan, threads: threads)
    return Edition(
      document: document, citations: citationReader.read(document, threads: threads), tags: TagLayer())
  }

  /// Tags a text that is taken as it stands: no repair, a paragraph ends at a blank line (`Segmenter.plain`), citations
  /// of the running text only.
  public func plainEdition(of scan: Scan, threads: Int = 1) -> Edition {
    let document = segmenter.plain(scan, threads: threads)
    let citations = CitationLayer(
      citations: byStretches(of: document, threads: threads) { citationReader.inText($0).citations })
    return Edition(
      document: document, citations: citations,
      tags: tagger.tag(document, citations: citations, threads: threads))
  }

  /// The same document and the same tags for those who ask for no citations: these are found, since nothing within them
  /// is tagged, but what they cite is not put together, and the edition holds none.
  public func plainTags(of scan: Scan, threads: Int = 1) -> Edition {
    let document = segmenter.plain(scan, threads: threads)
    let places = byStretches(of: document, threads: threads) { citationReader.places($0) }
    return Edition(
      document: document, citations: CitationLayer(),
      tags: tagger.tag(document, citationsAt: places, threads: threads))
  }

  /// The citations of a long text are read in stretches of so many paragraphs, whatever the number of threads.
  private static let stretch = 512

  private func byStretches<Found>(
    of document: Document, threads: Int, _ find: @Sendable (Document) -> [Found]
  ) -> [Found] {
    let blocks = document.blocks
    if blocks.count <= Self.stretch { return find(document) }
    let count = (blocks.count + Self.stretch - 1) / Self.stretch
    let parts = SideBySide.map(count, threads: threads) { some in
      some.flatMap { part in
        let some = blocks[(part * Self.stretch)..<min((part + 1) * Self.stretch, blocks.count)]
        let stretch = Document(
          transcript: document.transcript, reading: document.reading, map: document.map, blocks: Array(some))
        return find(stretch)
      }
    }
    return parts.flatMap(\.self)
  }

  /// Takes a scan through all stages, with so many parts of it worked on side by side; the result is the same for any
  /// number.
  public func edition(of scan: Scan, threads: Int = 1) -> Edition {
    let document = document(of: scan, threads: threads)
    let citations = citationReader.read(document, threads: threads)
    return Edition(
      document: document, citations: citations,
      tags: tagger.tag(document, citations: citations, threads: threads))
  }
}
