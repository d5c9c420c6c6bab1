import EmendModel
import EmendText

/// Documents in archives: a volume of page files (as HathiTrust and others give them out), one file, or several
/// documents.
struct ArchiveReader {
  var options: Reading.Options

  /// Reads an archive that is one document.
  func scan(_ bytes: [UInt8], id: String, name: String, path: String?) throws -> Scan {
    let archive = Archive(file: name, limits: options.limits)
    var members: [Archive.Member] = []
    var hidden = 0
    try archive.forEachMember(of: bytes) { member, read in
      if Self.isHidden(member) {
        hidden += 1
      } else if Self.isOfInterest(member) {
        members.append(Archive.Member(name: member, bytes: try read()))
      }
      return true
    }
    if members.count == 1, members[0].name == "data" || Path.fileExtension(name) == "gz" {
      return try unpacked(members[0], id: id, name: name, path: path)
    }
    let names = members.map(\.name)
    // Of two members with one name the last one counts, as when they are unpacked.
    var byName: [String: [UInt8]] = [:]
    for member in members { byName[member.name] = member.bytes }
    var isTaken: Set<String> = []
    members = names.filter { isTaken.insert($0).inserted }.map {
      Archive.Member(name: $0, bytes: byName[$0] ?? [])
    }
    guard let (files, label) = try volume(of: members, archive: name, path: path) else {
      if members.count == 1 { return try unpacked(members[0], id: id, name: name, path: nil) }
      throw ReadingError(
        names.isEmpty ? .noDocuments : .unknownFormat, file: name,
        message: names.isEmpty
          ? "holds no text" : "holds \(names.count) documents that are no pages of one volume",
        remedy: names.isEmpty ? nil : "unpack it and give the folder")
    }
    var pages = files
    if hidden > 0 { pages.warn("hidden-files", "\(counted(hidden, "hidden file")) passed over") }
    warnOfTwins(names, in: &pages)
    var scan = try pages.scan(id: id, name: name, options: options) { byName[$0] }
    scan.metadata.merge(label) { _, mets in mets }
    return scan
  }

  /// Reads one member of an archive that holds several documents.
  func scan(member wanted: String, of path: String, id: String, name: String) throws -> Scan {
    let bytes = try Files.read(path, limit: options.limits.documentBytes)
    var found: [UInt8]?
    var times = 0
    try Archive(file: path, limits: options.limits).forEachMember(of: bytes) { member, read in
      if member == wanted {
        found = try read()
        times += 1
      }
      return true
    }
    guard let found else { throw ReadingError(.notFound, file: name, message: "is no longer in the archive") }
    var scan = try FormatReader(options: options).scan(found, id: id, name: name)
    if times > 1 {
      scan.warnings.append(
        Warning(code: "duplicate-member", stage: "reading", message: "\(wanted) \(Self.twice)"))
    }
    return scan
  }

  /// What is said of a name that two members have.
  private static let twice = "comes twice; the last one is read"

  /// The names of the documents in an archive, when it holds several that are no pages of one volume; empty
  /// when it is one document, or cannot be read.
  func separateDocuments(in path: String) -> [String] {
    guard ["zip", "tar", "tgz"].contains(Path.fileExtension(path)) || path.lowercased().hasSuffix(".tar.gz"),
      let bytes = try? Files.read(path, limit: options.limits.documentBytes)
    else { return [] }
    var names: [String] = []
    do {
      try Archive(file: path, limits: options.limits).forEachMember(of: bytes) { member, _ in
        if !Self.isHidden(member), Self.isOfInterest(member) { names.append(member) }
        return true
      }
    } catch {
      return []
    }
    let holdsMETS = names.contains {
      $0.lowercased().hasSuffix(".mets.xml") || $0.lowercased().hasSuffix("_mets.xml")
    }
    if options.folders == .volume || names.count < 2 || holdsMETS { return [] }
    let isVolume = Self.numbered(names, archive: path) != nil
    return isVolume && options.folders == .automatic ? [] : Set(names).sorted(by: NaturalOrder.precedes)
  }

  // MARK: What the members are

  /// What a gzip file holds, or the only file of an archive.
  private func unpacked(_ member: Archive.Member, id: String, name: String, path: String?) throws -> Scan {
    let inner = member.name == "data" ? Self.withoutGzip(name) : member.name
    if case .packed(let type) = Recogniser.recognise(member.bytes, name: inner), type != "tar" {
      throw ReadingError(
        .badArchive, file: name, message: "is an archive within an archive", remedy: "unpack it once")
    }
    var scan = try FormatReader(options: options, path: path).scan(member.bytes, id: id, name: inner)
    scan.source.name = name
    return scan
  }

  private static func withoutGzip(_ name: String) -> String {
    name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }

  private static func isHidden(_ name: String) -> Bool {
    name.split(separator: "/").contains { FolderContents.isHidden(String($0)) }
  }

  private static func isOfInterest(_ name: String) -> Bool {
    let ending = Path.fileExtension(name)
    return name == "data" || ["txt", "text", "md", "html", "htm", "xhtml", "hocr", "xml"].contains(ending)
  }

  /// The pages of a volume and what its METS file says of it; nil when the members are no pages.
  private func volume(
    of members: [Archive.Member], archive: String, path: String?
  ) throws -> (PageFiles, [String: String])? {
    let names = members.map(\.name)
    var label: [String: String] = [:]
    var rest = names
    let reader = METSReader(options: options)
    for member in members where Path.fileExtension(member.name) == "xml" {
      guard Recogniser.recognise(member.bytes, name: member.name) == .text(.mets) else { continue }
      rest.removeAll { $0 == member.name }
      guard let contents = try? reader.contents(of: member.bytes, name: member.name) else { continue }
      // The METS file names files beside it; the archive may hold them all below a folder.
      let folder = Path.folder(member.name)
      let present = Set(names)
      let placed = contents.pages.map { $0.map { Path.joined(folder, $0) } }
      if placed.contains(where: { $0.contains(where: present.contains) }) {
        let files = METSReader.pageFiles(METSReader.Contents(pages: placed)) { present.contains($0) }
        return (files, contents.metadata)
      }
      label = contents.metadata
    }
    if let path, label.isEmpty { label = metadata(beside: path) }
    if options.folders == .volume {
      return (PageFiles(files: rest.sorted(by: NaturalOrder.precedes), format: .hathiTrust), label)
    }
    guard let pages = Self.numbered(rest, archive: archive) else { return nil }
    return (PageFiles(pages, format: .hathiTrust, gapLimit: options.limits.gapPages), label)
  }

  /// HathiTrust puts the METS file of a volume beside its zip.
  private func metadata(beside path: String) -> [String: String] {
    let stem = Path.joined(Path.folder(path), Path.stem(path))
    for place in ["\(stem).mets.xml", "\(stem).xml"] where Files.kind(place) == .file {
      guard let bytes = try? Files.read(place, limit: options.limits.memberBytes),
        let contents = try? METSReader(options: options).contents(of: bytes, name: place)
      else { continue }
      return contents.metadata
    }
    return [:]
  }

  /// Numbered pages among the members, those with boxes before plain text; nil when they are none.
  private static func numbered(_ names: [String], archive: String) -> [PageNumbering.Page]? {
    let folder = names.first.map { Path.last(Path.folder($0)) } ?? ""
    let marked = names.filter { ["xml", "html", "htm", "hocr", "xhtml"].contains(Path.fileExtension($0)) }
    let texts = names.filter { ["txt", "text"].contains(Path.fileExtension($0)) }
    if marked.count >= texts.count, let pages = PageNumbering.pages(marked, folder: folder, anyPrefix: true) {
      return pages
    }
    return texts.count + marked.count == names.count
      ? PageNumbering.pages(texts, folder: folder, anyPrefix: false) : nil
  }

  /// Says so when two members have the same name, or names that differ in their capitals only.
  private func warnOfTwins(_ names: [String], in pages: inout PageFiles) {
    var seen: [[UInt8]: String] = [:]
    for name in names {
      let key = LatinCase.folded(Array(name.utf8)[...])
      if let other = seen[key] {
        let what =
          other == name ? Self.twice : "and \(other) differ in capitals only"
        pages.warn("duplicate-member", "\(name) \(what)")
      }
      seen[key] = name
    }
  }
}
