import GRDB

/// Queries in the language of FTS5: words, "phrases", `coerc*`, AND, OR, NOT, NEAR(a b, 5).
enum FullText {
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
        || "_ *()+^:\",".unicodeScalars.contains(scalar)
      if !known { return false }
    }
    return !quoted
  }
}
