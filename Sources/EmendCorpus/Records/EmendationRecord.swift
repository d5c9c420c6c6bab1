import EmendModel

extension Records {
  /// One change of the text:
  /// `document, page, page_label, line, column, start, end, original, reading, kind, rule, confidence,
  /// status, evidence`. `start` and `end` are bytes of the source.
  ///
  /// ```json
  /// {"document":"essay","page":1,"page_label":"14","line":3,"column":17,"start":181,"end":182,
  ///  "original":"A","reading":"fi","kind":"ligature","rule":"damage-map","confidence":0.9991,
  ///  "status":"applied","evidence":"27 distinct words vote A→fi"}
  /// ```
  public static func emendation(_ emendation: Emendation, in document: Document, into json: inout JSONLine) {
    let scan = document.scan
    let place = scan.place(at: emendation.range.lowerBound)
    let source = scan.origin?.source(ofTarget: emendation.range) ?? emendation.range
    json.object {
      $0.field("document", document.id)
      $0.field("page", place.page + 1)
      $0.field("page_label", document.pageLabel(page: place.page))
      $0.field("line", place.line)
      $0.field("column", place.column)
      $0.field("start", source.lowerBound)
      $0.field("end", source.upperBound)
      $0.field("original", emendation.original)
      $0.field("reading", emendation.reading)
      $0.field("kind", emendation.kind.rawValue)
      $0.field("rule", emendation.rule)
      $0.field("confidence", emendation.confidence)
      $0.field("status", emendation.status.rawValue)
      $0.field("evidence", emendation.evidence)
    }
    json.endLine()
  }

  /// All changes of a document in witness order: the repairs and, unless `joins` is false (as for
  /// `emend clean --keep-lines`), the joins of lines and line-end hyphens. A line end inside a paragraph
  /// that is read as a space is left out unless `plainLineEnds` is true.
  public static func emendations(
    of document: Document, joins: Bool = true, plainLineEnds: Bool = false, into json: inout JSONLine
  ) {
    for change in allEmendations(of: document, joins: joins, plainLineEnds: plainLineEnds) {
      emendation(change, in: document, into: &json)
    }
  }

  /// Repairs and joins merged into witness order; a repair before a join at the same place.
  package static func allEmendations(
    of document: Document, joins: Bool = true, plainLineEnds: Bool = true
  ) -> [Emendation] {
    let repairs = document.transcript.emendations
    guard joins else { return repairs }
    var merged: [Emendation] = []
    merged.reserveCapacity(repairs.count + document.joins.count)
    var next = 0
    for join in document.joins where plainLineEnds || !join.isPlainLineEnd {
      while next < repairs.count, repairs[next].range.lowerBound <= join.range.lowerBound {
        merged.append(repairs[next])
        next += 1
      }
      merged.append(join)
    }
    merged.append(contentsOf: repairs[next...])
    return merged
  }
}
