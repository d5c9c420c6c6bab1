/// Views with plain names, for people who open the database in Datasette, DB Browser, R or pandas.
package enum Views {
  package struct View: Sendable {
    package let name: String
    package let about: String
    package let query: String
  }

  package static let all: [View] = [coded, cited, repairs, bibliography, quality]

  static let coded = View(
    name: "coded_sentences", about: "Every label of every sentence, with the sentence and its page.",
    query: """
      SELECT s.document AS document, s.id AS id, s.page_label AS page, s.line AS line,
        s.section_title AS section, s.kind AS kind, t.label AS label, t.implicit AS implicit, t.score AS score,
        t.words AS words, t.flags AS flags, s.text AS text, s.source_start AS source_start,
        s.source_end AS source_end
      FROM tags t JOIN sentences s ON s.document = t.document AND s.sentence = t.sentence
      """)

  static let cited = View(
    name: "cited_passages", about: "Every citation with the sentence that makes it.",
    query: """
      SELECT c.document AS document, c.page_label AS page, c.line AS line, c.key AS key, c.year AS year,
        c.author_names AS authors, c.form AS form, c.locator AS locator, c.text AS citation, s.text AS sentence,
        c.source_start AS source_start, c.source_end AS source_end
      FROM citations c LEFT JOIN sentences s ON s.document = c.document AND s.sentence = c.sentence
      """)

  static let repairs = View(
    name: "repairs", about: "Changes of letters and spaces that were made; joins of lines left out.",
    query: """
      SELECT document, page_label AS page, line, "column", original, reading, kind, rule, confidence, evidence,
        source_start, source_end
      FROM emendations
      WHERE status = 'applied' AND kind NOT IN ('hyphen-join', 'hyphen-keep', 'lost-hyphen', 'reflow')
      """)

  static let bibliography = View(
    name: "bibliography", about: "The works cited, most cited first.",
    query: """
      SELECT work, author_names AS authors, year, title, citations, document_count AS documents
      FROM works ORDER BY citations DESC, document_count DESC, work
      """)

  static let quality = View(
    name: "quality", about: "Grade of each document, with what stands behind it.",
    query: """
      SELECT document, grade, words, repairs, suggestions, round(repairs * 1000.0 / max(words, 1), 2) AS
        repairs_per_1000_words, grade_reasons AS reasons
      FROM documents ORDER BY document
      """)

  /// Full text of the passages: `unicode61` with diacritics folded, so that "Muller" finds "Müller".
  static let search = """
    CREATE VIRTUAL TABLE passage_search USING fts5(
      text, section, labels, actors, content='passages', content_rowid='id',
      tokenize='unicode61 remove_diacritics 2')
    """

  /// The passages as the first state of the schema had them.
  static let firstPassages = """
    CREATE VIEW passages AS
    SELECT n.id AS id, b.document AS document, b.block AS block, b.section_title AS section, b.text AS text,
      b.labels AS labels, b.actors AS actors
    FROM passage_numbers n CROSS JOIN blocks b ON b.document = n.document AND b.block = n.block
    """
}
