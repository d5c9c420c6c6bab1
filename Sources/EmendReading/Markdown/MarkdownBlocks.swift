import EmendModel

/// The lines of a Markdown text: what each is, and which of its bytes are marks.
///
/// A thin scanner over lines, for the Markdown that converters of scans write; nothing nests but block
/// quotes. Rules follow CommonMark 0.31 where they overlap with it.
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
  }

  private(set) var lines: [Line] = []
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

  private mutating func scanLines() {
    var fence: (sign: UInt8, length: Int)?
    var ruleBefore = false
    for index in lines.indices where lines[index].kind == .text {
      var line = lines[index]
      if let open = fence {
        line.kind = .verbatim
        if closes(open, line.range) {
          line.kind = .mark
          fence = nil
        }
        lines[index] = line
        continue
      }
      var content = line.range
      let depth = stripQuoteMarks(&content)
      trimEnd(&content)
      line.content = content
      if content.isEmpty {
        line.kind = .blank
      } else if let open = opensFence(content) {
        line.kind = .mark
        fence = open
      } else if isPageMark(content) {
        line.kind = .mark
        line.startsPage = true
      } else if let level = underlineLevel(content), index > 0, isParagraph(index - 1, depth) {
        line.kind = .mark
        underlined(above: index, level: level, depth: depth)
      } else if isRule(content) {
        line.kind = .mark
        ruleBefore = true
      } else if isTableRule(content) || isDefinition(content) {
        line.kind = .mark
      } else {
        describe(&line, depth: depth, ruleBefore: ruleBefore)
        ruleBefore = false
      }
      lines[index] = line
    }
  }

  /// Fills in the layout of a line of text.
  private func describe(_ line: inout Line, depth: Int, ruleBefore: Bool) {
    var (heading, listMark): (Int?, String?) = (nil, nil)
    var content = line.content
    let body = skippingIndent(content)
    if let level = headingLevel(&content, body: body) {
      heading = level
      line.startsGroup = true
    } else if let mark = bullet(body) {
      listMark = mark
      line.startsGroup = true
      // A number is text and stays; a bullet is a mark.
      content = mark.utf8.count == 1 ? skippingIndent((body.lowerBound + 1)..<body.upperBound) : body
    }
    let raw = text[line.range]
    let hardBreak = heading == nil && (raw.suffix(2).elementsEqual("  ".utf8) || endsInBackslash(content))
    if hardBreak, endsInBackslash(content) { content = content.lowerBound..<(content.upperBound - 1) }
    trimEnd(&content)
    line.content = content
    if heading != nil || listMark != nil || hardBreak || depth > 0 || ruleBefore {
      line.layout = Scan.Layout(
        heading: heading, quoteDepth: depth, listMark: listMark, hardBreak: hardBreak, ruleBefore: ruleBefore)
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

  /// "-", "*", "+" or a number with a full stop or bracket, before a space.
  private func bullet(_ body: Range<Int>) -> String? {
    var end = body.lowerBound
    guard let first = text[body].first else { return nil }
    if first == 0x2D || first == 0x2A || first == 0x2B {
      end += 1
    } else {
      while end < body.upperBound, end - body.lowerBound < 9, text[end] &- 0x30 < 10 { end += 1 }
      guard end > body.lowerBound, end < body.upperBound, text[end] == 0x2E || text[end] == 0x29 else {
        return nil
      }
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
      && line.layout.quoteDepth == depth
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
