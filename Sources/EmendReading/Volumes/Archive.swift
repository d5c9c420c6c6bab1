import CArchive

/// The members of a zip, tar or gzip archive, read as a stream from memory within limits.
struct Archive {
  struct Member {
    var name: String
    var bytes: [UInt8]
  }

  var file: String
  var limits: Reading.Limits

  /// Calls `body` with the name of each file in the archive and a function that reads it; folders, hidden
  /// files and files of no interest are for `body` to leave alone. `body` returns false to stop.
  ///
  /// - Throws: `ReadingError` for a name that leads out of the archive, a link, an encrypted or damaged
  ///   member, and what exceeds the limits.
  func forEachMember(of bytes: [UInt8], _ body: (String, () throws -> [UInt8]) throws -> Bool) throws {
    let isGzip = BinaryType.of(bytes) == .archive("gzip")
    guard let archive = emend_archive_new(isGzip ? 1 : 0) else {
      throw ReadingError(.badArchive, file: file, message: "no archive reader could be made")
    }
    defer { archive_read_free(archive) }
    try bytes.withUnsafeBytes { buffer in
      guard archive_read_open_memory(archive, buffer.baseAddress, buffer.count) == ARCHIVE_OK else {
        throw failure(archive)
      }
      var total = 0
      var count = 0
      while true {
        var entry: OpaquePointer?
        let status = archive_read_next_header(archive, &entry)
        if status == ARCHIVE_EOF { return }
        guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw failure(archive) }
        count += 1
        if count > limits.members { throw limit("holds more than \(limits.members) members") }
        let name = try self.name(of: entry)
        if archive_entry_filetype(entry) == S_IFDIR { continue }
        if archive_entry_is_encrypted(entry) != 0 {
          throw ReadingError(
            .encrypted, file: file, message: "\(name) in it is encrypted",
            remedy: "unpack it with its password")
        }
        let goesOn = try body(name) { try read(archive, name: name, packed: buffer.count, total: &total) }
        if !goesOn { return }
      }
    }
  }

  /// The member's name when it is safe: no link, and no way out of the folder it would be unpacked in.
  private func name(of entry: OpaquePointer) throws -> String {
    let raw = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
    guard let raw else { throw unsafe("a member without a name") }
    let name = String(cString: raw)
    let type = archive_entry_filetype(entry)
    let isLink =
      type == S_IFLNK || archive_entry_hardlink(entry) != nil || archive_entry_symlink(entry) != nil
    if isLink { throw unsafe("the link \(name)") }
    guard type == S_IFREG || type == S_IFDIR || type == 0 else { throw unsafe("the device \(name)") }
    let hasDrive = name.utf8.count > 1 && name.utf8.dropFirst().first == 0x3A
    let parts = name.split(whereSeparator: { $0 == "/" || $0 == "\\" })
    if name.hasPrefix("/") || name.hasPrefix("\\") || hasDrive || parts.contains("..") {
      throw unsafe("the path \(name)")
    }
    return name
  }

  private func read(_ archive: OpaquePointer, name: String, packed: Int, total: inout Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = archive_read_data(archive, &buffer, buffer.count)
      if got == 0 { return bytes }
      guard got > 0 else { throw failure(archive, member: name) }
      bytes.append(contentsOf: buffer[..<got])
      total += got
      if bytes.count > limits.memberBytes {
        throw limit("\(name) in it is larger than \(limits.memberBytes) bytes")
      }
      if total > limits.documentBytes { throw limit("unpacks to more than \(limits.documentBytes) bytes") }
      if total > 32 << 20, total / max(1, packed) > limits.ratio {
        throw limit("unpacks to more than \(limits.ratio) times its size")
      }
    }
  }

  private func limit(_ message: String) -> ReadingError {
    ReadingError(.archiveLimit, file: file, message: message, remedy: "unpack it yourself if you trust it")
  }

  private func unsafe(_ what: String) -> ReadingError {
    ReadingError(.unsafePath, file: file, message: "holds \(what), which may lead out of its folder")
  }

  private func failure(_ archive: OpaquePointer, member: String? = nil) -> ReadingError {
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "damaged"
    let small = reason.lowercased()
    let place = member.map { " at \($0)" } ?? ""
    if small.contains("passphrase") || small.contains("encrypt") {
      return ReadingError(
        .encrypted, file: file, message: "is encrypted\(place)", remedy: "unpack it with its password")
    }
    if small.contains("truncated") || small.contains("end of file") || small.contains("unexpected end") {
      return ReadingError(
        .truncated, file: file, message: "breaks off\(place): \(reason)", remedy: "fetch it again")
    }
    return ReadingError(
      .badArchive, file: file, message: "is damaged\(place): \(reason)", remedy: "fetch it again")
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
