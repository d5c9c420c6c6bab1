import EmendModel

/// The CSL type of a reference, from the fields that it has.
enum ReferenceType {
  static func infer(_ fields: [Reference.Field], _ labels: Set<FieldLabel>) -> String {
    func text(_ label: Reference.Label) -> String {
      fields.filter { $0.label == label }.map { $0.text.lowercased() }.joined(separator: " ")
    }
    func holds(_ text: String, _ words: [String]) -> Bool {
      let parts = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
      return parts.contains { words.contains($0) }
    }
    let genre = text(.genre)
    let note = text(.note)
    let container = text(.containerTitle)
    if labels.contains(.archival) { return "manuscript" }
    if holds(genre + " " + note, ["thesis", "dissertation", "diss", "habilitation", "thèse", "tesi"]) {
      return "thesis"
    }
    if holds(container, ["presented", "prepared"]) { return "paper-conference" }
    if holds(container, ["proceedings", "conference", "symposium", "workshop", "congress", "kongress"]),
      !labels.contains(.volume)
    {
      return "paper-conference"
    }
    if holds(container + " " + genre, ["working", "discussion", "occasional", "technical", "report"]),
      holds(container + " " + genre, ["paper", "papers", "report", "reports", "series"])
    {
      return "report"
    }
    if labels.contains(.containerTitle) {
      let fromNewspaper = holds(
        container, ["times", "post", "zeitung", "guardian", "economist", "tribune", "herald"])
      if fromNewspaper, !labels.contains(.volume), !labels.contains(.publisher) { return "article-newspaper" }
      let inBook = labels.contains(.editor) || labels.contains(.publisher) || labels.contains(.location)
      if container.hasPrefix("in ") || container.hasPrefix("in:") || (inBook && !labels.contains(.issue)) {
        return labels.contains(.title) ? "chapter" : "book"
      }
      return "article-journal"
    }
    if labels.contains(.publisher) || labels.contains(.location) || labels.contains(.edition)
      || labels.contains(.isbn)
    {
      return "book"
    }
    if labels.contains(.url), !labels.contains(.volume) { return "webpage" }
    if labels.contains(.title), labels.contains(.volume) { return "article-journal" }
    return labels.contains(.title) ? "book" : "document"
  }
}
