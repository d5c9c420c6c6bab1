import EmendModel

/// zip, gzip and tar through libarchive.
struct ArchiveReader {
  var options: Reading.Options

  func scan(_ bytes: [UInt8], id: String, name: String, path: String?) throws -> Scan {
    throw ReadingError(.unknownFormat, file: name, message: "archives are not read yet")
  }
  func scan(member: String, of archive: String, id: String, name: String) throws -> Scan {
    throw ReadingError(.unknownFormat, file: name, message: "archives are not read yet")
  }
  func separateDocuments(in path: String) -> [String] { [] }
}
