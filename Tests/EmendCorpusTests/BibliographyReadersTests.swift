import EmendCorpus
import FoundationEssentials
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Foreign programs read our bibliographies back: pandoc's citeproc, bibtexparser, rispy and xmllint. Each test is
/// skipped where its reader is not installed (`apt install pandoc libxml2-utils`, `pip install bibtexparser rispy`).
@Suite struct BibliographyReadersTests {
  /// Writes the sample bibliography to a file and gives what a command prints for it; `{}` stands for the file.
  static func read(_ format: BibliographyWriter.Format, by command: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.path()
    let path = "\(folder)/emend-\(UUID().uuidString).\(format.rawValue)"
    let bytes = BibliographyWriter.write(BibliographyTests.entries, as: format)
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return output(of: command.replacing("{}", with: path))
  }

  static func output(of command: String) -> String {
    guard let pipe = popen(command, "r") else { return "" }
    defer { pclose(pipe) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func has(_ check: String) -> Bool { output(of: "\(check) >/dev/null 2>&1 && echo yes") == "yes\n" }

  static let pandoc = has("pandoc --version")
  /// Which of our formats this pandoc reads: RIS only since 3.0.
  static let pandocFormats = [
    (BibliographyWriter.Format.bibtex, "bibtex"), (.cslJSON, "csljson"), (.ris, "ris"),
  ].filter { has("pandoc --list-input-formats | grep -qx \($0.1)") }
  static let bibtexparser = has("python3 -c 'import bibtexparser'")
  static let rispy = has("python3 -c 'import rispy'")
  static let xmllint = has("xmllint --version")

  @Test(
    .enabled(if: pandoc, "pandoc is not installed"),
    arguments: pandocFormats)
  func citeproc(_ format: BibliographyWriter.Format, _ name: String) throws {
    let plain = try Self.read(format, by: "pandoc -f \(name) -t csljson {} 2>/dev/null")
    #expect(plain.contains("Victorian Internet"))
    #expect(plain.contains("O’Neill"))
    #expect(plain.contains("World Bank"))
  }

  @Test(.enabled(if: bibtexparser, "bibtexparser is not installed")) func bibtex() throws {
    let script = """
      import bibtexparser, sys
      try:
          entries = bibtexparser.load(open(sys.argv[1], encoding='utf-8')).entries
      except AttributeError:
          entries = [dict(e.items(), ID=e.key) for e in bibtexparser.parse_file(sys.argv[1]).entries]
      print('|'.join(e['ID'] for e in entries))
      print(entries[1]['author'])
      """
    let text = try Self.read(.bibtex, by: "python3 -c \"\(script)\" {}")
    #expect(
      text == "standage-1998|muller-oneill-1994-95|standage-1998a\nMüller, Jürgen and O’Neill, Jr., James\n")
  }

  @Test(.enabled(if: rispy, "rispy is not installed")) func ris() throws {
    let script = """
      import rispy, sys
      entries = rispy.load(open(sys.argv[1], encoding='utf-8', newline=''))
      print('|'.join(e['type_of_reference'] for e in entries))
      print(entries[1]['authors'][1], entries[1]['start_page'], entries[1]['end_page'])
      """
    let text = try Self.read(.ris, by: "python3 -c \"\(script)\" {}")
    #expect(text == "BOOK|JOUR|CHAP\nO’Neill, James, Jr. 5 49\n")
  }

  @Test(.enabled(if: xmllint, "xmllint is not installed")) func tei() throws {
    let text = try Self.read(.tei, by: "xmllint --noout {} 2>&1 && echo well-formed")
    #expect(text == "well-formed\n")
  }
}
