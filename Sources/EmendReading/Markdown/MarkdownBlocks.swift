import EmendModel

/// The lines of a Markdown text: what each is, and which of its bytes are marks.
///
/// A thin scanner over lines, for the Markdown that converters of scans write; nothing nests but block
/// quotes. Rules follow CommonMark 0.31 and GitHub's tables and footnotes where they overlap with them.
struct MarkdownBlocks {
  enum Kind: Equatable {
    case blank
    /// Running text, a heading or a list item: inline marks are looked for.
    case text
    /// Lines of a code block.
    case verbatim
    /// A rule, a fence, an underline of a heading, metadata: marks through and through.
    case mark
  }

  struct Line {
    /// The line without its line end.
    var range: Range<Int>
    /// What is left of it without the marks at both ends.
    var content: Range<Int>
    var kind: Kind
    var layout = Scan.Layout.none
    /// Whether inline marks may not run on from the line before.
    var startsGroup = false
    var startsPage = false
    /// The cells of a table's row, without the blanks around them.
    var cells: [Range<Int>] = []
  }

  /// "[^label]: text" and the lines that belong to it.
  struct Note {
    var label: Range<Int>
    /// Where its text begins.
    var text: Int
    /// Indices into `lines`.
    var lines: Range<Int>
  }

  private(set) var lines: [Line] = []
  private(set) var notes: [Note] = []
  /// The lines between the fences of the YAML front matter.
  private(set) var frontMatter: Range<Int>?

  private let text: [UInt8]

  init(_ text: [UInt8]) {
    self.text = text
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      lines.append(Line(range: start..<end, content: start..<end, kind: .text))
      start = end + 1
    }
    markFrontMatter()
    scanLines()
  }

  // MARK: Front matter

  private mutating func markFrontMatter() {
    guard let first = lines.first, text[first.range].elementsEqual("---".utf8) else { return }
    for index in lines.indices.dropFirst().prefix(400) {
      let line = text[lines[index].range]
      guard line.elementsEqual("---".utf8) || line.elementsEqual("...".utf8) else { continue }
      let holdsKey = lines[1..<index].contains { line in
        guard let colon = text[line.range].firstIndex(of: 0x3A), colon > line.range.lowerBound else {
          return false
        }
        return text[line.range.lowerBound..<colon].allSatisfy { $0 > 0x20 }
      }
      guard holdsKey else { return }
      for mark in lines[0...index].indices { lines[mark].kind = .mark }
      if index > 1 { frontMatter = lines[1].range.lowerBound..<lines[index - 1].range.upperBound }
      return
    }
  }

  // MARK: Lines

  /// What the lines above leave open.
  private struct State {
    var fence: (sign: UInt8, length: Int)?
    var ruleBefore = false
    /// Whether the line above is text that may go on, and whether that is an item of a list.
    var isParagraph = false
    var isItem = false
    var isTable = false
    /// Whether a note is open, and whether a blank line stands in it.
    var isNote = false
    var hasBlank = false

    mutating func close() { (isParagraph, isItem, isTable) = (false, false, false) }
  }

  private mutating func scanLines() {
    var state = State()
    for index in lines.indices where lines[index].kind == .text {
      var line = lines[index]
      if let open = state.fence {
        line.kind = .verbatim
        if closes(open, line.range) {
          line.kind = .mark
          state.fence = nil
        }
        lines[index] = line
        if state.isNote { lengthenNote(to: index) }
        continue
      }
      var content = line.range
      if state.isNote { continueNote(&state, &content, index) }
      let depth = stripQuoteMarks(&content)
      trimEnd(&content)
      line.content = content
      if content.isEmpty {
        line.kind = .blank
        state.close()
        state.hasBlank = true
      } else if let open = opensFence(content) {
        line.kind = .mark
        state.close()
        state.fence = open
      } else if isPageMark(content) {
        line.kind = .mark
        line.startsPage = true
        state.close()
      } else if let level = underlineLevel(content), index > 0, isParagraph(index - 1, depth) {
        line.kind = .mark
        underlined(above: index, level: level, depth: depth)
        state.close()
      } else if isRule(content) {
        line.kind = .mark
        state.close()
        state.ruleBefore = true
      } else if isTableRule(content) {
        line.kind = .mark
        let isTable = opensTable(content, above: index, depth)
        state.close()
        state.isTable = isTable
      } else if let note = noteOpening(content, index) {
        notes.append(note)
        line.content = skippingIndent(content)
        line.startsGroup = true
        state.close()
        (state.isNote, state.hasBlank, state.isParagraph) = (true, false, true)
      } else if isDefinition(content) {
        line.kind = .mark
        state.close()
      } else if state.isTable, !opensBlock(content), depth == 0 {
        line.cells = cells(content)
        line.layout.part = .table
        line.startsGroup = true
      } else {
        describe(&line, index, depth: depth, state)
        state.ruleBefore = false
        state.isItem = line.layout.listMark != nil || (state.isItem && line.layout.heading == nil)
        state.isParagraph = line.layout.heading == nil
        state.isTable = false
      }
      lines[index] = line
    }
  }

  // MARK: Notes

  private func noteOpening(_ content: Range<Int>, _ index: Int) -> Note? {
    let body = skippingIndent(content)
    guard body.lowerBound - content.lowerBound <= 3, text[body].starts(with: "[^".utf8) else { return nil }
    let label = MarkdownInline.label(text, (body.lowerBound + 2)..<body.upperBound)
    let colon = label.upperBound + 1
    guard !label.isEmpty, colon < body.upperBound, text[label.upperBound] == 0x5D, text[colon] == 0x3A else {
      return nil
    }
    return Note(
      label: label, text: skippingIndent((colon + 1)..<body.upperBound).lowerBound,
      lines: index..<(index + 1))
  }

  /// What is set in by four blanks belongs to the note above, and so does text right below its text.
  private mutating func continueNote(_ state: inout State, _ content: inout Range<Int>, _ index: Int) {
    var body = skippingIndent(content)
    trimEnd(&body)
    if body.isEmpty { return }
    var (start, columns) = (content.lowerBound, 0)
    while start < body.lowerBound, columns < 4 {
      columns += text[start] == 0x09 ? 4 : 1
      start += 1
    }
    if columns >= 4 {
      content = start..<content.upperBound
      lengthenNote(to: index)
    } else if state.isParagraph, !state.hasBlank, !opensBlock(body), noteOpening(body, index) == nil {
      lengthenNote(to: index)
    } else {
      state.isNote = false
    }
  }

  private mutating func lengthenNote(to index: Int) {
    guard let last = notes.indices.last else { return }
    notes[last].lines = notes[last].lines.lowerBound..<(index + 1)
  }

  /// Whether a line begins a block of its own whatever stands above it.
  private func opensBlock(_ content: Range<Int>) -> Bool {
    var heading = content
    let body = skippingIndent(content)
    return headingLevel(&heading, body: body) != nil || bullet(body, inParagraph: true) != nil
      || text[body].first == 0x3E || opensFence(content) != nil || isRule(content)
  }

  // MARK: Tables

  /// Makes the line above a rule the head of a table, when both have as many cells.
  private mutating func opensTable(_ rule: Range<Int>, above index: Int, _ depth: Int) -> Bool {
    guard depth == 0, index > 0, isParagraph(index - 1, depth), lines[index - 1].cells.isEmpty,
      text[lines[index - 1].content].contains(0x7C)
    else { return false }
    let head = cells(lines[index - 1].content)
    guard head.count == cells(rule).count else { return false }
    lines[index - 1].cells = head
    lines[index - 1].layout.part = .table
    lines[index - 1].startsGroup = true
    return true
  }

  /// What stands between the bars of a row.
  private func cells(_ content: Range<Int>) -> [Range<Int>] {
    var row = skippingIndent(content)
    if text[row].first == 0x7C { row = (row.lowerBound + 1)..<row.upperBound }
    var cells: [Range<Int>] = []
    var start = row.lowerBound
    var at = start
    func close(_ end: Int) {
      var cell = skippingIndent(start..<end)
      trimEnd(&cell)
      cells.append(cell)
    }
    while at < row.upperBound {
      if text[at] == 0x5C {
        at += 1
      } else if text[at] == 0x7C {
        close(at)
        start = at + 1
      }
      at += 1
    }
    if start < row.upperBound { close(row.upperBound) }
    return cells
  }

  /// Fills in the layout of a line of text.
  private func describe(_ line: inout Line, _ index: Int, depth: Int, _ state: State) {
    let ruleBefore = state.ruleBefore
    var (heading, listMark): (Int?, String?) = (nil, nil)
    var content = line.content
    let body = skippingIndent(content)
    if let level = headingLevel(&content, body: body) {
      heading = level
      line.startsGroup = true
    } else if let mark = bullet(body, inParagraph: state.isParagraph && !state.isItem) {
      listMark = mark
      line.startsGroup = true
      // A number is text and stays; a bullet is a mark.
      content = mark.utf8.count == 1 ? skippingIndent((body.lowerBound + 1)..<body.upperBound) : body
    }
    let raw = text[line.range]
    let hardBreak =
      heading == nil
      && (raw.suffix(2).elementsEqual("  ".utf8) || endsInBackslash(content) || endsInBreakTag(content))
    if hardBreak, endsInBackslash(content) { content = content.lowerBound..<(content.upperBound - 1) }
    trimEnd(&content)
    line.content = content
    // A quotation begins right below a line of text.
    let quotes = state.isParagraph && index > 0 && lines[index - 1].layout.quoteDepth < depth
    if heading != nil || listMark != nil || hardBreak || depth > 0 || ruleBefore {
      line.layout = Scan.Layout(
        heading: heading, startsParagraph: quotes ? true : nil, quoteDepth: depth, listMark: listMark,
        hardBreak: hardBreak, ruleBefore: ruleBefore)
    }
  }

  private func skippingIndent(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start < range.upperBound, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
    return start..<range.upperBound
  }

  private func trimEnd(_ range: inout Range<Int>) {
    var end = range.upperBound
    while end > range.lowerBound, text[end - 1] == 0x20 || text[end - 1] == 0x09 || text[end - 1] == 0x0D {
      end -= 1
    }
    range = range.lowerBound..<end
  }

  /// Takes `>` marks off the front and counts them.
  private func stripQuoteMarks(_ range: inout Range<Int>) -> Int {
    var depth = 0
    while true {
      let body = skippingIndent(range)
      guard body.lowerBound - range.lowerBound <= 3, let first = text[body].first, first == 0x3E else {
        return depth
      }
      depth += 1
      var start = body.lowerBound + 1
      if start < range.upperBound, text[start] == 0x20 { start += 1 }
      range = start..<range.upperBound
    }
  }

  private func endsInBackslash(_ range: Range<Int>) -> Bool {
    let slashes = text[range].reversed().prefix { $0 == 0x5C }.count
    return slashes % 2 == 1
  }

  private func endsInBreakTag(_ range: Range<Int>) -> Bool {
    let end = String(decoding: text[range].suffix(6), as: UTF8.self).lowercased()
    return end.hasSuffix("<br>") || end.hasSuffix("<br/>") || end.hasSuffix("<br />")
  }

  private func headingLevel(_ content: inout Range<Int>, body: Range<Int>) -> Int? {
    guard body.lowerBound - content.lowerBound <= 3 else { return nil }
    let level = text[body].prefix { $0 == 0x23 }.count
    guard (1...6).contains(level) else { return nil }
    let rest = (body.lowerBound + level)..<body.upperBound
    guard let next = text[rest].first, next == 0x20 || next == 0x09 else { return nil }
    content = skippingIndent(rest)
    // Closing marks, when a space sets them off.
    let closing = text[content].reversed().prefix { $0 == 0x23 }.count
    let end = content.upperBound - closing
    if closing > 0, end > content.lowerBound, text[end - 1] == 0x20 {
      content = content.lowerBound..<end
      trimEnd(&content)
    }
    return level
  }

  /// "-", "*", "+" or a number with a full stop or bracket, before a space. Within a paragraph only a 1 opens a list:
  /// a year may well stand at the head of a line.
  private func bullet(_ body: Range<Int>, inParagraph: Bool) -> String? {
    var end = body.lowerBound
    guard let first = text[body].first else { return nil }
    if first == 0x2D || first == 0x2A || first == 0x2B {
      end += 1
    } else {
      while end < body.upperBound, end - body.lowerBound < 9, text[end] &- 0x30 < 10 { end += 1 }
      guard end > body.lowerBound, end < body.upperBound, text[end] == 0x2E || text[end] == 0x29,
        !inParagraph || text[body.lowerBound..<end].elementsEqual("1".utf8)
      else { return nil }
      end += 1
    }
    guard end < body.upperBound, text[end] == 0x20 || text[end] == 0x09 else { return nil }
    return String(decoding: text[body.lowerBound..<end], as: UTF8.self)
  }

  private func isRule(_ content: Range<Int>) -> Bool {
    let signs = text[content].filter { $0 != 0x20 && $0 != 0x09 }
    guard signs.count >= 3, let first = signs.first, first == 0x2D || first == 0x2A || first == 0x5F else {
      return false
    }
    return signs.allSatisfy { $0 == first }
  }

  /// "|---|:--:|".
  private func isTableRule(_ content: Range<Int>) -> Bool {
    let line = text[content]
    return line.contains(0x7C) && line.contains(0x2D)
      && line.allSatisfy { $0 == 0x7C || $0 == 0x2D || $0 == 0x3A || $0 == 0x20 }
  }

  /// "[id]: https://…", the target of links.
  private func isDefinition(_ content: Range<Int>) -> Bool {
    let line = text[content]
    guard line.first == 0x5B, let close = line.firstIndex(of: 0x5D), close + 2 < content.upperBound else {
      return false
    }
    guard text[close + 1] == 0x3A, text[content.lowerBound + 1] != 0x5E else { return false }
    let target = String(
      decoding: text[skippingIndent((close + 2)..<content.upperBound)].prefix(8), as: UTF8.self)
    return target.hasPrefix("http") || target.hasPrefix("<") || target.hasPrefix("#") || target.hasPrefix("/")
  }

  /// How converters mark a page start: a comment ("<!-- page 12 -->", "<!-- page break -->"), TeX's
  /// command, or marker's "{12}-----".
  private func isPageMark(_ content: Range<Int>) -> Bool {
    let line = String(decoding: text[content].prefix(64), as: UTF8.self).lowercased()
    if line == "\\newpage" || line == "\\pagebreak" { return true }
    if line.hasPrefix("<!--"), line.hasSuffix("-->") {
      let words = line.dropFirst(4).dropLast(3).split { !$0.isLetter && !$0.isNumber }
      return words.first == "page" || words.first == "pagebreak" || words.first == "newpage"
    }
    guard line.hasPrefix("{"), let close = line.firstIndex(of: "}") else { return false }
    let number = line[line.index(after: line.startIndex)..<close]
    let rest = line[line.index(after: close)...]
    return !number.isEmpty && number.allSatisfy(\.isNumber) && rest.count >= 10
      && rest.allSatisfy { $0 == "-" }
  }

  private func opensFence(_ content: Range<Int>) -> (sign: UInt8, length: Int)? {
    let body = skippingIndent(content)
    guard let sign = text[body].first, sign == 0x60 || sign == 0x7E else { return nil }
    let length = text[body].prefix { $0 == sign }.count
    guard length >= 3, !(sign == 0x60 && text[body].dropFirst(length).contains(0x60)) else { return nil }
    return (sign, length)
  }

  private func closes(_ fence: (sign: UInt8, length: Int), _ range: Range<Int>) -> Bool {
    var content = skippingIndent(range)
    trimEnd(&content)
    return content.count >= fence.length && text[content].allSatisfy { $0 == fence.sign }
  }

  /// "====" 1, "----" 2.
  private func underlineLevel(_ content: Range<Int>) -> Int? {
    let line = text[content]
    guard line.count >= 2, let first = line.first, first == 0x3D || first == 0x2D else { return nil }
    return line.allSatisfy { $0 == first } ? (first == 0x3D ? 1 : 2) : nil
  }

  private func isParagraph(_ index: Int, _ depth: Int) -> Bool {
    let line = lines[index]
    return line.kind == .text && line.layout.heading == nil && line.layout.listMark == nil
      && line.layout.quoteDepth == depth && !(notes.last?.lines.contains(index) ?? false)
  }

  /// Makes the lines over an underline a heading, unless they are too many for one.
  private mutating func underlined(above index: Int, level: Int, depth: Int) {
    var first = index
    while first > 0, isParagraph(first - 1, depth), index - first < 4 { first -= 1 }
    guard index - first < 4 else { return }
    for line in first..<index {
      lines[line].layout.heading = level
      lines[line].startsGroup = line == first
    }
  }
}
