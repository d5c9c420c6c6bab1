import EmendModel
import GRDB

/// The tags of a document in the standoff format of brat (Stenetorp and others 2012): a line for each piece of
/// evidence, under the label's path with its slashes as underscores, and a note with the lexicon's entry. A label that
/// rests on context alone covers its sentence. Offsets are characters (Unicode scalars) of the reading text, as brat
/// wants them, not bytes.
///
///     T1⇥mechanism_coercion 17 25⇥coercion
///     #1⇥AnnotatorNotes T1⇥mechanism/coercion#word.1
public struct Standoff: Sendable {
  /// An annotation: bytes of the reading text, the path of its type, what to say of it.
  struct Span: Sendable {
    var range: Range<Int>
    var type: String
    var note: String
  }

  private let text: [UInt8]
  private let spans: [Span]

  init(text: [UInt8], spans: [Span]) {
    self.text = text
    self.spans = spans.filter { !$0.range.isEmpty && $0.range.upperBound <= text.count }.sorted {
      ($0.range.lowerBound, $0.range.upperBound, $0.type, $0.note)
        < ($1.range.lowerBound, $1.range.upperBound, $1.type, $1.note)
    }
  }

  /// The labels and entities of an edition.
  public init(_ edition: Edition) {
    var spans: [Span] = []
    for sentence in edition.tags.sentences {
      let whole = edition.document.sentences[sentence.sentence].range
      for label in sentence.labels {
        spans += Self.spans(
          of: label.label, implicit: label.implicit, label.evidence.map { ($0.range, $0.entry) }, whole)
      }
      for actor in sentence.actors {
        spans += Self.spans(
          ofActor: actor.id, role: actor.role, actor.evidence.map { ($0.range, $0.entry) }, whole)
      }
    }
    self.init(text: edition.document.reading, spans: spans)
  }

  /// The annotations of a label of one sentence.
  static func spans(
    of label: String, implicit: Bool, _ evidence: [(range: Range<Int>, entry: String)], _ sentence: Range<Int>
  ) -> [Span] {
    let words = evidence.filter { !$0.entry.hasPrefix("rule:") }
    let pieces = words.isEmpty ? [(range: sentence, entry: evidence.first?.entry ?? "")] : words
    return pieces.map { Span(range: $0.range, type: label, note: (implicit ? "implicit, " : "") + $0.entry) }
  }

  /// The annotations of an entity of one sentence.
  static func spans(
    ofActor actor: String, role: String?, _ evidence: [(range: Range<Int>, entry: String)],
    _ sentence: Range<Int>
  ) -> [Span] {
    let pieces = evidence.isEmpty ? [(range: sentence, entry: "")] : evidence
    return pieces.map { Span(range: $0.range, type: "actor/" + actor, note: role ?? $0.entry) }
  }

  /// The types of all annotations, as brat names them.
  public var types: Set<String> { Set(spans.map { Self.type($0.type) }) }

  /// The bytes of the `.ann` file.
  public var annotations: [UInt8] {
    var out: [UInt8] = []
    var (byte, characters) = (0, 0)
    for (index, span) in spans.enumerated() {
      // Spans stand in the order of their starts.
      characters += Self.characters(text[byte..<span.range.lowerBound])
      byte = span.range.lowerBound
      let end = characters + Self.characters(text[span.range])
      out += "T\(index + 1)\t\(Self.type(span.type)) \(characters) \(end)\t".utf8
      // An annotation never holds a line end.
      out += text[span.range].map { $0 == 0x0A ? 0x20 : $0 }
      out += "\n#\(index + 1)\tAnnotatorNotes T\(index + 1)\t\(span.note)\n".utf8
    }
    return out
  }

  private static func characters(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
  }

  /// The `annotation.conf` that brat wants in a folder.
  public static func configuration(_ types: Set<String>) -> [UInt8] {
    Array(
      "[entities]\n\(types.sorted().map { $0 + "\n" }.joined())\n[relations]\n\n[events]\n\n[attributes]\n"
        .utf8)
  }

  /// `annotation.conf` with the labels and entities of a corpus.
  static func configuration(_ db: Database) throws -> [UInt8] {
    let labels = try String.fetchAll(db, sql: "SELECT DISTINCT label FROM tags")
    let actors = try String.fetchAll(db, sql: "SELECT DISTINCT actor FROM actors")
    return configuration(Set((labels + actors.map { "actor/" + $0 }).map(type)))
  }

  /// brat allows letters, digits, hyphen and underscore.
  private static func type(_ path: String) -> String {
    String(path.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" ? $0 : "_" })
  }
}
