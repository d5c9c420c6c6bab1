import CArchive

/// Packs what is written to a descriptor (RFC 1952), without name and time, so that the same bytes give the
/// same file.
final class GzipStream {
  private let archive: OpaquePointer

  /// Nil when the library gives no writer.
  init?(descriptor: Int32) {
    guard let archive = archive_write_new() else { return nil }
    self.archive = archive
    let steps = [
      archive_write_set_format_raw(archive), archive_write_add_filter_gzip(archive),
      archive_write_set_filter_option(archive, "gzip", "timestamp", nil),
      // No padding behind the end.
      archive_write_set_bytes_in_last_block(archive, 1), archive_write_open_fd(archive, descriptor),
    ]
    guard steps.allSatisfy({ $0 >= ARCHIVE_WARN }), let entry = archive_entry_new() else { return nil }
    defer { archive_entry_free(entry) }
    archive_entry_set_filetype(entry, UInt32(0o100000))
    guard archive_write_header(archive, entry) >= ARCHIVE_WARN else { return nil }
  }

  deinit { archive_write_free(archive) }

  func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.isEmpty || archive_write_data(archive, bytes.baseAddress, bytes.count) == bytes.count
  }

  /// Writes the end; nothing may be written after it.
  func finish() -> Bool { archive_write_close(archive) >= ARCHIVE_WARN }

  /// Why the last call failed.
  var reason: String { archive_error_string(archive).map { String(cString: $0) } ?? "cannot be packed" }
}
