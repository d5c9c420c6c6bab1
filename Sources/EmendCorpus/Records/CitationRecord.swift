import EmendModel

extension Records {
  /// One work cited at one place: `document, page, page_label, line, line_end, column, start, end, text,
  /// raw, form, group, group_text, authors, et_al, authors_elided, year, locator, prefix, key,
  /// note_number, this_volume, marker, section, work, confidence`; where the authors are taken from another
  /// place ("ibid.", pages alone), also `resolved_from` with its `line` and `group`.
  ///
  /// ```json
  /// {"document":"essay","page":2,"page_label":"15","line":31,"line_end":31,"column":4,"start":2210,
  ///  "end":2223,"text":"Headrick 1991","raw":"Headrick 1991","form":"parenthetical","group":"g004", …}
  /// ```
  public static func citation(_ citation: Citation, in edition: Edition, into json: inout JSONLine) {
    let document = edition.document
    json.object {
      $0.field("document", document.id)
      place(ofReading: citation.range, in: document, into: &$0)
      $0.field("text", citation.text)
      $0.field("raw", citation.raw)
      $0.field("form", citation.form.rawValue)
      $0.field("group", "g" + ordinal(citation.group))
      $0.field("group_text", document.text(citation.groupRange))
      names("authors", citation.authors, into: &$0)
      $0.field("et_al", citation.etAl)
      $0.field("authors_elided", citation.authorsElided)
      if let source = citation.resolvedFrom {
        $0.object("resolved_from") {
          $0.field("line", document.place(ofReading: source.lowerBound).line)
          $0.field("group", edition.citationGroup(at: source).map { "g" + ordinal($0) })
        }
      }
      $0.field("year", citation.year)
      $0.field("locator", citation.locator)
      $0.field("prefix", citation.prefix)
      $0.field("key", citation.key)
      $0.field("note_number", citation.noteMark)
      $0.field("this_volume", citation.thisVolume)
      $0.field("marker", citation.marker)
      let block = document.blockIndex(ofReading: citation.range.lowerBound)
      $0.field("section", block.map { document.sectionTitle(ofBlock: $0) } ?? "")
      $0.field("work", edition.workKey(citation.work))
      $0.field("confidence", citation.confidence)
    }
    json.endLine()
  }

  /// All citations of an edition in text order.
  public static func citations(of edition: Edition, into json: inout JSONLine) {
    for item in edition.citations.citations { citation(item, in: edition, into: &json) }
  }
}

extension Edition {
  /// The group of the citation that stands at a range of the reading text. Citations are in text order.
  func citationGroup(at range: Range<Int>) -> Int? {
    var (low, high) = (0, citations.citations.count)
    while low < high {
      let middle = (low + high) / 2
      if citations.citations[middle].range.lowerBound < range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < citations.citations.count, citations.citations[low].range.lowerBound == range.lowerBound
    else {
      return nil
    }
    return citations.citations[low].group
  }

  /// The key of a work given by its index in the citation layer.
  package func workKey(_ index: Int?) -> String? {
    guard let index, citations.works.indices.contains(index) else { return nil }
    return citations.works[index].key
  }
}
