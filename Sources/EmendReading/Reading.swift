import EmendModel

/// Reading: bytes in, a `Scan` out.
///
/// ```swift
/// for document in try Reading.documents(at: ["scans"]) {
///   let scan = try document.scan()
/// }
/// ```
public enum Reading {
  /// Reads one document from its bytes, in the format that its content shows. `name` is its path as given; the
  /// id is made from it.
  ///
  /// - Throws: `ReadingError`.
  public static func scan(bytes: [UInt8], name: String, options: Options = Options()) throws -> Scan {
    try FormatReader(options: options).scan(bytes, id: Path.stem(name), name: name)
  }

  /// Reads text that is in memory already, as plain text with page starts.
  ///
  /// - Throws: `ReadingError` with code `line-too-long` or `too-large`.
  public static func scan(text: String, id: String, options: Options = Options()) throws -> Scan {
    let bytes = Array(text.utf8)
    let reader = FormatReader(options: options)
    return try reader.scan(text: bytes, id: id)
  }

  /// Reads a document given as the texts of its pages; form feeds inside a page start none.
  ///
  /// - Throws: `ReadingError` with code `line-too-long` or `too-large`.
  public static func scan(pages: [String], id: String, options: Options = Options()) throws -> Scan {
    var volume = Volume(id: id, name: id, format: .plainText, digest: options.digest)
    var reader = FormatReader(options: options)
    reader.options.digest = false
    reader.findsPages = false
    for (index, page) in pages.enumerated() {
      let bytes = Array(page.utf8)
      volume.append(try reader.scan(text: bytes, id: id), bytes: bytes, name: String(index + 1))
    }
    return volume.finished()
  }

  /// The documents at some paths, in a stable order with distinct ids, each read when asked.
  ///
  /// - Throws: `ReadingError` with code `no-documents` when there is nothing at all to read.
  public static func documents(at paths: [String], options: Options = Options()) throws -> [InputDocument] {
    try Inputs(paths: paths, options: options).documents
  }
}
