import FoundationEssentials
import GRDB

/// How damaged the sources were: the patterns that were learnt, the kinds of change, examples.
struct ReportDamage: ReportSection {
  let id = "damage"
  let title = "Damage and repair"

  private struct Pattern: Decodable {
    var standIn, reading: String
    var votes, applied: Int
    var examples: [String]

    enum CodingKeys: String, CodingKey {
      case standIn = "stand_in"
      case reading, votes, applied, examples
    }
  }

  func html(_ db: Database) throws -> String? {
    let kinds = try Row.fetchAll(
      db,
      sql: """
        SELECT kind, sum(status = 'applied'), sum(status = 'suggested') FROM emendations
        GROUP BY kind ORDER BY count(*) DESC, kind
        """)
    if kinds.isEmpty { return nil }
    return try patterns(db) + self.kinds(kinds) + examples(db)
  }

  private func patterns(_ db: Database) throws -> String {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT document, profile FROM documents WHERE profile <> '[]' ORDER BY repairs DESC, document
        LIMIT \(ReportLimits.outlines)
        """)
    if rows.isEmpty { return "" }
    var html = "<p>Fonts and scanners go wrong in patterns. These were learnt from the documents themselves, "
    html += "each by the number of different words that become words by it.</p>\n"
    html += "<div class=\"wide\"><table>\n<thead><tr><th>Document</th><th>Stands</th><th>For</th>"
    html += "<th class=\"n\">Votes</th><th class=\"n\">Mended</th><th>Such as</th></tr></thead>\n<tbody>\n"
    for row in rows {
      let patterns = (try? JSONDecoder().decode([Pattern].self, from: Data((row[1] as String).utf8))) ?? []
      for (index, pattern) in patterns.filter({ $0.applied > 0 }).prefix(8).enumerated() {
        html += "<tr><td>\(index == 0 ? HTML.escape(row[0] as String) : "")</td>"
        html += "<td><span class=\"sign\">\(HTML.escape(ReportDamage.visible(pattern.standIn)))</span></td>"
        html += "<td><span class=\"sign\">\(HTML.escape(ReportDamage.visible(pattern.reading)))</span></td>"
        html += "<td class=\"n\">\(HTML.number(pattern.votes))</td>"
        html += "<td class=\"n\">\(HTML.number(pattern.applied))</td>"
        html += "<td>\(HTML.escape(pattern.examples.prefix(3).joined(separator: ", ")))</td></tr>\n"
      }
    }
    return html + "</tbody></table></div>\n"
  }

  private func kinds(_ rows: [Row]) -> String {
    var html = "<h3>What was changed</h3>\n<div class=\"wide\"><table>\n<thead><tr><th>Kind</th>"
    html += "<th class=\"n\">Made</th><th class=\"n\">Only suggested</th></tr></thead>\n<tbody>\n"
    for row in rows {
      html +=
        "<tr><td>\(HTML.escape(ReportDamage.name(row[0])))</td><td class=\"n\">\(HTML.number(row[1]))</td>"
      html += "<td class=\"n\">\((row[2] as Int) == 0 ? "·" : HTML.number(row[2]))</td></tr>\n"
    }
    return html + "</tbody></table></div>\n"
  }

  /// The commonest changes of each kind, joins left out.
  private func examples(_ db: Database) throws -> String {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT original, reading, count(*) AS n, min(document), min(page_label) FROM emendations
        WHERE status = 'applied' AND kind NOT IN ('hyphen-join', 'hyphen-keep', 'lost-hyphen', 'reflow')
        GROUP BY original, reading ORDER BY n DESC, original, reading LIMIT 15
        """)
    if rows.isEmpty { return "" }
    var html = "<h3>The commonest repairs</h3>\n<p>"
    html += rows.map {
      "<span class=\"sign\">\(HTML.escape(ReportDamage.visible($0[0])))</span><span class=\"arrow\">→</span>"
        + "<span class=\"sign\">\(HTML.escape(ReportDamage.visible($0[1])))</span>"
        + " <span class=\"small\">\(HTML.number($0[2]))</span>"
    }.joined(separator: " &emsp; ")
    return html + "</p>\n"
  }

  /// Spaces, line ends and nothing at all made visible.
  static func visible(_ text: String) -> String {
    if text.isEmpty { return "∅" }
    return text.replacing("\n", with: "⏎").replacing(" ", with: "␣")
  }

  static func name(_ kind: String) -> String {
    switch kind {
    case "ligature": "Letters and signs that stand for fi, fl, ff …"
    case "ligature-code-point": "Ligature characters written out"
    case "companion": "Dashes, quotes and accents of the same font"
    case "confusion": "Misread letters"
    case "missing-space": "Missing spaces"
    case "extra-space": "Spaces too many"
    case "broken-word": "Words broken in mid-line"
    case "encoding": "Encoding faults"
    case "control": "Control characters"
    case "markup": "Marks of the markup"
    case "hyphen-join": "Line-end hyphens dropped"
    case "hyphen-keep": "Line-end hyphens kept"
    case "lost-hyphen": "Words cut by a line end without hyphen"
    case "reflow": "Paragraphs joined over a page start"
    default: kind
    }
  }
}
