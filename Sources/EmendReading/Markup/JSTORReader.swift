import EmendModel

/// Texts of JSTOR's Data for Research: `<plain_text>` with a `<page>` element a page, beside a JATS record of
/// the same name in `metadata/` or in the same folder.
struct JSTORReader {
  var options: Reading.Options

  func scan(_ bytes: [UInt8], id: String, name: String, path: String?) throws -> Scan {
    let decoded = LineEnds.normalised(try TextDecoder(file: name, strict: options.strict).decode(bytes))
    let source = SourceText(decoded.text)
    // Some of these texts leave "&" and "<" as they are: HTML's parser gets over that.
    var handler = PageTextHandler(source)
    var outcome = MarkupParser.parse(source.masked, isHTML: false, handler: handler)
    if outcome.faults > 0 {
      handler = PageTextHandler(source)
      outcome = MarkupParser.parse(source.masked, isHTML: true, handler: handler)
    }
    handler.finishPage()
    var scan = handler.builder.finish(decoded, id: id, name: name, format: .jstor, byteCount: bytes.count)
    try outcome.judge(&scan, format: "XML")
    if let path { scan.metadata = metadata(beside: path) }
    return scan
  }

  private func metadata(beside path: String) -> [String: String] {
    let folder = Path.folder(path)
    let record = Path.stem(path) + ".xml"
    let places = [Path.joined(Path.joined(folder, "../metadata"), record), Path.joined(folder, record)]
    for place in places where place != path && Files.kind(place) == .file {
      guard let bytes = try? Files.read(place, limit: options.limits.memberBytes) else { continue }
      return JATSMetadata.facts(bytes)
    }
    return [:]
  }
}

private final class PageTextHandler: MarkupHandler {
  let source: SourceText
  var builder = WitnessBuilder()
  private var depth = 0
  private var pieces: [Piece] = []

  init(_ source: SourceText) { self.source = source }

  func start(_ name: String, _ attributes: MarkupAttributes, at position: Int) {
    guard name == "page" else { return }
    depth += 1
    finishPage()
    builder.startPage(name: attributes["sequence"] ?? attributes["seq"] ?? "")
  }

  func end(_ name: String) {
    guard name == "page" else { return }
    depth -= 1
    finishPage()
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, endingAt position: Int) {
    guard depth > 0 else { return }
    pieces.append(
      source.place(of: bytes, endingAt: position).map { Piece(source, at: $0) }
        ?? Piece(bytes: Array(bytes), source: source.reference(endingAt: position)))
  }

  /// Gives the text so far to the builder, line by line.
  func finishPage() {
    for piece in pieces {
      var start = 0
      while start < piece.bytes.count {
        let end = piece.bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? piece.bytes.count
        if end > start { builder.append(piece[start..<end], spaced: false) }
        if end < piece.bytes.count { builder.endLine() }
        start = end + 1
      }
    }
    builder.endLine()
    pieces = []
  }
}

/// The bibliographic facts of a JATS record.
enum JATSMetadata {
  static func facts(_ bytes: [UInt8]) -> [String: String] {
    let handler = Handler()
    _ = MarkupParser.parse(MarkupParser.masked(bytes), isHTML: false, handler: handler)
    var facts = handler.facts
    if !handler.authors.isEmpty { facts["author"] = handler.authors.joined(separator: "; ") }
    return facts
  }

  private final class Handler: MarkupHandler {
    var facts: [String: String] = [:]
    var authors: [String] = []
    private var path: [String] = []
    private var collected = ""
    private var (surname, given) = ("", "")

    private static let names = [
      "article-title": "title", "journal-title": "journal", "issn": "issn", "publisher-name": "publisher",
      "volume": "volume", "issue": "issue", "fpage": "first-page", "lpage": "last-page", "year": "year",
      "article-id": "article-id", "book-title": "title",
    ]

    func start(_ name: String, _ attributes: MarkupAttributes, at position: Int) {
      path.append(name)
      if Self.names[name] != nil || name == "surname" || name == "given-names" || name == "string-name" {
        collected = ""
      }
    }

    func end(_ name: String) {
      _ = path.popLast()
      // References of the article have titles and years of their own.
      if path.contains("back") || path.contains("ref") || path.contains("product") { return }
      let value = collected.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      switch name {
      case "surname": surname = value
      case "given-names": given = value
      case "string-name", "name":
        let whole = surname.isEmpty ? value : given.isEmpty ? surname : "\(surname), \(given)"
        if !whole.isEmpty, path.contains("contrib") { authors.append(whole) }
        (surname, given) = ("", "")
      default:
        if let key = Self.names[name], facts[key] == nil, !value.isEmpty { facts[key] = value }
      }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>, endingAt position: Int) {
      if collected.utf8.count < 4096 { collected += String(decoding: bytes, as: UTF8.self) }
    }
  }
}
