import EmendModel
import EmendText

/// Plain text: the witness is the file itself where that is UTF-8.
struct PlainTextReader {
  var options: Reading.Options
  var findsPages = true

  func scan(_ bytes: [UInt8], id: String, name: String, format: Scan.Format) throws -> Scan {
    let decoder = TextDecoder(file: name, strict: options.strict)
    let decoded = LineEnds.normalised(try decoder.decode(bytes))
    let cutter = LineCutter(file: name, lineLimit: options.limits.lineBytes, findsPages: findsPages)
    let (lines, pages) = try cutter.cut(decoded)
    var scan = Scan(id: id, decoded: decoded, name: name, format: format, byteCount: bytes.count)
    scan.lines = lines
    scan.pages = pages
    return scan
  }
}

extension Scan {
  /// A scan of decoded text, still without lines and pages.
  init(id: String, decoded: DecodedText, name: String, format: Format, byteCount: Int) {
    self.init(
      id: id,
      source: Source(
        name: name, format: format, encoding: decoded.encoding, encodingConfidence: decoded.confidence,
        byteCount: byteCount),
      text: decoded.text, origin: decoded.origin, warnings: decoded.warnings)
  }

  /// Says so when there is nothing to read.
  mutating func warnIfEmpty() {
    guard !text.contains(where: { $0 > 0x20 }) else { return }
    let message = source.byteCount == 0 ? "the file is empty" : "there is nothing but white space"
    warnings.append(Warning(code: "empty", stage: "reading", message: message))
  }
}
