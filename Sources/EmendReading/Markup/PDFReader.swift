import EmendModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The text layer of a PDF, through poppler's `pdftotext -bbox-layout`: pages, blocks, lines and words with
/// their boxes in points.
///
/// No byte of the text stands in the file as such, so the witness is its own source of offsets.
struct PDFReader {
  var options: Reading.Options

  func scan(_ bytes: [UInt8], id: String, name: String, path: String?) throws -> Scan {
    let output: [UInt8]
    if let path, path != "-" {
      output = try Self.convert(path, name: name, limit: options.limits.documentBytes)
    } else {
      output = try Self.withTemporaryFile(bytes, name: name) {
        try Self.convert($0, name: name, limit: options.limits.documentBytes)
      }
    }
    let handler = Handler(SourceText(output))
    let outcome = MarkupParser.parse(handler.source.masked, isHTML: true, handler: handler)
    var scan = handler.builder.finish(
      DecodedText(text: output), id: id, name: name, format: .pdf, byteCount: bytes.count)
    scan.origin = nil
    for index in scan.lines.indices { scan.lines[index].sourceStart = scan.lines[index].range.lowerBound }
    if outcome.isTooDeep { try outcome.judge(&scan, format: "HTML") }
    if scan.text.isEmpty {
      scan.warnings.append(
        Warning(
          code: "no-text-layer", stage: "reading", message: "the PDF has no text layer; it needs OCR first"))
    }
    return scan
  }

  private final class Handler: MarkupHandler {
    let source: SourceText
    var builder = WitnessBuilder()
    private var zone = -1
    private var opensBlock = false
    private var word: (range: Range<Int>?, box: Scan.Box?)?

    init(_ source: SourceText) { self.source = source }

    func start(_ name: String, _ attributes: MarkupAttributes, at position: Int) {
      switch name {
      case "page":
        let (width, height) = (attributes.integer("width") ?? 0, attributes.integer("height") ?? 0)
        builder.startPage(size: Scan.Box(x: 0, y: 0, width: width, height: height))
      case "block":
        zone += 1
        opensBlock = true
      case "line":
        builder.startLine(
          Scan.Layout(zone: max(0, zone), startsParagraph: opensBlock ? true : nil, box: Self.box(attributes))
        )
        opensBlock = false
      case "word": word = (nil, Self.box(attributes))
      default: break
      }
    }

    func end(_ name: String) {
      switch name {
      case "line": builder.endLine()
      case "word":
        if let word, let range = word.range { builder.addWord(range, confidence: nil, box: word.box) }
        word = nil
      default: break
      }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>, endingAt position: Int) {
      guard let open = word else { return }
      let piece =
        source.place(of: bytes, endingAt: position).map { Piece(source, at: $0) }
        ?? Piece(bytes: Array(bytes), source: source.reference(endingAt: position))
      let range = builder.append(piece, spaced: open.range == nil)
      word?.range = (open.range?.lowerBound ?? range.lowerBound)..<range.upperBound
    }

    /// HTML's parser gives names in small letters.
    private static func box(_ attributes: MarkupAttributes) -> Scan.Box? {
      guard let left = attributes.integer("xmin"), let top = attributes.integer("ymin"),
        let right = attributes.integer("xmax"), let bottom = attributes.integer("ymax")
      else { return nil }
      return Scan.Box(x: left, y: top, width: max(0, right - left), height: max(0, bottom - top))
    }
  }

  // MARK: pdftotext

  private static func convert(_ path: String, name: String, limit: Int) throws -> [UInt8] {
    // A path that begins with a hyphen would be an option.
    let file = path.hasPrefix("-") ? "./" + path : path
    let run = Subprocess.run(["pdftotext", "-q", "-bbox-layout", "-enc", "UTF-8", file, "-"], limit: limit)
    switch run {
    case .missing:
      throw ReadingError(
        .missingTool, file: name,
        message: "is a PDF, and pdftotext, which reads its text layer, is not installed",
        remedy: "install the package poppler-utils")
    case .tooLarge:
      throw ReadingError(
        .tooLarge, file: name, message: "its text is larger than the limit of \(limit) bytes")
    case .finished(let status, let output, let errors):
      if status == 0 { return output }
      let message = String(decoding: errors.prefix(200), as: UTF8.self).split(separator: "\n").first.map(
        String.init)
      if message?.contains("password") == true {
        throw ReadingError(
          .encrypted, file: name, message: "is encrypted", remedy: "remove its password first")
      }
      // 1: cannot open; 3: the document forbids taking its text.
      throw ReadingError(
        status == 3 ? .encrypted : .toolFailed, file: name,
        message: "pdftotext failed with code \(status)" + (message.map { ": \($0)" } ?? ""))
    }
  }

  private static func withTemporaryFile(
    _ bytes: [UInt8], name: String, _ body: (String) throws -> [UInt8]
  ) throws -> [UInt8] {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var template = Array(Path.joined(folder.isEmpty ? "/tmp" : folder, "emend-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw ReadingError(.unreadable, file: name, message: "no temporary file could be made for it")
    }
    let path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { write(descriptor, $0 + written, bytes.count - written) } ?? -1
      }
      if count <= 0 { break }
      written += count
    }
    close(descriptor)
    return try body(path)
  }
}
