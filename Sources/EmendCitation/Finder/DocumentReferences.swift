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
    let entries = listed(document)
    for entry in entries {
      var reference = parser.parse(entry.text, &workspace)
      reference.origin = .list
      reference.range = entry.range
      references.append(reference)
    }
    let taken = RangeSet(entries.map(\.range))
    for note in document.notes {
      guard note.text.lowerBound >= 0, note.text.upperBound <= document.reading.count,
        !taken.overlaps(note.text)
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

  /// Share of the notes from which on they are a numbered list of references that the text cites by
  /// superior figures.
  private static let listOfNotes = 0.8

  /// The entries that the finder finds, but for those that are notes of the text: a few full references
  /// among them look like a list.
  private func listed(_ document: Document) -> [ReferenceFinder.Entry] {
    let entries = finder.find(document)
    let anchored = RangeSet(document.notes.filter { $0.anchor != nil }.map(\.text))
    let within = entries.filter { anchored.overlaps($0.range) }
    let notes = document.notes.count { $0.anchor != nil }
    if within.isEmpty || Double(within.count) >= Self.listOfNotes * Double(notes) { return entries }
    return entries.filter { !anchored.overlaps($0.range) }
  }
}
