import EmendLexicons
import EmendModel

/// What `Lexicons/structure/` knows: heading words and their roles, labels, captions, words of grammar,
/// abbreviations, and the weights of the heading model.
public final class StructureKnowledge: Sendable {
  /// Headings by which a section is known, with its role.
  private let phrases: HeadingPhrases
  /// "chapter", "part": a number after them is no page number and may open a heading.
  let divisions: WordSet
  /// "table", "figure".
  let captions: WordSet
  /// "vol", "no".
  let labels: WordSet
  /// "source", "note": they open what stands below a table.
  let tableNotes: WordSet
  /// "is", "was": a line with one of them and a stop is a sentence, not a title.
  let finiteVerbs: WordSet
  let bylines: Set<String>
  let bylineBeginnings: [String]
  let abbreviations: [String: AbbreviationKind]
  /// Words of front matter by kind: season, frequency, post, unit, system, particle.
  let frontMatter: [String: [String]]
  /// The words by which the name of a publisher is known, sought in the lines of a title page.
  let imprintSigns: SignSet
  let model: HeadingModel
  private let grammar: GrammarWords

  enum AbbreviationKind: Sendable { case joins, number, maybe }

  /// Loads the folder; throws `LexiconError.bad` with file and line where a row is not understood.
  public init(lexicons: LexiconFolder) throws {
    var phrases = HeadingPhrases()
    var (divisions, captions, labels): (WordSet, WordSet, WordSet) = ([], [], [])
    var tableNotes: WordSet = []
    var functionWords: [UInt64] = []
    var (bylines, bylineBeginnings): (Set<String>, [String]) = ([], [])
    var abbreviations: [String: AbbreviationKind] = [:]
    var frontMatter: [String: [String]] = [:]
    for row in try Rows(lexicons, "structure/heading-words.tsv", columns: 2) {
      guard let role = Section.Role(rawValue: row.fields[1]) else {
        throw row.error("unknown role \(row.fields[1])")
      }
      phrases.insert(row.fields[0], role)
    }
    for row in try Rows(lexicons, "structure/labels.tsv", columns: 2) {
      switch row.fields[1] {
      case "division": divisions.insert(row.fields[0])
      case "caption": captions.insert(row.fields[0])
      case "label": labels.insert(row.fields[0])
      case "below-table": tableNotes.insert(row.fields[0])
      default: throw row.error("unknown kind \(row.fields[1])")
      }
    }
    for row in try Rows(lexicons, "structure/function-words.tsv", columns: 1) {
      functionWords.append(Self.packed(row.fields[0]))
    }
    var titleWords: [UInt64] = []
    var finiteVerbs: WordSet = []
    for row in try Rows(lexicons, "structure/title-words.tsv", columns: 1) {
      switch row.fields.count > 1 ? row.fields[1] : "" {
      case "": titleWords.append(Self.packed(row.fields[0]))
      case "verb": finiteVerbs.insert(row.fields[0])
      default: throw row.error("unknown kind \(row.fields[1])")
      }
    }
    for row in try Rows(lexicons, "structure/byline-words.tsv", columns: 1) {
      if row.fields[0].hasSuffix(" *") {
        bylineBeginnings.append(String(row.fields[0].dropLast()))
      } else {
        bylines.insert(row.fields[0])
      }
    }
    for row in try Rows(lexicons, "structure/sentence-abbreviations.tsv", columns: 2) {
      switch row.fields[1] {
      case "joins": abbreviations[row.fields[0]] = .joins
      case "number": abbreviations[row.fields[0]] = .number
      case "maybe": abbreviations[row.fields[0]] = .maybe
      default: throw row.error("unknown kind \(row.fields[1])")
      }
    }
    for row in try Rows(lexicons, "structure/front-matter.tsv", columns: 2) {
      frontMatter[row.fields[0], default: []].append(row.fields[1])
    }
    self.phrases = phrases
    (self.divisions, self.captions, self.labels) = (divisions, captions, labels)
    self.tableNotes = tableNotes
    self.finiteVerbs = finiteVerbs
    grammar = GrammarWords(function: functionWords, title: titleWords)
    (self.bylines, self.bylineBeginnings) = (bylines, bylineBeginnings)
    self.abbreviations = abbreviations
    self.frontMatter = frontMatter
    imprintSigns = SignSet(frontMatter["imprint"] ?? [], foldsCase: true)
    model = try HeadingModel(lexicons: lexicons)
  }

  /// Whether up to eight bytes in small letters, packed from the left, are a word of grammar.
  @inline(__always)
  func isFunctionWord(_ packed: UInt64) -> Bool { grammar.kind(packed) == .function }

  /// What grammar says of up to eight bytes in small letters, packed from the left.
  @inline(__always)
  func grammar(of packed: UInt64) -> GrammarWords.Kind { grammar.kind(packed) }

  static func packed(_ word: String) -> UInt64 {
    word.utf8.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The role that a stretch of text names as a whole.
  func role(_ text: [UInt8], whole range: Range<Int>) -> Section.Role? { phrases.role(text, whole: range) }

  /// The role that a stretch of text names as a whole, or by its beginning ("contents of …").
  func role(_ text: [UInt8], _ range: Range<Int>) -> Section.Role? { phrases.role(text, range) }
}

/// The rows of a tab-separated file of knowledge: comments and blank lines left out.
struct Rows: Sequence {
  struct Row {
    var fields: [String]
    let file: String
    let number: Int
    func error(_ message: String) -> LexiconError { .bad(file: file, line: number, message: message) }
  }
  private var rows: [Row] = []

  init(_ lexicons: LexiconFolder, _ name: String, columns: Int) throws {
    let path = lexicons.path(name)
    var number = 0
    for line in try LexiconFile(path).bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      guard let first = line.first, first != 0x23 else { continue }
      let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard fields.count >= columns else {
        throw LexiconError.bad(
          file: path, line: number, message: "\(columns) columns expected, \(fields.count) found")
      }
      rows.append(Row(fields: fields, file: path, number: number))
    }
  }

  func makeIterator() -> IndexingIterator<[Row]> { rows.makeIterator() }
}
