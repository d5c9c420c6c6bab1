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
  public func read(_ document: Document, threads: Int = 1) -> [Reference] {
    found(document, threads: threads).references
  }

  /// The references, and the stretches of the reading text that the entries of lists fill.
  func found(_ document: Document, threads: Int = 1) -> (references: [Reference], listed: [Range<Int>]) {
    var workspace = ReferenceParser.Workspace()
    var references: [Reference] = []
    let entries = listed(document, threads: threads)
    let noteLists = listsOfNotes(entries)
    var filled: [Range<Int>] = []
    for entry in entries where !noteLists.contains(entry.list) {
      filled += entry.pieces
      var reference = parser.parse(entry.text, &workspace)
      reference.origin = .list
      reference.range = entry.range
      references.append(reference)
    }
    for entry in entries where noteLists.contains(entry.list) {
      let mark = entry.text.prefix { !$0.isWhitespace }.filter(\.isNumber)
      references += read(document, note: entry.range, mark: mark, &workspace)
    }
    let taken = RangeSet(entries.flatMap(\.pieces))
    for note in document.notes {
      guard note.text.lowerBound >= 0, note.text.upperBound <= document.reading.count,
        !taken.overlaps(note.text)
      else { continue }
      references += read(document, note: note.text, mark: note.mark, &workspace)
    }
    references.sort { ($0.range?.lowerBound ?? 0, $0.raw) < ($1.range?.lowerBound ?? 0, $1.raw) }
    return (references, filled)
  }

  /// The references in the text of a note.
  private func read(
    _ document: Document, note: Range<Int>, mark: String, _ workspace: inout ReferenceParser.Workspace
  ) -> [Reference] {
    notes.split(Array(document.reading[note])).filter(\.isReference).map { part in
      let range = (note.lowerBound + part.range.lowerBound)..<(note.lowerBound + part.range.upperBound)
      var reference = parser.parse(String(decoding: document.reading[range], as: UTF8.self), &workspace)
      reference.origin = .note
      reference.range = range
      reference.noteMark = mark
      return reference
    }
  }

  /// Lists whose entries are numbered and often cite several works, send the reader on or refer back: notes that the
  /// segmentation took for paragraphs.
  private func listsOfNotes(_ entries: [ReferenceFinder.Entry]) -> Set<Int> {
    var found: Set<Int> = []
    for (list, entries) in Dictionary(grouping: entries, by: \.list) {
      let numbered = entries.count { entry in
        let text = entry.text.utf8.drop { $0 == 0x5B || $0 == 0x28 }
        return text.first.map { (0x30...0x39).contains($0) } ?? false
      }
      let other = entries.count { !isOneReference(Array($0.text.utf8)) }
      if Double(numbered) >= Self.numberedShare * Double(entries.count),
        Double(other) >= Self.noteShare * Double(entries.count)
      {
        found.insert(list)
      }
    }
    return found
  }

  /// Share of the entries of a list that must be numbered, and of those that must be more than a reference, for it to
  /// be one of notes.
  private static let numberedShare = 0.6
  private static let noteShare = 0.3

  /// Share of the notes from which on they are a numbered list of references that the text cites by
  /// superior figures, and the share of them that may hold something else than one reference.
  private static let listOfNotes = 0.8
  private static let otherNotes = 0.15

  /// The entries that the finder finds, but for those that are notes of the text: a few full references
  /// among them look like a list.
  private func listed(_ document: Document, threads: Int) -> [ReferenceFinder.Entry] {
    let entries = finder.find(document, threads: threads)
    let anchored = document.notes.filter { $0.anchor != nil }
    let ranges = RangeSet(anchored.map(\.text))
    func isWithin(_ entry: ReferenceFinder.Entry) -> Bool { entry.pieces.contains(where: ranges.overlaps) }
    let within = entries.filter(isWithin)
    if within.isEmpty { return entries }
    if Double(within.count) >= Self.listOfNotes * Double(anchored.count) {
      let other = anchored.count { !isOneReference($0, document) }
      if Double(other) <= Self.otherNotes * Double(anchored.count) { return entries }
    }
    // Lines of a long list that were taken for a note at the foot of their page.
    let lists = Dictionary(grouping: entries, by: \.list).mapValues(\.count)
    let noted = Dictionary(grouping: within, by: \.list).mapValues(\.count)
    return entries.filter { entry in
      let (all, some) = (lists[entry.list] ?? 0, noted[entry.list] ?? 0)
      return !isWithin(entry) || (all - some >= Self.longList && all >= 3 * some)
    }
  }

  /// Entries outside notes that make a list one of its own, whatever stands among its notes.
  private static let longList = 8

  /// Whether a note is a single reference: no running text, no "see also", no "ibid.", no second work.
  private func isOneReference(_ note: Note, _ document: Document) -> Bool {
    guard note.text.lowerBound >= 0, note.text.upperBound <= document.reading.count else { return true }
    return isOneReference(Array(document.reading[note.text]))
  }

  private func isOneReference(_ text: [UInt8]) -> Bool {
    let parts = notes.split(text)
    return parts.count(where: \.isReference) <= 1 && !parts.contains { $0.signal != nil }
      && !notes.refersBack(text)
  }
}
