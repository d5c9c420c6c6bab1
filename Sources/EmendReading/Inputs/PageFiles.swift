import EmendModel
import EmendText

/// The page files of one volume, in order.
struct PageFiles: Sendable {
  struct Page: Sendable, Equatable {
    /// The file's name in its folder or archive; nil for a page that is missing.
    var file: String?
    /// What to call it where it is missing.
    var label: String
    /// Its printed number by the word of the format.
    var printed: String?
  }

  var pages: [Page]
  var format: Scan.Format
  var warnings: [Warning] = []

  /// Numbered files with their gaps as missing pages, as far as `limit` goes.
  init(_ numbered: [PageNumbering.Page], format: Scan.Format, gapLimit limit: Int) {
    self.format = format
    pages = []
    var last: Int?
    var missing = 0
    for page in numbered {
      if let last, page.number > last + 1 {
        let gap = page.number - last - 1
        if missing + gap <= limit {
          for number in (last + 1)..<page.number { pages.append(Page(file: nil, label: String(number))) }
        }
        missing += gap
        warn("missing-page", Self.gapMessage(last + 1, page.number - 1))
      } else if page.number == last {
        warn("duplicate-page", "\(page.name): page \(page.number) comes twice; both are kept")
      }
      pages.append(Page(file: page.name, label: String(page.number)))
      last = page.number
    }
  }

  /// Files in the order given, each a page; `labels` are their printed numbers, as far as they are known.
  init(files: [String], labels: [String?] = [], format: Scan.Format) {
    self.format = format
    pages = files.indices.map {
      Page(file: files[$0], label: files[$0], printed: labels.indices.contains($0) ? labels[$0] : nil)
    }
  }

  mutating func warn(_ code: String, _ message: String) {
    warnings.append(Warning(code: code, stage: "reading", message: message))
  }

  private static func gapMessage(_ first: Int, _ last: Int) -> String {
    first == last ? "page \(first) is missing" : "pages \(first) to \(last) are missing"
  }

  /// Reads the pages from a folder.
  func scan(id: String, name: String, folder: String, options: Reading.Options) throws -> Scan {
    var left = options.limits.documentBytes
    return try scan(id: id, name: name, options: options) { file in
      let bytes = try Files.read(Path.joined(folder, file), limit: left)
      left -= bytes.count
      return bytes
    }
  }

  /// Reads the pages with `load`, which gives nil for a file that does not exist.
  func scan(
    id: String, name: String, options: Reading.Options, load: (String) throws -> [UInt8]?
  ) throws -> Scan {
    var volume = Volume(id: id, name: name, format: format, digest: options.digest)
    var pageOptions = options
    pageOptions.digest = false
    let reader = FormatReader(options: pageOptions, findsPages: false)
    for warning in warnings { volume.warn(warning.code, warning.message) }
    var found = 0
    for page in pages {
      guard let file = page.file, let bytes = try load(file) else {
        volume.appendGap(name: page.file ?? page.label, label: page.printed)
        if let file = page.file { volume.warn("missing-page", "\(file) does not exist") }
        continue
      }
      found += 1
      volume.append(
        try reader.scan(bytes, id: file, name: file), bytes: bytes, name: file, label: page.printed)
    }
    if found == 0 {
      throw ReadingError(.notFound, file: name, message: "none of the page files of this volume exists")
    }
    return volume.finished()
  }
}
