import EmendModel

extension Records {
  /// One reference, by the contract of `emend parse`: `raw`, then `fields` with `label, text, start, end`
  /// (byte offsets in `raw`) and `probability`, then what is known besides: `type, key, authors, editors,
  /// translators, origin, note_number, confidence`. With an edition, `document, page, page_label, line,
  /// column, section, work` stand first.
  public static func reference(
    _ reference: Reference, in edition: Edition? = nil, into json: inout JSONLine
  ) {
    json.object {
      if let edition {
        if let range = reference.range {
          place(ofReading: range.lowerBound, in: edition.document, into: &$0)
          let block = edition.document.blockIndex(ofReading: range.lowerBound)
          $0.field("section", block.map { edition.document.sectionTitle(ofBlock: $0) } ?? "")
        } else {
          $0.field("document", edition.id)
        }
        $0.field("work", edition.workKey(reference.work))
      }
      $0.field("raw", reference.raw)
      $0.array("fields") {
        for field in reference.fields {
          $0.object {
            $0.field("label", field.label.rawValue)
            $0.field("text", field.text)
            $0.field("start", field.range.lowerBound)
            $0.field("end", field.range.upperBound)
            $0.field("probability", field.probability)
            if let normal = field.normal { $0.field("normal", normal) }
          }
        }
      }
      $0.field("type", reference.type)
      $0.field("key", reference.key)
      names("authors", reference.authors, into: &$0)
      names("editors", reference.editors, into: &$0)
      if !reference.translators.isEmpty { names("translators", reference.translators, into: &$0) }
      $0.field("origin", reference.origin.rawValue)
      $0.field("note_number", reference.noteMark)
      $0.field("confidence", reference.confidence)
    }
    json.endLine()
  }

  /// All references of an edition in text order.
  public static func references(of edition: Edition, into json: inout JSONLine) {
    for item in edition.citations.references { reference(item, in: edition, into: &json) }
  }
}
