import GRDB

/// Title and the figures that say how large the corpus is.
enum ReportHead {
  static func html(_ db: Database) throws -> (title: String, html: String) {
    guard
      let sums = try Row.fetchOne(
        db,
        sql: """
          SELECT count(*), coalesce(sum(pages), 0), coalesce(sum(words), 0), coalesce(sum(sentences), 0),
            coalesce(sum(notes), 0), coalesce(sum(citations), 0), coalesce(sum("references"), 0),
            coalesce(sum(labels), 0), coalesce(sum(repairs), 0) FROM documents
          """)
    else { return ("Corpus", "") }
    let works = try Int.fetchOne(db, sql: "SELECT count(*) FROM works") ?? 0
    let documents: Int = sums[0]
    var title = "A corpus of \(HTML.count(documents, "document"))"
    if documents == 1, let only = try Row.fetchOne(db, sql: "SELECT document, title FROM documents") {
      title = (only[1] as String).isEmpty ? only[0] : only[1]
    }
    let figures: [(String, Int)] = [
      ("pages", sums[1]), ("words", sums[2]), ("sentences", sums[3]), ("notes", sums[4]),
      ("repairs", sums[8]), ("works cited", works), ("citations", sums[5]), ("labels", sums[7]),
    ]
    var html = "<h1>\(HTML.escape(title))</h1>\n"
    html += "<p class=\"lead\">What was read, how far it can be trusted, and what was found in it.</p>\n"
    html += "<dl class=\"figures\">\n"
    for (name, value) in figures { html += "<div><dt>\(name)</dt><dd>\(HTML.number(value))</dd></div>\n" }
    html += "</dl>\n"
    return (title, html)
  }
}
