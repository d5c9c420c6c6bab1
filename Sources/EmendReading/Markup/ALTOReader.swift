import EmendModel

/// ALTO 1 to 4: lines as printed, a hyphen at the end of a line that cuts a word, word confidences and boxes,
/// styles as emphasis and type size.
///
/// Schema: https://www.loc.gov/standards/alto/. Boxes are given in the unit of the file (pixels, or tenths of
/// millimetres and the like), as the size of the page is.
struct ALTOReader {
  var options: Reading.Options

  func scan(_ bytes: [UInt8], id: String, name: String) throws -> Scan {
    let decoded = try TextDecoder(file: name, strict: options.strict).decode(bytes)
    let handler = ALTOHandler(SourceText(decoded.text))
    let outcome = MarkupParser.parse(handler.source.masked, isHTML: false, handler: handler)
    var builder = handler.assembled()
    var scan = builder.finish(decoded, id: id, name: name, format: .alto, byteCount: bytes.count)
    scan.metadata = handler.metadata
    try outcome.judge(&scan, format: "ALTO")
    return scan
  }
}

private final class ALTOHandler: MarkupHandler {
  let source: SourceText
  var metadata: [String: String] = [:]

  private struct Style {
    var size: Double?
    var isItalic = false
    var isBold = false
  }
  private struct Token {
    var piece: Piece
    var confidence: Float?
    var box: Scan.Box?
    var style: String
    /// Printed close to the one before: the hyphen at the end of a line.
    var isGlued = false
  }
  private struct Line {
    var tokens: [Token] = []
    var box: Scan.Box?
    var block: Int
    var style: String
    var opensBlock: Bool
    /// The whole word of which the last token is the first part (`SUBS_CONTENT`), and that part.
    var cutWord: (whole: String, part: String)?
  }
  private struct Page {
    var name: String
    var size: Scan.Box?
    /// Lines of the top margin, the print space and the other margins, read in this order.
    var areas: [[Line]] = [[], [], []]
  }

  private var styles: [String: Style] = [:]
  private var pages: [Page] = []
  private var area = 1
  private var block = -1
  private var blockStyles: [String] = []
  private var opensBlock = false
  private var line: Line?
  /// Set while the last token is the first part of a cut word that no HYP has followed yet.
  private var awaitsHyphen = false
  private var collects: String?
  private var collected = ""

  init(_ source: SourceText) { self.source = source }

  func start(_ name: String, _ attributes: MarkupAttributes, at position: Int) {
    switch name {
    case "alto":
      metadata["alto-schema"] =
        attributes["SCHEMAVERSION"] ?? attributes["schemaLocation"] ?? attributes["noNamespaceSchemaLocation"]
    case "fileName", "softwareName", "documentIdentifier":
      collects = name
      collected = ""
    case "TextStyle":
      guard let id = attributes["ID"] else { return }
      let style = (attributes["FONTSTYLE"] ?? "").lowercased()
      let size = attributes["FONTSIZE"].flatMap(Double.init)
      styles[id] = Style(
        size: size.flatMap { $0 > 0 && $0.isFinite ? $0 : nil }, isItalic: style.contains("italic"),
        isBold: style.contains("bold"))
    case "Page":
      let size = Self.box(attributes)
      pages.append(Page(name: attributes["PHYSICAL_IMG_NR"] ?? attributes["ID"] ?? "", size: size))
      area = 1
    case "TopMargin": area = 0
    case "PrintSpace": area = 1
    case "LeftMargin", "RightMargin", "BottomMargin": area = 2
    case "TextBlock", "ComposedBlock":
      blockStyles.append(attributes["STYLEREFS"] ?? "")
      if name == "TextBlock" {
        block += 1
        opensBlock = true
      }
    case "TextLine":
      line = Line(
        box: Self.box(attributes), block: max(0, block),
        style: attributes["STYLEREFS"] ?? blockStyles.last ?? "", opensBlock: opensBlock)
      opensBlock = false
    case "String": addString(attributes, position)
    case "HYP": addHyphen(attributes, position)
    default: break
    }
  }

  private func addString(_ attributes: MarkupAttributes, _ position: Int) {
    let content = attributes["CONTENT"] ?? ""
    guard !content.allSatisfy(\.isWhitespace) else { return }
    let piece = Piece(content, attribute: "CONTENT", in: source, tagEndingAt: position)
    let confidence = attributes["WC"].flatMap(Float.init).flatMap { $0.isFinite ? min(1, max(0, $0)) : nil }
    let token = Token(
      piece: piece, confidence: confidence, box: Self.box(attributes),
      style: attributes["STYLEREFS"] ?? line?.style ?? "")
    if line == nil { line = Line(block: max(0, block), style: "", opensBlock: opensBlock) }
    line?.tokens.append(token)
    let isCut = attributes["SUBS_TYPE"] == "HypPart1"
    awaitsHyphen = isCut && !Self.endsInHyphen(content)
    line?.cutWord = isCut ? attributes["SUBS_CONTENT"].map { ($0, content) } : nil
  }

  /// Whether the hyphen at the end of a line belongs to the word, as the whole word shows; nil when it shows
  /// nothing.
  private static func hyphen(_ cut: (whole: String, part: String)?) -> Scan.Layout.Hyphen? {
    guard let cut else { return nil }
    let part = endsInHyphen(cut.part) ? String(cut.part.dropLast()) : cut.part
    guard !part.isEmpty, cut.whole.hasPrefix(part), let next = cut.whole.dropFirst(part.count).first else {
      return nil
    }
    return endsInHyphen(String(next)) ? .hard : .soft
  }

  /// The hyphen of a cut word, which some programs leave empty and some have in the word already.
  private func addHyphen(_ attributes: MarkupAttributes, _ position: Int) {
    guard let last = line?.tokens.last else { return }
    awaitsHyphen = false
    if last.isGlued || Self.endsInHyphen(String(decoding: last.piece.bytes, as: UTF8.self)) { return }
    let content = attributes["CONTENT"] ?? ""
    let piece =
      content.isEmpty || content == "\u{AD}"
      ? Piece("-", source: source.value(of: "CONTENT", inTagEndingAt: position) ?? position..<position)
      : Piece(content, attribute: "CONTENT", in: source, tagEndingAt: position)
    line?.tokens.append(Token(piece: piece, confidence: nil, box: nil, style: last.style, isGlued: true))
  }

  private static func endsInHyphen(_ text: String) -> Bool {
    text.unicodeScalars.last.map { $0 == "-" || $0 == "\u{AD}" || $0 == "\u{2010}" || $0 == "¬" } ?? false
  }

  func end(_ name: String) {
    switch name {
    case "TextLine":
      guard var done = line else { return }
      if awaitsHyphen, let last = done.tokens.last {
        let end = last.piece.source.upperBound
        done.tokens.append(Token(piece: Piece("-", source: end..<end), style: last.style, isGlued: true))
      }
      awaitsHyphen = false
      line = nil
      if pages.isEmpty { pages = [Page(name: "")] }
      pages[pages.count - 1].areas[area].append(done)
    case "TextBlock", "ComposedBlock": _ = blockStyles.popLast()
    case "TopMargin", "LeftMargin", "RightMargin", "BottomMargin", "PrintSpace": area = 1
    case "fileName", "softwareName", "documentIdentifier":
      if collects == name, metadata[name] == nil, !collected.isEmpty { metadata[name] = collected }
      collects = nil
    default: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, endingAt position: Int) {
    guard collects != nil, collected.utf8.count < 1024 else { return }
    collected += String(decoding: bytes, as: UTF8.self)
  }

  private static func box(_ attributes: MarkupAttributes) -> Scan.Box? {
    guard let width = attributes.integer("WIDTH"), let height = attributes.integer("HEIGHT") else {
      return nil
    }
    return Scan.Box(
      x: attributes.integer("HPOS") ?? 0, y: attributes.integer("VPOS") ?? 0, width: width, height: height)
  }

  // MARK: Assembly

  func assembled() -> WitnessBuilder {
    // A file that breaks off leaves a line open.
    end("TextLine")
    var builder = WitnessBuilder()
    for page in pages {
      builder.startPage(name: page.name, size: page.size)
      for line in page.areas.joined() { add(line, to: &builder) }
    }
    return builder
  }

  private func add(_ line: Line, to builder: inout WitnessBuilder) {
    let size = line.tokens.lazy.compactMap { self.style($0.style).size }.first
    builder.startLine(
      Scan.Layout(
        zone: line.block, startsParagraph: line.opensBlock ? true : nil, box: line.box, fontSize: size,
        hyphen: Self.hyphen(line.cutWord)))
    for token in line.tokens {
      let range = builder.append(token.piece, spaced: !token.isGlued)
      if !token.isGlued { builder.addWord(range, confidence: token.confidence, box: token.box) }
      let style = style(token.style)
      if style.isItalic { builder.addEmphasis(range, .italic) }
      if style.isBold { builder.addEmphasis(range, .bold) }
    }
    builder.endLine()
  }

  /// The styles that a list of references names, taken together.
  private func style(_ references: String) -> Style {
    var result = Style()
    for id in references.split(separator: " ") {
      guard let style = styles[String(id)] else { continue }
      result.size = result.size ?? style.size
      result.isItalic = result.isItalic || style.isItalic
      result.isBold = result.isBold || style.isBold
    }
    return result
  }
}
