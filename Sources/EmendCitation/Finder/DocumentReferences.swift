import EmendLexicons
import EmendModel

/// All references of a document: the entries of its lists and the references in its notes, parsed.
///
/// ```swift
/// let references = try DocumentReferences(lexicons: .locate()).read(document)
/// references[0].range   // bytes of the reading text
/// ```
public struct DocumentReferences: Sendable {
  public let parser: ReferenceParser
  public let finder: ReferenceFinder
  public let notes: NoteReferences

  /// Maps the models of `Lexicons/references/`. Throws `ModelError` or `LexiconError`.
  public init(lexicons: LexiconFolder) throws {
    parser = try ReferenceParser(lexicons: lexicons)
    finder = try ReferenceFinder(lexicons: lexicons)
    notes = try NoteReferences(lexicons: lexicons)
  }

  /// In the order of the reading text; field offsets count from the start of each reference's `raw`.
  public func read(_ document: Document) -> [Reference] {
    var workspace = ReferenceParser.Workspace()
    var references: [Reference] = []
    var listed: [Range<Int>] = []
    for entry in finder.find(document) {
      var reference = parser.parse(entry.text, &workspace)
      reference.origin = .list
      reference.range = entry.range
      references.append(reference)
      listed.append(entry.range)
    }
    for note in document.notes {
      guard note.text.lowerBound >= 0, note.text.upperBound <= document.reading.count,
        !listed.contains(where: { $0.overlaps(note.text) })
      else { continue }
      for part in notes.split(Array(document.reading[note.text])) where part.isReference {
        let range =
          (note.text.lowerBound + part.range.lowerBound)..<(note.text.lowerBound + part.range.upperBound)
        var reference = parser.parse(String(decoding: document.reading[range], as: UTF8.self), &workspace)
        reference.origin = .note
        reference.range = range
        reference.noteMark = note.mark
        references.append(reference)
      }
    }
    return references.sorted { ($0.range?.lowerBound ?? 0, $0.raw) < ($1.range?.lowerBound ?? 0, $1.raw) }
  }
}
