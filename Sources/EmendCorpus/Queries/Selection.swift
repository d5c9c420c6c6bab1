import GRDB

/// Conditions of `--where`, such as `document=vol*`, `label=mechanism/coercion`, `section=Notes`.
///
/// `*` stands for any run of characters; a label stands for its descendants too. Conditions on different
/// fields must all hold; of several on the same field one is enough.
public struct Selection: Sendable, Equatable {
  /// What can be asked for.
  public enum Field: String, Sendable, CaseIterable {
    case document, section, label, actor, work, year, kind, page, grade, query
  }

  struct Condition {
    var sql: String
    var arguments: StatementArguments
  }

  public private(set) var conditions: [(field: Field, value: String)] = []

  public init() {}

  /// Throws `CorpusError.badRequest` for an unknown field, a missing `=`, or a query that cannot be read.
  public init(parsing texts: [String]) throws {
    for text in texts {
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
        throw CorpusError.badRequest("--where takes FIELD=VALUE, not \(text)")
      }
      let name = String(text[..<equals])
      guard let field = Field(rawValue: name) else {
        let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
        throw CorpusError.badRequest("--where knows no field \(name); it knows \(known)")
      }
      let value = String(text[text.index(after: equals)...])
      if field == .query { try FullText.check(value) }
      add(field, value)
    }
  }

  public mutating func add(_ field: Field, _ value: String) { conditions.append((field, value)) }

  public var isEmpty: Bool { conditions.isEmpty }

  public static func == (a: Selection, b: Selection) -> Bool {
    a.conditions.elementsEqual(b.conditions) { $0 == $1 }
  }

  /// What a row is, and with it which columns it has.
  enum Unit {
    case document, block, sentence, other
    /// A row of `passages`.
    case passage
    /// One of a few sentences, in a table of the name `candidates`: conditions look each of them up.
    case candidate
  }

  /// The condition on rows of a table with a `document` column, as far as it speaks of some fields; nil when there is none.
  func condition(on unit: Unit, _ fields: [Field] = Field.allCases) -> Condition? {
    var clauses: [String] = []
    var arguments: [any DatabaseValueConvertible] = []
    for field in fields {
      let values = conditions.filter { $0.field == field }.map(\.value)
      if values.isEmpty { continue }
      var alternatives: [String] = []
      for value in values {
        let (sql, bound) = clause(field, value, unit)
        alternatives.append(sql)
        arguments.append(contentsOf: bound)
      }
      clauses.append("(" + alternatives.joined(separator: " OR ") + ")")
    }
    if clauses.isEmpty { return nil }
    return Condition(sql: clauses.joined(separator: " AND "), arguments: StatementArguments(arguments))
  }

  private func clause(
    _ field: Field, _ value: String, _ unit: Unit
  ) -> (sql: String, arguments: [any DatabaseValueConvertible]) {
    let (test, bound) = Selection.test(field, value)
    if field == .document { return ("document \(test)", bound) }
    if field == .grade { return ("document IN (SELECT document FROM documents WHERE grade \(test))", bound) }
    // A passage has these itself.
    if unit == .passage, field == .section || field == .kind { return ("\(field.rawValue) \(test)", bound) }
    if unit == .block, field == .section || field == .kind {
      return ("\(field == .section ? "section_title" : "kind") \(test)", bound)
    }
    if unit == .candidate, field == .label || field == .actor {
      return (
        """
        EXISTS (SELECT 1 FROM \(field == .label ? "tags" : "actors") t WHERE t.document = candidates.document
          AND t.sentence = candidates.sentence AND t.\(field.rawValue) \(test))
        """, bound
      )
    }
    if unit == .sentence, field == .label || field == .actor {
      let table = field == .label ? "tags" : "actors"
      return (
        "(document, sentence) IN (SELECT document, sentence FROM \(table) WHERE \(field.rawValue) \(test))",
        bound
      )
    }
    // The rows that hold, as document, block and sentence.
    let source =
      switch field {
      case .label:
        "SELECT t.document, s.block, t.sentence FROM tags t JOIN sentences s USING (document, sentence) WHERE t.label \(test)"
      case .actor:
        "SELECT t.document, s.block, t.sentence FROM actors t JOIN sentences s USING (document, sentence) WHERE t.actor \(test)"
      case .work, .year:
        "SELECT c.document, s.block, c.sentence FROM citations c JOIN sentences s USING (document, sentence) WHERE c.\(field.rawValue) \(test)"
      case .query:
        "SELECT s.document, s.block, s.sentence FROM passage_search f JOIN passages n ON n.id = f.rowid JOIN sentences s ON s.document = n.document AND s.block = n.block WHERE passage_search MATCH ?"
      case .section: "SELECT document, block, sentence FROM sentences WHERE section_title \(test)"
      case .kind: "SELECT document, block, sentence FROM sentences WHERE kind \(test)"
      case .page: "SELECT document, block, sentence FROM sentences WHERE page_label \(test)"
      case .document, .grade: ""
      }
    switch unit {
    // The signs keep SQLite from asking for each of these in each of the passages.
    case .candidate: return ("(+document, +sentence) IN (SELECT document, sentence FROM (\(source)))", bound)
    case .sentence: return ("(document, sentence) IN (SELECT document, sentence FROM (\(source)))", bound)
    case .block, .passage: return ("(document, block) IN (SELECT document, block FROM (\(source)))", bound)
    case .document, .other: return ("document IN (SELECT document FROM (\(source)))", bound)
    }
  }

  private static func test(_ field: Field, _ value: String) -> (String, [any DatabaseValueConvertible]) {
    if field == .query { return ("", [FullText.inText(value)]) }
    if field == .label {
      let (test, bound) = labelTest(value)
      return ("IN (SELECT label FROM codebook WHERE label \(test))", bound)
    }
    return value.contains("*") ? ("GLOB ?", [globEscaped(value)]) : ("= ?", [value])
  }

  /// A label or any of its descendants: a range over the index, since the sign after "/" is "0". To be put after `WHERE label`.
  static func labelTest(_ value: String) -> (String, [any DatabaseValueConvertible]) {
    if value.contains("*") { return ("GLOB ?", [globEscaped(value)]) }
    return ("= ? OR label >= ? AND label < ?", [value, value + "/", value + "0"])
  }

  /// `*` alone is special.
  private static func globEscaped(_ value: String) -> String {
    var result = ""
    for scalar in value.unicodeScalars {
      if scalar == "?" || scalar == "[" {
        result += "[\(scalar)]"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
