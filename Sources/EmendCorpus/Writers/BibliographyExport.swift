import EmendModel
import FoundationEssentials
import GRDB

extension Corpus {
  /// The works of the corpus as a bibliography, each once, by its fullest reference or, without one, by
  /// authors and year. References that belong to no known work follow.
  ///
  /// A work of which not even a year or title is known (a chapter of the same volume) is left out.
  public func bibliography(
    _ format: BibliographyWriter.Format, where selection: Selection = Selection(), to sink: some ByteSink
  ) throws {
    var writer = BibliographyWriter(format: format)
    try read { db in
      try selection.check(db)
      let condition = selection.condition(on: .other)
      let filter = condition.map { " AND \($0.sql)" } ?? ""
      let arguments = condition?.arguments ?? []
      let works = try Row.fetchCursor(
        db,
        sql: """
          SELECT w.work, w.authors, w.year, w.title, \(StoredReference.columns)
          FROM works w
            LEFT JOIN (
              SELECT work, document, reference,
                row_number() OVER (PARTITION BY work ORDER BY document, number) AS rank
              FROM document_works WHERE reference IS NOT NULL\(filter)) d ON d.work = w.work AND d.rank = 1
            LEFT JOIN reference_entries r ON r.document = d.document AND r.number = d.reference
          WHERE w.work IN (SELECT work FROM document_works WHERE true\(filter))
          ORDER BY w.work
          """, arguments: arguments + arguments)
      while let row = try works.next() {
        let reference = StoredReference.decode(row, from: 4)
        let work = Work(
          key: row[0], authors: StoredReference.names(row[1]), year: row[2], title: row[3])
        if reference == nil, work.year == nil, work.title == nil { continue }
        writer.add(BibliographyEntry(work, reference: reference))
        try sink.write(writer.take())
      }
      let others = try Row.fetchCursor(
        db,
        sql: """
          SELECT \(StoredReference.columns) FROM reference_entries r WHERE r.work IS NULL\(filter)
          ORDER BY r.document, r.number
          """, arguments: arguments)
      while let row = try others.next() {
        guard let reference = StoredReference.decode(row, from: 0) else { continue }
        writer.add(BibliographyEntry(reference))
        try sink.write(writer.take())
      }
    }
    writer.finish()
    try sink.write(writer.take())
  }
}

/// A reference taken back from its row.
enum StoredReference {
  static let columns = "r.raw, r.fields, r.type, r.key, r.authors, r.editors, r.translators"

  private struct Field: Decodable {
    var label, text: String
    var start, end: Int
    var probability: Double
    var normal: String?
  }

  private struct Name: Decodable {
    var family: String
    var given, suffix: String?
  }

  /// The reference whose columns start at an index; nil where a work has none.
  static func decode(_ row: Row, from index: Int) -> Reference? {
    guard let raw = row[index] as String? else { return nil }
    let fields = (try? JSONDecoder().decode([Field].self, from: Data((row[index + 1] as String).utf8))) ?? []
    return Reference(
      raw: raw,
      fields: fields.compactMap { field in
        Reference.Label(rawValue: field.label).map {
          Reference.Field(
            label: $0, text: field.text, range: field.start..<max(field.start, field.end),
            probability: field.probability, normal: field.normal)
        }
      }, authors: names(row[index + 4]), editors: names(row[index + 5]), translators: names(row[index + 6]),
      type: row[index + 2], key: row[index + 3])
  }

  static func names(_ json: String) -> [PersonName] {
    let names = (try? JSONDecoder().decode([Name].self, from: Data(json.utf8))) ?? []
    return names.map { PersonName(family: $0.family, given: $0.given, suffix: $0.suffix) }
  }
}
