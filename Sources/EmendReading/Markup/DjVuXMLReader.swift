import EmendModel

/// The hidden text of DjVu as the Internet Archive gives it beside its volumes (`…_djvu.xml`): an `OBJECT` a page, in
/// it columns, paragraphs, lines and words with their boxes and confidences.
///
/// Schema: https://djvu.sourceforge.net/doc/man/djvuxml.html. A box is given there as left, bottom, right and top,
/// counted in pixels from the upper edge of the page.
struct DjVuXMLReader {
  var options: Reading.Options

  func scan(_ bytes: [UInt8], id: String, name: String) throws -> Scan {
    let decoded = try TextDecoder(file: name, strict: options.strict).decode(bytes)
    let handler = DjVuHandler(SourceText(decoded.text))
    let outcome = MarkupParser.parse(handler.source.masked, isHTML: false, handler: handler)
    var scan = handler.builder.finish(decoded, id: id, name: name, format: .djvuXML, byteCount: bytes.count)
    try outcome.judge(&scan, format: "XML")
    return scan
  }
}

private final class DjVuHandler: MarkupHandler {
  let source: SourceText
  var builder = WitnessBuilder()
  private var size: Scan.Box?
  private var zone = -1
  private var opensParagraph = false
  private var word: (start: Int?, end: Int, confidence: Float?, box: Scan.Box?)?

  init(_ source: SourceText) { self.source = source }

  func start(_ name: String, _ attributes: MarkupAttributes, at position: Int) {
    switch name {
    case "OBJECT":
      size = attributes.integer("width").flatMap { width in
        attributes.integer("height").map { Scan.Box(x: 0, y: 0, width: width, height: $0) }
      }
      builder.startPage(name: attributes["usemap"] ?? "", size: size)
    case "PARAGRAPH":
      zone += 1
      opensParagraph = true
    case "LINE":
      builder.startLine(
        Scan.Layout(zone: zone >= 0 ? zone : nil, startsParagraph: zone >= 0 ? opensParagraph : nil))
      opensParagraph = false
    case "WORD":
      let confidence = attributes["x-confidence"].flatMap(Float.init).flatMap {
        $0.isFinite ? min(1, max(0, $0 / 100)) : nil
      }
      word = (nil, 0, confidence, Self.box(attributes["coords"] ?? ""))
    default: break
    }
  }

  func end(_ name: String) {
    switch name {
    case "LINE": builder.endLine()
    case "WORD":
      if let word, let start = word.start {
        builder.addWord(start..<word.end, confidence: word.confidence, box: word.box)
      }
      word = nil
    default: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, endingAt position: Int) {
    guard word != nil else { return }
    let piece =
      source.place(of: bytes, endingAt: position).map { Piece(source, at: $0) }
      ?? Piece(bytes: Array(bytes), source: source.reference(endingAt: position))
    // A word may come in pieces, one for each reference in it; white space around it is none of it.
    var start = 0
    while start < piece.bytes.count {
      var end = start
      while end < piece.bytes.count, piece.bytes[end] > 0x20 { end += 1 }
      if end > start {
        let range = builder.append(piece[start..<end], spaced: word?.start == nil)
        if word?.start == nil { word?.start = range.lowerBound }
        word?.end = range.upperBound
      }
      start = end + 1
    }
  }

  private static func box(_ coordinates: String) -> Scan.Box? {
    let sides = coordinates.split(separator: ",").compactMap { Int($0) }
    guard sides.count >= 4, sides.allSatisfy({ abs($0) < 1 << 30 }) else { return nil }
    let (top, bottom) = (min(sides[1], sides[3]), max(sides[1], sides[3]))
    return Scan.Box(x: sides[0], y: top, width: max(0, sides[2] - sides[0]), height: bottom - top)
  }
}
