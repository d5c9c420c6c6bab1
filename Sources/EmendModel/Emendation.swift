/// One change of the text, with what speaks for it.
///
/// The source range is in the witness; undoing all applied emendations of a text gives the witness back.
public struct Emendation: Sendable, Equatable {
  /// What kind of fault is mended.
  public enum Kind: String, Sendable, CaseIterable {
    /// A letter, sign or gap that stands for fi, fl, ff … by the document's damage map.
    case ligature
    /// Ligature code points (U+FB00–U+FB06) written out.
    case ligatureCodePoint = "ligature-code-point"
    /// Dashes, quotes, accents and operators of the damaged font.
    case companion
    /// A misread letter or group of letters in a true scan.
    case confusion
    case missingSpace = "missing-space"
    case extraSpace = "extra-space"
    /// A word broken in mid-line ("approx- imate").
    case brokenWord = "broken-word"
    /// Mojibake, HTML entities, replacement characters.
    case encoding
    /// Control characters, soft hyphens, byte order marks.
    case control
    /// A backslash or mark of the markup that stood in the text.
    case markup
    /// A line-end hyphen dropped and the pieces joined.
    case hyphenJoin = "hyphen-join"
    /// A line-end hyphen that belongs to the word.
    case hyphenKeep = "hyphen-keep"
    /// A word cut by a line end whose hyphen was lost.
    case lostHyphen = "lost-hyphen"
    /// A line end or page start inside a block, read as one space or nothing.
    case reflow
  }

  /// What becomes of the change.
  public enum Status: String, Sendable {
    /// Made: posterior at least 0.99, or accepted by a decision.
    case applied
    /// Likely, but left to a person.
    case suggested
    /// Refused by a decision.
    case rejected
  }

  /// Witness bytes that are replaced; empty for an insertion.
  public var range: Range<Int>
  /// What stands there.
  public var original: String
  /// What is read instead.
  public var reading: String
  public var kind: Kind
  /// The rule that made it, such as `damage-map` or `channel`; stable, documented names.
  public var rule: String
  /// Posterior probability that the reading is right, 0 to 1.
  public var confidence: Double
  public var status: Status
  /// The evidence in words: "27 distinct words vote A→fi".
  public var evidence: String

  public init(
    range: Range<Int>, original: String, reading: String, kind: Kind, rule: String, confidence: Double,
    status: Status = .applied, evidence: String = ""
  ) {
    self.range = range
    self.original = original
    self.reading = reading
    self.kind = kind
    self.rule = rule
    self.confidence = confidence
    self.status = status
    self.evidence = evidence
  }
}

/// One line of a document's damage profile: a stand-in, what it stands for, and the votes.
public struct DamagePattern: Sendable, Equatable {
  /// What stands in the text ("A", "®", "" for a dropped ligature, " " for a gap).
  public var standIn: String
  /// What it stands for ("fi").
  public var reading: String
  /// Distinct words that become words by it.
  public var votes: Int
  /// Some of them, damaged form and reading, commonest first.
  public var examples: [String]
  /// Places where it was applied.
  public var applied: Int
  /// Share of the reading's occurrences that are damaged, 0 to 1.
  public var rate: Double
  /// 0 to 1.
  public var confidence: Double
  /// Page indices over which the pattern holds; nil for the whole document.
  public var pages: Range<Int>?

  public init(
    standIn: String, reading: String, votes: Int, examples: [String] = [], applied: Int = 0,
    rate: Double = 0, confidence: Double = 0, pages: Range<Int>? = nil
  ) {
    self.standIn = standIn
    self.reading = reading
    self.votes = votes
    self.examples = examples
    self.applied = applied
    self.rate = rate
    self.confidence = confidence
    self.pages = pages
  }
}
