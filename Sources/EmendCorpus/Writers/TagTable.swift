import EmendModel

/// Tags as comma-separated values: one row for each label and each entity of a sentence.
public struct TagTable: Sendable {
  private let writer: CSVWriter

  /// - Parameter raw: whether cells that a spreadsheet would take for a formula stay as they are.
  public init(raw: Bool = false) { writer = CSVWriter(raw: raw) }

  private static let columns = [
    "document", "id", "page", "line", "line_end", "section", "type", "value", "implicit", "score", "flags",
    "role", "evidence", "entries", "text", "lexicon",
  ]

  /// The line of column names.
  public var head: [UInt8] { writer.line(Self.columns.map { .text($0) }) }

  /// The rows of one document, in text order.
  public func rows(of edition: Edition) -> [UInt8] {
    let (document, tags) = (edition.document, edition.tags)
    var out: [UInt8] = []
    for sentence in tags.sentences where document.sentences.indices.contains(sentence.sentence) {
      let (range, block) = (
        document.sentences[sentence.sentence].range, document.sentences[sentence.sentence].block
      )
      let places = document.places(ofReading: range)
      let section = document.blocks.indices.contains(block) ? document.blocks[block].section : -1
      let head: [CSVWriter.Cell] = [
        .text(document.id), .text(Records.sentenceID(sentence.sentence, in: document)),
        .text(document.pageLabel(ofReading: range.lowerBound)), .number("\(places.first.line)"),
        .number("\(places.last.line)"),
        .text(document.sections.indices.contains(section) ? document.sections[section].title : ""),
      ]
      func row(_ cells: [CSVWriter.Cell], _ evidence: [Evidence]) {
        let words = evidence.map { $0.entry.hasPrefix("rule:") ? "" : document.text($0.range) }
        let tail: [CSVWriter.Cell] = [
          .text(words.filter { !$0.isEmpty }.joined(separator: " | ")),
          .text(evidence.map(\.entry).joined(separator: " | ")), .text(document.text(range)),
          .text(tags.lexicon),
        ]
        out += writer.line(head + cells + tail)
      }
      for label in sentence.labels {
        var score = JSONLine()
        score.value(label.score)
        row(
          [
            .text("label"), .text(label.label), .text(label.implicit ? "true" : "false"),
            .number(JSONText.string(score)), .text(label.flags.map(\.rawValue).joined(separator: " ")),
            .empty,
          ], label.evidence)
      }
      for actor in sentence.actors {
        row(
          [.text("actor"), .text(actor.id), .empty, .empty, .empty, .text(actor.role ?? "")], actor.evidence)
      }
    }
    return out
  }
}
