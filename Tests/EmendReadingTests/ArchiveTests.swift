import EmendModel
import EmendReading
import Testing

/// Writes zip archives of stored members, so that tests can make what no zip program would.
struct ZipWriter {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  mutating func add(_ name: String, _ text: String, mode: Int = 0o100644, flags: Int = 0) {
    let data = Array(text.utf8)
    let offset = bytes.count
    let crc = Self.crc(data)
    func little(_ value: Int, _ width: Int) -> [UInt8] { (0..<width).map { UInt8(value >> ($0 * 8) & 255) } }
    let common =
      little(flags, 2) + little(0, 2) + little(0, 4) + little(Int(crc), 4) + little(data.count, 4)
      + little(data.count, 4) + little(name.utf8.count, 2) + little(0, 2)
    bytes += [0x50, 0x4B, 3, 4] + little(20, 2) + common + Array(name.utf8) + data
    directory +=
      [0x50, 0x4B, 1, 2] + little(3 << 8 | 20, 2) + little(20, 2) + common + little(0, 6)
      + little(mode << 16, 4) + little(offset, 4) + Array(name.utf8)
    count += 1
  }

  func finished() -> [UInt8] {
    func little(_ value: Int, _ width: Int) -> [UInt8] { (0..<width).map { UInt8(value >> ($0 * 8) & 255) } }
    return bytes + directory + [0x50, 0x4B, 5, 6] + little(0, 4) + little(count, 2) + little(count, 2)
      + little(directory.count, 4) + little(bytes.count, 4) + little(0, 2)
  }

  private static func crc(_ data: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in data {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}

@Suite struct ArchiveTests {
  @Test func hathiTrustVolume() throws {
    let folder = TemporaryFolder()
    var zip = ZipWriter()
    for page in [2, 1, 4] { zip.add("3900/0000000\(page).txt", "page \(page)\n") }
    zip.add("__MACOSX/._0.txt", "x")
    folder.write("3900.zip", zip.finished())
    folder.write("3900.mets.xml", METSTests.mets(["00000001.txt"], order: [0]))
    let documents = try Reading.documents(at: [folder.path])
    #expect(documents.map(\.id) == ["3900"])
    let scan = try documents[0].scan()
    checkInvariants(scan)
    #expect(scan.source.format == .hathiTrust && scan.pageTexts == [["page 1"], ["page 2"], [], ["page 4"]])
    #expect(scan.pages[2].evidence == .gap && scan.metadata["mets-id"] == "id.1")
    #expect(scan.warningCodes == ["missing-page", "hidden-files"])
    #expect(scan.warnings[1].message == "1 hidden file passed over")
  }

  /// As when they are unpacked, the last of two members with one name counts, once.
  @Test(arguments: [["a.txt", "a.txt", "b.txt"], ["1.txt", "1.txt", "2.txt"]])
  func membersOfOneName(names: [String]) throws {
    let folder = TemporaryFolder()
    var writer = ZipWriter()
    for (text, name) in zip(["first", "second", "third"], names) { writer.add(name, text + "\n") }
    folder.write("both.zip", writer.finished())
    let scans = try Reading.documents(at: [folder.path]).map { try $0.scan() }
    #expect(scans.flatMap(\.pageTexts).flatMap(\.self) == ["second", "third"])
    #expect(scans.flatMap(\.warningCodes).contains("duplicate-member"))
    #expect(!scans.flatMap(\.warningCodes).contains("duplicate-page"))
  }

  @Test func severalDocuments() throws {
    let folder = TemporaryFolder()
    var zip = ZipWriter()
    zip.add("b.txt", "two")
    zip.add("a.md", "# One")
    let path = folder.write("both.zip", zip.finished())
    let documents = try Reading.documents(at: [path])
    #expect(documents.map(\.id) == ["a", "b"])
    #expect(try documents.map { try $0.scan().witness } == ["One", "two"])
  }

  @Test func gzip() throws {
    // The gzip form of "zipped words\n", one stored block.
    let text = Array("zipped words\n".utf8)
    let bytes: [UInt8] =
      [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1, UInt8(text.count), 0, ~UInt8(text.count), 255] + text
      + [0xDF, 0x6E, 0x4E, 0x2A] + [UInt8(text.count), 0, 0, 0]
    let folder = TemporaryFolder()
    let path = folder.write("w.txt.gz", bytes)
    let document = try Reading.documents(at: [path])[0]
    #expect(document.id == "w")
    let outcome = Result { try document.scan() }
    switch outcome {
    case .success(let scan): #expect(scan.witness == "zipped words\n")
    // libarchive checks the sum, which is not worth computing here: then the error must say what it is.
    case .failure(let error): #expect((error as? ReadingError)?.code == .badArchive)
    }
    #expect(code { _ = try read(bytes, name: "w.txt") } == .notText)
    #expect(code { _ = try read(Array(bytes.prefix(20)), name: "w.txt.gz") } != nil)
  }

  @Test(arguments: ["../x.txt", "/etc/x.txt", "a/../../x.txt", "C:\\x.txt", "..\\x.txt"])
  func unsafeNames(_ name: String) {
    var zip = ZipWriter()
    zip.add(name, "x")
    #expect(code { _ = try read(zip.finished(), name: "a.zip") } == .unsafePath)
  }

  @Test func linksAndLocks() {
    var links = ZipWriter()
    links.add("x.txt", "/etc/passwd", mode: 0o120777)
    #expect(code { _ = try read(links.finished(), name: "a.zip") } == .unsafePath)
    var locked = ZipWriter()
    locked.add("x.txt", "0123456789ab-secret", flags: 1)
    #expect(code { _ = try read(locked.finished(), name: "a.zip") } == .encrypted)
  }

  @Test func limits() {
    var zip = ZipWriter()
    for page in 1...9 { zip.add("000\(page).txt", String(repeating: "x", count: 100)) }
    let bytes = zip.finished()
    func outcome(_ change: (inout Reading.Limits) -> Void) -> ReadingError.Code? {
      var options = Reading.Options()
      change(&options.limits)
      return code { _ = try read(bytes, name: "a.zip", options) }
    }
    #expect(outcome { _ in } == nil)
    #expect(outcome { $0.members = 8 } == .archiveLimit)
    #expect(outcome { $0.memberBytes = 99 } == .archiveLimit)
    // The archive itself is larger than its members.
    #expect(outcome { $0.documentBytes = 800 } == .tooLarge)
  }

  /// Wherever an archive breaks off there is an error or a whole scan, never a crash.
  @Test func truncated() {
    var zip = ZipWriter()
    for page in 1...3 { zip.add("000\(page).txt", "some words of page \(page)") }
    let bytes = zip.finished()
    for length in stride(from: 5, to: bytes.count - 1, by: 3) {
      do { checkInvariants(try read(Array(bytes.prefix(length)), name: "a.zip")) } catch {
        #expect(error is ReadingError)
      }
    }
    let half = code { _ = try read(Array(bytes.prefix(80)), name: "a.zip") }
    #expect(half == .truncated || half == .badArchive)
  }

  @Test func twins() throws {
    var zip = ZipWriter()
    zip.add("P1.txt", "one")
    zip.add("p2.txt", "two")
    zip.add("P2.txt", "TWO")
    let scan = try read(zip.finished(), name: "a.zip", .init(folders: .volume))
    #expect(scan.warningCodes.contains("duplicate-member"))
  }
}

@Suite struct PDFTests {
  static let isInstalled = ["/usr/bin/pdftotext", "/usr/local/bin/pdftotext", "/opt/homebrew/bin/pdftotext"]
    .contains { (try? fileBytes($0)) != nil }

  /// A PDF of one page with two lines.
  static func document() -> [UInt8] {
    let content = "BT /F1 12 Tf 72 700 Td (Cables under the sea) Tj 0 -14 Td (carry words.) Tj ET"
    let objects = [
      "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
      "<</Length \(content.utf8.count)>>stream\n\(content)\nendstream",
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    var text = "%PDF-1.4\n"
    for (index, object) in objects.enumerated() { text += "\(index + 1) 0 obj\(object)endobj\n" }
    return Array((text + "trailer<</Root 1 0 R>>\n").utf8)
  }

  @Test(.enabled(if: isInstalled, "needs pdftotext"))
  func textLayer() throws {
    let folder = TemporaryFolder()
    let path = folder.write("cables.pdf", Self.document())
    for scan in [try Reading.documents(at: [path])[0].scan(), try read(Self.document(), name: "cables.pdf")] {
      checkInvariants(scan)
      #expect(scan.source.format == .pdf && scan.lineTexts == ["Cables under the sea", "carry words."])
      #expect(scan.words.count == 6 && scan.pages[0].size?.height == 792)
    }
    #expect(code { _ = try read(Array("%PDF-1.4 broken".utf8), name: "x.pdf") } == .toolFailed)
  }
}
