import EmendModel
import EmendText

/// METS: which files hold the pages of a volume, in what order, and what the volume is.
///
/// Schema: https://www.loc.gov/standards/mets/. Only files beside the METS file, or below its folder, are read.
struct METSReader {
  var options: Reading.Options

  struct Contents {
    /// For each page the local files that belong to it, as the METS file names them.
    var pages: [[String]] = []
    /// For each page its printed number, where the METS file gives it (`ORDERLABEL`).
    var labels: [String?] = []
    var metadata: [String: String] = [:]
    /// Names that lead out of the folder.
    var unsafe: [String] = []
  }

  /// Reads the pages that a METS file at `path` names.
  func scan(_ bytes: [UInt8], id: String, name: String, path: String?) throws -> Scan {
    guard let path else {
      throw ReadingError(
        .unknownFormat, file: name, message: "is a METS file, whose pages are in other files",
        remedy: "give its path")
    }
    let folder = Path.folder(path)
    let contents = try contents(of: bytes, name: name)
    var files = Self.pageFiles(contents) { Files.kind(Path.joined(folder, $0)) == .file }
    for file in contents.unsafe {
      files.warn("unsafe-path", "\(file) lies outside the folder and is not read")
    }
    var left = options.limits.documentBytes
    var scan = try files.scan(id: id, name: name, options: options) { file in
      guard Files.kind(Path.joined(folder, file)) == .file else { return nil }
      let bytes = try Files.read(Path.joined(folder, file), limit: left)
      left -= bytes.count
      return bytes
    }
    scan.metadata.merge(contents.metadata) { _, mets in mets }
    return scan
  }

  /// The best file of each page: one with boxes before plain text, one that exists before one that does not.
  static func pageFiles(_ contents: Contents, exists: (String) -> Bool) -> PageFiles {
    func rank(_ file: String) -> Int {
      switch Path.fileExtension(file) {
      case "xml": 0
      case "html", "htm", "hocr", "xhtml": 1
      default: 2
      }
    }
    let files = contents.pages.map { page in
      page.enumerated().min {
        (exists($0.element) ? 0 : 1, rank($0.element), $0.offset)
          < (exists($1.element) ? 0 : 1, rank($1.element), $1.offset)
      }?.element ?? ""
    }
    return PageFiles(files: files, labels: contents.labels, format: .mets)
  }

  /// The files beside a METS file that it names; nothing when it cannot be read.
  static func localFiles(of path: String, options: Reading.Options) -> [String] {
    guard let bytes = try? Files.read(path, limit: options.limits.memberBytes),
      let contents = try? METSReader(options: options).contents(of: bytes, name: path)
    else { return [] }
    return contents.pages.flatMap { $0 }.filter { Files.kind(Path.joined(Path.folder(path), $0)) == .file }
  }

  /// Whether a METS file names files of a folder beside it, which then are pages of its volume and no documents of their
  /// own ("alto/0001.xml", "file://./OCR-D-OCR/p1.xml").
  static func names(folder: String, in path: String, options: Reading.Options) -> Bool {
    guard let bytes = try? Files.read(path, limit: options.limits.memberBytes) else { return false }
    return Recogniser.find(bytes, "\"\(folder)/") != nil || Recogniser.find(bytes, "/\(folder)/") != nil
  }

  func contents(of bytes: [UInt8], name: String) throws -> Contents {
    let decoded = try TextDecoder(file: name, strict: options.strict).decode(bytes)
    let handler = METSHandler()
    let outcome = MarkupParser.parse(MarkupParser.masked(decoded.text), isHTML: false, handler: handler)
    let contents = handler.contents()
    if contents.pages.isEmpty {
      let reason = outcome.faults > 0 ? ": \(outcome.message)" : ""
      throw ReadingError(.badXML, file: name, message: "is a METS file that names no page of text\(reason)")
    }
    return contents
  }
}

private final class METSHandler: MarkupHandler {
  private struct File {
    var id: String
    var href: String
    var mime: String
    var use: String
  }
  private struct Division {
    var isPage: Bool
    var order: Int
    var label: String?
    var files: [String] = []
  }

  private var files: [File] = []
  private var uses: [String] = []
  private var fileID: String?
  private var fileMime = ""
  private var physical: Bool?
  private var isPhysical = false
  private var divisions: [Division] = []
  private var pages: [Division] = []
  private var metadata: [String: String] = [:]

  /// Where the reader is within the description: the first one describes the volume.
  private var description = 0
  private var field: String?
  private var marcTag = ""
  private var collected = ""

  func start(_ name: String, _ attributes: MarkupAttributes, at position: Int) {
    switch name {
    case "mets":
      metadata["mets-id"] = attributes["OBJID"]
      metadata["label"] = attributes["LABEL"]
    case "dmdSec": description += 1
    case "fileGrp": uses.append(attributes["USE"] ?? uses.last ?? "")
    case "file":
      fileID = attributes["ID"]
      fileMime = attributes["MIMETYPE"] ?? ""
    case "FLocat":
      guard let id = fileID, let href = attributes["href"] else { return }
      files.append(File(id: id, href: href, mime: fileMime, use: uses.last ?? ""))
    case "structMap": isPhysical = (attributes["TYPE"] ?? "physical").lowercased() == "physical"
    case "div":
      let type = (attributes["TYPE"] ?? "").lowercased()
      let isPage = isPhysical && (type == "page" || type == "leaf" || type == "")
      divisions.append(
        Division(
          isPage: isPage, order: attributes.integer("ORDER") ?? pages.count + 1,
          label: attributes["ORDERLABEL"]))
    case "fptr", "area":
      guard let id = attributes["FILEID"], let page = divisions.lastIndex(where: \.isPage) else { return }
      divisions[page].files.append(id)
    case "datafield": marcTag = attributes["tag"] ?? ""
    case "subfield": if description <= 1 { collect(Self.marc[marcTag + (attributes["code"] ?? "")]) }
    default: if description <= 1 { collect(Self.fields[name]) }
    }
  }

  private func collect(_ name: String?) {
    guard let name, metadata[name] == nil else { return }
    field = name
    collected = ""
  }

  /// Elements of MODS and Dublin Core.
  private static let fields = [
    "title": "title", "dateIssued": "date", "placeTerm": "place", "publisher": "publisher", "date": "date",
    "creator": "author", "namePart": "author", "languageTerm": "language", "language": "language",
  ]
  /// Fields of MARC 21 with their subfield.
  private static let marc = [
    "245a": "title", "100a": "author", "260a": "place", "260b": "publisher", "260c": "date",
    "264b": "publisher",
    "264c": "date", "022a": "issn", "020a": "isbn",
  ]

  func end(_ name: String) {
    switch name {
    case "fileGrp": _ = uses.popLast()
    case "file": fileID = nil
    case "structMap": isPhysical = false
    case "div":
      if let done = divisions.popLast(), done.isPage, !done.files.isEmpty { pages.append(done) }
    default: break
    }
    guard let field, Self.fields[name] != nil || name == "subfield" else { return }
    let value = collected.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if !value.isEmpty { metadata[field] = value }
    self.field = nil
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, endingAt position: Int) {
    guard field != nil, collected.utf8.count < 4096 else { return }
    collected += String(decoding: bytes, as: UTF8.self)
  }

  func contents() -> METSReader.Contents {
    var result = METSReader.Contents(metadata: metadata)
    let texts = files.filter(Self.holdsText)
    let byId = Dictionary(texts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    func local(_ file: File) -> String? {
      guard let name = Self.localName(file.href) else {
        result.unsafe.append(file.href)
        return nil
      }
      return name
    }
    let ordered = pages.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
    for (_, page) in ordered {
      var names: [String] = []
      for id in page.files {
        if let file = byId[id], let name = local(file), !names.contains(name) { names.append(name) }
      }
      if names.isEmpty { continue }
      result.pages.append(names)
      result.labels.append(page.label.flatMap { $0.isEmpty ? nil : $0 })
    }
    // Without a physical map: the files of the first group that holds text, in the order of their names.
    if result.pages.isEmpty, let use = texts.first?.use {
      let names = texts.filter { $0.use == use }.compactMap { local($0) }
      result.pages = names.sorted(by: NaturalOrder.precedes).map { [$0] }
      result.labels = []
    }
    return result
  }

  private static func holdsText(_ file: File) -> Bool {
    if file.mime.hasPrefix("image/") || file.mime == "application/pdf" { return false }
    return ["xml", "html", "htm", "hocr", "txt", "xhtml"].contains(Path.fileExtension(file.href))
  }

  /// The name below the METS file's folder; nil when it leads elsewhere.
  private static func localName(_ href: String) -> String? {
    var name = href
    for scheme in ["file:///./", "file://./", "file:./", "file://", "file:", "./"]
    where name.hasPrefix(scheme) {
      name.removeFirst(scheme.count)
      break
    }
    let parts = name.split(separator: "/")
    let isSafe =
      !name.isEmpty && !name.hasPrefix("/") && !name.contains("\\") && !name.contains("://")
      && !parts.contains("..") && !name.unicodeScalars.contains { $0.value < 0x20 }
    return isSafe ? name : nil
  }
}
