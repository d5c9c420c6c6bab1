import EmendModel

/// A block while it is worked on.
struct BlockDraft: Sendable {
  var kind: Block.Kind
  /// Indices into `Galley.lines`.
  var lines: [Int]
  var level = 0
  /// Index into `Galley.notes`.
  var note: Int?
  /// Where a block takes only a part of its first line (a by-line on a heading's line, the text after a run-in
  /// head).
  var part: Range<Int>?

  /// Whether line ends inside the block are kept, as in verse and tables.
  var keepsLines: Bool {
    switch kind {
    case .verse, .table, .figure, .contents, .masthead, .index, .title: true
    default: false
    }
  }
}
