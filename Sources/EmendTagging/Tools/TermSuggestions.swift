import EmendModel

/// Finds words and pairs of words that go with a label and that no entry of it covers yet.
///
/// The measure is the log-likelihood ratio G² (Dunning 1993) of a term in the sentences that bear the label against
/// all others; terms that are rarer there than elsewhere are left out.
public struct TermSuggestions: Sendable {
  public struct Suggestion: Sendable, Equatable {
    public var term: String
    /// Sentences with the term, with the label and without.
    public var inside: Int
    public var outside: Int
    /// G²; above 10.83 chance is below 0.001 (one degree of freedom).
    public var strength: Double
    /// Up to three sentences with label and term.
    public var contexts: [String]
  }

  private var inside: [String: Int] = [:]
  private var outside: [String: Int] = [:]
  private var contexts: [String: [String]] = [:]
  private var insideCount = 0
  private var outsideCount = 0
  public let label: String

  public init(label: String) { self.label = label }

  /// Counts the sentences of one document.
  public mutating func add(_ document: Document, _ tags: TagLayer) {
    for sentence in tags.sentences where document.sentences.indices.contains(sentence.sentence) {
      let range = document.sentences[sentence.sentence].range
      let own = sentence.labels.filter { $0.label == label || $0.label.hasPrefix(label + "/") }
      let covered = own.flatMap(\.evidence).filter { !$0.entry.hasPrefix("rule:") }.map(\.range)
      let terms = Self.terms(document.reading, range, leaving: covered)
      if own.isEmpty { outsideCount += 1 } else { insideCount += 1 }
      for term in terms.sorted() {
        if own.isEmpty {
          outside[term, default: 0] += 1
        } else {
          inside[term, default: 0] += 1
          if contexts[term, default: []].count < 3 {
            contexts[term, default: []].append(document.text(range))
          }
        }
      }
    }
  }

  /// The strongest terms first; each in three sentences with the label or more.
  public func strongest(_ count: Int = 40) -> [Suggestion] {
    var all: [Suggestion] = []
    for (term, k) in inside where k >= 3 {
      let other = outside[term] ?? 0
      guard k * max(outsideCount, 1) > other * max(insideCount, 1) else { continue }
      let strength = Self.logLikelihood(k, insideCount, other, outsideCount)
      all.append(
        Suggestion(
          term: term, inside: k, outside: other, strength: strength, contexts: contexts[term] ?? []))
    }
    all.sort { ($1.strength, $0.term) < ($0.strength, $1.term) }
    return Array(all.prefix(count))
  }

  /// The distinct words of four letters and more, and pairs of neighbours, in small letters.
  private static func terms(_ text: [UInt8], _ range: Range<Int>, leaving covered: [Range<Int>]) -> Set<
    String
  > {
    var terms: Set<String> = []
    text.withUnsafeBufferPointer { buffer in
      var scanner = TokenScanner(text: buffer, from: range.lowerBound, to: range.upperBound)
      var last: String?
      while let token = scanner.next() {
        let isWord = token.flags.contains(.word) && !token.flags.contains(.number)
        let word = scanner.withFolded(token) { String(decoding: $0, as: UTF8.self) }
        let isCovered = covered.contains { $0.contains(token.start) }
        guard isWord, word.utf8.count > 3, !isCovered else {
          last = nil
          continue
        }
        terms.insert(word)
        if let last { terms.insert(last + " " + word) }
        last = word
      }
    }
    return terms
  }

  /// G² of two counts out of two totals.
  static func logLikelihood(_ a: Int, _ n: Int, _ b: Int, _ m: Int) -> Double {
    guard n > 0, m > 0 else { return 0 }
    let share = Double(a + b) / Double(n + m)
    func part(_ observed: Int, _ total: Int) -> Double {
      guard observed > 0, share > 0 else { return 0 }
      return Double(observed) * NaturalLogarithm.of(Double(observed) / (Double(total) * share))
    }
    return 2 * (part(a, n) + part(b, m))
  }
}

/// The natural logarithm by the series of the inverse hyperbolic tangent, without a mathematics library, so that it
/// is the same on every platform.
enum NaturalLogarithm {
  static func of(_ value: Double) -> Double {
    guard value > 0 else { return -.infinity }
    let exponent = Double(value.exponent)
    let z = (value.significand - 1) / (value.significand + 1)
    var power = z
    var sum = 0.0
    for n in 0..<24 {
      sum += power / Double(2 * n + 1)
      power *= z * z
    }
    return exponent * 0.693_147_180_559_945_3 + 2 * sum
  }
}
