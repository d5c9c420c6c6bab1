import EmendModel
import EmendText

/// Hands the bytes of one document to the reader of their format.
struct FormatReader {
  var options: Reading.Options
  /// Where the bytes come from, for formats that name other files; nil for bytes without a place.
  var path: String?
  /// Off for a file that is one page of a volume.
  var findsPages = true
  /// Extensions under which a person expects text, and a packed file is a mistake.
  private static let textExtensions: Set<String> = [
    "txt", "text", "md", "markdown", "html", "htm", "hocr", "xml",
  ]

  func scan(_ bytes: [UInt8], id: String, name: String) throws -> Scan {
    if bytes.count > options.limits.documentBytes {
      throw ReadingError(
        .tooLarge, file: name,
        message: "is larger than the limit of \(options.limits.documentBytes) bytes for one document",
        remedy: "split it into volumes")
    }
    var scan: Scan
    switch Recogniser.recognise(bytes, name: name) {
    case .binary(let type): throw notText(name, type)
    case .unknownMarkup(let root):
      throw ReadingError(
        .unknownFormat, file: name, message: "is XML with the root element \(root), which no reader is for",
        remedy: "give ALTO, PAGE, METS, hOCR, DjVuXML or plain text")
    case .packed(let type):
      if Self.textExtensions.contains(Path.fileExtension(name)) { throw notText(name, "a \(type) archive") }
      scan = try ArchiveReader(options: options).scan(bytes, id: id, name: name, path: path)
    case .text(let format):
      if format == .pdf, Self.textExtensions.contains(Path.fileExtension(name)) {
        throw notText(name, "a PDF document")
      }
      scan = try read(bytes, as: format, id: id, name: name)
    }
    if options.digest && scan.source.digest.isEmpty { scan.source.digest = SHA256.hex(bytes) }
    if scan.pages.isEmpty { scan.pages = [Scan.Page(lines: 0..<scan.lines.count, evidence: .start)] }
    if !scan.warnings.contains(where: { $0.code == "empty" }) { scan.warnIfEmpty() }
    return scan
  }

  /// Plain text whatever it looks like: text that comes in a record.
  func scan(text: [UInt8], id: String) throws -> Scan {
    let reader = PlainTextReader(options: options, findsPages: findsPages)
    var scan = try reader.scan(text, id: id, name: id, format: .plainText)
    if options.digest { scan.source.digest = SHA256.hex(text) }
    scan.warnIfEmpty()
    return scan
  }

  private func read(_ bytes: [UInt8], as format: Scan.Format, id: String, name: String) throws -> Scan {
    switch format {
    case .markdown: return try MarkdownReader(options: options).scan(bytes, id: id, name: name)
    case .plainText, .internetArchive, .pageFolder, .hathiTrust:
      let reader = PlainTextReader(options: options, findsPages: findsPages)
      return try reader.scan(bytes, id: id, name: name, format: format)
    case .hocr, .html: return try HOCRReader(options: options).scan(bytes, id: id, name: name)
    case .alto: return try ALTOReader(options: options).scan(bytes, id: id, name: name)
    case .page: return try PAGEReader(options: options).scan(bytes, id: id, name: name)
    case .mets: return try METSReader(options: options).scan(bytes, id: id, name: name, path: path)
    case .jstor: return try JSTORReader(options: options).scan(bytes, id: id, name: name, path: path)
    case .djvuXML: return try DjVuXMLReader(options: options).scan(bytes, id: id, name: name)
    case .pdf: return try PDFReader(options: options).scan(bytes, id: id, name: name, path: path)
    }
  }

  private func notText(_ name: String, _ type: String) -> ReadingError {
    ReadingError(
      .notText, file: name, message: "is not text but \(type)",
      remedy: type.hasPrefix("a PDF") || type.hasSuffix("archive")
        ? "give it its own extension" : "leave it out")
  }
}
