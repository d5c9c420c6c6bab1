import EmendModel
import EmendText
import GRDB

/// An edition made ready for the corpus: the rows of all tables and the TEI file, as values.
///
/// Making it is the costly part and touches nothing outside, so that the batch runner makes it on the
/// thread that made the edition; `CorpusWriter.add` then only stores it.
public struct CorpusDocument: Sendable {
  /// The document's name.
  public let id: String
  /// Name of its file under `tei/`, without extension.
  public let fileName: String
  /// The TEI file, UTF-8.
  public let tei: [UInt8]
  let rows: [Rows]

  /// The rows of one table, value after value.
  struct Rows: Sendable {
    let table: Table
    var values: [DatabaseValue] = []

    init(_ table: Table) { self.table = table }

    mutating func append(_ row: [(any DatabaseValueConvertible)?]) {
      precondition(row.count == table.columns.count, "a row of \(table.name) has \(row.count) values")
      for value in row { values.append(value?.databaseValue ?? .null) }
    }
  }

  /// Makes the rows of an edition. The time is linear in its length. The TEI file explains its labels by the codebook.
  public init(_ edition: Edition, codebook: Codebook = Codebook()) {
    id = edition.id
    fileName = FileName.safe(edition.id)
    tei = TEIWriter(edition: edition, codebook: codebook).bytes()
    var builder = RowBuilder(edition)
    rows = builder.build(file: fileName)
  }
}

/// Turns the parts of an edition into rows, each part by one function.
struct RowBuilder {
  let edition: Edition
  let document: Document
  let name: String
  let tagged: [SentenceTags?]

  init(_ edition: Edition) {
    self.edition = edition
    document = edition.document
    name = edition.id
    tagged = edition.tagsBySentence
  }

  mutating func build(file: String) -> [CorpusDocument.Rows] {
    let repairs = emendations()
    return [
      documents(file: file), pages(), sections(), blocks(), sentences(), notes(), entities(), labels(),
      actors(), references(), referenceFields(), documentWorks(), citations(), repairs, warnings(),
    ]
  }

  /// The nine values of a place, in the order of the columns.
  private func place(_ range: Range<Int>) -> [(any DatabaseValueConvertible)?] {
    let places = document.places(ofReading: range)
    let witness = document.map.source(ofTarget: range)
    let source = document.scan.origin?.source(ofTarget: witness) ?? witness
    return [
      places.first.page + 1, document.pageLabel(page: places.first.page), places.first.line,
      max(places.first.line, places.last.line), places.first.column, source.lowerBound, source.upperBound,
      range.lowerBound, range.upperBound,
    ]
  }

  private func documents(file: String) -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.documents)
    let source = edition.scan.source
    var words = 0
    Words.forEach(in: document.reading) { _ in words += 1 }
    let tally = EmendationTally(document)
    let grade = QualityGrade(edition, words: words, tally: tally)
    rows.append([
      name, file, DocumentFacts.sourceName(source.name), source.format.rawValue, source.encoding,
      source.encodingConfidence, source.byteCount, source.digest, "", DocumentFacts.title(edition) ?? "",
      edition.transcript.language, edition.scan.pages.count, document.blocks.count, document.sections.count,
      document.sentences.count, words, document.notes.count, edition.citations.citations.count,
      edition.citations.references.count, edition.citations.works.count,
      tagged.reduce(0) { $0 + ($1?.labels.count ?? 0) }, tally.repairs, tally.suggestions, tally.joins,
      grade.grade.rawValue, JSONText.list(grade.reasons), DocumentFacts.profile(edition.transcript.profile),
      DocumentFacts.metadata(edition), edition.tags.lexicon,
    ])
    return rows
  }

  private func pages() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.pages)
    let scan = edition.scan
    for (index, page) in scan.pages.enumerated() {
      let record = document.pages.indices.contains(index) ? document.pages[index] : PageRecord()
      let lines = page.lines.clamped(to: 0..<scan.lines.count)
      let first = lines.isEmpty ? nil : scan.lines[lines.lowerBound]
      let last = lines.isEmpty ? nil : scan.lines[lines.upperBound - 1]
      let witness = (first?.range.lowerBound ?? 0)..<(last?.range.upperBound ?? 0)
      let source = scan.origin?.source(ofTarget: witness) ?? witness
      rows.append([
        name, index + 1, document.pageLabel(page: index), record.printed, record.printedSource.rawValue,
        record.confidence, page.name, page.evidence.rawValue, record.head, record.foot, record.blank,
        first?.number, last?.number, source.lowerBound, source.upperBound,
      ])
    }
    return rows
  }

  private func sections() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.sections)
    for (index, section) in document.sections.enumerated() {
      rows.append([
        name, index + 1, section.title, section.level, section.role.rawValue, section.parent.map { $0 + 1 },
        section.blocks.lowerBound + 1, section.blocks.upperBound,
      ])
    }
    return rows
  }

  private func blocks() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.blocks)
    let furniture = Set(document.furniture.map(\.line))
    var labels = [Set<String>](repeating: [], count: document.blocks.count)
    var actors = labels
    var works = labels
    for (index, tags) in tagged.enumerated() {
      let block = document.sentences[index].block
      guard let tags, labels.indices.contains(block) else { continue }
      for hit in tags.labels { labels[block].insert(hit.label) }
      for hit in tags.actors { actors[block].insert(hit.id) }
    }
    for citation in edition.citations.citations {
      guard let block = document.blockIndex(ofReading: citation.range.lowerBound) else { continue }
      works[block].insert(edition.workKey(citation.work) ?? citation.key)
    }
    for (index, block) in document.blocks.enumerated() {
      let mark = block.note.flatMap { document.notes.indices.contains($0) ? document.notes[$0].mark : nil }
      rows.append(
        [name, index + 1] + place(block.range) + [
          block.kind.rawValue, block.level, block.section + 1, document.sectionTitle(ofBlock: index), mark,
          document.text(block.range), lineStarts(block, without: furniture),
          JSONText.list(labels[index].sorted()), JSONText.list(actors[index].sorted()),
          JSONText.list(works[index].sorted()),
        ])
    }
    return rows
  }

  /// Where the source lines begin in a block's text: `[[0,12,3],[61,13,3]]` is line 12 of page 3 from
  /// byte 0 and line 13 from byte 61. A concordance finds the page of every hit by it.
  private func lineStarts(_ block: Block, without furniture: Set<Int>) -> String {
    var starts: [(offset: Int, line: Int, page: Int)] = []
    let scan = edition.scan
    let last = min(block.lastLine, scan.lines.count - 1)
    if block.firstLine >= 0, block.firstLine <= last {
      for index in block.firstLine...last where !furniture.contains(index) {
        let line = scan.lines[index]
        if line.range.isEmpty { continue }
        let target = document.map.target(ofSource: line.range.lowerBound)
        guard target >= block.range.lowerBound, target < block.range.upperBound else { continue }
        let offset = target - block.range.lowerBound
        if let before = starts.last, offset <= before.offset { starts.removeLast() }
        starts.append((offset, line.number, line.page + 1))
      }
    }
    var json = JSONLine()
    json.array {
      for start in starts {
        $0.array {
          $0.value(start.offset)
          $0.value(start.line)
          $0.value(start.page)
        }
      }
    }
    return JSONText.string(json)
  }

  private func sentences() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.sentences)
    for (index, sentence) in document.sentences.enumerated()
    where document.blocks.indices.contains(sentence.block) {
      rows.append(
        [name, index + 1, Records.sentenceID(index, in: document)] + place(sentence.range) + [
          document.text(sentence.range), sentence.block + 1, document.sectionTitle(ofBlock: sentence.block),
          document.blocks[sentence.block].kind.rawValue,
        ])
    }
    return rows
  }

  private func notes() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.notes)
    for (index, note) in document.notes.enumerated() where document.blocks.indices.contains(note.block) {
      let anchor = note.anchor.map { document.place(ofReading: $0.range.lowerBound) }
      rows.append(
        [name, index + 1, note.mark, note.block + 1] + place(note.text) + [
          document.text(note.text), anchor.map { $0.page + 1 }, anchor?.line, anchor?.column,
          note.anchor?.range.lowerBound, note.anchor?.range.upperBound, note.anchor?.wordBefore,
        ])
    }
    return rows
  }

  private func entities() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.entities)
    var seen: Set<String> = []
    for entity in edition.tags.entities where seen.insert(entity.id).inserted {
      rows.append([name, entity.id, entity.name, entity.kind, entity.inLexicon])
    }
    return rows
  }

  private func labels() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.labels)
    for (index, tags) in tagged.enumerated() where hasRow(index) {
      var seen: Set<String> = []
      for hit in tags?.labels ?? [] where seen.insert(hit.label).inserted {
        rows.append([
          name, index + 1, hit.label, hit.implicit, hit.score, evidence(hit.evidence),
          JSONText.list(hit.flags.map(\.rawValue)), words(hit.evidence),
        ])
      }
    }
    return rows
  }

  private func actors() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.actors)
    for (index, tags) in tagged.enumerated() where hasRow(index) {
      for (number, hit) in (tags?.actors ?? []).enumerated() {
        rows.append([
          name, index + 1, number + 1, hit.id, hit.role, evidence(hit.evidence), words(hit.evidence),
        ])
      }
    }
    return rows
  }

  private func hasRow(_ sentence: Int) -> Bool {
    document.blocks.indices.contains(document.sentences[sentence].block)
  }

  private func evidence(_ all: [Evidence]) -> String {
    var json = JSONLine()
    json.array { array in
      for item in all { Records.evidence(item, in: document, into: &array) }
    }
    return JSONText.string(json)
  }

  private func words(_ all: [Evidence]) -> String {
    all.map { document.text($0.range) }.joined(separator: "; ")
  }

  private func references() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.references)
    for (index, reference) in edition.citations.references.enumerated() {
      let range = reference.range ?? 0..<0
      let block = document.blockIndex(ofReading: range.lowerBound)
      rows.append(
        [name, index + 1] + place(range) + [
          block.map { document.sectionTitle(ofBlock: $0) } ?? "", edition.workKey(reference.work),
          reference.raw, JSONText.fields(reference.fields), reference.type, reference.key,
          JSONText.names(reference.authors), JSONText.names(reference.editors),
          JSONText.names(reference.translators), reference.origin.rawValue, reference.noteMark,
          reference.confidence, JSONText.plain(reference.authors), DocumentFacts.year(reference),
          reference.first(.title),
        ])
    }
    return rows
  }

  private func referenceFields() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.referenceFields)
    for (index, reference) in edition.citations.references.enumerated() {
      for (number, field) in reference.fields.enumerated() {
        rows.append([
          name, index + 1, number + 1, field.label.rawValue, field.text, field.range.lowerBound,
          field.range.upperBound, field.probability, field.normal,
        ])
      }
    }
    return rows
  }

  private func documentWorks() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.documentWorks)
    for (index, work) in edition.citations.works.enumerated() {
      rows.append([
        name, index + 1, work.key, work.key, JSONText.names(work.authors), JSONText.plain(work.authors),
        work.year,
        work.title, work.reference.map { $0 + 1 }, work.citations.count,
      ])
    }
    return rows
  }

  private func citations() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.citations)
    for (index, citation) in edition.citations.citations.enumerated() {
      let block = document.blockIndex(ofReading: citation.range.lowerBound)
      rows.append(
        [name, index + 1] + place(citation.range) + [
          citation.text, citation.raw, citation.form.rawValue, "g" + ordinal(citation.group),
          document.text(citation.groupRange), JSONText.names(citation.authors), citation.etAl,
          citation.authorsElided, citation.year, citation.locator, citation.prefix, citation.key,
          citation.noteMark, citation.thisVolume, citation.marker,
          block.map { document.sectionTitle(ofBlock: $0) } ?? "", edition.workKey(citation.work),
          citation.confidence, document.sentenceIndex(ofReading: citation.range.lowerBound).map { $0 + 1 },
          JSONText.plain(citation.authors),
        ])
    }
    return rows
  }

  private func emendations() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.emendations)
    for (index, change) in Records.allEmendations(of: document, plainLineEnds: false).enumerated() {
      let place = edition.scan.place(at: change.range.lowerBound)
      let source = edition.scan.origin?.source(ofTarget: change.range) ?? change.range
      rows.append([
        name, index + 1, place.page + 1, document.pageLabel(page: place.page), place.line, place.column,
        source.lowerBound, source.upperBound, change.original, change.reading, change.kind.rawValue,
        change.rule, change.confidence, change.status.rawValue, change.evidence,
      ])
    }
    return rows
  }

  private func warnings() -> CorpusDocument.Rows {
    var rows = CorpusDocument.Rows(Tables.warnings)
    for (index, warning) in edition.warnings.enumerated() {
      rows.append([name, index + 1, warning.code, warning.stage, warning.message, warning.offset])
    }
    return rows
  }
}

extension Document {
  /// The index of the sentence that holds an offset of the reading text; the nearest before it otherwise.
  package func sentenceIndex(ofReading offset: Int) -> Int? {
    var low = 0
    var high = sentences.count
    while low < high {
      let middle = (low + high) / 2
      if sentences[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}
