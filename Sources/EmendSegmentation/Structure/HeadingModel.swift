import EmendLexicons

/// A logistic model that says how much a line looks like a heading.
///
/// The weights stand in `Lexicons/structure/heading-weights.tsv`, one feature a row, and are made by
/// `emend train headings` (see the README there). A score above 0 means "more likely a heading".
struct HeadingModel: Sendable {
  private(set) var weights: [Float]
  private(set) var bias: Float = 0

  init() { weights = [Float](repeating: 0, count: HeadingFeature.count) }

  init(weights: [Float], bias: Float) {
    self.weights = weights
    self.bias = bias
  }

  init(lexicons: LexiconFolder) throws {
    self.init()
    let ids = HeadingFeature.ids
    for row in try Rows(lexicons, "structure/heading-weights.tsv", columns: 2) {
      guard let weight = Float(row.fields[1]) else { throw row.error("no number: \(row.fields[1])") }
      if row.fields[0] == "bias" {
        bias = weight
      } else if let id = ids[row.fields[0]] {
        weights[id] = weight
      } else {
        throw row.error("unknown feature \(row.fields[0])")
      }
    }
  }

  func score(_ features: [Int]) -> Float { features.reduce(bias) { $0 + weights[$1] } }
}

/// The features of the heading model: a name and a number of values each; a feature's id is its place in
/// the list plus its value.
enum HeadingFeature: Int, CaseIterable {
  // Blank lines beyond the normal gap, above and below.
  case above, below, aboveBelow
  case length, caseStyle, caseAndGaps, caseAndLength
  case firstClass, lastClass
  // The lines around it.
  case sentenceEndedBefore, shortBefore, kindBefore, runsOnBefore
  case firstClassAfter, longAfter, indentedAfter
  case knownPhrase, knownPhraseAbove
  // Numbers and labels.
  case numbered, numberInSequence, titleAfterNumber, numberAndGap, wideNumbered
  case roman, romanAndGaps, label, labelAbove, labelLength
  case caption, item, digits, wide, formula
  case functionWords, words, year, initial, tiny
  // What the contents say.
  case contents, contentsAndGaps
  // The lines between two blanks.
  case chunk, chunkCase, chunkEnds, chunkLastShort
  case titlePage, indent, centred, opening
  case afterHeading, afterHeadingCase, afterHeadingGap
  // The style of the emphasis and the format.
  case firstOnPage, listLike

  var values: Int {
    switch self {
    case .above, .below: 4
    case .aboveBelow: 16
    case .length: 7
    case .caseStyle: 4
    case .caseAndGaps: 16
    case .caseAndLength: 28
    case .firstClass: 4
    case .lastClass: 10
    case .kindBefore: 3
    case .firstClassAfter: 3
    case .numbered: 3
    case .numberInSequence: 6
    case .numberAndGap: 4
    case .romanAndGaps: 4
    case .labelAbove: 4
    case .labelLength: 7
    case .functionWords: 4
    case .words: 6
    case .contents: 4
    case .contentsAndGaps: 4
    case .chunk: 4
    case .chunkCase: 12
    case .chunkEnds: 8
    case .chunkLastShort: 8
    case .indent, .centred: 4
    case .afterHeadingCase: 4
    case .sentenceEndedBefore, .shortBefore, .longAfter, .indentedAfter, .knownPhraseAbove, .titleAfterNumber:
      2
    default: 1
    }
  }

  private static let bases: [Int] = {
    var bases: [Int] = []
    var at = 0
    for feature in allCases {
      bases.append(at)
      at += feature.values
    }
    return bases
  }()

  static let count = allCases.reduce(0) { $0 + $1.values }

  @inline(__always)
  func id(_ value: Int = 0) -> Int { Self.bases[rawValue] + min(max(value, 0), values - 1) }

  /// Every feature by its name in the weights file: "above=2".
  static let names: [String] = allCases.flatMap { feature in
    (0..<feature.values).map { feature.values == 1 ? "\(feature)" : "\(feature)=\($0)" }
  }
  static let ids = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
}
