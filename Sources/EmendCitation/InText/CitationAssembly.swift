import EmendModel

/// Makes citations from the drafts that were accepted: strings, groups, resolved authors.
struct CitationAssembly {
  let document: Document

  /// A citation without its group number, which is given when all of them stand in text order.
  func citation(_ draft: CitationDraft, source: CitationDraft?, confidence: Double) -> Citation {
    let named = draft.names.isEmpty ? (source?.names ?? []) : draft.names
    let year = draft.names.isEmpty ? source?.year : draft.year
    var authors = named.map(personName)
    // Given names are told where they are printed.
    if draft.elided { for index in authors.indices { authors[index].given = nil } }
    return Citation(
      range: draft.range, text: text(draft), raw: document.witness(draft.range), form: form(draft), group: 0,
      groupRange: draft.group, authors: authors, etAl: (source ?? draft).facts.contains(.etAl),
      authorsElided: draft.elided, resolvedFrom: source?.range, year: year, locator: draft.locator,
      prefix: spaced(draft.prefix), key: CitationKey.make(authors.map(\.family), year: year),
      noteMark: noteMark(draft.block), confidence: confidence)
  }

  /// One citation for each number: "[3, 7–9]" cites four works.
  func citations(_ draft: NumericDraft) -> [Citation] {
    var result: [Citation] = []
    for item in draft.items {
      for number in item.numbers {
        result.append(
          Citation(
            range: item.range, text: document.text(item.range), raw: document.witness(item.range),
            form: .numeric,
            group: 0, groupRange: draft.group, authors: [], year: nil, locator: item.locator,
            prefix: result.isEmpty ? spaced(draft.prefix) : "", key: "ref-\(number)",
            noteMark: noteMark(draft.block), confidence: 0.9))
      }
    }
    return result
  }

  func personName(_ span: NameSpan) -> PersonName {
    PersonName(
      family: whole(document.text(span.family)), given: span.given.map { spaced(document.text($0)) },
      suffix: span.suffix.map { spaced(document.text($0)) })
  }

  /// A name whose line-end hyphen was left in: "Bas- tian" → "Bastian", "Ortega- Ruiz" → "Ortega-Ruiz".
  private func whole(_ name: String) -> String {
    let pieces = spaced(name).split(separator: " ")
    var result = ""
    for piece in pieces {
      if result.last == "-" {
        if piece.first?.isLowercase == true { result.removeLast() }
        result += piece
      } else {
        result += (result.isEmpty ? "" : " ") + piece
      }
    }
    return result
  }

  /// The mark of the note that a block belongs to.
  func noteMark(_ block: Int) -> String? {
    let block = document.blocks[block]
    guard block.kind == .note else { return nil }
    if let note = block.note, document.notes.indices.contains(note) { return document.notes[note].mark }
    let digits = document.reading[block.range].prefix { $0 >= 0x30 && $0 <= 0x39 }
    return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
  }

  private func text(_ draft: CitationDraft) -> String {
    document.text(draft.range) + (draft.closes ? ")" : "")
  }

  private func form(_ draft: CitationDraft) -> Citation.Form {
    switch draft.form {
    case .parenthetical, .ibid: .parenthetical
    case .narrative: .narrative
    case .bare: .note
    case .pageOnly: .pageOnly
    }
  }

  /// One space for each run of white space.
  private func spaced(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
