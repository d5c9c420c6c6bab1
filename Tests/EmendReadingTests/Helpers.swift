import EmendModel
import EmendReading
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The shared sample documents beside the checkout; tests that need them are skipped where they are absent.
enum Samples {
  static let folder: String = {
    let parts = #filePath.split(separator: "/").dropLast(4)
    return "/" + parts.joined(separator: "/") + "/shared"
  }()
  static let arePresent = access(folder + "/corpus/chapter.txt", R_OK) == 0

  static func bytes(_ path: String) throws -> [UInt8] { try fileBytes(folder + "/" + path) }
}

func fileBytes(_ path: String) throws -> [UInt8] {
  let file = try #require(fopen(path, "rb"))
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
  return bytes
}

/// A folder that is gone when the test ends.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/emend-reading-XXXXXX".utf8CString)
    mkdtemp(&template)
    path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) -> String {
    let full = path + "/" + name
    var at = full.index(full.startIndex, offsetBy: path.count + 1)
    while let slash = full[at...].firstIndex(of: "/") {
      mkdir(String(full[..<slash]), 0o755)
      at = full.index(after: slash)
    }
    if let file = fopen(full, "wb") {
      fwrite(bytes, 1, bytes.count, file)
      fclose(file)
    }
    return full
  }

  @discardableResult
  func write(_ name: String, _ text: String) -> String { write(name, Array(text.utf8)) }

  private static func remove(_ path: String) {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { remove(path + "/" + name) }
      }
      closedir(folder)
    }
    Glibc.remove(path)
  }
}

extension Scan {
  /// The texts of the lines of each page.
  var pageTexts: [[String]] {
    pages.map { page in page.lines.map { String(decoding: text[lines[$0].range], as: UTF8.self) } }
  }
  var lineTexts: [String] { lines.map { String(decoding: text[$0.range], as: UTF8.self) } }
  var witness: String { String(decoding: text, as: UTF8.self) }
  var wordTexts: [String] { witness.split { $0.isWhitespace }.map(String.init) }
  var warningCodes: [String] { warnings.map(\.code) }
}

func read(_ text: String, name: String = "a.txt", _ options: Reading.Options = .init()) throws -> Scan {
  try Reading.scan(bytes: Array(text.utf8), name: name, options: options)
}

func read(_ bytes: [UInt8], name: String = "a.txt", _ options: Reading.Options = .init()) throws -> Scan {
  try Reading.scan(bytes: bytes, name: name, options: options)
}

/// Runs `body` and gives the code of the reading error that it throws.
func code(of body: () throws -> Void) -> ReadingError.Code? {
  do {
    try body()
    return nil
  } catch {
    return (error as? ReadingError)?.code
  }
}

/// What must hold of every scan, whatever it was read from.
func checkInvariants(_ scan: Scan, _ comment: Comment = "", sourceLocation: SourceLocation = #_sourceLocation)
{
  #expect(String(validating: scan.text, as: UTF8.self) != nil, comment, sourceLocation: sourceLocation)
  var end = 0
  for line in scan.lines {
    #expect(
      line.range.lowerBound >= end && line.range.upperBound <= scan.text.count, comment,
      sourceLocation: sourceLocation)
    #expect(!scan.text[line.range].contains(0x0A), comment, sourceLocation: sourceLocation)
    #expect(scan.pages.indices.contains(line.page), comment, sourceLocation: sourceLocation)
    end = line.range.upperBound
  }
  var next = 0
  for (index, page) in scan.pages.enumerated() {
    #expect(page.lines.lowerBound == next, comment, sourceLocation: sourceLocation)
    for line in page.lines {
      #expect(scan.lines[line].page == index, comment, sourceLocation: sourceLocation)
    }
    next = page.lines.upperBound
  }
  #expect(next == scan.lines.count && !scan.pages.isEmpty, comment, sourceLocation: sourceLocation)
  if let origin = scan.origin {
    #expect(
      origin.segments.last?.target.upperBound ?? 0 == scan.text.count, comment, sourceLocation: sourceLocation
    )
    let upper = origin.segments.map(\.source.upperBound).max() ?? 0
    #expect(upper <= scan.source.byteCount, comment, sourceLocation: sourceLocation)
  }
}
