import EmendModel

/// The cross table of the typology: who initiates, by which mechanism, and the sentences that say so.
///
/// ```swift
/// let table = Typology(document: document, tags: tags)
/// table.cell("role/initiator/external", "mechanism/coercion").sentences   // [53, 91]
/// ```
///
/// A sentence stands in a cell when it bears both labels. One that bears a mechanism but no initiator is counted
/// with the initiator of its paragraph, when the paragraph has one kind only, and listed under `byParagraph`.
public struct Typology: Sendable {
  public struct Cell: Sendable, Equatable {
    /// Indices into `Document.sentences`.
    public var sentences: [Int] = []
    /// Sentences that stand here by the initiator of their paragraph.
    public var byParagraph: [Int] = []
  }

  /// Rows, from inside the state to outside to open.
  public static let initiators = ["role/initiator/domestic", "role/initiator/external", "role/initiator"]
  public static let mechanisms = ["mechanism/contracting", "mechanism/coercion", "mechanism/persuasion"]

  public let rows: [String]
  public let columns: [String]
  private let cells: [[Cell]]

  /// Mechanisms in an enumeration are left out unless `enumerations` is true.
  public init(
    document: Document, tags: TagLayer, rows: [String] = Typology.initiators,
    columns: [String] = Typology.mechanisms, enumerations: Bool = false
  ) {
    self.rows = rows
    self.columns = columns
    var cells = Array(repeating: Array(repeating: Cell(), count: columns.count), count: rows.count)
    var start = 0
    let sentences = tags.sentences.filter { document.sentences.indices.contains($0.sentence) }
    while start < sentences.count {
      let block = document.sentences[sentences[start].sentence].block
      var end = start
      while end < sentences.count, document.sentences[sentences[end].sentence].block == block { end += 1 }
      let paragraph = sentences[start..<end]
      let kinds = rows.indices.filter { row in paragraph.contains { Self.bears($0, rows[row], true) } }
      for sentence in paragraph {
        let own = rows.indices.filter { Self.bears(sentence, rows[$0], true) }
        for column in columns.indices where Self.bears(sentence, columns[column], enumerations) {
          for row in own { cells[row][column].sentences.append(sentence.sentence) }
          if own.isEmpty, kinds.count == 1 { cells[kinds[0]][column].byParagraph.append(sentence.sentence) }
        }
      }
      start = end
    }
    self.cells = cells
  }

  /// A cell by its labels; empty when the table has no such row or column.
  public func cell(_ row: String, _ column: String) -> Cell {
    guard let row = rows.firstIndex(of: row), let column = columns.firstIndex(of: column) else {
      return Cell()
    }
    return cells[row][column]
  }

  /// Whether a sentence bears a label or a kind of it. An initiator whose place is open is no kind of the others, and
  /// the row of open ones takes no others in.
  private static func bears(_ sentence: SentenceTags, _ label: String, _ enumerations: Bool) -> Bool {
    sentence.labels.contains { hit in
      guard enumerations || !hit.flags.contains(.enumeration) else { return false }
      return hit.label == label || label != "role/initiator" && hit.label.hasPrefix(label + "/")
    }
  }
}
