import GRDB

/// Queries in the language of FTS5: words, "phrases", `coerc*`, AND, OR, NOT, NEAR(a b, 5).
enum FullText {
  /// Throws `CorpusError.badRequest` for a query whose quotation marks are not closed or that holds no word.
  static func check(_ query: String) throws {
    if query.count(where: { $0 == "\"" }) % 2 != 0 {
      throw CorpusError.badRequest(
        "a quotation mark in the query \(query) is not closed; close it, or leave it out")
    }
    guard query.contains(where: { $0.isLetter || $0.isNumber }) else {
      throw CorpusError.badRequest("the query \(query) holds no word")
    }
  }

  /// What to say of an error that only a query can have caused; nil for other errors.
  static func request(for error: DatabaseError) -> String? {
    let message = error.message ?? ""
    let ours = ["fts5", "no such column", "unknown special query", "unterminated string", "malformed MATCH"]
    guard ours.contains(where: { message.contains($0) }) else { return nil }
    // `fts5: syntax error near "AND"` names the place.
    let parts = message.split(separator: "\"")
    // The query stands in brackets of ours, of which the last one is no place of the user's.
    let place = parts.count > 1 && parts[1] != ")" ? " near \"\(parts[1])\"" : ""
    return
      "cannot read the query\(place): AND, OR, NOT and NEAR(a b, 5) join words, * ends one; put words that are "
      + "to be found as they stand into quotation marks"
  }

  /// Looks in the text of the passages only, not in the names of their sections and labels.
  static func inText(_ query: String) -> String { "{text} : (\(repaired(query)))" }

  /// The query as given where FTS5 can read it; otherwise its words as one phrase, so that
  /// "nation-state" or "d’état" need no quotation marks.
  private static func repaired(_ query: String) -> String {
    isPlain(query) ? query : "\"" + query.replacing("\"", with: "\"\"") + "\""
  }

  /// Whether every sign of the query has a meaning in the query language.
  private static func isPlain(_ query: String) -> Bool {
    var quoted = false
    for scalar in query.unicodeScalars {
      if scalar == "\"" { quoted.toggle() }
      if quoted || scalar.value >= 0x80 { continue }
      let known =
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || "_ *()\",".unicodeScalars.contains(scalar)
      if !known { return false }
    }
    return !quoted
  }
}
