/// Types of files told by their first bytes.
enum BinaryType: Equatable {
  case pdf
  /// What libarchive opens.
  case archive(String)
  case other(String)

  private static let signatures: [(offset: Int, bytes: [UInt8], type: BinaryType)] = [
    (0, Array("%PDF-".utf8), .pdf),
    (0, [0x1F, 0x8B, 0x08], .archive("gzip")),
    (0, [0x50, 0x4B, 0x03, 0x04], .archive("zip")),
    (0, [0x50, 0x4B, 0x05, 0x06], .archive("zip")),
    (257, Array("ustar".utf8), .archive("tar")),
    (0, [0x89, 0x50, 0x4E, 0x47], .other("a PNG image")),
    (0, [0xFF, 0xD8, 0xFF], .other("a JPEG image")),
    (0, Array("GIF8".utf8), .other("a GIF image")),
    (0, [0x49, 0x49, 0x2A, 0x00], .other("a TIFF image")),
    (0, [0x4D, 0x4D, 0x00, 0x2A], .other("a TIFF image")),
    (0, [0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50], .other("a JPEG 2000 image")),
    (8, Array("WEBP".utf8), .other("a WebP image")),
    (0, Array("AT&TFORM".utf8), .other("a DjVu document")),
    (0, Array("BZh".utf8), .other("a bzip2 archive")),
    (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .other("an xz archive")),
    (0, [0x28, 0xB5, 0x2F, 0xFD], .other("a Zstandard archive")),
    (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .other("a 7-Zip archive")),
    (0, Array("Rar!".utf8), .other("a RAR archive")),
    (0, [0x7F, 0x45, 0x4C, 0x46], .other("an ELF program")),
    (0, [0xCF, 0xFA, 0xED, 0xFE], .other("a Mach-O program")),
    (0, [0xCA, 0xFE, 0xBA, 0xBE], .other("a Mach-O program or Java class")),
    (0, Array("SQLite format 3\0".utf8), .other("an SQLite database")),
    (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .other("an old Microsoft Office document")),
    (0, Array("{\\rtf".utf8), .other("an RTF document")),
    (0, Array("%!PS".utf8), .other("a PostScript document")),
    (0, Array("OggS".utf8), .other("an Ogg recording")),
    (0, Array("ID3".utf8), .other("an MP3 recording")),
    (4, Array("ftyp".utf8), .other("an MPEG-4 file")),
    (0, Array("wOF".utf8), .other("a font")),
    (0, [0x00, 0x61, 0x73, 0x6D], .other("a WebAssembly program")),
  ]

  static func of(_ bytes: [UInt8]) -> BinaryType? {
    for (offset, signature, type) in signatures where bytes.count >= offset + signature.count {
      if bytes[offset..<(offset + signature.count)].elementsEqual(signature) {
        return type == .archive("zip") ? office(bytes) ?? type : type
      }
    }
    let isProgram = bytes.starts(with: "MZ".utf8) && bytes.prefix(512).contains(0)
    return isProgram && Recogniser.looksBinary(bytes) ? .other("a Windows program") : nil
  }

  /// A zip that is a document of another program, by the name of its first member.
  private static func office(_ bytes: [UInt8]) -> BinaryType? {
    guard bytes.count > 30 else { return nil }
    let length = Int(bytes[26]) | Int(bytes[27]) << 8
    let end = min(bytes.count, 30 + length)
    let name = String(decoding: bytes[30..<end], as: UTF8.self)
    if name == "[Content_Types].xml" || name == "_rels/.rels" { return .other("a Microsoft Office document") }
    guard name == "mimetype" else { return nil }
    let type = String(decoding: bytes[end...].prefix(48), as: UTF8.self)
    if type.contains("epub") { return .other("an EPUB book") }
    return type.contains("opendocument") ? .other("an OpenDocument file") : nil
  }
}
