import EmendModel
import EmendText

/// The documents behind the paths of a command line.
public struct Inputs: Sendable {
  /// In the order of the paths; within a folder in natural order of their names.
  public private(set) var documents: [InputDocument] = []
  /// Hidden files that were passed over (".DS_Store", "._x", "Thumbs.db").
  public private(set) var hidden = 0
  /// Files that no reader is for: images, tables, programs.
  public private(set) var ignored: [String] = []

  private let options: Reading.Options
  private var seen: Set<String> = []

  /// Lists the documents at `paths`: files, folders (with what lies in them), "-" for the standard input.
  ///
  /// A folder is one volume when a METS file in it names its pages or when its files are numbered page
  /// files; else its files are documents. A path that does not exist becomes a document whose `scan()`
  /// fails, so that it cannot stop a batch.
  ///
  /// - Throws: `ReadingError` with code `no-documents` when there is nothing at all to read.
  public init(paths: [String], options: Reading.Options = Reading.Options()) throws {
    self.options = options
    for path in paths { add(path) }
    if documents.isEmpty {
      throw ReadingError(
        .noDocuments, file: paths.first ?? "-", message: "holds no document that could be read",
        remedy: "give text, Markdown, hOCR, ALTO, PAGE, METS, PDF, .gz or .zip files")
    }
    nameApart()
  }

  private mutating func add(_ path: String) {
    if path == "-" {
      // The standard input can be read once.
      guard seen.insert(path).inserted else { return }
      documents.append(InputDocument(id: "stdin", name: "-", content: .file("-"), options: options))
      return
    }
    switch Files.kind(path) {
    case nil:
      let error = ReadingError(
        .notFound, file: path, message: "no such file or folder", remedy: "check the path")
      documents.append(
        InputDocument(id: Path.stem(path), name: path, content: .failed(error), options: options))
    case .folder: addFolder(path, depth: 0)
    case .file, .other: addFile(path)
    }
  }

  private mutating func addFile(_ path: String) {
    if let identity = Files.identity(path), !seen.insert(identity).inserted { return }
    if ["zip", "tar", "gz", "tgz"].contains(Path.fileExtension(path)) {
      let members = ArchiveReader(options: options).separateDocuments(in: path)
      if !members.isEmpty {
        for member in members {
          documents.append(
            InputDocument(
              id: Path.stem(member), name: "\(path)/\(member)", content: .member(archive: path, member),
              options: options))
        }
        return
      }
    }
    documents.append(
      InputDocument(
        id: Path.stem(path), name: path, content: .file(path), byteCount: Files.size(path), options: options))
  }

  private mutating func addFolder(_ path: String, depth: Int) {
    guard depth < 64, let identity = Files.identity(path), seen.insert(identity).inserted else { return }
    let folder: FolderContents
    do {
      folder = try FolderContents(path, options: options)
    } catch {
      let failure = error as? ReadingError ?? ReadingError(.unreadable, file: path, message: "cannot be read")
      documents.append(
        InputDocument(id: Path.last(path), name: path, content: .failed(failure), options: options))
      return
    }
    hidden += folder.hidden
    ignored += folder.ignored.map { Path.joined(path, $0) }
    for entry in folder.entries {
      switch entry {
      case .folder(let name): addFolder(Path.joined(path, name), depth: depth + 1)
      case .file(let name): addFile(Path.joined(path, name))
      case .volume(let pages):
        documents.append(
          InputDocument(
            id: Path.last(path), name: path, content: .pages(folder: path, pages),
            byteCount: folder.byteCount,
            options: options))
      case .mets(let name, let isWholeFolder):
        let file = Path.joined(path, name)
        guard let identity = Files.identity(file), seen.insert(identity).inserted else { continue }
        documents.append(
          InputDocument(
            id: isWholeFolder ? Path.last(path) : Path.stem(name), name: file, content: .file(file),
            byteCount: folder.byteCount, options: options))
      }
    }
  }

  /// Gives documents of the same name numbers: "essay", "essay-2", "essay-3". Names are the same when their
  /// files would be, on a file system without capitals too.
  private mutating func nameApart() {
    func key(_ id: String) -> [UInt8] { LatinCase.folded(Array(FileName.safe(id).utf8)[...]) }
    var taken: Set<[UInt8]> = []
    let first = Set(documents.map { key($0.id) })
    for index in documents.indices {
      if documents[index].id.isEmpty { documents[index].id = "document" }
      let id = documents[index].id
      var candidate = id
      var number = 2
      // A number that another document bears by itself is left to it.
      while taken.contains(key(candidate)) || (candidate != id && first.contains(key(candidate))) {
        candidate = "\(id)-\(number)"
        number += 1
      }
      taken.insert(key(candidate))
      documents[index].id = candidate
    }
  }
}
