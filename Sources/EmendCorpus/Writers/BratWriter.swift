import GRDB

/// Standoff annotations for brat: offsets count characters (Unicode scalars) of the text file.
enum BratWriter {
  static func annotations(_ document: StoredDocument) -> [UInt8] {
    let text = document.reading
    // Byte offset → number of characters before it, in one walk, as spans are sorted by their start.
    var result = ""
    var number = 0
    var (at, characters) = (0, 0)
    func count(to offset: Int, from start: Int, _ already: Int) -> Int {
      var total = already
      for index in start..<max(start, min(offset, text.count)) where text[index] & 0xC0 != 0x80 { total += 1 }
      return total
    }
    for span in document.spans where !span.range.isEmpty && span.range.upperBound <= text.count {
      characters = count(to: span.range.lowerBound, from: at, characters)
      at = max(at, span.range.lowerBound)
      let end = count(to: span.range.upperBound, from: span.range.lowerBound, characters)
      number += 1
      let words = String(decoding: text[span.range], as: UTF8.self).replacing("\n", with: " ")
      result += "T\(number)\t\(type(span.type)) \(characters) \(end)\t\(words)\n"
    }
    return Array(result.utf8)
  }

  /// `annotation.conf` with the labels of the corpus.
  static func configuration(_ db: Database) throws -> [UInt8] {
    let labels = try String.fetchAll(db, sql: "SELECT DISTINCT label FROM tags ORDER BY label")
    let actors = try String.fetchAll(db, sql: "SELECT DISTINCT actor FROM actors ORDER BY actor")
    let types = (labels + actors.map { "entity/" + $0 }).map(type)
    return Array(
      "[entities]\n\(types.map { $0 + "\n" }.joined())\n[relations]\n\n[events]\n\n[attributes]\n".utf8)
  }

  /// brat allows letters, digits, hyphen and underscore.
  private static func type(_ label: String) -> String {
    String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" ? $0 : "_" })
  }
}
