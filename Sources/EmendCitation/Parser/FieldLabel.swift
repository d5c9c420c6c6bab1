import EmendModel

/// The labels that the sequence model tells apart: those of the contract and four inner ones.
public enum FieldLabel: UInt8, Sendable, CaseIterable {
  case author, editor, translator, title, containerTitle, collectionTitle, date, volume, issue, pages
  case edition, publisher, location, genre, note, doi, url, isbn, citationNumber
  /// A report number, an arXiv number.
  case identifier
  /// A shelf mark, a fonds, a document of an archive.
  case archival
  /// "op. cit., n. 3", "ibid.", "supra note 12".
  case crossReference
  /// A pinpoint: the page that is meant, not the pages of the work.
  case citedRange
  /// Words that no field claims: signal phrases, "retrieved from". Not a label of the chain.
  case leftover

  /// The label as the training sets write it.
  public var name: String {
    switch self {
    case .containerTitle: "container-title"
    case .collectionTitle: "collection-title"
    case .citationNumber: "citation-number"
    case .crossReference: "cross-reference"
    case .citedRange: "cited-range"
    default: "\(self)"
    }
  }

  private static let byName: [String: FieldLabel] = {
    var table = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
    // Names of other training sets.
    for (name, label) in [
      ("institution", FieldLabel.publisher), ("chapter", .note), ("medium", .note), ("archive", .archival),
      ("journal", .containerTitle), ("booktitle", .containerTitle), ("tech", .genre),
      ("series", .collectionTitle),
      ("number", .issue), ("other", .note),
    ] { table[name] = label }
    return table
  }()

  /// The label of a name in a training set; nil for those that mean "no field" (signal, comment).
  public init?(name: String) {
    guard let label = Self.byName[name] else { return nil }
    self = label
  }

  /// The label of the contract that the inner ones are written out as.
  public var contractLabel: Reference.Label {
    switch self {
    case .author: .author
    case .editor: .editor
    case .translator: .translator
    case .title: .title
    case .containerTitle: .containerTitle
    case .collectionTitle: .collectionTitle
    case .date: .date
    case .volume: .volume
    case .issue: .issue
    case .pages: .pages
    case .edition: .edition
    case .publisher: .publisher
    case .location: .location
    case .genre: .genre
    case .doi: .doi
    case .url: .url
    case .isbn: .isbn
    case .citationNumber: .citationNumber
    case .note, .identifier, .archival, .crossReference, .citedRange, .leftover: .note
    }
  }
}

/// The states of the chain: outside (0), and for each label its first word and its further words.
enum FieldState {
  static let count = 1 + 2 * Int(FieldLabel.leftover.rawValue)
  static func first(_ label: FieldLabel) -> Int { 1 + 2 * Int(label.rawValue) }
  static func inner(_ label: FieldLabel) -> Int { 2 + 2 * Int(label.rawValue) }
  static func label(_ state: Int) -> FieldLabel? {
    state == 0 ? nil : FieldLabel(rawValue: UInt8((state - 1) / 2))
  }
  static func isInner(_ state: Int) -> Bool { state > 0 && state % 2 == 0 }
}

/// A run of words that carry one label.
package struct FieldRun: Equatable, Sendable {
  package var label: FieldLabel?
  /// Indices of words, first and last.
  package var first: Int
  package var last: Int
  package init(_ label: FieldLabel?, _ first: Int, _ last: Int) {
    (self.label, self.first, self.last) = (label, first, last)
  }
}
