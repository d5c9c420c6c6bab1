/// What is known of a sentence before its cues are matched.
struct SentenceFacts {
  /// Classes that its names feed.
  var fed: [ClassSpan]
  /// Names of several words, inside which no cue counts, and names that are no actors, which no cue may touch.
  var opaque: [Range<Int>]
  var barred: [Range<Int>]
  var scope: Scope
}

/// Matches the cues of one sentence after the other and weighs them. Each thread has one of its own.
struct SentenceMatcher {
  private var matcher: Matcher
  private let field: Field
  private let evidence: EvidenceRules
  private let negation: Negation

  /// Sentences longer than this are matched in pieces, so that hostile input costs no more than its length.
  static let longestSentence = 512

  init(tagger: Tagger, tokens: TokenTable) {
    matcher = Matcher(image: tagger.image, tokens: tokens)
    field = tagger.field
    evidence = EvidenceRules(image: tagger.image, field: tagger.field)
    negation = Negation(field: tagger.field, reach: tagger.image.settings.negationReach)
  }

  /// Fills in the spans of the classes that rules ask for, and the labels that the sentence bears by itself. Gives back
  /// all hits, and the entries of all blocks.
  @discardableResult
  mutating func match(_ reading: inout SentenceReading, _ facts: SentenceFacts) -> (
    hits: [Hit], blocks: [Int]
  ) {
    var hits: [Hit] = []
    var blocks: [Int] = []
    var at = reading.tokens.lowerBound
    let end = reading.tokens.upperBound
    while at < end {
      let piece = at..<min(at + Self.longestSentence, end)
      let isWhole = piece == reading.tokens
      matcher.match(
        piece, scope: facts.scope,
        fed: isWhole ? facts.fed : facts.fed.filter { $0.range.clamped(to: piece) == $0.range },
        names: facts.opaque)
      hits += matcher.hits
      blocks += matcher.blocks.map(\.entry)
      for span in matcher.spans where field.isKept(span.cueClass) { reading.spans.append(span) }
      at = piece.upperBound
    }
    let negated = negation.ranges(reading)
    reading.alone = evidence.labels(
      facts.barred.isEmpty ? hits : hits.filter { hit in !facts.barred.contains { $0.overlaps(hit.range) } },
      negated: negated, denied: &reading.denied)
    return (hits, blocks)
  }
}
