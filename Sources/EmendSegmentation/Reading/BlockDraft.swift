import EmendModel

/// A block while it is worked on.
struct BlockDraft: Sendable {
  var kind: Block.Kind
  @Small var level = 0
  /// Index into `Galley.notes`, -1 for none.
  @Compact private var noteIndex = -1
  private var partStart: UInt32 = 0
  /// 0 where the block takes the whole of its first line.
  private var partEnd: UInt32 = 0
  /// Indices into `Galley.lines`.
  var lines: [Int]

  init(kind: Block.Kind, lines: [Int], note: Int? = nil, part: Range<Int>? = nil) {
    self.kind = kind
    self.lines = lines
    self.note = note
    self.part = part
  }

  /// Index into `Galley.notes`.
  var note: Int? {
    get { noteIndex < 0 ? nil : noteIndex }
    set { noteIndex = newValue ?? -1 }
  }

  /// Where a block takes only a part of its first line (a by-line on a heading's line, the text after a run-in
  /// head).
  var part: Range<Int>? {
    get { partEnd == 0 ? nil : Int(partStart)..<Int(partEnd) }
    set { (partStart, partEnd) = newValue.map { (UInt32($0.lowerBound), UInt32($0.upperBound)) } ?? (0, 0) }
  }

  /// Whether line ends inside the block are kept, as in verse and tables.
  var keepsLines: Bool {
    switch kind {
    case .verse, .table, .figure, .contents, .masthead, .index, .title: true
    default: false
    }
  }
}
