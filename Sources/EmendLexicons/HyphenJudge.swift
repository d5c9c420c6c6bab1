/// Judges whether the hyphen at a line's end belongs to the word.
///
/// Repair and segmentation ask the same judge. The rules stand in `verdict` in their order; the first that
/// speaks decides.
///
/// ```swift
/// judge.verdict("inter", "national", in: forms).belongs  // false
/// judge.verdict("two", "level", in: forms).belongs       // true
/// ```
public struct HyphenJudge: Sendable {
  public let lexicon: EnglishLexicon

  public init(lexicon: EnglishLexicon) { self.lexicon = lexicon }

  /// What decided.
  public enum Rule: String, Sendable, CaseIterable {
    /// Digits, capitals and acronyms beside the hyphen: "post-|1945", "Anglo-|American", "IMF-|led"; but "Mc-|Keown".
    case shape
    /// The document has the compound with a hyphen within its lines, oftener than without.
    case documentHyphenated = "document-hyphenated"
    /// The document has the closed word.
    case documentClosed = "document-closed"
    /// The word list has the closed word.
    case listed
    /// A prefix stands left: "re-|ratified" joins, "self-|interest" does not.
    case prefix
    /// A longer compound is broken: "rally-|round-the-flag".
    case chain
    /// Both sides are words and the closed form is none: "agenda-|setting".
    case bothWords = "both-words"
    /// Nothing speaks for a compound.
    case syllables
  }

  public struct Verdict: Sendable, Equatable {
    /// Whether the hyphen stays when the line end goes.
    public let belongs: Bool
    public let rule: Rule
    /// 0 to 1.
    public let confidence: Double
  }

  /// Judges a hyphen by the word before it and the word after it, as printed, without the hyphen itself.
  ///
  /// Either may be a compound: only the parts next to the hyphen are joined. Case is as printed.
  public func verdict(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, in forms: DocumentForms
  ) -> Verdict {
    guard let before = left.last, let after = right.first else {
      return Verdict(belongs: true, rule: .shape, confidence: 0.5)
    }
    let allCapitals = isCapital(before) && left.allSatisfy { isCapital($0) || $0 == 0x2D }
    let leftPart = left[((left.lastIndex(of: 0x2D) ?? -1) + 1)...]
    if isCapital(after), !allCapitals {
      let isClanName = leftPart.elementsEqual("Mc".utf8) || leftPart.elementsEqual("Mac".utf8)
      return Verdict(belongs: !isClanName, rule: .shape, confidence: 0.9)
    }
    if isDigit(before) || isDigit(after) || allCapitals && left.count > 1 && !isCapital(after) {
      return Verdict(belongs: true, rule: .shape, confidence: 0.9)
    }
    let rightEnd = right.firstIndex { $0 == 0x2D || $0 == 0x27 || $0 == 0xE2 } ?? right.endIndex
    let continues = rightEnd < right.endIndex && right[rightEnd] == 0x2D
    return judge(
      leftPart.map(Letters.folded), right[..<rightEnd].map(Letters.folded),
      capital: leftPart.first.map(isCapital) ?? false, continues: continues,
      chained: leftPart.count < left.count, forms)
  }

  private func judge(
    _ left: [UInt8], _ right: [UInt8], capital: Bool, continues: Bool, chained: Bool, _ forms: DocumentForms
  ) -> Verdict {
    func count(_ form: [UInt8]) -> Int { form.withUnsafeBufferPointer { forms.count($0) } }
    func standing(_ word: [UInt8], capital: Bool = false) -> Standing {
      word.withUnsafeBufferPointer { lexicon.standing($0, capital: capital) }
    }
    let closed = left + right
    let closedCount = count(closed)
    let hyphenatedCount = count(left + [0x2D] + right)
    if hyphenatedCount > closedCount {
      return Verdict(belongs: true, rule: .documentHyphenated, confidence: 0.98)
    }
    if closedCount > 0 { return Verdict(belongs: false, rule: .documentClosed, confidence: 0.99) }

    let closedStanding = standing(closed, capital: capital)
    if closedStanding == .trusted { return Verdict(belongs: false, rule: .listed, confidence: 0.99) }

    let leftFlags = left.withUnsafeBufferPointer { lexicon.flags(lexicon.id($0)) }
    if leftFlags.contains(.hyphenPrefix), isWord(right, capital: false) {
      return Verdict(belongs: true, rule: .prefix, confidence: 0.95)
    }
    if leftFlags.contains(.joiningPrefix) {
      // The house style of the document: two compounds that begin so speak for a third.
      let styled = count(left + [0x2D]) >= Self.styleCount && standing(right) == .trusted
      return Verdict(belongs: styled, rule: .prefix, confidence: styled ? 0.8 : 0.9)
    }

    let leftIsWord = isWord(left, capital: capital)
    if leftIsWord, continues || chained, isWord(right, capital: false) {
      return Verdict(belongs: true, rule: .chain, confidence: 0.9)
    }
    if leftIsWord, isWord(right, capital: false) {
      if closedStanding == .unknown { return Verdict(belongs: true, rule: .bothWords, confidence: 0.85) }
      // A closed form of the large list only, such as "zerosum", yields to two far commoner words; a name does not.
      if !capital, min(frequency(left), frequency(right)) - frequency(closed) > Self.farCommoner {
        return Verdict(belongs: true, rule: .bothWords, confidence: 0.7)
      }
    }
    return Verdict(belongs: false, rule: .syllables, confidence: closedStanding == .plausible ? 0.95 : 0.7)
  }

  /// Compounds of this document that begin with a prefix before its style is believed.
  private static let styleCount = 2

  /// Whether a side of the hyphen can be a word by itself: syllables such as "con" or "tion" are in large
  /// lists or frequent as fragments, so short ones must be words of grammar, numbers or really common.
  private func isWord(_ word: [UInt8], capital: Bool) -> Bool {
    word.withUnsafeBufferPointer { bytes in
      let id = lexicon.id(bytes)
      let flags = lexicon.flags(id)
      if flags.contains(.function) { return true }
      if word.count <= 3 {
        return flags.contains(.trusted) && word.count == 3 && lexicon.logFrequency(id) > Self.knownWord
      }
      return lexicon.standing(bytes, capital: false) == .trusted || capital && flags.contains(.name)
    }
  }

  /// About the frequency of the twenty thousandth word.
  private static let knownWord: Float = -12

  /// In natural logarithms.
  private static let farCommoner: Float = 4

  private func frequency(_ word: [UInt8]) -> Float {
    word.withUnsafeBufferPointer { lexicon.logFrequency(lexicon.id($0)) }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  private func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
}
