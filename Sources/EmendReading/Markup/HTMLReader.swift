import EmendModel

/// HTML that no OCR program wrote: a saved page, an article of a journal's site, the output of a word processor.
///
/// Block elements are paragraphs, `br` ends a line within one; quotations, lists, rows of tables and notes are told to
/// the later stages by the layout of their lines.
struct HTMLReader {
  func scan(_ decoded: DecodedText, id: String, name: String, byteCount: Int) throws -> Scan {
    let source = SourceText(decoded.text)
    let survey = HTMLSurvey()
    _ = MarkupParser.parse(source.masked, isHTML: true, handler: survey)
    let handler = HTMLHandler(source, survey)
    let outcome = MarkupParser.parse(source.masked, isHTML: true, handler: handler)
    var scan = handler.builder.finish(decoded, id: id, name: name, format: .html, byteCount: byteCount)
    scan.metadata = handler.metadata
    scan.notes = handler.notes.placed(in: scan)
    try outcome.judge(&scan, format: "HTML")
    return scan
  }
}

/// What must be known before the text is read: which tables hold data, and which places links lead to.
private final class HTMLSurvey: MarkupHandler {
  /// In the order of their start tags.
  private(set) var holdsData: [Bool] = []
  private(set) var targets: Set<String> = []
  private var open: [Int] = []
  private var cell = 0

  /// Bytes of text in a cell beyond which a table lays out a page.
  private static let longestCell = 400
  /// What stands in tables that lay out a page.
  private static let pageElements: Set<String> = [
    "article", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "section", "table", "ul",
  ]

  func start(_ name: String, _ attributes: MarkupAttributes, at position: Int) {
    let name = name.lowercased()
    if Self.pageElements.contains(name) { for table in open { holdsData[table] = false } }
    switch name {
    case "table":
      holdsData.append(open.isEmpty && attributes["role"] != "presentation")
      open.append(holdsData.count - 1)
    case "td", "th": cell = 0
    case "a":
      if let target = HTMLHandler.fragment(attributes["href"]) { targets.insert(target) }
    default: break
    }
  }

  func end(_ name: String) {
    if name.lowercased() == "table" { _ = open.popLast() }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, endingAt position: Int) {
    guard let table = open.last else { return }
    cell += bytes.count { $0 > 0x20 }
    if cell > Self.longestCell { holdsData[table] = false }
  }
}

private final class HTMLHandler: MarkupHandler {
  let source: SourceText
  let survey: HTMLSurvey
  var builder = WitnessBuilder()
  var metadata: [String: String] = [:]
  var notes = HTMLNotes()

  private struct Element {
    var isBlock = false
    /// Whether a note may end with it: a paragraph, an item, a row.
    var isPart = false
    var isHidden = false
    var isQuote = false
    var isNavigation = false
    var isPreformatted = false
    var isList = false
    var isDataTable = false
    var isCell = false
    var isLink = false
    var emphasis: Scan.Emphasis.Kind?
  }

  private var elements: [Element] = []
  private var zone = -1
  private var opensParagraph = true
  private var heading: Int?
  private var listMark: String?
  private var ruleBefore = false
  private var needsSpace = false
  private var (hidden, quotes, navigation, preformatted, dataTables, cells) = (0, 0, 0, 0, 0, 0)
  private var tables = 0
  /// The lists in work: the number of the last item, nil where items bear none.
  private var lists: [Int?] = []
  /// The link in work and the stretch that it has so far.
  private var link: (target: String, isNoteCall: Bool, range: Range<Int>?)?

  init(_ source: SourceText, _ survey: HTMLSurvey) { (self.source, self.survey) = (source, survey) }

  /// Elements that hold others and end no note.
  private static let containers: Set<String> = [
    "article", "body", "dl", "footer", "header", "html", "main", "menu", "ol", "section", "table", "tbody",
    "tfoot", "thead", "ul",
  ]
  private static let blocks: Set<String> = containers.union([
    "address", "aside", "blockquote", "caption", "center", "dd", "details", "div", "dt", "fieldset",
    "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "hr", "li", "nav", "p",
    "pre", "summary", "td", "th", "tr",
  ])
  private static let hiddenElements: Set<String> = [
    "head", "script", "style", "title", "noscript", "template",
  ]

  static func fragment(_ address: String?) -> String? {
    guard let address, address.hasPrefix("#"), address.utf8.count > 1 else { return nil }
    return String(address.dropFirst())
  }

  // MARK: Elements

  func start(_ name: String, _ attributes: MarkupAttributes, at position: Int) {
    let name = name.lowercased()
    var element = Element()
    let role = attributes["role"] ?? attributes["type"] ?? ""
    let names = (attributes["class"] ?? "").lowercased()
    if name == "meta" { readMeta(attributes) }
    if Self.hiddenElements.contains(name) || HTMLNotes.leadsBack(role, names) {
      element.isHidden = true
      hidden += 1
    } else if dataTables > 0, name == "td" || name == "th" {
      element.isCell = true
      if cells == 0 {
        builder.gap()
        needsSpace = false
      }
      cells += 1
    } else if Self.blocks.contains(name) {
      if cells > 0 { needsSpace = true } else { startBlock(name, role, &element) }
    } else if name == "br" {
      lineBreak()
    } else if name == "a", let target = Self.fragment(attributes["href"]), link == nil {
      element.isLink = true
      link = (target, HTMLNotes.isCall(role, names), nil)
    }
    if name == "em" || name == "i" || name == "cite" { element.emphasis = .italic }
    if name == "strong" || name == "b" { element.emphasis = .bold }
    if let style = attributes["style"], style.contains("italic") { element.emphasis = .italic }
    if let id = attributes["id"] ?? (name == "a" ? attributes["name"] : nil), survey.targets.contains(id) {
      let depth = element.isPart ? elements.count : elements.lastIndex(where: \.isPart)
      if let depth {
        notes.open(
          id, isNote: HTMLNotes.isNote(id, role, names), depth: depth, line: builder.lines.count)
      }
    }
    elements.append(element)
  }

  private func startBlock(_ name: String, _ role: String, _ element: inout Element) {
    element.isBlock = true
    element.isPart = !Self.containers.contains(name)
    builder.endLine()
    needsSpace = false
    opensParagraph = true
    switch name {
    case "h1", "h2", "h3", "h4", "h5", "h6": heading = name.last?.wholeNumberValue
    case "blockquote":
      element.isQuote = true
      quotes += 1
    case "nav" where !role.contains("toc"):
      element.isNavigation = true
      navigation += 1
    case "pre":
      element.isPreformatted = true
      preformatted += 1
    case "ul", "menu", "ol":
      element.isList = true
      lists.append(name == "ol" ? 0 : nil)
    case "li":
      if let last = lists.indices.last, let number = lists[last] {
        lists[last] = number + 1
        listMark = "\(number + 1)."
      } else {
        listMark = "-"
      }
    case "hr": ruleBefore = true
    case "table":
      element.isDataTable = tables < survey.holdsData.count && survey.holdsData[tables]
      tables += 1
      if element.isDataTable { dataTables += 1 }
    default: break
    }
  }

  /// One break ends a line, a second one the paragraph.
  private func lineBreak() {
    if cells > 0 {
      needsSpace = true
    } else if builder.hasText {
      builder.endLine(isForced: true)
      needsSpace = false
    } else {
      opensParagraph = true
    }
  }

  func end(_ name: String) {
    guard let element = elements.popLast() else { return }
    if element.isHidden { hidden -= 1 }
    if element.isQuote { quotes -= 1 }
    if element.isNavigation { navigation -= 1 }
    if element.isPreformatted { preformatted -= 1 }
    if element.isList { _ = lists.popLast() }
    if element.isDataTable { dataTables -= 1 }
    if element.isCell { cells -= 1 }
    if element.isLink, let link {
      if let range = link.range {
        notes.call(link.target, builder.text[range], range, isNoteCall: link.isNoteCall)
      }
      self.link = nil
    }
    guard element.isBlock else { return }
    builder.endLine()
    notes.close(depth: elements.count, line: builder.lines.count)
    heading = nil
    listMark = nil
    needsSpace = false
    opensParagraph = true
  }

  // MARK: Text

  func text(_ bytes: UnsafeBufferPointer<UInt8>, endingAt position: Int) {
    if hidden > 0 { return }
    let piece =
      source.place(of: bytes, endingAt: position).map { Piece(source, at: $0) }
      ?? Piece(bytes: Array(bytes), source: source.reference(endingAt: position))
    var start = 0
    let count = piece.bytes.count
    while start < count {
      if isSpace(piece.bytes[start]) {
        if preformatted > 0, cells == 0, piece.bytes[start] == 0x0A { lineBreak() }
        needsSpace = builder.hasText
        start += 1
        continue
      }
      var end = start
      while end < count, !isSpace(piece.bytes[end]) { end += 1 }
      add(piece[start..<end])
      start = end
    }
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  private func add(_ piece: Piece) {
    if !builder.hasText { startLine() }
    let range = builder.append(piece, spaced: needsSpace)
    needsSpace = false
    let linkStart = link?.range?.lowerBound ?? range.lowerBound
    link?.range = linkStart..<range.upperBound
    if let kind = elements.last(where: { $0.emphasis != nil })?.emphasis { builder.addEmphasis(range, kind) }
  }

  private func startLine() {
    if opensParagraph { zone += 1 }
    builder.startLine(
      Scan.Layout(
        heading: heading, zone: zone, startsParagraph: opensParagraph, quoteDepth: quotes,
        listMark: listMark,
        ruleBefore: ruleBefore, part: navigation > 0 ? .navigation : cells > 0 ? .table : nil))
    opensParagraph = false
    listMark = nil
    ruleBefore = false
    needsSpace = false
  }

  private func readMeta(_ attributes: MarkupAttributes) {
    guard let name = attributes["name"], let content = attributes["content"] else { return }
    if name.lowercased().hasPrefix("dc.") { metadata[name] = content }
  }
}
