import EmendModel

/// Builds a scan from the pieces of text that a format holds between its marks: words to lines, lines to
/// pages, and the map back to the source.
struct WitnessBuilder {
  private(set) var text: [UInt8] = []
  private(set) var lines: [Scan.Line] = []
  private(set) var pages: [Scan.Page] = []
  private(set) var words: [Scan.ScannedWord] = []
  private(set) var emphasis: [Scan.Emphasis] = []
  private var builder = OffsetMap.Builder()
  private var lineStart: Int?
  private var sourceEnd = 0
  private var layout = Scan.Layout.none
  private var lineSource = 0

  /// Whether the line in work has text.
  var hasText: Bool { lineStart != nil }

  /// Opens a page; its first line is the next one.
  mutating func startPage(name: String = "", size: Scan.Box? = nil) {
    endLine()
    closePage()
    let evidence: Scan.Page.Evidence = pages.isEmpty ? .start : .format
    pages.append(Scan.Page(lines: lines.count..<lines.count, name: name, evidence: evidence, size: size))
  }

  private mutating func closePage() {
    guard let last = pages.indices.last else { return }
    pages[last].lines = pages[last].lines.lowerBound..<lines.count
  }

  /// Sets what is known of the next line.
  mutating func startLine(_ layout: Scan.Layout) {
    endLine()
    self.layout = layout
  }

  /// Ends the line in work; nothing when it has no text.
  ///
  /// - Parameter isForced: whether the format asks for the line end, as HTML's `br` does.
  mutating func endLine(isForced: Bool = false) {
    guard let start = lineStart else {
      layout = .none
      return
    }
    if pages.isEmpty { pages = [Scan.Page(lines: 0..<0, evidence: .start)] }
    if isForced { layout.hardBreak = true }
    lines.append(
      Scan.Line(
        range: start..<text.count, number: lines.count + 1, sourceStart: lineSource, page: pages.count - 1,
        layout: layout))
    insert(0x0A)
    lineStart = nil
    layout = .none
  }

  /// Appends text to the line in work, after a space where the line has text and `spaced` says so. Returns
  /// its place in the witness.
  @discardableResult
  mutating func append(_ piece: Piece, spaced: Bool) -> Range<Int> {
    if lineStart != nil, spaced { insert(0x20) }
    if lineStart == nil {
      lineStart = text.count
      lineSource = piece.source.lowerBound
    }
    let start = text.count
    text.append(contentsOf: piece.bytes)
    // One source byte is never given twice, whatever the markup claims.
    if piece.isExact {
      builder.copy(piece.source)
    } else {
      builder.replace(piece.source, by: piece.bytes.count)
    }
    sourceEnd = piece.source.upperBound
    return start..<text.count
  }

  mutating func addWord(_ range: Range<Int>, confidence: Float?, box: Scan.Box?) {
    guard !range.isEmpty, confidence != nil || box != nil else { return }
    words.append(Scan.ScannedWord(range: range, confidence: confidence, box: box))
  }

  /// Adds an emphasised stretch, or lengthens the last one of the same kind when only a space lies between.
  mutating func addEmphasis(_ range: Range<Int>, _ kind: Scan.Emphasis.Kind) {
    guard !range.isEmpty else { return }
    if let last = emphasis.lastIndex(where: { $0.kind == kind }),
      emphasis[last].range.upperBound <= range.lowerBound,
      range.lowerBound - emphasis[last].range.upperBound <= 1
    {
      emphasis[last].range = emphasis[last].range.lowerBound..<range.upperBound
    } else {
      emphasis.append(Scan.Emphasis(range: range, kind: kind))
    }
  }

  /// Parts two cells of a row, where the line in work has text.
  mutating func gap() {
    guard lineStart != nil else { return }
    for _ in 0..<3 { insert(0x20) }
  }

  private mutating func insert(_ byte: UInt8) {
    text.append(byte)
    builder.replace(sourceEnd..<sourceEnd, by: 1)
  }

  /// The scan of what was appended; `decoded` is the markup it was taken from.
  mutating func finish(_ decoded: DecodedText, id: String, name: String, format: Scan.Format, byteCount: Int)
    -> Scan
  {
    endLine()
    closePage()
    var result = decoded
    result.text = text
    let map = builder.map
    result.origin = decoded.origin.map { OffsetMap.composed($0, map) } ?? map
    var scan = Scan(id: id, decoded: result, name: name, format: format, byteCount: byteCount)
    scan.lines = lines
    scan.pages = pages
    scan.words = words
    scan.emphasis = emphasis
    return scan
  }
}

extension MarkupParser.Outcome {
  /// Adds a warning for markup that is not as it should be.
  ///
  /// - Throws: `ReadingError` when it nests too deep, or when it is broken and held nothing.
  func judge(_ scan: inout Scan, format: String) throws {
    if isTooDeep || message.contains("Excessive depth") {
      throw ReadingError(
        .tooDeep, file: scan.source.name,
        message: "its elements nest deeper than \(MarkupParser.depthLimit) levels")
    }
    guard faults > 0 else { return }
    if scan.text.isEmpty, format != "HTML" {
      throw ReadingError(.badXML, file: scan.source.name, message: "is not well-formed \(format): \(message)")
    }
    scan.warnings.append(
      Warning(
        code: "ill-formed", stage: "reading",
        message: "\(counted(faults, "fault")) in the \(format), first: \(message)")
    )
  }
}
