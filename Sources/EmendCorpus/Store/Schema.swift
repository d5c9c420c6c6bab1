/// One table of `corpus.sqlite`, described once: the statement that makes it, the file of the Datasette
/// metadata and the page of the manual all come from here.
package struct Table: Sendable {
  package let name: String
  /// What one row is.
  package let about: String
  package let columns: [Column]
  /// Columns of the primary key. Rows are stored in its order, so that they come out in document order.
  package let key: [String]
  /// Columns and the table that they lead to.
  package let parents: [Parent]
  /// Further indices, a list of columns each.
  package let indices: [[String]]

  package struct Parent: Sendable {
    package let columns: [String]
    package let table: String
    package let key: [String]
  }

  init(
    _ name: String, _ about: String, key: [String], parents: [Parent] = [], indices: [[String]] = [],
    columns: [Column]
  ) {
    self.name = name
    self.about = about
    self.key = key
    self.parents = parents
    self.indices = indices
    self.columns = columns
  }

  /// Whether the key is a number by which SQLite itself finds rows, as a full-text index needs it.
  private var isNumbered: Bool { columns.contains { key == [$0.name] && $0.kind == .integer } }

  /// The statements that make the table and its indices.
  var statements: [String] {
    var lines = columns.map { "\"\($0.name)\" \($0.kind.sql)\($0.required ? " NOT NULL" : "")" }
    lines.append("PRIMARY KEY (\(Table.quoted(key)))")
    for parent in parents {
      lines.append(
        "FOREIGN KEY (\(Table.quoted(parent.columns))) REFERENCES \"\(parent.table)\""
          + " (\(Table.quoted(parent.key))) ON DELETE CASCADE")
    }
    let table =
      "CREATE TABLE \"\(name)\" (\n  \(lines.joined(separator: ",\n  "))\n)"
      + (isNumbered ? "" : " WITHOUT ROWID")
    return [table]
      + indices.map {
        "CREATE INDEX \"\(name)_by_\($0.joined(separator: "_"))\" ON \"\(name)\" (\(Table.quoted($0)))"
      }
  }

  /// `INSERT` with one argument for each column, in their order.
  var insertion: String {
    let marks = [String](repeating: "?", count: columns.count).joined(separator: ",")
    return "INSERT INTO \"\(name)\" VALUES (\(marks))"
  }

  private static func quoted(_ names: [String]) -> String {
    names.map { "\"\($0)\"" }.joined(separator: ", ")
  }
}

/// One column: its name, what it holds, and its name in the JSON Lines record.
package struct Column: Sendable {
  package enum Kind: Sendable {
    case text, integer, real
    /// 0 or 1; true or false in JSON.
    case flag
    /// JSON as text.
    case json

    var sql: String {
      switch self {
      case .text, .json: "TEXT"
      case .integer, .flag: "INTEGER"
      case .real: "REAL"
      }
    }
  }

  package let name: String
  package let kind: Kind
  package let required: Bool
  package let about: String
  /// The field of the record in the JSON Lines file; nil when the column stands in the database alone.
  package let field: String?

  static func text(_ name: String, _ about: String, as field: String? = nil, record: Bool = true) -> Column {
    Column(
      name: name, kind: .text, required: true, about: about, field: record ? field ?? name : nil)
  }
  static func optional(
    _ name: String, _ about: String, _ kind: Kind = .text, as field: String? = nil, record: Bool = true
  ) -> Column {
    Column(name: name, kind: kind, required: false, about: about, field: record ? field ?? name : nil)
  }
  static func integer(
    _ name: String, _ about: String, as field: String? = nil, record: Bool = true
  ) -> Column {
    Column(
      name: name, kind: .integer, required: true, about: about, field: record ? field ?? name : nil)
  }
  static func real(_ name: String, _ about: String) -> Column {
    Column(name: name, kind: .real, required: true, about: about, field: name)
  }
  static func flag(_ name: String, _ about: String) -> Column {
    Column(name: name, kind: .flag, required: true, about: about, field: name)
  }
  static func json(_ name: String, _ about: String, as field: String? = nil, record: Bool = true) -> Column {
    Column(
      name: name, kind: .json, required: true, about: about, field: record ? field ?? name : nil)
  }
}
