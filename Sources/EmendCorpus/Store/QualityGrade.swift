import EmendModel
import EmendText

/// How far the text of a document may be trusted, with the reasons in words.
///
/// The measure is the share of words at which the repair found damage, mended or not. The bounds follow
/// the bands in which the effect of OCR quality on retrieval and language tools has been measured (van
/// Strien et al. 2020, "Assessing the Impact of OCR Quality on Downstream NLP Tasks": above 90 per cent of
/// words right little harm, below 70 per cent most tools fail), with a stricter first step, as a reader
/// quotes the text. What cannot be judged (no repair for this language) or casts doubt on the reading
/// (guessed encoding, scanner unsure of itself, missing pages) costs one step each.
struct QualityGrade {
  enum Grade: String, CaseIterable, Sendable { case poor, fair, good, excellent }

  let grade: Grade
  let reasons: [String]

  init(_ edition: Edition, words: Int, tally: EmendationTally) {
    var reasons: [String] = []
    guard words > 0 else {
      grade = .poor
      self.reasons = ["no words were read"]
      return
    }
    let damaged = tally.repairs + tally.suggestions
    let perThousand = Double(damaged) * 1000 / Double(words)
    var step =
      switch perThousand {
      case ..<5: 3
      case ..<50: 2
      case ..<150: 1
      default: 0
      }
    let rate = QualityGrade.decimal(perThousand)
    if damaged == 0 {
      reasons.append("no damage was found in \(words) words")
    } else {
      reasons.append("\(rate) of 1,000 words were damaged; \(QualityGrade.outcome(tally))")
    }
    if tally.suggestions * 4 > damaged, damaged >= 20 {
      step -= 1
      reasons.append("more than a quarter of the damage could not be repaired safely")
    }
    if edition.transcript.language == "und" {
      step -= 1
      reasons.append("the text was not repaired: its language is not one that the repair knows")
    }
    let source = edition.scan.source
    if source.encodingConfidence < 0.8 {
      step -= 1
      reasons.append("the character encoding (\(source.encoding)) is a guess")
    }
    if let confidence = QualityGrade.scannerConfidence(edition.scan) {
      reasons.append(
        "the scanner gave its words a confidence of \(QualityGrade.decimal(confidence * 100)) per cent")
      if confidence < 0.8 { step -= 1 }
    }
    let gaps = edition.scan.pages.count { $0.evidence == .gap }
    if gaps > 0 {
      step -= 1
      reasons.append(gaps == 1 ? "one page is missing" : "\(gaps) pages are missing")
    }
    grade = Grade.allCases[max(0, min(3, step))]
    self.reasons = reasons
  }

  /// "5 repaired", "5 repaired, 2 left to a reader".
  private static func outcome(_ tally: EmendationTally) -> String {
    let left = tally.suggestions == 0 ? "" : ", \(tally.suggestions) left to a reader"
    return "\(tally.repairs) repaired\(left)"
  }

  /// Mean of the scanner's word confidences; nil when it gave none.
  private static func scannerConfidence(_ scan: Scan) -> Double? {
    var sum = 0.0
    var count = 0
    for word in scan.words {
      guard let confidence = word.confidence else { continue }
      sum += Double(confidence)
      count += 1
    }
    return count == 0 ? nil : sum / Double(count)
  }

  /// One decimal: 14.9.
  static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
