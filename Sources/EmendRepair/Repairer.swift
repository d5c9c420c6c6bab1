import EmendLexicons
import EmendModel

/// Repair: a scan in, its transcript out.
///
/// A document is its own best witness: what its fonts or its scanner did to it is learnt from its own words,
/// then mended where that is certain (applied), offered where it is likely (suggested), and else left.
///
/// ```swift
/// let transcript = try Repairer(lexicons: .locate()).emend(scan)
/// transcript.emendations.first   // "A" → "fi", "27 distinct words vote A→fi"
/// transcript.profile             // the patterns of damage, strongest first
/// ```
public struct Repairer: Sendable {
  private let knowledge: Knowledge

  /// Loads the knowledge; throws `LexiconError` when a file of it cannot be read.
  ///
  /// - Parameter english: the word list of the same folder, where the caller has it.
  public init(lexicons: LexiconFolder, english: EnglishLexicon? = nil) throws {
    knowledge = try Knowledge(lexicons, english: english ?? .load(lexicons))
  }

  /// The steps, in order. Each reads the text that the one before has left.
  private static let steps: [any Step] = [
    // What is no text: damage of encodings and markup.
    EncodingStep(),
    // "law.What": before the map, so that "What" gets its own neighbours.
    SentenceSpaceStep(),
    // What the document's fonts did: ligatures, then the signs of the same fonts.
    DamageMapStep(),
    LostMarkStep(),
    LigatureCodeStep(),
    FontQuoteStep(),
    FontDashStep(),
    FontAccentStep(),
    // What the typist, the setter or the scanner did to the spaces.
    PunctuationSpaceStep(),
    QuoteSpaceStep(),
    MidlineHyphenStep(),
    WordSpaceStep(),
    // What a scanner misread.
    ChannelStep(),
    // Control characters that no step could read.
    ControlStep(),
  ]

  /// Emends a document. A document that is not English, or not in Latin letters, is flagged and left but
  /// for its encoding.
  ///
  /// - Parameters:
  ///   - decisions: accepts and rejects patterns and places that the steps propose.
  ///   - threads: how many parts of the document may be worked on side by side; the result is the same for any number.
  public func emend(_ scan: Scan, decisions: Decisions = Decisions(), threads: Int = 1) -> Transcript {
    // Offsets inside the steps are 32 bits wide.
    guard scan.text.count < Int(Int32.max) - 1 else {
      return Transcript(
        scan: scan, language: "und",
        warnings: [Warning(code: "too-long", stage: "repair", message: "a document of 2 GB is not repaired")])
    }
    var draft = Draft(scan, threads: threads)
    var session = Session(knowledge: knowledge, decisions: decisions, threads: threads)
    var language = "en"
    for step in Repairer.steps {
      if step.needsEnglish, !session.isJudged {
        session.isJudged = true
        session.language = Language.judge(draft.words, knowledge.english)
        language = session.language
      }
      if step.needsEnglish && session.language != "en" { continue }
      step.run(&draft, &session)
    }
    if language != "en" {
      draft.warnings.append(
        Warning(
          code: "language", stage: "repair", message: "not English prose: the words are left as they stand"))
    }
    return Transcript(
      scan: scan, emendations: decisions.applied(to: draft.emendations, of: scan), profile: draft.profile,
      language: language, warnings: draft.warnings)
  }
}

/// One step of repair.
protocol Step: Sendable {
  /// Whether it judges words; such steps leave other languages alone.
  var needsEnglish: Bool { get }
  func run(_ draft: inout Draft, _ session: inout Session)
}

extension Step {
  var needsEnglish: Bool { true }
}

/// What the steps learn of one document and tell each other.
struct Session {
  let knowledge: Knowledge
  let decisions: Decisions
  /// How many parts of the document may be worked on side by side.
  let threads: Int
  /// The damage map, once learnt.
  var map: DamageMap?
  /// Whether the document holds ligature code points in their right places: it was born digital.
  var hasLigatureCodes = false
  var language = "en"
  var isJudged = false
}
