/// Whether numbered text files are the pages of one volume or documents of their own.
///
/// A name with "page" in it, or the folder's own name, settles it; so does one with "chapter" in it. Of others,
/// such as `mdp-0001.txt`, the texts themselves tell: a page ends where the paper ends, so that many files
/// break off in mid-sentence, while a document comes to a close; and a document has pages of its own.
enum PageOrDocument {
  /// Prefixes that say "page", apart from separators and case.
  private static let pageWords: Set<String> = [
    "", "p", "pg", "pag", "page", "seq", "img", "image", "scan", "leaf", "fol", "folio", "ocr", "text", "s",
    "seite",
  ]
  /// Prefixes that say "document".
  private static let documentWords: Set<String> = [
    "doc", "document", "file", "chapter", "chap", "ch", "volume", "vol", "v", "article", "art", "essay",
    "book",
    "paper", "part", "issue", "letter", "report", "record", "item", "case", "speech", "session", "thesis",
  ]
  /// Files whose ends are looked at; more would say the same.
  private static let sample = 64
  /// Share of files that break off in mid-sentence from which on they are pages. Some half of the pages of a
  /// book do so; the others end with a paragraph, a note or a page number.
  private static let brokenShare = 0.2

  enum Name { case page, document, either }

  /// What a prefix says: of "page_0001" that it is a page.
  static func name(_ prefix: String, folder: String) -> Name {
    let word = letters(prefix)
    if pageWords.contains(word) || word == letters(folder) { return .page }
    return documentWords.contains(word) ? .document : .either
  }

  private static func letters(_ name: String) -> String {
    name.lowercased().filter { !"_-. ".contains($0) }
  }

  /// Whether texts read as pages of one volume. `load` gives the bytes of a file.
  static func areOneVolume(_ names: [String], load: (String) -> [UInt8]) -> Bool {
    var broken = 0
    var seen = 0
    for name in names.prefix(sample) {
      let text = trimmed(load(name))
      if text.isEmpty { continue }
      if text.contains(0x0C) { return false }
      seen += 1
      if breaksOff(text) { broken += 1 }
    }
    return Double(broken) >= max(1, brokenShare * Double(seen))
  }

  private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    var text = bytes[...]
    while let last = text.last, last <= 0x20 { text.removeLast() }
    while let first = text.first, first <= 0x20 { text.removeFirst() }
    return text
  }

  /// Whether the last line of some length ends in a lower-case letter, a comma or a hyphen.
  private static func breaksOff(_ text: ArraySlice<UInt8>) -> Bool {
    guard let last = text.last else { return false }
    return (0x61...0x7A).contains(last) || last == 0x2C || last == 0x2D
  }
}
