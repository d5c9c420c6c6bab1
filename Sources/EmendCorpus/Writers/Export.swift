import EmendModel
import GRDB

extension Corpus {
  /// The records that a corpus holds, by the names of its files.
  public enum Records: String, Sendable, CaseIterable {
    case documents, pages, sections, passages, sentences, notes, citations, references, works, tags, actors,
      emendations, warnings

    var table: Table {
      switch self {
      case .documents: Tables.documents
      case .pages: Tables.pages
      case .sections: Tables.sections
      case .passages: Tables.blocks
      case .sentences, .tags: Tables.sentences
      case .notes: Tables.notes
      case .citations: Tables.citations
      case .references: Tables.references
      case .works: Tables.works
      case .actors: Tables.actors
      case .emendations: Tables.emendations
      case .warnings: Tables.warnings
      }
    }

    var unit: Selection.Unit {
      switch self {
      case .passages: .block
      case .sentences, .tags, .actors, .citations: .sentence
      case .documents: .document
      default: .other
      }
    }
  }

  /// Writes records as JSON Lines, in document order.
  public func export(
    _ records: Records, where selection: Selection = Selection(), to sink: some ByteSink
  ) throws {
    try read { db in
      try selection.check(db)
      let condition = try self.condition(records, selection)
      if records == .tags {
        try TagExport(condition: condition).jsonLines(db, to: sink)
      } else {
        try TableExport(table: records.table, condition: condition).jsonLines(db, to: sink)
      }
    }
  }

  /// Writes records as CSV with a header. Tags come one label a line, with the sentence.
  public func exportCSV(
    _ records: Records, where selection: Selection = Selection(), raw: Bool = false, to sink: some ByteSink
  ) throws {
    try read { db in
      try selection.check(db)
      let condition = try self.condition(records, selection)
      if records == .tags {
        try CodedSentences(condition: condition).csv(db, to: sink, raw: raw)
      } else {
        try TableExport(table: records.table, condition: condition).csv(db, to: sink, raw: raw)
      }
    }
  }

  private func condition(_ records: Records, _ selection: Selection) throws -> Selection.Condition? {
    if records == .works, !selection.isEmpty {
      guard let condition = selection.condition(on: .other) else { return nil }
      return Selection.Condition(
        sql: "work IN (SELECT work FROM document_works WHERE \(condition.sql))",
        arguments: condition.arguments)
    }
    return selection.condition(on: records.unit)
  }
}

/// Labels with their sentences, one label a line: what a spreadsheet can pivot.
struct CodedSentences {
  var condition: Selection.Condition?

  func csv(_ db: Database, to sink: some ByteSink, raw: Bool) throws {
    let columns: [(String, String, Column.Kind)] = [
      ("document", "s.document", .text), ("id", "s.id", .text), ("page", "s.page_label", .text),
      ("line", "s.line", .integer), ("line_end", "s.line_end", .integer),
      ("section", "s.section_title", .text),
      ("kind", "s.kind", .text), ("label", "t.label", .text), ("implicit", "t.implicit", .flag),
      ("score", "t.score", .real), ("flags", "t.flags", .json), ("words", "t.words", .text),
      ("text", "s.text", .text),
    ]
    let writer = CSVWriter(raw: raw)
    try sink.write(writer.line(columns.map { .text($0.0) }))
    let filter = condition.map { " WHERE \($0.sql)" } ?? ""
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(columns.map(\.1).joined(separator: ", "))
        FROM (SELECT * FROM sentences\(filter)) s JOIN tags t USING (document, sentence)
        ORDER BY s.document, s.sentence, t.label
        """, arguments: condition?.arguments ?? [])
    while let row = try rows.next() {
      try sink.write(writer.line(columns.indices.map { CSVWriter.cell(row, $0, columns[$0].2) }))
    }
  }
}
