import EmendModel

/// A document whose lines are labelled, for training the heading model.
public struct LabelledDocument: Sendable {
  public var id: String
  public var lines: [String]
  /// One label a line; "title" marks a heading, "meta" page furniture.
  public var labels: [String]

  public init(id: String, lines: [String], labels: [String]) {
    self.id = id
    self.lines = lines
    self.labels = labels
  }
}

/// Trains the heading model by AdaGrad on logistic loss.
///
/// The training documents are typescripts: their headings stand in one style, between blank lines, and in
/// the contents. So every document comes twice more in the dress of printed books: headings in capitals or
/// with a full stop, without numbers, without contents and indents, some without blank lines.
public struct HeadingTrainer: Sendable {
  static let rate: Float = 0.3
  static let decay: Float = 2e-4
  /// Share of body lines kept of each disguised document, so that they do not outweigh the true ones.
  static let disguisedShare = 0.3

  public var epochs = 12
  public var disguises = 2

  private let knowledge: StructureKnowledge

  public init(knowledge: StructureKnowledge) { self.knowledge = knowledge }

  struct Sample: Sendable {
    var features: [Int]
    var isHeading: Bool
  }

  /// The weights file: one feature a row, weights with two decimals, unused features left out.
  public func train(_ documents: [LabelledDocument]) -> String {
    let model = fit(documents.flatMap(samples))
    var rows = ["bias\t\(Self.rounded(model.bias))"]
    for (id, name) in HeadingFeature.names.enumerated() where model.weights[id] != 0 {
      rows.append("\(name)\t\(Self.rounded(model.weights[id]))")
    }
    return "# feature\tweight\t— made by `emend train headings`; see README.md\n"
      + rows.joined(separator: "\n") + "\n"
  }

  /// Line counts (right, wrong, missed) of a cross-validation in which each document is tested by a model
  /// that was trained without its fold.
  public func crossValidate(_ documents: [LabelledDocument], folds: Int) -> (
    right: Int, wrong: Int, missed: Int
  ) {
    var (right, wrong, missed) = (0, 0, 0)
    let prepared = documents.map { (true: samples($0, disguise: 0), all: samples($0)) }
    for fold in 0..<folds {
      let model = fit(prepared.enumerated().filter { $0.offset % folds != fold }.flatMap(\.element.all))
      for (_, samples) in prepared.enumerated().filter({ $0.offset % folds == fold }) {
        for sample in samples.true {
          switch (model.score(sample.features) > 0, sample.isHeading) {
          case (true, true): right += 1
          case (true, false): wrong += 1
          case (false, true): missed += 1
          default: break
          }
        }
      }
    }
    return (right, wrong, missed)
  }

  private static func rounded(_ weight: Float) -> Double { (Double(weight) * 100).rounded() / 100 }

  private func fit(_ samples: [Sample]) -> HeadingModel {
    var weights = [Float](repeating: 0, count: HeadingFeature.count + 1)
    var squares = [Float](repeating: 1e-3, count: HeadingFeature.count + 1)
    let biasID = HeadingFeature.count
    var order = Array(samples.indices)
    var random = Generator(state: 3)
    for _ in 0..<epochs {
      order.shuffle(using: &random)
      for index in order {
        let sample = samples[index]
        let sum = sample.features.reduce(weights[biasID]) { $0 + weights[$1] }
        let gradient = 1 / (1 + Self.exponential(-sum)) - (sample.isHeading ? 1 : 0)
        if abs(gradient) < 0.003 { continue }
        for id in sample.features + [biasID] {
          let step = gradient + Self.decay * weights[id]
          squares[id] += step * step
          weights[id] -= Self.rate * step / squares[id].squareRoot()
        }
      }
    }
    return HeadingModel(weights: Array(weights.dropLast()), bias: weights[biasID])
  }

  /// e^x by halving and squaring of its series: no library whose last bit differs from machine to machine.
  private static func exponential(_ x: Float) -> Float {
    let y = Double(min(max(x, -30), 30)) / 1024
    var value = 1 + y * (1 + y / 2 * (1 + y / 3 * (1 + y / 4)))
    for _ in 0..<10 { value *= value }
    return Float(value)
  }

  // MARK: Samples

  private func samples(_ document: LabelledDocument) -> [Sample] {
    (0...disguises).flatMap { samples(document, disguise: $0) }
  }

  private func samples(_ document: LabelledDocument, disguise: Int) -> [Sample] {
    var random = Generator(state: UInt64(disguise * 7919 + document.lines.count))
    let dressed = disguise == 0 ? document : Disguise.printed(document, knowledge, &random)
    var galley = Galley(transcript: Transcript(scan: Self.scan(dressed)), knowledge: knowledge)
    for step in Segmenter.pageSteps { step.apply(to: &galley) }
    for step in [ContentsPages(), Tables(), PageSetting()] as [any SegmentationStep] {
      step.apply(to: &galley)
    }
    if disguise > 0 {
      galley.contentsTitles = []
      galley.contentsParts = []
    }
    let sequence = galley.lines.indices.filter {
      [.body, .table, .heading].contains(galley.lines[$0].kind)
    }
    for index in sequence {
      let isHeading =
        dressed.labels[galley.transcript.scan.lines[galley.lines[index].index].number - 1] == "title"
      galley.lines[index].headingScore = isHeading ? 1 : 0
    }
    let evidence = HeadingEvidence(galley, sequence: sequence)
    return sequence.indices.compactMap { place in
      let line = galley.lines[sequence[place]]
      let label = dressed.labels[galley.transcript.scan.lines[line.index].number - 1]
      if label == "meta" { return nil }
      let isHeading = label == "title"
      if disguise > 0, !isHeading, Double.random(in: 0..<1, using: &random) > Self.disguisedShare {
        return nil
      }
      return Sample(features: evidence.features(at: place, lines: galley.lines), isHeading: isHeading)
    }
  }

  /// The scan of a text whose pages begin with form feeds.
  static func scan(_ document: LabelledDocument) -> Scan {
    var text: [UInt8] = []
    var lines: [Scan.Line] = []
    var pages: [Scan.Page] = [Scan.Page(lines: 0..<0, evidence: .start)]
    for (index, line) in document.lines.enumerated() {
      for (part, piece) in line.utf8.split(separator: 0x0C, omittingEmptySubsequences: false).enumerated() {
        if part > 0 {
          pages.append(Scan.Page(lines: lines.count..<lines.count, evidence: .formFeed))
          text.append(0x0A)
        }
        let start = text.count
        text.append(contentsOf: piece)
        lines.append(
          Scan.Line(range: start..<text.count, number: index + 1, sourceStart: start, page: pages.count - 1))
        pages[pages.count - 1].lines = pages[pages.count - 1].lines.lowerBound..<lines.count
      }
      text.append(0x0A)
    }
    return Scan(
      id: document.id, source: Scan.Source(name: document.id, format: .plainText, byteCount: text.count),
      text: text,
      lines: lines, pages: pages)
  }
}

/// A small generator (SplitMix64) with a fixed seed: the same file every time.
struct Generator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Dresses a typescript as a printed book.
enum Disguise {
  static func printed(
    _ document: LabelledDocument, _ knowledge: StructureKnowledge, _ random: inout Generator
  ) -> LabelledDocument {
    var out = LabelledDocument(id: document.id, lines: [], labels: [])
    var style = 0
    var tight = false
    for (index, line) in document.lines.enumerated() {
      let isHeading = document.labels[index] == "title"
      let follows = index > 0 && document.labels[index - 1] == "title"
      if isHeading, !follows {
        style = Int.random(in: 0..<4, using: &random)
        tight = Double.random(in: 0..<1, using: &random) < 0.3
      }
      if tight, line.utf8.allSatisfy({ $0 == 0x20 }), isNear(document, index) { continue }
      out.lines.append(
        isHeading ? heading(line, style, isLast: !nextIsHeading(document, index), knowledge) : flush(line))
      out.labels.append(document.labels[index])
    }
    return out
  }

  private static func nextIsHeading(_ document: LabelledDocument, _ index: Int) -> Bool {
    index + 1 < document.labels.count && document.labels[index + 1] == "title"
  }

  /// A blank line within three lines of a heading.
  private static func isNear(_ document: LabelledDocument, _ index: Int) -> Bool {
    document.labels[max(0, index - 3)..<min(document.labels.count, index + 4)].contains("title")
  }

  /// Without the indent; a form feed stays at the head.
  private static func flush(_ line: String) -> String {
    let feeds = line.prefix { $0 == "\u{0C}" }
    return String(feeds + line.dropFirst(feeds.count).drop { $0 == " " || $0 == "\t" })
  }

  private static func heading(_ line: String, _ style: Int, isLast: Bool, _ knowledge: StructureKnowledge)
    -> String
  {
    let plain = flush(line)
    let feeds = String(plain.prefix { $0 == "\u{0C}" })
    var bytes = Array(plain.utf8.dropFirst(feeds.utf8.count))
    let whole = 0..<bytes.count
    if bytes.isEmpty { return plain }
    if let number = SectionNumber.decimal(bytes, whole) {
      bytes.removeFirst(number.title)
    } else if let end = SectionNumber.label(bytes, whole, knowledge.divisions), end + 3 < bytes.count {
      bytes = Array(bytes[end...].drop { Numerals.isEdge($0) && $0 < 0x80 })
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let stop = isLast ? "." : ""
    switch style {
    case 0: return feeds + text + stop
    case 1: return feeds + text.uppercased() + stop
    case 2: return feeds + text.uppercased()
    default: return feeds + text
    }
  }
}
