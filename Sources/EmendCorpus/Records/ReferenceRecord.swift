import EmendModel

extension Records {
  /// One reference, by the contract of `emend parse`: `raw`, then `fields` with `label, text, start, end`
  /// (byte offsets in `raw`) and `probability`, then what is known besides: `type, key, authors, editors,
  /// translators, origin, note_number, confidence`. With an edition, `document, page, page_label, line,
  /// line_end, column, start, end, section, work` stand first.
  public static func reference(
    _ reference: Reference, in edition: Edition? = nil, into json: inout JSONLine
  ) {
    json.object {
      if let edition {
        let range = reference.range ?? 0..<0
        let block = edition.document.blockIndex(ofReading: range.lowerBound)
        $0.field("document", edition.id)
        place(ofReading: range, in: edition.document, into: &$0)
        $0.field("section", block.map { edition.document.sectionTitle(ofBlock: $0) } ?? "")
        $0.field("work", edition.workKey(reference.work))
      }
      $0.field("raw", reference.raw)
      $0.array("fields") { fields(reference.fields, into: &$0) }
      $0.field("type", reference.type)
      $0.field("key", reference.key)
      names("authors", reference.authors, into: &$0)
      names("editors", reference.editors, into: &$0)
      names("translators", reference.translators, into: &$0)
      $0.field("origin", reference.origin.rawValue)
      $0.field("note_number", reference.noteMark)
      $0.field("confidence", reference.confidence)
    }
    json.endLine()
  }

  /// The objects of the list of fields.
  static func fields(_ fields: [Reference.Field], into json: inout JSONLine) {
    for field in fields {
      json.object {
        $0.field("label", field.label.rawValue)
        $0.field("text", field.text)
        $0.field("start", field.range.lowerBound)
        $0.field("end", field.range.upperBound)
        $0.field("probability", field.probability)
        if let normal = field.normal { $0.field("normal", normal) }
      }
    }
  }

  /// All references of an edition in text order.
  public static func references(of edition: Edition, into json: inout JSONLine) {
    for item in edition.citations.references { reference(item, in: edition, into: &json) }
  }
}
