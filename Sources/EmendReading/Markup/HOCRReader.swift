import EmendModel
import EmendText

/// hOCR, from any program and however untidy: pages, lines and words by their classes where it has them, else
/// by the block elements of HTML.
///
/// hOCR 1.2, https://kba.github.io/hocr-spec/1.2/.
struct HOCRReader {
  var options: Reading.Options

  func scan(_ bytes: [UInt8], id: String, name: String) throws -> Scan {
    let decoded = try TextDecoder(file: name, strict: options.strict).decode(bytes)
    guard Self.hasClasses(decoded.text) else {
      return try HTMLReader().scan(decoded, id: id, name: name, byteCount: bytes.count)
    }
    let handler = HOCRHandler(SourceText(decoded.text))
    let outcome = MarkupParser.parse(handler.source.masked, isHTML: true, handler: handler)
    var scan = handler.builder.finish(decoded, id: id, name: name, format: .hocr, byteCount: bytes.count)
    scan.metadata = handler.metadata
    try outcome.judge(&scan, format: "HTML")
    return scan
  }

  /// Whether an OCR program wrote the file: its elements have hOCR's classes.
  private static func hasClasses(_ bytes: [UInt8]) -> Bool {
    Recogniser.find(bytes, "ocr_") != nil || Recogniser.find(bytes, "ocrx_") != nil
  }
}

private final class HOCRHandler: MarkupHandler {
  let source: SourceText
  var builder = WitnessBuilder()
  var metadata: [String: String] = [:]

  private struct Element {
    var role: Role
    var emphasis: Scan.Emphasis.Kind?
    var isHidden = false
    var keepsLines = false
  }
  private enum Role { case page, paragraph, line, word, block, inline }

  private var elements: [Element] = []
  /// The paragraph in work, counted through the document.
  private var zone = -1
  private var startsParagraph = false
  private var heading: Int?
  private var needsSpace = false
  private var isInLine = false
  private var word: (start: Int?, confidence: Float?, box: Scan.Box?, end: Int)?
  private var hidden = 0
  private var preformatted = 0

  /// Whether words that touch are one: so it is in files that put white space between their words.
  private let wordsMayTouch: Bool

  init(_ source: SourceText) {
    self.source = source
    wordsMayTouch = Self.hasSpacesBetweenWords(source.masked)
  }

  /// Whether at least a fifth of the word elements come after white space.
  private static func hasSpacesBetweenWords(_ bytes: [UInt8]) -> Bool {
    var (words, spaced) = (0, 0)
    var at = 0
    while let hit = Recogniser.find(bytes, "ocrx_word", from: at) {
      at = hit + 9
      guard let open = bytes[..<hit].lastIndex(of: 0x3C), open > 0 else { continue }
      words += 1
      if bytes[open - 1] <= 0x20 { spaced += 1 }
    }
    return words > 0 && spaced * 5 >= words
  }

  private static let blocks: Set<String> = [
    "address", "article", "blockquote", "body", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3",
    "h4",
    "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
  ]
  private static let hiddenElements: Set<String> = [
    "head", "script", "style", "title", "noscript", "template",
  ]
  private static let lineClasses: Set<String> = [
    "ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocr_pageno",
  ]

  func start(_ name: String, _ attributes: MarkupAttributes, at position: Int) {
    let name = name.lowercased()
    var element = Element(role: .inline)
    if Self.hiddenElements.contains(name) {
      element.isHidden = true
      hidden += 1
    }
    if name == "meta" { readMeta(attributes) }
    let title = TitleProperties(attributes["title"] ?? "")
    let classes = (attributes["class"] ?? "").split { $0 == " " }.map(String.init)

    if classes.contains("ocr_page") {
      element.role = .page
      builder.startPage(name: title.pageName, size: title.box)
    } else if classes.contains(where: Self.lineClasses.contains) {
      element.role = .line
      startLine(title)
    } else if classes.contains("ocrx_word") || classes.contains("ocr_word") {
      element.role = .word
      if !wordsMayTouch { needsSpace = true }
      word = (nil, title.confidence, title.box, 0)
    } else if classes.contains("ocr_par") || (Self.blocks.contains(name) && !isInLine) {
      element.role = classes.contains("ocr_par") || name == "p" ? .paragraph : .block
      builder.endLine()
      needsSpace = false
      if let level = Self.headingLevel(name) { heading = level }
      if element.role == .paragraph || heading != nil {
        zone += 1
        startsParagraph = true
      }
      if name == "pre" {
        element.keepsLines = true
        preformatted += 1
      }
    } else if name == "br" {
      if !isInLine { builder.endLine() }
      needsSpace = true
    }
    let style = attributes["style"] ?? ""
    if name == "em" || name == "i" || style.contains("italic") { element.emphasis = .italic }
    if name == "strong" || (name == "b" && classes.isEmpty) { element.emphasis = .bold }
    elements.append(element)
  }

  func end(_ name: String) {
    guard let element = elements.popLast() else { return }
    if element.isHidden { hidden -= 1 }
    if element.keepsLines { preformatted -= 1 }
    switch element.role {
    case .page, .paragraph, .block:
      if isInLine { return }
      builder.endLine()
      heading = nil
      needsSpace = false
    case .line:
      builder.endLine()
      isInLine = false
      needsSpace = false
    case .word:
      if let word, let start = word.start {
        builder.addWord(start..<word.end, confidence: word.confidence, box: word.box)
      }
      word = nil
    case .inline: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, endingAt position: Int) {
    if hidden > 0 { return }
    let piece =
      source.place(of: bytes, endingAt: position).map { Piece(source, at: $0) }
      ?? Piece(bytes: Array(bytes), source: source.reference(endingAt: position))
    var start = 0
    let count = piece.bytes.count
    while start < count {
      if isSpace(piece.bytes[start]) {
        if preformatted > 0, piece.bytes[start] == 0x0A { builder.endLine() }
        needsSpace = true
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
    if !builder.hasText, !isInLine { startLine(nil) }
    let range = builder.append(piece, spaced: needsSpace)
    needsSpace = false
    if word != nil {
      if word?.start == nil { word?.start = range.lowerBound }
      word?.end = range.upperBound
    }
    if let kind = elements.last(where: { $0.emphasis != nil })?.emphasis { builder.addEmphasis(range, kind) }
  }

  private func startLine(_ title: TitleProperties?) {
    builder.startLine(
      Scan.Layout(
        heading: heading, zone: zone >= 0 ? zone : nil, startsParagraph: zone >= 0 ? startsParagraph : nil,
        box: title?.box, fontSize: title?.fontSize))
    startsParagraph = false
    needsSpace = false
    isInLine = title != nil
  }

  private func readMeta(_ attributes: MarkupAttributes) {
    guard let name = attributes["name"], let content = attributes["content"] else { return }
    if name == "ocr-system" || name.lowercased().hasPrefix("dc.") { metadata[name] = content }
  }

  private static func headingLevel(_ name: String) -> Int? {
    guard name.utf8.count == 2, name.hasPrefix("h"), let level = Int(name.dropFirst()) else { return nil }
    return (1...6).contains(level) ? level : nil
  }
}

/// What hOCR puts into a title: "bbox 0 0 1582 2495; x_wconf 97; ppageno 10".
private struct TitleProperties {
  var box: Scan.Box?
  var confidence: Float?
  var fontSize: Double?
  var pageName = ""

  init(_ title: String) {
    for property in title.split(separator: ";") {
      let parts = property.split { $0 == " " || $0 == "\t" || $0 == "\n" }
      guard let key = parts.first else { continue }
      switch key {
      case "bbox":
        let sides = parts.dropFirst().compactMap { Int($0) }
        guard sides.count == 4, sides.allSatisfy({ abs($0) < 1 << 30 }) else { continue }
        box = Scan.Box(
          x: sides[0], y: sides[1], width: max(0, sides[2] - sides[0]), height: max(0, sides[3] - sides[1]))
      case "x_wconf", "x_confs":
        if parts.count > 1, let value = Float(parts[1]), value.isFinite {
          confidence = min(1, max(0, value / 100))
        }
      case "x_fsize", "x_size":
        if fontSize == nil, parts.count > 1, let value = Double(parts[1]), value > 0, value.isFinite {
          fontSize = value
        }
      case "image":
        let name = parts.dropFirst().joined(separator: " ").filter { $0 != "\"" && $0 != "'" }
        pageName = Path.last(name)
      case "ppageno": if pageName.isEmpty, parts.count > 1 { pageName = String(parts[1]) }
      default: break
      }
    }
  }
}
