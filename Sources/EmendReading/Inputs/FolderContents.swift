import EmendModel
import EmendText

/// What lies in one folder, sorted into documents, volumes and things to pass over.
struct FolderContents {
  enum Entry {
    case folder(String)
    case file(String)
    case volume(PageFiles)
    /// A METS file, and whether all other documents of the folder belong to it.
    case mets(String, isWholeFolder: Bool)
  }

  private(set) var entries: [Entry] = []
  private(set) var hidden = 0
  private(set) var ignored: [String] = []
  private(set) var byteCount = 0

  private static let extensions: Set<String> = [
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "hocr", "xml", "pdf", "zip", "gz", "tgz", "tar",
  ]
  /// Text files of more than this, on average, are no pages: a page holds 2 to 6 kB.
  private static let pageBytes = 32 << 10

  init(_ path: String, options: Reading.Options) throws {
    var files: [String] = []
    var folders: [String] = []
    for name in try Files.names(in: path).sorted(by: NaturalOrder.precedes) {
      let full = Path.joined(path, name)
      if Self.isHidden(name) {
        hidden += 1
      } else if Files.kind(full) == .folder {
        // A link to a folder may lead back here.
        if !Files.isSymbolicLink(full) { folders.append(name) }
      } else if Files.kind(full) == .file, Self.mayBeDocument(full) {
        files.append(name)
        byteCount += Files.size(full) ?? 0
      } else {
        ignored.append(name)
      }
    }
    Self.dropMetadataFolders(&folders)

    if options.folders == .volume, files.count > 1 {
      entries = [.volume(PageFiles(files: files, format: .pageFolder))]
    } else if options.folders == .documents {
      entries = files.map { .file($0) }
    } else {
      entries = Self.sorted(files, in: path, options: options, hidden: hidden)
      let mets = entries.compactMap { entry in
        if case .mets(let name, _) = entry { Path.joined(path, name) } else { nil }
      }
      folders.removeAll { folder in
        mets.contains { METSReader.names(folder: folder, in: $0, options: options) }
      }
    }
    entries += folders.map { .folder($0) }
    entries.sort { NaturalOrder.precedes($0.sortName, $1.sortName) }
  }

  static func isHidden(_ name: String) -> Bool {
    name.hasPrefix(".") || name.hasPrefix("~$") || name.hasSuffix("~")
      || ["thumbs.db", "desktop.ini", "__macosx"].contains(name.lowercased())
  }

  /// Files that speak of the folder instead of belonging to it.
  private static let notices: Set<String> = ["readme", "license", "licence", "copying", "changelog"]

  private static func mayBeDocument(_ path: String) -> Bool {
    if notices.contains(Path.stem(path).lowercased()) { return false }
    let ending = Path.fileExtension(path)
    if ending == "xml", case .unknownMarkup = Recogniser.recognise(Files.head(path), name: path) {
      return false
    }
    if extensions.contains(ending) { return true }
    guard ending.isEmpty else { return false }
    let head = Files.head(path)
    return BinaryType.of(head) == nil && !Recogniser.looksBinary(head)
  }

  /// JSTOR's data for research keep the bibliographic records of `ocr/` in `metadata/`.
  private static func dropMetadataFolders(_ folders: inout [String]) {
    let names = Set(folders.map { $0.lowercased() })
    guard names.contains("ocr") || names.contains("fulltext") else { return }
    folders.removeAll { $0.lowercased() == "metadata" || $0.lowercased().hasPrefix("ngram") }
  }

  private static func sorted(_ files: [String], in path: String, options: Reading.Options, hidden: Int)
    -> [Entry]
  {
    let roots = Dictionary(
      uniqueKeysWithValues: files.filter {
        ["xml", "html", "htm", "hocr", "xhtml"].contains(Path.fileExtension($0))
      }
      .map { ($0, format(of: Path.joined(path, $0))) })
    var rest = files
    var entries: [Entry] = []

    // METS files take the files that they name with them, or the archive of the same name.
    let mets = files.filter { roots[$0] == .some(.mets) }
    for name in mets {
      let stem = Path.stem(name)
      if rest.contains(where: { Path.stem($0) == stem && Path.fileExtension($0) == "zip" }) {
        rest.removeAll { $0 == name }
        continue
      }
      let named = Set(METSReader.localFiles(of: Path.joined(path, name), options: options))
      rest.removeAll { $0 == name || named.contains($0) }
    }
    for name in mets
    where !rest.contains(where: { Path.stem($0) == Path.stem(name) && Path.fileExtension($0) == "zip" }) {
      entries.append(.mets(name, isWholeFolder: rest.isEmpty && mets.count == 1))
    }

    // A JATS record beside the text of the same name is its metadata.
    let textStems = Set(rest.filter { Path.fileExtension($0) == "txt" }.map(Path.stem))
    rest.removeAll { roots[$0] == .some(.jstor) && textStems.contains(Path.stem($0)) }

    let folder = Path.last(path)
    let scanned = rest.filter { name in
      guard let format = roots[name] else { return false }
      return format == .alto || format == .page || format == .hocr
    }
    let texts = rest.filter { ["txt", "text"].contains(Path.fileExtension($0)) }
    let limit = options.limits.gapPages
    let load = { Files.head(Path.joined(path, $0), count: 2 * pageBytes) }
    if let pages = PageNumbering.pages(scanned, folder: folder, anyPrefix: true, load: load) {
      var volume = PageFiles(pages, format: .pageFolder, gapLimit: limit)
      // Plain text of the same pages says the same with less.
      let stems = Set(scanned.map(Path.stem))
      rest.removeAll { scanned.contains($0) || (texts.contains($0) && stems.contains(Path.stem($0))) }
      Self.note(hidden, in: &volume)
      entries.append(.volume(volume))
    } else if texts.count == rest.count,
      texts.reduce(0, { $0 + (Files.size(Path.joined(path, $1)) ?? 0) }) <= texts.count
        * pageBytes,
      let pages = PageNumbering.pages(texts, folder: folder, anyPrefix: false, load: load)
    {
      var volume = PageFiles(pages, format: .pageFolder, gapLimit: limit)
      rest = []
      Self.note(hidden, in: &volume)
      entries.append(.volume(volume))
    }
    return entries + rest.map { .file($0) }
  }

  private static func note(_ hidden: Int, in volume: inout PageFiles) {
    if hidden > 0 { volume.warn("hidden-files", "\(counted(hidden, "hidden file")) passed over") }
  }

  private static func format(of path: String) -> Scan.Format? {
    if case .text(let format) = Recogniser.recognise(Files.head(path), name: path) { return format }
    return nil
  }
}

extension FolderContents.Entry {
  /// The name by which an entry finds its place; a volume stands first.
  var sortName: String {
    switch self {
    case .folder(let name), .file(let name), .mets(let name, _): name
    case .volume: ""
    }
  }
}
